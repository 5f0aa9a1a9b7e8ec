"""The alternative text of a chart has its values."""

import pypdfium2
import pytest

from briefpack import layout, plan
from briefpack.checks import spoken
from briefpack.checks.read.finished import Finished
from briefpack.plan import ChartRow, Drawing, Expected, Part, Read, with_values
from projects import english

PACK = "national/national-pack.pdf"


@pytest.fixture(scope="module")
def pack(sample_build):
    """Return the sample's pack, as planned and as made."""
    project, _, folder = sample_build
    loaded = plan.read_brief(project, "tiny")
    made = plan.make(loaded, layout.load(project, "tiny", "screen"), plan.Wanted())
    return next(each for each in made.documents if each.path == PACK), (folder / PACK).read_bytes()


@pytest.fixture(scope="module")
def alts(pack) -> tuple[str, ...]:
    with pypdfium2.PdfDocument(pack[1]) as pdf:
        return Finished(pdf, Expected(), data=pack[1]).reads[0].described


def found(pack, alts: tuple[str, ...]) -> list[str]:
    """Return what the check finds in a pack with these alternative texts."""
    document, data = pack
    expected = Expected(document=document)
    with pypdfium2.PdfDocument(data) as pdf:
        reads = (Read("", described=alts), *(Read("") for _ in range(len(pdf) - 1)))
        opened = Finished(pdf, expected, reads, data)
        return [each.message for each in spoken.values(opened)]


def lacking(drawing: Drawing, alt: str) -> list[str]:
    return [*spoken._unsaid(spoken._wanted(drawing), [alt, "a photograph"])]


def years(*values: float) -> Drawing:
    rows = [ChartRow(f"{2001 + n}", value, f"{value:g}%", "%") for n, value in enumerate(values)]
    return Drawing("line", tuple(rows), 119, 60)


def test_finds_nothing_in_a_sound_pack(pack, alts):
    assert found(pack, alts) == []


def test_finds_a_chart_whose_alternative_text_lacks_a_value(pack, alts):
    changed = tuple(alt.replace("31", "some") for alt in alts)
    assert found(pack, changed) == ['the alternative text of the chart "speeds" lacks "31"']
    assert found(pack, ("Two bars.",)) == [
        'the alternative text of the chart "speeds" lacks "48", and 1 more value',
        'the alternative text of the chart "hurt" lacks "1 in 20"',
    ]


@pytest.mark.parametrize(
    ("html", "heard"),
    [
        ("<img src='a' alt='Bars: 48, 31'>", ("Bars: 48, 31",)),
        ("<img src='a' alt='Bars: 48, 31' aria-hidden=\"true\">", ()),
        ("<ol><li>1. Before: 48</li><li>After: <b>3</b>1</li></ol>", (" 1. Before: 48  After: 31 ",)),
    ],
)
def test_a_list_or_a_table_stands_for_a_drawing_that_is_not_heard(html, heard):
    with pypdfium2.PdfDocument.new() as pdf:
        pdf.new_page(100, 100)
        assert Finished(pdf, Expected(part=Part(html, 0.0))).reads[0].described == heard


def test_wants_all_values_up_to_twelve_and_then_the_ends_and_the_extremes():
    assert lacking(years(*range(1, 13)), "From 1% to 12%.") == [f"{n}%" for n in range(2, 12)]
    long = years(5, 9, *range(20, 30), 3, 40, 7)
    assert lacking(long, "It rose from 5% to 7%; the lowest was 3% and the highest 40%.") == []
    assert lacking(long, "It rose from 5% to 7%, with a peak of 40%.") == ["3%"]


def test_an_electorate_that_is_not_shown_and_the_ends_of_electorates_are_not_wanted():
    shown = [ChartRow(f"E{n}", float(n), f"{n}%", "%", series="Old", key=f"e{n}") for n in (7, *range(1, 40), 9)]
    drawing = Drawing("strip", (ChartRow("North", None, "not shown", "%", series="Old", key="n"), *shown), 119, 30)
    assert lacking(drawing, "From 1% to 39%.") == []
    assert lacking(drawing, with_values("Dots.", drawing, english())) == []


def test_both_ends_of_a_range_are_wanted():
    row = ChartRow("Flats", 5.0, "5%", "%", low=4.0, high=6.0, low_written="4%", high_written="6%")
    assert lacking(Drawing("dots", (row,), 119, 60), "Flats: 5% (4% to 5%).") == ["6%"]
