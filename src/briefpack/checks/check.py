"""Describe a check: a rule for finished PDFs, or for a brief."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from briefpack.checks.findings import Findings
from briefpack.checks.read.finished import Finished
from briefpack.layout import editions
from briefpack.layout.editions import Edition, Property


def _nothing(_finished: Finished) -> Findings:
    return iter(())


@dataclass(frozen=True)
class Check:
    """A rule for finished PDFs: a stable id, the reason for it, and the fix for a file that breaks it.

    `of` is the thing that is checked: a piece alone, the whole document, the file (in `preflight` only), or the
    brief (in `briefpack check`, without a PDF). `needs` is the property of the editions that it is for; without one, it
    is for all. `remedy` adds to the hint, if there is more to say.
    """

    id: str
    of: Literal["piece", "document", "file", "brief"]
    reason: str
    hint: str
    look: Callable[[Finished], Findings] = _nothing
    severity: Literal["error", "warning"] = "error"
    needs: Property | None = None
    remedy: str = ""

    @property
    def editions(self) -> tuple[str, ...]:
        """Return the names of the editions that it is for, of those that every layout may have."""
        return tuple(name for name, edition in editions.BUILT_IN.items() if self.judges(edition))

    def judges(self, edition: Edition) -> bool:
        """Return whether it is for an edition."""
        return self.needs is None or self.needs in edition.properties
