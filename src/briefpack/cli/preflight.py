"""Check, speak and explain finished PDFs: `briefpack preflight`, `briefpack speak` and `briefpack explain`."""

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefpack.cli import messages, options, progress
from briefpack.cli.command import command
from briefpack.problem import Owner, Problem, nearest, one_problem

if TYPE_CHECKING:
    from briefpack.brief.review.reading import Rule
    from briefpack.checks import Check


@command("preflight")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILES]...")
@click.option("--brief", metavar="NAME", help="The brief to check, if there are several.")
@click.option(
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    help="Check this edition only; a file from elsewhere is checked against its rules. Repeatable.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder of the finished files; by default, out/.",
)
@options.JOBS
@options.JSON
def preflight(
    *,
    files: tuple[Path, ...],
    brief: str | None,
    editions: tuple[str, ...],
    out: Path | None,
    jobs: int,
    as_json: bool,
) -> int:
    """Check finished PDFs.

    FILES may come from any program. Without FILES, this checks every document that the project's manifests list.
    """
    from briefpack.build import preflight as finished

    here = options.project()
    request = finished.Request(
        project=here, brief=brief, editions=editions, out=(out or here.root / "out"), files=files,
        jobs=jobs,
    )  # fmt: skip
    with progress.shown(progress.Place(progress.PREFLIGHT), quiet=as_json) as show:
        report = finished.run(request, show)
    if as_json:
        messages.print_records(report.problems, files=report.files)
    else:
        _print(report.problems, report.files)
    return finished.worst(report.problems)


COLUMNS = ("file", "page", "check", "severity", "message")


def _row(problem: Problem, rest: str) -> dict[str, Any]:
    """Return a problem as preflight lists it."""
    severity = "warning" if problem.warning else "error"
    values = (problem.path, problem.page, problem.check, severity, f"{problem.statement}{rest and f' ({rest})'}")
    return {**dict(zip(COLUMNS, values, strict=True)), "hint": problem.hint}


def _print(problems: Sequence[Problem], files: int) -> None:
    """Print problems as an aligned table, each with its hint beneath, or behind if it's a warning, and count them."""
    rows = [_row(problem, rest) for problem, rest in messages.collapse(problems)]
    cells = [[str(row[column] or "") for column in COLUMNS] for row in rows]
    widths = [max(map(len, column)) for column in zip(*[COLUMNS, *cells], strict=True)]
    for line, row in zip(cells, rows, strict=True):
        listed = "  ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()
        click.echo(f"{listed}{'; ' if row['severity'] == 'warning' else chr(10) + '  '}try: {row['hint']}")
    errors = sum(not problem.warning for problem in problems)
    counts = messages.counted(errors, "error"), messages.counted(len(problems) - errors, "warning")
    click.echo(f"{messages.counted(files, 'file')} checked: {', '.join(counts)}.")


@command("speak")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--page", type=click.IntRange(min=1), metavar="N", help="Speak one page only.")
def speak(*, file: Path, page: int | None) -> int:
    """Print what a screen reader would say of a PDF.

    Each line is a place where it stops: a heading with its level, a paragraph, a picture with its description, a list
    with its items, a row of a table with its headers. FILE may come from any program.
    """
    from briefpack.checks import speech

    spoken = speech.read(file)
    if page is not None and page > len(spoken.pages):
        message = f"there is no page {page}: the document has {len(spoken.pages)}"
        raise one_problem(str(file), None, message, "name another page", Owner.COMMAND)
    for line in speech.lines(spoken, page):
        click.echo(line)
    return 0


@command("explain")
@click.argument("check_id", metavar="[CHECK-ID]", required=False)
def explain(*, check_id: str | None) -> int:
    """Explain the reason for a check, and how to fix the problems that it finds.

    CHECK-ID may also be the id of a warning about a brief. Without CHECK-ID, this lists them all.
    """
    from briefpack import checks
    from briefpack.brief.review import rules

    if check_id is None:
        _print_list(checks.CHECKS, rules.EVERY)
        return 0
    known = {*(check.id for check in checks.CHECKS), *(rule.id for rule in rules.EVERY)}
    if check_id not in known:
        hint = nearest(check_id, known, most=0).partition(",")[0].partition(" ")[0] or "briefpack explain"
        click.echo(f'there is no check called "{check_id}"\n  try: {hint}', err=True)
        return int(Owner.COMMAND)
    for check in (each for each in checks.CHECKS if each.id == check_id):
        _print_check(check)
    for rule in (each for each in rules.EVERY if each.id == check_id):
        _print_rule(rule)
    return 0


def _print_list(checks: Sequence["Check"], rules: Sequence["Rule"]) -> None:
    listed: dict[str, tuple[str, str]] = {check.id: (check.severity, _applies_to(check)) for check in checks}
    for rule in rules:
        listed.setdefault(rule.id, (_severity(rule), OF_A_BRIEF))
    width = max(map(len, listed))
    for name, (severity, scope) in listed.items():
        click.echo(f"{name:{width}}  {severity:7}  {scope}")


def _print_check(check: "Check") -> None:
    click.echo(f"{check.id}: {check.severity}, {_applies_to(check)}\n  why: {check.reason}\n  try: {check.hint}")
    if check.remedy:
        click.echo(textwrap.fill(check.remedy, 100, initial_indent="  ", subsequent_indent="  "))


def _applies_to(check: "Check") -> str:
    """Return the scope of a check: the brief, or certain editions."""
    return OF_A_BRIEF if check.of == "brief" else ", ".join(check.editions)


OF_A_BRIEF = "the brief"


def _print_rule(rule: "Rule") -> None:
    click.echo(f"{rule.id}: {_severity(rule)}, {OF_A_BRIEF}\n  why: {rule.reason}")
    if rule.is_warning:
        click.echo(f"  if the brief is right as it is, add to brief.yaml: accept: [{{id: {rule.id}, reason: …}}]")


def _severity(rule: "Rule") -> str:
    return "warning" if rule.is_warning else "error"
