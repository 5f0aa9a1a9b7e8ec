"""A section of any length is laid out: nothing is refused, and no word is reported lost."""

import pytest

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


@pytest.mark.part(name="lengths")
@pytest.mark.parametrize("start", range(20, 5001, 250))
def test_lays_out_a_section_of_every_length_in_steps_of_ten_words(benches, start):
    """The layouts take turns, as both share their pages and the structure of their style sheets."""
    counts = range(start, min(start + 250, 5001), 10)
    found = [fault for count in counts for fault in faults(benches[LAYOUTS[count // 10 % 2]], count)]
    assert found == []
