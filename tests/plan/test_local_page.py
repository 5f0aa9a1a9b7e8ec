"""Tests of texts about each electorate that name one of them."""

import pytest

from briefpack import plan
from briefpack.plan import local_page
from briefpack.text import yaml_lines


@pytest.fixture(scope="module")
def loaded(home):
    return plan.read_brief(home, "ijm-federal-2025")


@pytest.mark.part(name="live")
def test_has_nothing_against_the_facts_that_ship(loaded):
    assert not [*local_page.warn(loaded.brief, loaded.tree, loaded.group)]


STANDFIRST = "standfirst: >-\n    The children, families and scams that this brief is about"


def warned(loaded, words):
    text = "\n".join(loaded.tree.text)
    assert text.count(STANDFIRST) == 1
    tree = yaml_lines.parse(text.replace(STANDFIRST, f"{STANDFIRST}. {words}. They are"), "brief.yaml")
    return [*local_page.warn(loaded.brief, tree, loaded.group)]


@pytest.mark.parametrize("words", ["The children of Durack walk", "As in Eden-Monaro"])
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


def test_has_nothing_against_an_electorate_on_the_page_of_the_nation(loaded):
    text, local = "\n".join(loaded.tree.text), "\nlocal:\n"
    nation = "  nation:\n    heading: The share is larger in Durack\n"
    tree = yaml_lines.parse(text.replace(local, local + nation, 1), "brief.yaml")
    assert "Durack" in tree.data["local"]["nation"]["heading"]
    assert not [*local_page.warn(loaded.brief, tree, loaded.group)]
