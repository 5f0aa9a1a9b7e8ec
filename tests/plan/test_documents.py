"""The electorates that a check lays out: those that stretch a layout the most."""

from dataclasses import replace

from briefpack import electorates, plan
from briefpack.store import Store


def test_chooses_the_most_and_the_least_text_and_the_largest_area(home):
    group = electorates.load(home, "au-federal-2025")
    chosen = plan.stretching(group, Store(home.store))
    # Hotham has the longest names, Fowler the shortest; Durack is the largest.
    assert [each.slug for each in chosen] == ["durack", "fowler", "hotham"]


def test_counts_the_texts_of_an_electorate(home):
    group = electorates.load(home, "au-federal-2025")
    bean = replace(group.by_slug["bean"], texts={"water": "The river is the border. " * 8})
    everyone = tuple(bean if each.slug == "bean" else each for each in group.electorates)
    chosen = plan.stretching(replace(group, electorates=everyone), Store(home.store))
    assert [each.slug for each in chosen] == ["bean", "durack", "fowler"]


def test_knows_the_electorates_that_stretch_a_layout_by_a_word(home):
    brief = plan.read_brief(home, "ijm-federal-2025")
    chosen = plan.select(brief, electorates=("longest", "smallest"), kept=Store(home.store))
    assert [each.slug for each in chosen.electorates] == ["hotham", "wentworth"]
