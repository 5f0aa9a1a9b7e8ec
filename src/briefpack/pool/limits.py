"""Limit the time and memory of work that a faulty template, chart file or drawing could make endless."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST_BYTES = 3_000_000_000
"""The memory limit of a worker process; the body of a whole pack takes a fifth of it."""
# A library swallows an exception raised in one of its callbacks, so the alarm goes off again.
SECONDS_TO_RING_AGAIN = 0.5


class Overdue(BaseException):
    """Work that exceeds its time limit. It isn't an Exception, since libraries catch those and carry on."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise Overdue in a block that takes longer. Where there are no alarms (Windows, threads), set no limit."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise Overdue

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, SECONDS_TO_RING_AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def bound_memory() -> None:
    """Limit the memory of this process to a worker's; asking for more raises MemoryError."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- Windows has none

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    least = MOST_BYTES if hard == resource.RLIM_INFINITY else min(MOST_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (least, hard))
