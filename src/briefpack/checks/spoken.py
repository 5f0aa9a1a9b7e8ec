"""List the checks of a finished PDF as a screen reader says it, and check that its elements say something."""

from collections.abc import Iterator

from briefpack.checks import chart_values, marks, places, spoken_text
from briefpack.checks.findings import Check, Findings, Found, begun, boxes, others, quoted
from briefpack.checks.read.finished import Finished
from briefpack.checks.read.tags import HEADINGS, Element

PARTS = frozenset({"Part", "Art", "Sect"})
BULLETS = frozenset("•◦‣∙·▪▫■□●○–—-*✓✔➤►")
TEXTS = frozenset({*HEADINGS, "P", "Caption", "Lbl", "Note", "TOCI"})
"""The types of elements that are there for their words alone."""
ITEMS = {"L": "LI", "TOC": "TOCI"}
"""The types of the items of a list and of contents."""


def empty_element(finished: Finished) -> Findings:
    """Find elements that hold nothing, lists without items of their own, and paragraphs and headings without words."""
    if not finished.expected.tagged:
        return
    for number in sorted({empty.page or 0 for empty in finished.empty}):
        kinds = [empty.kind for empty in finished.empty if (empty.page or 0) == number]
        yield Found(number or None, f"a {kinds[0]} holds nothing{others(len(kinds), 'element')}")
    for number, tree in _trees(finished):
        if silent := [element for element in tree.walk() if _is_silent(element)]:
            message = f"a {silent[0].kind} has no words{others(len(silent), 'element')}"
            yield Found(number, message, places.elements(finished, number, silent))
        if bare := [element for element in tree.walk() if _has_no_items(element)]:
            message = f"a {bare[0].kind} has no item directly in it{others(len(bare), 'list')}"
            yield Found(number, message, places.elements(finished, number, bare))


def _trees(finished: Finished) -> Iterator[tuple[int, Element]]:
    """Yield the tags of each page that has any, with its number."""
    for number, tree in enumerate(finished.trees, start=1):
        if tree:
            yield number, tree


def _has_no_items(element: Element) -> bool:
    """Return whether a list is announced with 0 items, whatever is deeper in it."""
    item = ITEMS.get(element.kind)
    return item is not None and all(kid.kind != item for kid in element.kids)


def _is_silent(element: Element) -> bool:
    """Return whether a text element has no words to be read, and contains no figure or object to be read instead."""
    if element.kind not in TEXTS or any(part.objects or part.kind == "Figure" for part in element.walk()):
        return False
    # PDFium has no words for text behind a clipping path, which a screen reader reads.
    hidden = any(run.clipped for run in element.drawn)
    return bool(element.content) and not hidden and not element.said.strip()


def list_labels(finished: Finished) -> Findings:
    """Find items of lists without a body, and bullets or numbers in the body instead of a label."""
    for number, tree in _trees(finished):
        opening = _opening(tree, number)
        for element in tree.walk():
            # An item that goes on from the page before has its label there.
            items = [kid for kid in element.kids if kid.kind == "LI" and not opening & {*kid.content}]
            if element.kind == "L":
                yield from _unlabelled(finished, number, items)


def _unlabelled(finished: Finished, number: int, items: list[Element]) -> Findings:
    """Yield the first item of a list that has a fault."""
    labelled = any(_has(item, "Lbl") for item in items)
    for item in items:
        if not _has(item, "LBody") and not item.objects:
            fault = "has no body"
        elif labelled and not _has(item, "Lbl"):
            fault = "has no label, and others of its list do"
        elif not _has(item, "Lbl") and _is_marked(item):
            fault = "has its bullet or number in its body, not in a label"
        else:
            continue
        area = places.elements(finished, number, [item])
        yield Found(number, f"the item {quoted(item.said)} {fault}", area, begun(item.said))
        return


def _has(item: Element, kind: str) -> bool:
    return any(kid.kind == kind for kid in item.kids)


def _is_marked(item: Element) -> bool:
    """Return whether the words of an item begin with a bullet or a number that stands apart from them."""
    words = [text for text in map(str.strip, map(item.text, item.content)) if text]
    return len(words) > 1 and (words[0] in BULLETS or words[0].rstrip(".)").isdigit())


def heading_per_part(finished: Finished) -> Findings:
    """Find parts of a page without a heading; one at its top may go on from the page before."""
    for number, tree in _trees(finished):
        opening = _opening(tree, number)
        for part in tree.walk():
            headed = any(element.kind in HEADINGS for element in part.walk())
            if part.kind in PARTS and part.drawn and not headed and not opening & {*part.content}:
                run = part.drawn[0]
                message = f"the part that begins {quoted(run.text)} has no heading"
                yield Found(number, message, boxes([run]), begun(run.text))


def _opening(tree: Element, number: int) -> set[int]:
    """Return the content that a page opens with, if that may go on from the page before."""
    return {*tree.content[:1]} if number > 1 else set()


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
        marks.contrast,
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
