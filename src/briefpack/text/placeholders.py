"""Find placeholders in a text: TBC, XX per cent, ???, [SOURCE?], "insert name here"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefpack.text import typography
from briefpack.text.locale import Locale

Span = tuple[int, int]
"""The start and the end of some words in a text."""

GAP = r"\s+"


def find(text: str, locale: Locale) -> Iterator[Span]:
    """Yield the place of each placeholder in a text."""
    if _whole(locale).fullmatch(text.strip()):
        yield 0, len(text)
        return
    found = [each for each in _pattern(locale).finditer(text) if each["number"] is None or _counts(each, locale)]
    # Addresses are found only for the few texts that need it: they are slow to find.
    others = [each.span() for each in _not_placeholders(locale).finditer(text)] if found else []
    for start, end in (each.span() for each in found):
        if not any(first <= start < last for first, last in others):
            yield start, end


def _counts(found: re.Match[str], locale: Locale) -> bool:
    """Return whether XX before a noun is for a number: in "Article XX" and "Pius XX" it isn't."""
    word = WORD_BEFORE.search(found.string, max(0, found.start() - LONGEST), found.start())
    before, typed = word[1].lower() if word else "", locale.typed
    if before in typed.parts or before in typed.several_parts:
        return False
    return not word or word[1].islower() or len(before) <= SHORT or before in typed.about_ages


WORD_BEFORE = re.compile(r"([^\W\d_][\w’'-]*),?\s+$")
LONGEST = 40
SHORT = 3
"""In letters: the longest word in capitals that may begin a sentence before XX, such as In or For."""


def _any(words: tuple[str, ...]) -> str:
    return typography.any_of(words).replace(r"\ ", GAP)


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for placeholders, with a group `number` for XX that only may be one."""
    slips, scales = locale.slips, typography.scales(locale).replace(r"\ ", GAP)
    exact = tuple(word for word in slips.placeholders if not word.islower())
    any_case = tuple(word for word in slips.placeholders if word.islower())
    notes, blanks = _any(slips.notes), _any(slips.blanks)
    prompts = "|".join(_any((prompt,)).replace(r"\*", r"[^.!?\n]{1,40}") for prompt in slips.prompts)
    placeholders = (
        rf"(?<![\w@#.-])(?:{_any(exact)}|XXX+|(?i:{_any(any_case)}))(?![\w@-]|\.\w)",
        rf"(?=[A-Z$£¥€₠-₿]){typography.CURRENCY}\s?[Xx]+(?:[.,][Xx]+)*(?:\s(?:{scales})|[mbk]n?)?(?!\w)",
        rf"(?<![\w.,/-])(?:XX?|xx)(?:[.,][Xx]+)*(?:\s?%|\s+(?:{scales})\b)",
        r"(?<![\w.,/-])[Xx]{1,3}(?:,[Xx]{3})+(?!\w)",
        r"(?<!\w)(?:19|20)[Xx]{2}(?!\w)",
        r"\?{3,}|(?<!\w)\?\?(?!\w)",
        r"_{3,}",
        r"\[[\s_]*\?*[\s_]*\](?!\()",
        r"\(\s*XX\s*\)",
        rf"[\[(]\s*(?i:{notes}|{blanks})\b[^\[\]()]{{0,60}}\?+\s*[\])](?!\()",
        rf"\[\s*(?i:{notes})\b[^\[\]]{{0,60}}\](?!\()",
        rf"\[\s*(?:{blanks.upper()})\b[A-Z0-9 ,.:’'/-]{{0,60}}\](?!\()",
        rf"(?<!\w)(?i:{prompts or typography.NEVER})(?![\w(])",
    )
    return re.compile(rf"(?:{'|'.join(placeholders)})|(?<![\w.,/-])(?P<number>XX)(?=\s+[a-z])(?!\s+(?:{scales})\b)")


@lru_cache(maxsize=16)
def _whole(locale: Locale) -> re.Pattern[str]:
    return re.compile(rf"(?i:{_any(locale.slips.unwritten)}|xxx?)\.?")


@lru_cache(maxsize=16)
def _not_placeholders(locale: Locale) -> re.Pattern[str]:
    names = _any(locale.slips.names)
    return re.compile(rf"(?:{typography.ADDRESS})|(?<!\w)(?i:{names})(?!\w)|\[\s*(?i:{names})\s*\]")
