"""Elements that are read elsewhere than they are in the HTML."""

import re

import pytest

from briefpack.checks import speech
from printed import elements, opened, printed, tree

TWO = '<div><p id="one">One</p><p id="two">Two</p></div><section><p {}>Moved</p><p>Last</p></section>'


def read(body: str) -> list[str]:
    """Return the pieces of text in the order of the tags, by their order on the page."""
    data = printed(body)
    with opened(data) as pdf:
        marked = [kid for element in elements(tree(pdf)) for kid in element.get("/K", []) if isinstance(kid, int)]
        return [["One", "Two", "Moved", "Last"][mcid] for mcid in marked]


@pytest.mark.parametrize(
    ("where", "order"),
    [
        ("before one", ["Moved", "One", "Two", "Last"]),
        ("after one", ["One", "Moved", "Two", "Last"]),
        ("last", ["One", "Two", "Last", "Moved"]),
        ("first", ["One", "Two", "Moved", "Last"]),
        ("into two", ["One", "Moved", "Two", "Last"]),
        ("after nothing", ["One", "Two", "Moved", "Last"]),
        ("upside down", ["One", "Two", "Moved", "Last"]),
    ],
)
def test_reads_an_element_where_it_says(where, order):
    assert read(TWO.format(f'data-read="{where}"')) == order


def test_reads_several_elements_after_one_in_their_order():
    body = '<p id="one">One</p><div><p data-read="after one">Two</p><p data-read="after one">Moved</p></div><p>Last</p>'
    assert read(f"<section>{body}</section>") == ["One", "Two", "Moved", "Last"]


def test_reads_an_eyebrow_as_the_first_words_of_its_heading():
    body = '<p data-tag="Span" data-read="into heading" aria-label="Ask 2: ">ASK 2</p><p>Two</p><h2 id="heading">Build</h2>'
    data = printed(body)
    said = [*speech.lines(speech.heard(data))]
    assert said[-2:] == ["Two", "Heading 2: Ask 2: Build"]


def test_reads_a_list_item_once():
    data = printed('<ul style="list-style: none"><li>One</li><li data-read="first">Two</li></ul>')
    with opened(data) as pdf:
        items = [element for element in elements(tree(pdf)) if element.S == "/LI"]
        [listed] = [element for element in elements(tree(pdf)) if element.S == "/L"]
        assert len(items) == 2
        assert {item.P.objgen for item in items} == {listed.objgen}


def test_reads_an_element_beside_its_neighbour_on_a_later_page():
    body = '<p data-read="before last">One</p><p>Two</p><p style="break-before: page">Three</p><p id="last">Last</p>'
    data = printed(body)
    with opened(data) as pdf:
        first, second = (page.obj.objgen for page in pdf.pages)
        read = [each.Pg.objgen for each in elements(tree(pdf)) if each.S == "/P"]
        assert read == [first, second, first, second]


def test_leaves_an_element_whose_neighbour_is_on_another_page():
    body = '<p id="one">One</p><p>Two</p><p style="break-before: page" data-read="before one">Moved</p>'
    data = printed(body)
    with opened(data) as pdf:
        *_, last = [element for element in elements(tree(pdf)) if element.S == "/P"]
        assert last.Pg.objgen == pdf.pages[1].obj.objgen


HEAD = '<thead><tr><th scope="col">Number</th><th scope="col">Ask</th><th scope="col" id="cost">Cost</th></tr></thead>'
GROUPS = """<tbody><tr><th scope="rowgroup" colspan="3">Streets</th></tr>
<tr><td>1</td><th scope="row">Crossings</th><td>5</td></tr></tbody>
<tbody><tr><th scope="rowgroup" colspan="3">Schools</th></tr>
<tr><td>2</td><th scope="row">Wardens</th><td>7</td></tr></tbody>"""
TOTAL = """<tbody><tr><th scope="row" id="all">Total</th><td colspan="2"{}>12</td></tr></tbody>"""


def headed(body: str) -> dict[str, list[str]]:
    """Return the headers of each cell that has any, by the words of both."""
    data = printed(body)
    with opened(data) as pdf:
        cells = [element for element in elements(tree(pdf)) if element.S in ("/TH", "/TD")]
        words = re.findall(r"<t[hd]\b[^>]*>([^<]*)<", body)
        by_id = {str(cell.ID): text for cell, text in zip(cells, words, strict=True) if "/ID" in cell}
        return {
            text: [by_id[str(header)] for header in cell.A.Headers]
            for cell, text in zip(cells, words, strict=True)
            if "/Headers" in cell.A
        }


def test_the_header_of_a_group_heads_the_cells_of_its_rows():
    found = headed(f"<table>{HEAD}{GROUPS}</table>")
    assert found["5"] == ["Streets", "Crossings", "Cost"]
    assert found["1"] == ["Streets", "Crossings", "Number"]
    assert found["7"] == ["Schools", "Wardens", "Cost"]
    assert (found["Crossings"], found["Wardens"]) == (["Streets"], ["Schools"])


@pytest.mark.parametrize(
    ("attribute", "headers"),
    [("", ["Total", "Ask", "Cost"]), (' headers="all cost"', ["Total", "Cost"])],
)
def test_a_cell_has_the_headers_that_it_names(attribute, headers):
    assert headed(f"<table>{HEAD}{TOTAL.format(attribute)}</table>")["12"] == headers


@pytest.mark.parametrize(("attribute", "summary"), [('aria-label="What each costs"', "What each costs"), ("", None)])
def test_a_table_has_its_summary(attribute, summary):
    data = printed(f"<table {attribute}>{HEAD}</table>")
    with opened(data) as pdf:
        [table] = [element for element in elements(tree(pdf)) if element.S == "/Table"]
        assert (str(table.A.Summary) if "/A" in table else None) == summary


WIDE = """<thead><tr><th scope="col">Ask</th><th scope="col" colspan="2">Cost</th></tr></thead>
<tbody><tr><th rowspan="2">Crossings</th><td>5</td><td>6</td></tr><tr><td>7</td><td>8</td></tr></tbody>"""


def test_a_header_heads_each_row_and_column_that_it_spans():
    found = headed(f"<table>{WIDE}</table>")
    assert found == {number: ["Crossings", "Cost"] for number in "5678"}


def test_a_header_is_for_the_column_or_row_that_it_says():
    body = f'<table>{HEAD}<tbody><tr><th scope="col">Late</th><th>Street</th><td>5</td></tr></tbody></table>'
    with opened(printed(body)) as pdf:
        scopes = [str(each.A.Scope) for each in elements(tree(pdf)) if each.S == "/TH"]
    assert scopes[-2:] == ["/Column", "/Row"]
