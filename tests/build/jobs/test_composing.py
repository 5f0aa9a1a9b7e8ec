"""Composing in worker processes: what a template makes endless is stopped and named, and no other document waits."""

import dataclasses

import pytest

from briefpack import build, layout, output, plan, pool
from briefpack.build.jobs import composing, typesetting
from briefpack.build.jobs.composing import Numbering
from briefpack.build.jobs.typesetting import Compose, Unwritten
from briefpack.pages import LinkedFrom, PageOf
from briefpack.store import Store

COVER = "layouts/tiny/cover.html"
LOOPS = "{% for _ in range(99999) %}{% for _ in range(99999) %}{% endfor %}{% endfor %}"


@pytest.fixture
def plan_file(project, tmp_path):
    """The plan of the sample, made when it is called, where a worker finds it."""

    def plan_file() -> composing.PlanFile:
        brief = plan.read_brief(project, "tiny")
        planned = plan.make(brief, layout.load(project, "tiny", "screen"), plan.Wanted())
        drawn = dict.fromkeys(planned.drawings, "0")
        return composing.write_plan(tmp_path, planned, drawn, project.root, Store(project.store))

    return plan_file


def line_of(project, path, words):
    lines = (project.root / path).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_stops_an_endless_page_and_names_its_line(project, edit, plan_file):
    edit(COVER, "<h1>", f"{LOOPS}<h1>")
    stopped = Compose(plan_file(), seconds=0.5)
    (problem,) = stopped(Unwritten(0))
    assert (problem.path, problem.line) == (COVER, line_of(project, COVER, "99999"))
    assert problem.message == "the page takes too long to write"
    # It is not waited for again: this would take as long as the test is allowed to.
    assert dataclasses.replace(stopped, seconds=1000)(Unwritten(0)) == (problem,)


def test_stops_a_text_larger_than_memory_and_names_its_line(project, edit, plan_file):
    edit(COVER, "<h1>", "{{ 'a'.ljust(4000000000) | length }}<h1>")
    compose = Compose(plan_file())
    with pool.workers(1, lambda *_: None) as processes:
        results = dict(processes.map("pages", compose, [Unwritten(0), Unwritten(1)], compose.crashed))
    (problem,) = results[Unwritten(0)]
    assert (problem.path, problem.line) == (COVER, line_of(project, COVER, "ljust"))
    assert problem.message == "the page needs more memory than it is allowed"
    assert results[Unwritten(1)].pieces


def test_refuses_a_plan_that_the_build_did_not_write(plan_file):
    found = plan_file()
    found.path.write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    (problem,) = Compose(found)(Unwritten(0))
    assert problem.message == "the plan that worker processes read was changed or deleted during the build"


@pytest.mark.part(name="builds", beyond=1)
@pytest.mark.parametrize(
    "tag",
    [
        '<a rel="attachment" href="data:text/plain,hello">data</a>',
        "<a href='tiny/note.txt' rel='nofollow attachment'>data</a>",
        '<link rel=attachment href="tiny/note.txt">',
    ],
)
def test_refuses_an_attachment_and_makes_the_other_documents(project, edit, tag):
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
def test_refuses_a_drawing_that_repeats_itself_endlessly(project, edit, plan_file, drawing, sound):
    (project.root / "layouts/tiny/mark.svg").write_text(drawing, encoding="utf-8")
    edit(COVER, "<h1>", '<img src="tiny/mark.svg" alt="A mark"><h1>')
    made = Compose(plan_file())(Unwritten(0))
    if sound is False:
        (problem,) = made
        assert (problem.path, problem.line) == (COVER, line_of(project, COVER, "mark.svg"))
        assert problem.message.startswith('the drawing "tiny/mark.svg" has more than 20,000 parts')
    else:
        assert made.pieces


def test_names_a_document_that_crashes_its_process(plan_file):
    found = plan_file()
    for problems in (
        Compose(found).crashed(Unwritten(0)),
        typesetting.Number(found).crashed(typesetting.Paged(0, (), Numbering((1,), PageOf(), LinkedFrom(), ()), ())),
    ):
        assert [problem.message for problem in problems] == ["national-pack crashes the process that composes it"]
