"""Write a PDF from objects in bytes: small ones in object streams, all of them in one cross-reference table.

A library that assembles a PDF object by object takes several milliseconds a document. Here, the part that a thousand
documents share is written once as a block, and a document is little more than its blocks joined end to end.
"""

import functools
import hashlib
import itertools
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

HEADER = b"%%PDF-%b\n%%\xe2\xe3\xcf\xd3\n"
MOST_IN_A_STREAM = 200
WIDTHS = (1, 4, 2)
"""The width in bytes of each field of a row: type, offset, index (ISO 32000-1, 7.5.8.2)."""
FREE, PLAIN, PACKED = 0, 1, 2


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
        parts.append(b"%d 0 obj\n%b\nstream\n%bendstream\nendobj\n" % (number, text, _ended(data)))
        at += len(parts[-1])
    return Block(b"".join(parts), np.array(rows, dtype=np.int64).reshape(-1, 4))


def _ended(data: bytes) -> bytes:
    """Return a stream's data with the line end that follows it.

    PDF/A validators take a carriage return at the end of the data for part of a line feed after it, and find the stream
    one byte short (ISO 19005-2, 6.1.7.1), so it gets a whole line end of its own.
    """
    return data + (b"\r\n" if data.endswith(b"\r") else b"\n")


def _packed(texts: Sequence[bytes], numbers: Sequence[int]) -> tuple[bytes, bytes]:
    """Return an object stream (ISO 32000-1, 7.5.7)."""
    places, at = [], 0
    for text in texts:
        places.append(at)
        at += len(text) + 1
    head = b" ".join(b"%d %d" % pair for pair in zip(numbers, places, strict=True)) + b" "
    return stream(head + b"\n".join(texts), b"/Type/ObjStm/N %d/First %d" % (len(texts), len(head)))


def stream(data: bytes, entries: bytes = b"", *, squeeze: bool = True) -> tuple[bytes, bytes]:
    """Return a stream's dictionary and data, compressed unless `squeeze` is false."""
    written = zlib.compress(data) if squeeze else data
    return b"<<%b%b/Length %d>>" % (entries, b"/Filter/FlateDecode" * squeeze, len(written)), written


@functools.lru_cache(maxsize=256)
def shared_stream(data: bytes, entries: bytes) -> tuple[bytes, bytes]:
    """Return a compressed stream that many documents share."""
    return stream(data, entries)


def decimals(numbers: Iterable[float]) -> bytes:
    """Format numbers for a PDF, to four decimal places."""
    return b" ".join(f"{number:.4f}".rstrip("0").rstrip(".").encode() for number in numbers)


@dataclass
class Objects:
    """The objects of a document that don't come from its pieces, numbered from `first` as they are added."""

    first: int
    plain: dict[int, bytes] = field(default_factory=dict)
    streams: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    numbers: dict[bytes, int] = field(default_factory=dict)
    count: int = 0

    def block(self) -> Block:
        """Return all of them as written in the file."""
        return block(self.plain, self.streams, self.first + self.count)

    def number(self) -> int:
        """Return the next free number."""
        self.count += 1
        return self.first + self.count - 1

    def add(self, text: bytes) -> int:
        """Return the number of an object, adding it unless an equal one was added before."""
        if text not in self.numbers:
            self.numbers[text] = self.number()
            self.plain[self.numbers[text]] = text
        return self.numbers[text]

    def add_stream(self, data: bytes, entries: bytes = b"", *, squeeze: bool = True) -> int:
        """Add a stream and return its number."""
        return self.add_written(stream(data, entries, squeeze=squeeze))

    def add_written(self, written: tuple[bytes, bytes]) -> int:
        """Add a stream that is written already, and return its number."""
        number = self.number()
        self.streams[number] = written
        return number

    def add_operators(self, operators: bytes) -> int:
        """Return the number of a short content stream, shared by all pages that have the same one."""
        if operators not in self.numbers:
            self.numbers[operators] = self.add_stream(operators, squeeze=False)
        return self.numbers[operators]


def file(version: str, blocks: Sequence[Block], catalog: int, info: int) -> bytes:
    """Return a complete file, from blocks that together use every number from 1 exactly once."""
    parts = [HEADER % version.encode(), *(each.data for each in blocks)]
    *starts, end = itertools.accumulate(map(len, parts))
    own = 1 + sum(len(each.rows) for each in blocks)
    table = np.zeros((own + 1, 3), np.int64)
    table[0] = FREE, 0, 0xFFFF
    for each, start in zip(blocks, starts, strict=True):
        rows = each.rows.copy()
        rows[rows[:, 1] == PLAIN, 2] += start
        table[rows[:, 0]] = rows[:, 1:]
    table[own] = PLAIN, end, 0
    digest = hashlib.sha256(b"".join(parts)).hexdigest()[:32].encode()
    entries = b"/Type/XRef/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (catalog, info, digest, digest)
    parts += [b"%d 0 obj\n" % own, *_table(table, entries), b"endstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % end]
    return b"".join(parts)


def _table(table: NDArray[np.int64], entries: bytes) -> tuple[bytes, bytes, bytes]:
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
    entries += b"/Size %d/W[%b]" % (len(table), b" ".join(b"%d" % width for width in WIDTHS))
    text, written = stream(data, entries + b"/DecodeParms<</Predictor 12/Columns %d>>" % sum(WIDTHS))
    return text, b"\nstream\n", _ended(written)
