"""By hand: `PYTHONPATH=tests:tests/support .venv/bin/python -m shapes --pdfs 30 --seed 3`."""

import argparse
import tempfile
import time
from pathlib import Path

import click

from briefpack.project import Project
from fuzz.run import in_this_process
from shapes.briefs import Size
from shapes.mistakes import made
from shapes.run import Shapes, project
from shapes.search import search

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--pdfs", type=int, default=30, help="stop after so many finished documents")
parser.add_argument("--size", default="", help="build this one: Size(seed=…, …), as a failed test prints it")
parser.add_argument("--keep", type=Path, help="the folder for its project, which is kept")
chosen = parser.parse_args()


def report(shapes: Shapes, size: Size) -> list[str]:
    """Build a brief and print its faults, of which none stops the search."""
    started, faults = time.monotonic(), shapes.judge(made(size))
    if faults:
        click.echo("\n" + "\n  ".join([str(size), *faults]))
    click.echo(f"{time.monotonic() - started:.1f} s, {shapes.counts['pdfs']} documents", err=True)
    return []


with tempfile.TemporaryDirectory(prefix="briefpack-shapes-") as folder, in_this_process():
    root = chosen.keep or Path(folder) / "project"
    found = Shapes(Project(root) if root.exists() else project(root))
    if chosen.size:
        # The size is an expression that a developer pastes from a failed test.
        report(found, eval(chosen.size))  # noqa: S307
    else:
        search(chosen.seed, chosen.pdfs, lambda size: report(found, size), lambda: found.counts["pdfs"])
click.echo(f"\n{dict(found.counts)}\nrefused for: {dict(found.reasons)}")
