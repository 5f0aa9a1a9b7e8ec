"""Check layout.yaml against its files, its paper, and the names that its pages ask for."""

import re
from collections.abc import Iterator, Mapping

from briefpack import schema
from briefpack.geometry import MM_PER_INCH
from briefpack.layout import addresses, editions
from briefpack.layout.model import Box, DocumentSpec, Layout, RunningSpec, SlotSpec, every_piece
from briefpack.problem import Problem, nearest
from briefpack.project import Project, leads_out, walk, within
from briefpack.text.yaml_lines import Loc, Tree


def check(
    project: Project, found: Layout, tree: Tree, kinds: tuple[str, ...], pages: Mapping[str, str]
) -> Iterator[Problem]:
    """Check the files, slots and sizes of a layout; without chart `kinds`, the sizes of charts aren't checked."""
    for loc, part in schema.walk(found):
        for field in ("page", "styles", "note"):
            value = getattr(part, field, None)
            for path in (value,) if isinstance(value, str) else value or ():
                yield from _check_file(project, tree, (*loc, field), path)
    for kind, spec in found.documents.items():
        yield from _check_document(found, tree, ("documents", kind), spec)
    spare_mm = max(each.bleed_mm for each in editions.of(found.editions).values())
    for name, slot in found.slots.items():
        yield from _check_box(tree, ("slots", name), slot, _papers(found), spare_mm)
    for name, running in found.running.items():
        yield from _check_box(tree, ("running", name), running, _papers(found, name), spare_mm)
    if kinds:
        # A layout loaded without a brief has no chart kinds, and the fields of a brief may not be defined yet.
        yield from _check_sizes(found, tree, kinds)
    for kind, spec in found.documents.items():
        yield from _check_sources(pages, _taken_in(pages, found, spec), tree, kind, spec)


def _check_file(project: Project, tree: Tree, loc: Loc, path: str) -> Iterator[Problem]:
    folder = project.root / "layouts"
    found = within(folder, path)
    if leads_out(folder, path):
        hint = "name a file in layouts/, such as shared/cover.html"
        yield tree.problem(loc, f'"{path}" is outside layouts/', hint, words=path)
    elif found is None:
        base = folder.resolve()
        near = nearest(path, [held.relative_to(base).as_posix() for held in walk(folder)], most=0)
        yield tree.problem(loc, f'there is no file "{path}" in layouts/', near or "create it", words=path)
    elif found.suffix != (wanted := ".css" if "styles" in loc else ".html"):
        kind, such = ("style sheet", "shared/base.css") if wanted == ".css" else ("page", "shared/cover.html")
        yield tree.problem(loc, f'"{path}" is not a {kind} ({wanted})', f"name a {kind}, such as {such}", words=path)


def _check_document(found: Layout, tree: Tree, loc: Loc, spec: DocumentSpec) -> Iterator[Problem]:
    """Check that the parts of a document exist and are complete."""
    for index, running in enumerate(spec.running):
        if running not in found.running:
            message = f'there is no running slot called "{running}"'
            hint = nearest(running, found.running) or "add it to running:"
            yield tree.problem((*loc, "running", index), message, hint)
    ids: set[str] = set()
    for own, piece in every_piece(spec.pieces):
        if piece.id in ids:
            hint = "delete it, or give it another id"
            yield tree.problem((*loc, *own, "id"), f'another piece has the id "{piece.id}"', hint)
        ids.add(piece.id)
    if all(piece.local or piece.each or piece.needs for piece in spec.pieces):
        message, hint = "no piece is in every document", "add a piece without local:, each: and needs:"
        yield tree.problem((*loc, "pieces"), message, hint)
    if "other" not in spec.charts:
        hint = "add other: {width_mm: 119, height_mm: 10, row_mm: 9}"
        yield tree.problem((*loc, "charts"), "there is no size for the other chart kinds", hint)


def _papers(found: Layout, running: str | None = None) -> list[Box]:
    """Return the paper of every document, or only of documents that have a running slot."""
    specs = [spec for spec in found.documents.values() if running is None or running in spec.running]
    return [spec.paper or found.paper for spec in specs] or [found.paper]


def _check_box(tree: Tree, loc: Loc, box: SlotSpec, papers: list[Box], spare_mm: float) -> Iterator[Problem]:
    """Check that a running slot stays on each of its papers, and another slot on one of them, or within the bleed."""
    fits = min if isinstance(box, RunningSpec) else max
    for side, start in (("width_mm", "left_mm"), ("height_mm", "top_mm")):
        first, size = getattr(box, start, 0), getattr(box, side)
        most = fits(getattr(paper, side) for paper in papers)
        if first < -spare_mm or first + size > most + spare_mm:
            message = f"the slot runs from {first:g} to {first + size:g} mm, but the paper is {most:g} mm"
            fits_elsewhere = isinstance(box, RunningSpec) and size <= most
            hint = f"from 0 to {most - size:g}" if fits_elsewhere else "make it smaller, or move it"
            yield tree.problem((*loc, start if fits_elsewhere else side), message, hint)


def _check_sizes(found: Layout, tree: Tree, kinds: tuple[str, ...]) -> Iterator[Problem]:
    """Check that each size of a chart, and each `room:`, is for something that there is.

    A size for a map or an image under a wrong name is missing where a page asks for it.
    """
    known = {"charts": {*kinds, *ANY_CHART, *(f"ask-{kind}" for kind in kinds)}, "room": schema.fields()}
    nothing = {"charts": "there is no chart kind", "room": "no part of a brief has a field"}
    for kind, spec in found.documents.items():
        for part, names in known.items():
            for name in getattr(spec, part).keys() - names:
                hint = nearest(name, names) or "delete it"
                yield tree.problem(("documents", kind, part, name), f'{nothing[part]} called "{name}"', hint)


ANY_CHART = ("local", "hexagons", "marked-part-of-whole", "survey", "other")
"""The names that have a size, as chart kinds do, but aren't chart kinds."""


def _taken_in(pages: Mapping[str, str], found: Layout, spec: DocumentSpec) -> dict[str, str]:
    """Return the pages of a document and of its slots, with every page that they take in, by path."""
    texts: dict[str, str] = {}
    for page in (spec.note, *(piece.page for _, piece in every_piece(spec.pieces))):
        texts |= addresses.taken_among(pages, page)
    for name in {name for text in tuple(texts.values()) for name in SLOT.findall(text)} & found.slots.keys():
        texts |= addresses.taken_among(pages, found.slots[name].page)
    return texts


def _check_sources(
    pages: Mapping[str, str], taken: Mapping[str, str], tree: Tree, kind: str, spec: DocumentSpec
) -> Iterator[Problem]:
    """Check that the numbers of a document's citations lead to a list."""
    link = CITED.search(pages.get(f"{addresses.FOLDER}/{spec.note}", ""))
    if spec.citations != "numbered" or not link or addresses.find(taken, f'id="{link[1]}'):
        return
    lists = next((page for page, text in pages.items() if f'id="{link[1]}' in text), "")
    page = lists.removeprefix(f"{addresses.FOLDER}/")
    hint = f"add {{id: sources, page: {page}}} at the end" if page else "add a piece whose page lists all_sources()"
    message = "citations: is numbered, but no piece lists the sources"
    yield tree.problem(("documents", kind, "pieces"), message, hint)


SLOT = re.compile(r"\bslot\(\s*[\"']([\w-]+)")
CITED = re.compile(r'href="#([\w-]+-)\{\{')
"""A link to an entry of a list, by the beginning of its id."""


def of_paper(found: Layout, tree: Tree) -> Iterator[Problem]:
    """Check that each paper is given in millimetres."""
    papers: list[tuple[Loc, Box]] = [(("paper",), found.paper)]
    papers += [(("documents", kind, "paper"), spec.paper) for kind, spec in found.documents.items() if spec.paper]
    for loc, paper in papers:
        if min(paper.width_mm, paper.height_mm) < SMALLEST_PAPER_MM:
            times = MM_PER_INCH if paper.width_mm < MM_PER_CM else MM_PER_CM
            meant = f"{{width_mm: {paper.width_mm * times:.0f}, height_mm: {paper.height_mm * times:.0f}}}"
            message = f"{paper.width_mm:g} × {paper.height_mm:g} mm is too small for a page"
            yield tree.problem(loc, message, f"{meant}, in millimetres")


SMALLEST_PAPER_MM = 60
"""Below the shorter side of a business card's length: a sheet so small is in centimetres or inches."""
MM_PER_CM = 10
