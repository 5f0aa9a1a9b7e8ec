"""Tests of the names of electorates in texts that every electorate's documents print."""

from dataclasses import replace

import pytest

from briefpack import charts, plan
from briefpack.plan import local_names
from briefpack.text import yaml_lines

STANDFIRST = "standfirst: >-\n    The children, families and scams that this brief is about"


@pytest.fixture(scope="module")
def loaded(home):
    return plan.read_brief(home, "ijm-federal-2025", charts.kinds(home.root / "charts"))


def warned(loaded, words):
    text = "\n".join(loaded.tree.text)
    assert text.count(STANDFIRST) == 1
    tree = yaml_lines.parse(text.replace(STANDFIRST, f"{STANDFIRST}. {words}. They are"), "brief.yaml")
    return [*local_names.check(loaded.brief, tree, loaded.group)]


@pytest.mark.parametrize("words", ["The children of Durack walk", "In Durack, children walk", "As in Eden-Monaro"])
def test_names_an_electorate_in_the_text_of_every_electorate(loaded, words):
    [problem] = warned(loaded, words)
    name = "Eden-Monaro" if "Eden" in words else "Durack"
    assert problem.message == f'local.standfirst: "{name}" would print in the documents of every electorate'
    assert problem.hint == "{electorate}"
    assert problem.warning


@pytest.mark.parametrize(
    "words",
    ["Cook with care", "Jane Cook said so", "In the Hunter Valley, they walk", "Rents in Sydney rose", "Turn the page"],
)
def test_has_nothing_against_a_city_a_person_or_an_ordinary_word(loaded, words):
    assert warned(loaded, words) == []


def test_has_nothing_against_a_brief_for_the_nation(loaded):
    themes = tuple(theme.model_copy(update={"local": None}) for theme in loaded.brief.themes)
    national = loaded.brief.model_copy(update={"local": None, "themes": themes})
    assert not [*local_names.check(national, replace(loaded.tree), loaded.group)]
