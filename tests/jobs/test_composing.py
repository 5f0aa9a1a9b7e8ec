"""Composing in worker processes: what a template makes endless is stopped and named, and no other document waits."""

import dataclasses
import os
import re
import time
from concurrent.futures import BrokenExecutor

import pytest

from briefpack import build, charts, layout, output, plan, pool
from briefpack.jobs import composing, drawing, numbering
from briefpack.pages import PageOf
from briefpack.store import Store
from projects import english

COVER = "layouts/tiny/cover.html"
LOOPS = "{% for _ in range(99999) %}{% for _ in range(99999) %}{% endfor %}{% endfor %}"


@pytest.fixture
def plan_file(project, tmp_path):
    """The plan of the sample, made when it is called, where a worker finds it."""

    def plan_file() -> composing.PlanFile:
        brief = plan.read_brief(project, "tiny", charts.kinds(project.root / "charts"))
        planned = plan.make(brief, layout.load(project, "tiny", "screen"), plan.Wanted())
        drawn = dict.fromkeys(planned.drawings, "0")
        return composing.write_plan(tmp_path, planned, drawn, project.root, Store(project.store))

    return plan_file


def line_of(project, path, words):
    lines = (project.root / path).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_a_document_is_composed_as_it_would_be_in_the_builds_own_process(plan_file):
    text = composing.Compose(plan_file())(0)
    assert [piece.name for piece in text.pieces] == ["national-pack: cover", "national-pack: body"]
    assert "<h1>" in text.pieces[0].html


def test_a_page_without_end_is_stopped_and_named_at_its_line(project, edit, plan_file):
    edit(COVER, "<h1>", f"{LOOPS}<h1>")
    stopped = composing.Compose(plan_file(), seconds=0.5)
    (problem,) = stopped(0)
    assert (problem.path, problem.line) == (COVER, line_of(project, COVER, "99999"))
    assert problem.message == "the page takes too long to write"
    # It is not waited for again: this would take as long as the test is allowed to.
    assert dataclasses.replace(stopped, seconds=1000)(0) == (problem,)


def test_a_text_larger_than_memory_is_stopped_and_named_at_its_line(project, edit, plan_file):
    edit(COVER, "<h1>", "{{ 'a'.ljust(4000000000) | length }}<h1>")
    compose = composing.Compose(plan_file())
    with pool.workers(1, lambda *_: None) as processes:
        results = dict(processes.map("pages", compose, [0, 1], compose.crashed))
    (problem,) = results[0]
    assert (problem.path, problem.line) == (COVER, line_of(project, COVER, "ljust"))
    assert problem.message == "the page needs more memory than it may have"
    assert results[1].pieces


def test_a_plan_that_is_not_the_builds_own_is_not_read(plan_file):
    found = plan_file()
    found.path.write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    (problem,) = composing.Compose(found)(0)
    assert problem.message == "the plan that worker processes read was changed or deleted during the build"


@pytest.mark.parametrize(
    "tag",
    [
        '<a rel="attachment" href="data:text/plain,hello">data</a>',
        "<a href='tiny/note.txt' rel='nofollow attachment'>data</a>",
        '<link rel=attachment href="tiny/note.txt">',
    ],
)
def test_a_file_that_a_page_attaches_is_named_and_the_other_documents_are_made(project, edit, tag):
    (project.root / "layouts/tiny/note.txt").write_text("hello", encoding="utf-8")
    edit(COVER, "<h1>", f"{tag}<h1>")
    report = build.run(output.Request(project, "tiny", "tiny", project.root / "out", jobs=2))
    (problem,) = report.problems
    assert (problem.path, problem.line) == (COVER, line_of(project, COVER, "attachment"))
    assert problem.message == "a page can't attach a file"
    assert report.failed == ("national/national-pack.pdf",)
    assert len(report.made) == 2


def use(levels):
    """A drawing in which each level shows the level below it ten times."""
    groups = "".join(
        f'<g id="g{level}">{f"""<use href="#g{level - 1}"/>""" * 10}</g>' for level in range(1, levels + 1)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="g0"><path d="M0 0h9"/></g>{groups}</svg>'


@pytest.mark.parametrize(
    ("drawing", "sound"),
    [
        (use(3), True),
        (use(9), False),
        ('<svg xmlns="http://www.w3.org/2000/svg"><g id="g"><use href="#g"/></g></svg>', False),
        ("not XML", None),
    ],
)
def test_a_drawing_that_repeats_itself_without_end_is_named(project, edit, plan_file, drawing, sound):
    (project.root / "layouts/tiny/mark.svg").write_text(drawing, encoding="utf-8")
    edit(COVER, "<h1>", '<img src="tiny/mark.svg" alt="A mark"><h1>')
    made = composing.Compose(plan_file())(0)
    if sound is False:
        (problem,) = made
        assert (problem.path, problem.line) == (COVER, line_of(project, COVER, "mark.svg"))
        assert problem.message.startswith('the drawing "tiny/mark.svg" has more than 20,000 parts')
    else:
        assert made.pieces


# ---- Charts, and processes that end.


def build_with(project, bars):
    """The report of a build whose bars are drawn by other code."""
    file = project.root / "charts/bars.py"
    file.write_text(re.sub(r"def draw\([^\0]*", bars, file.read_text(encoding="utf-8")), encoding="utf-8")
    return build.run(output.Request(project, "tiny", "tiny", project.root / "out", jobs=2))


def test_a_chart_that_ends_its_process_is_named_and_the_others_are_made(project):
    report = build_with(project, "def draw(*_):\n    import os\n    os._exit(3)\n")
    (problem,) = report.problems
    assert (problem.path, problem.message) == ("charts/bars.py", "the chart file crashes the process that draws it")
    assert report.made
    assert report.exit_code == 5


def test_a_chart_without_end_is_stopped_and_named(project):
    brief = plan.read_brief(project, "tiny", charts.kinds(project.root / "charts"))
    found = layout.load(project, "tiny", "screen")
    file = project.root / "charts/bars.py"
    file.write_text(re.sub(r"def draw\([^\0]*", "def draw(*_):\n    while True:\n        pass\n", file.read_text()))
    wanted = next(each for each in plan.make(brief, found, plan.Wanted()).drawings if each.kind == "bars")
    draw = drawing.Draw(found.look, english(), project.root, Store(project.store), None, "endless", seconds=0.5)
    undrawn = draw((wanted, "0"))
    assert (undrawn.path, undrawn.message) == ("charts/bars.py", "the chart takes too long to draw")
    assert dataclasses.replace(draw, seconds=1000)((wanted, "0")) == undrawn


def end_at_seven(number: int) -> int:
    if number == 7:
        os._exit(1)
    return number * 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_item_that_ends_its_process_costs_only_itself(jobs):
    with pool.workers(jobs, lambda *_: None) as processes:
        done = list(processes.map("count", end_at_seven, range(100), lambda number: -number))
    assert done == [(number, -7 if number == 7 else number * 2) for number in range(100)]


def test_a_stage_begun_after_a_process_ended_is_done_whole():
    with pool.workers(1, lambda *_: None) as processes:
        first = processes.map("count", end_at_seven, [7, 1, 2], lambda number: -number)
        wait_until_broken(processes)
        second = processes.map("count", end_at_seven, range(5), lambda number: -number)
        assert list(second) == [(number, number * 2) for number in range(5)]
        assert list(first) == [(7, -7), (1, 2), (2, 4)]


def wait_until_broken(processes):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            processes.start().submit(int).result()
        except BrokenExecutor:
            return
        time.sleep(0.01)


def test_a_document_that_ends_its_process_is_named(plan_file):
    found = plan_file()
    for problems in (
        composing.Compose(found).crashed(0),
        numbering.Number(found).crashed(numbering.Paged(0, PageOf(), 1, ())),
    ):
        assert [problem.message for problem in problems] == ["national-pack crashes the process that composes it"]
