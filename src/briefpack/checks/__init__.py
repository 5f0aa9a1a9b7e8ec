"""Check each finished PDF and report its faults; each check is one small function."""

from briefpack.checks.catalogue import CHECKS, by_id
from briefpack.checks.check import Check
from briefpack.checks.inspection import document, fault, file, piece, warned
from briefpack.checks.running_text import Over

__all__ = ["CHECKS", "Check", "Over", "by_id", "document", "fault", "file", "piece", "warned"]
