"""List the checks of a finished PDF as a screen reader says it, and check that its elements say something."""

from collections.abc import Iterator

from briefpack.checks import appearance, chart_values, places, spoken_text
from briefpack.checks.findings import Check, Findings, Found, begun, boxes, others, quoted
from briefpack.checks.read.aloud import TEXTS, Aloud
from briefpack.checks.read.finished import Finished
from briefpack.checks.read.tags import HEADINGS, Element

PARTS = frozenset({"Part", "Art", "Sect"})
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
    """Return whether a text element has no words to be read, and contains no figure or object to be read instead."""
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
        area = places.elements(finished, number, [item])
        yield Found(number, f"the item {quoted(words)} {fault}", area, begun(words))
        return


def _is_marked(aloud: Aloud, item: Element) -> bool:
    """Return whether the words of an item begin with a bullet or a number that stands apart from them."""
    first, *rest = [text for mcid in item.content if (text := aloud.text(mcid).strip())] or [""]
    return bool(rest) and (first in BULLETS or first.rstrip(".)").isdigit())


def heading_per_part(finished: Finished) -> Findings:
    """Find parts of a page without a heading; one at its top may go on from the page before."""
    for number, aloud in _read(finished):
        opening = _opening(aloud.tree, goes_on=number > 1)
        for part in aloud.tree.walk():
            headed = any(each.kind in HEADINGS for each in part.walk())
            if part.kind not in PARTS or headed or opening & set(part.content):
                continue
            for run in aloud.drawn(part)[:1]:
                message = f"the part that begins {quoted(run.text)} has no heading"
                yield Found(number, message, boxes([run]), begun(run.text))


def _opening(tree: Element, *, goes_on: bool) -> set[int]:
    """Return the content that a page opens with, if that may go on from the page before."""
    return set(tree.content[:1]) if goes_on else set()


CHECKS = (
    Check(
        "link-name",
        "piece",
        "a list of links is read by their names, so an id or a long address tells nobody where a link leads (WCAG 2.2, 2.4.4)",
        "put words into the link, or give it an aria-label",
        spoken_text.link_name,
        needs="tagged",
        remedy="A site alone, such as example.org, and an email address count as words.",
    ),
    Check(
        "one-link",
        "piece",
        "a link in two tags is heard as two links, and one without an area or a tag can't be followed (ISO 14289-1, 7.18.5)",
        "use one <a> with text in it, and build again",
        spoken_text.one_link,
        needs="tagged",
    ),
    Check(
        "words-apart",
        "piece",
        'words without a space between them are read, searched and copied as one: "Perhead" (ISO 14289-1, 7.1)',
        "write a space between the elements, or make them blocks",
        spoken_text.words_apart,
        needs="tagged",
    ),
    Check(
        "note-links",
        "piece",
        "a note is heard where its number is only if the number says so and leads to it (ISO 14289-1, 7.9)",
        'write the number as <sup><a href="#…" aria-label="note …">…</a></sup>, and the note as a footnote or a list item',
        spoken_text.note_links,
        needs="tagged",
    ),
    Check(
        "empty-element",
        "piece",
        "a screen reader stops at an element that says nothing, or announces it (ISO 14289-1, 7.1)",
        "leave out the element if it has no text, or put its items directly into the list, and build again",
        empty_element,
        needs="tagged",
    ),
    Check(
        "heading-per-part",
        "piece",
        "screen-reader users go from heading to heading: they miss a part without one (WCAG 2.2, 2.4.10)",
        "ask the layout's designer to give the <section> a heading, or to make it a <div>",
        heading_per_part,
        needs="tagged",
    ),
    Check(
        "list-labels",
        "piece",
        "a screen reader tells the bullet or number of an item from its words by its label (ISO 32000-1, 14.8.4.3.3)",
        'make the bullet with li::before or li::marker, or give the number data-tag="Lbl"',
        list_labels,
        needs="tagged",
    ),
    Check(
        "reading-order",
        "piece",
        "text that is heard in another order than it stands in makes no sense (ISO 14289-1, 7.2; WCAG 2.2, 1.3.2)",
        "write the HTML in the order in which the page is read: each column from top to bottom",
        spoken_text.reading_order,
        needs="tagged",
        remedy="What the page itself moves, with data-read, isn't judged.",
    ),
    Check(
        "mark-contrast",
        "piece",
        "a mark of a chart or a map needs a contrast of 3:1 with what is behind it, or few can see it (WCAG 2.2, 1.4.11)",
        "use a darker colour of tokens.yaml, or give the mark an outline; in a drawing, darken the shape",
        appearance.mark_contrast,
        needs="tagged",
        remedy="The page is rendered without the mark. What only stands behind marks or between them isn't judged: in a chart "
        'file, gid=BEHIND says so; in a drawing, aria-hidden="true". A drawing that says so of no shape is not judged at all: '
        "it may be a logo.",
    ),
    Check(
        "alt-holds-numbers",
        "document",
        "a reader who can't see a chart gets its values from its alternative text (WCAG 2.2, 1.1.1)",
        "print {{ chart(…).alt }} or {{ chart(…).items }} with the chart, and build again",
        chart_values.in_alternative_text,
        needs="tagged",
        remedy="It has all values of a chart up to twelve, as they print; of more, the first, the last, the lowest and the "
        "highest of each series.",
    ),
)
