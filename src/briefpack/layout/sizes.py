"""Check sizes in layout.yaml against the paper and its margins: inches for millimetres, a chart wider than its column."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import tinycss2

from briefpack.geometry import MM_PER_INCH, MM_PER_PT
from briefpack.layout import css
from briefpack.layout.look import Look
from briefpack.layout.model import Box, DocumentSpec, Layout
from briefpack.problem import Owner, Problem
from briefpack.text.yaml_lines import Loc, Tree

SMALLEST_PAPER_MM = 60
"""Below the shorter side of a business card's length: a sheet so small is in centimetres or inches."""
MM_PER_CM = 10
SLACK_MM = 0.5
LENGTH = re.compile(r"(\d++(?:\.\d++)?|\.\d++)(mm|cm|pt)|0")
IN_MM = {"mm": 1.0, "cm": 10.0, "pt": MM_PER_PT}


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
            usual = _usual_mm(spec, name)
            for side, most in zip(("width_mm", "height_mm"), area, strict=True):
                value = getattr(size, side)
                if value > most + SLACK_MM:
                    message = f"a chart of {value:g} mm is larger than the page within its margins, {most:g} mm"
                    tenth = f"{value / 10:g}, if its point was lost; or " if value > MANY * most else ""
                    loc = ("documents", kind, "charts", name, side)
                    column = f"{usual:g}, as the other charts of {kind}; " if usual and side == "width_mm" else ""
                    yield tree.problem(loc, message, f"{tenth}{column}at most {most:g}")


def wider(found: Layout, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each chart that is wider than all others of its document, and so than its column."""
    for kind, spec in found.documents.items():
        for name, size in spec.charts.items():
            usual = _usual_mm(spec, name)
            if usual and size.width_mm > usual + SLACK_MM:
                message = f"a chart of {size.width_mm:g} mm is wider than the other charts of {kind}, {usual:g} mm"
                hint = f"{usual:g}: a chart that is wider than its column is printed smaller, with its words"
                yield tree.problem(("documents", kind, "charts", name, "width_mm"), message, hint, warning=True)


def _usual_mm(spec: DocumentSpec, name: str) -> float:
    """Return the width that all other charts of a document have, if they are enough to tell; else 0."""
    widths = {size.width_mm for other, size in spec.charts.items() if other != name}
    return widths.pop() if len(widths) == 1 and len(spec.charts) > ENOUGH else 0


ENOUGH = 5
"""The number of charts of one width from which a document is known to have columns of it."""
MANY = 3


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
    """Return the margins that a style sheet gives to every page, with the line; None if it gives none, or in other units."""
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
