"""Read the portraits of members: one file for each electorate, with its credit and the end of its consent.

A set has its own, for every brief. A brief may have others, which take their place in its documents.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from briefpack import store
from briefpack.electorates.electorate import Portrait
from briefpack.electorates.tables import Folder
from briefpack.problem import Problem, nearest
from briefpack.project import within
from briefpack.text.tables import Row, Table, separated

FOLDER, CREDITS = "portraits", "credits.csv"
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")
NEEDED = ("slug", "credit")


def read(files: Folder, known: Iterable[str]) -> dict[str, Portrait]:
    """Return the portrait of each electorate that has one, by slug; add a problem for each that can't be used."""
    folder = files.folder / FOLDER
    if not folder.is_dir():
        return {}
    slugs, pictures, table = {*known}, _pictures(files, folder), _credits(files, folder)
    if table is None:
        return {}
    credited = {row["slug"]: row for row in table.rows}
    files.problems += _check_pictures(files, pictures, slugs, credited)
    files.problems += _check_credits(table, pictures, slugs)
    rows = {slug: row for slug, row in credited.items() if slug in pictures and slug in slugs}
    return {slug: _portrait(files, table, row, pictures[slug]) for slug, row in rows.items()}


def _pictures(files: Folder, folder: Path) -> dict[str, Path]:
    """Return the portraits in a folder by slug; add a problem for each electorate that has two."""
    found: dict[str, Path] = {}
    for path in sorted(each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES and each.is_file()):
        first = found.setdefault(path.stem, path)
        if first != path:
            message = f"{first.name} is a portrait of the same member"
            files.problems.append(Problem(_shown(files, path.name), None, message, "delete one of them"))
    return found


def _credits(files: Folder, folder: Path) -> Table | None:
    """Return the table of credits; None if it is missing, can't be read or lacks a column, which is a problem."""
    shown = _shown(files, CREDITS)
    if within(folder, CREDITS) is None:
        hint = "add it, with the columns slug and credit, and until if a consent ends"
        files.problems.append(Problem(shown, None, "there is no such file", hint))
        return None
    table = files.attempt(lambda: separated.read(folder / CREDITS, shown))
    missing = [column for column in NEEDED if table and column not in table.columns]
    for column in missing:
        line = table.line if table else None
        files.problems.append(Problem(shown, line, f'there is no column called "{column}"', "add it"))
    return None if missing else table


def _check_pictures(
    files: Folder, pictures: Mapping[str, Path], slugs: set[str], credited: Mapping[str, Row]
) -> Iterator[Problem]:
    """Yield a problem for each portrait of no electorate, and for each without a credit."""
    for slug, path in pictures.items():
        if slug not in slugs:
            hint = nearest(slug, slugs, most=0) or "name the file after the electorate's slug"
            yield Problem(_shown(files, path.name), None, f'there is no electorate called "{slug}"', hint)
        elif slug not in credited:
            message, hint = "the portrait has no credit", f"add a row for {slug} to {CREDITS}"
            yield Problem(_shown(files, path.name), None, message, hint)


def _check_credits(table: Table, pictures: Mapping[str, Path], slugs: set[str]) -> Iterator[Problem]:
    """Yield a problem for each row of no portrait, each without a credit, and each that repeats another."""
    first: dict[str, int] = {}
    for row in table.rows:
        slug = row["slug"]
        if slug not in pictures:
            hint = nearest(slug, {*pictures, *slugs}, most=0) or "delete the row"
            hint = f"add {slug}.jpg, or delete the row" if slug in slugs else hint
            yield Problem(table.shown, row.line, f'there is no portrait called "{slug}"', hint)
        elif not row["credit"]:
            yield Problem(table.shown, row.line, "credit is empty", "write who took it, and under which licence")
        if first.setdefault(slug, row.line) != row.line:
            message = f'slug "{slug}" is already on line {first[slug]}'
            yield Problem(table.shown, row.line, message, "merge the two rows")


def _portrait(files: Folder, table: Table, row: Row, path: Path) -> Portrait:
    key, alt = store.file_key(path), row["alt"]
    return Portrait(_shown(files, path.name), row["credit"], _until(files, table, row), key, row.line, alt)


def _until(files: Folder, table: Table, row: Row) -> datetime.date | None:
    """Return the last day on which a portrait may be published; None if it isn't limited."""
    text = row["until"]
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        files.say(table, row, f'until: "{text}" is not a date', "write it as 2027-06-30")
        return None


def _shown(files: Folder, name: str) -> str:
    return f"{files.shown}/{FOLDER}/{name}"
