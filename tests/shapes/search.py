"""Lets hypothesis draw briefs until enough of their documents are built, and shrink one with a fault."""

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings

from shapes.briefs import Size
from shapes.mistakes import briefs

EXAMPLES_PER_PDF = 25
"""How many examples are drawn for each document: most are near copies of an earlier one, and aren't built."""


def search(number: int, pdfs: int, judge: Callable[[Size], list[str]], built: Callable[[], int]) -> None:
    """Judge briefs until so many documents are built. Raises AssertionError with the smallest brief with a fault.

    The number decides which briefs are drawn, along with the modules that are loaded, since Hypothesis draws constants from
    them: `pytest -m long tests -k any_brief` draws what the whole run draws.
    """
    seen: set[int] = set()
    failing = False

    @seed(number)
    @settings(
        max_examples=pdfs * EXAMPLES_PER_PDF, database=None, deadline=None, print_blob=False,
        phases=[Phase.generate, Phase.shrink], suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    @given(briefs())
    def run(size: Size) -> None:
        nonlocal failing
        # Hypothesis varies each brief a little, several times; one of each is enough, until one has a fault.
        if not failing and (size.seed in seen or built() >= pdfs):
            return
        seen.add(size.seed)
        faults = judge(size)
        failing = failing or bool(faults)
        assert not faults, "\n".join(faults)

    run()
