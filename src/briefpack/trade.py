"""Imports what every worker process needs, the slow things of its trade; charts are not for every one.

The server that the workers are forked from imports it. What it imports is large and stays: while that lasts, nothing
is looked through for waste.
"""

import ctypes.util
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _loader_alone() -> Iterator[None]:
    """Let the system's loader find libraries by itself, on Linux.

    WeasyPrint tries each library's names on every system; for a name that the loader does not know, cffi has Python
    run other programs (ldconfig, a compiler) to find one. The loader's own name for each is among them on Linux.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 -- called as the one that it stands for
    try:
        yield
    finally:
        ctypes.util.find_library = find


gc.disable()

with _loader_alone():
    import weasyprint

from briefpack import bind, checks, composing, inks, workers

gc.enable()
