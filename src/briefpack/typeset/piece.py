"""Lay out a piece, and load WeasyPrint for the first one."""

from pathlib import Path

from briefpack.pages import Piece
from briefpack.store import Store
from briefpack.typeset.model import Typeset


def piece(wanted: Piece, root: Path, store: Store) -> Typeset:
    """Lay out a piece whose files are in the project `root` and the `store`.

    Faults in its pages and style sheets are returned as problems, overset text as spills.
    """
    from briefpack.typeset.lay_out import lay_out  # noqa: PLC0415 -- WeasyPrint takes a second to import

    return lay_out(wanted, root, store)
