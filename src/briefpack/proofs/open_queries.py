"""Find where the figures of open queries print on finished pages."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from briefpack.brief.figures import Ledger
from briefpack.proofs.model import Spot
from briefpack.text.yaml_lines import Data

if TYPE_CHECKING:
    # Only workers need PDFium.
    from briefpack.checks.read.letters import PageLetters


def find(_ledger: Ledger, _data: Data, _pages: "Sequence[PageLetters]") -> Mapping[str, tuple[Spot, ...]]:
    """Return the places of the figures that each open query is about."""
    return {}
