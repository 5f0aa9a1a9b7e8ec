"""The command line: arguments to requests, and reports to lines and exit codes."""

from briefpack.cli.program import main

__all__ = ["main"]
