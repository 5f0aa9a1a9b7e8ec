"""Find what a layout's pages rely on and layout.yaml lacks: a list of sources, the size of a map, a place for a slot."""

import difflib
import re
from collections.abc import Iterator, Mapping

from briefpack.layout import addresses
from briefpack.layout.model import DocumentSpec, Layout, every_piece
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Tree


def check(pages: Mapping[str, str], found: Layout, tree: Tree) -> Iterator[Problem]:
    """Check that each document lists the sources that it numbers, and that each slot is in a document or a page."""
    taken = {kind: _taken_in(pages, found, spec) for kind, spec in found.documents.items()}
    for kind, spec in found.documents.items():
        yield from _check_sources(pages, taken[kind], tree, kind, spec)
    yield from _check_maps(taken, found, tree)
    listed = {name for spec in found.documents.values() for name in spec.running}
    for name in found.running:
        # A misspelt name is reported where it is listed.
        if name not in listed and listed <= found.running.keys():
            yield _unlisted(found, tree, name)
    placed = {name for text in pages.values() for name in QUOTED.findall(text)}
    unknown = {name for text in pages.values() for name in SLOT.findall(text)} - found.slots.keys()
    for name in found.slots:
        # A misspelt name is reported at the page that has it.
        if name not in placed and not difflib.get_close_matches(name, unknown, n=1):
            near = difflib.get_close_matches(name, placed - found.slots.keys(), n=1, cutoff=NEAR)
            hint = f"{near[0]}, which a page names" if near else f'place it with slot("{name}"), or delete it'
            yield tree.problem(("slots", name), "no page has this slot", hint)


NEAR = 0.75


def _unlisted(found: Layout, tree: Tree, name: str) -> Problem:
    """Return the problem of a running slot that no document lists: at the list, if one document alone has one."""
    lists = [kind for kind, spec in found.documents.items() if spec.running]
    if len(lists) == 1:
        message = f'no document has the running slot "{name}"'
        return tree.problem(("documents", lists[0], "running"), message, f"add {name} to it, or delete {name} below")
    hint = f"add {name} to running: of each document that prints it, or delete it"
    return tree.problem(("running", name), "no document has this running slot", hint)


def _taken_in(pages: Mapping[str, str], found: Layout, spec: DocumentSpec) -> str:
    """Return the pages of a document and of its slots, with every page that they take in."""
    texts: dict[str, str] = {}
    for page in (spec.note, *(piece.page for _, piece in every_piece(spec.pieces))):
        texts |= addresses.taken_among(pages, page)
    for name in {name for text in tuple(texts.values()) for name in SLOT.findall(text)} & found.slots.keys():
        texts |= addresses.taken_among(pages, found.slots[name].page)
    return "\n".join(texts.values())


def _check_sources(
    pages: Mapping[str, str], taken: str, tree: Tree, kind: str, spec: DocumentSpec
) -> Iterator[Problem]:
    """Check that the numbers of a document's citations lead to a list."""
    link = CITED.search(pages.get(f"{addresses.FOLDER}/{spec.note}", ""))
    if spec.citations != "numbered" or not link or f'id="{link[1]}' in taken:
        return
    lists = next((page for page, text in pages.items() if f'id="{link[1]}' in text), "")
    page = lists.removeprefix(f"{addresses.FOLDER}/")
    hint = f"add {{id: sources, page: {page}}} at the end" if page else "add a piece whose page lists all_sources()"
    message = "citations: is numbered, but no piece lists the sources"
    yield tree.problem(("documents", kind, "pieces"), message, hint)


def _check_maps(taken: Mapping[str, str], found: Layout, tree: Tree) -> Iterator[Problem]:
    """Check that each map that a page asks for has a size in a document, if the document has maps at all."""
    sized = {name for spec in found.documents.values() for name in spec.maps}
    for kind, spec in found.documents.items():
        missing = dict.fromkeys(MAP.findall(taken[kind])).keys() - sized if spec.maps else ()
        for name in sorted(missing):
            message = f'a page asks for a map called "{name}", and no document has its size'
            hint = f"add {name}: {{width_mm: 80, height_mm: 80}}"
            yield tree.problem(("documents", kind, "maps"), message, hint)
            sized.add(name)


MAP = re.compile(r"(?<!\|)(?<!\| )\bmap\(\s*[\"']([\w-]+)")
SLOT = re.compile(r"\bslot\(\s*[\"']([\w-]+)")
QUOTED = re.compile(r"[\"']([\w-]+)[\"']")
CITED = re.compile(r'href="#([\w-]+-)\{\{')
"""A link to an entry of a list, by the beginning of its id."""
