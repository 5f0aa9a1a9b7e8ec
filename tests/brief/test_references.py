"""Tests of a brief's references: those that only a text about an electorate may have."""

import pytest

from briefpack.brief import references
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


def test_says_of_another_name_that_no_figure_has_it():
    assert [message for _, message in problems("In {place} they do.", ("electorate",))] == [
        'there is no figure called "place"'
    ]
