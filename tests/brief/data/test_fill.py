from decimal import Decimal

import pytest

from briefpack import plan
from briefpack.brief.blocks import Table
from briefpack.plan import drawings
from briefpack.problem import Problems
from briefpack.schema import walk
from projects import copy_sample
from text.tables import sheets

RENTS = "Year,Town,Country,Low,High\n2005,300,270,250,350\n2006,310,,260,360\n2007,325,290,270,380\n"
ROWS = """    rows:
      - {label: Before, figure: speed-before}
      - {label: After, figure: speed-after, strong: yes}
"""
BLOCK = "      - chart: speeds\n    national:\n"


@pytest.fixture
def filled(project, edit):
    """Return a function that reads the sample with a data file, and with a figure, a chart or a table from it."""

    def read(*, figure="", chart="", table="", file="{file: rents.csv, unit: AU$, source: school-count}", rents=RENTS):
        (project.root / "briefs/tiny/data").mkdir(exist_ok=True)
        (project.root / "briefs/tiny/data/rents.csv").write_text(rents, encoding="utf-8")
        edit(
            "briefs/tiny/brief.yaml",
            "\nrelations:\n",
            f"{figure and f'  rent: {figure}'}\n\ndata: {{rents: {file}}}\n\nrelations:\n",
        )
        if chart:
            edit("briefs/tiny/brief.yaml", ROWS, f"    data: {chart}\n")
        if table:
            edit("briefs/tiny/brief.yaml", BLOCK, f"      - table: {table}\n{BLOCK}")
        return plan.read_brief(project, "tiny")

    return read


def rows(loaded):
    chart = loaded.brief.charts["speeds"]
    return [drawings._row(loaded.ledger, row) for row in chart.rows]


def table(loaded):
    [found] = [part for _, part in walk(loaded.brief) if isinstance(part, Table)]
    return found


def test_gives_a_figure_the_value_of_a_cell_and_the_unit_source_and_date_of_its_file(filled):
    file = "{file: rents.csv, unit: AU$, source: school-count, as_at: June 2025}"
    rent = filled(
        figure="{data: {from: rents, column: Town, where: {Year: 2006}}, means: rent}", file=file
    ).brief.figures["rent"]
    assert (rent.value, rent.unit, rent.source, rent.as_at) == (Decimal(310), "AU$", "school-count", "June 2025")


def test_names_a_file_where_it_is_used(filled):
    own = "{data: {file: rents.csv, unit: £, source: own, column: Town, where: {Year: 2007}}, means: rent}"
    assert filled(figure=own).ledger.written("rent") == "£325"


def test_draws_a_mark_for_each_row_and_each_column_of_numbers(filled):
    loaded = filled(chart="{from: rents, label: Year, values: [Town, Country], strong: [Town]}")
    found = [(row.label, row.series, row.value, row.written, row.unit, row.strong) for row in rows(loaded)]
    assert found == [
        ("2005", "Town", 300, "AU$300", "AU$", True),
        ("2005", "Country", 270, "AU$270", "AU$", False),
        ("2006", "Town", 310, "AU$310", "AU$", True),
        ("2007", "Town", 325, "AU$325", "AU$", True),
        ("2007", "Country", 290, "AU$290", "AU$", False),
    ]


def test_takes_the_ends_of_ranges(filled):
    loaded = filled(chart="{from: rents, label: Year, low: Low, high: High, where: {Year: 2005}}")
    assert [(row.value, row.low, row.high_written) for row in rows(loaded)] == [(None, 250, "AU$350")]


def test_prints_a_tables_numbers_as_figures_and_cites_their_source(filled):
    found = table(filled(table="{caption: Rents, data: {from: rents, columns: [Year, Town, Country]}}"))
    assert (found.caption, found.columns) == ("Rents[^school-count]", ("Year", "Town", "Country"))
    assert found.rows[1] == ("2006", "{rents-b3}", "–")


def test_fills_a_table_of_a_brief_without_figures(tmp_path):
    project = copy_sample(tmp_path / "project")
    (project.root / "briefs/bare/data").mkdir(parents=True)
    (project.root / "briefs/bare/data/rents.csv").write_text(RENTS, encoding="utf-8")
    (project.root / "briefs/bare/brief.yaml").write_text(
        """title: Rents
layout: tiny
organisation: {name: Walk Safely}
sources: {report: {publisher: Example Institute}}
data: {rents: {file: rents.csv, unit: AU$, source: report}}
sections:
  - {id: rents, heading: Rents, blocks: [{table: {caption: Rents, data: {from: rents, columns: [Year, Town]}}}]}
""",
        encoding="utf-8",
    )
    loaded = plan.read_brief(project, "bare")
    assert len(table(loaded).rows) == 3


def test_prints_a_column_of_text_as_it_is(filled):
    file = "{file: rents.csv, unit: AU$, source: school-count, columns: {town: {heading: Town, text: yes}, c: {heading: Country, unit: £}}}"
    loaded = filled(
        table="{caption: Rents, data: {from: rents, columns: {Year: Year, town: Code, c: Rent}}}", file=file
    )
    found = table(loaded)
    assert (found.columns, found.rows[0]) == (("Year", "Code", "Rent"), ("2005", "300", "{rents-c2}"))
    assert loaded.ledger.written("rents-c2") == "£270", "a column's own unit, not its file's"


@pytest.mark.parametrize(
    "uses",
    [
        {"chart": "{from: rents, label: Year, values: [Town, Country]}"},
        {"table": "{caption: Rents, data: {from: rents}}"},
        {"figure": "{data: {from: rents, column: Town, where: {Year: 2006}}, means: rent}"},
    ],
)
def test_raises_no_false_alarm(filled, edit, uses):
    if "figure" in uses:
        edit("briefs/tiny/brief.yaml", "We are a small charity.", "The rent is {rent}.")
    assert filled(**uses).warnings == ()


def test_prints_years_as_they_are_and_asks_for_the_unit_of_other_numbers(filled):
    file = "{file: rents.csv, source: school-count}"
    text = "Street,Built,Homes\nMill Street,1962,120\n"
    with pytest.raises(Problems, match='the column "Homes" has no unit'):
        filled(table="{caption: Homes, data: {from: rents}}", file=file, rents=text)


def test_needs_no_unit_for_years(filled):
    text = "Street,Built,Storeys\nMill Street,1962,three\n"
    found = table(filled(table="{caption: Homes, data: {from: rents}}", file="{file: rents.csv}", rents=text))
    assert found.rows == (("Mill Street", "1962", "three"),)


def warned(loaded):
    return [str(each) for each in loaded.warnings]


def test_warns_of_a_data_file_that_nothing_uses(filled):
    [said] = warned(filled())
    assert "data.rents: this data file is never used; try: use it with data: {from: rents, …}, or delete it" in said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We are a small charity.", "The rent is {rents-b2}."),
        ("holds: fund-total = crossing-cost × crossings", "holds: rents-b2 = 300"),
    ],
)
def test_refuses_a_cell_that_is_named_by_hand(filled, edit, old, new):
    edit("briefs/tiny/brief.yaml", old, new)
    with pytest.raises(Problems, match='"rents-b2" is the cell of a data file, which a new row would move'):
        filled(chart="{from: rents, label: Year, values: Town}")


@pytest.mark.parametrize("target", ["../other.csv", "../../../other.csv"])
def test_refuses_a_link_in_place_of_a_file(project, filled, target):
    folder = project.root / "briefs/tiny/data"
    folder.mkdir()
    (folder / target).write_text(RENTS, encoding="utf-8")
    (folder / "link.csv").symlink_to(target)
    with pytest.raises(Problems, match=r"outside the brief's data/, or a link|the link leads outside"):
        filled(
            figure="{data: {from: rents, column: Town, where: {Year: 2006}}, means: rent}",
            file="{file: link.csv, unit: AU$}",
        )


@pytest.fixture
def from_spreadsheet(project, filled):
    """Return a function that reads the sample with a figure from a cell of a spreadsheet."""

    def read(cell, unit="AU$"):
        folder = project.root / "briefs/tiny/data"
        folder.mkdir()
        header = sheets.rows(("Year", "Town"))
        data = f'{header}<row r="2">{sheets.cell("A2", 2005)}{cell}</row>'
        sheets.write(folder / "homes.xlsx", sheets.parts(Weekly=data))
        unit = f'"{unit}"'
        return filled(
            figure="{data: {from: rents, column: Town, where: {Year: 2005}}, means: rent}",
            file=f"{{file: homes.xlsx, unit: {unit}, source: school-count}}",
        )

    return read


@pytest.mark.parametrize(
    ("cell", "unit", "written"),
    [
        (sheets.cell("B2", 1250.5), "AU$", "AU$1,250.50"),
        (sheets.cell("B2", 0.45, style=1), "%", "45%"),
        (sheets.cell("B2", 12, formula="6*2"), "homes", "12"),
    ],
)
def test_reads_a_figure_from_a_spreadsheet(from_spreadsheet, cell, unit, written):
    assert from_spreadsheet(cell, unit).ledger.written("rent") == written


@pytest.mark.parametrize(
    ("cell", "unit", "message"),
    [
        (sheets.cell("B2", "#DIV/0!", kind="e"), "AU$", '"#DIV/0!" is not a number'),
        (sheets.cell("B2", formula="1+1"), "AU$", '"formula without a result" is not a number'),
        (sheets.cell("B2", 0.45, style=1), "AU$", '"45%" is in %, but its unit is AU$'),
    ],
)
def test_names_the_sheet_and_the_cell_of_what_is_not_a_number(from_spreadsheet, cell, unit, message):
    with pytest.raises(Problems) as caught:
        from_spreadsheet(cell, unit)
    [problem] = caught.value.problems
    assert (problem.path, problem.line) == ("briefs/tiny/data/homes.xlsx", None)
    assert problem.message == f'sheet "Weekly", B2: {message}'


def test_prints_no_formula_without_a_result(project, filled):
    folder = project.root / "briefs/tiny/data"
    folder.mkdir()
    data = (
        f'{sheets.rows(("Year", "Town"))}<row r="2">{sheets.cell("A2", formula="2000+5")}{sheets.cell("B2", 310)}</row>'
    )
    sheets.write(folder / "homes.xlsx", sheets.parts(Weekly=data))
    with pytest.raises(Problems) as caught:
        filled(
            chart="{from: rents, label: Year, values: Town}", file="{file: homes.xlsx, unit: AU$, source: school-count}"
        )
    [problem] = caught.value.problems
    assert (problem.path, problem.line) == ("briefs/tiny/data/homes.xlsx", None)
    assert problem.message == 'sheet "Weekly", A2: the formula has no result yet'
