"""Random edits of a small project either build or give problems with a location. See fuzz/run.py."""

from collections import defaultdict

import pytest

from fuzz.run import Fuzz

pytestmark = pytest.mark.part(name="fuzz")

SEED = 11
EDITS = [range(start, start + 500) for start in range(0, 3_000, 500)]
"""The numbers of the edits, in groups that two processes share evenly."""
BUILD_EACH = 40


def faults(fuzz: Fuzz, numbers: range) -> dict[str, str]:
    """Return one fault of each kind, with the number of its kind."""
    kinds = defaultdict(list)
    for fault in fuzz.run(numbers, BUILD_EACH):
        kinds[fault.kind].append(fault)
    return {f"{len(alike)} times: {kind}": str(alike[0]) for kind, alike in kinds.items()}


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("numbers", EDITS, ids=str)
def test_builds_each_random_edit_or_reports_problems_with_a_location(tmp_path, numbers):
    fuzz = Fuzz(tmp_path / "project", SEED)
    assert faults(fuzz, numbers) == {}
    assert sum(fuzz.counts.values()) == len(numbers)
    assert fuzz.counts["check, exit code 0"] > len(numbers) / 10
    assert fuzz.counts["check, exit code 3"] > len(numbers) / 10
    assert fuzz.counts["check, exit code 4"] > len(numbers) / 10
