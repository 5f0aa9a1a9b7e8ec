import pytest

from briefpack.problem import Problems
from briefpack.text import tables
from briefpack.text.tables.separated import Body, misfits_in


def read(tmp_path, text, header=None, sheet=None):
    path = tmp_path / "rents.csv"
    path.write_text(text, encoding="utf-8")
    return tables.read(path, "data/rents.csv", header, sheet)


@pytest.mark.parametrize("text", ["A,B\n1,2\n", "sep=;\nA;B\n1;2\n", "\n\nA\tB\n\n1\t2\n", "A,B,\n1,2,\n,,\n"])
def test_reads_what_spreadsheets_write(tmp_path, text):
    found = read(tmp_path, text)
    assert found.columns == ("A", "B")
    assert [row.cells for row in found.rows] == [{"A": "1", "B": "2"}]


def test_takes_no_comma_in_the_name_of_a_column_for_a_separator(tmp_path):
    assert read(tmp_path, '"Low, middling, high";B\n1;2\n').columns == ("Low, middling, high", "B")


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


COLUMNS = ("slug", "address", "suburb", "state", "postcode", "phone", "note")
ROWS = [
    ["harbour", "Level 1, 12 Tern Street", "Ferryton", "W", "7001", "(09) 5550 1001", ""],
    ["page", "56 Plover Lane", "Oxmoor", "E", "7003", "(09) 5550 3003", ""],
    ["wick", "78 Curlew Way", "Saltby", "E", "7004", "(09) 5550 4004", "by ferry"],
]


def body(*more, wide=7, rows=ROWS):
    return Body("seats.csv", COLUMNS, wide, [*enumerate([*rows, *more], start=2)], ",")


def found(*more):
    problems, _ = misfits_in(body(*more))
    return [(each.line, each.message, each.hint) for each in problems]


def test_names_the_text_that_lost_its_quotation_marks():
    cut = ["north", "Shop 2", "34 Gull Road", "Wick", "W", "7002", "(09) 5550 2002", ""]
    assert found(cut) == [
        (
            5,
            "the row has 8 cells, but the table has 7 columns",
            'put quotation marks round the text that has a comma, probably address: "Shop 2, 34 Gull Road"',
        )
    ]


def test_names_the_text_with_a_space_after_its_comma():
    cells = ["north", "34 Gull Road", "Wick", "Vale", "W", "7002", "(09) 5550 2002", ""]
    hints = [
        misfits_in(Body("seats.csv", COLUMNS, 7, [*enumerate([*ROWS, cells], start=2)], ",", spaced))[0][0].hint
        for spaced in ({(5, 2)}, {(5, 3)})
    ]
    assert [hint.rpartition("probably ")[2] for hint in hints] == [
        'address: "34 Gull Road, Wick"',
        'suburb: "Wick, Vale"',
    ]


def test_names_a_missing_cell():
    problems, _ = misfits_in(body(["north", "34 Gull Road", "Wick", "7002", "(09) 5550 2002", ""], rows=ROWS * 4))
    assert [(each.line, each.message, each.hint) for each in problems] == [
        (
            14,
            "the row has 6 cells, but the table has 7 columns",
            "add the missing cell, probably state; an empty cell needs its comma too",
        )
    ]


def test_names_a_quotation_that_takes_in_two_cells():
    _, hint = found(["north", "34 Gull Road,Wick", "W", "7002", "(09) 5550 2002", ""])[0][1:]
    assert hint == 'add the missing cell; a quotation mark may be too far right in "34 Gull Road,Wick"'


def test_allows_empty_cells_that_a_spreadsheet_adds_or_leaves_out():
    assert found(["north", "34 Gull Road", "Wick", "W", "7002", "(09) 5550 2002"]) == []
    assert found(["north", "34 Gull Road", "Wick", "W", "7002", "(09) 5550 2002", "", ""]) == []
    padded = [[*row, ""] for row in ROWS]
    assert misfits_in(body(rows=padded)) == ([], {})
    assert misfits_in(body(wide=8, rows=padded)) == ([], {})


def test_expects_a_last_column_that_is_never_empty():
    full = [["harbour", "10", "3"]] * 10
    problems, _ = misfits_in(
        Body("people.csv", ("slug", "people", "sheep"), 3, [*enumerate([*full, ["page", "4"]])], ",")
    )
    assert [(each.line, each.hint) for each in problems] == [
        (10, "add the missing cell; an empty cell needs its comma too")
    ]


def test_expects_little_of_a_column_with_few_rows():
    """The last cell of a short row is left out, and another has a value for the first time."""
    rows = [["V-10", "ostby", "", "counted"], ["I-1", "isles", "", "counted"]]
    columns = ("postcode", "electorates", "possible", "basis")
    problems, _ = misfits_in(Body("codes.csv", columns, 4, [*enumerate([*rows, ["V-20", "marsh", "ostby"]])], ","))
    assert problems == []
