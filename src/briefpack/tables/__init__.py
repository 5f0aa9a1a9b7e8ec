"""Read tables as spreadsheets write them: as rows of cells, each of which knows its place."""

from briefpack.tables.model import Row, Table

__all__ = ["Row", "Table"]
