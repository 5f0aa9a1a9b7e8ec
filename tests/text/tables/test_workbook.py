import zipfile

import pytest

from briefpack.problem import Problems
from briefpack.text import tables
from text.tables import sheets

RENTS = sheets.rows(("Year", "Town"), (2005, 300), (2006, 310.5))


def read(path, header=None, sheet=None):
    return tables.read(path, f"data/{path.name}", header, sheet)


def book(tmp_path, **named):
    return sheets.write(tmp_path / "rents.xlsx", sheets.parts(**named))


def refused(path):
    with pytest.raises(Problems) as caught:
        read(path)
    [problem] = caught.value.problems
    return problem.message


def test_reads_the_cells_of_a_sheet_with_their_places(tmp_path):
    found = read(book(tmp_path, Weekly=RENTS))
    assert (found.columns, found.sheet) == (("Year", "Town"), "Weekly")
    assert [row.cells for row in found.rows] == [{"Year": "2005", "Town": "300"}, {"Year": "2006", "Town": "310.5"}]
    place = found.place(found.rows[1], "Town")
    assert (place.path, place.line, place.name) == ("data/rents.xlsx", None, 'sheet "Weekly", B3')


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (sheets.cell("B2", 0.45, style=1), "45%"),
        (sheets.cell("B2", 0.1234, style=2), "12.34%"),
        (sheets.cell("B2", 0.30000000000000004), "0.3"),
        (sheets.cell("B2", 1e21), "1000000000000000000000"),
        (sheets.cell("B2", 45000, style=3), "2023-03-15"),
        (sheets.cell("B2", "#N/A", kind="e"), "#N/A"),
        (sheets.cell("B2", "#ERROR!", kind="e"), "#ERROR!"),
        (sheets.cell("B2", 1, kind="b"), "yes"),
        (sheets.cell("B2", 7, formula="3+4"), "7"),
        (sheets.cell("B2", "seven", formula="A2", kind="str"), "seven"),
        (sheets.cell("B2", formula="3+4"), "formula without a result"),
        (sheets.cell("B2", "  two\nlines "), "two lines"),
    ],
)
def test_reads_a_cell_as_the_spreadsheet_shows_it(tmp_path, cell, text):
    data = f'{sheets.rows(("Year", "Town"))}<row r="2">{sheets.cell("A2", 2005)}{cell}</row>'
    assert read(book(tmp_path, Weekly=data)).rows[0]["Town"] == text


def test_chooses_the_sheet_that_is_named(tmp_path):
    path = book(tmp_path, Notes=sheets.rows(("Read me",)), Weekly=RENTS)
    assert read(path, sheet="Weekly").columns == ("Year", "Town")
    with pytest.raises(tables.SheetError) as caught:
        read(path)
    assert (str(caught.value), caught.value.hint) == (
        "the file has several sheets", "add sheet: and the name of one: Notes, Weekly",
    )  # fmt: skip
    with pytest.raises(tables.SheetError, match='there is no sheet called "Weakly"') as caught:
        read(path, sheet="Weakly")
    assert caught.value.hint == "Weekly or Notes"


def test_reads_an_open_document(tmp_path):
    row = '<table:table-row><table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>{}</table:table-row>'
    share = '<table:table-cell office:value-type="percentage" office:value="0.45"/><table:table-cell table:number-columns-repeated="16382"/>'
    data = row.format("Year", '<table:table-cell office:value-type="string"><text:p>Share</text:p></table:table-cell>')
    data += row.format("2005", share)
    data += '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    found = read(sheets.write(tmp_path / "rents.ods", sheets.ods(Weekly=data)))
    assert [row.cells for row in found.rows] == [{"Year": "2005", "Share": "45%"}]


# Hostile files: each is a problem or does no harm, and nothing outside it is fetched or run.


def test_refuses_a_file_that_unpacks_to_gigabytes(tmp_path):
    path = book(tmp_path, Weekly=RENTS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file, file.open("xl/more.xml", "w") as part:
        for _ in range(90):
            part.write(b" " * 1_000_000)
    assert path.stat().st_size < 200_000
    assert refused(path) == "the file unpacks to more than 80 MB"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"]
)
def test_refuses_a_file_that_defines_entities(tmp_path, part):
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    dtd = f'<!DOCTYPE x [<!ENTITY a0 "ha"><!ENTITY file SYSTEM "file:///etc/passwd">{laughs}]>'
    found = sheets.parts(Weekly=RENTS)
    found[part] = f"{dtd}{found.get(part, '<sst/>')}"
    assert refused(sheets.write(tmp_path / "rents.xlsx", found)) == "the file is damaged, or isn't a spreadsheet"


def test_fetches_nothing_that_a_file_links_to(tmp_path, monkeypatch):
    def fetch(*_address):
        raise AssertionError

    monkeypatch.setattr("socket.socket.connect", fetch)
    found = sheets.parts(Weekly=sheets.rows(("Year", "Town")) + f'<row r="2">{sheets.cell("A2", 2005)}'
        f'{sheets.cell("B2", 300, formula="WEBSERVICE(&quot;https://tracker.example&quot;)")}'
        f'{sheets.cell("C2", formula="[1]Sheet1!A1")}</row>')  # fmt: skip
    found["xl/_rels/workbook.xml.rels"] = found["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="x" Type="{sheets.OFFICE}/externalLink" Target="https://tracker.example/a.xlsx" TargetMode="External"/></Relationships>',
    )
    found["xl/externalLinks/externalLink1.xml"] = f'<externalLink xmlns="{sheets.MAIN}"/>'
    found["xl/vbaProject.bin"] = "Sub Auto_Open()"
    assert read(sheets.write(tmp_path / "rents.xlsx", found)).rows[0].cells == {"Year": "2005", "Town": "300"}


@pytest.mark.parametrize("sheet", ["/etc/passwd", "../../../../etc/passwd", "worksheets/none.xml"])
def test_reads_no_sheet_outside_the_file(tmp_path, sheet):
    found = sheets.parts(Weekly=RENTS)
    found["xl/_rels/workbook.xml.rels"] = found["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", sheet)
    assert refused(sheets.write(tmp_path / "rents.xlsx", found)) == "the file is damaged, or isn't a spreadsheet"


@pytest.mark.parametrize("far", ["XFD1048576", "B1048576"])
def test_refuses_a_sheet_with_a_cell_far_from_the_others(tmp_path, far):
    """Two cells are enough to take gigabytes, since the library has a place in memory for each cell between them."""
    data = f'{RENTS}<row r="1048576">{sheets.cell(far, 1)}</row>'
    path = book(tmp_path, Weekly=data, Other=RENTS)
    assert read(path, sheet="Other").columns == ("Year", "Town")
    with pytest.raises(Problems, match=f'sheet "Weekly": its last cell is {far}, too far from the first'):
        read(path, sheet="Weekly")


def test_refuses_five_million_rows(tmp_path):
    path = tmp_path / "rents.csv"
    path.write_text("Year,Town\n" + "2005,300\n" * 5_000_000, encoding="utf-8")
    assert refused(path) == "the file is over 20 MB"
    path.write_text("Y\n" + "1\n" * 5_000_000, encoding="utf-8")
    assert refused(path) == "the file has more than 200,000 rows"


def test_refuses_an_open_document_with_a_billion_spaces(tmp_path):
    data = '<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="999999999"/></text:p></table:table-cell></table:table-row>'
    path = sheets.write(tmp_path / "rents.ods", sheets.ods(Weekly=data))
    assert refused(path) == "the file is damaged, or isn't a spreadsheet"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is damaged, or isn't a spreadsheet"),
        (b"Year,Town\n2005,300\n", "the file is damaged, or isn't a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "the file is in an old format, or has a password"),
    ],
)
def test_refuses_what_is_no_spreadsheet(tmp_path, data, message):
    path = tmp_path / "rents.xlsx"
    path.write_bytes(data)
    assert refused(path) == message


def test_refuses_other_kinds_of_file(tmp_path):
    path = tmp_path / "rents.xls"
    path.write_bytes(b"")
    assert refused(path) == "this kind of file can't be read"


@pytest.mark.parametrize("text", ["<row", "<row r='x'/>", '<row r="1"><c r="1A"><v>1</v></c></row>', "<c/>" * 3])
def test_survives_malformed_sheets(tmp_path, text):
    path = book(tmp_path, Weekly=text)
    assert refused(path)
