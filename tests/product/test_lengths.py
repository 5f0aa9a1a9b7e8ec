"""A section of any length is laid out: nothing is refused, and no word is reported lost."""

import pytest

from sections import Bench

LAYOUTS = ("ijm", "plain")
# From 530 to 552 and from 1,064 to 1,090, a few lines run over the last page.
SOME = (20, 150, 530, 540, 550, 633, 1038, 1064, 1070, 1090, 1600, 2400)


@pytest.fixture(scope="module")
def benches(tmp_path_factory) -> dict[str, Bench]:
    return {layout: Bench(layout, tmp_path_factory.mktemp(layout)) for layout in LAYOUTS}


def faults(bench: Bench, count: int) -> list[str]:
    """Return what stops a section of that many words, or must not be said of one."""
    made, _ = bench.of_length(count)
    stops = [problem.message for problem in made.problems if not problem.warning]
    lost = [problem.message for problem in made.problems if problem.check == "words-lost"]
    return [f"{count} words: {each}" for each in (*stops, *lost, *map(str, made.spills))]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", SOME)
def test_lays_out_a_section_of_any_length(benches, layout, count):
    assert faults(benches[layout], count) == []


@pytest.mark.long
@pytest.mark.parametrize("start", range(20, 5001, 250))
def test_lays_out_a_section_of_every_length_in_steps_of_ten_words(benches, start):
    """The layouts take turns, as both share their pages and the structure of their style sheets."""
    counts = range(start, min(start + 250, 5001), 10)
    found = [fault for count in counts for fault in faults(benches[LAYOUTS[count // 10 % 2]], count)]
    assert found == []
