"""Builds briefs of any shape in one project, one after another, and judges what comes of each."""

import itertools
import json
import re
import shutil
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from briefpack import build
from briefpack.output import Report, Request
from briefpack.problem import Problem, Problems
from briefpack.project import Project
from fuzz.run import CHECKED
from projects import REPOSITORY, TESTS
from shapes import finished
from shapes.briefs import SET, Shape

BRIEF = "briefs/shape/brief.yaml"
ACCEPTED = (
    re.compile(
        r"asks\[\d+\]\.leave_behind\.[^:]*: the text is \d+ lines? too long, about \d+ words?( or [\d.]+ mm)?, in .*"
    ),
    re.compile(
        r"asks\[\d+\]\.leave_behind\.chart: the chart is \d+ mm tall, and leaves no room for the text beside it"
    ),
    re.compile(r".*it has \d+ dpi at \d+ mm wide; it needs \d+ dpi"),
)
"""Reasons that an author would accept: a leave-behind has one page, and an image needs enough pixels."""


SQUARES = {"ostby": (10, 60), "marsh-flats": (11, 60), "marsh-head": (12, 60), "outer-isles": (-9, -2)}
"""The south-western corner of each electorate, which a map can be drawn of."""


def project(folder: Path) -> Project:
    """Make a project of the layouts, charts and fonts that ship, and the electorate set of an invented country."""
    for name in ("layouts", "charts", "fonts"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "added"))
    group = folder / "briefs/electorates" / SET
    shutil.copytree(TESTS / "sets" / SET, group)
    squared(group / "shapes.geojson")
    return Project(folder)


def squared(path: Path) -> None:
    """Give each electorate of the set a shape that is larger than a point of a map."""
    shapes = json.loads(path.read_text("utf-8"))
    for shape in shapes["features"]:
        west, south = SQUARES[shape["properties"]["slug"]]
        east, north = west + 1, south + 1
        shape["properties"]["focus_bbox"] = [west, south, east, north]
        corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        ring = [point for start, end in itertools.pairwise(corners) for point in _wavy(start, end)] + [list(corners[0])]
        shape["geometry"] = {"type": "Polygon", "coordinates": [ring]}
    path.write_text(json.dumps(shapes, indent=1), "utf-8")


def _wavy(start: tuple[int, int], end: tuple[int, int]) -> list[list[float]]:
    """Return the points of a border from one corner up to another: the same from either end, and not straight."""
    (x, y), (right, top) = sorted((start, end))
    points = [[x + (right - x) * at / 8, y + (top - y) * at / 8] for at in range(9)]
    for at in range(1, 8):
        points[at][0 if top > y else 1] += 0.03 * (-1) ** at
    return points[:-1] if start == (x, y) else points[:0:-1]


@dataclass
class Shapes:
    """A project whose one brief is replaced by each shape in turn; charts and images stay in its store."""

    project: Project
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def judge(self, shape: Shape) -> list[str]:
        """Build a brief, and return what is wrong with what comes of it."""
        self.write(shape)
        self.counts["generated"] += 1
        try:
            report, problems = self.build(shape)
        except Exception as error:  # noqa: BLE001 -- whatever a build raises is a fault
            return ["".join(traceback.format_exception(error))]
        stopping = [problem for problem in problems if not problem.warning]
        faults = [fault for problem in problems for fault in self._misstated(problem)]
        if shape.mistake:
            self.counts["mistakes"] += 1
            return [*faults, *self._unreported(shape, stopping)]
        if report is not None and not stopping:
            self.counts["built"] += 1
            self.counts["pdfs"] += len(report.made)
            lost = finished.unprinted(shape, report.folder, report.made)
            return [*faults, *finished.faults(shape, report.folder, report.made), *lost]
        self.counts["refused"] += 1
        self.reasons.update({_kind(problem) for problem in stopping})
        return [*faults, *(f"refused: {problem}" for problem in stopping if not _accepted(problem))]

    def write(self, shape: Shape) -> None:
        """Put a shape in place of the brief before it."""
        folder = (self.project.root / BRIEF).parent
        for old in (folder, self.project.root / "out"):
            shutil.rmtree(old, ignore_errors=True)
        (folder / "images").mkdir(parents=True)
        for picture in shape.pictures:
            picture.write(folder / "images")
        text = json.dumps(shape.brief, ensure_ascii=False, indent=1)
        (self.project.root / BRIEF).write_text(text, encoding="utf-8")

    def build(self, shape: Shape) -> tuple[Report | None, tuple[Problem, ...]]:
        """Build a brief; without a report, nothing could be made."""
        request = Request(
            self.project, "shape", shape.layout, self.project.root / "out", shape.edition, electorates=shape.electorates
        )
        try:
            report = build.run(request)
        except Problems as error:
            return None, error.problems
        return report, report.problems

    def _misstated(self, problem: Problem) -> Iterator[str]:
        """What is wrong with a problem itself: its two lines, of a warning its one, or its place."""
        if str(problem).count("\n") != (not problem.warning) or not problem.hint:
            yield f"has too many or too few lines: {problem}"
        path = self.project.root / problem.path
        if problem.path.startswith(("briefs/", "layouts/", "charts/", "fonts/")):
            lines = path.read_text(encoding="utf-8").count("\n") + 1 if path.suffix in {".yaml", ".html", ".css"} else 0
            if not path.exists():
                yield f"names no file of the project: {problem}"
            elif lines and not 1 <= (problem.line or 0) <= lines:
                yield f"has no line: {problem}"
        elif not problem.path.startswith("out/") or problem.text.partition(": ")[0] not in CHECKED:
            yield f"has no place that an author can open: {problem}"

    def _unreported(self, shape: Shape, stopping: list[Problem]) -> Iterator[str]:
        lines = (self.project.root / BRIEF).read_text(encoding="utf-8").splitlines()
        for problem in stopping:
            line = lines[problem.line - 1] if problem.path == BRIEF and problem.line else ""
            if shape.blamed in line or shape.blamed in problem.message:
                return
        found = "\n".join(map(str, stopping)) or "it was built"
        yield f"the mistake ({shape.mistake}) is not reported at its line: {found}"


def _accepted(problem: Problem) -> bool:
    """Return whether an author would accept the reason, at its line of the brief."""
    return problem.path == BRIEF and bool(problem.line) and any(each.fullmatch(problem.message) for each in ACCEPTED)


def _kind(problem: Problem) -> str:
    """Return what problems of one cause have in common."""
    return problem.check or problem.message.rpartition(": ")[2]
