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
ENOUGH = 90
"""How often a text must be repeated before its language can be told."""


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
        if rule.id == "language":
            whole["sections"][0]["blocks"][0]["text"] += f" {whole['sections'][0]['blocks'][0]['text']}" * ENOUGH
        text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
        tree = data.fill(yaml_lines.parse(text, "brief.yaml"), tmp_path)
        brief = schema.read_tree(Brief, tree)
        return [*rule.found(Reading(brief, tree, LOCALE))]

    return review_of


@pytest.mark.parametrize("rule", rules.EVERY, ids=lambda rule: rule.id)
def test_gives_its_warning_for_the_bad_example_alone(rule, found):
    spotted = found(rule, rule.bad)
    assert spotted
    assert all((each.check, each.warning) == (rule.id, rule.is_warning) for each in spotted)
    assert found(rule, rule.good) == []


def test_has_one_rule_of_each_id():
    ids = [rule.id for rule in rules.EVERY]
    assert len(ids) == len({*ids})
