"""Open queries are marked where their figures print, and nowhere else."""

from pathlib import Path

from briefpack import plan
from briefpack.brief.evidence import Figure, Relation
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Brief
from briefpack.build.proofs import open_queries
from briefpack.checks.read import page_objects
from briefpack.checks.read.page_objects import PageLetters
from briefpack.geometry import Rectangle
from projects import english

PACK = "national/national-pack.pdf"


def page(text: str) -> PageLetters:
    """Return a page of one line, each letter one point wide."""
    boxes = tuple(Rectangle(float(place), 0.0, place + 1.0, 10.0) for place in range(len(text)))
    return PageLetters(text, boxes, (), Rectangle(0.0, 0.0, 400.0, 600.0))


def ledger(**figures: Figure) -> Ledger:
    brief = Brief.model_construct(figures=figures, relations=(), queries={}, asks=())
    return Ledger(brief, english())


def marked(books: Ledger, data, *lines: str) -> list[tuple[int, str]]:
    """Return the page of each mark, and the text in it."""
    pages = [page(line) for line in lines]
    found = open_queries.find(books, data, pages)
    spots = [spot for each in found.values() for spot in each]
    return sorted(
        (spot.page, lines[spot.page - 1][int(box.left) : int(box.right)]) for spot in spots for box in spot.boxes
    )


HURT = Figure(value=20, unit="children", means="hurt", query="why")
FUND = Figure(value=40_000_000, unit="AU$", means="fund", query="why", hedge="about")


def test_a_figure_in_a_text_is_found_by_the_words_around_it():
    data = {"asks": [{"asked": "Every year {hurt:number} children are hurt.[^a]"}]}
    found = marked(ledger(hurt=HURT), data, "Page 20 of 20: every year 20 children are hurt.1", "There are 20 schools.")
    assert found == [(1, "20")]


def test_a_number_that_another_figure_prints_too_is_not_marked_alone():
    other = Figure(value=40_000_000, unit="AU$", means="another", source="a")
    found = marked(ledger(fund=FUND, other=other), {}, "It cost AU$40 million", "It cost about AU$40 million")
    assert found == [(2, "about AU$40 million")]


def test_the_figures_of_a_relation_that_is_queried_share_its_query():
    brief = Brief.model_construct(
        figures={"total": FUND, "a-year": HURT, "other": HURT},
        relations=(Relation(holds="total = a-year × 3", query="sum"),),
    )
    assert open_queries.figures(brief) == {"total": "why", "a-year": "why", "other": "why"}
    plain = {name: Figure(value=1, unit="people", means=name, source="a") for name in ("total", "a-year", "other")}
    assert open_queries.figures(brief.model_copy(update={"figures": plain})) == {"total": "sum", "a-year": "sum"}


def test_marks_the_queried_figure_on_the_finished_pages_of_the_sample(sample_build):
    project, _, folder = sample_build
    loaded = plan.read_brief(project, "tiny")
    pages = page_objects.letters(Path(folder / PACK).read_bytes())
    found = open_queries.find(loaded.ledger, loaded.tree.data, pages)
    assert set(found) == {"how-many"}
    assert {spot.page for spot in found["how-many"]} == {2, 4}
    for spot in found["how-many"]:
        text = pages[spot.page - 1]
        inside = "".join(
            letter
            for letter, box in zip(text.text, text.boxes, strict=True)
            if any(box.within(each, 0.1) for each in spot.boxes)
        )
        assert "".join(inside.split()) == "1in20"
