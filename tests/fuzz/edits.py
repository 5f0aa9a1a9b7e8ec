"""Edits that a slip of the hand, an editor, a spreadsheet or a bad disk might make."""

import io
import json
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

Edit = Callable[[bytes, random.Random], bytes]

NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
WORD = re.compile(rb"[A-Za-z_][\w-]{2,}")
MARKS = b"\"'{}[]()<>:;,|#%&*@!`\\/=-"

NUMBERS = [
    b"0", b"-1", b"1e308", b"1e999", b"-1e999", b"nan", b"inf", b"-inf", b"99999999999999999999999999999999",
    b"0.0000000000001", b"0x10", b"1_000", b"1,000", b"12e", b"\xd9\xa1\xd9\xa2", b"1.2.3", b"2026-02-30", b"181",
]  # fmt: skip
VALUES = [
    b"", b"~", b"null", b"[]", b"{}", b"yes", b"5", b"- a", b"[a, b]", b"{a: b}", b'""', b"''", b"*x", b"&x", b"!!set",
    b"|", b">", b"{x}", b"{{ x }}", b"{% x %}", b"{speed-saved:nothing}", b"[^nothing]", b"../../../etc/passwd", b"/etc/passwd",
    b"https://example.org/a", b"file:///etc/passwd", b"a" * 300, b"x " * 400, b"<b>", b"&amp;", b"\xe2\x80\xae", b"..", b".",
]  # fmt: skip
FRAGMENTS = [
    b"{{", b"}}", b"{%", b"%}", b"{#", b"#}", b"{% endfor %}", b"{% for x in y %}", b"{{ nothing }}", b"{{ brief.nothing }}",
    b"{{ 1 / 0 }}", b"{% include 'tiny/nothing.html' %}", b"{% include 'tiny/cover.html' %}", b"{% extends 'tiny/cover.html' %}",
    b"{{ figure('nothing') }}", b"{{ chart('nothing') }}", b"{{ map('nothing') }}", b"{{ slot('nothing') }}", b"{{ sheet('a', 'b') }}",
    b"/*", b"*/", b"@import url(x.css);", b"@import 'file:///etc/passwd';", b"@font-face { font-family: X; src: url(x.ttf) }",
    b"@media print {", b"url(", b"calc(1em +", b"var(--nothing)", b"content: attr(", b"!important", b"---\n", b"...\n", b"- ", b"? ", b": ",
    b"<p>", b"</p>", b"<svg>", b"<table><tr>", b"<img src=x>", b"<a href='#nothing'>", b"<a rel='attachment' href='x'>", b"<!--", b"-->",
    b"\x00", b"\x07", b"\x1b[31m", b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85", b"\x0c", b"\r", b"\t",
    "\N{RIGHT-TO-LEFT OVERRIDE}".encode(), "\N{COMBINING ACUTE ACCENT}".encode() * 20, "\N{PILE OF POO}".encode(),
    "\N{ARABIC LIGATURE BISMILLAH AR-RAHMAN AR-RAHEEM}".encode(), "\N{NO-BREAK SPACE}".encode(), "\N{ZERO WIDTH SPACE}".encode(),
]  # fmt: skip


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True) or [b""]


def _at(data: bytes, chance: random.Random) -> int:
    return chance.randint(0, len(data))


def delete_line(data: bytes, chance: random.Random) -> bytes:
    """Without one to three lines that follow one another."""
    lines = _lines(data)
    at = chance.randrange(len(lines))
    del lines[at : at + chance.randint(1, 3)]
    return b"".join(lines)


def duplicate_line(data: bytes, chance: random.Random) -> bytes:
    """With a line twice."""
    lines = _lines(data)
    at = chance.randrange(len(lines))
    return b"".join([*lines[:at], lines[at], *lines[at:]])


def swap_lines(data: bytes, chance: random.Random) -> bytes:
    """With two lines in each other's places."""
    lines = _lines(data)
    first, second = (chance.randrange(len(lines)) for _ in range(2))
    lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def indent_line(data: bytes, chance: random.Random) -> bytes:
    """With a line set in more or less."""
    lines = _lines(data)
    at = chance.randrange(len(lines))
    line = lines[at]
    lines[at] = chance.choice([b" " + line, b"  " + line, b"\t" + line, line.lstrip(), line[1:], line[2:]])
    return b"".join(lines)


def join_lines(data: bytes, chance: random.Random) -> bytes:
    """With the end of a line gone."""
    lines = _lines(data)
    at = chance.randrange(len(lines))
    lines[at] = lines[at].rstrip(b"\r\n")
    return b"".join(lines)


def delete_some(data: bytes, chance: random.Random) -> bytes:
    """Without a few bytes."""
    at = _at(data, chance)
    return data[:at] + data[at + chance.choice([1, 1, 1, 2, 5, 40]) :]


def insert_fragment(data: bytes, chance: random.Random) -> bytes:
    """With a piece of syntax, or an odd character, anywhere."""
    at = _at(data, chance)
    return data[:at] + chance.choice(FRAGMENTS) + data[at:]


def insert_mark(data: bytes, chance: random.Random) -> bytes:
    """With one more mark."""
    at = _at(data, chance)
    return data[:at] + bytes([chance.choice(MARKS)]) + data[at:]


def delete_mark(data: bytes, chance: random.Random) -> bytes:
    """Without one of its marks."""
    places = [at for at, each in enumerate(data) if each in MARKS]
    if not places:
        return data
    at = chance.choice(places)
    return data[:at] + data[at + 1 :]


def _replaced(data: bytes, pattern: re.Pattern[bytes], new: Callable[[bytes], bytes], chance: random.Random) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    place = chance.choice(found)
    return data[: place.start()] + new(place[0]) + data[place.end() :]


def change_number(data: bytes, chance: random.Random) -> bytes:
    """With a number that is odd, or very large or small."""
    return _replaced(data, NUMBER, lambda _: chance.choice(NUMBERS), chance)


def change_word(data: bytes, chance: random.Random) -> bytes:
    """With a word in the place of another."""
    words = WORD.findall(data) or [b"x"]
    return _replaced(data, WORD, lambda _: chance.choice(words), chance)


def misspell(data: bytes, chance: random.Random) -> bytes:
    """With a letter of a word left out, doubled, or in capitals."""

    def wrong(word: bytes) -> bytes:
        at = chance.randrange(len(word))
        return chance.choice(
            [word[:at] + word[at + 1 :], word[:at] + word[at : at + 1] + word[at:], word.upper(), word.capitalize()]
        )

    return _replaced(data, WORD, wrong, chance)


def change_value(data: bytes, chance: random.Random) -> bytes:
    """With another value after a colon."""
    return _replaced(
        data, re.compile(rb"(?<=: )[^\r\n,;}]*|(?<=:)(?=\n)"), lambda _: b" " + chance.choice(VALUES), chance
    )


def delete_value(data: bytes, chance: random.Random) -> bytes:
    """With nothing after a colon."""
    return _replaced(data, re.compile(rb"(?<=:) [^\r\n,;}]+"), lambda _: b"", chance)


def truncate(data: bytes, chance: random.Random) -> bytes:
    """The file up to somewhere."""
    return data[: _at(data, chance)]


def empty(_data: bytes, chance: random.Random) -> bytes:
    """Nothing, or next to nothing."""
    return chance.choice([b"", b"\n", b" ", b"\xef\xbb\xbf", b"#", b"\x00", b"null", b"[]", b"0", b'"'])


def repeat(data: bytes, chance: random.Random) -> bytes:
    """The file twice, or a part of it."""
    at = _at(data, chance)
    return data + data[at:] if chance.random() < 0.5 else data[:at] + data


def recode(data: bytes, chance: random.Random) -> bytes:
    """The file as another program saves it."""
    text = data.decode("utf-8", errors="replace")
    if chance.random() < 0.5:
        return data.replace(b"\n", chance.choice([b"\r\n", b"\r", b"\n\n"]))
    return text.encode(chance.choice(["utf-16", "latin-1", "utf-8-sig", "utf-32"]), errors="replace")


def flip_bytes(data: bytes, chance: random.Random) -> bytes:
    """With a few bytes changed."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 8, 64])):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def flip_head(data: bytes, chance: random.Random) -> bytes:
    """With bytes changed where a binary file has its tables."""
    return flip_bytes(data[:400], chance) + data[400:]


def blank_range(data: bytes, chance: random.Random) -> bytes:
    """With a stretch of it zero."""
    at, count = _at(data, chance), chance.choice([4, 64, 4096])
    return data[:at] + bytes(min(count, len(data) - at)) + data[at + count :]


def change_cell(data: bytes, chance: random.Random) -> bytes:
    """A table with another text in a cell."""
    cells = re.compile(rb"[^,;\t\r\n]*")
    return _replaced(data, cells, lambda _: chance.choice([*VALUES, *NUMBERS, b'"', b'"a,b"', b'"a\nb"']), chance)


def shift_cell(data: bytes, chance: random.Random) -> bytes:
    """A table with a separator more or less in a row."""
    if chance.random() < 0.5:
        return _replaced(data, re.compile(rb"[,;\t]"), lambda mark: mark * 2, chance)
    return _replaced(data, re.compile(rb"[,;\t]"), lambda _: b"", chance)


def change_shape(data: bytes, chance: random.Random) -> bytes:
    """GeoJSON with another value somewhere in its tree."""
    try:
        tree = json.loads(data)
    except ValueError:
        return data
    places = list(_places(tree))
    if not places:
        return data
    held, key = chance.choice(places)
    odd = [None, "x", "", -1, 1e308, 10**400, 181, 91, [], {}, [[]], True, float("nan"), float("inf"), 6_378_137.0]
    if chance.random() < 0.2:
        del held[key]
    else:
        held[key] = chance.choice([*odd, chance.choice(places)[0], held])
    try:
        return json.dumps(tree).encode()
    except (ValueError, RecursionError):
        return data


def change_part(data: bytes, chance: random.Random) -> bytes:
    """An archive with one of its files edited, or gone."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 -- an archive that an edit before has damaged fails in any way
        return data
    name = chance.choice(list(parts) or [""])
    held = parts.pop(name, b"")
    if chance.random() < 0.9:
        parts[name] = chance.choice(TEXT)(held, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for each, content in parts.items():
            archive.writestr(zipfile.ZipInfo(each), content)
    return made.getvalue()


def _places(tree: object) -> list[tuple]:
    """Each place in a tree of lists and groups: what holds it, and its key there."""
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    return [(tree, key) for key in keys] + [place for key in keys for place in _places(tree[key])]


TEXT: tuple[Edit, ...] = (
    delete_line, duplicate_line, swap_lines, indent_line, join_lines, delete_some, insert_fragment, insert_mark, delete_mark,
    change_number, change_word, misspell, change_value, delete_value, truncate, empty, repeat, recode, flip_bytes,
)  # fmt: skip
TABLE: tuple[Edit, ...] = (change_cell, change_cell, change_cell, shift_cell, shift_cell, *TEXT)
SHAPES: tuple[Edit, ...] = (change_shape,) * 20 + TEXT
BINARY: tuple[Edit, ...] = (flip_bytes, flip_head, flip_head, blank_range, truncate, delete_some, empty, repeat)
ARCHIVE: tuple[Edit, ...] = (change_part,) * 12 + BINARY
BY_ENDING = {
    ".csv": TABLE, ".geojson": SHAPES, ".ttf": BINARY, ".icc": BINARY, ".jpg": BINARY, ".docx": ARCHIVE, ".odt": ARCHIVE,
}  # fmt: skip


def contents(path: Path, data: bytes, chance: random.Random) -> tuple[str, bytes]:
    """The names of a few edits that suit a file, and its bytes after them."""
    known = BY_ENDING.get(path.suffix, TEXT)
    chosen = [chance.choice(known) for _ in range(chance.choice([1, 1, 1, 2, 3]))]
    for edit in chosen:
        data = edit(data, chance)
    return ", ".join(edit.__name__ for edit in chosen), data


def place(path: Path, chance: random.Random) -> str:
    """Put something else than a file where a file is; return what."""
    path.unlink()
    what = chance.choice(["nothing", "folder", "dangling link", "link to itself", "link to a folder", "link outside"])
    links = {
        "dangling link": "nowhere",
        "link to itself": path.name,
        "link to a folder": "..",
        "link outside": "/etc/passwd",
    }
    if what == "folder":
        path.mkdir()
    elif what in links:
        path.symlink_to(links[what])
    return what


def restore(path: Path, data: bytes) -> None:
    """Put a file back as it was."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.write_bytes(data)
