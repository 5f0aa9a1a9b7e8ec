"""Limits count the work of a task, and end it even if a library swallows their exception."""

import contextlib
import os
import subprocess
import sys

import pytest

from briefpack.pool import limits


def test_repeats_a_signal_that_a_callback_swallows(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS_TO_RING_AGAIN", 0.05)
    with pytest.raises(limits.Overdue), limits.within(0.05):  # noqa: PT012 -- what is timed
        with contextlib.suppress(limits.Overdue):
            while True:
                pass
        while True:
            pass


def test_time_that_others_take_does_not_count():
    others = "import time\nwhile time.process_time() < 0.6: pass"
    with limits.within(0.3):
        subprocess.run([sys.executable, "-c", others], check=True)  # noqa: S603 -- our own program


def test_ends_what_waits_for_ever(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS_BETWEEN_LOOKS", 0.01)
    receive, send = os.pipe()
    with pytest.raises(limits.Overdue), limits.within(1000):
        os.read(receive, 1)
    os.close(receive)
    os.close(send)
