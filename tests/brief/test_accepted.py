"""The warnings that a brief accepts, by their id and the place that their message names."""

import pytest

from briefpack.brief import accepted, review
from reviewed import LOCALE, REPLACED, read

HEAD = "electoral_matter: no\n"
TWO = (REPLACED, "They walk to to school. We met in Septmber 2025, and in Octobr 2024.")


def found(*entries, typed=TWO):
    """Return the messages of the warnings that are left, and of those that are accepted."""
    listed = "".join(f"  - {entry}\n" for entry in entries)
    brief, tree = read((HEAD, f"{HEAD}accept:\n{listed}" if entries else HEAD), typed)
    result = accepted.sort(brief, tree, review.warn(brief, tree, LOCALE))
    return [[each.message.rpartition(": ")[2] for each in part] for part in (result.left, result.accepted)]


DOUBLED = '"to to" has one word twice'
MONTHS = ['there is no month called "Septmber"', 'there is no month called "Octobr"']


def test_accepts_nothing_without_an_entry():
    assert found() == [[*MONTHS, DOUBLED], []]


@pytest.mark.parametrize(
    ("entry", "taken"),
    [
        ("{id: month, reason: It is a name.}", MONTHS),
        ("{id: month, where: Septmber, reason: It is a name.}", MONTHS[:1]),
        ("{id: month, where: 'themes[0].blocks[0].text', reason: They are names.}", MONTHS),
        ("{id: month, where: 'no month  called', reason: They are names.}", MONTHS),
        ("{id: punctuation, where: to to, reason: A quotation has it.}", [DOUBLED]),
    ],
)
def test_accepts_the_warnings_of_an_id_at_a_place(entry, taken):
    assert found(entry) == [[each for each in (*MONTHS, DOUBLED) if each not in taken], taken]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{id: month, where: Septmb, reason: Only whole words count.}", 'no month warning mentions "Septmb"'),
        (
            "{id: month, where: 'themes[1].blocks[0].text', reason: A.}",
            'no month warning mentions "themes[1].blocks[0].text"',
        ),
        ("{id: share, reason: There is no share.}", "the brief has no share warning to accept"),
    ],
)
def test_names_an_entry_that_accepts_nothing(entry, message):
    assert found(entry) == [[message, *MONTHS, DOUBLED], []]


def test_doesn_t_read_its_own_words():
    """A mistake in a reason is nobody's to read."""
    entry = "{id: month, reason: 'Septmber is TBC TBC, as {no-figure} says.[^no-source]'}"
    assert found(entry) == [[DOUBLED], MONTHS]
