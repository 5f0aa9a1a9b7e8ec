"""A chart of every kind draws in English, French and Chinese, at the layouts' widths, in the words of the language."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.ft2font import FT2Font

import every_kind
from briefpack import charts
from briefpack.layout import added_fonts
from drawn import outside, overlapping, read, size_of, texts
from every_kind import CHARTS, LANGUAGES, WORDS
from projects import REPOSITORY, language

LATER = pytest.mark.part(name="charts")
"""The mark of a test in every language, or at every size."""
MARKS = {"en-AU": (".", ","), "fr": (",", "\u202f"), "zh-Hans": (".", ",")}
"""The decimal mark of each language, and what separates thousands."""
LIKE_WORDS = re.compile(r"[A-Za-z]{3,}")
NAMES = {"Chifley", "Gorton", "Solomon", "Gilmore", "Lingiari", "Lyne", "Wentworth", "Franklin", "Melbourne", "Sydney",
         "Flinders", "Brisbane", "Perth", "Adelaide", "Darwin", "ACT", "NSW"}  # fmt: skip
"""The names that no language translates."""
FACTS = {"map-of-nation", "hexagons", "strip"}
"""The charts of a fact of every electorate."""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a project with the brief in each language."""
    return every_kind.write(tmp_path_factory.mktemp("kinds") / "project")


@pytest.fixture(scope="module", params=LANGUAGES)
def planned(request, project):
    """Return the charts of the brief in one language."""
    if language(request.param).family and not added_fonts.every(REPOSITORY):
        pytest.skip("its font is not installed: run .ci/set-up --dev")
    return every_kind.planned(project, request.param)


@pytest.fixture(scope="module")
def drawn(planned):
    """Return the texts of each chart, at the size that the layout gives it."""
    return {name: charts.labels(planned.draw(told.drawing)) for name, told in planned.charts.items()}


@pytest.fixture(scope="module")
def ours(project):
    """Return the charts of the brief in English."""
    return every_kind.planned(project, "en-AU")


@pytest.mark.parametrize("name", CHARTS)
def test_keeps_its_words_apart_and_inside_at_sizes_of_the_layout(ours, name):
    drawing = ours.charts[name].drawing
    svg = ours.draw(drawing)
    found = texts(read(svg))
    assert found
    assert overlapping(found) == []
    assert outside(read(svg)) == []
    for text in found:
        assert size_of(text.style) >= min(ours.look.sizes_pt["chart-note"], 7)
    for side, wanted in (("width", drawing.width_mm), ("height", drawing.height_mm)):
        assert float(read(svg).get(side).removesuffix("pt")) == pytest.approx(wanted * 72 / 25.4, abs=0.01)
    assert svg == ours.draw(drawing)
    for unwanted in (b"<metadata", b"clip-path", b"DOCTYPE"):
        assert unwanted not in svg


@pytest.mark.parametrize("name", sorted({*CHARTS} - FACTS))
def test_prints_its_labels_names_and_values(ours, name):
    drawing = ours.charts[name].drawing
    printed = " ".join(text.words for text in texts(read(ours.draw(drawing)))).split()
    for row in drawing.rows:
        words = f"{row.series} {row.group} {row.note} {row.when}".split()
        if drawing.kind not in ("line", "small-multiples"):  # these print the first and the last of a line
            words += row.label.split()
            # An amount without room for its unit keeps its number, perhaps with more decimals.
            numbers = re.findall(r"\d[\d.,]*", row.written)
            assert all(any(number in word for word in printed) for number in numbers), row
        assert set(words) <= set(printed), row


def test_says_each_value_of_up_to_twelve_in_its_alternative_text(ours):
    for name, (drawing, alt) in ours.charts.items():
        rows = drawing.rows if len(drawing.rows) <= 12 else ()
        assert [row.written for row in rows if row.written not in alt] == [], name


@pytest.mark.parametrize("name", sorted({*CHARTS} - FACTS))
def test_names_the_least_height_and_fits_it(ours, name):
    drawing = ours.charts[name].drawing
    with pytest.raises(charts.Undrawable, match=r"need (\d+) mm of height") as refused:
        ours.draw(replace(drawing, height_mm=8.0))
    needed = float(re.search(r"need (\d+) mm", str(refused.value))[1])
    svg = read(ours.draw(replace(drawing, height_mm=needed)))
    assert overlapping(texts(svg)) == []
    assert outside(svg) == []


def test_refuses_a_chart_without_rows(ours):
    for drawing, _ in ours.charts.values():
        with pytest.raises(charts.Undrawable, match=r"no rows|has rows"):
            ours.draw(replace(drawing, rows=()))


def test_has_a_chart_of_every_kind():
    kinds = {path.stem.replace("_", "-") for path in Path(REPOSITORY / "charts").glob("[a-z]*.py")}
    assert {chart["kind"] for chart in CHARTS.values()} == kinds


@LATER
def test_draws_each_kind_without_a_refusal(drawn):
    assert set(drawn) == set(CHARTS)
    assert all(drawn.values())


@LATER
def test_writes_numbers_as_the_language_does(planned, drawn):
    decimal, thousands = MARKS[planned.language]
    other = {".": ",", ",": "."}[decimal]
    for name in CHARTS:
        written = " ".join((*drawn[name], planned.charts[name].alt))
        assert not re.search(rf"\d{re.escape(other)}\d{{1,2}}(?!\d)", written.replace(thousands, "")), written
        for row in planned.charts[name].drawing.rows:
            if row.value is not None and row.value % 1 and not row.key:
                assert decimal in row.written


@LATER
@pytest.mark.parametrize("name", CHARTS)
def test_has_no_word_of_another_language(planned, drawn, name):
    if planned.language == "en-AU":
        pytest.skip("it is English")
    own = set(LIKE_WORDS.findall(" ".join(WORDS[planned.language].values())))
    english = set(LIKE_WORDS.findall(" ".join((*language("en-AU").labels.values(), *WORDS["en-AU"].values()))))
    said = set(LIKE_WORDS.findall(" ".join((*drawn[name], planned.charts[name].alt))))
    foreign = said - own - NAMES
    if planned.language == "fr":
        foreign = (foreign & english) - set(LIKE_WORDS.findall(" ".join(planned.locale.labels.values())))
    assert foreign - {"AU"} == set()


@LATER
def test_has_a_glyph_for_each_character(planned, drawn):
    faces = [each for each in planned.look.faces if each.family == planned.look.family and not each.italic]
    known = set().union(*(FT2Font(REPOSITORY / "fonts" / face.path).get_charmap() for face in faces[:1]))
    for name in CHARTS:
        assert {letter for text in drawn[name] for letter in text if ord(letter) not in known} == set(), name


@pytest.fixture(
    scope="module",
    params=[(layout, kind) for layout in ("ijm", "plain") for kind in ("pack", "leave-behind")],
    ids="-".join,
)
def at_a_size(request, project, planned):
    """Return the charts of the brief at the sizes that a layout gives one kind of document."""
    layout, kind = request.param
    return every_kind.planned(project, planned.language, layout, sizes_of=kind)


@LATER
@pytest.mark.parametrize("name", CHARTS)
def test_fits_the_sizes_of_the_layouts_with_its_words_apart_and_inside(at_a_size, name):
    drawing = at_a_size.charts[name].drawing
    if name == "map-of-nation" and drawing.width_mm < 174:
        pytest.skip("such a map needs the width of a page")
    svg = read(at_a_size.draw(drawing))
    if at_a_size.language != "zh-Hans":  # its words are measured in a face of Latin letters
        assert overlapping(texts(svg)) == []
        assert outside(svg) == []


@LATER
@pytest.mark.parametrize("name", sorted({*CHARTS} - {"map-of-nation", "hexagons"}))
def test_grows_with_its_height_but_not_its_type(planned, name):
    """A page may give a chart more height, so that it ends at its foot."""
    if planned.language != "en-AU":
        pytest.skip("English is enough")
    drawing = planned.charts[name].drawing
    low, high = (read(planned.draw(replace(drawing, height_mm=by * drawing.height_mm))) for by in (1.0, 1.6))
    assert overlapping(texts(high)) == []
    assert outside(high) == []
    if drawing.kind != "numbers":  # figures shrink only where there is too little room
        assert {size_of(text.style) for text in texts(high)} <= {size_of(text.style) for text in texts(low)}
