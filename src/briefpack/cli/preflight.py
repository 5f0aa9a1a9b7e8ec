"""Check finished PDFs: `briefpack preflight`."""

import json
from pathlib import Path
from typing import Any

import click

from briefpack.cli import messages, options, progress
from briefpack.cli.command import command
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
    rows = [_row(problem) for problem in report.problems]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        _print(rows, report.files)
    return finished.worst(report.problems)


COLUMNS = ("file", "page", "check", "severity", "message")


def _row(problem: Problem) -> dict[str, Any]:
    """Return a problem as preflight lists it."""
    place = "" if problem.page is None else f"page {problem.page}: "
    message = problem.message.removeprefix(f"{problem.check}: ").removeprefix(place)
    severity = "warning" if problem.warning else "error"
    values = (problem.path, problem.page, problem.check, severity, message)
    return {**dict(zip(COLUMNS, values, strict=True)), "hint": problem.hint}


def _print(rows: list[dict[str, Any]], files: int) -> None:
    """Print problems as an aligned table, each with its hint beneath, and count them."""
    cells = [[str(row[column] or "") for column in COLUMNS] for row in rows]
    widths = [max(map(len, column)) for column in zip(*[COLUMNS, *cells], strict=True)]
    for line, row in zip(cells, rows, strict=True):
        click.echo("  ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip())
        click.echo(f"  try: {row['hint']}")
    errors = sum(row["severity"] == "error" for row in rows)
    counts = messages.counted(errors, "error"), messages.counted(len(rows) - errors, "warning")
    click.echo(f"{messages.counted(files, 'file')} checked: {', '.join(counts)}.")
