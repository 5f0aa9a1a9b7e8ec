"""Time limits end the work even if a library swallows their exception."""

import contextlib
import time

import pytest

from briefpack.pool import limits


def test_repeats_an_alarm_that_a_callback_swallows(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS_TO_RING_AGAIN", 0.05)
    end = time.monotonic() + 20
    with pytest.raises(limits.Overdue), limits.within(0.05):  # noqa: PT012 -- what is timed
        while time.monotonic() < end:
            with contextlib.suppress(limits.Overdue):
                time.sleep(0.2)
                pytest.fail("the first did not ring")
            time.sleep(5)
