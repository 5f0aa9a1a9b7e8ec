"""Bound the time and memory of work that a template, a chart file or a drawing can make endless."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST_BYTES = 3_000_000_000
"""The memory of a worker process; a whole pack's body takes a fifth of it."""
# An alarm that rings in a callback of a library's is swallowed there.
SECONDS_TO_RING_AGAIN = 0.5


class Overdue(BaseException):
    """Work took longer than it may; not an Exception, since libraries catch those and go on."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stop what takes longer by raising Overdue; where there are no alarms (Windows, threads), let it run."""
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
    """Let this process have no more memory than a worker may; what asks for more gets a MemoryError."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- Windows has none

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    least = MOST_BYTES if hard == resource.RLIM_INFINITY else min(MOST_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (least, hard))
