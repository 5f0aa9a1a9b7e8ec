"""Warn of running slots that overlap the text or one another, or print on pages that the others skip."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from briefpack.layout import sizes
from briefpack.layout.look import Look
from briefpack.layout.model import DocumentSpec, Layout, RunningSpec
from briefpack.layout.sizes import PageMargins
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Tree

SLACK_MM = 1.0
"""How far a slot, whose words don't fill it, may reach into another box."""
HIGHEST_MM = 40.0
"""The height from which a slot is meant to lie over the text, as a watermark is."""


def check(found: Layout, tree: Tree, sheets: Mapping[str, str], made: Look) -> Iterator[Problem]:
    """Yield a warning for each running slot that isn't in the margins of a document's pages, or that meets another."""
    told: set[str] = set()
    for kind, spec in found.documents.items():
        slots = {name: found.running[name] for name in spec.running if name in found.running}
        known = sizes.margins(spec, sheets, made)
        for name, slot in slots.items():
            if name not in told and known and (problem := _over_text(found, tree, (kind, spec), (name, slot), known)):
                told.add(name)
                yield problem
        for name, slot in slots.items():
            others = {other: each for other, each in slots.items() if other != name}
            if name not in told and (problem := _not_skipping(tree, (name, slot), others)):
                told.add(name)
                yield problem
        for (one, first), (two, second) in combinations(slots.items(), 2):
            if not {one, two} & told and _meets(first, second):
                told.add(two)
                side = "left_mm" if first.top_mm == second.top_mm else "top_mm"
                yield _problem(
                    tree, two, f"the slot stands over {one}", "move one of the two, or make it smaller", side
                )


def _over_text(
    found: Layout,
    tree: Tree,
    document: tuple[str, DocumentSpec],
    named: tuple[str, RunningSpec],
    known: PageMargins,
) -> Problem | None:
    """Return the warning of a slot that stands over the text; None if it doesn't, or if no margin has room for it.

    A page without such a margin makes room for the slot itself, in a band of its own.
    """
    (kind, spec), (name, slot), (style, _, margins) = document, named, known
    paper, (top, right, bottom, left) = spec.paper or found.paper, margins
    foot, edge = paper.height_mm - bottom, paper.width_mm - right
    above, below = slot.top_mm + slot.height_mm <= top + SLACK_MM, slot.top_mm >= foot - SLACK_MM
    beside = slot.left_mm + slot.width_mm <= left + SLACK_MM or slot.left_mm >= edge - SLACK_MM
    if above or below or beside or slot.height_mm > min(HIGHEST_MM, max(top, bottom)):
        return None
    message = f"the slot stands over the text of {kind}, which runs from {top:.3g} to {foot:.4g} mm ({style})"
    places = (
        f"from 0 to {top - slot.height_mm:.3g}" if slot.height_mm <= top else "",
        f"from {foot:.4g}" if slot.height_mm <= bottom else "",
    )
    hint = f"{' or '.join(filter(None, places))}, or larger margins in {style}"
    if foot <= slot.top_mm * 10 <= paper.height_mm - slot.height_mm:
        hint = f"{slot.top_mm * 10:g}, if its point is in the wrong place; or {hint}"
    return _problem(tree, name, message, hint)


def _not_skipping(tree: Tree, named: tuple[str, RunningSpec], others: Mapping[str, RunningSpec]) -> Problem | None:
    """Return the warning of a slot that prints on more or fewer pages than all others of its document; None if it may.

    A single other slot tells only if the two are in one line.
    """
    name, slot = named
    alike = {other: each for other, each in others.items() if each.height_mm <= HIGHEST_MM}
    skipped = {each.skip for each in alike.values()}
    in_line = any((each.top_mm, each.height_mm) == (slot.top_mm, slot.height_mm) for each in alike.values())
    if slot.height_mm > HIGHEST_MM or len(skipped) != 1 or not (in_line or len(alike) > 1) or slot.skip >= min(skipped):
        return None
    [skip] = skipped
    pages = "the first page" if skip == 1 else f"the first {skip} pages"
    verb = "skips" if len(alike) == 1 else "skip"
    message = f"the slot also prints on {pages}, which {' and '.join(alike)} {verb}"
    return tree.problem(("running", name), message, f"skip: {skip}", warning=True)


def _meets(one: RunningSpec, two: RunningSpec) -> bool:
    """Return whether two slots share more than a sliver of the page."""
    wide = min(one.left_mm + one.width_mm, two.left_mm + two.width_mm) - max(one.left_mm, two.left_mm)
    high = min(one.top_mm + one.height_mm, two.top_mm + two.height_mm) - max(one.top_mm, two.top_mm)
    return min(wide, high) > SLACK_MM and max(one.height_mm, two.height_mm) <= HIGHEST_MM


def _problem(tree: Tree, name: str, message: str, hint: str, side: str = "top_mm") -> Problem:
    return tree.problem(("running", name, side), message, hint, warning=True)
