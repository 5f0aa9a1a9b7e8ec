"""Draw QR codes, which a phone reads as the addresses of web pages."""

import io
from functools import lru_cache


@lru_cache
def svg(text: str, ink: str) -> bytes:
    """Return a QR code as SVG, without a quiet zone: the white of the page serves as one."""
    import segno  # noqa: PLC0415 -- it loads all of HTTP, and most builds draw no code

    drawn = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawn, kind="svg", border=0, dark=ink, xmldecl=False, nl=False, omitsize=True)
    return drawn.getvalue()
