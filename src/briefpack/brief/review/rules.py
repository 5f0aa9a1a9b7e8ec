"""List the rules of the review: the id, the function that finds the slips, and the reason."""

from briefpack.brief.review import numbers, records, words
from briefpack.brief.review.reading import Rule

REFUSED = (
    Rule("unit", numbers.units, "a word that is no unit would print as one", is_warning=False),
    Rule("part-of-a-whole", numbers.parts_of_wholes, "a part can't be larger than the whole", is_warning=False),
    Rule("cell-named", records.cells, "a new row of its file would move a cell that a text names", is_warning=False),
    Rule("yearly-cost", numbers.yearly_costs, "readers will multiply the yearly cost by the years"),
)
"""The rules about anything that can't print as meant, and about the slips beside it that may be the cause."""
QUERIED = (
    Rule("note-mark", words.note_marks, "a note number pasted in with the text refers to nothing"),
    Rule("number-of-parts", numbers.of_asks, "readers count the asks"),
    Rule(
        "number-not-from-ledger",
        numbers.typed,
        "a number typed into a text has no source, and stays as it is when the figure changes",
    ),
    Rule("source-unused", records.unused_sources, "the list of sources would include one that nothing cites"),
    Rule("image-unused", records.unused_images, "you may have meant this image to print"),
    Rule("source-age", records.outdated, "critics will ask why a figure is over five years older than the brief"),
    Rule("data-file-unused", records.unused_data, "you may have meant these rows to print"),
    Rule("word-beside-figure", numbers.doubled, "a word that the figure prints itself would print twice"),
    Rule("placeholder-left", words.placeholders, "a reader would see what was still to be written"),
    Rule("date", words.dates, "nobody can come on a day that doesn't exist"),
    Rule("share", numbers.shares, "no share of a whole is under 0% or over 100%"),
    Rule("sentence-twice", words.sentences, "readers skip what they have read"),
    Rule("figure-twice", words.figures_twice, "one page has no room to repeat itself"),
    Rule("alternative-text", records.undescribed, "people using a screen reader learn nothing from a file name"),
    Rule("credit", records.uncredited, "an image needs the name of its maker, or a licence"),
    Rule("people", records.persons, "a picture of somebody needs their consent"),
    Rule("timeline-order", records.timelines, "a timeline draws its events in the order of their dates"),
    Rule("web-address", words.addresses, "readers can't open a mistyped or private address"),
    Rule(
        "empty-key",
        lambda reading: records.empty_keys(reading.tree.data),
        "a key with nothing after it was to be filled in",
    ),
    Rule("row-twice", records.rows_twice, "a chart would have two marks in one place"),
    Rule("abbreviation", words.abbreviations, "a leave-behind is read alone, and must explain its abbreviations"),
)
"""What a careful reader would query."""
EVERY = (*REFUSED, *QUERIED)
