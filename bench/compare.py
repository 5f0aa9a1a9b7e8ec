"""What making a country's documents costs, beside what it cost at another commit, in one run.

    make bench BASE=b9989df                              about seven minutes on two cores
    python bench/compare.py b9989df --electorates 3 --rounds 1    to see that it works

The other commit is taken from git whole, with its own brief, set, layouts and `src`; it runs in this environment if its
lock file asks for nothing that this one lacks, else in an environment of its own. The two take turns, so that a machine
that slows down or warms up does so for both, and the table has the medians. A ratio above 1 means that this commit
is slower, or larger. Typst's time for the same documents is reckoned from a sample, as bench.py does it.
"""

import argparse
import io
import re
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.table import Table

import bench
from bench import CONSOLE, PARTS, PROGRESS, PROJECT, Copy, Cost

LOCK = "requirements.lock"
PINNED = re.compile(r"(?m)^([\w.-]+==[^\s;\\]+)")
NO_OPS = 5
"""How often a round builds again with nothing changed: it takes a quarter of a second."""

NAMES = ("Alexandra", "Beatrix", "Cornelia", "Dorothea")
"""The first names that a round gives the first member, in order: one build alone takes 1.8 to 2.1 seconds."""


@dataclass
class Side:
    """One of the two that are compared, and each cost that was measured of it."""

    name: str
    copy: Copy
    costs: dict[str, list[Cost]] = field(default_factory=lambda: defaultdict(list))

    def measure(self, what: str, slugs: list[str]) -> None:
        """Build, and keep the cost."""
        self.costs[what].append(self.copy.build(f"{self.name}: {what}", slugs).cost)

    def round(self, slugs: list[str]) -> None:
        """Build from nothing, again with nothing changed, and after a change of one member."""
        table = self.copy.table("electorates.csv")
        before = table.read_bytes()
        self.copy.clear(".store", "out")
        self.measure(COLD, slugs)
        for _ in range(NO_OPS):
            self.measure(NOTHING, slugs)
        for name in NAMES:
            self.copy.edit(table, lambda text, name=name: bench.rename_member(text, name))
            self.measure(MEMBER, slugs)
        table.write_bytes(before)


COLD, NOTHING, MEMBER = "cold", "nothing changed", "one member changed"


def _git(*words: str) -> bytes:
    command = ["git", "-C", str(PROJECT), *words]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- our own command
    if done.returncode:
        raise SystemExit(f"git {words[0]}: {done.stderr.decode().strip()}")
    return done.stdout


def taken(commit: str, folder: Path) -> Path:
    """Return the folder with the files of a commit."""
    full = _git("rev-parse", "--verify", f"{commit}^{{commit}}").decode().strip()
    with tarfile.open(fileobj=io.BytesIO(_git("archive", "--format=tar", full, *PARTS, LOCK))) as archive:
        archive.extractall(folder)  # noqa: S202 -- our own files; `filter=` came with Python 3.11.4
    return folder


def _pinned(lock: Path) -> set[str]:
    return set(PINNED.findall(lock.read_text("utf-8")))


def environment(base: Path, folder: Path) -> Path:
    """Return the folder of the Python that has the libraries of a commit: this one's, or one that is made for it."""
    wanted = _pinned(base / LOCK)
    if wanted <= set().union(*map(_pinned, PROJECT.glob("requirements*.lock"))):
        return bench.BIN
    PROGRESS.print("the other commit has other libraries: making an environment for it")
    for command in (
        [sys.executable, "-m", "venv", folder],
        [folder / "bin/python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", base / LOCK],
        [folder / "bin/python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", base],
    ):
        subprocess.run(command, check=True)  # noqa: S603 -- our own commands
    return folder / "bin"


def sides(commit: str, work: Path) -> tuple[Side, Side]:
    """Return the other commit and this one, each as a copy that can be built."""
    base = taken(commit, work / "base")
    other = Side(commit, Copy(base, environment(base, work / "environment")))
    return other, Side("this", bench.copied(work / "this"))


def measured(pair: tuple[Side, Side], slugs: list[str], rounds: int) -> None:
    """Measure both, in turns; one electorate is made first, so that the machine has read the libraries and fonts."""
    for side in pair:
        side.copy.build(f"{side.name}: one electorate, to warm the machine", side.copy.electorates[:1])
    for _ in range(rounds):
        for side in pair:
            side.round(slugs)


ROWS = (
    (COLD, "seconds", lambda cost: cost.seconds),
    (COLD, "CPU seconds", lambda cost: cost.cpu),
    (COLD, "MB, the largest process", lambda cost: cost.peak_mb),
    (NOTHING, "seconds", lambda cost: cost.seconds),
    (MEMBER, "seconds", lambda cost: cost.seconds),
    (MEMBER, "MB, the largest process", lambda cost: cost.peak_mb),
)


def shown(base: Side, this: Side) -> Table:
    """Return the medians of both, with their extremes, and the ratio of the two."""
    table = Table(title=bench.machine(), title_justify="left")
    table.add_column("")
    for name in (base.name, this.name, "ratio"):
        table.add_column(name, justify="right")
    for what, unit, of in ROWS:
        values = [[of(cost) for cost in side.costs[what]] for side in (base, this)]
        before, now = map(statistics.median, values)
        table.add_row(f"{what}, {unit}", *map(_cell, values), f"{now / before:.3f}")
    return table


def _cell(values: list[float]) -> str:
    extremes = f" ({min(values):.4g} to {max(values):.4g})" if len(values) > 1 else ""
    return f"{statistics.median(values):.4g}{extremes}"


def typst(this: Side, folder: Path, slugs: list[str], count: int) -> Iterator[str]:
    """Say what Typst needs for the documents of a cold build, and how that compares."""
    this.copy.build("this: all as it was before the change", slugs)
    made = this.copy.listed()
    index = bench.sample(this.copy, folder, bench.spread(slugs or this.copy.electorates, count + 1))
    line = bench.warm("typst", this.copy, folder, index, made)
    seconds, cold = line.cost.seconds, statistics.median(cost.seconds for cost in this.costs[COLD])
    yield f"{line.label}: {seconds:.4g} seconds for {line.documents} documents, reckoned from a sample"
    yield f"cold is {seconds / cold:.2f} times as fast"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", metavar="COMMIT", help="the commit to compare with")
    parser.add_argument("--electorates", type=int, metavar="N", help="the first N electorates; else the whole country")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each is measured; 3")
    parser.add_argument(
        "--sample", type=int, default=2, metavar="N", help="how many electorates' documents Typst makes; 2"
    )
    return parser.parse_args()


def main() -> None:
    """Measure, and print the table."""
    chosen = arguments()
    with tempfile.TemporaryDirectory(prefix="briefpack-bench-") as work:
        pair = sides(chosen.base, Path(work))
        slugs = pair[1].copy.electorates[: chosen.electorates] if chosen.electorates else []
        measured(pair, slugs, chosen.rounds)
        CONSOLE.print(shown(*pair))
        for line in typst(pair[1], Path(work) / "peers", slugs, chosen.sample):
            CONSOLE.print(line)


if __name__ == "__main__":
    main()
