"""A piece that fails, or takes too long, stops no other."""

import dataclasses
import json

import pytest

from briefpack import charts, layout, pages, plan, schema, store, typeset
from briefpack.geometry import Rectangle
from briefpack.jobs import laying_out
from briefpack.jobs.draw import Draw
from briefpack.plan.expected import Press
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
    drawn = {each: charts.key(each, common, project.root) for each in planned.drawings}
    for wanted in drawn.items():
        assert Draw(found.look, english(), project.root, kept, None, common)(wanted) is None
    writer = pages.composer(planned, project.root, drawn, kept)
    return kept, [piece for document in planned.documents for piece in pages.compose(writer, document).pieces]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_stops_a_piece_that_takes_too_long(project, pieces):
    kept, found = pieces
    # Fonts and style sheets are read first, so that the time runs out over the text alone, and no file is left open.
    assert laying_out.LayOut(project.root, kept, plan.Expected())(found[0]).sound
    endless = found[0].html.replace("</body>", "<p>Words without end.</p>" * 20_000 + "</body>")
    long = dataclasses.replace(found[0], html=endless, key=store.key("long"))
    laid_out = laying_out.LayOut(project.root, kept, plan.Expected(), seconds=0.2)(long)
    assert [problem.message for problem in laid_out.problems] == [f"{found[0].name} takes longer than 0.2 seconds"]
    assert kept.get(long.key) is None
    assert laying_out.LayOut(project.root, kept, plan.Expected())(found[0]).sound


def test_a_piece_that_fails_stops_no_other(project, pieces):
    kept, found = pieces
    broken = dataclasses.replace(found[0], styles=("tiny/not-there.css",))
    laid_out = laying_out.LayOut(project.root, kept, plan.Expected())(broken)
    assert found[0].name in laid_out.problems[0].message
    assert not laid_out.sound
    assert laying_out.LayOut(project.root, kept, plan.Expected())(found[1]).sound


def test_returns_a_stored_piece_as_it_was_laid_out(project, pieces):
    kept, found = pieces
    for piece in found:
        laid_out = laying_out.LayOut(project.root, kept, plan.Expected())(piece)
        again = laying_out.stored(kept, piece.key)
        assert again == laid_out


def test_keeps_a_refused_piece_apart_from_those_that_can_be_bound(project, pieces):
    kept, found = pieces
    broken = dataclasses.replace(found[0], html=found[0].html.replace("</body>", '<img src="not-there.png"></body>'))
    for _ in range(2):
        laid_out = laying_out.LayOut(project.root, kept, plan.Expected())(broken)
        assert not laid_out.sound
        assert laying_out.stored(kept, broken.key) is None
    assert laying_out.stored(kept, laying_out.refused_key(broken.key)) == laid_out
    assert laying_out.pdf(kept, laying_out.refused_key(broken.key)).startswith(b"%PDF-")


def test_reads_overset_text_that_was_stored_with_or_without_its_places():
    spill = typeset.Spill("text", 2, 9, places=((1, Rectangle(1, 2, 3, 4.5)), (2, Rectangle(1, 2, 3, 4))))
    laid_out = laying_out.LaidOut(2, {}, {}, {}, spills=(spill,))
    written = schema.to_json(laid_out)
    assert schema.from_json(laying_out.LaidOut, written) == laid_out
    older = json.loads(written)
    older["spills"] = [{"field": "text", "lines": 2, "words": 9}]
    read = schema.from_json(laying_out.LaidOut, json.dumps(older).encode())
    assert read is not None
    assert read.spills == (typeset.Spill("text", 2, 9),)


def test_keeps_a_piece_with_a_colour_that_has_no_ink(project, pieces):
    kept, found = pieces
    press = Press(3.0, 300, "FOGRA39", project.root, {}, ())
    laid_out = laying_out.LayOut(project.root, kept, plan.Expected(press=press))(found[0])
    assert "has no ink" in laid_out.problems[0].message
    assert laying_out.pdf(kept, laying_out.refused_key(found[0].key)).startswith(b"%PDF-")
