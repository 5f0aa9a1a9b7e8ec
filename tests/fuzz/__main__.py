"""By hand, from the project's folder: `PYTHONPATH=tests .venv/bin/python -m fuzz --edits 2000 --build-each 40`."""

import argparse
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import click

from fuzz.run import Fault, Fuzz, in_this_process

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--first", type=int, default=0, help="the number of the first edit")
parser.add_argument("--edits", type=int, default=300)
parser.add_argument(
    "--build-each", type=int, default=0, metavar="N", help="build after each Nth edit, check after others"
)
parser.add_argument("--most", type=int, default=2, help="how many faults of a kind are printed in full")
chosen = parser.parse_args()

faults: dict[str, list[Fault]] = defaultdict(list)
with tempfile.TemporaryDirectory(prefix="briefpack-fuzz-") as folder, in_this_process():
    fuzz = Fuzz(Path(folder) / "project", chosen.seed)
    started = time.monotonic()

    def say(fault: Fault) -> None:
        faults[fault.kind].append(fault)
        if len(faults[fault.kind]) <= chosen.most:
            click.echo(f"\n{fault}")

    fuzz.run(range(chosen.first, chosen.first + chosen.edits), chosen.build_each, say)
seconds = time.monotonic() - started
click.echo(f"\n{chosen.edits} edits in {seconds:.0f} s: {dict(sorted(fuzz.counts.items()))}")
for kind, alike in sorted(faults.items(), key=lambda item: -len(item[1])):
    click.echo(f"{len(alike):6}  {kind}  ({', '.join(str(fault.number) for fault in alike[:4])})")
