"""Warn of a name that is spelt or written in two ways, and of an abbreviation that a leave-behind doesn't explain."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from briefpack.brief.model import Brief
from briefpack.brief.review.reading import Reading, Text, elsewhere, warning
from briefpack.problem import Problem
from briefpack.text import spelling
from briefpack.text.yaml_lines import Loc, Tree

WORD = re.compile(r"(?<![\w@./{^-])[^\W\d_][^\W_]*(?:['’][^\W\d_]+)?(?![\w@}-]|\.\w)")
POSSESSIVE = re.compile(r"['’]s?$")
VARIANTS = re.compile(r"(?<=o)u(?=r)|(?<=[bt])(?:re|er)\b|[sz](?=[ei])")
"""How two accepted spellings of a word differ: Labor and Labour, Center and Centre, Organization and Organisation."""
VOWELS = re.compile(r"[aeiouyh]")
SHORTEST, LONG = 5, 6
"""The shortest name, in letters, that may be reported, and the shortest at the beginning of a sentence."""
FEWEST = 3
"""How many times, at least, the brief must use the right name."""
ALIKE = 3
"""How many letters the two names must share at the beginning."""
NOT_READ = {"sources", "organisation", "partners", "contacts", "images", "authorisation", "printer"}
"""The parts whose names may appear nowhere else."""


@dataclass
class Seen:
    """A capitalised word of a brief: its places, and whether it is ever inside a sentence, not at its beginning."""

    places: list[tuple[Text, tuple[int, int]]] = field(default_factory=list)
    is_inside: bool = False
    full: set[str] = field(default_factory=set)


def misspelt(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each name used once that is nearly one used often in the same part."""
    tree = reading.tree
    seen, known = _seen(reading.texts)
    often = {word: each for word, each in seen.items() if len(each.places) >= FEWEST and each.is_inside}
    for word, each in seen.items():
        if len(each.places) > 1 or word in known or len(word) < SHORTEST:
            continue
        text, span = each.places[0]
        for other, places in often.items():
            here = [place for place in places.places if place[0].loc[:2] == text.loc[:2]]
            if len(here) >= FEWEST and _is_slip(word, other, each.is_inside) and not each.full - places.full:
                message = f'"{word}" is {other} elsewhere, first on {elsewhere(tree, *here[0])}'
                yield warning(tree, text, span, message, f"{other}, if that is meant")
                break


def _seen(texts: Iterable[Text]) -> tuple[dict[str, Seen], set[str]]:
    """Return the names in a brief's texts, and the words to ignore: ordinary words, and names of sources and people."""
    seen: dict[str, Seen] = {}
    known: set[str] = set()
    for text in texts:
        for found in WORD.finditer(text.words):
            word = POSSESSIVE.sub("", found[0])
            if text.loc[0] in NOT_READ or not word[0].isupper():
                known |= {word, word.capitalize()}
            elif not word.isupper():
                each = seen.setdefault(word, Seen())
                each.places.append((text, (found.start(), found.start() + len(word))))
                before = text.words[: found.start()].rstrip(" \n*_“\"‘'(")
                each.is_inside |= bool(before) and before[-1].isalnum() | (before[-1] == ",")
                each.full |= {*_beside(text.words, *found.span())}
    return {word: each for word, each in seen.items() if word not in known or len(each.places) >= FEWEST}, known


def _beside(words: str, start: int, end: int) -> Iterator[str]:
    """Yield the capitalised words before and after a name: with another surname, it is another person's."""
    for found in (re.search(r"([A-Z][^\W\d_]+)\s$", words[:start]), re.match(r"\s([A-Z][^\W\d_]+)", words[end:])):
        if found:
            yield found[1]


def _is_slip(one: str, two: str, is_inside: bool) -> bool:
    """Return whether a name may be a slip for another: one letter, or two vowels, and not only a different ending."""
    short, long = sorted((spelling.fold(one), spelling.fold(two)), key=len)
    if (
        VARIANTS.sub("", short) == VARIANTS.sub("", long)
        or long.startswith(short)
        or short[:ALIKE] != long[:ALIKE]
        or len(short) < SHORTEST
    ):
        return False
    count = spelling.errors(short, long, 2)
    same_sounds = VOWELS.sub("", short) == VOWELS.sub("", long) and short[-1] == long[-1]
    return (count == 1 and (is_inside or len(short) >= LONG) and short[-1] == long[-1]) or (count == 2 and same_sounds)


SMALL = r"(?:of|for|and|on|to|in|against|with)"
NAME = re.compile(rf"[A-Z][\w’'-]*(?:\s+(?:{SMALL}\s+(?:the\s+)?)?[A-Z][\w’'-]*)+")
THE = re.compile(r"(?:The\s+)?")
SMALL_WORD = re.compile(rf"\s{SMALL}\s")
FEWEST_OF_A_BODY = 2
"""How many times, at least, the brief must use the other name."""
FEWEST_WORDS = 4
"""How many words a name needs before a wrong small word in it is reported."""
NO_BODIES = {"sources", "images"}

Place = tuple[Text, tuple[int, int]]


def bodies(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each name used once, if it differs in a small word from one used more often."""
    names: dict[str, list[Place]] = {}
    for text in (each for each in reading.texts if each.loc[0] not in NO_BODIES):
        for found in NAME.finditer(text.words):
            start = found.start() + len(THE.match(found[0])[0])  # type: ignore[index]
            names.setdefault(" ".join(text.words[start : found.end()].split()), []).append((text, (start, found.end())))
    groups: dict[str, list[str]] = {}
    for name in names:
        if len(name.split()) >= FEWEST_WORDS:
            groups.setdefault(SMALL_WORD.sub(" _ ", name), []).append(name)
    for group in groups.values():
        usual = max(group, key=lambda name: len(names[name]))
        for name in group:
            if name != usual and len(names[name]) == 1 and len(names[usual]) >= FEWEST_OF_A_BODY:
                yield _warning(names[name][0], name, usual, names[usual][0], reading.tree)


def _warning(place: Place, name: str, usual: str, first: Place, tree: Tree) -> Problem:
    message = f'"{name}" is "{usual}" elsewhere, first on {elsewhere(tree, *first)}'
    return warning(tree, *place, message, f"{usual}, if that is meant")


CAPITALISED = r"[A-Z][\w’'-]*"
RUN = re.compile(rf"{CAPITALISED}(?:\s+(?:(?:of|for|and|the)\s+)*{CAPITALISED})+")
LED = re.compile(rf"(?:{CAPITALISED}\s+)?[Tt]he\s+")
NEARLY = 0.8
"""How alike two words of names are, from 0 to 1, if one is probably the other mistyped."""
STEM = 4
"""In letters: how much of a word in the name of an organisation begins another form of it."""
FEWEST_OF_AN_ORGANISATION = 3


def organisations(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for the first place of each name that is nearly another's."""
    brief, tree = reading.brief, reading.tree
    yield from _signed(brief, tree)
    known = _organisations(brief)
    names = {_words(name) for name in known.values()}
    seen: set[str] = set()
    for text in reading.texts if known else ():
        for start, end in _runs(text):
            name = " ".join(text.words[start:end].split())
            loc = _meant(name, known, names)
            if loc and name not in seen:
                seen.add(name)
                message = f'"{name}" is nearly "{known[loc]}", on line {tree.line(loc)}'
                yield warning(tree, text, (start, end), message, f"{known[loc]}, if that is meant")


def _signed(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning if the foreword, or the authorisation, is signed by a name that is nearly a contact's."""
    contacts = {("contacts", n, "name"): each.name for n, each in enumerate(brief.contacts)}
    for key in ("foreword", "authorisation"):
        name = getattr(getattr(brief, key), "name", "")
        near = [loc for loc, other in contacts.items() if _is_mistyped(name.split(), other.split())]
        if name and name not in contacts.values() and near:
            message = f'"{name}" is "{contacts[near[0]]}" on line {tree.line(near[0])}'
            yield tree.problem((key, "name"), message, "correct one of the two", words=name, warning=True)


def _is_mistyped(one: list[str], two: list[str]) -> bool:
    """Return whether two names differ in one word, by a letter or two."""
    pairs = [*zip(one, two, strict=False)]
    other = [(a, b) for a, b in pairs if a.casefold() != b.casefold()]
    same_length = len(one) == len(two) > 1
    return same_length and len(other) == 1 and difflib.SequenceMatcher(None, *other[0]).ratio() >= NEARLY


def _organisations(brief: Brief) -> dict[Loc, str]:
    """Return the names, of three words or more, of the organisation, its partners and the publishers of its sources."""
    found: dict[Loc, str] = {("organisation", "name"): brief.organisation.name}
    found |= {("partners", n, "name"): each.name for n, each in enumerate(brief.partners)}
    found |= {("sources", name, "publisher"): each.publisher for name, each in brief.sources.items()}
    return {loc: name for loc, name in found.items() if len(name.split()) >= FEWEST_OF_AN_ORGANISATION}


def _runs(text: Text) -> Iterator[tuple[int, int]]:
    """Yield the place of each run of words in capitals, without an article, or With the, before it."""
    for found in RUN.finditer(text.words) if text.loc[0] not in {"organisation", "partners", "sources"} else ():
        first = LED.match(found[0])
        yield found.start() + (first.end() if first else 0), found.end()


def _meant(name: str, known: dict[Loc, str], names: set[tuple[str, ...]]) -> Loc:
    """Return the location of the name that another is a form of: one word differs, and begins alike."""
    words = _words(name)
    for loc, each in known.items() if words not in names else ():
        wanted = _words(each)
        other = [(a, b) for a, b in zip(words, wanted, strict=False) if a != b]
        # A minister and a ministry, or an office and an officer, may be two bodies.
        alike = _alike if loc[0] != "sources" else _is_misspelt
        if len(words) == len(wanted) and len(other) == 1 and alike(*other[0]):
            return loc
    return ()


def _is_misspelt(one: str, two: str) -> bool:
    """Return whether a word is another with a slip in it."""
    return _alike(one, two) and _is_slip(one, two, is_inside=True)


def _alike(one: str, two: str) -> bool:
    """Return whether two words are the same apart from a slip; a possessive isn't one."""
    plain = [re.sub(r"['’]s?$", "", each) for each in (one, two)]
    return plain[0] != plain[1] and one[:STEM] == two[:STEM] and len(one) > STEM < len(two)


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name, without capitals or the article before it."""
    return tuple(name.replace("’", "'").casefold().removeprefix("the ").split())


EXPLAINED = re.compile(r"[^\W\d_]{2,}\s+\((?P<short>[A-Z][A-Z0-9]{2,})\)")
"""An abbreviation in brackets after what it stands for."""
MARKED = re.compile(r"\{[^{}]*\}|\[\^[^\]]*\]")
FIELD = "leave_behind"


def unexplained(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for the first use in a leave-behind of each abbreviation that only another part explains."""
    brief = reading.brief
    read = [*reading.texts]
    named = f"{brief.organisation.name} {brief.organisation.short_name}"
    known = {found["short"]: text for text in reversed(read) for found in EXPLAINED.finditer(text.words)}
    known = {short: text for short, text in known.items() if short not in named}
    own = (text for text in read if text.loc[0] == "asks" and FIELD in text.loc)
    for _, group in groupby(own, _ask):
        yield from _unexplained([*group], known, reading.tree)


def _ask(text: Text) -> Loc:
    return text.loc[:2]


def _unexplained(texts: list[Text], known: Mapping[str, Text], tree: Tree) -> Iterator[Problem]:
    said = " ".join(text.words for text in texts)
    for short, explained in known.items():
        if re.search(rf"\([^()]*\b{short}\b|\b{short}\s*\(", said):
            continue
        pattern = re.compile(rf"(?<![\w-]){short}(?![\w-])")
        for text in texts:
            # Names and note marks don't print as they are typed, but keep their places.
            words = MARKED.sub(lambda each: " " * len(each[0]), text.words)
            if found := pattern.search(words):
                where = tree.shown(explained.loc)
                message = f'"{short}" is explained on {where}, but not in this leave-behind, which is read alone'
                hint = "write it out here, with the abbreviation in brackets"
                yield warning(tree, text, found.span(), message, hint)
                break
