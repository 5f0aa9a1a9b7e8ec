"""Print where a build put the proofs of failed documents, and their last finished files."""

from collections.abc import Iterable
from pathlib import Path

import click

from briefpack import output
from briefpack.cli import messages
from briefpack.output import Report


def print_proofs(report: Report) -> None:
    """Print where the proofs of a build's failed documents and their last finished files are."""
    _print("Proofs", report.folder / output.PROOFS, report.folder, report.proofs.values())
    _print("Finished earlier, and now", report.folder / output.EARLIER, report.folder, report.earlier.values())


def _print(label: str, place: Path, folder: Path, paths: Iterable[str]) -> None:
    found = [(folder / path).relative_to(place).as_posix() for path in paths]
    if found:
        click.echo(f"{label} in {messages.near(place)}: {messages.named(found)}", err=True)
