"""Delete documents that are no longer needed: `briefpack clean`."""

from pathlib import Path

import click

from briefpack import output
from briefpack.cli import messages, options
from briefpack.cli.command import command


@command("clean")
@click.option("--old", is_flag=True, required=True, help="Delete documents at the paths of earlier versions.")
@options.OUT
def clean(*, old: bool, out: Path | None) -> int:  # noqa: ARG001 -- it must be given, so that later kinds can be added
    """Delete documents that are no longer needed.

    Earlier versions put documents in out/BRIEF/EDITION/. Those that are listed in the manifest there and unchanged are
    deleted, together with the manifest and the folders that this empties. All other files are kept.
    """
    folders = output.old_documents(out or options.project().root / "out")
    for folder in folders:
        deleted, kept = output.delete_old(folder)
        changed = f"; kept, because they were changed: {messages.named(kept)}" if kept else ""
        click.echo(f"Deleted {messages.counted(len(deleted), 'document')} in {messages.near(folder)}{changed}")
    if not folders:
        click.echo("There are no documents at the paths of earlier versions.")
    return 0


def print_old(out: Path, brief: str) -> None:
    """Print how many documents of a brief are at the paths of earlier versions, and how to delete them."""
    found = output.old_documents(out, brief)
    if found:
        count = messages.counted(sum(map(len, found.values())), "document")
        folders = ", ".join(map(messages.near, found))
        click.echo(f"Still in {folders}, where earlier versions put them: {count}. To delete: briefpack clean --old")
