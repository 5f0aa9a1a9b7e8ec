"""Find citations with a character that only looks like a ^, and characters that nobody can see."""

import re
import unicodedata
from collections.abc import Iterator

from briefpack.brief.load import UNPRINTED
from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, texts

CARETS = "\u02c6\uff3e\u2303\u2038\ua788\u02c4\u2227\u1d5b\u0302"
LIKE_CITATION = re.compile(rf"\[\s*[{CARETS}]\s*([\w-]+)\s*\]")
# (^id) and ^[id] are how other programs write notes.
OTHER_CITATION = re.compile(r"[(\uff3b]\s*\^\s*([\w-]+)\s*[)\uff3d]|\^\[([\w-]+)\]|\[([\w-]+)\^\]")
INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u2060-\u2064\ufeff\u2028\u2029]"
    # Emoji and other scripts need a joiner between their letters; Latin script doesn't.
    "|(?<=[\x00-\u024f])[\u200c\u200d](?=[\x00-\u024f])"
)
DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SHOWN = 16
"""In letters: the most that is quoted on each side of an invisible character."""


def check(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each citation that would print because its ^ is another character."""
    for loc, words in _texts(tree):
        if "[" in words and not words.isascii():
            for found in LIKE_CITATION.finditer(words):
                message = f'"{found[0]}" is not a citation: its ^ is U+{_code(found[0])}'
                yield tree.problem(loc, message, f"[^{found[1]}]", words=found[0])
        for found in OTHER_CITATION.finditer(words) if "^" in words else ():
            source = found[1] or found[2] or found[3]
            if source in brief.sources and found[2] is None:
                yield tree.problem(loc, f'"{found[0]}" is not a citation', f"[^{source}]", words=found[0])


def warn(tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each text with a character that can't be seen."""
    for loc, words in _texts(tree):
        if not words.isascii():
            found = INVISIBLE.search(words) or (locale.direction == "ltr" and DIRECTIONS.search(words))
            if found:
                yield _invisible(tree, loc, words, found.start())


def _texts(tree: Tree) -> Iterator[tuple[Loc, str]]:
    return ((loc, words) for loc, words in texts(tree.data) if loc[0] not in UNPRINTED)


def _code(words: str) -> str:
    return next(f"{ord(each):04X}" for each in words if each in CARETS)


def _invisible(tree: Tree, loc: Loc, words: str, place: int) -> Problem:
    character = words[place]
    before = (re.findall(r"\S+\s*$", words[:place]) or [""])[-1][-SHOWN:]
    after = (re.findall(r"^\s*\S+", words[place + 1 :]) or [""])[0][:SHOWN]
    seen = INVISIBLE.sub("", DIRECTIONS.sub("", f"{before}{after}"))
    code = f"U+{ord(character):04X} ({unicodedata.name(character, 'unnamed').lower()})"
    message = f'"{seen}" contains an invisible character, {code}'
    return tree.problem(loc, message, "delete those words and type them again", words=character, warning=True)
