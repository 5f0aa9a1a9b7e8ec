"""Lets hypothesis draw briefs until enough of their documents are built, and shrink one with a fault."""

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings

from shapes.briefs import Size
from shapes.mistakes import briefs

EXAMPLES_PER_PDF = 25
"""How many examples are drawn for each document: most are near copies of an earlier one, and aren't built."""

MOST_TRIED = 9
"""How many briefs are judged after one with a fault: a large one takes a minute, and a smaller one often has it too."""


def search(number: int, pdfs: int, judge: Callable[[Size], list[str]], built: Callable[[], int]) -> None:
    """Judge briefs until so many documents are built. Raises AssertionError with the smallest faulty brief found.

    The number decides which briefs are drawn, along with the modules that are loaded, since Hypothesis draws constants
    from them: collect all tests, as `make test-all PART=shapes` does, to draw what it draws.
    """
    seen: set[int] = set()
    found: dict[Size, list[str]] = {}

    @seed(number)
    @settings(
        max_examples=pdfs * EXAMPLES_PER_PDF, database=None, deadline=None, print_blob=False,
        phases=[Phase.generate, Phase.shrink], suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    @given(briefs())
    def run(size: Size) -> None:
        # Hypothesis varies each brief a little, several times; one of each is enough, until one has a fault.
        if not found and (size.seed in seen or built() >= pdfs):
            return
        seen.add(size.seed)
        if size not in found and len(found) < MOST_TRIED:
            faults = judge(size)
            if found or faults:
                found[size] = faults
        assert not found.get(size), "\n".join(found[size])

    run()
