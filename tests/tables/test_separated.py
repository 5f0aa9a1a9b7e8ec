import pytest

from briefpack import tables
from briefpack.problem import Problems


def read(tmp_path, text, header=None, sheet=None):
    path = tmp_path / "rents.csv"
    path.write_text(text, encoding="utf-8")
    return tables.read(path, "data/rents.csv", header, sheet)


@pytest.mark.parametrize("text", ["A,B\n1,2\n", "sep=;\nA;B\n1;2\n", "\n\nA\tB\n\n1\t2\n", "A,B,\n1,2,\n,,\n"])
def test_reads_what_spreadsheets_write(tmp_path, text):
    found = read(tmp_path, text)
    assert found.columns == ("A", "B")
    assert [row.cells for row in found.rows] == [{"A": "1", "B": "2"}]


def test_finds_the_column_names_on_a_given_line(tmp_path):
    found = read(tmp_path, "Rents, homes, and more\nin dollars\nA;B\n1;2\n", header=3)
    assert (found.columns, found.line, found.rows[0].line) == (("A", "B"), 3, 4)


def test_reports_a_line_of_names_below_the_end(tmp_path):
    with pytest.raises(Problems, match=r"data/rents\.csv:9: the file is empty"):
        read(tmp_path, "A,B\n1,2\n", header=9)


def test_names_cells_as_a_spreadsheet_does(tmp_path):
    found = read(tmp_path, ",".join(f"c{n}" for n in range(30)) + "\n" + ",".join(["1"] * 30) + "\n")
    row = found.rows[0]
    assert [found.cell(row, f"c{n}") for n in (0, 25, 26, 29)] == ["A2", "Z2", "AA2", "AD2"]
    assert (found.place(row, "c3").line, found.place(row, "c3").name) == (2, "c3")
