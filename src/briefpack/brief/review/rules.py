"""List the rules of the review: the id, the function, the reason, and a bad and a good example of each.

An example is words of a text, keys of a brief, or rows of a data file.
"""

from briefpack.brief.review import (
    addresses,
    beside_figures,
    charts,
    costs,
    counts,
    data_files,
    dates,
    leftovers,
    names,
    pictures,
    repeated,
    typed_numbers,
    unused,
    values,
)
from briefpack.brief.review.reading import Rule

# Each record has its examples on lines of their own.
# fmt: off
REFUSED = (
    Rule("unit", values.not_units, "a word that is no unit would print as one",
         "figures: {fund-total: {unit: dollars}}",
         "figures: {fund-total: {unit: AU$}}", is_warning=False),
    Rule("part-of-a-whole", values.impossible_parts, "a part can't be larger than the whole",
         'figures: {walk: {value: 120, unit: "%", means: children who walk, source: own}}\n'
         "charts: {walkers: {kind: part-of-whole, finding: Most walk, alt: A bar, rows: [{label: walk, figure: walk}]}}",
         'figures: {walk: {value: 80, unit: "%", means: children who walk, source: own}}\n'
         "charts: {walkers: {kind: part-of-whole, finding: Most walk, alt: A bar, rows: [{label: walk, figure: walk}]}}", is_warning=False),
    Rule("citation-mark", leftovers.citations, "a citation with another mark would print as text",
         "Cars are fast.(^road-report)",
         "Cars are fast.[^road-report]", is_warning=False),
    Rule("cell-named", data_files.cells, "a new row of its file would move a cell that a text names",
         "relations: [{holds: crossings > walkers-b2}]",
         "relations: [{holds: crossings > children-hurt}]", is_warning=False),
    Rule("yearly-cost", costs.yearly_costs, "readers will multiply the yearly cost by the years, and get a different total",
         "asks: [{amount: fund-total, annual: fund-total, period: Over four years}]",
         "asks: [{amount: fund-total, annual: fund-total, period: Over one year}]"),
)
"""The rules about anything that can't print as meant, and about the slips beside it that may be the cause."""

QUERIED = (
    Rule("note-mark", leftovers.note_marks, "a note number pasted in with the text prints among the pack's own, and refers to nothing",
         "Cars are fast.¹",
         "Cars are fast.[^road-report]"),
    Rule("number-of-parts", counts.of_parts, "readers count the asks and the themes",
         "Here are our five asks.",
         "Here are our {asks} asks."),
    Rule("number-not-from-ledger", typed_numbers.find, "a number typed into a text has no source, and stays as it is when the figure changes",
         "They build 800 crossings.",
         "They build {crossings:bare} crossings."),
    Rule("source-unused", unused.sources, "the list of sources would include one that nothing cites",
         "sources: {survey: {publisher: Example Survey}}",
         "sources: {survey: {publisher: Example Survey}}\n"
         "images: {}\n"
         "glance: {note: 'Walking is healthy.[^survey]'}"),
    Rule("image-unused", unused.images, "you may have meant this image to print",
         "images: {street: {file: street.jpg, alt: A street, credit: Ana, people: none}}",
         "images: {street: {file: street.jpg, alt: A street, credit: Ana, people: none}}\n"
         "cover_image: street"),
    Rule("source-age", dates.outdated, "critics will ask why a figure is over five years older than the brief",
         'figures: {crossings: {as_at: "2018"}}',
         'figures: {crossings: {as_at: "2025"}}'),
    Rule("data-file-unused", data_files.never_used, "you may have meant these rows to print",
         "data: {cars: {file: cars.csv, unit: cars, source: own}}",
         "data: {cars: {file: cars.csv, unit: cars, source: own}}\n"
         "figures: {cars: {data: {from: cars, column: Cars, where: {Year: 2023}}, means: cars}}"),
    Rule("word-beside-figure", beside_figures.doubled, "a word that the figure prints itself would print twice",
         "It costs {fund-total} million.",
         "It costs {fund-total}."),
    Rule("placeholder-left", leftovers.unwritten, "a reader would see what was still to be written",
         "The date is TBC.",
         "The date is near."),
    Rule("date", dates.impossible, "nobody can come on a day that doesn't exist",
         "We meet on Monday 24 November 2026.",
         "We meet on Tuesday 24 November 2026."),
    Rule("share", values.impossible_shares, "no share of a whole is under 0% or over 100%",
         'figures: {walk: {value: 120, unit: "%", means: share of children who walk, source: own}}',
         'figures: {walk: {value: 120, unit: "%", means: growth in children who walk, source: own}}'),
    Rule("sentence-twice", repeated.sentences, "readers skip what they have read",
         "A crossing slows all cars that come near a school. A crossing slows all cars that come near a school.",
         "A crossing slows all cars that come near a school."),
    Rule("figure-twice", repeated.on_a_leave_behind, "one page has no room to repeat itself",
         "asks: [{leave_behind: {standfirst: 'One crossing costs {crossing-cost}.'}}]",
         "asks: [{leave_behind: {standfirst: One crossing costs little.}}]"),
    Rule("alternative-text", pictures.undescribed, "people using a screen reader learn nothing from a file name",
         "charts: {hurt: {alt: IMG_2034.jpg}}",
         "charts: {hurt: {alt: One of twenty marks is filled.}}"),
    Rule("credit", pictures.uncredited, "an image needs the name of its maker, or a licence",
         "images: {street: {file: a.jpg, alt: A street, credit: Google Images, people: none}}",
         "images: {street: {file: a.jpg, alt: A street, credit: 'Ana Example, CC BY 4.0', people: none}}"),
    Rule("people", pictures.persons, "a picture of somebody needs their consent",
         "images: {walk: {file: a.jpg, alt: A girl walks, credit: Ana, people: none}}",
         "images: {walk: {file: a.jpg, alt: A girl walks, credit: Ana, people: consented}}"),
    Rule("timeline-order", charts.timelines, "a timeline draws its events in the order of their dates",
         "charts: {kim-timeline: {rows: [{when: July 2025}]}}",
         "charts: {kim-timeline: {rows: [{when: June 2024}]}}"),
    Rule("web-address", addresses.of_pages, "readers can't open a mistyped or private address",
         "See htps://walk.example for more.",
         "See https://walk.example for more."),
    Rule("empty-key", unused.keys, "a key with nothing after it was to be filled in",
         "glance: {note: }",
         "glance: {note: All amounts are invented.}"),
    Rule("row-twice", data_files.repeated_rows, "a chart would have two marks in one place",
         "Town,Girls\n"
         "Perth,61\n"
         "Perth,62",
         "Town,Girls\n"
         "Perth,61\n"
         "Hobart,62"),
    Rule("abbreviation", names.unexplained, "a leave-behind is read alone, and must explain its abbreviations",
         "sections: [{blocks: [{text: The Australian Federal Police (AFP) agree.}]}]\n"
         "asks: [{leave_behind: {standfirst: The AFP agree.}}]",
         "sections: [{blocks: [{text: The Australian Federal Police (AFP) agree.}]}]\n"
         "asks: [{leave_behind: {standfirst: The Australian Federal Police agree.}}]"),
)
"""What a careful reader would query."""
# fmt: on

EVERY = (*REFUSED, *QUERIED)


def by_id(rule_id: str) -> Rule:
    """Return the rule with that id. Raises KeyError if there is none."""
    return {rule.id: rule for rule in EVERY}[rule_id]
