"""Record what is handed out, and find which pages must be printed again since."""

from briefpack.issues.comparing import Cause, Change, Comparison, Edit, compare
from briefpack.issues.record import Issue, Printed, current, kept_file, read, write
from briefpack.issues.sheets import beside, print_file

__all__ = [
    "Cause", "Change", "Comparison", "Edit", "Issue", "Printed", "beside", "compare", "current", "kept_file",
    "print_file", "read", "write",
]  # fmt: skip
