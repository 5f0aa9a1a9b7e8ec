"""Rows with a cell too many or too few: which are mistakes, and which text is named."""

from briefpack.tables.widths import Body, find

COLUMNS = ("slug", "address", "suburb", "state", "postcode", "phone", "note")
ROWS = [
    ["harbour", "Level 1, 12 Tern Street", "Ferryton", "W", "7001", "(09) 5550 1001", ""],
    ["page", "56 Plover Lane", "Oxmoor", "E", "7003", "(09) 5550 3003", ""],
    ["wick", "78 Curlew Way", "Saltby", "E", "7004", "(09) 5550 4004", "by ferry"],
]


def body(*more, wide=7, rows=ROWS):
    return Body("seats.csv", COLUMNS, wide, [*enumerate([*rows, *more], start=2)], ",")


def found(*more):
    problems, _ = find(body(*more))
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
        find(Body("seats.csv", COLUMNS, 7, [*enumerate([*ROWS, cells], start=2)], ",", spaced))[0][0].hint
        for spaced in ({(5, 2)}, {(5, 3)})
    ]
    assert [hint.rpartition("probably ")[2] for hint in hints] == [
        'address: "34 Gull Road, Wick"',
        'suburb: "Wick, Vale"',
    ]


def test_names_a_missing_cell():
    problems, _ = find(body(["north", "34 Gull Road", "Wick", "7002", "(09) 5550 2002", ""], rows=ROWS * 4))
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
    assert find(body(rows=padded)) == ([], {})
    assert find(body(wide=8, rows=padded)) == ([], {})


def test_expects_a_last_column_that_is_never_empty():
    full = [["harbour", "10", "3"]] * 10
    problems, _ = find(Body("people.csv", ("slug", "people", "sheep"), 3, [*enumerate([*full, ["page", "4"]])], ","))
    assert [(each.line, each.hint) for each in problems] == [
        (10, "add the missing cell; an empty cell needs its comma too")
    ]


def test_expects_little_of_a_column_with_few_rows():
    """The last cell of a short row is left out, and another has a value for the first time."""
    rows = [["V-10", "ostby", "", "counted"], ["I-1", "isles", "", "counted"]]
    columns = ("postcode", "electorates", "possible", "basis")
    problems, _ = find(Body("codes.csv", columns, 4, [*enumerate([*rows, ["V-20", "marsh", "ostby"]])], ","))
    assert problems == []
