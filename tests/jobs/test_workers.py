import contextlib
import dataclasses
import time

import pytest

from briefpack import charts, layout, limits, pages, plan, store
from briefpack.jobs import binding, drawing, laying_out
from briefpack.store import Store
from projects import english


@pytest.fixture
def pieces(project):
    """The pieces of the sample's documents, with the store and root that a worker needs."""
    brief = plan.read_brief(project, "tiny", charts.kinds(project.root / "charts"))
    found = layout.load(project, "tiny", "screen")
    planned = plan.make(brief, found, plan.Wanted())
    kept = Store(project.store)
    common = charts.made_from(found.look, english(), project.root, None)
    drawn = {drawing: charts.key(drawing, common, project.root) for drawing in planned.drawings}
    for wanted in drawn.items():
        assert drawing.Draw(found.look, english(), project.root, kept, None, common)(wanted) is None
    writer = pages.composer(planned, project.root, drawn, kept)
    return kept, [piece for document in planned.documents for piece in pages.compose(writer, document).pieces]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_piece_that_takes_too_long_is_ended_and_named(project, pieces):
    kept, found = pieces
    # Fonts and style sheets are read first, so that the time runs out over the text alone, and no file is left open.
    assert laying_out.LayOut(project.root, kept, plan.Expected())(found[0]).sound
    endless = found[0].html.replace("</body>", "<p>Words without end.</p>" * 20_000 + "</body>")
    long = dataclasses.replace(found[0], html=endless, key=store.key("long"))
    laid_out = laying_out.LayOut(project.root, kept, plan.Expected(), seconds=0.2)(long)
    assert [problem.message for problem in laid_out.problems] == [f"{found[0].name} takes longer than 0.2 seconds"]
    assert kept.get(long.key) is None
    assert laying_out.LayOut(project.root, kept, plan.Expected())(found[0]).sound


def test_an_alarm_that_a_callback_swallows_rings_again(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS_TO_RING_AGAIN", 0.05)
    end = time.monotonic() + 20
    with pytest.raises(limits.Overdue), limits.within(0.05):  # noqa: PT012 -- what is timed
        while time.monotonic() < end:
            with contextlib.suppress(limits.Overdue):
                time.sleep(0.2)
                pytest.fail("the first did not ring")
            time.sleep(5)


def test_a_piece_that_fails_is_named_and_stops_no_other(project, pieces):
    kept, found = pieces
    broken = dataclasses.replace(found[0], styles=("tiny/not-there.css",))
    laid_out = laying_out.LayOut(project.root, kept, plan.Expected())(broken)
    assert found[0].name in laid_out.problems[0].message
    assert not laid_out.sound
    assert laying_out.LayOut(project.root, kept, plan.Expected())(found[1]).sound


def test_a_kept_piece_comes_back_as_it_was_set(project, pieces):
    kept, found = pieces
    for piece in found:
        laid_out = laying_out.LayOut(project.root, kept, plan.Expected())(piece)
        again = laying_out.stored(kept, piece.key)
        assert again == laid_out


def test_a_chart_is_not_kept_under_a_key_that_its_file_no_longer_has(project):
    brief = plan.read_brief(project, "tiny", charts.kinds(project.root / "charts"))
    found = layout.load(project, "tiny", "screen")
    wanted = next(iter(plan.make(brief, found, plan.Wanted()).drawings))
    common = charts.made_from(found.look, english(), project.root, None)
    draw = drawing.Draw(found.look, english(), project.root, Store(project.store), None, common)
    key = charts.key(wanted, common, project.root)
    file = charts.file(project.root / "charts", wanted.kind)
    file.write_text(file.read_text(encoding="utf-8") + "# a note\n", encoding="utf-8")
    undrawn = draw((wanted, key))
    assert (undrawn.path, undrawn.hint) == (f"charts/{file.name}", "build again")
    assert draw.kept.get(key) is None
    assert draw((wanted, charts.key(wanted, common, project.root))) is None


def test_a_piece_that_went_from_the_store_is_said_of_the_document_that_needs_it(project):
    brief = plan.read_brief(project, "tiny", charts.kinds(project.root / "charts"))
    planned = plan.make(brief, layout.load(project, "tiny", "screen"), plan.Wanted())
    job = binding.Job(planned.documents[0], ("0" * 64,), (), ())
    bind = binding.Bind(plan.expected(planned), Store(project.store), project.root, "out/tiny/tiny/screen")
    bound = bind(job)
    (problem,) = bound.problems
    assert bound.sha256 == ""
    assert (problem.path, problem.hint) == ("out/tiny/tiny/screen/national/national-pack.pdf", "build again")
