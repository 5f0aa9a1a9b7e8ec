"""Turn command lines into requests, and reports into lines and exit codes."""

from briefpack.cli.program import main

__all__ = ["main"]
