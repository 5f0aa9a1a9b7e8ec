"""Run one kind of task in worker processes, with limited time and memory; a failure stops no other item."""

import errno
import functools
import gc
import importlib
import multiprocessing
from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from briefpack import pool
from briefpack.pool import limits

REPORT = "report this fault in briefpack, and send the brief and the layout"
Item = TypeVar("Item")
Done = TypeVar("Done")
Result = TypeVar("Result")


class Task(ABC, Generic[Item, Done, Result]):
    """Work for one item after another; one that takes more than so many `seconds` would probably never end."""

    seconds: float

    def __call__(self, item: Item) -> Result:
        """Return the result of an item, or its failure; a full disk is raised, to be reported once for the build."""
        prepare()
        try:
            self.start()
            with limits.within(self.seconds):
                done = self.make(item)
        except (Exception, SystemExit, limits.Overdue) as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise
            return self.failed(item, error)
        return self.keep(item, done)

    def crashed(self, item: Item) -> Result:
        """Return the failure of an item that crashed its worker process."""
        return self.failed(item, None)

    def start(self) -> None:
        """Load the data that all items share; the time for that doesn't count."""

    @abstractmethod
    def make(self, item: Item) -> Done:
        """Do the work for an item, within the limits."""

    @abstractmethod
    def keep(self, item: Item, done: Done) -> Result:
        """Keep the work done for an item, and return the result; an error here isn't the item's fault."""

    @abstractmethod
    def failed(self, item: Item, error: BaseException | None) -> Result:
        """Return the failure of an item: `error` is None after a crash, and Overdue or MemoryError at a limit."""


@functools.cache
def prepare() -> None:
    """Import everything that a worker needs, collect garbage less often, and limit the memory.

    The imported modules are large and permanent, so garbage collection skips them. That saves 5 % of the time that
    layout takes, and collecting less often 12 %.
    """
    # A time limit must not go off in the middle of an import.
    importlib.import_module(pool.PRELOADED)
    if multiprocessing.parent_process() is None:
        return
    gc.freeze()
    gc.set_threshold(60_000, 20, 20)
    limits.bound_memory()
