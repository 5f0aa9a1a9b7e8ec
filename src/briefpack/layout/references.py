"""Check everything that layout.yaml refers to: files, slots, and the sizes of charts and maps."""

import re
from collections.abc import Iterator, Mapping

from briefpack import schema
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
        yield from _check_map_in_slot(pages, found, tree, name)
    exchanged = dict.fromkeys(_exchanged(found, tree))
    yield from exchanged
    for name, running in found.running.items() if not exchanged else ():
        yield from _check_box(tree, ("running", name), running, _papers(found, name), spare_mm)
    yield from _check_unasked(pages, found, tree, kinds)


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
    for name, size in spec.charts.items():
        if size.width_mm < NARROWEST_CHART_MM:
            yield _too_narrow(tree, (*loc, "charts", name, "width_mm"), size.width_mm, (spec.paper or found.paper))


NARROWEST_CHART_MM = 30
"""The width below which no kind of chart has room for its labels."""


def _too_narrow(tree: Tree, loc: Loc, width_mm: float, paper: Box) -> Problem:
    message = f"a chart of {width_mm:g} mm is too narrow for its labels"
    times_ten = NARROWEST_CHART_MM <= 10 * width_mm <= paper.width_mm
    hint = f"at least {NARROWEST_CHART_MM}"
    return tree.problem(loc, message, f"{10 * width_mm:g}, in millimetres, not centimetres" if times_ten else hint)


def _papers(found: Layout, running: str | None = None) -> list[Box]:
    """Return the papers of all documents, or of those that have a running slot."""
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


def _exchanged(found: Layout, tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each paper whose sides are exchanged: only if they weren't would its running slots fit."""
    for kind, spec in found.documents.items():
        paper = spec.paper or found.paper
        slots = [found.running[name] for name in spec.running if name in found.running]
        wide = max((slot.left_mm + slot.width_mm for slot in slots), default=0)
        high = max((slot.top_mm + slot.height_mm for slot in slots), default=0)
        fits, would_fit = (
            wide <= width and high <= height
            for width, height in ((paper.width_mm, paper.height_mm), (paper.height_mm, paper.width_mm))
        )
        if would_fit and not fits:
            message = (
                f"it is {paper.width_mm:g} mm wide and {paper.height_mm:g} mm high, and its running slots aren't on it"
            )
            hint = f"{{width_mm: {paper.height_mm:g}, height_mm: {paper.width_mm:g}}}, if the two are exchanged"
            yield tree.problem(("documents", kind, "paper") if spec.paper else ("paper",), message, hint)


def _check_map_in_slot(pages: Mapping[str, str], found: Layout, tree: Tree, name: str) -> Iterator[Problem]:
    """Check that a slot is as large as each map that its page asks for."""
    slot = found.slots[name]
    for map_name in MAP.findall(pages.get(f"{addresses.FOLDER}/{slot.page}", "")):
        for kind, spec in found.documents.items():
            box = spec.maps.get(map_name)
            for side in ("height_mm", "width_mm") if box and f'"{name}"' in _written(pages, spec) else ():
                needed, size = getattr(box, side), getattr(slot, side)
                if needed > size:
                    message = f"the slot is {size:g} mm {ACROSS[side]}, and its map {needed:g} mm"
                    hint = f"at least {needed:g}, or a smaller {map_name}: under maps: of {kind}"
                    yield tree.problem(("slots", name, side), message, hint)


ACROSS = {"height_mm": "high", "width_mm": "wide"}


def _written(pages: Mapping[str, str], spec: DocumentSpec) -> str:
    """Return the pages of a document as they are written."""
    return "".join(pages.get(f"{addresses.FOLDER}/{piece.page}", "") for _, piece in every_piece(spec.pieces))


def _check_unasked(pages: Mapping[str, str], found: Layout, tree: Tree, kinds: tuple[str, ...]) -> Iterator[Problem]:
    """Check that each size and each `room:` of a document is for something that a page, brief or chart asks for."""
    asked = {
        "maps": (
            {name for page in pages.values() for name in MAP.findall(page)},
            "no page asks for a map",
        ),
        "images": (
            {*BLOCK_PLACES}.union(*map(QUOTED.findall, pages.values())),
            "no page asks for an image in a place",
        ),
    }
    if kinds:
        # A layout loaded without a brief has no chart kinds, and the fields of a brief may not be defined yet.
        asked["charts"] = ({*kinds, *ANY_CHART, *(f"ask-{kind}" for kind in kinds)}, "there is no chart kind")
        asked["room"] = (schema.fields(), "no part of a brief has a field")
    for kind, spec in found.documents.items():
        for part, (known, message) in asked.items():
            for name in getattr(spec, part).keys() - known:
                loc = ("documents", kind, part, name)
                yield tree.problem(loc, f'{message} called "{name}"', nearest(name, known) or "delete it")


MAP = re.compile(r"\bmap\(\s*[\"']([\w-]+)")
QUOTED = re.compile(r"[\"']([a-z0-9-]+)[\"']")
BLOCK_PLACES = ("column", "full-width", "full-page")
"""The places of images between the blocks of a part; the brief names them, not a page."""
ANY_CHART = ("local", "hexagons", "marked-part-of-whole", "survey", "other")
"""The names that have a size, as chart kinds do, but aren't chart kinds."""
