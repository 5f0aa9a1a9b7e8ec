"""Warn of words typed twice, doubled or missing punctuation, and brackets and quotation marks without a partner."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefpack.brief.figures import CITATION, REFERENCE
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

Found = tuple[tuple[int, int], str, str]
"""The place of a mistake, the message without the words, and the hint."""

NOTE = "\ue000"
"""Stands for each letter of a citation."""
ADDRESS = re.compile(typography.ADDRESS)
WORD = r"[^\W\d_]+"
DOUBLED = re.compile(rf"(?<![\w'’/.-])({WORD})\s+\1(?![\w'’-])", re.IGNORECASE)
DOUBLED_PAIR = re.compile(rf"(?<![\w'’/.-])(({WORD})\s+{WORD})\s+\1(?![\w'’-])(?!\s+\2\b)", re.IGNORECASE)
MARKS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(rf"\S*?(?:,{NOTE}*,|;;|(?<!\.)\.(?:\.(?!\.)|{NOTE}+\.)|[,;:]\.(?![\w.])|[!?]\.(?!\.))"),
     "has one mark after another", "delete one of the two"),
    (re.compile(r"\w+[^\S\n]+(?:,(?=\s)|\.(?=\s|$))"), "has a space before the mark", "delete the space"),
    (re.compile(rf"{WORD}(?<=[^\W\d_]{{3}})(?:[,;!?]|\.(?={NOTE}*[A-Z][a-z]))(?:{NOTE}*)(?=[^\W\d_]{{2}})[^\W\d_]+"),
     "has no space after the mark", "add a space"),
    (re.compile(r"[^\W\d_]{3,}\((?=\d{4}\)|[^()\n]*\s)[^\s()]+"), "has no space before the bracket", "add a space"),
)  # fmt: skip
PAIRS = {")": "(", "]": "[", "}": "{", "»": "«"}
ENUMERATED = re.compile(r"(?:^|(?<=\s))[a-z\d]{1,3}\)", re.MULTILINE)
NUMBERED = "\ue001"
"""Stands for each letter of the number of an item."""
PARAGRAPHS = re.compile(r"\n\s*\n")


def warn(texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each word, mark or bracket that is there twice, or without its partner."""
    for text in texts:
        if text.loc[0] != "sources":
            words = _masked(text.words)
            for span, message, hint in (*_doubled(words, locale), *_marks(words), *_unpaired(words, locale)):
                shown = " ".join(text.words[slice(*span)].split())
                yield warning(tree, text, span, f'"{shown}" {message}', hint)


def _masked(words: str) -> str:
    """Return a text of the same length without what isn't prose: citations, figures and addresses."""
    if "[^" in words:
        words = CITATION.sub(lambda found: NOTE * len(found[0]), words)
    if "{" in words:
        words = REFERENCE.sub(lambda found: "0" * len(found[0]), words)
    return ADDRESS.sub(lambda found: "0" * len(found[0]), words) if "." in words or "@" in words else words


def _doubled(words: str, locale: Locale) -> Iterator[Found]:
    if not locale.slips.doubled:
        return
    for found in DOUBLED.finditer(words):
        # Wagga Wagga is a town.
        named = all(each[0].isupper() for each in found[0].split())
        if found[1].lower() not in locale.slips.doubled and not named:
            yield found.span(), "has one word twice", f"delete one {found[1].lower()}"
    for found in DOUBLED_PAIR.finditer(words):
        # On and on and on.
        if words[: found.start()].split()[-1:] != found[1].split()[1:]:
            yield found.span(), "has the same words twice", "delete one of the two"


def _marks(words: str) -> Iterator[Found]:
    for pattern, message, hint in MARKS:
        for found in pattern.finditer(words):
            yield found.span(), message, hint


def _unpaired(words: str, locale: Locale) -> Iterator[Found]:
    yield from _brackets(words)
    if locale.quotes.double_open == "“":
        yield from _quotation_marks(words)


def _brackets(words: str) -> Iterator[Found]:
    if not any(mark in words for pair in PAIRS.items() for mark in pair):
        return
    for mark, place in _without_partner(ENUMERATED.sub(lambda found: NUMBERED * len(found[0]), words), words):
        if mark in PAIRS:
            yield _around(words, place), "closes a bracket that isn't open", f"add {PAIRS[mark]}, or delete {mark}"
        else:
            closing = next(each for each, opening in PAIRS.items() if opening == mark)
            yield _around(words, place), "opens a bracket that isn't closed", f"add {closing}, or delete {mark}"


def _without_partner(masked: str, words: str) -> list[tuple[str, int]]:
    """Return each bracket that closes none or isn't closed, and its place."""
    opened: list[tuple[str, int]] = []
    alone: list[tuple[str, int]] = []
    for place, mark in enumerate(words):
        if words[place - 1 : place] == "\\":
            continue
        if mark in PAIRS.values():
            opened.append((mark, place))
        elif mark in PAIRS and opened and opened[-1][0] == PAIRS[mark] and not _numbers(masked, place):
            opened.pop()
        elif mark in PAIRS and masked[place] == mark:
            alone.append((mark, place))
    return alone + opened


def _numbers(masked: str, place: int) -> bool:
    """Return whether a bracket ends the number of an item, "9)", and not "(see table 9)": another bracket does that."""
    return masked[place] == NUMBERED and ")" in masked[place:].partition("(")[0]


def _quotation_marks(words: str) -> Iterator[Found]:
    if '"' not in words and "“" not in words and "”" not in words:
        return
    start = 0
    for paragraph in PARAGRAPHS.split(words):
        at = words.index(paragraph, start)
        start = at + len(paragraph)
        straight = [found.start() for found in re.finditer(r'(?<!\d)"', paragraph)]
        # A quotation of several paragraphs opens each of them, and closes once.
        goes_on = words[start:].lstrip().startswith(("“", '"'))
        opens, closes = paragraph.count("“"), paragraph.count("”")
        place = paragraph.rfind("“") if opens > closes else paragraph.find("”")
        if len(straight) % 2 and not goes_on and not opens + closes:
            yield _around(words, at + straight[-1]), ALONE, CLOSE
        elif opens + closes and (len(straight) % 2 or opens < closes or (opens > closes and not goes_on)):
            yield (
                _around(words, at + (straight[-1] if straight and opens != closes and place < 0 else place)),
                ALONE,
                CLOSE,
            )


ALONE = "has a quotation mark without a partner"
CLOSE = "add the other, or delete it"


def _around(words: str, place: int) -> tuple[int, int]:
    """Return the place of a mark with the words that touch it."""
    before = re.search(r"\S*$", words[:place])
    after = re.match(r"\S*", words[place:])
    return place - len(before[0] if before else ""), place + len(after[0] if after else "")


@lru_cache(maxsize=16)
def abbreviated(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for an abbreviation at the end of some words, whose full stop ends no sentence."""
    return re.compile(rf"\b(?:{typography.any_of(locale.slips.abbreviations)})$", re.IGNORECASE)
