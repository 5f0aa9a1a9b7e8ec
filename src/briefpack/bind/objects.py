"""Write a PDF from objects already in bytes: small ones in object streams, all of them in one cross-reference table.

A library that assembles a PDF object by object takes several milliseconds a document. Here, the part that a thousand
documents share is written once as a block, and a document is little more than its blocks joined end to end.
"""

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HEADER = b"%%PDF-%b\n%%\xe2\xe3\xcf\xd3\n"
MOST_IN_A_STREAM = 200
WIDTHS = (1, 4, 2)
"""The width in bytes of each field of a row: type, offset, index (ISO 32000-1, 7.5.8.2)."""
FREE, PLAIN, PACKED = 0, 1, 2


@dataclass(frozen=True)
class Item:
    """An object. Each `%d` in its text is a hole for a number, listed in `holes`; `data` is set if it is a stream."""

    text: bytes
    holes: tuple[int, ...] = ()
    data: bytes | None = None

    def filled(self, numbers: Sequence[int]) -> bytes:
        """Return the text with each hole filled from `numbers`."""
        return self.text % tuple([numbers[hole] for hole in self.holes])


@dataclass(frozen=True, eq=False)
class Block:
    """Objects as written in a file, with a row for each: its number, type, offset (within the block) and index."""

    data: bytes
    rows: NDArray[np.int64]


def count_of_streams(plain: int) -> int:
    """Return the number of object streams that so many objects need; each stream takes a number too."""
    return -(-plain // MOST_IN_A_STREAM)


def block(plain: Mapping[int, bytes], streams: Mapping[int, tuple[bytes, bytes]], first_free: int) -> Block:
    """Write objects by number; object streams are numbered from `first_free`.

    A stream is a pair of its dictionary, which includes /Length, and its data.
    """
    rows: list[tuple[int, int, int, int]] = []
    parts: list[bytes] = []
    at = 0
    numbers = list(plain)
    packed = {}
    for order, start in enumerate(range(0, len(numbers), MOST_IN_A_STREAM)):
        some = numbers[start : start + MOST_IN_A_STREAM]
        packed[first_free + order] = _packed([plain[number] for number in some], some)
        rows += [(number, PACKED, first_free + order, index) for index, number in enumerate(some)]
    for number, (text, data) in {**streams, **packed}.items():
        rows.append((number, PLAIN, at, 0))
        parts.append(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, text, data))
        at += len(parts[-1])
    return Block(b"".join(parts), np.array(rows, dtype=np.int64).reshape(-1, 4))


def _packed(texts: Sequence[bytes], numbers: Sequence[int]) -> tuple[bytes, bytes]:
    """Return an object stream (ISO 32000-1, 7.5.7)."""
    places, at = [], 0
    for text in texts:
        places.append(at)
        at += len(text) + 1
    head = b" ".join(b"%d %d" % pair for pair in zip(numbers, places, strict=True)) + b" "
    return stream(head + b"\n".join(texts), b"/Type/ObjStm/N %d/First %d" % (len(texts), len(head)))


def stream(data: bytes, entries: bytes = b"", *, squeeze: bool = True) -> tuple[bytes, bytes]:
    """Return a stream's dictionary and data, compressed unless `squeeze` is false.

    The data never ends in a carriage return: PDF/A validators that take it for part of the line end find the stream one
    byte short (ISO 19005-2, 6.1.7.1). A trailing space is harmless.
    """
    held = zlib.compress(data) if squeeze else data
    if held.endswith(b"\r"):
        return stream(data + b" ", entries, squeeze=squeeze)
    return b"<<%b%b/Length %d>>" % (entries, b"/Filter/FlateDecode" * squeeze, len(held)), held


def file(version: str, blocks: Iterable[Block], catalog: int, info: int) -> bytes:
    """Return a complete file, from blocks that together use every number from 1 exactly once."""
    parts, rows, at = [HEADER % version.encode()], [], len(HEADER % version.encode())
    for each in blocks:
        moved = each.rows.copy()
        moved[moved[:, 1] == PLAIN, 2] += at
        rows.append(moved)
        parts.append(each.data)
        at += len(each.data)
    own = 1 + sum(map(len, rows))
    table = np.zeros((own + 1, 3), np.int64)
    table[0] = FREE, 0, 0xFFFF
    for numbers, held in ((each[:, 0], each[:, 1:]) for each in rows):
        table[numbers] = held
    table[own] = PLAIN, at, 0
    mark = hashlib.sha256(b"".join(parts)).hexdigest()[:32].encode()
    said = b"/Type/XRef/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (catalog, info, mark, mark)
    parts += [b"%d 0 obj\n" % own, *_listed(table, said), b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at]
    return b"".join(parts)


def _listed(table: NDArray[np.int64], said: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the cross-reference stream, each row stored as its difference from the row above, to compress well."""
    cells = [
        (table[:, column] >> 8 * (width - 1 - byte)) & 0xFF
        for column, width in enumerate(WIDTHS)
        for byte in range(width)
    ]
    rows = np.array(cells).T
    more = np.vstack((rows[:1], rows[1:] - rows[:-1])) & 0xFF
    # The first byte of each row gives its predictor, 2 for "up" (ISO 32000-1, 7.4.4.4).
    data = np.hstack((np.full((len(rows), 1), 2), more)).astype(np.uint8).tobytes()
    if zlib.compress(data).endswith(b"\r"):
        # As in `stream`, but a table can't take a space. The first row has no row above it, so predictor 0 is the same.
        data = b"\0" + data[1:]
    entries = b"%b/Size %d/W[%b]" % (said, len(table), b" ".join(b"%d" % width for width in WIDTHS))
    text, held = stream(data, entries + b"/DecodeParms<</Predictor 12/Columns %d>>" % sum(WIDTHS))
    return text, b"\nstream\n", held
