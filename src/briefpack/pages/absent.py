"""Report what a page asks for and layout.yaml lacks at layout.yaml, where it belongs, and not at the page."""

import re
from collections.abc import Mapping
from pathlib import Path

from briefpack.layout import addresses
from briefpack.layout.load import LoadedLayout
from briefpack.pages import unlisting
from briefpack.pages.sandbox import Refused
from briefpack.problem import Problem


def at_layout(
    error: BaseException, problem: Problem, made: tuple[str, str], root: Path, layout: LoadedLayout
) -> Problem:
    """Return a page's problem at the part of layout.yaml that lacks what the page asks for; unchanged if none does.

    `made` is the kind of the document and the page of the piece.
    """
    (kind, page), tree = made, layout.tree
    asked = f"{problem.path}:{problem.line} asks for it"
    if isinstance(error, Refused) and error.missing:
        return tree.problem(error.missing, f"{error.message}, but {asked}", error.hint)
    name = NO_PAGE.search(problem.message)
    piece = _piece(name[1], addresses.pages(root)) if name else ""
    if name and piece:
        message = f'no piece prints "{name[1]}", whose page {problem.path}:{problem.line} lists'
        return tree.problem(("documents", kind, "pieces"), message, f"add {piece}")
    listed = LISTED.fullmatch(problem.message)
    loc = (
        unlisting.of_page(layout.layout.documents[kind].pieces, page)
        if listed and kind in layout.layout.documents
        else None
    )
    if listed and loc:
        message = f'{problem.path}:{problem.line} asks for "{listed[1]}", and this piece lists no pages'
        return tree.problem(("documents", kind, *loc), message, unlisting.HINT)
    return problem


def _piece(name: str, pages: Mapping[str, str]) -> str:
    """Return the piece that prints an element with an id, as layout.yaml has it; empty if no page does."""
    for shown, text in pages.items():
        for begun, more in SHEET.findall(text):
            if name == begun or (more and name.startswith(begun)):
                own = begun.rstrip("-")
                page = shown.removeprefix(f"{addresses.FOLDER}/")
                return f"{{id: {own}, page: {page}{f', each: {own}' if more else ''}}}"
    return ""


LISTED = re.compile(rf'.*there is no "({"|".join(unlisting.LISTED)})"')
NO_PAGE = re.compile(r'there is no "([\w-]+)" in the document: no piece')
SHEET = re.compile(r"""\bsheet\(\s*["'][\w-]+["']\s*,\s*["']([\w-]+)["']\s*(~?)""")
"""The id that a page gives to one of its sheets, or how it begins."""
