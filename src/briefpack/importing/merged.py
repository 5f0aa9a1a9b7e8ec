"""Split the merged cells of a draft's table, because every row of a brief's table has every column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefpack.importing.inlines import Node


@dataclass(frozen=True)
class Cell:
    """A cell of pandoc's tree at one place of a table: its own, or one that it covers from the left or from above."""

    node: Node
    is_from_left: bool = False
    is_from_above: bool = False

    @property
    def is_own(self) -> bool:
        """Return whether the cell begins here."""
        return not (self.is_from_left or self.is_from_above)


def split(rows: Sequence[Node]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a table in pandoc's tree, with a cell at each place."""
    covered: dict[tuple[int, int], Cell] = {}
    return tuple(tuple(_row(row[1], number, covered)) for number, row in enumerate(rows))


def _row(nodes: Sequence[Node], number: int, covered: dict[tuple[int, int], Cell]) -> Iterator[Cell]:
    column, left = 0, list(nodes)
    while left or (number, column) in covered:
        if known := covered.pop((number, column), None):
            yield known
        else:
            node = left.pop(0)
            _cover(node, (number, column), covered)
            yield Cell(node)
        column += 1


def _cover(node: Node, place: tuple[int, int], covered: dict[tuple[int, int], Cell]) -> None:
    """Note the places that a cell covers besides its own."""
    _, _, tall, wide, _ = node
    row, column = place
    for down in range(tall):
        for right in range(wide):
            if down or right:
                covered[row + down, column + right] = Cell(node, right > 0, down > 0)


def has_two_heads(rows: tuple[tuple[Cell, ...], ...]) -> bool:
    """Return whether the first row groups the columns of the second, so that the two are one heading."""
    if len(rows) < 3:
        return False
    return any(cell.is_from_left for cell in rows[0]) and not is_title(rows[0])


def is_title(row: tuple[Cell, ...]) -> bool:
    """Return whether one cell fills a row of several columns."""
    return len(row) > 1 and all(cell.is_from_left for cell in row[1:])


def has_merged(rows: tuple[tuple[Cell, ...], ...]) -> bool:
    """Return whether any cell covers several places."""
    return not all(cell.is_own for row in rows for cell in row)
