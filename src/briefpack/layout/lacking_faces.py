"""Find the faces that style sheets ask for and fonts.css lacks: an italic, or a weight, that would print as another."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tinycss2

from briefpack.layout import css
from briefpack.layout.fonts import SHEET, WEIGHTS
from briefpack.layout.look import Face, Look
from briefpack.problem import Owner, Problem

Token = Any
"""A token of tinycss2's, which is untyped."""
SIMPLE = re.compile(r"::?[\w-]+(?:\([^)]*\))?|\[[^\]]*\]|[.#]?[\w-]+|\*")


@dataclass(frozen=True)
class _Wanted:
    """The face that a rule asks of one kind of element, as far as it does; `families` are empty if it names none.

    It is `everywhere` if its elements needn't be in others.
    """

    shown: str
    line: int
    subject: frozenset[str]
    families: tuple[str, ...] = ()
    weight: int = 0
    italic: bool = False
    everywhere: bool = False


def check(sheets: Mapping[str, str], made: Look) -> Iterator[Problem]:
    """Check that each weight and each italic of a style sheet's rules is in the families that its elements have."""
    rules = [rule for shown, text in sheets.items() for rule in _rules(shown, text, made)]
    told: set[tuple[str, int]] = set()
    for rule in rules:
        families = _families(rule, rules, made)
        if (rule.shown, rule.line) not in told and (message := _lacking(rule, families, made)):
            told.add((rule.shown, rule.line))
            yield Problem(rule.shown, rule.line, *message, Owner.LAYOUT)


def _families(rule: _Wanted, rules: Sequence[_Wanted], made: Look) -> set[str]:
    """Return the families that the elements of a rule may have; all of them if no rule is certain to name one."""
    if rule.families:
        return {*rule.families}
    alike = [each for each in rules if each.subject <= rule.subject or each.subject >= rule.subject]
    if not any(each.families and each.everywhere and each.subject <= rule.subject for each in alike):
        return {face.family for face in made.faces}
    return {family for each in alike for family in each.families}


def _lacking(rule: _Wanted, families: Iterable[str], made: Look) -> tuple[str, str] | None:
    """Return the message and the hint for a face that none of some families has; None if one of them has it."""
    faces = [face for face in made.faces if face.family in families]
    fit = [face for face in faces if (face.italic or not rule.italic) and rule.weight in (0, face.weight)]
    if fit or not faces or not (rule.weight or rule.italic):
        return None
    found = sorted({face.family for face in faces})
    named = ", ".join(f'"{family}"' for family in found[:-1]) + f'{" or " if found[1:] else ""}"{found[-1]}"'
    parts = (f"of the weight {rule.weight}" if rule.weight else "", "in italics" if rule.italic else "")
    wanted = " and ".join(filter(None, parts))
    own = {family: [face for face in faces if face.family == family] for family in found}
    each = (f"{family}: {_listed(own[family])}" if found[1:] else _listed(own[family]) for family in found)
    hint = f"{'; '.join(each)}; or add the face to fonts/"
    return f"{SHEET} has no face of {named} {wanted}, so another would print", hint


def _listed(faces: Iterable[Face]) -> str:
    """Return the weights of some faces of one family, and which are italics."""
    return ", ".join(dict.fromkeys(f"{face.weight}{' italic' if face.italic else ''}" for face in faces))


def _rules(shown: str, text: str, made: Look) -> Iterator[_Wanted]:
    """Yield what each rule asks of each of its selectors; those with a part such as ::before have a style of their own."""
    for rule in css.top_rules(text):
        if rule.type != "qualified-rule":
            continue
        declared = _declared(rule, made)
        if declared is None:
            continue
        for selector in tinycss2.serialize(rule.prelude).split(","):
            *around, simple = re.split(r"[\s>+~]+", selector.strip())
            subject = frozenset(SIMPLE.findall(simple))
            yield replace(declared, shown=shown, subject=subject, everywhere=not around)


def _declared(rule: Token, made: Look) -> _Wanted | None:
    """Return the face that a rule asks for, of elements unknown; None if it says nothing of a face."""
    families, weight, italic, line = tuple[str, ...](), 0, False, 0
    for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if each.type != "declaration" or each.lower_name not in PROPERTIES:
            continue
        line = each.source_line
        value = _resolved(tinycss2.serialize(each.value), made)
        families = tuple(name for _, name in css.families(f"{each.lower_name}: {value}")) or families
        words = value.lower().split() if each.lower_name != "font-family" else []
        weight = next((found for word in words if (found := _weight(word))), weight)
        italic = "italic" in words or (italic and each.lower_name != "font-style")
    return _Wanted("", line, frozenset(), families, weight, italic) if line else None


PROPERTIES = ("font", "font-family", "font-weight", "font-style")


def _resolved(value: str, made: Look) -> str:
    """Return a value with the texts of its tokens."""
    return re.sub(r"var\(\s*--([\w-]+)[^)]*\)", lambda found: made.lengths.get(found[1], found[0]), value)


def _weight(word: str) -> int:
    return WEIGHTS.get(word, 0) or (int(word) if re.fullmatch(r"[1-9]00", word) else 0)
