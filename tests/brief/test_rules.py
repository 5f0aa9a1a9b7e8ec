"""The rules of the review: the bad example of each gives its warning, and the good one doesn't."""

import pytest
import yaml

from briefpack import schema
from briefpack.brief import data
from briefpack.brief.model import Brief
from briefpack.brief.review import rules
from briefpack.brief.review.reading import Reading
from briefpack.text import yaml_lines
from reviewed import BRIEF, LOCALE

EXAMPLES = {
    "unit": ("figures: {fund-total: {unit: dollars}}", "figures: {fund-total: {unit: AU$}}"),
    "part-of-a-whole": (
        'figures: {walk: {value: 120, unit: "%", means: children who walk, source: own}}\ncharts: {walkers: {kind: part-of-whole, finding: Most walk, alt: A bar, rows: [{label: walk, figure: walk}]}}',
        'figures: {walk: {value: 80, unit: "%", means: children who walk, source: own}}\ncharts: {walkers: {kind: part-of-whole, finding: Most walk, alt: A bar, rows: [{label: walk, figure: walk}]}}',
    ),
    "cell-named": ("relations: [{holds: crossings > walkers-b2}]", "relations: [{holds: crossings > children-hurt}]"),
    "yearly-cost": (
        "asks: [{amount: fund-total, annual: fund-total, period: Over four years}]",
        "asks: [{amount: fund-total, annual: fund-total, period: Over one year}]",
    ),
    "note-mark": ("Cars are fast.¹", "Cars are fast.[^road-report]"),
    "number-of-parts": ("Here are our five asks.", "Here are our {asks} asks."),
    "number-not-from-ledger": ("They build 800 crossings.", "They build {crossings:bare} crossings."),
    "source-unused": (
        "sources: {survey: {publisher: Example Survey}}",
        "sources: {survey: {publisher: Example Survey}}\nimages: {}\nglance: {note: 'Walking is healthy.[^survey]'}",
    ),
    "image-unused": (
        "images: {street: {file: street.jpg, alt: A street, credit: Ana, people: none}}",
        "images: {street: {file: street.jpg, alt: A street, credit: Ana, people: none}}\ncover_image: street",
    ),
    "source-age": ('figures: {crossings: {as_at: "2018"}}', 'figures: {crossings: {as_at: "2025"}}'),
    "data-file-unused": (
        "data: {cars: {file: cars.csv, unit: cars, source: own}}",
        "data: {cars: {file: cars.csv, unit: cars, source: own}}\nfigures: {cars: {data: {from: cars, column: Cars, where: {Year: 2023}}, means: cars}}",
    ),
    "word-beside-figure": ("It costs {fund-total} million.", "It costs {fund-total}."),
    "placeholder-left": ("The date is TBC.", "The date is near."),
    "date": ("We meet on Monday 24 November 2026.", "We meet on Tuesday 24 November 2026."),
    "share": (
        'figures: {walk: {value: 120, unit: "%", means: share of children who walk, source: own}}',
        'figures: {walk: {value: 120, unit: "%", means: growth in children who walk, source: own}}',
    ),
    "sentence-twice": (
        "A crossing slows all cars that come near a school. A crossing slows all cars that come near a school.",
        "A crossing slows all cars that come near a school.",
    ),
    "figure-twice": (
        "asks: [{leave_behind: {standfirst: 'One crossing costs {crossing-cost}.'}}]",
        "asks: [{leave_behind: {standfirst: One crossing costs little.}}]",
    ),
    "alternative-text": (
        "charts: {hurt: {alt: IMG_2034.jpg}}",
        "charts: {hurt: {alt: One of twenty marks is filled.}}",
    ),
    "credit": (
        "images: {street: {file: a.jpg, alt: A street, credit: Google Images, people: none}}",
        "images: {street: {file: a.jpg, alt: A street, credit: 'Ana Example, CC BY 4.0', people: none}}",
    ),
    "people": (
        "images: {walk: {file: a.jpg, alt: A girl walks, credit: Ana, people: none}}",
        "images: {walk: {file: a.jpg, alt: A girl walks, credit: Ana, people: consented}}",
    ),
    "timeline-order": (
        "charts: {kim-timeline: {rows: [{when: July 2025}]}}",
        "charts: {kim-timeline: {rows: [{when: June 2024}]}}",
    ),
    "web-address": ("See htps://walk.example for more.", "See https://walk.example for more."),
    "empty-key": ("glance: {note: }", "glance: {note: All amounts are invented.}"),
    "row-twice": ("Town,Girls\nPerth,61\nPerth,62", "Town,Girls\nPerth,61\nHobart,62"),
    "abbreviation": (
        "sections: [{blocks: [{text: The Australian Federal Police (AFP) agree.}]}]\nasks: [{leave_behind: {standfirst: The AFP agree.}}]",
        "sections: [{blocks: [{text: The Australian Federal Police (AFP) agree.}]}]\nasks: [{leave_behind: {standfirst: The Australian Federal Police agree.}}]",
    ),
}
"""An example of each rule, bad and good: words of a text, keys of a brief, or rows of a data file."""
FILES = {
    "walkers.csv": "Year,Girls,Boys\n2022,610,590\n2023,620,580\n",
    "cars.csv": "Year,Cars\n2023,90\n2024,95\n",
}
MORE = """
data: {walkers: {file: walkers.csv, unit: people, source: own}}
charts: {by-year: {kind: line, finding: A, alt: B, data: {from: walkers, label: Year, values: [Girls, Boys]}}}
appendices: [{id: walk, heading: Walkers, blocks: [{chart: by-year}]}]
"""
"""Parts that the sample lacks, with rows of a data file."""
ROWS = """
data: {{rows: {{file: rows.csv, unit: AU$, source: own}}}}
charts: {{rows: {{kind: bars, finding: A, alt: B, data: {{from: rows, label: {label}, values: [{values}]}}}}}}
"""


def merged(old, new):
    """Return data with the keys of other data put in; the items of two lists of groups are merged one by one."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {key: merged(old.get(key), value) for key, value in new.items()}
    if isinstance(old, list) and isinstance(new, list) and all(isinstance(each, dict) for each in (*old, *new)):
        both = [merged(one, two) for one, two in zip(old, new, strict=False)]
        return both + old[len(new) :] + new[len(old) :]
    return new


def keys(text):
    return yaml_lines.parse(text, "brief.yaml").data


def spoilt(example, folder):
    """Return the keys of the sample with an example: keys of a brief, rows of a file, or words of a text."""
    whole = merged(keys(BRIEF), keys(MORE))
    if ": " in example and example.partition(":")[0] in Brief.model_fields:
        return merged(whole, keys(example))
    if "\n" in example:
        (folder / "data/rows.csv").write_text(example, encoding="utf-8")
        label, *values = example.partition("\n")[0].split(",")
        return merged(whole, keys(ROWS.format(label=label, values=", ".join(values))))
    text = f"{example} Cars drove {{speed-before}} km an hour.[^road-report]"
    return merged(whole, {"themes": [{"blocks": [{"text": text}]}]})


@pytest.fixture
def found(tmp_path):
    """Return a function that lists the problems of the sample with the example of a rule."""
    (tmp_path / "data").mkdir()
    for name, rows in FILES.items():
        (tmp_path / "data" / name).write_text(rows, encoding="utf-8")

    def review_of(rule, example):
        whole = spoilt(example, tmp_path)
        text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
        tree = data.fill(yaml_lines.parse(text, "brief.yaml"), tmp_path)
        brief = schema.read_tree(Brief, tree)
        return [rule.problem(slip, tree) for slip in rule.find(Reading(brief, tree, LOCALE))]

    return review_of


@pytest.mark.parametrize("rule", rules.EVERY, ids=lambda rule: rule.id)
def test_gives_its_warning_for_the_bad_example_alone(rule, found):
    bad, good = EXAMPLES[rule.id]
    spotted = found(rule, bad)
    assert spotted
    assert all((each.check, each.warning) == (rule.id, rule.is_warning) for each in spotted)
    assert found(rule, good) == []


def test_has_one_rule_of_each_id():
    ids = [rule.id for rule in rules.EVERY]
    assert len(ids) == len({*ids})
