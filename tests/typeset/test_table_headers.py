"""The headers of a table's cells, and its summary, as its HTML gives them."""

import re

import pytest

from briefpack.typeset import tags
from briefpack.typeset.weasyprint import patched
from printed import elements, opened, printed, tree

HEAD = '<thead><tr><th scope="col">Number</th><th scope="col">Ask</th><th scope="col" id="cost">Cost</th></tr></thead>'
GROUPS = """<tbody><tr><th scope="rowgroup" colspan="3">Streets</th></tr>
<tr><td>1</td><th scope="row">Crossings</th><td>5</td></tr></tbody>
<tbody><tr><th scope="rowgroup" colspan="3">Schools</th></tr>
<tr><td>2</td><th scope="row">Wardens</th><td>7</td></tr></tbody>"""
TOTAL = """<tbody><tr><th scope="row" id="all">Total</th><td colspan="2"{}>12</td></tr></tbody>"""


def headed(body: str) -> dict[str, list[str]]:
    """Return the headers of each cell that has any, by the words of both."""
    with patched():
        data = tags.repair(printed(body), {})
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
    with patched():
        data = tags.repair(printed(f"<table {attribute}>{HEAD}</table>"), {})
    with opened(data) as pdf:
        [table] = [element for element in elements(tree(pdf)) if element.S == "/Table"]
        assert (str(table.A.Summary) if "/A" in table else None) == summary
