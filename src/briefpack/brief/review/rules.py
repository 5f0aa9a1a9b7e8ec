"""List the rules of the review: the id, the function, the reason, and a bad and a good example of each.

An example is words of a text, keys of a brief, or rows of a data file.
"""

from briefpack.brief.review import (
    addresses,
    beside_figures,
    charts,
    contradictions,
    costs,
    counts,
    data_files,
    dates,
    language,
    leftovers,
    names,
    periods,
    pictures,
    repeated,
    typed_numbers,
    unused,
    values,
)
from briefpack.brief.review.reading import Rule

# Each record has its examples on lines of their own.
# fmt: off
DATED = Rule("brief-date", dates.too_early, "a brief can't cite sources that came out after it",
     "date: 2020-07-01\n"
     "sources: {a: {publisher: A, date: May 2025}, b: {publisher: B, date: June 2025}}",
     "date: 2026-07-01\n"
     "sources: {a: {publisher: A, date: May 2025}, b: {publisher: B, date: June 2025}}")
"""The rule of the brief's own date; what follows from a mistake in it would hide it."""

REFUSED = (
    Rule("unit", values.not_units, "a word that is no unit would print as one",
         "figures: {fund-total: {unit: dollars}}",
         "figures: {fund-total: {unit: AU$}}", is_warning=False),
    Rule("part-of-a-whole", values.impossible_parts, "a part can't be larger than the whole",
         'figures: {walk: {value: 120, unit: "%", means: children who walk, source: own}}\n'
         "charts: {walkers: {kind: part-of-whole, finding: Most walk, alt: A bar, rows: [{label: walk, figure: walk}]}}",
         'figures: {walk: {value: 80, unit: "%", means: children who walk, source: own}}\n'
         "charts: {walkers: {kind: part-of-whole, finding: Most walk, alt: A bar, rows: [{label: walk, figure: walk}]}}", is_warning=False),
    Rule("hedge-and-plus", beside_figures.hedged_twice, "a figure would say twice that it isn't exact",
         "figures: {crossings: {hedge: over, plus: yes}}",
         "figures: {crossings: {hedge: over}}", is_warning=False),
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
    Rule("source-date", dates.of_sources, "a brief can't cite what came out after it",
         "sources: {school-count: {date: August 2026}}",
         "sources: {school-count: {date: May 2026}}"),
    Rule("figure-date", dates.of_figures, "a brief can't know what was counted after it",
         "figures: {crossings: {as_at: August 2026}}",
         "figures: {crossings: {as_at: May 2026}}"),
    Rule("month", dates.misspelt_months, "a misspelt month looks careless",
         "We met in Septmber 2025.",
         "We met in September 2025."),
    Rule("share", values.impossible_shares, "no share of a whole is under 0% or over 100%",
         'figures: {walk: {value: 120, unit: "%", means: share of children who walk, source: own}}',
         'figures: {walk: {value: 120, unit: "%", means: growth in children who walk, source: own}}'),
    Rule("sentence-twice", repeated.sentences, "readers skip what they have read",
         "A crossing slows all cars that come near a school. A crossing slows all cars that come near a school.",
         "A crossing slows all cars that come near a school."),
    Rule("figure-twice", repeated.on_a_leave_behind, "one page has no room to repeat itself",
         "asks: [{leave_behind: {standfirst: 'One crossing costs {crossing-cost}.'}}]",
         "asks: [{leave_behind: {standfirst: One crossing costs little.}}]"),
    Rule("invisible-character", leftovers.invisible, "a character that nobody sees breaks a word or a search",
         "Build cross\u200bings now.",
         "Build crossings now."),
    Rule("alternative-text", pictures.undescribed, "people using a screen reader learn nothing from a file name",
         "charts: {hurt: {alt: IMG_2034.jpg}}",
         "charts: {hurt: {alt: One of twenty marks is filled.}}"),
    Rule("caption-heard-twice", pictures.captions, "people using a screen reader hear the same text twice",
         "images: {street: {file: a.jpg, alt: A street, caption: A street, credit: Ana, people: none}}",
         "images: {street: {file: a.jpg, alt: A street, caption: Before the crossing, credit: Ana, people: none}}"),
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
    Rule("pasted", leftovers.pasted, "letters that a program garbled print as they are",
         "Kimâ€™s school is near.",
         "Kim’s school is near."),
    Rule("caption-twice", charts.captions, "readers can't tell two figures apart if they have the same caption",
         "glance: {figures: [{caption: schools have none}]}",
         "glance: {figures: [{caption: km an hour slower}]}"),
    Rule("sum-of-unlike-units", costs.sums, "amounts in different units can't be added",
         "relations: [{holds: fund-total > children-hurt}]",
         "relations: [{holds: fund-total > crossing-cost}]"),
    Rule("twice", repeated.items, "if the same thing is written twice, one copy gets changed and the other doesn't",
         "keywords: [crossings, crossings]",
         "keywords: [crossings, schools]"),
    Rule("contact", addresses.of_contacts, "readers can't reach anybody at a mistyped number or address",
         "contacts: [{phone: 02 5550 01}]",
         "contacts: [{phone: 02 5550 0100}]"),
    Rule("period", periods.backwards, "a period can't end before it begins",
         "From 2024 to 2021 they walked.",
         "From 2021 to 2024 they walked."),
    Rule("punctuation", language.punctuation, "a word typed twice, or a mark without its partner, looks careless",
         "They walk to to school.",
         "They walk to school."),
    Rule("sentence", language.sentences, "a sentence without its capital or full stop looks cut off",
         "Drivers slow down. then children walk.",
         "Drivers slow down. Then children walk."),
    Rule("figure-unused", unused.figures, "you may have meant this figure to print",
         "figures: {cars: {value: 9, unit: cars, means: cars, source: own}}",
         "figures: {cars: {value: 9, unit: cars, means: cars, source: own}}\n"
         "glance: {note: 'We saw {cars} cars.'}"),
    Rule("chart-unused", unused.charts, "you may have meant this chart to print",
         "charts: {walkers: {kind: bars, finding: Most walk, alt: A bar, rows: [{label: walk, figure: crossings}]}}",
         "charts: {walkers: {kind: bars, finding: Most walk, alt: A bar, rows: [{label: walk, figure: crossings}]}}\n"
         "sections: [{blocks: [{text: We walk.}, {chart: walkers}]}]"),
    Rule("theme-unused", unused.themes, "a theme without an ask leads nowhere",
         "themes: [{}, {}, {id: parks, heading: Parks, blocks: [{text: Parks are green.}]}]",
         "themes: [{}, {}]"),
    Rule("empty-key", unused.keys, "a key with nothing after it was to be filled in",
         "glance: {note: }",
         "glance: {note: All amounts are invented.}"),
    Rule("currency", values.currencies, "one currency written two ways looks like two currencies",
         "figures: {fund-total: {unit: A$}}",
         "figures: {fund-total: {unit: AU$}}"),
    Rule("row-of-another-year", charts.years, "a bar would show the value of another year",
         "figures: {walk-2023: {value: 9, unit: people, means: walkers, source: own}, walk-2024: {value: 8, unit: people, means: those who walk, source: own}}\n"
         'charts: {walkers: {kind: bars, finding: Most walk, alt: A bar, rows: [{label: "2024", figure: walk-2023}]}}',
         "figures: {walk-2023: {value: 9, unit: people, means: walkers, source: own}, walk-2024: {value: 8, unit: people, means: those who walk, source: own}}\n"
         'charts: {walkers: {kind: bars, finding: Most walk, alt: A bar, rows: [{label: "2024", figure: walk-2024}]}}'),
    Rule("finding-of-another-row", charts.emphasis, "the eye would go to a row that the title says nothing about",
         "figures: {walk: {value: 9, unit: people, means: walkers, source: own}, ride: {value: 8, unit: people, means: riders, source: own}}\n"
         "charts: {ways: {kind: bars, finding: Walkers are most, alt: Bars, rows: [{label: Walkers, figure: walk}, {label: Riders, figure: ride, strong: yes}]}}",
         "figures: {walk: {value: 9, unit: people, means: walkers, source: own}, ride: {value: 8, unit: people, means: riders, source: own}}\n"
         "charts: {ways: {kind: bars, finding: Walkers are most, alt: Bars, rows: [{label: Walkers, figure: walk, strong: yes}, {label: Riders, figure: ride}]}}"),
    Rule("added-by-the-layout", leftovers.added_by_the_layout, "marks and labels that the layout adds would print twice",
         "sources: {school-count: {publisher: 'Source: Example Council'}}",
         "sources: {school-count: {publisher: Example Council}}"),
    Rule("story-of-another-theme", unused.asks_of_stories, "neither the case study nor the ask would name the other",
         "case_studies: [{theme: safety, asks: [slow-streets]}]",
         "case_studies: [{theme: safety, asks: [crossing-fund]}]"),
    Rule("direction", values.directions, "a rise that the words call a fall is quoted against you",
         "Speeds grew from {speed-before} to {speed-after}.",
         "Speeds fell from {speed-before} to {speed-after}."),
    Rule("span-of-a-chart", charts.spans, "alternative text goes out of date when a year is added to a chart",
         'charts: {walkers: {kind: bars, finding: More walk, alt: Bars from 2021 to 2023, rows: [{label: "2021", figure: crossings}, {label: "2022", figure: crossings}, {label: "2023", figure: crossings}, {label: "2024", figure: crossings}]}}',
         'charts: {walkers: {kind: bars, finding: More walk, alt: Bars from 2021 to 2024, rows: [{label: "2021", figure: crossings}, {label: "2022", figure: crossings}, {label: "2023", figure: crossings}, {label: "2024", figure: crossings}]}}'),
    Rule("headline-rule", contradictions.headlines, "a headline would be false where it prints",
         "local: {heading: A place, headlines: [{id: most, fact: walkers, when: lowest, heading: Few places have more children who walk}]}",
         "local: {heading: A place, headlines: [{id: most, fact: walkers, when: highest, heading: Few places have more children who walk}]}"),
    Rule("around-a-figure", beside_figures.small_slips, "a capital letter, a singular or a page number doesn't match the words around it",
         "There are {crossings:capital} of them.",
         "There are {crossings} of them."),
    Rule("source-of-another-figure", beside_figures.other_sources, "readers look up the number in the wrong source",
         "One costs {crossing-cost}.[^health-review]",
         "One costs {crossing-cost}.[^school-count]"),
    Rule("digit-lost", values.outliers, "a digit too few or too many changes a number tenfold",
         "Year,Girls\n"
         "2021,801\n"
         "2022,802\n"
         "2023,80\n"
         "2024,804",
         "Year,Girls\n"
         "2021,801\n"
         "2022,802\n"
         "2023,803\n"
         "2024,804"),
    Rule("cell-twice", data_files.shared_cells, "two figures come from one cell",
         "figures: {a: {data: {from: walkers, column: Girls, where: {Year: 2023}}, means: girls}, b: {data: {from: walkers, column: Girls, where: {Year: 2023}}, means: boys}}",
         "figures: {a: {data: {from: walkers, column: Girls, where: {Year: 2023}}, means: girls}, b: {data: {from: walkers, column: Boys, where: {Year: 2023}}, means: boys}}"),
    Rule("figure-against-file", data_files.contradicted, "one number would print with two values",
         "figures: {girls: {value: 640, unit: people, means: girls who walked in 2023, source: own}}",
         "figures: {girls: {value: 620, unit: people, means: girls who walked in 2023, source: own}}"),
    Rule("row-twice", data_files.repeated_rows, "a chart would have two marks in one place",
         "Town,Girls\n"
         "Perth,61\n"
         "Perth,62",
         "Town,Girls\n"
         "Perth,61\n"
         "Hobart,62"),
    Rule("column-heading", data_files.headings, "a column in thousands prints as it is",
         "Town,Cost ($'000)\n"
         "Perth,61",
         "Town,Cost\n"
         "Perth,61000"),
    Rule("language", language.other_language, "the pages' own words would be in another language than the texts",
         "language: en-AU\n"
         "sections: [{blocks: [{text: Les enfants marchent chaque jour vers leur école.}]}]",
         "language: en-AU\n"
         "sections: [{blocks: [{text: The children walk to their school every day.}]}]"),
    Rule("summary-row", data_files.summary_rows, "a total or a note would print as a row of data",
         "Town,Girls\n"
         "Perth,61\n"
         "Hobart,62\n"
         "Total,123",
         "Town,Girls\n"
         "Perth,61\n"
         "Hobart,62"),
    Rule("alternative-text-against-chart", charts.alternatives, "alternative text goes out of date when rows change",
         "charts: {speeds: {alt: Three bars.}}",
         "charts: {speeds: {alt: Two bars.}}"),
    Rule("cost-a-year", costs.beside_words, "quoting the whole cost as a yearly cost overstates it several times",
         "figures: {fund-year: {value: 10000000, unit: AU$, means: cost a year, source: own}}\n"
         "asks: [{annual: fund-year, period: Over four years, asked: 'Set up a fund of {fund-total} a year.'}]",
         "figures: {fund-year: {value: 10000000, unit: AU$, means: cost a year, source: own}}\n"
         "asks: [{annual: fund-year, period: Over four years, asked: 'Set up a fund of {fund-total}.'}]"),
    Rule("cost-over-years", costs.years, "a cost over a different period from the ask's is a different cost",
         "figures: {fund-year: {value: 8000000, unit: AU$, means: cost a year, source: own}}\n"
         "asks: [{annual: fund-year, period: Over five years, asked: 'Set up a fund of {fund-total} over four years.'}]",
         "figures: {fund-year: {value: 8000000, unit: AU$, means: cost a year, source: own}}\n"
         "asks: [{annual: fund-year, period: Over five years, asked: 'Set up a fund of {fund-total} over five years.'}]"),
    Rule("noun-of-another-unit", beside_figures.other_units, "the noun after the number isn't what the figure counts",
         "It takes {crossing-cost} years.",
         "It costs {crossing-cost}."),
    Rule("majority", beside_figures.majorities, "a reader sees at once that a share of 40% isn't most",
         'figures: {walk: {value: 40, unit: "%", means: children who walk, source: own}}\n'
         "glance: {note: 'Most children in towns, {walk}, walk.'}",
         'figures: {walk: {value: 60, unit: "%", means: children who walk, source: own}}\n'
         "glance: {note: 'Most children in towns, {walk}, walk.'}"),
    Rule("ask-past", periods.of_asks, "nobody can do what was due before the brief",
         "asks: [{period: From July 2023}]",
         "asks: [{period: From July 2027}]"),
    Rule("years-beside-figure", periods.beside_figures, "a figure is true only for the years it covers",
         "figures: {walk: {value: 9, unit: people, means: walkers, as_at: 2020–2023, source: own}}\n"
         "glance: {note: 'From 2020 to 2024, {walk} walked.'}",
         "figures: {walk: {value: 9, unit: people, means: walkers, as_at: 2020–2023, source: own}}\n"
         "glance: {note: 'From 2020 to 2023, {walk} walked.'}"),
    Rule("unreadable-date", dates.unreadable, "readers can't tell when a source came out",
         "sources: {school-count: {date: 32/13/2025}}",
         "sources: {school-count: {date: May 2025}}"),
    Rule("name", names.misspelt, "a misspelt name looks careless, and may offend",
         "We met in Fremanle. People in Fremantle know Fremantle, and love Fremantle.",
         "We met in Fremantle. People in Fremantle know Fremantle, and love Fremantle."),
    Rule("body", names.bodies, "one body with two names looks like two bodies",
         "The National Office for Child Safety agrees. The National Office for Child Safety is near. The National Office of Child Safety pays.",
         "The National Office for Child Safety agrees. The National Office for Child Safety is near. The National Office for Child Safety pays."),
    Rule("list", counts.of_lists, "readers count the items of a list",
         "We walk in four towns: Perth, Hobart and Darwin.",
         "We walk in three towns: Perth, Hobart and Darwin."),
    Rule("share-in-words", contradictions.shares, "a critic quotes the larger of two shares",
         "glance: {standfirst: 'A quarter of all schools near roads have none.'}\n"
         "sections: [{blocks: [{text: A third of all schools near roads have none.}]}]",
         "glance: {standfirst: 'A third of all schools near roads have none.'}\n"
         "sections: [{blocks: [{text: A third of all schools near roads have none.}]}]"),
    Rule("event", contradictions.events, "an event has one date",
         "sections: [{blocks: [{text: 'Kim was struck by a fast car near school in July 2024.'}]}]\n"
         "case_studies: [{blocks: [{text: 'In June 2024 Kim was struck by a fast car near school.'}]}]",
         "sections: [{blocks: [{text: 'Kim was struck by a fast car near school in June 2024.'}]}]\n"
         "case_studies: [{blocks: [{text: 'In June 2024 Kim was struck by a fast car near school.'}]}]"),
    Rule("organisation", names.organisations, "an organisation's name should always be spelt the same way",
         "We are Walk Safety Australia.",
         "We are Walk Safely Australia."),
    Rule("abbreviation", names.unexplained, "a leave-behind is read alone, and must explain its abbreviations",
         "sections: [{blocks: [{text: The Australian Federal Police (AFP) agree.}]}]\n"
         "asks: [{leave_behind: {standfirst: The AFP agree.}}]",
         "sections: [{blocks: [{text: The Australian Federal Police (AFP) agree.}]}]\n"
         "asks: [{leave_behind: {standfirst: The Australian Federal Police agree.}}]"),
    Rule("years-of-a-figure", periods.of_figures, "the figure seems to have been only partly updated",
         "figures: {walk-2024: {value: 9, unit: people, means: walkers in 2023, source: own}}",
         "figures: {walk-2024: {value: 9, unit: people, means: walkers in 2024, source: own}}"),
    Rule("source-address", addresses.of_sources, "a source is named by its publisher and title",
         "sources: {school-count: {title: 'https://council.example'}}",
         "sources: {school-count: {title: Count of schools}}"),
)
"""What a careful reader would query."""
# fmt: on

EVERY = (DATED, *REFUSED, *QUERIED)


def by_id(rule_id: str) -> Rule:
    """Return the rule with that id. Raises KeyError if there is none."""
    return {rule.id: rule for rule in EVERY}[rule_id]
