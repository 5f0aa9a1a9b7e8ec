"""Check that the elements of a finished PDF say something: none is empty, lists have labels, parts have headings."""

from collections.abc import Iterator

from briefpack.checks import places
from briefpack.checks.findings import Findings, Found, boxes, others, quoted
from briefpack.checks.read.aloud import TEXTS, Aloud
from briefpack.checks.read.finished import Finished
from briefpack.checks.read.tags import HEADINGS, Element

PARTS = frozenset({"Part", "Art", "Sect"})
BEFORE = 3
"""The most short paragraphs before the heading of a part, such as a kicker."""
SHORT = 80
"""The most letters of such a paragraph."""
BULLETS = frozenset("•◦‣∙·▪▫■□●○–—-*✓✔➤►")


ITEMS = {"L": "LI", "TOC": "TOCI"}
"""The types of the items of a list and of contents."""


def empty_element(finished: Finished) -> Findings:
    """Find elements that hold nothing, lists without items of their own, and paragraphs and headings without words."""
    if not finished.expected.tagged:
        return
    for number in sorted({each.page or 0 for each in finished.empty}):
        empty = [each.kind for each in finished.empty if (each.page or 0) == number]
        yield Found(number or None, f"a {empty[0]} holds nothing{others(len(empty), 'element')}")
    for number, aloud in _read(finished):
        if silent := [element for element in aloud.tree.walk() if _is_silent(aloud, element)]:
            message = f"a {silent[0].kind} has no words{others(len(silent), 'element')}"
            yield Found(number, message, places.elements(finished, number, silent))
        if bare := [element for element in aloud.tree.walk() if _has_no_items(element)]:
            message = f"a {bare[0].kind} has no item directly in it{others(len(bare), 'list')}"
            yield Found(number, message, places.elements(finished, number, bare))


def _has_no_items(element: Element) -> bool:
    """Return whether a list is announced with 0 items, whatever is deeper in it."""
    return element.kind in ITEMS and not any(kid.kind == ITEMS[element.kind] for kid in element.kids)


def _is_silent(aloud: Aloud, element: Element) -> bool:
    """Return whether an element that is there for its words has none; what else is in it may speak for it."""
    if element.kind not in TEXTS or any(each.objects or each.kind == "Figure" for each in element.walk()):
        return False
    # PDFium has no words for text behind a clipping path, which a screen reader reads.
    hidden = any(run.clipped for run in aloud.drawn(element))
    return bool(element.content) and not hidden and not aloud.said(element).strip()


def list_labels(finished: Finished) -> Findings:
    """Find items of lists without a body, and bullets or numbers in the body instead of a label."""
    for number, aloud in _read(finished):
        opening = _opening(aloud.tree, goes_on=number > 1)
        for items in _lists(aloud.tree):
            # An item that goes on from the page before has its label there.
            begun = [item for item in items if not opening & set(item.content)]
            yield from _unlabelled(finished, number, aloud, begun)


def _read(finished: Finished) -> Iterator[tuple[int, Aloud]]:
    """Yield each page that has tags, with its number."""
    yield from ((number, aloud) for number, aloud in enumerate(finished.aloud, start=1) if aloud)


def _lists(tree: Element) -> Iterator[list[Element]]:
    for element in tree.walk():
        items = [kid for kid in element.kids if kid.kind == "LI"] if element.kind == "L" else []
        if items:
            yield items


def _unlabelled(finished: Finished, number: int, aloud: Aloud, items: list[Element]) -> Findings:
    kinds = [{kid.kind for kid in item.kids} for item in items]
    labelled = any("Lbl" in each for each in kinds)
    for item, own in zip(items, kinds, strict=True):
        words = aloud.said(item)
        if "LBody" not in own and not item.objects:
            fault = "has no body"
        elif labelled and "Lbl" not in own:
            fault = "has no label, and others of its list do"
        elif "Lbl" not in own and _is_marked(aloud, item):
            fault = "has its bullet or number in its body, not in a label"
        else:
            continue
        yield Found(number, f"the item {quoted(words)} {fault}", places.elements(finished, number, [item]))
        return


def _is_marked(aloud: Aloud, item: Element) -> bool:
    """Return whether the words of an item begin with a bullet or a number that stands apart from them."""
    first, *rest = [text for mcid in item.content if (text := aloud.text(mcid).strip())] or [""]
    return bool(rest) and (first in BULLETS or first.rstrip(".)").isdigit())


def heading_per_part(finished: Finished) -> Findings:
    """Find parts of a page that don't begin with a heading."""
    for number, aloud in _read(finished):
        for part in _parts(aloud.tree, goes_on=number > 1):
            before = [*_before_heading(aloud, part)]
            if before and not _is_opening(before):
                runs = aloud.drawn(part)
                message = f"the part that begins {quoted(before[0])} has no heading before it"
                yield Found(number, message, boxes(runs[:1]))


def _parts(tree: Element, *, goes_on: bool) -> list[Element]:
    """Return the parts of a page; where a part may go on from the page before, without what this page opens with."""
    opening = _opening(tree, goes_on=goes_on)
    parts = [each for each in tree.walk() if each.kind in PARTS]
    return [part for part in parts if not opening & set(part.content)]


def _opening(tree: Element, *, goes_on: bool) -> set[int]:
    """Return the content that a page opens with, if that may go on from the page before."""
    return set(tree.content[:1]) if goes_on else set()


def _is_opening(texts: list[str]) -> bool:
    return len(texts) <= BEFORE and all(len(text) <= SHORT for text in texts)


def _before_heading(aloud: Aloud, part: Element) -> Iterator[str]:
    """Yield the texts of a part up to its first heading."""
    for element in part.walk():
        if element.kind in HEADINGS:
            return
        if element.kind in ("P", "LI", "TR", "Caption") and (text := aloud.said(element).strip()):
            yield text
