"""Limit the time and memory of work that a faulty template, chart file or drawing could make endless."""

import resource
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

MOST_BYTES = 3_000_000_000
"""The memory limit of a worker process; the body of a whole pack takes a fifth of it."""
# A library swallows an exception raised in one of its callbacks, so the signal is repeated.
SECONDS_TO_RING_AGAIN = 0.5
# Code that sleeps, or waits for a network, uses no processor time, so its limit never ends it. Only a chart file can.
SECONDS_BETWEEN_LOOKS = 200.0
IDLE_LOOKS = 3
"""How many looks in a row must find the process idle; those just before and after it was stopped may do so."""
IDLE_SECONDS = 0.05
"""The most processor time that an idle process takes meanwhile."""


class Overdue(BaseException):
    """Work that exceeds its time limit. It isn't an Exception, since libraries catch those and carry on."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise Overdue in a block that takes more processor time, in all its threads, or that waits for ever.

    Time in which the machine is asleep or busy with other work doesn't count. In a thread, where there are no timers,
    set no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    looks = [time.process_time()]

    def ring(_number: int, _frame: object) -> None:
        raise Overdue

    def look(_number: int, _frame: object) -> None:
        looks.append(time.process_time())
        if len(looks) > IDLE_LOOKS and looks[-1] - looks[-1 - IDLE_LOOKS] < IDLE_SECONDS:
            raise Overdue

    before = signal.signal(signal.SIGPROF, ring), signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_PROF, seconds, SECONDS_TO_RING_AGAIN)
    signal.setitimer(signal.ITIMER_REAL, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGPROF, before[0])
        signal.signal(signal.SIGALRM, before[1])


def bound_memory() -> None:
    """Limit the memory of this process to a worker's; asking for more raises MemoryError."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    least = MOST_BYTES if hard == resource.RLIM_INFINITY else min(MOST_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (least, hard))
