"""One problem with a count for a mistake that many rows of a table share."""

import pytest

from briefpack.electorates.tables import collapse
from briefpack.problem import Problem


def rows(*said, path="people.csv"):
    return [Problem(path, line, message, "the fix") for line, message in said]


def messages(problems):
    return [(problem.line, problem.message) for problem in collapse(problems)]


def test_reports_a_mistake_of_150_rows_once_with_a_count():
    found = rows(*((line, f'seen: "{line % 28}/05/2025" is not a date') for line in range(2, 152)))
    assert messages(found) == [(2, 'seen: "2/05/2025" is not a date (and 149 more like it, on lines 3–151)')]


@pytest.mark.parametrize(
    "found",
    [
        rows((2, 'a: "1,000" is not a number'), (3, 'a: "2,000" is not a number'), (4, 'a: "3,000" is not a number')),
        rows(*((line, f'there is no state called "{"ABCDE"[line]}"') for line in range(5))),
        rows(*((line, f'{"abcde"[line]}: "1,000" is not a number') for line in range(5))),
        [problem for path in "abcde" for problem in rows((2, "wrong"), path=path)],
    ],
)
def test_reports_few_rows_and_different_mistakes_one_by_one(found):
    assert [*collapse(found)] == found


def test_lists_the_lines_as_ranges_and_cuts_a_long_list_short():
    found = rows(*((line, "wrong") for line in (9, 2, 4, 5, 7, 11, 13, 15, 17)))
    assert messages(found) == [(2, "wrong (and 8 more like it, on lines 4–5, 7, 9, 11, 13, 15, …)")]
