"""Warn of words typed twice, of punctuation, of sentences unlike all others, and of texts in another language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefpack.brief.figures import CITATION, REFERENCE
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

Found = tuple[tuple[int, int], str, str]
"""The place of a mistake, the message without the words, and the hint."""

NOTE = "\ue000"
"""Stands for each letter of a citation."""
ADDRESS = re.compile(typography.ADDRESS)
ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6});")
"""A character as HTML writes it: &nbsp;."""
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


def punctuation(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each word, mark or bracket that is there twice, or without its partner."""
    locale = reading.locale
    for text in reading.texts:
        if text.loc[0] != "sources":
            words = _masked(text.words)
            for span, message, hint in (*_doubled(words, locale), *_marks(words), *_unpaired(words, locale)):
                shown = " ".join(text.words[slice(*span)].split())
                yield warning(reading.tree, text, span, f'"{shown}" {message}', hint)


def _masked(words: str) -> str:
    """Return a text with its citations, figures, entities and addresses replaced by as many other characters."""
    if "[^" in words:
        words = CITATION.sub(lambda found: NOTE * len(found[0]), words)
    if "{" in words:
        words = REFERENCE.sub(lambda found: "0" * len(found[0]), words)
    if "&" in words:
        words = ENTITY.sub(lambda found: "0" * len(found[0]), words)
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
    """Return whether a bracket ends the number of an item, as in "9)": another closing bracket follows it."""
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


STOPPED = ("sentence", "point")
"""The roles of texts that end in a full stop."""
HEADINGS = ("heading", "label")
"""The roles of texts that may have none."""
FEWEST = 5
"""The fewest others that show how a brief ends its sentences; in one list, `FEWEST_IN_A_LIST` do."""
FEWEST_IN_A_LIST = 2
UNSTOPPED = re.compile(r"[A-Za-zÀ-ÿ\d}%]$")
LIST_ITEM = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s")
SUBHEADING = re.compile(r"\s*(\*\*|__)(?:(?!\1).)+\1\s*", re.DOTALL)
LOWER = re.compile(r"[“‘\"'(*_]*([^\W\d_]{2,})(?![\w.@-])")
NEXT = re.compile(r"(?P<last>[^\W\d_]{4,})\.\s+(?P<word>[a-z]{2,})(?![\w.@’'-])")


@dataclass(frozen=True)
class Passage:
    """A paragraph or an item of a list, with its place in its text."""

    text: Text
    span: tuple[int, int]

    @property
    def words(self) -> str:
        """Return the words, without citations and marks of emphasis at either end."""
        return CITATION.sub("", self.text.words[slice(*self.span)]).strip().strip("*_").strip()


def sentences(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each sentence that begins or ends as no other does."""
    texts, tree, locale = reading.texts, reading.tree, reading.locale
    if locale.direction == "rtl":
        return
    groups: dict[tuple[object, ...], list[Passage]] = {}
    for text in texts:
        # The label or the note of a row may be a few words.
        if text.is_prose and text.role in STOPPED + HEADINGS and "rows" not in text.loc:
            group: tuple[object, ...] = text.loc[:-1] if isinstance(text.loc[-1], int) else (text.key,)
            groups.setdefault(group, []).extend(_passages(text))
    for group, passages in groups.items():
        fewest = FEWEST if len(group) == 1 else FEWEST_IN_A_LIST
        yield from _endings(passages, fewest, tree)
        yield from _openings(passages, fewest, tree)
    for text in texts:
        if text.is_prose and text.role in STOPPED:
            yield from _inside(text, tree, locale)


def _passages(text: Text) -> Iterator[Passage]:
    """Yield the paragraphs of a text that aren't lists or, in bold type alone, headings."""
    start = 0
    for paragraph in PARAGRAPHS.split(text.words):
        at = text.words.index(paragraph, start)
        start = at + len(paragraph)
        if not paragraph.strip() or SUBHEADING.fullmatch(paragraph):
            continue
        if not LIST_ITEM.match(paragraph) and not re.search(r"\n\s*[-+*]\s", paragraph):
            yield Passage(text, (at, at + len(paragraph.rstrip())))


def _endings(passages: list[Passage], fewest: int, tree: Tree) -> Iterator[Problem]:
    without = [each for each in passages if UNSTOPPED.search(each.words)]
    stopped = [each for each in passages if each.words.endswith(".") and not each.words.endswith("..")]
    role = passages[0].text.role if passages else ""
    if role in STOPPED and len(without) == 1 and len(passages) > fewest:
        yield _warning(tree, without[0], _last(without[0]), "has no full stop, unlike the others", "add a full stop")
    if role in HEADINGS and len(stopped) == 1 and len(passages) > fewest and ". " not in stopped[0].words:
        yield _warning(tree, stopped[0], _last(stopped[0]), "ends in a full stop, unlike the others", "delete it")


def _openings(passages: list[Passage], fewest: int, tree: Tree) -> Iterator[Problem]:
    lower = [each for each in passages if (found := LOWER.match(each.words)) and found[1].islower()]
    if len(lower) == 1 and len(passages) > fewest:
        start, end = lower[0].span
        first = re.match(r"\S+", lower[0].text.words[start:end])
        span = start, start + len(first[0] if first else "")
        yield _warning(tree, lower[0], span, "begins in lower case, unlike the others", "begin it with a capital")


def _last(passage: Passage) -> tuple[int, int]:
    """Return the place of the last words of a passage."""
    start, end = passage.span
    found = re.search(r"(?:\S+\s+){0,3}\S+$", passage.text.words[start:end])
    return end - len(found[0] if found else ""), end


def _inside(text: Text, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each sentence of a text that begins in lower case."""
    for found in NEXT.finditer(text.words):
        if not abbreviated(locale).search(found["last"]):
            yield _warning(tree, Passage(text, found.span()), found.span(), "begins a sentence in lower case",
                           "write a capital, or a comma before it")  # fmt: skip


def _warning(tree: Tree, passage: Passage, span: tuple[int, int], message: str, hint: str) -> Problem:
    shown = " ".join(passage.text.words[slice(*span)].split())
    return warning(tree, passage.text, span, f'"{shown}" {message}', hint)


ANY_WORD = re.compile(r"[^\W\d_]+")
ENOUGH_WORDS = 200
"""The fewest words from which a language can be told."""
FEWEST_SMALL = 0.12
"""The least share of small words in running text: in English and in French it is over a third."""


def other_language(reading: Reading) -> Iterator[Problem]:
    """Yield a warning if next to no words of the body are among the small words of the brief's language."""
    tree, locale = reading.tree, reading.locale
    small = {*locale.drafts.small_words}
    if not small or not locale.spaced_words or ("language",) not in tree.lines:
        return
    words = [word for text in reading.texts if text.is_prose for word in ANY_WORD.findall(text.words.casefold())]
    if len(words) >= ENOUGH_WORDS and sum(word in small for word in words) < FEWEST_SMALL * len(words):
        message = f"the texts don't seem to be in {tree.data['language']}, in which the pages' own words would print"
        yield tree.problem(("language",), message, "name the language that the brief is written in", warning=True)
