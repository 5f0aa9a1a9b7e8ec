"""Warn of dates that a spreadsheet filled down as a series: each row is a day, a month or a year after the one above."""

import datetime
from collections.abc import Iterator
from itertools import groupby, pairwise

from briefpack.electorates import days
from briefpack.electorates.tables import Files
from briefpack.problem import Problem
from briefpack.tables import Row, Table

FEWEST = 8
"""The fewest rows of electorates whose dates follow one another by a series alone."""


def check(files: Files) -> Iterator[Problem]:
    """Yield a warning at the first row of each series of dates, in a file with one row for each electorate."""
    for file in files.spec.files:
        table = files.tables.get(file)
        slugs = [row["slug"] for row in table.rows] if table and "slug" in table.columns else []
        if table and len(slugs) == len({*slugs}):
            for column in table.columns:
                yield from _series(table, column)


def _series(table: Table, column: str) -> Iterator[Problem]:
    dated = [(row, day) for row in table.rows if (day := days.iso(row[column]))]
    for step, pairs in groupby(pairwise(dated), lambda pair: _step(pair[0][1], pair[1][1])):
        found = [*pairs]
        if step and len(found) >= FEWEST:
            yield _problem(table, column, step, (found[0][0][1], found[0][1][0], *found[-1][1]))


def _step(one: datetime.date, two: datetime.date) -> str:
    if (two - one).days == 1:
        return "a day"
    if one.day == two.day and (two.year - one.year) * 12 + two.month - one.month in (1, 12):
        return "a month" if two.year * 12 + two.month - one.year * 12 - one.month == 1 else "a year"
    return ""


def _problem(table: Table, column: str, step: str, series: tuple[datetime.date, Row, Row, datetime.date]) -> Problem:
    first, row, last, end = series
    message = f"{column} goes up by {step} in each row, to {end} on line {last.line}: it was filled down as a series"
    return Problem(table.shown, row.line, message, f"copy {first} instead, if that is the date of all", warning=True)
