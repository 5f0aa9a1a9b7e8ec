"""Start a brief from an example or a draft, and write the editors' schema: `briefpack new`, `briefpack schema`."""

import contextlib
import datetime
import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpack.cli import messages, options
from briefpack.cli.command import command
from briefpack.problem import Owner, Problems, nearest, one_problem, raise_any
from briefpack.project import Project, check_links, walk

if TYPE_CHECKING:
    from briefpack.importing import Imported

STARTER = "_starter"
EXAMPLES = "_examples/"
SCHEMA = re.compile(r"(?m)^(# yaml-language-server: \$schema=)(?:\.\./)+(?=brief\.schema\.json$)")
DATE = re.compile(r"(?m)^date: \S+")
MEETINGS = "meetings"
"""The name that no brief can have, because `new` starts a table of meetings by it."""


class New(click.Command):
    """A command whose help lists the examples of the project at hand."""

    def format_epilog(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the name and the title of each example."""
        with contextlib.suppress(Problems):
            here = options.project()
            rows = [(_short(name), _title(here, name)) for name in _examples(here)]
            if rows:
                with formatter.section("Examples to start from"):
                    formatter.write_dl(rows)


@command("new", New)
@click.argument("name")
@click.option(
    "--from",
    "source",
    metavar="EXAMPLE|DRAFT",
    help="Start with a copy of this example or brief of the project, or with a draft: a .docx, .odt or .md file.",
)
@click.option("--brief", metavar="NAME", help="With `new meetings`: the brief to take to them, if there are several.")
@options.JSON
def new(*, name: str, source: str | None, brief: str | None, as_json: bool) -> int:
    """Start a new brief, or the table of a brief's meetings.

    The folder briefs/NAME gets a short, complete example, with notes on how to change it. With --from, it gets a copy
    of another example or brief, with its images and data; or what a draft from Word, LibreOffice or Markdown contains.
    `briefpack new meetings` writes meetings.csv, with an example row, into the folder of a brief.
    """
    here = options.project()
    if name.strip() == MEETINGS:
        return _start_meetings(here, here.brief(brief), as_json=as_json)
    name = _checked(here, name)
    if source is not None and _is_draft(here, source):
        return _start(here, name, source, as_json=as_json)
    original = _starter(here) if source is None else _named(here, source)
    raise_any(check_links(here, f"briefs/{original}"))
    _copy(here, original, name)
    if as_json:
        messages.print_records((), path=f"briefs/{name}/brief.yaml")
        return 0
    origin = f" from briefs/{original}" if source else ""
    then = messages.typed(f"briefpack build {name} --open")
    click.echo(f"Made briefs/{name}/brief.yaml{origin}. Edit it, then run: {then}")
    return 0


def _start_meetings(here: Project, brief: str, *, as_json: bool) -> int:
    """Write a brief's table of meetings, with an example row; never over one that is there."""
    from briefpack import plan

    shown = f"briefs/{brief}/{MEETINGS}.csv"
    if (here.root / shown).exists():
        raise one_problem(shown, None, "there is already a table of meetings", "add a row to it", Owner.COMMAND)
    today = datetime.datetime.now().astimezone().date()
    for file, text in plan.example_meeting(plan.read_brief(here, brief), today).items():
        path = here.root / "briefs" / brief / file
        if not path.exists():
            path.write_text(text, encoding="utf-8")
    if as_json:
        messages.print_records((), path=shown)
        return 0
    then = messages.typed("briefpack meetings" + (f" --brief {brief}" if len(here.briefs) > 1 else ""))
    click.echo(f"Made {shown}. Write over its row, then run: {then}")
    return 0


def _checked(here: Project, name: str) -> str:
    """Return the name of a new brief, without spaces around it. Raises Problems for a name that it can't have."""
    from briefpack.brief import load

    name = name.strip()
    raise_any(load.check_name(name))
    if (here.root / "briefs" / name).exists():
        message, hint = "there is already a brief with this name", "choose another name"
        raise one_problem(f"briefs/{name}", None, message, hint, Owner.COMMAND)
    return name


def _starter(here: Project) -> str:
    """Return the name of the short example that a new brief gets. Raises Problems if it is missing."""
    if STARTER not in here.examples:
        message, hint = "the example brief is missing", f"copy briefs/{STARTER}/ from briefpack's repository"
        raise one_problem(f"briefs/{STARTER}/brief.yaml", None, message, hint)
    return STARTER


def _named(here: Project, source: str) -> str:
    """Return the brief that `--from` names, or an example by its short name. Raises Problems if there is none."""
    found = here.named_brief(source) or here.named_brief(f"{EXAMPLES}{source}")
    if found is None:
        hint = nearest(source, (*map(_short, _examples(here)), *here.briefs)) or "leave it out"
        message = f'there is no example or brief called "{source}"'
        raise one_problem("--from", None, message, hint, Owner.COMMAND)
    return found


def _examples(here: Project) -> tuple[str, ...]:
    """Return the examples, without the starter."""
    return tuple(name for name in here.examples if name != STARTER)


def _short(example: str) -> str:
    """Return the name of an example as `--from` takes it."""
    return example.removeprefix(EXAMPLES)


def _title(here: Project, name: str) -> str:
    """Return the title of a brief, even if the rest of it has problems."""
    from briefpack.text import yaml_lines

    path = f"briefs/{name}/brief.yaml"
    with contextlib.suppress(Problems):
        data = yaml_lines.read(here.root / path, path).data
        return str(data.get("title", "")) if isinstance(data, dict) else ""
    return ""


def _copy(here: Project, original: str, name: str) -> None:
    """Copy a brief, with its images and data, to a new folder; leave nothing there if that fails."""
    briefs = here.root / "briefs"
    source = (briefs / original).resolve()
    with tempfile.TemporaryDirectory(prefix=".new-", dir=briefs) as work:
        copy = Path(work) / name
        for path in walk(source):
            _copy_file(path, copy / path.relative_to(source))
        text = (source / "brief.yaml").read_text(encoding="utf-8", errors="surrogateescape")
        # If it is a link, write no file through it.
        (copy / "brief.yaml").unlink()
        (copy / "brief.yaml").write_text(_renamed(text, original, name), encoding="utf-8", errors="surrogateescape")
        copy.rename(briefs / name)


def _copy_file(path: Path, target: Path) -> None:
    """Copy a file or a link, with the folders that lead to it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink() or path.is_file():
        shutil.copyfile(path, target, follow_symlinks=False)


def _renamed(text: str, original: str, name: str) -> str:
    """Return a brief with today's date, the path of the schema from its new folder, and its new name in its notes."""
    today = datetime.datetime.now().astimezone().date()
    text = SCHEMA.sub(r"\1../", DATE.sub(f"date: {today}", text))
    # A name with an underscore is nowhere in the words of a brief; a name without may be.
    return text.replace(original, name) if original.startswith("_") else text


@command("schema")
def schema() -> int:
    """Write the schema that lets editors complete and check a brief.

    It is briefs/brief.schema.json. Write it again after you update briefpack.
    """
    from briefpack.brief.model import Brief

    here = options.project()
    path = here.root / "briefs" / "brief.schema.json"
    path.write_text(json.dumps(Brief.for_editors(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"Made {here.shown(path)}.")
    return 0


ENDINGS = (".docx", ".odt", ".md", ".markdown")
OTHERS = (".doc", ".docm", ".dotx", ".rtf", ".pdf", ".pages", ".txt", ".html")
"""The endings of files that people have drafts in, and that can't be imported."""
MOST_SHOWN = 12


def _is_draft(here: Project, source: str) -> bool:
    """Return whether `--from` names a draft, not a brief. Raises Problems for a file that can't be imported."""
    path = Path(source)
    if here.named_brief(source) or path.suffix.lower() not in (*ENDINGS, *OTHERS):
        return False
    if path.suffix.lower() in OTHERS:
        raise _problem(source, f"drafts of this kind can't be imported: {path.suffix}", "save it as .docx, .odt or .md")
    if not path.is_file():
        raise _problem(source, "there is no such file", "give the path of the draft from the folder where you are")
    return True


def _problem(source: str, message: str, hint: str) -> Problems:
    return one_problem(source, None, message, hint, Owner.COMMAND)


def _start(here: Project, name: str, source: str, *, as_json: bool) -> int:
    """Make the brief that a draft becomes, and print the guesses and the leftovers."""
    from briefpack import importing

    path = Path(source)
    today = datetime.datetime.now().astimezone().date()
    found = importing.read(path, path.name, here, _layout_of_starter(here), today)
    _write_draft(here, name, found)
    if as_json:
        unplaced = [
            {"place": str(each.place or ""), "words": each.words, "reason": each.reason} for each in found.leftovers
        ]
        messages.print_records((), path=f"briefs/{name}/brief.yaml", guesses=found.guesses, unplaced=unplaced)
    else:
        click.echo("\n".join(_report_of_draft(name, path.name, found)))
    return 0


def _layout_of_starter(here: Project) -> str:
    """Return the layout of a new brief: the layout that the starter names, or else the first."""
    try:
        return here.layout(None, "_starter")
    except Problems:
        return next(iter(here.layouts), "")


def _write_draft(here: Project, name: str, found: "Imported") -> None:
    """Write a brief to a folder that doesn't exist yet; if that fails, leave nothing there."""
    briefs = here.root / "briefs"
    with tempfile.TemporaryDirectory(prefix=".new-", dir=briefs) as work:
        folder = Path(work) / name
        folder.mkdir()
        (folder / "brief.yaml").write_text(found.text, encoding="utf-8")
        if found.leftovers:
            (folder / "unplaced.md").write_text(found.unplaced, encoding="utf-8")
        for file, data in found.images.items():
            (folder / "images").mkdir(exist_ok=True)
            (folder / "images" / file).write_bytes(data)
        folder.rename(briefs / name)


def _report_of_draft(name: str, source: str, found: "Imported") -> list[str]:
    """Return the lines of the report: the guesses, the leftovers, and what to do next."""
    lines = _listed("Guessed", found.guesses)
    lines += _listed(
        f"Not in the brief (the full list is in briefs/{name}/unplaced.md)", list(map(str, found.leftovers))
    )
    asked = messages.counted(found.queries, "open query", "open queries")
    lines.append(f"Made briefs/{name}/brief.yaml from {source}, with {asked}.")
    return [*lines, messages.typed(f"Check it against the draft, then run: briefpack check {name}")]


def _listed(title: str, items: "tuple[str, ...] | list[str]") -> list[str]:
    """Return a heading and the first of some items; nothing if there are none."""
    shown = [f"  {item}" for item in items[:MOST_SHOWN]]
    more = [f"  and {len(items) - MOST_SHOWN} more"] if len(items) > MOST_SHOWN else []
    return [f"{title}:", *shown, *more] if items else []
