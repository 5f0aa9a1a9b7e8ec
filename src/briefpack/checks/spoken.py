"""List the checks of what a screen reader says of a finished PDF."""

from briefpack.checks import chart_values, mark_contrast, spoken_links, spoken_notes, spoken_structure, spoken_text
from briefpack.checks.check import Check

CHECKS = (
    Check(
        "link-name",
        "piece",
        "a list of links is read by their names, so an id or a long address tells nobody where a link leads (WCAG 2.2, 2.4.4)",
        "put words into the link, or give it an aria-label",
        spoken_links.link_name,
        needs="tagged",
        remedy="A site alone, such as example.org, and an email address count as words.",
    ),
    Check(
        "one-link",
        "piece",
        "a link in two tags is heard as two links, and one without an area or a tag can't be followed (ISO 14289-1, 7.18.5)",
        "use one <a> with text in it, and build again",
        spoken_links.one_link,
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
        spoken_notes.note_links,
        needs="tagged",
    ),
    Check(
        "empty-element",
        "piece",
        "a screen reader stops at an element that says nothing, or announces it (ISO 14289-1, 7.1)",
        "leave out the element if it has no text, or put its items directly into the list, and build again",
        spoken_structure.empty_element,
        needs="tagged",
    ),
    Check(
        "heading-per-part",
        "piece",
        "screen-reader users find a part by its heading, and start there: they miss what is read before it (WCAG 2.2, 2.4.10)",
        'begin the <section> with its heading, or give what is printed above it data-read="last"',
        spoken_structure.heading_per_part,
        needs="tagged",
        remedy=f"Up to {spoken_structure.BEFORE} short lines, such as a kicker, may be read before the heading.",
    ),
    Check(
        "list-labels",
        "piece",
        "a screen reader tells the bullet or number of an item from its words by its label (ISO 32000-1, 14.8.4.3.3)",
        'make the bullet with li::before or li::marker, or give the number data-tag="Lbl"',
        spoken_structure.list_labels,
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
        mark_contrast.mark_contrast,
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
