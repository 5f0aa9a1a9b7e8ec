"""The model of a brief, a layout and its tokens, and the messages about values that don't fit it."""

import copy
import datetime
from decimal import Decimal

import jsonschema
import pytest

from briefpack import schema
from briefpack.brief.blocks import Block
from briefpack.brief.images import Image
from briefpack.brief.model import Brief
from briefpack.layout.model import Fit, Pages
from briefpack.text import yaml_lines
from schema.explained import faults


@pytest.fixture
def data(project):
    return yaml_lines.read(project.root / "briefs/tiny/brief.yaml", "brief.yaml").data


def read(kind, data):
    found, problems = schema.read(kind, data)
    assert not problems
    return found


def test_reads_a_complete_brief(data):
    brief, problems = schema.read(Brief, data)
    assert problems == ()
    assert brief.date == datetime.date(2026, 7, 1)
    assert brief.figures["fund-total"].value == Decimal(40_000_000)
    assert brief.charts["speeds"].rows[1].strong is True
    assert brief.charts["speeds"].rows[0].strong is False


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        ({}, ("themes[0].blocks[0]", "this block has nothing to print")),
        ({"text": "a", "chart": "speeds"}, ("themes[0].blocks[0].chart", "this block already has text:")),
    ],
)
def test_refuses_a_block_without_exactly_one_key(data, block, fault):
    data["themes"][0]["blocks"][0] = block
    assert fault in [problems[:2] for problems in faults(Brief, data)]


def test_takes_the_brief_for_undecided_until_it_says_otherwise(data):
    del data["electoral_matter"]
    assert read(Brief, data).electoral_matter == "undecided"


IMAGE = {"file": "street.jpg", "alt": "A street", "credit": "Ana Example, 2026", "people": "none"}


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"focus": "40% 30%", "until": "2027-06-30", "file": "2026/street.jpg"}, []),
        ({"focus": "left"}, [("focus", '"left" is not a point of the image', "two percentages, from the left and from the top: 40% 30%")]),
        ({"credit": None}, [("", "credit is missing", "add credit: (who made it, and under which licence)")]),
    ],
)  # fmt: skip
def test_explains_what_an_image_lacks(change, problems):
    image = {key: value for key, value in {**IMAGE, **change}.items() if value is not None}
    assert faults(Image, image) == problems


def test_places_an_image_by_its_id_alone():
    assert read(Block, {"image": "street"}) == read(Block, {"image": {"image": "street", "size": "column"}})


@pytest.mark.parametrize(
    ("limits", "right"),
    [({"exactly": "1"}, True), ({}, False), ({"exactly": "1", "at_most": "2"}, False), ({"exactly": "0"}, False)],
)  # fmt: skip
def test_requires_exactly_one_page_limit(limits, right):
    assert (faults(Pages, limits) == []) is right


@pytest.mark.parametrize(
    ("fit", "right"),
    [("0.9 to 1.06", True), ("0.9", False), ("1.1 to 1.2", False), ("0.2 to 1", False)],
)  # fmt: skip
def test_requires_a_fit_range_that_includes_one(fit, right):
    assert (faults(Fit, {"fit": fit, "pages": {"exactly": "1"}}) == []) is right


def test_lists_every_key_of_every_part_in_the_schema():
    """An editor suggests every key that the model reads, and the schema allows no others."""
    definitions = Brief.for_editors()["$defs"]
    assert {"Ask", "Block", "Chart", "Figure", "LeaveBehind", "Theme"} <= set(definitions)
    for name, definition in definitions.items():
        assert definition.get("additionalProperties") is False or "properties" not in definition, name


CHANGES = {
    "an unknown key": lambda data: data.update(titel="x"),
    "a missing key": lambda data: data.pop("title"),
    "an invalid id": lambda data: data["asks"][0].update(id="Crossing Fund"),
    "a text instead of a list": lambda data: data.update(contacts="Alex"),
    "neither yes nor no": lambda data: data["charts"]["speeds"]["rows"][1].update(strong="maybe"),
}


def test_schema_accepts_the_sample(data):
    validator = jsonschema.Draft202012Validator(Brief.for_editors())
    validator.check_schema(validator.schema)
    assert [error.message for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize("change", CHANGES)
def test_schema_refuses_whatever_the_model_refuses(data, change):
    changed = copy.deepcopy(data)
    CHANGES[change](changed)
    assert not jsonschema.Draft202012Validator(Brief.for_editors()).is_valid(changed)
    assert faults(Brief, changed)


def test_reads_a_brief_as_people_type_it(edit, command):
    """Dates and numbers in the Australian way, and yes and no in any letters, give the same brief."""
    before = command("check")
    edit("briefs/tiny/brief.yaml", "date: 2026-07-01", "date: 1/7/2026")
    edit("briefs/tiny/brief.yaml", "electoral_matter: no", "electoral_matter: No")
    edit("briefs/tiny/brief.yaml", "value: 40000000,", "value: $40 million,")
    edit("briefs/tiny/brief.yaml", "value: 50000,", 'value: "50,000",')
    after = command("check")
    assert before.exit_code == after.exit_code == 0, after.stderr
    assert after.stdout == before.stdout
