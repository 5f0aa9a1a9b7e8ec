"""Check layout.yaml against its files, its paper, and the names that its pages ask for."""

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import tinycss2

from briefpack import schema
from briefpack.geometry import MM_PER_INCH, MM_PER_PT
from briefpack.layout import addresses, css, editions
from briefpack.layout.look import Look
from briefpack.layout.model import Box, DocumentSpec, Layout, RunningSpec, SlotSpec, every_piece
from briefpack.problem import Owner, Problem, nearest
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
    yield from _check_unasked(pages, found, tree, kinds)
    yield from _check_missing(pages, found, tree)


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


MAP = re.compile(r"(?<!\|)(?<!\| )\bmap\(\s*[\"']([\w-]+)")
BLOCK_PLACES = ("column", "full-width", "full-page")
"""The places of images between the blocks of a part; the brief names them, not a page."""
ANY_CHART = ("local", "hexagons", "marked-part-of-whole", "survey", "other")
"""The names that have a size, as chart kinds do, but aren't chart kinds."""


def _check_missing(pages: Mapping[str, str], found: Layout, tree: Tree) -> Iterator[Problem]:
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


def _check_maps(taken: Mapping[str, Mapping[str, str]], found: Layout, tree: Tree) -> Iterator[Problem]:
    """Check that each map that a page asks for has a size in a document, if the document has maps at all."""
    sized = {name for spec in found.documents.values() for name in spec.maps}
    for kind, spec in found.documents.items():
        calls = [(path, call) for path, text in taken[kind].items() for call in MAP.finditer(text)] if spec.maps else []
        for path, call in sorted(calls, key=lambda each: each[1][1]):
            if call[1] not in sized:
                line = call.string.count("\n", 0, call.start()) + 1
                message = f'{path}:{line} asks for a map called "{call[1]}", and no document has its size'
                hint = f"add {call[1]}: {{width_mm: 80, height_mm: 80}}"
                yield tree.problem(("documents", kind, "maps"), message, hint)
                sized.add(call[1])


SLOT = re.compile(r"\bslot\(\s*[\"']([\w-]+)")
QUOTED = re.compile(r"[\"']([\w-]+)[\"']")
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
SLACK_MM = 0.5
LENGTH = re.compile(r"(\d++(?:\.\d++)?|\.\d++)(mm|cm|pt)|0")
IN_MM = {"mm": 1.0, "cm": 10.0, "pt": MM_PER_PT}


def of_margins(found: Layout, sheets: Mapping[str, str], made: Look) -> Iterator[Problem]:
    """Check that the margins of each document leave room for text on its paper. A style sheet is named once."""
    told: set[str] = set()
    for kind, spec in found.documents.items():
        known, paper = margins(spec, sheets, made), spec.paper or found.paper
        if known and known.style not in told and min(_within(paper, known.mm)) <= 0:
            told.add(known.style)
            message = (
                f"these margins leave no room for text on the {paper.width_mm:g} × {paper.height_mm:g} mm of {kind}"
            )
            hint = "smaller margins, in mm or pt; 15 to 30mm is usual on A4"
            yield Problem(f"layouts/{known.style}", known.line, message, hint, Owner.LAYOUT)


def of_charts(found: Layout, tree: Tree, sheets: Mapping[str, str], made: Look) -> Iterator[Problem]:
    """Check that no chart is larger than the paper within its margins, where style sheets give these in millimetres."""
    for kind, spec in found.documents.items():
        known = margins(spec, sheets, made)
        area = _within(spec.paper or found.paper, known.mm if known else (0.0, 0.0, 0.0, 0.0))
        # Margins that leave no room have a problem of their own.
        for name, size in spec.charts.items() if min(area) > 0 else ():
            for side, most in zip(("width_mm", "height_mm"), area, strict=True):
                value = getattr(size, side)
                if value > most + SLACK_MM:
                    message = f"a chart of {value:g} mm is larger than the page within its margins, {most:g} mm"
                    yield tree.problem(("documents", kind, "charts", name, side), message, f"at most {most:g}")


Margins = tuple[float, float, float, float]
"""The top, right, bottom and left margin of a page."""
SIDES = ("top", "right", "bottom", "left")


class PageMargins(NamedTuple):
    """The margins of a document's pages in millimetres, with the style sheet and the line that give them."""

    style: str
    line: int
    mm: Margins


def _within(paper: Box, mm: Margins) -> tuple[float, float]:
    """Return the width and height of a paper within its margins, in millimetres; at most 0 if nothing is left."""
    top, right, bottom, left = mm
    return paper.width_mm - left - right, paper.height_mm - top - bottom


def margins(spec: DocumentSpec, sheets: Mapping[str, str], made: Look) -> PageMargins | None:
    """Return the margins of a document's pages; None if they are unknown."""
    for style in reversed(spec.styles):
        line, found = _margins(sheets.get(f"layouts/{style}", ""), made)
        if found:
            return PageMargins(style, line, found)
    return None


def _margins(text: str, made: Look) -> tuple[int, Margins | None]:
    """Return the margins that a style sheet gives every page, with the line; None for none, or in other units."""
    line, found = 0, None
    for rule in css.top_rules(text):
        if rule.type == "at-rule" and rule.lower_at_keyword == "page" and not tinycss2.serialize(rule.prelude).strip():
            for each in tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True):
                if each.type == "declaration" and each.lower_name.startswith("margin"):
                    line = each.source_line
                    found = _changed(found, each.lower_name, _four(tinycss2.serialize(each.value), made))
    return line, found


def _changed(found: Margins | None, name: str, value: Margins | None) -> Margins | None:
    """Return the margins after a declaration of all of them, or of one side."""
    side = name.removeprefix("margin-")
    if value is None or found is None or side not in SIDES:
        return value if side == "margin" else None
    place = SIDES.index(side)
    sides = [*found]
    sides[place] = value[0]
    return sides[0], sides[1], sides[2], sides[3]


def _four(value: str, made: Look) -> tuple[float, float, float, float] | None:
    value = re.sub(r"var\(\s*--([\w-]+)\s*\)", lambda found: made.lengths.get(found[1], found[0]), value)
    found = [LENGTH.fullmatch(part) for part in value.split()]
    sides = [float(each[1] or 0) * IN_MM.get(each[2], 1.0) for each in found if each]
    if len(sides) < len(found) or not 0 < len(sides) <= len("trbl"):
        return None
    top, right = sides[0], sides[1] if len(sides) > 1 else sides[0]
    bottom = sides[2] if len(sides) > 2 else top
    return top, right, bottom, sides[3] if len(sides) > 3 else right


def unused_files(project: Project, name: str, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each style sheet and page in a layout's folder that no other file of layouts/ names."""
    root = (project.root / "layouts").resolve()
    read = {
        path: path.read_text(encoding="utf-8", errors="replace")
        for path in walk(root)
        if path.suffix in (".css", ".html", ".yaml") and path.parent.name != "locales" and path.is_file()
    }
    for path in sorted(read):
        shown = path.relative_to(root).as_posix()
        own = path.suffix != ".yaml" and shown.startswith(f"{name}/") and not path.name.startswith(OF_THE_ENGINE)
        if own and not any(_names(text, other, path, shown) for other, text in read.items() if other != path):
            kind, place = ("style sheet", "styles:") if path.suffix == ".css" else ("page", "a piece, a slot or a page")
            hint = f"add it to {place}, or delete the file"
            yield tree.problem((), f"nothing uses the {kind} {shown}", hint, warning=True)


OF_THE_ENGINE = "proof"
"""How the names of the files begin that the engine itself uses, to write proofs."""


def _names(text: str, of: Path, path: Path, shown: str) -> bool:
    """Return whether a file names another: by its path from layouts/ or, in a style sheet, from itself."""
    beside = path.suffix == of.suffix == ".css" and re.search(rf"(?<![\w/-]){re.escape(path.name)}", text)
    return shown in text or bool(beside) or f"../{shown}" in text
