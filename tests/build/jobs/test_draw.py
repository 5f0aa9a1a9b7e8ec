"""A chart that fails, crashes or never ends is named, and the others are drawn."""

import dataclasses
import re

import pytest

from briefpack import build, charts, layout, output, plan
from briefpack.build.jobs.draw import Draw
from briefpack.store import Store
from projects import english


def build_with(project, bars):
    """The report of a build whose bars are drawn by other code."""
    file = project.root / "charts/bars.py"
    file.write_text(re.sub(r"def draw\([^\0]*", bars, file.read_text(encoding="utf-8")), encoding="utf-8")
    return build.run(output.Request(project, "tiny", "tiny", project.root / "out", jobs=2))


@pytest.mark.part(name="builds")
def test_names_a_chart_that_crashes_its_process_and_draws_the_others(project):
    report = build_with(project, "def draw(*_):\n    import os\n    os._exit(3)\n")
    (problem,) = report.problems
    assert (problem.path, problem.message) == ("charts/bars.py", "the chart file crashes the process that draws it")
    assert report.made
    assert report.exit_code == 5


def test_stops_a_chart_that_never_ends_and_draws_the_others_of_its_kind(project):
    brief = plan.read_brief(project, "tiny")
    found = layout.load(project, "tiny", "screen")
    file = project.root / "charts/bars.py"
    endless = "def draw(axes, rows, pen):\n    while not rows:\n        pass\n"
    file.write_text(re.sub(r"def draw\([^\0]*", endless, file.read_text()))
    wanted = next(each for each in plan.make(brief, found, plan.Wanted()).drawings if each.kind == "bars")
    common = charts.made_from(found.look, english(), project.root, None)
    task = Draw(found.look, english(), project.root, Store(project.store), None, common, seconds=0.5)
    undrawn = task((dataclasses.replace(wanted, rows=()), "0"))
    assert (undrawn.path, undrawn.message) == ("charts/bars.py", "the chart takes too long to draw")
    key = charts.key(wanted, common, project.root)
    assert dataclasses.replace(task, seconds=1000)((wanted, key)) is None


def test_stores_no_chart_whose_file_changed_meanwhile(project):
    brief = plan.read_brief(project, "tiny")
    found = layout.load(project, "tiny", "screen")
    wanted = next(iter(plan.make(brief, found, plan.Wanted()).drawings))
    common = charts.made_from(found.look, english(), project.root, None)
    task = Draw(found.look, english(), project.root, Store(project.store), None, common)
    key = charts.key(wanted, common, project.root)
    file = charts.file(project.root / "charts", wanted.kind)
    file.write_text(file.read_text(encoding="utf-8") + "# a note\n", encoding="utf-8")
    undrawn = task((wanted, key))
    assert (undrawn.path, undrawn.hint) == (f"charts/{file.name}", "build again")
    assert task.store.get(key) is None
    assert task((wanted, charts.key(wanted, common, project.root))) is None
