"""Lay out a piece, and load WeasyPrint for the first one."""

from collections.abc import Sequence
from pathlib import Path

from briefpack.pages import Piece
from briefpack.store import Store
from briefpack.typeset.model import Again, Fault, Typeset


def piece(wanted: Piece, root: Path, store: Store) -> Typeset:
    """Lay out a piece whose files are in the project `root` and the `store`.

    Faults in its pages and style sheets are returned as problems, overset text as spills.
    """
    from briefpack.typeset.lay_out import lay_out  # noqa: PLC0415 -- WeasyPrint takes a second to import

    return lay_out(wanted, root, store)


def again(wanted: Piece, root: Path, store: Store, faults: Sequence[Fault], *, whole: bool) -> Again:
    """Lay out a piece that a check refuses again, to find what causes its faults and, for a proof, to show it `whole`."""
    from briefpack.typeset import refused  # noqa: PLC0415 -- as above

    return refused.again(wanted, root, store, faults, whole=whole)
