"""What making a country's documents costs, beside the same documents made without briefpack, in one run.

    make bench                                  the whole country; about half an hour on two cores
    make bench BASE=<commit>                    beside another commit: see compare.py
    python bench/bench.py                 the same without the 1,500 made-up electorates
    python bench/bench.py --electorates 6 a part of it
    python bench/bench.py --quick         three electorates and small samples, to see that it works
    python bench/bench.py --large         also 1,500 electorates, made up by copying rows and shapes

Everything is made in a copy of the project in a temporary folder, with the copy's own `src`. "cold" means that neither
`.store` nor `out` is there; what belongs to the machine (bytecode, matplotlib's and fontconfig's lists of fonts, the
system's cache of files) is warm, for every line alike: one electorate is made first, and not counted. The peers get
written HTML, drawn charts and each sheet's fit for nothing; briefpack's own time has these, and its checks of each
finished PDF, in it. A peer makes a sample, as many documents of each kind as its line says; its seconds for all are
reckoned from that. "Typst" sets the same texts and charts from two templates (`*.typ`); tagged PDF/UA-1, as the others
are. Peak memory is the largest single process's, looked up 20 times a second; CPU seconds are of all processes.
"""

import argparse
import compileall
import csv
import json
import os
import platform
import re
import shutil
import statistics
import string
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "tests/support"))
from projects import decide  # noqa: E402 -- the tests' modules are not a package

PROJECT = HERE.parent
BIN = Path(sys.executable).parent
SET = Path("briefs/electorates")
PARTS = ("briefs", "charts", "fonts", "layouts", "src", "pyproject.toml")
KINDS = ("pack", "leave-behind")
CORES = os.cpu_count() or 1
LOOK_SECONDS = 0.05
TICKS = os.sysconf("SC_CLK_TCK")
MADE_UP = 1500
NOT_ALL_MADE = 5
CONSOLE = Console(width=150, highlight=False)
PROGRESS = Console(stderr=True, highlight=False)


@dataclass(frozen=True)
class Cost:
    """What one command cost, and what it printed."""

    seconds: float
    cpu: float
    peak_mb: float
    printed: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the table: what was made, and what that cost."""

    label: str
    cost: Cost
    documents: int
    pages: int
    part: str = "briefpack"


class Watch(threading.Thread):
    """Looks at a process and all its descendants: the largest one's memory, and the CPU time of all."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.ended = process, threading.Event()
        self.peaks: dict[int, int] = {}
        self.ticks: dict[int, int] = {}

    def run(self) -> None:
        while not self.ended.wait(LOOK_SECONDS):
            for process in tree(self.process):
                self.look(process)

    def look(self, process: int) -> None:
        try:
            status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
            times = _after_name(process)
        except OSError:
            return
        peak = re.search(r"VmHWM:\s+(\d+)", status)
        if peak:
            self.peaks[process] = int(peak[1])
        self.ticks[process] = int(times[11]) + int(times[12])


def _after_name(process: int) -> list[str]:
    """The fields of /proc/PID/stat that follow the command's name: state, parent, ..."""
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def tree(root: int) -> set[int]:
    """A process and its descendants."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int(_after_name(int(folder.name))[1])
            except OSError:
                continue
    found, more = {root}, {root}
    while more:
        more = {process for process, parent in parents.items() if parent in more} - found
        found |= more
    return found


def environment(source: Path) -> dict[str, str]:
    """The variables of a command that runs a copy's own source."""
    variables = os.environ | {"PYTHONPATH": str(source)}
    # Compiled modules are kept, as they are wherever this is not set.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    return variables


def measured(command: list[str | Path], folder: Path, source: Path, sound: tuple[int, ...] = (0,)) -> Cost:
    """Run a command to its end; this one ends too if it ends with a code that is not among the sound ones."""
    start = time.perf_counter()
    options = {
        "cwd": folder,
        "env": environment(source),
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "text": True,
    }
    with subprocess.Popen(command, **options) as process:  # noqa: S603 -- our own commands
        watch = Watch(process.pid)
        watch.start()
        printed, complaint = process.communicate()
        seconds = time.perf_counter() - start
        watch.ended.set()
        watch.join()
    if process.returncode not in sound:
        raise SystemExit(f"{command[0]} {command[1]} ended with {process.returncode}: {complaint[-2000:]}")
    if process.returncode:
        PROGRESS.print(f"[red]ended with {process.returncode}: {complaint[:500]}")
    peak = max(watch.peaks.values(), default=0) / 1000
    return Cost(seconds, sum(watch.ticks.values()) / TICKS, peak, printed)


@dataclass(frozen=True)
class Copy:
    """A copy of the project, in which builds are made and texts changed, with the folder of its command."""

    root: Path
    bin: Path = BIN

    @property
    def electorates(self) -> list[str]:
        """The slugs of the first electorate set."""
        with self.table("electorates.csv").open(encoding="utf-8", newline="") as file:
            return [row["slug"] for row in csv.DictReader(file)]

    @property
    def set(self) -> Path:
        """The folder of the electorate set."""
        return next(path.parent for path in sorted((self.root / SET).glob("*/set.yaml")))

    @property
    def brief(self) -> Path:
        """The brief."""
        return next(path for path in (self.root / "briefs").glob("[!_.]*/brief.yaml"))

    def listed(self, edition: str = "screen") -> list[dict]:
        """What the manifest of an edition says of its documents."""
        manifest = next((self.root / "out").rglob(f"{edition}/manifest.json"))
        return json.loads(manifest.read_text(encoding="utf-8"))["documents"]

    def table(self, name: str) -> Path:
        """A file of the electorate set."""
        return self.set / name

    def clear(self, *names: str) -> None:
        """Delete folders of the copy."""
        for name in names:
            shutil.rmtree(self.root / name, ignore_errors=True)

    def edit(self, path: Path, change: Callable[[str], str]) -> None:
        """Change a file's text; it must differ afterwards."""
        text = path.read_text(encoding="utf-8")
        changed = change(text)
        if changed == text:
            raise SystemExit(f"{path.name} has nothing to change")
        path.write_text(changed, encoding="utf-8")

    def build(self, label: str, slugs: Iterable[str] = (), edition: str = "screen") -> Line:
        """Build everything, or the electorates named; the line counts what was made anew."""
        PROGRESS.print(f"{time.strftime('%H:%M:%S')} {label}")
        started = time.time() - 0.01
        wanted = [part for slug in slugs for part in ("-e", slug)] or ["--all"]
        cost = measured(
            [self.bin / "briefpack", "build", "--quiet", "--edition", edition, *wanted],
            self.root,
            self.root / "src",
            (0, NOT_ALL_MADE),
        )
        folder = next((self.root / "out").rglob(f"{edition}/manifest.json")).parent
        made = [each for each in self.listed(edition) if (folder / each["path"]).stat().st_mtime >= started]
        return Line(label, cost, len(made), sum(entry["pages"] for entry in made))


def copied(folder: Path) -> Copy:
    """A copy of the project's sources, without what was made from them."""
    for name in PARTS:
        path = PROJECT / name
        if path.is_dir():
            shutil.copytree(path, folder / name)
        else:
            shutil.copy2(path, folder / name)
    compileall.compile_dir(folder / "src", quiet=1)
    return Copy(folder)


def rename_member(text: str, name: str = "Alexandra") -> str:
    """The electorates' table with the first member under another name."""
    head, first, rest = text.split("\n", 2)
    cells = next(csv.reader([first]))
    member = cells[head.split(",").index("current_member")]
    return "\n".join((head, first.replace(member, f"{name} {member.split()[-1]}"), rest))


def reword(text: str) -> str:
    """The brief with one more word in its first leave-behind's standfirst."""
    before, mark, after = text.partition("    leave_behind:")
    return before + mark + re.sub(r"(standfirst: >-\s+)", r"\1Now: ", after, count=1)


def recolour(text: str) -> str:
    """The tokens with another shade of their signal colour."""
    return re.sub(r'(signal:\s+\{screen: "#)[0-9A-F]{6}', r"\g<1>BF3F2A", text, count=1)


def country(copy: Copy, slugs: list[str]) -> Iterator[Line]:
    """The country, or a part of it, from nothing; then again after one change each time.

    One electorate is made first and thrown away, so that the machine has read the libraries and fonts once.
    """
    copy.build("one electorate, to warm the machine", slugs[:1] or copy.electorates[:1])
    copy.clear(".store", "out")
    yield copy.build(_all(slugs, "cold"), slugs)
    yield copy.build(_all(slugs, "nothing changed"), slugs)
    copy.edit(copy.table("electorates.csv"), rename_member)
    yield copy.build("one member's name changed", slugs)
    copy.edit(copy.brief, reword)
    yield copy.build("one leave-behind's text changed", slugs)
    copy.edit(copy.root / "layouts" / "tokens.yaml", recolour)
    yield copy.build("one colour changed", slugs)


def editions(copy: Copy, slugs: list[str]) -> Iterator[Line]:
    """The editions that are printed, each from nothing; a press needs the author's word on all that is open."""
    decide(copy.brief)
    for edition in ("home", "press"):
        copy.clear(".store", "out")
        yield copy.build(_all(slugs, f"{edition} edition, cold"), slugs, edition)


def _all(slugs: list[str], what: str) -> str:
    return f"{len(slugs)} electorates, {what}" if slugs else f"all electorates and the nation, {what}"


def one(copy: Copy, slug: str) -> Iterator[Line]:
    """One electorate, with what the country left in the store, and from nothing."""
    copy.clear("out")
    yield copy.build(f"one electorate ({slug}), warm store", [slug])
    copy.clear(".store", "out")
    yield copy.build(f"one electorate ({slug}), cold", [slug])


def growth(copy: Copy, counts: Iterable[int]) -> Iterator[Line]:
    """More and more electorates, each time from nothing."""
    for count in counts:
        copy.clear(".store", "out")
        yield copy.build(f"{count} electorates, cold", copy.electorates[:count])


def enlarge(copy: Copy, count: int) -> None:
    """Add made-up electorates, until there are `count`: the rows and shapes of real ones under new slugs."""
    slugs = copy.electorates
    copies = range(2, 2 + -(-(count - len(slugs)) // len(slugs)))
    new = [(slug, f"{slug}-{number}") for number in copies for slug in slugs][: count - len(slugs)]
    for path in (copy.table(name) for name in ("electorates.csv", "census.csv", "census_birthplace.csv")):
        _enlarge_table(path, new)
    _enlarge_shapes(copy.table("boundaries.geojson"), new)


def _enlarge_table(path: Path, new: list[tuple[str, str]]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, names = list(reader), reader.fieldnames or []
    held: dict[str, list[dict]] = {}
    for row in rows:
        held.setdefault(row["slug"], []).append(row)
    added = [row | _renamed(row, slug) for old, slug in new for row in held.get(old, ())]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, *added])


def _renamed(row: dict, slug: str) -> dict:
    """The names that tell a made-up electorate and its member from the real ones: Solomon 2, Lukeb Gosling."""
    number = slug.rpartition("-")[2]
    letter = string.ascii_lowercase[int(number) - 1]
    members = {key: row[key].replace(" ", f"{letter} ", 1) for key in ("member", "current_member") if key in row}
    return {"slug": slug} | members | ({"name": f"{row['name']} {number}"} if "name" in row else {})


def _enlarge_shapes(path: Path, new: list[tuple[str, str]]) -> None:
    shapes = json.loads(path.read_text(encoding="utf-8"))
    held = {shape["properties"]["slug"]: shape for shape in shapes["features"]}
    for old, slug in new:
        properties = held[old]["properties"]
        shapes["features"].append(held[old] | {"id": slug, "properties": properties | _renamed(properties, slug)})
    path.write_text(json.dumps(shapes), encoding="utf-8")


def peers(copy: Copy, folder: Path, slugs: list[str], alone: int, made: list[dict]) -> Iterator[Line]:
    """The documents made without briefpack, reckoned from a sample of them: the electorates of the slugs.

    The first electorate's documents are made untimed, to warm the process.
    """
    index = sample(copy, folder, slugs)
    yield warm("weasyprint", copy, folder, index, made)
    yield warm("typst", copy, folder, index, made)
    PROGRESS.print(f"{time.strftime('%H:%M:%S')} WeasyPrint, one process a document")
    yield _reckoned("WeasyPrint, one process a document", *_alone(folder, index, alone, copy, made))


def sample(copy: Copy, folder: Path, slugs: list[str]) -> list[dict]:
    """Write the sample's texts and charts for the peers; return what is timed of them."""
    PROGRESS.print(f"{time.strftime('%H:%M:%S')} the sample for the peers: {', '.join(slugs[1:])}")
    measured([sys.executable, HERE / "prepare.py", folder, *slugs], copy.root, copy.root / "src")
    return [entry for entry in json.loads((folder / "index.json").read_text(encoding="utf-8")) if not entry["warms"]]


def warm(peer: str, copy: Copy, folder: Path, index: list[dict], made: list[dict]) -> Line:
    """Measure a peer that makes the sample in one process."""
    name = {"weasyprint": "WeasyPrint", "typst": "Typst"}[peer]
    PROGRESS.print(f"{time.strftime('%H:%M:%S')} {name}, one warm process")
    cost = measured([sys.executable, HERE / "peers.py", peer, folder], folder, copy.root / "src")
    timed = json.loads(cost.printed)
    _check_pages(name, timed, index)
    return _reckoned(f"{name}, one warm process", timed, made, cost.peak_mb)


def _check_pages(name: str, timed: list[dict], index: list[dict]) -> None:
    """Say so if a peer's documents have other numbers of pages: then they are not the same."""
    wanted = [entry["pages"] for entry in index]
    if [each["pages"] for each in timed] != wanted:
        PROGRESS.print(f"[red]{name} made {[each['pages'] for each in timed]} pages, not {wanted}")


def _alone(
    folder: Path, index: list[dict], count: int, copy: Copy, made: list[dict]
) -> tuple[list[dict], list[dict], float]:
    """A pack and some leave-behinds, each by the `weasyprint` command."""
    packs, leaves = ([entry for entry in index if entry["kind"] == kind] for kind in KINDS)
    timed, peak = [], 0.0
    for entry in [*packs[:1], *leaves[: count - 1]]:
        styles = [part for style in [*entry["styles"], entry["own"]] for part in ("-s", style)]
        options = ["-q", "--pdf-variant", "pdf/ua-1", "--pdf-tags", *styles]
        names = [f"{entry['name']}.html", f"{entry['name']}.pdf"]
        cost = measured([BIN / "weasyprint", *options, *names], folder, copy.root / "src")
        size = (folder / names[1]).stat().st_size
        timed.append(
            {"kind": entry["kind"], "seconds": cost.seconds, "cpu": cost.cpu, "pages": entry["pages"], "bytes": size}
        )
        peak = max(peak, cost.peak_mb)
    return timed, made, peak


def _reckoned(label: str, timed: list[dict], made: list[dict], peak: float) -> Line:
    """A peer's line: each kind's mean in the sample, times how many of that kind briefpack made."""
    counts = {kind: sum(each["kind"] == kind for each in timed) for kind in KINDS}

    def reckon(what: str) -> float:
        sums = {kind: sum(each[what] for each in timed if each["kind"] == kind) for kind in KINDS}
        return sum(sums[entry["kind"]] / counts[entry["kind"]] for entry in made)

    sample = " + ".join(map(str, counts.values()))
    part = "without briefpack, reckoned from a sample (packs + leave-behinds)"
    pages = sum(entry["pages"] for entry in made)
    cost = Cost(reckon("seconds"), reckon("cpu"), peak)
    return Line(f"{label} ({sample})", cost, len(made), pages, part)


def shown(lines: list[Line]) -> Table:
    """The table of all lines; the first is the cold one that the others are compared with."""
    table = Table(title=machine(), title_justify="left")
    table.add_column("")
    for name in ("seconds", "of cold", "CPU s", "made", "documents/s", "pages/s", "peak MB"):
        table.add_column(name, justify="right")
    before = lines[0].part
    for line in lines:
        if line.part != before:
            table.add_section()
            table.add_row(f"[bold]{line.part}")
            before = line.part
        table.add_row(line.label, *_cells(line, lines[0].cost.seconds))
    return table


def _cells(line: Line, cold: float) -> Iterator[str]:
    cost = line.cost
    yield f"{cost.seconds:,.2f}" if cost.seconds < 10 else f"{cost.seconds:,.1f}"
    share = cost.seconds / cold
    yield f"{share:.1%}" if share < 2 else f"x {share:.1f}"
    yield f"{cost.cpu:,.1f}"
    yield f"{line.documents:,}"
    yield f"{line.documents / cost.seconds:.1f}" if line.documents else "–"
    yield f"{line.pages / cost.seconds:.1f}" if line.documents else "–"
    yield f"{cost.peak_mb:.0f}"


def machine() -> str:
    return f"{CORES} cores, {platform.machine()}, Python {platform.python_version()}; load at the end {os.getloadavg()[0]:.1f}"


@dataclass(frozen=True)
class Aim:
    """A ratio or a size that is wanted, and what it came to."""

    what: str
    wanted: str
    came: str
    met: bool | None


def aims(lines: list[Line], made: list[dict]) -> Iterator[Aim]:
    """What is asked of briefpack, beside what was found."""
    cold, nothing, member, text = (line.cost.seconds for line in lines[:4])
    found = {line.label.partition(" (")[0]: line.cost for line in lines}
    warm, alone, typst = (found[name].seconds for name in PEERS)
    used = lines[0].cost.cpu
    for what, times, least in (
        (f"cold, times as fast as one warm process on each of {CORES} cores", warm / CORES / cold, 6),
        ("cold, times as fast as one process a document, one at a time", alone / cold, 60),
        (f"cold, times as fast as one process a document, {CORES} at a time", alone / CORES / cold, None),
        ("cold, the warm process's CPU seconds as a multiple of briefpack's", found[PEERS[0]].cpu / used, None),
        ("cold, times as fast as Typst, which uses more than one core", typst / cold, None),
        ("cold, Typst's CPU seconds as a multiple of briefpack's", found[PEERS[2]].cpu / used, None),
    ):
        yield Aim(what, f"at least {least}" if least else "–", f"{times:.2f}", times >= least if least else None)
    home = next(line.cost.seconds for line in lines if "home edition" in line.label)
    yield Aim("the home edition, of the screen's time", "at most 120%", f"{home / cold:.0%}", home / cold <= 1.2)
    for what, share, most in (
        ("nothing changed, of cold", nothing / cold, 0.03),
        ("one member's name, of cold", member / cold, 0.05),
        ("one leave-behind's text, of cold", text / cold, 0.25),
    ):
        yield Aim(what, f"under {most:.0%}", f"{share:.1%}", share < most)
    peak = max(line.cost.peak_mb for line in lines if line.part == "briefpack")
    yield Aim("largest process", "under 400 MB", f"{peak:.0f} MB", peak < 400)
    for kind, most in zip(KINDS, (400, 120), strict=True):
        sizes = [entry["bytes"] / 1000 for entry in made if entry["kind"] == kind]
        said = f"{max(sizes):.0f} kB (median {statistics.median(sizes):.0f})"
        yield Aim(f"largest {kind}", f"under {most} kB", said, max(sizes) < most)


PEERS = ("WeasyPrint, one warm process", "WeasyPrint, one process a document", "Typst, one warm process")


def judged(found: Iterable[Aim]) -> Table:
    """The aims as a table."""
    table = Table("what is asked", "wanted", "found", "")
    for aim in found:
        table.add_row(aim.what, aim.wanted, aim.came, {True: "met", False: "[red]not met", None: ""}[aim.met])
    return table


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--electorates", type=int, metavar="N", help="the first N electorates; else the whole country")
    parser.add_argument("--sample", type=int, metavar="N", help="how many electorates' documents each peer makes; 4")
    parser.add_argument("--quick", action="store_true", help="three electorates, a sample of one, no growth")
    parser.add_argument("--large", action="store_true", help=f"also {MADE_UP} electorates, made up")
    parser.add_argument("--made-up", type=int, default=MADE_UP, metavar="N", help="how many --large has")
    chosen = parser.parse_args()
    chosen.electorates = chosen.electorates or (3 if chosen.quick else None)
    chosen.sample = chosen.sample or (1 if chosen.quick else 4)
    return chosen


def main() -> None:
    """Run it all, and print the table."""
    chosen = arguments()
    PROGRESS.print(f"load at the start: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="briefpack-bench-") as work:
        copy = copied(Path(work) / "project")
        slugs = copy.electorates[: chosen.electorates] if chosen.electorates else []
        lines = list(country(copy, slugs))
        made = copy.listed()
        sampled = spread(slugs or copy.electorates, chosen.sample + 1)
        others = list(peers(copy, Path(work) / "peers", sampled, 3 if chosen.quick else 5, made))
        lines += one(copy, sampled[-1])
        lines += editions(copy, slugs)
        if not chosen.quick:
            most = chosen.electorates or len(copy.electorates)
            lines += growth(copy, [count for count in (25, 50, 100) if count <= most])
        if chosen.large:
            enlarge(copy, chosen.made_up)
            lines += growth(copy, [chosen.made_up])
        CONSOLE.print(shown([*lines, *others]))
        CONSOLE.print(judged(aims([*lines, *others], made)))


def spread(slugs: list[str], count: int) -> list[str]:
    """Some of the electorates, from all over the list."""
    step = max(1, len(slugs) // count)
    return slugs[::step][:count]


if __name__ == "__main__":
    main()
