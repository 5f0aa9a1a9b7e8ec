"""Pieces as the typesetter makes them, and what one check finds in them."""

from briefpack import checks
from briefpack.plan import Expected, Part
from printed import printed


def piece(body: str, css: str = "") -> bytes:
    """Return a piece as the typesetter makes it."""
    return printed(f"<h1>A heading</h1>{body}", css)


def judged(check: str, data: bytes, html: str = "") -> list[str]:
    """Return what one check finds in a piece."""
    problems, _ = checks.piece(data, Expected(part=Part(html, 0.0)), "layouts/p.html")
    return [problem.text.removeprefix(f"{check}: page 1: ") for problem in problems if problem.check == check]
