"""Find leftovers in a text: placeholders, note marks, garbled letters, and words that the layout adds by itself."""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from briefpack.brief.blocks import Quote
from briefpack.brief.figures import CITATION
from briefpack.brief.load import UNPRINTED
from briefpack.brief.model import Brief
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text import placeholders, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, texts


def unwritten(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each placeholder, and each note to a colleague, in the texts that print."""
    to_colleagues = _to_colleagues(reading.brief, reading.locale)
    for text in reading.texts:
        found = [*placeholders.find(text.words, reading.locale)]
        for start, end in found:
            words, hint = " ".join(text.words[start:end].split()), "write what it stands for, or delete it"
            yield warning(reading.tree, text, (start, end), f'"{words}" is a placeholder', hint)
        for note in to_colleagues.finditer(text.words):
            if not any(note.start() <= start < note.end() for start, _ in found):
                message = f'"{" ".join(note[0].split())}" seems to be a note to a colleague'
                yield warning(reading.tree, text, note.span(), message, "delete it, or make it a query")


def _to_colleagues(brief: Brief, locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a bracket that asks somebody for something: (Colin, is this right?), (please check)."""
    people = [*(each.name for each in brief.contacts), *([brief.authorisation.name] if brief.authorisation else [])]
    names = typography.any_of(tuple(each.partition(" ")[0] for each in people))
    requests = typography.any_of(locale.slips.requests).replace(r"\ ", r"\s+")
    tasks, rest = typography.any_of(locale.slips.notes), r"[^\[\]()]*"
    named = rf"(?:{names}),\s+(?:(?i:{tasks})\b{rest}|{rest}\?\s*)"
    return re.compile(rf"[\[(](?:{named}|(?:[^\W\d_]+,\s+)?(?i:{requests})\b{rest})[\])](?!\()")


RAISED = "¹²³⁰⁴-⁹"
# m², km³, x² and 10⁶ aren't notes.
SUPERSCRIPT = re.compile(
    rf"(?<![^\W\d_])(?:[A-Za-z]|[cdkm]m|ft|yd)[²³](?![{RAISED}\w])|[{RAISED}]+(?=[A-Za-z])|\d[²³⁰⁴-⁹]+|[⁺⁻][{RAISED}]+"
    rf"|(?P<note>[{RAISED}]+(?:[,–-][{RAISED}]+)*|(?<=\w)[†‡]|(?<=\w\W)[†‡])"
)
# Copied from a web page or as plain text, a mark becomes a bracket or a bare number: "abuse.[5]", "abuse.5 In".
BRACKETED = re.compile(r"(?<=[\w.,;:!?”’\"'])\[(?:\d{1,3}|[ivx]{1,4}|[a-z])\](?!\()")
BARE = re.compile(r"(?<=[^\W\d_])[.,;][”’\"']?(?P<note>\d{1,2})(?=\s+[A-Z]|\s*$)")
SHORTEST = 4
"""In letters: the shortest word before a bare number that isn't an abbreviation such as fig."""


def note_marks(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each mark of a note that isn't a citation."""
    for text in reading.texts:
        for start, end in _notes(text.words, reading.locale):
            mark = text.words[start:end]
            hint = "cite the source as [^source-id], or delete it"
            yield warning(reading.tree, text, (start, end), f'"{mark}" is a note mark typed or pasted as text', hint)


def _notes(words: str, locale: Locale) -> Iterator[tuple[int, int]]:
    notes = (*_raised(words), *_lowered(words, locale))
    # Addresses are found only for the few texts that need it: they are slow to find.
    addresses = [found.span() for found in re.finditer(typography.ADDRESS, words)] if notes else []
    for start, end in notes:
        if not any(first <= start < last for first, last in addresses):
            yield start, end


def _raised(words: str) -> Iterator[tuple[int, int]]:
    for found in SUPERSCRIPT.finditer(words) if not words.isascii() else ():
        if found["note"]:
            yield found.span("note")


def _lowered(words: str, locale: Locale) -> Iterator[tuple[int, int]]:
    if "]" in words:
        # A citation in brackets is the author's own.
        for found in BRACKETED.finditer(CITATION.sub(lambda cited: " " * len(cited[0]), words)):
            yield found.span()
    before_numbers = {word.rstrip(".").lower() for word in (*locale.typed.before_numbers, *locale.typed.parts)}
    for found in BARE.finditer(words):
        word = re.split(r"[\W\d_]", words[: found.start()])[-1].lower()
        if len(word) >= SHORTEST and word not in before_numbers:
            yield found.span("note")


ERRORS = re.compile(
    r"Error! (?:Reference source not found|Bookmark not defined|No text of specified style in document|"
    r"Not a valid [a-z -]+|Unknown [a-z ]+)\.?|#(?:REF!|VALUE!|DIV/0!|NUM!|NULL!|N/A\b|NAME\?)"
)
SERIAL = re.compile(r"[3-5]\d{4}")
DAY_ZERO = datetime.date(1899, 12, 30)
"""The day that Excel counts days from."""
DATES = {"when", "as_at", "date"}
LAST_CODE = 0x100


def _of_windows(code: int) -> str:
    """Return the letter that a byte becomes when it is read as Windows-1252; the five without one are controls."""
    return bytes([code]).decode("cp1252", "replace").replace("\ufffd", chr(code))


WINDOWS = {_of_windows(code): code for code in range(0x80, LAST_CODE)}
AFTER = "".join(re.escape(_of_windows(code)) for code in range(0x80, 0xC0))
# The bytes of a letter in UTF-8, each read as a letter of its own.
GARBLED = re.compile(
    f"[\u00c2-\u00c5][{AFTER}]|[\u00e2\u00ef][{AFTER}]{{2}}|\u00f0[{AFTER}]{{3}}|\u00e2\u20ac(?=[\\s.,]|$)"
)
# The letters of Latin script, punctuation, currencies, arrows and the like, and emoji.
MEANT = re.compile(
    "[\u00a0-\u017f\u2010-\u203a\u20a0-\u20bf\u2122\u2190-\u22ff\u25a0-\u27bf\ufb01\ufb02\ufeff\ufffd\U0001f300-\U0001faff]"
)


def pasted(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each text that a program garbled or left an error in."""
    tree = reading.tree
    own = (Text(loc, words) for loc, words in texts(tree.data) if loc[0] == "figures")
    for text in chain(reading.texts, own):
        if "#" in text.words or "!" in text.words:
            yield from _errors(text, tree)
        if text.key in DATES and SERIAL.fullmatch(text.words):
            day = DAY_ZERO + datetime.timedelta(days=int(text.words))
            message = f'"{text.words}" is how Excel stores a date, {day.day} {day:%B} {day.year}'
            yield warning(tree, text, (0, len(text.words)), message, "write the date as it is to print")
    for loc, words in texts(tree.data):
        if not words.isascii() and loc[0] not in UNPRINTED:
            yield from _garbled(Text(loc, words), tree)


def _errors(text: Text, tree: Tree) -> Iterator[Problem]:
    for found in ERRORS.finditer(text.words):
        program = "Word" if found[0].startswith("Error") else "Excel"
        message = f'"{found[0]}" is an error of {program}\'s'
        yield warning(tree, text, found.span(), message, f"write what {program} should have shown")


def _garbled(text: Text, tree: Tree) -> Iterator[Problem]:
    lost = text.words.find("\ufffd")
    if lost >= 0:
        message = "a letter was lost when this text was copied: \ufffd is in its place"
        yield warning(tree, text, (lost, lost + 1), message, "type the letter again")
    for found in GARBLED.finditer(text.words):
        meant = _meant(found[0])
        if meant:
            message = f'"{found[0]}" is garbled: the text was saved in one encoding and read in another'
            hint = "type the letter again" if meant == "\ufffd" else f"{meant} (U+{ord(meant):04X})"
            yield warning(tree, text, found.span(), message, hint)


def _meant(letters: str) -> str:
    """Return the letter whose bytes were read as these letters; empty if no author would type it."""
    if letters == "\u00e2\u20ac":
        # A closing quotation mark, whose third byte is no letter in Windows-1252.
        return "\u201d"
    try:
        meant = bytes(WINDOWS[letter] for letter in letters).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return meant if MEANT.fullmatch(meant) else ""


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


def citations(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each citation that would print because its ^ is another character."""
    tree = reading.tree
    for loc, words in _texts(tree):
        if "[" in words and not words.isascii():
            for found in LIKE_CITATION.finditer(words):
                message = f'"{found[0]}" is not a citation: its ^ is U+{_code(found[0])}'
                yield tree.problem(loc, message, f"[^{found[1]}]", words=found[0])
        for found in OTHER_CITATION.finditer(words) if "^" in words else ():
            source = found[1] or found[2] or found[3]
            if source in reading.brief.sources and found[2] is None:
                yield tree.problem(loc, f'"{found[0]}" is not a citation', f"[^{source}]", words=found[0])


def invisible(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each text with a character that can't be seen."""
    tree = reading.tree
    for loc, words in _texts(tree):
        if not words.isascii():
            found = INVISIBLE.search(words) or (reading.locale.direction == "ltr" and DIRECTIONS.search(words))
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


MARKS = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "„": "“"}
DASH = re.compile(r"[-–—―~]{1,3}\s*")
SEPARATED = r"\s*(?:[:.)]|\s[-–—])\s+"
NUMBER = r"(?:\d{1,2}|[A-Z]|[ivxIVX]{1,4})"


def added_by_the_layout(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each beginning of a text that would print twice."""
    brief, tree = reading.brief, reading.tree
    for loc, part in walk(brief):
        if isinstance(part, Quote):
            yield from _of_a_quotation(loc, part, tree)
    for loc, found in _beginnings(reading):
        message = f'"{found}" is added by the layout, or isn\'t needed: here it would print too'
        yield tree.problem(loc, message, "leave it out", words=found, warning=True)


def _beginnings(reading: Reading) -> Iterator[tuple[Loc, str]]:
    """Yield the location of each text that begins with words of the layout's, and those words."""
    labelled = ((loc, words, _labels(reading.locale.slips.credits)) for loc, words in _credits(reading.brief))
    headed = ((loc, words, _numbers(names)) for loc, words, names in _numbered(reading.brief, reading.locale))
    for loc, words, pattern in (*labelled, *headed):
        found = pattern.match(words)
        # A heading that a label is filled from has no line of its own.
        if found and loc in reading.tree.lines:
            yield loc, found[0].strip()


def _of_a_quotation(loc: Loc, quote: Quote, tree: Tree) -> Iterator[Problem]:
    words = quote.words.strip()
    inside = words[1:-1]
    closes = MARKS.get(words[:1])
    # "A" and "B" begin and end with marks that enclose only a part each.
    if len(words) > 1 and words[-1] == closes and (closes not in inside if words[0] != "'" else "' " not in inside):
        message = (
            f"the layout adds quotation marks, so those round these words ({words[0]}…{words[-1]}) would print too"
        )
        yield tree.problem((*loc, "words"), message, "leave them out", warning=True)
    if found := DASH.match(quote.who):
        message = f'the layout sets the name apart, so the "{found[0].strip()}" before it would print too'
        yield tree.problem((*loc, "who"), message, "leave it out", warning=True)


def _credits(brief: Brief) -> Iterator[tuple[Loc, str]]:
    """Yield the texts that print after "Source:", or another label for a credit."""
    for name, source in brief.sources.items():
        for key in ("publisher", "title", "date"):
            yield ("sources", name, key), getattr(source, key) or ""
    for name, image in brief.images.items():
        yield ("images", name, "credit"), getattr(image, "credit", None) or ""


def _numbered(brief: Brief, locale: Locale) -> Iterator[tuple[Loc, str, tuple[str, ...]]]:
    """Yield the texts that print after a name, and perhaps a number, of the layout's, with those names."""
    drafts = locale.drafts
    for n, ask in enumerate(brief.asks):
        for key in ("title", "headline"):
            yield ("asks", n, key), getattr(ask, key), drafts.ask
    for part, names in (
        ("case_studies", drafts.case_studies),
        ("appendices", drafts.appendices),
        ("themes", drafts.themes),
    ):
        for n, each in enumerate(getattr(brief, part)):
            for key in ("heading", "label"):
                yield (part, n, key), getattr(each, key), names


@lru_cache(maxsize=16)
def _labels(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{typography.any_of(names)})\s?:\s*", re.IGNORECASE)


@lru_cache(maxsize=16)
def _numbers(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for a name with a number, or before a colon, and for a number alone."""
    name = typography.any_of(names)
    return re.compile(rf"(?:(?i:{name})\s+{NUMBER}{SEPARATED}|(?i:{name})\s?:\s+|\d{{1,2}}[.)]\s+)")
