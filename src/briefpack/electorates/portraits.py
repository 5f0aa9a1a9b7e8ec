"""Read the portraits of members: one file for each electorate, with its credit and the end of its consent.

A set has its own, for every brief. A brief may have others, which take their place in its documents.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from briefpack import store
from briefpack.electorates.electorate import Portrait
from briefpack.electorates.tables import NAME, SLUG, Column, Folder, iso
from briefpack.problem import Problem
from briefpack.project import within
from briefpack.text.tables import Row, separated

FOLDER, CREDITS = "portraits", "credits.csv"
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")
COLUMNS = {"slug": SLUG, "credit": NAME, "until": Column("day", optional=True), "alt": Column(optional=True)}


def read(files: Folder) -> dict[str, Portrait]:
    """Return the portrait of each electorate that has one, by slug; add a problem for each that can't be used."""
    folder, shown = files.folder / FOLDER, f"{files.shown}/{FOLDER}"
    if not folder.is_dir():
        return {}
    pictures = {path.stem: path for path in sorted(folder.iterdir()) if path.suffix.lower() in SUFFIXES}
    before = len(files.problems)
    rows = _credits(files, folder, f"{shown}/{CREDITS}")
    if rows is None or len(files.problems) > before:
        return {}
    files.problems += _uncredited(shown, pictures, rows)
    made: dict[str, Portrait] = {}
    for slug, row in rows.items():
        if slug in pictures:
            path, until = pictures[slug], iso(row["until"])
            made[slug] = Portrait(
                f"{shown}/{path.name}", row["credit"], until, store.file_key(path), row.line, row["alt"]
            )
        else:
            message, hint = f'there is no portrait called "{slug}"', f"add {slug}.jpg, or delete the row"
            files.problems.append(Problem(f"{shown}/{CREDITS}", row.line, message, hint))
    return made


def _credits(files: Folder, folder: Path, shown: str) -> dict[str, Row] | None:
    """Return the row of each credit by its slug; None if the file is missing or can't be read, which is a problem."""
    if within(folder, CREDITS) is None:
        hint = "add it, with the columns slug and credit, and until if a consent ends"
        files.problems.append(Problem(shown, None, "there is no such file", hint))
        return None
    table = files.attempt(lambda: separated.read(folder / CREDITS, shown))
    return {row["slug"]: row for row in files.checked(table, COLUMNS, [("slug",)])} if table else None


def _uncredited(shown: str, pictures: Mapping[str, Path], rows: Mapping[str, Row]) -> Iterator[Problem]:
    for slug, path in pictures.items():
        if slug not in rows:
            hint = f"add a row for {slug} to {CREDITS}"
            yield Problem(f"{shown}/{path.name}", None, "the portrait has no credit", hint)
