"""Keep the list of finished files, and find out which are up to date."""

from briefpack.output.report import Report, exit_code
from briefpack.output.request import Request

__all__ = ["Report", "Request", "exit_code"]
