"""Run pandoc on a draft, without files, network or more than its share of time and memory."""

import json
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefpack.problem import Owner, Problem, Problems
from briefpack.text import legible
from briefpack.text.tables import archive

SECONDS = 60
ENDED = {-signal.SIGKILL, -signal.SIGXCPU}
"""What a program returns that has used up its processor time."""
MOST_MEMORY = "1g"
MARKDOWN = "markdown-smart-raw_tex-raw_html-raw_attribute-tex_math_dollars-citations-example_lists"
FORMATS = {".docx": "docx", ".odt": "odt", ".md": MARKDOWN, ".markdown": MARKDOWN}
"""The format that pandoc reads for each ending of a file's name."""
SPLIT = "split it, or save it again in its program"
MOST_UNPACKED, MOST_XML = 200_000_000, 60_000_000
"""The most bytes that all parts of a file may have when they are unpacked, and the most that its XML parts may have."""
MEDIA = ("word/media/", "Pictures/", "media/")


def open_draft(path: Path, shown: str) -> tuple[Mapping[str, bytes], bytes]:
    """Return the parts of a draft's archive, none of Markdown, and the bytes for pandoc.

    Raises Problems or RefusedError if the file could do harm.
    """
    if FORMATS[path.suffix.lower()] == MARKDOWN:
        data = path.read_bytes()
        legible.check(data.decode(errors="replace"), shown)
        return {}, data
    files = archive.unpack(path, MOST_UNPACKED, MOST_XML, MEDIA)
    light: dict[str, bytes] = {}
    for name, data in files.items():
        if name.lower().endswith(archive.XML):
            archive.read_xml(name, data)
        # Pandoc wants to find every image; their bytes are read from here instead.
        light[name] = b"" if name.startswith(MEDIA) else data
    return files, archive.pack(light).getvalue()


def refused(shown: str, message: str, hint: str) -> Problems:
    """Return the problem of a draft that can't be imported."""
    return Problems([Problem(shown, None, message, hint, Owner.COMMAND)])


def read(data: bytes, ending: str, shown: str) -> dict[str, Any]:
    """Return pandoc's syntax tree of a draft. Raises Problems if pandoc is missing or can't read it."""
    words = [_program(), "+RTS", f"-M{MOST_MEMORY}", "-RTS", "--sandbox", "-f", FORMATS[ending], "-t", "json"]
    # A limit of processor time, which a busy machine doesn't use up.
    limited = ["/bin/sh", "-c", f'ulimit -t {SECONDS}; exec "$@"', "sh", *words]
    done = subprocess.run(limited, input=data, capture_output=True, check=False)  # noqa: S603 -- a fixed program, and no word of it from the draft
    if done.returncode in ENDED:
        raise refused(shown, f"it takes longer than {SECONDS} seconds to read", SPLIT)
    if done.returncode:
        *_, reason = ["no reason given", *done.stderr.decode(errors="replace").strip().splitlines()]
        raise refused(shown, f"it can't be read ({reason[:120]})", "open it in its program, and save it again")
    tree: dict[str, Any] = json.loads(done.stdout)
    return tree


def _program() -> str:
    """Return the path of pandoc. Raises Problems if it isn't installed."""
    try:
        import pypandoc  # noqa: PLC0415 -- an optional library

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        message = "reading a draft needs pandoc, which isn't installed"
        raise Problems([Problem("--from", None, message, "pip install pypandoc-binary", Owner.COMMAND)]) from None
