"""The warnings that a brief accepts, by their id and the place that their message names."""

import pytest

from briefpack.brief import accepted, review
from reviewed import LOCALE, REPLACED, read

HEAD = "electoral_matter: no\n"
TWO = (REPLACED, "They walk TBC metres and TBD more. We meet on Monday 24 November 2026.")


def found(*entries, typed=TWO):
    """Return the messages of the warnings that are left, and of those that are accepted."""
    listed = "".join(f"  - {entry}\n" for entry in entries)
    brief, tree = read((HEAD, f"{HEAD}accept:\n{listed}" if entries else HEAD), typed)
    result = accepted.sort(brief, tree, review.warn(brief, tree, LOCALE))
    return [[each.message.rpartition(": ")[2] for each in part] for part in (result.left, result.accepted)]


DAY = "24 November 2026 is a Tuesday, not a Monday"
WORDS = ['"TBC" is a placeholder', '"TBD" is a placeholder']


@pytest.mark.parametrize(
    ("entry", "taken"),
    [
        ("{id: placeholder-left, where: TBC, reason: It is a name.}", WORDS[:1]),
        ("{id: placeholder-left, where: 'themes[0].blocks[0].text', reason: They are names.}", WORDS),
        ("{id: date, where: 24 November, reason: A quotation has it.}", [DAY]),
    ],
)
def test_accepts_the_warnings_of_an_id_at_a_place(entry, taken):
    assert found(entry) == [[each for each in (*WORDS, DAY) if each not in taken], taken]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{id: placeholder-left, where: TB, reason: Only whole words count.}",
            'no placeholder-left warning mentions "TB"',
        ),
        ("{id: share, reason: There is no share.}", "the brief has no share warning to accept"),
    ],
)
def test_names_an_entry_that_accepts_nothing(entry, message):
    assert found(entry) == [[message, *WORDS, DAY], []]
