"""Import the slow modules that every worker process needs; matplotlib isn't one, as not every worker draws charts.

The server that the workers are forked from imports this module.
"""

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loader_alone() -> Iterator[None]:
    """Leave finding libraries to the system's loader, on Linux, until the block ends.

    WeasyPrint tries the names that a library has on every system, and for each that the loader doesn't know, Python
    runs a compiler and ldconfig (WeasyPrint issue 1125). On Linux one of the names is always the loader's own.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 -- called like the function it replaces
    try:
        yield
    finally:
        ctypes.util.find_library = find


with loader_alone():
    import weasyprint

from briefpack import bind, checks
from briefpack.bind import inks
from briefpack.build.jobs import composing, draw, laying_out, stages, typesetting
