"""Check each finished PDF and report its faults; each check is one small function."""

from briefpack.checks.catalogue import CHECKS, by_id
from briefpack.checks.findings import Check
from briefpack.checks.inspection import Over, document, fault, file, piece, warned

__all__ = ["CHECKS", "Check", "Over", "by_id", "document", "fault", "file", "piece", "warned"]
