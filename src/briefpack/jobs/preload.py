"""Import the slow modules that every worker process needs; matplotlib isn't one, as not every worker draws charts.

The server that the workers are forked from imports this module. The imported modules are large and permanent, so
garbage collection is off while they load.
"""

import ctypes.util
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _loader_alone() -> Iterator[None]:
    """Leave finding libraries to the system's loader, on Linux.

    WeasyPrint tries each library's names on every system. For a name that the loader doesn't know, cffi makes Python
    run other programs (ldconfig, a compiler) to find it. On Linux, one of the names is always the loader's own.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 -- called like the function it replaces
    try:
        yield
    finally:
        ctypes.util.find_library = find


gc.disable()

with _loader_alone():
    import weasyprint

from briefpack import bind, checks
from briefpack.bind import inks
from briefpack.jobs import composing, workers

gc.enable()
