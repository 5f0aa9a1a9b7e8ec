import pytest

from briefpack.problem import Problems
from briefpack.text import tables


def read(tmp_path, text, header=None, sheet=None):
    path = tmp_path / "rents.csv"
    path.write_text(text, encoding="utf-8")
    return tables.read(path, "data/rents.csv", header, sheet)


@pytest.mark.parametrize("text", ["A,B\n1,2\n", "sep=;\nA;B\n1;2\n", "\n\nA\tB\n\n1\t2\n", "A,B,\n1,2,\n,,\n"])
def test_reads_what_spreadsheets_write(tmp_path, text):
    found = read(tmp_path, text)
    assert found.columns == ("A", "B")
    assert [row.cells for row in found.rows] == [{"A": "1", "B": "2"}]


def test_reports_a_line_of_names_below_the_end(tmp_path):
    with pytest.raises(Problems, match=r"data/rents\.csv:9: the file is empty"):
        read(tmp_path, "A,B\n1,2\n", header=9)


ROWS = """slug,address,suburb,note
harbour,"Level 1, 12 Tern Street",Ferryton,
page,56 Plover Lane,Oxmoor,
wick,78 Curlew Way,Saltby,by ferry
"""


def test_names_the_row_with_a_text_that_lost_its_quotation_marks(tmp_path):
    with pytest.raises(Problems) as error:
        read(tmp_path, f"{ROWS}north,Shop 2, 34 Gull Road,Wick,\n")
    [problem] = error.value.problems
    assert (problem.line, problem.message, problem.hint) == (
        5,
        "the row has 5 cells, but the table has 4 columns",
        "put quotation marks round the text that has a comma",
    )


def test_explains_whatever_is_wrong_with_a_row_that_lacks_a_cell(tmp_path):
    found = read(tmp_path, f"{ROWS}north,34 Gull Road\n")
    assert [row.misfit for row in found.rows[:3]] == [None] * 3
    assert found.rows[3].misfit.message == "the row has 2 cells, but the table has 4 columns"
    assert found.rows[3].misfit.hint == "add the missing cell; an empty cell needs its comma too"


def test_allows_empty_cells_that_a_spreadsheet_adds_to_every_row(tmp_path):
    found = read(tmp_path, "slug,people\nharbour,4,,\npage,5,,\nwick,6,,\n")
    assert [row["people"] for row in found.rows] == ["4", "5", "6"]
