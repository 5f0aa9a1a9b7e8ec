"""Check finished PDFs: `briefpack preflight`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from briefpack.cli import messages, options, progress, records, repeats
from briefpack.cli.command import command
from briefpack.cli.repeats import Repeated
from briefpack.problem import Problem


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
    from briefpack.checks import preflight as finished

    here = options.project()
    request = finished.Request(
        project=here, brief=brief, editions=editions, out=(out or here.root / "out"), files=files,
        jobs=jobs,
    )  # fmt: skip
    with progress.shown(quiet=as_json) as show:
        report = finished.run(request, show)
    if as_json:
        records.print_problems(report.problems, files=report.files)
    else:
        _print(report.problems, report.files)
    return finished.worst(report.problems)


COLUMNS = ("file", "page", "check", "severity", "message")


def _row(each: Repeated) -> dict[str, Any]:
    """Return a problem as preflight lists it."""
    problem = each.problem
    severity = "warning" if problem.warning else "error"
    values = (problem.path, problem.page, problem.check, severity, f"{records.message(problem)}{each.more}")
    return {**dict(zip(COLUMNS, values, strict=True)), "hint": problem.hint}


def _print(problems: Sequence[Problem], files: int) -> None:
    """Print problems as an aligned table, each with its hint beneath, or behind if it's a warning, and count them."""
    rows = [_row(each) for each in repeats.once(problems)]
    cells = [[str(row[column] or "") for column in COLUMNS] for row in rows]
    widths = [max(map(len, column)) for column in zip(*[COLUMNS, *cells], strict=True)]
    for line, row in zip(cells, rows, strict=True):
        listed = "  ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()
        click.echo(f"{listed}{'; ' if row['severity'] == 'warning' else chr(10) + '  '}try: {row['hint']}")
    errors = sum(not problem.warning for problem in problems)
    counts = messages.counted(errors, "error"), messages.counted(len(problems) - errors, "warning")
    click.echo(f"{messages.counted(files, 'file')} checked: {', '.join(counts)}.")
