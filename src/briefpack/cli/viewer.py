"""Open finished documents with the system's own viewer."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from briefpack.cli import messages


def show(documents: Sequence[Path], *, err: bool = False) -> None:
    """Open the document or, if there are several, the folder that contains them; if nothing can open it, print its path.

    `err` prints it on standard error.
    """
    if not documents:
        return
    result = documents[0] if len(documents) == 1 else Path(os.path.commonpath(documents))
    if not _has_screen() or click.launch(str(result)):
        click.echo(f"No viewer found. Open it yourself: {messages.near(result)}", err=err)


def _has_screen() -> bool:
    """Return whether a viewer has a screen; without one, xdg-open may start a browser in the terminal."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
