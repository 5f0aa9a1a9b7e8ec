"""Tests of a brief's references: those that only a text about an electorate may have."""

import pytest

from briefpack.brief import load, markdown, references
from reviewed import LOCALE, REPLACED, read

KINDS = ("bars", "unit-chart", "timeline")


def problems(words: str, local: tuple[str, ...]) -> list[tuple[int | None, str]]:
    """Return the lines and messages of the problems with words in a text of the body."""
    brief, tree = read((REPLACED, words))
    return [(each.line, each.message.split(": ", 1)[1]) for each in references.check(brief, tree, KINDS, LOCALE, local)]


@pytest.mark.parametrize("field", ["electorate", "children"])
def test_says_where_a_field_of_an_electorate_can_be_printed(field):
    [(_, message)] = problems(f"In {{{field}}} they do.", ("electorate", "children"))
    assert message == f'"{{{field}}}" differs between electorates, and this text is in the national documents too'


@pytest.mark.parametrize(
    "words", ["[\u02c6road-report]", "[\uff3eroad-report]", "(^road-report)", "[road-report^]", "[^road report]"]
)
def test_refuses_what_looks_like_a_citation_once(words):
    text = f"Cars are fast.{words}"
    assert [message for _, message in problems(text, ())] == [f'"{words}" is not a citation']
    assert [*markdown.stray(text)] == []


@pytest.mark.parametrize("words", ["Cars are fast.[^road-report]", "The power (^2) of x^2.", "La forêt brûlée."])
def test_has_nothing_against_a_citation_or_a_power(words):
    assert problems(words, ()) == []


def test_refuses_a_yearly_cost_in_another_currency_at_its_own_line():
    whole = "fund-total: {value: 40000000, unit: AU$, means: cost of the fund, source: own}"
    costs = f"{whole}\n  {whole.replace('total', 'annual').replace('AU$', '£')}"
    brief, tree = read((whole, costs), ("annual: fund-total", "annual: fund-annual"))
    [problem] = references.check(brief, tree, KINDS, LOCALE)
    assert problem.field == "figures.fund-annual.unit"
    assert problem.message.startswith("figures.fund-annual.unit: fund-annual is in £, and fund-total (line")


def test_says_of_a_rule_in_a_text_only_that_it_is_part_of_the_text():
    line = f"text: Cars drove {{speed-before}} km an hour near schools.[^road-report] {REPLACED}"
    brief, tree = read((line, "text: |-\n          Cars are fast.\n          only: {states: [NSW]}"))
    assert [each.message for each in references.check(brief, tree, KINDS, LOCALE) if "{" in each.message] == []
    [problem] = load.check_texts(tree)
    assert problem.hint == "indent it like text:"


def test_names_the_themes_to_an_ask_whose_theme_is_called_otherwise():
    [problem] = references.check(*read(("    theme: health", "    theme: open-doors")), KINDS, LOCALE)
    assert problem.hint == "safety or health; or add it under themes: or delete it here"
