"""Problems are numbered in the order in which a reader of the proof meets them."""

from briefpack.brief.model import Query
from briefpack.geometry import Rectangle
from briefpack.problem import Problem
from briefpack.proofs import marks
from briefpack.proofs.model import ListedProblem, PageArea, Spot

AREAS = (PageArea(400.0, 600.0), PageArea(400.0, 600.0))
HIGH, LOW = Rectangle(50.0, 500.0, 90.0, 510.0), Rectangle(50.0, 100.0, 90.0, 110.0)


def problem(message, page=None, *boxes, **more):
    return Problem("briefs/tiny/brief.yaml", 7, message, "fix it", page=page, boxes=boxes, **more)


def test_those_without_a_place_come_first_then_each_page_from_its_head_down():
    found = marks.of_problems(
        [
            problem("second page", 2, HIGH),
            problem("low", 1, LOW),
            problem("high", 1, HIGH),
            problem("page", 1),
            problem("none"),
        ],
        AREAS,
        "pack",
    )
    assert [(each.number, each.message) for each in found.problems] == [
        (1, "none"), (2, "page"), (3, "high"), (4, "low"), (5, "second page"),
    ]  # fmt: skip
    assert [[each.number for each in page.beside] for page in found.pages] == [[3, 4], [5]]
    assert [page.at_head for page in found.pages] == [(2,), ()]


def test_lists_the_message_the_fix_and_the_authors_line():
    found = marks.of_problems([problem("too long", 1, HIGH)], AREAS, "pack")
    assert found.problems == (ListedProblem(1, "too long", "fix it", "briefs/tiny/brief.yaml:7", 1),)


def test_leaves_out_warnings_and_repeats():
    found = marks.of_problems([problem("one"), problem("one"), problem("maybe", warning=True)], AREAS, "pack")
    assert [each.message for each in found.problems] == ["one"]


def test_a_problem_of_a_page_that_the_document_lacks_is_listed_first():
    found = marks.of_problems([problem("here", 1, HIGH), problem("stray page", 9, HIGH)], AREAS, "pack")
    assert [each.message for each in found.problems] == ["stray page", "here"]


def test_marks_the_boxes_on_further_pages_under_the_same_number():
    found = marks.of_problems([problem("too long", 1, HIGH, continued=((2, LOW),))], AREAS, "pack")
    assert [[each.number for each in page.beside] for page in found.pages] == [[1], [1]]
    assert [each.page for each in found.problems] == [1]


def test_the_list_leaves_out_the_page_and_the_document_but_not_the_check():
    texts = {
        "type-size: page 2: pack: body: too small": "type-size: body: too small",
        "type-size: page 2: too small": "type-size: too small",
        "type-size: page 3: pack: too small": "type-size: page 3: pack: too small",
    }
    problems = [problem(text, 2, check="type-size") for text in texts]
    found = marks.of_problems([*problems, problem("pack: body has 3 pages")], AREAS, "pack")
    assert [each.message for each in found.problems] == ["body has 3 pages", *texts.values()]


def test_numbers_the_open_queries_whose_figures_print_and_lists_the_others():
    queries = {name: Query(about=name, question="Why?") for name in ("first", "second", "third")}
    found = {"third": [Spot(0, 2, (HIGH,)), Spot(0, 1, (LOW,))], "first": [Spot(0, 1, (HIGH,))]}
    made = marks.of_queries(queries, found, AREAS, others=True)
    assert [(each.number, each.id, each.pages) for each in made.queries] == [(1, "first", (1,)), (2, "third", (1, 2))]
    assert [each.id for each in made.others] == ["second"]
    assert [[each.number for each in page.beside] for page in made.pages] == [[1, 2], [2]]
    assert marks.of_queries(queries, found, AREAS, others=False).others == ()
