"""Makes a small whole project, edits it at random, and judges what the command prints of each edit."""

import contextlib
import faulthandler
import random
import re
import shutil
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from briefpack import checks, cli, pool
from briefpack.project import Project
from fuzz import edits
from images import drawn, hostile
from isles import copy_isles, replace
from projects import TESTS, InProcess

MOST_SECONDS = 10
BRIEF = "briefs/tiny/brief.yaml"
SET = "briefs/electorates/isles"
KINDS = {
    "brief": (BRIEF,),
    "set": (f"{SET}/*.*",),
    "layout": ("layouts/tiny/layout.yaml", "layouts/tiny/*.html"),
    "tokens": ("layouts/tokens.yaml",),
    "css": ("layouts/tiny/*.css",),
    "fonts": ("fonts/fonts.css", "fonts/fonts.css", "fonts/*/*.ttf"),
    "style": ("charts/house.mplstyle",),
    "locale": ("layouts/shared/locales/en-AU.yaml",),
    "profile": ("layouts/shared/profiles/*.icc",),
    "data": ("briefs/tiny/data/*.csv",),
    "image": ("briefs/tiny/images/*.*",),
    "proof": ("layouts/shared/proof*.*",),
    "draft": ("drafts/*.*",),
}
"""What is edited: each kind as often as another, and each of its patterns too."""
IMAGES = """\
images:
  street: {file: street.svg, alt: A street, credit: Ann Example, people: none}
  school: {file: school.jpg, alt: A school, credit: Ann Example, people: none}
data:
  counts: {file: counts.csv, unit: children, source: road-report}
"""
COUNTS = "Year,Walk\n2020,575\n2021,570\n2022,560\n2023,540\n"
WALKERS = """\
  walkers:
    kind: line
    finding: Fewer children walk
    alt: A line.
    data: {from: counts, label: Year, values: {Walk: Walk}}
"""
WEBSITE, LOGO = "  website: https://walk.example\n", "  logo: {file: street.svg}\n"
DRAFTS = ("bread.md", "air.docx", "clinic.odt")
IMPORTED = "imported"


def project(folder: Path) -> Project:
    """Make the sample for the Isles, with a chart from a file, images and drafts, in a folder."""
    made = copy_isles(folder)
    brief = folder / BRIEF
    replace(brief, "  kim-timeline:\n", f"{WALKERS}  kim-timeline:\n")
    replace(brief, "      - chart: hurt\n", "      - chart: hurt\n      - chart: walkers\n")
    replace(brief, "\nfigures:\n", f"\n{IMAGES}\nfigures:\n")
    replace(brief, WEBSITE, WEBSITE + LOGO)
    add_files(folder)
    return made


def add_files(folder: Path) -> None:
    """Add images, a data file and drafts to the project."""
    for name in ("images", "data"):
        (folder / "briefs/tiny" / name).mkdir()
    (folder / "briefs/tiny/data/counts.csv").write_text(COUNTS, "utf-8")
    (folder / "briefs/tiny/images/street.svg").write_bytes(hostile.svg('<path fill="#4A9A90" d="M0 0h90v40z"/>'))
    drawn.upright().convert("RGB").save(folder / "briefs/tiny/images/school.jpg")
    (folder / "drafts").mkdir()
    for name in DRAFTS:
        shutil.copy(TESTS / "importing/drafts" / name, folder / "drafts")


@dataclass(frozen=True)
class Fault:
    """An edit that was not answered as it should be: how to repeat it, and what was wrong."""

    number: int
    edited: str
    command: str
    said: str
    detail: str

    @property
    def kind(self) -> str:
        """What faults of the same cause have in common, more or less."""
        return re.sub(r"[\"“‘'][^\"”’']*[\"”’']|[\w./<>-]*\d+[\w./-]*", "…", self.said)

    def __str__(self) -> str:
        """All of it, with the edit's number first."""
        return f"edit {self.number} ({self.edited}), briefpack {self.command}: {self.said}\n{self.detail}"


def _command(number: int, build_each: int, edited: Path) -> tuple[str, ...]:
    """Return the command to run after an edit of some file."""
    if edited.parent.name == "drafts":
        return ("new", IMPORTED, "--from", str(edited))
    if edited.name.startswith("proof"):
        return ("build", "--kind", "leave-behind", "--proof", "--jobs", "1")
    if build_each and number % build_each == 0:
        return ("build", "--all", "--jobs", "1")
    return ("check",) if build_each and number % build_each in FULL_CHECKS else ("check", "--quick")


FULL_CHECKS = (1, 2)
"""Which edits after one with a build have a whole check."""


class Hang(BaseException):
    """Raised by the alarm; no Exception, since libraries catch those and go on."""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise Hang after a time, by a clock that the engine doesn't use; end the process if that doesn't help."""

    def ring(_number: int, _frame: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1)
    faulthandler.dump_traceback_later(seconds * 12, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGVTALRM, before)


class Fuzz:
    """One project and its files as they were, to which each edit returns."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.project, self.seed = project(folder), seed
        self.found = {kind: [sorted(folder.glob(each)) for each in patterns] for kind, patterns in KINDS.items()}
        self.held = {path: path.read_bytes() for parts in self.found.values() for paths in parts for path in paths}
        self.counts: Counter[str] = Counter()

    def run(self, numbers: range, build_each: int, say: Callable[[Fault], None] = lambda _: None) -> list[Fault]:
        """Make the edits of these numbers; build after each so-manieth, and check after the others.

        Most of the checks lay out nothing, which is what takes the time.
        """
        faults = []
        for number in numbers:
            for fault in self.edit(number, build_each):
                say(fault)
                faults.append(fault)
        return faults

    def edit(self, number: int, build_each: int) -> list[Fault]:
        """Edit, run the command, and put the files back; the same number makes the same edit, whatever came before."""
        chance = random.Random(f"{self.seed} {number}")  # noqa: S311 -- no secret
        paths = [
            chance.choice(chance.choice(self.found[chance.choice(list(KINDS))]))
            for _ in range(chance.choice([1, 1, 1, 2]))
        ]
        edited = [self._change(path, chance) for path in dict.fromkeys(paths)]
        command = _command(number, build_each, paths[0])
        try:
            return [Fault(number, "; ".join(edited), " ".join(command), *said) for said in self._judged(command)]
        finally:
            for path in paths:
                edits.restore(path, self.held[path])
            shutil.rmtree(self.project.root / "briefs" / IMPORTED, ignore_errors=True)

    def _change(self, path: Path, chance: random.Random) -> str:
        if chance.random() < 0.02:
            name = edits.place(path, chance)
        else:
            name, data = edits.contents(path, self.held[path], chance)
            path.unlink()  # a font may be shared with the other projects of the tests
            path.write_bytes(data)
        return f"{path.relative_to(self.project.root)}: {name}"

    def _judged(self, command: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """What is wrong with how the command ends and with what it prints."""
        started = time.monotonic()
        try:
            with limited(MOST_SECONDS):
                result = CliRunner().invoke(cli.main, ["--project", str(self.project.root), *command])
        except Hang:
            yield f"takes over {MOST_SECONDS} seconds", traceback.format_exc()
            return
        self.counts[f"{command[0]}, exit code {result.exit_code}"] += 1
        if result.exception and not isinstance(result.exception, SystemExit):
            yield _raised(result.exception), "".join(traceback.format_exception(result.exception))
            return
        if time.monotonic() - started > MOST_SECONDS * 6:
            yield "takes very long", ""
        if result.exit_code and not result.stderr:
            yield f"exit code {result.exit_code} without a word", result.output
        yield from ((said, result.stderr) for said in self._unlike(result.stderr))

    def _unlike(self, printed: str) -> Iterator[str]:
        """The lines printed that are no problem's or warning's, and problems without a place that can be opened."""
        lines = printed.splitlines()
        for number, line in enumerate(lines):
            following = lines[number + 1] if number + 1 < len(lines) else ""
            if line.startswith("  try: ") or OTHER.fullmatch(line):
                continue
            found = PROBLEM.fullmatch(line)
            fixed = "; try: " in line if ": warning: " in line else following.startswith("  try: ")
            if not found or not fixed:
                yield f"is no line of a problem: {line}"
            elif said := self._misplaced(*found.groups()):
                yield f"{said}: {line}"

    def _misplaced(self, path: str, number: str | None, message: str) -> str:
        """What is wrong with the place of a problem: no path of the project, or no line of a file that has some."""
        # A draft that isn't there is named as the command names it.
        path = Path(path).name if Path(path).name in DRAFTS else path
        if not path.startswith(("briefs", "layouts", "charts", "fonts", "out", *DRAFTS)) or re.search(
            r"(?<![\w.<])/(?:tmp|home|root|usr|work)\b", message
        ):
            return "names a path outside the project"
        text = _text(self.project.root / path, self.project.root)
        if text is None:
            return ""
        if number is None:
            # What a check finds has a page of a finished document.
            known = message.partition(": ")[0] in CHECKED
            return "" if known else "has no line"
        return "" if 1 <= int(number) <= text.count("\n") + 2 else "has a line that the file has not"


CHECKED = {check.id for check in checks.CHECKS}
PROBLEM = re.compile(r"([^:\s]+)(?::(\d+))?: (?:warning: )?(\S.*)")
OTHER = re.compile(
    r"\d+ problems?\. .*|  and \d+ more like these, .*|Made \d+ .*|Up to date: .*|Deleted from .*"
    r"|Finished earlier, and now in .*|Proofs in .*"
)


def _text(path: Path, root: Path) -> str | None:
    """The text of a file of the project; None if it has none, or is no text."""
    try:
        text = path.read_text(encoding="utf-8") if path.resolve().is_relative_to(root.resolve()) else ""
    except (OSError, ValueError, RuntimeError):
        return None
    return None if "\0" in text else text or None


def _raised(error: BaseException) -> str:
    """An exception, and where our own code raised it."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "briefpack" in frame.filename or "charts/" in frame.filename
    ]
    place = f" in {Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}" if ours else ""
    return f"{type(error).__name__}{place}: {str(error)[:200]}"


@contextlib.contextmanager
def in_this_process() -> Iterator[None]:
    """Let builds start no worker process."""
    before = pool.ProcessPoolExecutor
    pool.ProcessPoolExecutor = InProcess
    try:
        yield
    finally:
        pool.ProcessPoolExecutor = before
