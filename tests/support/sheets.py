"""Typeset sheets of one page, with words that can all be told apart."""

import re

from briefpack import typeset
from briefpack.layout.model import Fit, Pages
from briefpack.pages import Piece, source_map
from briefpack.store import Store


def words(count, first="w"):
    """Return words that are all different: `w0 w1 w2 …`."""
    return " ".join(f"{first}{number}" for number in range(count))


def sheet(body, name="one"):
    """Return a sheet, which is fitted to its page."""
    return f'<section class="sheet" id="{name}" data-fit="page">{body}</section>'


def printing(html):
    """Return HTML and the sources of its tags; `data-field` in a tag stands for a call that prints a field there."""
    marked = source_map.marked(html, "tiny/body.html")
    plain, sources = source_map.separated(re.sub(r' data-field="([^"]*)"([^>]*)>', r"\2><!--at \1-->", marked))
    return {"html": plain, "sources": sources}


def lay_out(project, style, body, **more):
    """Typeset sheets with a style of their own."""
    (project.root / "layouts/tiny/own.css").write_text(style, encoding="utf-8")
    made = {
        "name": "a piece", "page": "tiny/body.html", "styles": ("tiny/own.css",), "files": {"/layouts/tiny/own.css"},
        **printing(f'<!DOCTYPE html><html lang="en-AU"><head><title>T</title></head><body>{body}</body></html>'),
        "css": "@page{size:210mm 297mm;margin:20mm}", "limit": Pages(exactly=1), "slots": {}, "room": {},
        "fits": {"page": Fit(fit="0.95 to 1.00", pages=Pages(exactly=1))}, "smallest_type_pt": 5, "tagged": True,
        "key": "k",
    }  # fmt: skip
    return typeset.piece(Piece(**{**made, **more}), project.root, Store(project.store))
