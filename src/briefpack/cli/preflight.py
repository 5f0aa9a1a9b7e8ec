"""Check finished PDFs: `briefpack preflight`."""

import json
from pathlib import Path
from typing import Any

import click

from briefpack.cli import messages, options, progress
from briefpack.cli.command import command
from briefpack.problem import Problem
from briefpack.project import EDITIONS, Edition


@command("preflight")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILES]...")
@click.option("--brief", help="The brief whose documents are read, if there is more than one.")
@click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(EDITIONS),
    help="Only this edition (repeatable); a file of another maker is judged for it.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where the finished files are; out/ in the project.")
@options.JOBS
@options.JSON
def preflight(
    *,
    files: tuple[Path, ...],
    brief: str | None,
    editions: tuple[Edition, ...],
    out: Path | None,
    jobs: int,
    as_json: bool,
) -> int:
    """Read finished PDFs and say what is wrong with them: FILES, or else all that the manifests list."""
    from briefpack.checks import preflight as finished

    here = options.project()
    request = finished.Request(
        project=here, brief=brief, editions=editions, out=(out or here.root / "out"), files=files,
        jobs=jobs,
    )  # fmt: skip
    with progress.shown(quiet=as_json) as say:
        report = finished.run(request, say)
    rows = [_row(problem) for problem in report.problems]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        _print_rows(rows)
        errors = sum(row["severity"] == "error" for row in rows)
        counts = f"{messages.counted(errors, 'error', 'errors')}, {messages.counted(len(rows) - errors, 'warning', 'warnings')}"
        click.echo(f"{messages.counted(report.files, 'file', 'files')} read: {counts}.")
    return finished.worst(report.problems)


COLUMNS = ("file", "page", "check", "severity", "said")


def _row(problem: Problem) -> dict[str, Any]:
    """Return a problem as preflight lists it."""
    place = "" if problem.page is None else f"page {problem.page}: "
    said = problem.message.removeprefix(f"{problem.check}: ").removeprefix(place)
    severity = "warning" if problem.warning else "error"
    values = (problem.path, problem.page, problem.check, severity, said)
    return {**dict(zip(COLUMNS, values, strict=True)), "hint": problem.hint}


def _print_rows(rows: list[dict[str, Any]]) -> None:
    """Print problems as an aligned table, each with its hint beneath."""
    cells = [[str(row[column] or "") for column in COLUMNS] for row in rows]
    widths = [max(map(len, column)) for column in zip(*[COLUMNS, *cells], strict=True)]
    for line, row in zip(cells, rows, strict=True):
        click.echo("  ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip())
        click.echo(f"  try: {row['hint']}")
