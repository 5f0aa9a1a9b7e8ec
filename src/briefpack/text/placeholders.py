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
    if locale.slips.unwritten and re.fullmatch(rf"(?i:{_any(locale.slips.unwritten)}|xxx?)\.?", text.strip()):
        yield 0, len(text)
        return
    for found in _pattern(locale).finditer(text):
        if found["placeholder"]:
            yield found.span()
        elif found["number"] and _counts(found, locale):
            yield found.span("number")


def _counts(found: re.Match[str], locale: Locale) -> bool:
    """Return whether XX before a noun is for a number: in "Article XX" and "Pius XX" it isn't."""
    before, typed = (found["before"] or "").lower(), locale.typed
    if before in typed.parts or before in typed.several_parts:
        return False
    return before == (found["before"] or "") or len(before) <= SHORT or before in typed.about_ages


SHORT = 3
"""In letters: the longest word in capitals that may begin a sentence before XX, such as In or For."""


def _any(words: tuple[str, ...]) -> str:
    return typography.any_of(words).replace(r"\ ", GAP)


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern with a group `placeholder`, or `number` for XX that may stand for a number."""
    slips, scales = locale.slips, typography.scales(locale).replace(r"\ ", GAP)
    exact = tuple(word for word in slips.placeholders if not word.islower())
    any_case = tuple(word for word in slips.placeholders if word.islower())
    notes, blanks = _any(slips.notes), _any(slips.blanks)
    prompts = "|".join(_any((prompt,)).replace(r"\*", r"[^.!?\n]{1,40}") for prompt in slips.prompts)
    placeholders = (
        rf"(?<![\w@#/.-])(?:{_any(exact)}|XXX+|(?i:{_any(any_case)}))(?![\w@/-]|\.\w)",
        rf"{typography.CURRENCY}\s?[Xx]+(?:[.,][Xx]+)*(?:\s(?:{scales}))?(?!\w)",
        rf"(?<![\w.,/-])(?:XX?|xx)(?:[.,][Xx]+)*(?:\s?%|\s+(?:{scales})\b)",
        r"(?<![\w.,/-])[Xx]{1,3}(?:,[Xx]{3})+(?!\w)",
        r"(?<!\w)(?:19|20)[Xx]{2}(?!\w)",
        r"\?{2,}",
        r"_{3,}",
        r"\[[\s._]*\?*[\s._]*\](?!\()",
        rf"[\[(]\s*(?i:{notes}|{blanks})\b[^\[\]()]{{0,60}}\?+\s*[\])](?!\()",
        rf"\[\s*(?i:{notes})\b[^\[\]]{{0,60}}\](?!\()",
        rf"\[\s*(?:{blanks.upper()})\b[A-Z0-9 ,.:’'/-]{{0,60}}\](?!\()",
        rf"(?<!\w)(?i:{prompts or typography.NEVER})(?!\w)",
    )
    return re.compile(
        rf"(?:{typography.ADDRESS})|(?<!\w)(?i:{_any(slips.names)})(?!\w)|\[\s*(?i:{_any(slips.names)})\s*\]"
        rf"|(?P<placeholder>{'|'.join(placeholders)})"
        rf"|(?:(?P<before>[^\W\d_][\w’'-]*),?\s+)?(?<![\w.,/-])(?P<number>XX)(?=\s+[a-z])(?!\s+(?:{scales})\b)"
    )
