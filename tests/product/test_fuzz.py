"""Random edits of a small project either build or give problems with a location. See fuzz/run.py."""

from collections import defaultdict

import pytest

from fuzz.run import Fuzz

SEED = 11
EDITS = (150, 8_000)
"""How many edits there are in `make test`, and in the long tests, which begin with the same ones."""
BUILD_EACH = 40


def faults(fuzz: Fuzz, count: int) -> dict[str, str]:
    """Return one fault of each kind, with the number of its kind."""
    kinds = defaultdict(list)
    for fault in fuzz.run(range(count), BUILD_EACH):
        kinds[fault.kind].append(fault)
    return {f"{len(alike)} times: {kind}": str(alike[0]) for kind, alike in kinds.items()}


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("count", [EDITS[0], pytest.param(EDITS[1], marks=pytest.mark.long)])
def test_builds_each_random_edit_or_reports_problems_with_a_location(tmp_path, count):
    fuzz = Fuzz(tmp_path / "project", SEED)
    assert faults(fuzz, count) == {}
    assert sum(fuzz.counts.values()) == count
    assert fuzz.counts["check, exit code 0"] > count / 10
    assert fuzz.counts["check, exit code 3"] > count / 10
    assert fuzz.counts["check, exit code 4"] > count / 10
