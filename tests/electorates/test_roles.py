"""Roles in government belong to the person who has them, and never pass to the next member."""

import datetime
import shutil

import pytest

from briefpack import electorates
from briefpack.problem import Problems
from briefpack.project import Project
from projects import TESTS

SET = "briefs/electorates/norland"
ROWS = (
    "ostby,Ása Kjær,Minister for Boats,2026-01-10",
    "ostby,Ása Kjær,Minister for the Sea's Fish,2026-01-08",
    "marsh-head,Liv Dahl,Speaker,2026-01-12",
)


@pytest.fixture
def load(tmp_path):
    """Return a function that loads a set with these rows of roles."""
    shutil.copytree(TESTS / "sets/norland", tmp_path / SET)
    spec = tmp_path / SET / "set.yaml"
    text = spec.read_text(encoding="utf-8")
    spec.write_text(text.replace("  changes: changes.csv\n", "  changes: changes.csv\n  roles: roles.csv\n"), "utf-8")

    def read(*rows):
        file = tmp_path / SET / "roles.csv"
        file.write_text("\n".join(("slug,member,role,as_at", *rows)) + "\n", "utf-8")
        return electorates.load(Project(tmp_path), "norland")

    return read


def problem(load, *rows):
    with pytest.raises(Problems) as found:
        load(*rows)
    (each,) = found.value.problems
    assert each.path == f"{SET}/roles.csv"
    return each.line, each.message, each.hint


def titles(electorate):
    return [role.title for role in electorate.member.roles]


def test_reads_the_roles_of_each_member_in_order(load):
    found = load(*ROWS).by_slug
    assert titles(found["ostby"]) == ["Minister for Boats", "Minister for the Sea’s Fish"]
    assert titles(found["marsh-head"]) == ["Speaker"]
    assert found["outer-isles"].member is None


def test_dates_what_it_knows_by_the_oldest_row(load):
    found = load(*ROWS)
    assert found.by_slug["ostby"].member.listed_at == datetime.date(2026, 1, 8)
    assert found.by_slug["marsh-head"].member.listed_at == datetime.date(2026, 1, 12)
    assert found.as_at == datetime.date(2026, 1, 8)
    assert load(ROWS[0]).as_at == datetime.date(2026, 1, 10)


def test_refuses_a_role_of_another_person_than_the_member(load):
    line, message, hint = problem(load, ROWS[0], "marsh-head,Bo Holm,Speaker,2026-01-12")
    assert (line, message) == (3, 'member: "Bo Holm" is not the deputy for marsh-head, who is Liv Dahl')
    assert hint == "delete the row if it is of an earlier one"
    _, _, hint = problem(load, "marsh-head,Liv Dhal,Speaker,2026-01-12")
    assert "Liv Dahl" in hint


def test_refuses_a_role_of_a_vacant_seat(load):
    line, message, _ = problem(load, "marsh-flats,Bo Holm,Speaker,2026-01-12")
    assert (line, message) == (2, "marsh-flats has no deputy, and so no role")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("ostbi,Ása Kjær,Speaker,2026-01-10", 'there is no electorate called "ostbi"'),
        ("ostby,Ása Kjær,,2026-01-10", "role is empty"),
        ("ostby,Ása Kjær,Minister for Boats,2026-01-10", '"Minister for Boats" is already on line 2'),
        ("ostby,Ása Kjær,Speaker,10/1/2026", 'as_at: "10/1/2026" is not a date'),
    ],
)
def test_refuses_a_row_with_a_mistake(load, row, message):
    assert problem(load, ROWS[0], row)[:2] == (3, message)


def test_warns_of_old_roles_at_their_line(load):
    group = load(ROWS[0], ROWS[1])
    warned = electorates.stale(group, datetime.date(2026, 4, 9))[0]
    assert (warned.path, warned.line) == (f"{SET}/roles.csv", 3)
    assert warned.message == "the list of roles is over 90 days old (2026-01-08)"
    assert electorates.fresh_until(group, datetime.date(2026, 4, 8)) == datetime.date(2026, 4, 8)
    newer = electorates.stale(load(ROWS[2]), datetime.date(2026, 4, 11))[0]
    assert newer.path == f"{SET}/ridings.csv"
