"""The values of a chart as a file: its columns, its numbers, their sources, and its name and description."""

import csv
import io

from briefpack import layout, plan
from briefpack.plan import ChartEvent, ChartRow, Wanted, values_files
from briefpack.plan.values_files import UNKNOWN, Origin
from isles import copy_isles
from projects import english


def table(file: plan.ValuesFile) -> list[list[str]]:
    """Return the rows of a file, of which the first is its heads."""
    return list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"), newline="")))


def written(*rows: ChartRow, events: tuple[ChartEvent, ...] = (), origin: Origin = UNKNOWN) -> list[list[str]]:
    return table(values_files._file("rents", "Rents", rows, events, (origin,) * len(rows), english()))


def of_sample(project, edition: str = "screen") -> dict[str, plan.ValuesFile]:
    """Return the files of the sample's pack."""
    brief = plan.read_brief(project, "tiny")
    made = plan.make(brief, layout.load(project, "tiny", edition), Wanted(national=True))
    return dict(next(document for document in made.documents if document.kind == "pack").files)


def test_has_the_value_as_it_prints_and_as_a_number():
    row = ChartRow("Lost", 12_000_000_000, "AU$12\u00a0billion", "AU$")
    assert written(row, origin=Origin("Example Bank", "June 2025")) == [
        ["Item", "As printed", "Value", "Unit", "Source", "As at"],
        ["Lost", "AU$12\u00a0billion", "12000000000", "AU$", "Example Bank", "June 2025"],
    ]


def test_has_a_column_for_everything_that_a_row_has():
    range_of = ChartRow("Flats", None, "", "%", "survey", "Rented", "2024", series="Cold", low=9.5, high=11.0)
    assert written(range_of) == [
        ["Group", "Series", "When", "Item", "Low", "High", "Unit", "Note"],
        ["Rented", "Cold", "2024", "Flats", "9.5", "11", "%", "survey"],
    ]


def test_a_document_for_a_press_carries_no_file(project):
    assert of_sample(project, "press") == {}


def test_an_electorates_document_carries_the_file_of_its_own_chart(tmp_path):
    project = copy_isles(tmp_path / "project")
    file = project.root / "briefs/tiny/brief.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("    - {fact: old-share, finding") == 1
    file.write_text(
        text.replace("{fact: old-share, finding", "{fact: old-share, kind: strip, finding"), encoding="utf-8"
    )
    brief = plan.read_brief(project, "tiny")
    made = plan.make(brief, layout.load(project, "tiny", "screen"), Wanted(electorates=brief.group.electorates))
    pack = next(each for each in made.documents if each.kind == "pack" and each.electorate)
    strip = pack.files["local-0"]
    assert strip.name == "old-share.csv"
    assert len(table(strip)) == 1 + len(brief.group.electorates)
    assert table(strip)[0][:4] == ["Series", "Item", "As printed", "Value"]
    assert table(strip)[1][-1] == brief.group.definitions["old-share"].as_at
