"""Start a brief from a draft: `briefpack new NAME --from DRAFT.docx`."""

import datetime
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpack.cli import records
from briefpack.problem import Owner, Problem, Problems
from briefpack.project import Project

if TYPE_CHECKING:
    from briefpack.importing import Imported

ENDINGS = (".docx", ".odt", ".md", ".markdown")
OTHERS = (".doc", ".docm", ".dotx", ".rtf", ".pdf", ".pages", ".txt", ".html")
"""The endings of files that people have drafts in, and that can't be imported."""
MOST_SHOWN = 12


def is_draft(here: Project, source: str) -> bool:
    """Return whether `--from` names a file, and no brief. Raises Problems for a file of a kind that can't be imported."""
    path = Path(source)
    if here.named_brief(source) or path.suffix.lower() not in (*ENDINGS, *OTHERS):
        return False
    if path.suffix.lower() in OTHERS:
        raise _problem(source, f"drafts of this kind can't be imported: {path.suffix}", "save it as .docx, .odt or .md")
    if not path.is_file():
        raise _problem(source, "there is no such file", "give the path of the draft from the folder where you are")
    return True


def _problem(source: str, message: str, hint: str) -> Problems:
    return Problems([Problem(source, None, message, hint, Owner.COMMAND)])


def start(here: Project, name: str, source: str, *, as_json: bool) -> int:
    """Make the brief that a draft becomes, and print the guesses and the leftovers."""
    from briefpack import importing

    path = Path(source)
    today = datetime.datetime.now().astimezone().date()
    found = importing.read(path, path.name, here, _layout(here), today)
    _write(here, name, found)
    if as_json:
        unplaced = [
            {"place": str(each.place or ""), "words": each.words, "reason": each.reason} for each in found.leftovers
        ]
        records.print_problems((), path=f"briefs/{name}/brief.yaml", guesses=list(found.guesses), unplaced=unplaced)
    else:
        click.echo("\n".join(_report(name, path.name, found)))
    return 0


def _layout(here: Project) -> str:
    """Return the layout of a new brief: the one that the starter names, or else the first."""
    try:
        return here.layout(None, "_starter")
    except Problems:
        return next(iter(here.layouts), "")


def _write(here: Project, name: str, found: "Imported") -> None:
    """Write a brief to a folder that doesn't exist yet; if that fails, leave nothing there."""
    briefs = here.root / "briefs"
    with tempfile.TemporaryDirectory(prefix=".new-", dir=briefs) as work:
        folder = Path(work) / name
        folder.mkdir()
        (folder / "brief.yaml").write_text(found.text, encoding="utf-8")
        if found.leftovers:
            (folder / "unplaced.md").write_text(found.unplaced, encoding="utf-8")
        for file, data in found.images:
            (folder / "images").mkdir(exist_ok=True)
            (folder / "images" / file).write_bytes(data)
        folder.rename(briefs / name)


def _report(name: str, source: str, found: "Imported") -> list[str]:
    """Return the lines of the report: the guesses, the leftovers, and what to do next."""
    lines = _listed("Guessed", found.guesses)
    lines += _listed(
        f"Not in the brief (the full list is in briefs/{name}/unplaced.md)", list(map(str, found.leftovers))
    )
    lines.append(f"Made briefs/{name}/brief.yaml from {source}, with {found.queries} open queries.")
    return [*lines, f"Check it against the draft, then run: briefpack check {name}"]


def _listed(title: str, items: "tuple[str, ...] | list[str]") -> list[str]:
    """Return a heading and the first of some items; nothing if there are none."""
    shown = [f"  {item}" for item in items[:MOST_SHOWN]]
    more = [f"  and {len(items) - MOST_SHOWN} more"] if len(items) > MOST_SHOWN else []
    return [f"{title}:", *shown, *more] if items else []
