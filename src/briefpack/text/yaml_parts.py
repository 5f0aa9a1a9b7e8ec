"""Read a broken YAML text part by part, so that one mistake of syntax hides no other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack.problem import Owner, Problem, Problems
from briefpack.text import yaml_reader, yaml_syntax
from briefpack.text.yaml_reader import DEEPEST, Data, Loc, Parsed, name

MOST_PARTS = 500
"""A text with more parts than this on one level is no brief, and reading them one by one would take too long."""
KEY = re.compile(r"""(?:[\w-]+|"[^"]*"|'[^']*'):(?!/)""")
ITEM = re.compile(r"-(?=\s|$)")
BARE = re.compile(r"""(?:[\w-]+|"[^"]*"|'[^']*'):\s*(?:#.*)?$""")


@dataclass(frozen=True)
class _Text:
    """The lines of a file, by which its parts are read, and what its problems need."""

    lines: Sequence[str]
    shown: str
    owner: Owner

    def parsed(self, part: range) -> Parsed:
        """Return a part read alone; problems that stop the reader leave it broken."""
        text = "\n".join(self.lines[part.start : part.stop]) + "\n"
        try:
            return yaml_reader.parse(text, self.shown, self.owner, part.start)
        except Problems as error:
            return Parsed(None, {}, (), error.problems)


@dataclass(frozen=True)
class _Broken:
    """The smallest part of a file that can't be read."""

    part: range
    problems: tuple[Problem, ...]


def recover(whole: Parsed, text: str, shown: str, owner: Owner) -> Parsed:
    """Return what can be read of a text that broke the parser, with the mistakes of all its parts."""
    file = _Text(text.splitlines(), shown, owner)
    parts = _children(file.lines, range(len(file.lines)))
    if not 0 < len(parts) <= MOST_PARTS:
        return replace(whole, root=None)
    read = [(part, file.parsed(part)) for part in parts]
    sound = [parsed for _, parsed in read if not parsed.broken and isinstance(parsed.root, dict)]
    unread = [(part, parsed) for part, parsed in read if parsed.broken or _is_keyless(parsed)]
    faults = [found for part, parsed in unread for found in _faults(file, part, parsed)]
    problems = [*whole.problems, *(problem for _, parsed in read for problem in parsed.problems)]
    root, lines, repeated = _merged(sound, shown, owner)
    broken = _placed(faults, whole.broken)
    return Parsed(root, lines, (*dict.fromkeys([*problems, *repeated]),), broken)


def _children(lines: Sequence[str], part: range) -> list[range]:
    """Return the keys, or the list items, that a part consists of, each with the lines below it."""
    written = [number for number in part if lines[number].strip() and not lines[number].lstrip().startswith("#")]
    if not written:
        return []
    indents = [len(lines[number]) - len(lines[number].lstrip(" ")) for number in written]
    indent = min(indents)
    if part.start and indents[0] != indent:
        # A line that is indented less than the first belongs elsewhere, and no indent tells the rest apart.
        return []
    first = lines[written[indents.index(indent)]]
    kind = ITEM if ITEM.match(first, indent) else KEY
    begins = [number for number in written if _begins(lines[number], indent, kind)]
    starts = [part.start, *(number for number in begins if number > written[0])]
    return [range(start, stop) for start, stop in zip(starts, [*starts[1:], part.stop], strict=True)]


def _begins(line: str, indent: int, kind: re.Pattern[str]) -> bool:
    return len(line) - len(line.lstrip(" ")) == indent and kind.match(line, indent) is not None


def _faults(file: _Text, part: range, parsed: Parsed, depth: int = 0) -> list[_Broken]:
    """Return the smallest broken parts inside a broken part: itself, if each of its children can be read."""
    within = _below(file, part) if depth < DEEPEST else None
    found: list[_Broken] = []
    if within:
        inner, parts = within
        read = [(child, inner.parsed(child)) for child in parts]
        keyed = not ITEM.match(inner.lines[parts[-1].start].lstrip(" ")) and len(parts) > 1
        broken = [(child, alone) for child, alone in read if alone.broken or (keyed and _is_keyless(alone))]
        found = [each for child, alone in broken for each in _faults(inner, child, alone, depth + 1)]
    return found or [_Broken(part, parsed.broken or _without_key(file, part))]


def _is_keyless(parsed: Parsed) -> bool:
    """Return whether a part that should be a key and its value has no key."""
    return isinstance(parsed.root, (str, list))


def _below(file: _Text, part: range) -> tuple[_Text, list[range]] | None:
    """Return the children of a key or of a list item; None if they can't be told apart."""
    written = next((n for n in part if file.lines[n].strip() and not file.lines[n].lstrip().startswith("#")), None)
    if written is None:
        return None
    line = file.lines[written]
    if ITEM.match(line.lstrip(" ")):
        lines = list(file.lines)
        lines[written] = line.replace("-", " ", 1)
        inner, part = replace(file, lines=lines), range(written, part.stop)
    elif BARE.match(line.lstrip(" ")):
        inner, part = file, range(written + 1, part.stop)
    else:
        return None
    parts = _children(inner.lines, part)
    return (inner, parts) if 0 < len(parts) <= MOST_PARTS else None


def _without_key(file: _Text, part: range) -> tuple[Problem, ...]:
    """Return the problem of a part that YAML reads as a text without a key."""
    number = next((n for n in part if file.lines[n].strip()), part.start)
    message, hint = yaml_syntax.BROKEN[yaml_syntax.NO_COLON]
    return (Problem(file.shown, number + 1, message, hint, file.owner, column=1),)


def _placed(faults: Sequence[_Broken], first: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems of all broken parts, with the parser's first one in place of that of its own part.

    The whole file says more about a mistake than its part alone: where an open quotation mark is closed, for instance.
    """
    above = [fault for fault in faults if first and fault.part.start < (first[0].line or 0)]
    own = above[-1] if above else None
    others = (problem for fault in faults if fault is not own for problem in fault.problems)
    return (*first, *others)


def _merged(
    parts: Sequence[Parsed], shown: str, owner: Owner
) -> tuple[Data, dict[Loc, tuple[int, int]], list[Problem]]:
    """Return the parts as one group of keys, with a problem for each key that is in two of them."""
    root: dict[str, Data] = {}
    lines: dict[Loc, tuple[int, int]] = {(): (1, 1)}
    return root, lines, [*_merge(parts, root, lines, shown, owner)]


def _merge(
    parts: Sequence[Parsed], root: dict[str, Data], lines: dict[Loc, tuple[int, int]], shown: str, owner: Owner
) -> Iterator[Problem]:
    for parsed in parts:
        for key in parsed.root:
            if key in root:
                message = f"{name((key,))} is written twice (first on line {lines[(key,)][0]})"
                yield Problem(
                    shown, parsed.lines[(key,)][0], message, yaml_reader.hint_for_twice(key, root[key]), owner
                )
        root.update(parsed.root)
        lines.update({loc: found for loc, found in parsed.lines.items() if loc})
