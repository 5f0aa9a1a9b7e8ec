"""Values of a YAML file are read as people type them, and every fault is explained with its place."""

from collections.abc import Mapping
from dataclasses import dataclass

import jsonschema
import pytest

from briefpack import schema
from briefpack.brief.evidence import Figure
from briefpack.brief.model import Brief
from briefpack.text import yaml_lines
from briefpack.text.tables import NO_RESULT, UNCALCULATED
from schema.explained import faults


@pytest.fixture
def data(project):
    return yaml_lines.read(project.root / "briefs/tiny/brief.yaml", "brief.yaml").data


class Labelled(schema.Model):
    """A part with a text."""

    label: schema.Line


class Pair(schema.Model):
    """Two of them."""

    one: Labelled
    two: Labelled


def test_two_equal_texts_stay_two_objects_so_that_each_is_found_where_it_prints():
    one, two = ({"label": "School streets"} for _ in range(2))
    found, _ = schema.read(Pair, {"one": one, "two": two})
    assert found.one.label == found.two.label
    assert found.one.label is not found.two.label


def test_strips_spaces_around_a_text(data):
    data["title"] = "  Safe crossings \n"
    assert schema.read(Brief, data)[0].title == "Safe crossings"


FIGURE = {"value": "3", "unit": "people", "means": "people", "source": "own"}


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"value": "forty"}, [("value", '"forty" is not a number', "use digits only, such as 320000000")]),
        ({"value": "1,000"}, [("value", '"1,000" is not a number', "use digits only, such as 320000000")]),
        ({"value": ["1"]}, [("value", "this must be a number, not a list", "use digits only, such as 320000000")]),
        ({"value": None}, [("value", "this is empty", "fill it in, or delete the key")]),
        ({"unit": ""}, [("unit", "this is empty", "fill it in, or delete the key")]),
        ({"unit": {"a": "b"}}, [("unit", "this must be text, not a group of keys", "write the text after the colon")]),
        ({"plus": "y"}, [("plus", '"y" is neither yes nor no', "yes or no")]),
        ({"form": "short"}, [("form", '"short" is not one of the options', "auto, full, words or ordinal")]),
        ({"source": "Road Report"}, [("source", '"Road Report" is not a valid id', "use lower-case words joined by hyphens: road-report")]),
        ({"value": NO_RESULT}, [("value", '"formula without a result" is not a number', UNCALCULATED)]),
        ({"sources": "own"}, [("sources", 'there is no key called "sources" here', "as_at, data, form, hedge, plus or query")]),
        ({"source": "x" * 61}, [("source", f'"{"x" * 61}" is longer than 60 characters', "shorten it")]),
    ],
)  # fmt: skip
def test_explains_what_a_value_is_and_what_it_should_be(change, problems):
    assert faults(Figure, {**FIGURE, **change}) == problems


@pytest.mark.parametrize(
    ("value", "is_yes"),
    [("yes", True), ("Yes", True), ("TRUE", True), ("true", True), ("no", False), ("No", False), ("False", False)],
)
def test_reads_yes_and_no_as_people_type_them(value, is_yes):
    assert schema.read(Figure, {**FIGURE, "plus": value})[0].plus is is_yes
    data = {"title": "A", "organisation": {"name": "B"}, "electoral_matter": value}
    assert schema.read(Brief, data)[0].electoral_matter == ("yes" if is_yes else "no")
    checked = jsonschema.Draft202012Validator(Brief.for_editors())
    assert not [*checked.iter_errors(data)]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_refuses_infinite_and_undefined_numbers(value):
    assert faults(Figure, {**FIGURE, "value": value})


def test_walks_every_part_of_a_brief_with_its_path(data):
    places = {yaml_lines.name(loc): type(part).__name__ for loc, part in schema.walk(schema.read(Brief, data)[0])}
    assert places[""] == "Brief"
    assert places["figures.crossings"] == "Figure"
    assert places["asks[1].leave_behind.reasons[2]"] == "Reason"
    assert places["charts.speeds.rows[0]"] == "Row"


def test_schema_accepts_text_that_an_editor_reads_as_a_number(data):
    """An editor's YAML reader takes 2024 for a number; the engine reads it as text."""
    validator = jsonschema.Draft202012Validator(Brief.for_editors())
    data["figures"]["crossings"]["as_at"] = 2024
    assert validator.is_valid(data)
    data["asks"][0]["id"] = 2024
    assert not validator.is_valid(data)


@dataclass(frozen=True)
class Kept:
    name: str
    places: Mapping[str, int]


def test_a_value_is_the_same_after_its_trip_through_json():
    kept = Kept("a\nb", {"é": 1})
    assert schema.to_json(kept).count(b"\n") == 0
    assert schema.from_json(Kept, schema.to_json(kept)) == kept


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"name": "a"}', b'{"name": "a", "places": {"b": "1"}}', b'{"name": "a"']
)
def test_json_of_another_kind_is_no_value(data):
    assert schema.from_json(Kept, data) is None
