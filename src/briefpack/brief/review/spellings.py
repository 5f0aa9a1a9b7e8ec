"""Warn of a name that is spelt in two ways: of a person in the brief, or of an organisation in its texts."""

import difflib
import re
from collections.abc import Iterable, Iterator

from briefpack.brief.model import Brief
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree

WORD = r"[A-Z][\w’'-]*"
RUN = re.compile(rf"{WORD}(?:\s+(?:(?:of|for|and|the)\s+)*{WORD})+")
NEARLY = 0.8
"""How alike two words of names are, from 0 to 1, if one is probably the other mistyped."""
STEM = 4
"""In letters: how much of a word in the name of an organisation begins another form of it."""
FEWEST_OF_AN_ORGANISATION = 3


def warn(brief: Brief, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for the first place of each name that is nearly another's."""
    yield from _signed(brief, tree)
    known = _organisations(brief)
    names = {tuple(_folded(name).split()) for name in known.values()}
    seen: set[str] = set()
    for text in texts if known else ():
        for found in _runs(text):
            name = " ".join(found[0].split())
            meant = _meant(name, known, names)
            if meant and name not in seen:
                seen.add(name)
                loc = next(loc for loc, each in known.items() if each == meant)
                message = f'"{name}" is nearly "{meant}", on line {tree.line(loc)}'
                yield warning(tree, text, found.span(), message, f"{meant}, if that is meant")


def _signed(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning if the foreword, or the authorisation, is signed by a name that is nearly a contact's."""
    contacts = {("contacts", n, "name"): each.name for n, each in enumerate(brief.contacts)}
    for key in ("foreword", "authorisation"):
        name = getattr(getattr(brief, key), "name", "")
        near = [loc for loc, other in contacts.items() if _is_slip(name.split(), other.split())]
        if name and name not in contacts.values() and near:
            message = f'"{name}" is "{contacts[near[0]]}" on line {tree.line(near[0])}'
            yield tree.problem((key, "name"), message, "correct one of the two", words=name, warning=True)


def _is_slip(one: list[str], two: list[str]) -> bool:
    """Return whether two names differ in one word, by a letter or two."""
    pairs = [*zip(one, two, strict=False)]
    other = [(a, b) for a, b in pairs if a.casefold() != b.casefold()]
    same_length = len(one) == len(two) > 1
    return same_length and len(other) == 1 and difflib.SequenceMatcher(None, *other[0]).ratio() >= NEARLY


def _organisations(brief: Brief) -> dict[Loc, str]:
    """Return the names, of three words or more, of the organisation and its partners."""
    found: dict[Loc, str] = {("organisation", "name"): brief.organisation.name}
    found |= {("partners", n, "name"): each.name for n, each in enumerate(brief.partners)}
    return {loc: name for loc, name in found.items() if len(name.split()) >= FEWEST_OF_AN_ORGANISATION}


def _runs(text: Text) -> Iterator[re.Match[str]]:
    if text.loc[0] not in {"organisation", "partners", "sources"}:
        yield from RUN.finditer(text.words)


def _meant(name: str, known: dict[Loc, str], names: set[tuple[str, ...]]) -> str:
    """Return the name that another is a form of: one word differs, and begins alike."""
    words = tuple(_folded(name).split())
    for each in known.values() if words not in names else ():
        wanted = tuple(_folded(each).split())
        other = [(a, b) for a, b in zip(words, wanted, strict=False) if a != b]
        if len(words) == len(wanted) and len(other) == 1 and _alike(*other[0]):
            return each
    return ""


def _alike(one: str, two: str) -> bool:
    """Return whether two words are one with a slip; a possessive is right."""
    plain = [re.sub(r"['’]s?$", "", each) for each in (one, two)]
    return plain[0] != plain[1] and one[:STEM] == two[:STEM] and len(one) > STEM < len(two)


def _folded(name: str) -> str:
    return name.replace("’", "'").casefold()
