"""Check that each postcode and locality is in the same state as its electorate, except where the set says otherwise."""

from collections.abc import Iterator, Mapping

from briefpack.electorates.model import StateException
from briefpack.electorates.tables import Files
from briefpack.problem import Problem
from briefpack.tables import Row


def check(files: Files, states: Mapping[str, str]) -> None:
    """Add a problem for each row whose state isn't its electorate's; `states` maps slugs to states.

    `possible_electorates` makes no claim about where a postcode is, so it isn't checked.
    """
    needed = {*_check_localities(files, states)}
    needed |= {*_check_postcodes(files, states, needed)}
    files.problems += _check_needed(files, needed)


def _check_localities(files: Files, states: Mapping[str, str]) -> Iterator[StateException]:
    """Check localities and yield the exceptions that they use."""
    table, rows = files.rows("localities")
    for row in rows:
        state = states.get(row["electorate"], row["state"])
        if state == row["state"] or row["state"] not in files.spec.states:
            continue
        excepted = [each for each in _exceptions(files, row, row["electorate"]) if each.locality == row["locality"]]
        yield from excepted
        if not excepted:
            message = f'the locality "{row["locality"]}" is in {row["state"]}, but its electorate "{row["electorate"]}" is in {state}'
            files.say(
                table,
                row,
                message,
                f"use an electorate in {row['state']}, or add an exception to set.yaml, with its reason",
            )


def _check_postcodes(
    files: Files, states: Mapping[str, str], for_localities: set[StateException]
) -> Iterator[StateException]:
    """Check postcodes and yield the exceptions that they use.

    A postcode belongs to its own state and to those of its localities. An exception for a locality covers its postcode
    too.
    """
    table, rows = files.rows("postcodes")
    within: dict[str, set[str]] = {}
    for row in files.rows("localities")[1]:
        within.setdefault(row["postcode"], set()).add(row["state"])
    for row in rows:
        own = (within.get(row["postcode"], set()) | {row["state"]}) & files.spec.states.keys()
        slugs = (slug.strip() for slug in row["electorates"].split(";"))
        for slug in (slug for slug in slugs if own and states.get(slug) not in {None, *own}):
            found = _exceptions(files, row, slug)
            excepted = [each for each in found if each.locality is None or each in for_localities]
            yield from excepted
            if not excepted:
                message = (
                    f'postcode {row["postcode"]} is in {" and ".join(sorted(own))}, but "{slug}" is in {states[slug]}'
                )
                files.say(
                    table, row, message, "delete it from electorates, or add an exception to set.yaml, with its reason"
                )


def _exceptions(files: Files, row: Row, slug: str) -> list[StateException]:
    return [each for each in files.spec.exceptions if (each.postcode, each.electorate) == (row["postcode"], slug)]


def _check_needed(files: Files, needed: set[StateException]) -> Iterator[Problem]:
    for place, each in enumerate(files.spec.exceptions):
        if each not in needed:
            what = f"{each.locality} {each.postcode}" if each.locality else f"postcode {each.postcode}"
            message = f'no row needs the exception for {what} in "{each.electorate}"'
            hint = "delete it, or correct its postcode, locality or electorate"
            yield files.tree.problem(("exceptions", place), message, hint)
