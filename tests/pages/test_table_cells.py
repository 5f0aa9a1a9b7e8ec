"""The cells of a table: words that may break, and words that stay together."""

import io
import re

import pypdfium2
import pytest

from briefpack.brief.model import Section
from sections import Bench

LONG_WORD = "Parliamentary-Commission"
FEW, MANY = 4, 5


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Bench:
    return Bench("ijm", tmp_path_factory.mktemp("ijm"))


def body(bench: Bench, *cells: str) -> str:
    """Return the HTML of a row, in a table with as many columns."""
    table = {"caption": "Costs", "columns": [LONG_WORD] * len(cells), "rows": [list(cells)]}
    section = Section.model_validate({"id": "one", "label": "One", "heading": "One", "blocks": [{"table": table}]})
    _, pieces = bench.pieces(section)
    [piece] = [each for each in pieces if 'id="section-one"' in each.html]
    [row] = re.findall(r"<tbody>(.*?)</tbody>", piece.html, re.DOTALL)
    return str(row)


def classes(bench: Bench, *cells: str) -> list[str]:
    """Return the class of each cell of a row."""
    return [found[1] for found in re.findall(r'<t[dh](?: scope="row")?( class="(\w+)")?>', body(bench, *cells))]


@pytest.mark.part(name="builds")
def test_breaks_a_printed_word_that_is_too_long_and_keeps_a_few_letters_together(bench):
    """The name of a figure is long, but doesn't print."""
    name = next(name for name in bench.brief.brief.figures if len(name) > 18)
    cells = ("Row", f"The {LONG_WORD} met", "A sentence of some words", f"{{{name}}}")
    assert classes(bench, *cells) == ["kept", "broken", "", ""]


@pytest.mark.part(name="lengths")
@pytest.mark.parametrize(("columns", "kept"), [(FEW, "kept"), (MANY, "")])
def test_lets_short_cells_wrap_among_many(bench, columns, kept):
    assert classes(bench, *["seven years"] * columns) == [kept] * columns


def test_has_a_dash_heard_as_a_value_that_nobody_has(bench):
    row = body(bench, "Row", "–", "2015 – 2016")
    assert row.count('<span aria-label="not available">–</span>') == 1


@pytest.mark.part(name="lengths")
@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("AU$1,110", "amount"),
        ("–", "amount"),
        ("7 days", "kept"),
    ],
)
def test_aligns_a_column_of_numbers_at_the_right(bench, cell, kind):
    assert classes(bench, "2025", cell) == ["kept", kind]


@pytest.mark.part(name="lengths")
def test_the_numbers_of_a_column_end_at_one_edge(bench):
    rows = [["Few", "3"], ["Many", "1,110"]]
    table = {"caption": "Counts", "columns": ["Row", "Number"], "rows": rows}
    section = Section.model_validate({"id": "one", "label": "One", "heading": "One", "blocks": [{"table": table}]})
    planned, pieces = bench.pieces(section)
    _, pdf = bench.lay_out(planned, next(each for each in pieces if 'id="section-one"' in each.html))
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        page = document[0].get_textpage()
        last = [sum(page.search(words, match_whole_word=True).get_next()) - 1 for words in ("3", "1,110")]
        rights = [page.get_charbox(place, loose=True)[2] for place in last]
    assert rights[0] == pytest.approx(rights[1], abs=0.5)


@pytest.mark.part(name="lengths")
def test_a_caption_begins_a_page_with_its_table(bench):
    """Among texts that end at each line of the foot of a page, one leaves room for a caption alone."""
    table = {
        "caption": "Counts of towns",
        "columns": ["Row", "Number"],
        "rows": [["Few", "3"], ["Many", "4"], ["All", "7"]],
    }
    for count in (38, 40, 42):
        blocks = [{"text": "\n\n".join(["A line of text."] * count)}, {"table": table}]
        section = Section.model_validate({"id": "one", "label": "One", "heading": "One", "blocks": blocks})
        planned, pieces = bench.pieces(section)
        _, pdf = bench.lay_out(planned, next(each for each in pieces if 'id="section-one"' in each.html))
        with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
            printed = [page.get_textpage().get_text_bounded() for page in document]
        assert [("Counts of towns" in text) for text in printed] == [("Many" in text) for text in printed], count
