"""A section of any length is laid out: nothing is refused, and no word is reported lost."""

import io

import pypdfium2
import pytest

from briefpack.brief.model import Contact
from sections import Bench

pytestmark = pytest.mark.part(name="lengths")

LAYOUTS = ("ijm", "plain")


@pytest.fixture(scope="module")
def benches(tmp_path_factory) -> dict[str, Bench]:
    return {layout: Bench(layout, tmp_path_factory.mktemp(layout)) for layout in LAYOUTS}


def faults(bench: Bench, count: int) -> list[str]:
    """Return what stops a section of that many words, or must not be said of one."""
    made, _ = bench.of_length(count)
    stops = [problem.text for problem in made.problems if not problem.warning]
    lost = [problem.text for problem in made.problems if problem.check == "words-lost"]
    return [f"{count} words: {each}" for each in (*stops, *lost, *map(str, made.spills))]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", [0, 300, 2000])
def test_lays_out_an_ask_of_any_length(benches, layout, count):
    bench = benches[layout]
    planned, pieces = bench.pieces(asks=(bench.ask(count),))
    [piece] = [each for each in pieces if 'id="ask-long"' in each.html]
    made, _ = bench.lay_out(planned, piece)
    assert [problem.message for problem in made.problems if not problem.warning] == []
    assert made.spills == ()
    assert made.pages > 1 if count > 600 else made.pages


@pytest.mark.parametrize(("layout", "count"), [("ijm", 2), ("ijm", 6), ("plain", 6)])
def test_lays_out_any_contacts_beside_the_sources(benches, layout, count):
    bench, phone = benches[layout], "02 6123 4567"
    person = Contact(name="Ann Example", role="Adviser on Policy and Parliament", email="ann@ijm.org.au", phone=phone)
    ours = bench.brief.brief.organisation
    about = "\n\n".join(["We work with communities and courts to protect people in poverty from violence."] * 12)
    longer = ours.model_copy(update={"about": about})
    planned, pieces = bench.pieces(contacts=(person,) * count, organisation=longer)
    made, pdf = bench.lay_out(planned, pieces[-1])
    assert [problem.message for problem in made.problems if not problem.warning] == []
    assert made.spills == ()
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        printed = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert printed.count(phone) == count


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("tobias@harbourwatch.example.org", ["tobias@", "harbourwatch.example.org"]),
        ("jo@friendsoftheharbour.walkers.example.org", ["jo@friendsoftheharbour.walkers.", "example.org"]),
    ],
)
def test_breaks_an_address_only_after_its_punctuation(benches, layout, address, lines):
    bench = benches[layout]
    planned, pieces = bench.pieces(contacts=(Contact(name="Tobias", email=address),))
    made, pdf = bench.lay_out(planned, pieces[-1])
    assert [problem.message for problem in made.problems] == []
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        printed = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "\r\n".join(lines) in printed


@pytest.mark.parametrize("layout", LAYOUTS)
def test_keeps_the_address_of_a_source_within_its_column(benches, layout):
    bench = benches[layout]
    url = "https://statistics.example.org/reports/2025/medium-t"
    listed = bench.brief.brief.sources.items()
    planned, pieces = bench.pieces(sources={key: each.model_copy(update={"url": url}) for key, each in listed})
    made, _ = bench.lay_out(planned, pieces[-1])
    assert [problem.message for problem in made.problems if not problem.warning] == []


@pytest.mark.part(name="lengths")
@pytest.mark.parametrize("start", range(20, 5001, 250))
def test_lays_out_a_section_of_every_length_in_steps_of_ten_words(benches, start):
    """The layouts take turns, as both share their pages and the structure of their style sheets."""
    counts = range(start, min(start + 250, 5001), 10)
    found = [fault for count in counts for fault in faults(benches[LAYOUTS[count // 10 % 2]], count)]
    assert found == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lets_sections_of_any_length_share_pages(benches, layout):
    bench = benches[layout]
    sections = [bench.section(count, f"part-{count}") for count in (30, 60, 420, 90, 700)]
    planned, pieces = bench.pieces(*sections)
    [piece] = [each for each in pieces if 'id="section-part-30"' in each.html]
    made, pdf = bench.lay_out(planned, piece)
    assert made.spills == ()
    assert {problem.check for problem in made.problems} <= {"underfull-page"}
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    # Three headings share the first page, and five sections take as many pages as their words need.
    assert texts[0].count("What the evidence says about help") == 3
    assert sum("What the evidence says about help" in text for text in texts) == 3
