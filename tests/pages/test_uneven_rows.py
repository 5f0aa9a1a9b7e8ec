"""Each row of a table has as many columns as most of them, counted as HTML counts them."""

import pytest

from briefpack.pages import uneven_rows

HEAD = "<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody>"
FULL = "<tr><td>1</td><td>2</td><td>3</td></tr>"


def rows(body: str) -> list[tuple[int, int]]:
    return [(each.has, each.others) for each in uneven_rows.find(f"{HEAD}{FULL}{body}</tbody></table>")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<tr><td>1</td><td>2</td></tr>", (2, 3)),
        ('<tr><th scope="rowgroup" colspan="2">Theme</th></tr>', (2, 3)),
        ('<tr><td rowspan="2">1</td><td>2</td><td>3</td></tr><tr><td>2</td></tr>', (2, 3)),
        (f"{'<tr><td>1</td><td>2</td></tr>' * 4}", (2, 3)),
        ("<tr><td>1</td><td>2</td><td>3</td><td>4</td></tr>", (4, 3)),
        ("<tr><td>1</td><td><table><tr><td>in</td></tr></table></td></tr>", (2, 3)),
    ],
)
def test_finds_a_row_that_lacks_a_cell(body, expected):
    assert rows(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "", FULL, "<tr></tr>", '<tr><td colspan="2">1</td><td></td></tr>', "<tr><th colspan=3>All</th></tr>",
        '<tr><td rowspan="2">1</td><td>2</td><td>3</td></tr><tr><td>2</td><td>3</td></tr>',
        '<tr><td colspan="4">a slip that loses no column</td></tr>', "<!-- <tr><td>1</td></tr> -->",
        "<tr><td>1<td>2<td>3", '<tr><td>1</td><td title="</td> > <td>">2</td><td>3</td></tr>',
    ],
)  # fmt: skip
def test_accepts_rows_that_are_even(body):
    assert rows(body) == []


@pytest.mark.parametrize(
    "table", ["<table><tr><td>1</td></tr><tr><td>1</td><td>2</td></tr></table>", "<p>no table</p>", "<table></table>"]
)
def test_judges_no_table_without_a_usual_number_of_columns(table):
    assert uneven_rows.find(table) == ()


def test_counts_the_columns_of_a_head_of_two_rows():
    head = '<thead><tr><th rowspan="2">A</th><th colspan="2">B</th></tr><tr><th>C</th><th>D</th></tr></thead>'
    assert uneven_rows.find(f"<table>{head}{FULL}</table>") == ()
    [found] = uneven_rows.find(f"<table>{head}{FULL}<tr><td>1</td><td>2</td></tr></table>")
    assert found.message == "a row of the table has 2 columns, and its head has 3"


def test_names_the_line_of_the_row():
    page = "<table><tr><td>1<td>2</tr><tr><td>1<td>2</tr><!--@a/b.html:7--><tr><!--@a/b.html:8--><td>1</tr></table>"
    [found] = uneven_rows.find(page)
    assert (found.template, found.line) == ("a/b.html", 7)
