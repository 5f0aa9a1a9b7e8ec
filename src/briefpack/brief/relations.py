"""Check relations between figures in exact arithmetic.

A relation compares two sums with =, ≈, < or >; ≈ allows 2 % of the larger side. A sum has numbers, figure ids,
parentheses and + - × ÷ (or − * /). A figure's id has hyphens without spaces (`accce-allocated-total`); a minus has a
space on each side.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from briefpack.text.numbers import MOST_DIGITS

LONGEST = 500
DEEPEST = 20
TOLERANCE = Fraction(2, 100)

_WORD = re.compile(
    r"\d+(?:,\d{3})+(?:\.\d+)?(?![\w.,])|\d+\.\d+(?!\w)|[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])|\w+(?:-\w+)*|\S"
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SAME_SIGN = {"−": "-", "*": "×", "/": "÷"}
# Python has no ≈, and a relation has no !=, so one takes the other's place.
_PYTHON = {"×": "*", "÷": "/", "=": "==", "≈": "!="}
_SUMS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq,
    "≈": lambda left, right: abs(left - right) <= TOLERANCE * max(abs(left), abs(right)),
    "<": operator.lt,
    ">": operator.gt,
}


@dataclass(frozen=True)
class Outcome:
    """The result of a relation: whether it is true, the value of each side, and the ids that aren't figures."""

    true: bool
    left: Decimal | Fraction
    right: Decimal | Fraction
    unknown: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class _Word:
    text: str
    spaced: bool = True

    @property
    def is_term(self) -> bool:
        return bool(_NUMBER.fullmatch(self.text) or _ID.fullmatch(self.text))


def check(holds: str, values: Mapping[str, Decimal]) -> Outcome:
    """Evaluate both sides of a relation and compare them.

    Raises ValueError for text that can't be read or evaluated.
    """
    if len(holds) > LONGEST:
        message = f"has {len(holds)} characters, more than the {LONGEST} allowed"
        raise ValueError(message)
    words = _split(holds)
    comparison = _read(words)
    if unknown := tuple(dict.fromkeys(name for name in _figures(words) if name not in values)):
        return Outcome(true=False, left=Fraction(0), right=Fraction(0), unknown=unknown, says="")
    left, right = _sides(words, values)
    says = f"{_shown(left)} on the left, {_shown(right)} on the right"
    return Outcome(_COMPARISONS[comparison](left, right), left, right, (), says)


def terms(holds: str) -> tuple[str, ...]:
    """Return the ids of the figures in a relation."""
    return _figures(_split(holds))


def sums(holds: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each figure that a relation works out, alone on its side of = or ≈, with the figures on the other side."""
    words = _split(holds)
    signs = [place for place, word in enumerate(words) if word.text in {"=", "≈"}]
    for place in signs[:1]:
        sides = words[:place], words[place + 1 :]
        for one, other in (sides, sides[::-1]):
            yield from ((total, _figures(other)) for total in _figures(one) if len(one) == 1)


def _figures(words: Iterable[_Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words if word.is_term and not _NUMBER.fullmatch(word.text))


def _split(holds: str) -> tuple[_Word, ...]:
    return tuple(
        _Word(
            _SAME_SIGN.get(found[0], found[0]),
            f"{holds[found.start() - 1]}{holds[found.end() : found.end() + 1]}".isspace() or found[0] != "-",
        )
        for found in _WORD.finditer(holds)
    )


def _read(words: tuple[_Word, ...]) -> str:
    """Return the comparison of a relation. Raises ValueError at the first word that Python couldn't read."""
    comparison, opened, wants_term = "", list[str](), True
    for place, word in enumerate((*words, _Word("")), start=1):
        if reason := _fault(word, comparison, opened, wants_term=wants_term):
            found = f'"{word.text}"' if word.text else "the end"
            raise ValueError(f"cannot be read at word {place}, {found}: {reason}")
        if wants_term and not word.is_term:
            opened.append(word.text)
        elif word.text == ")":
            _close(opened)
        elif wants_term:
            _settle(opened)
            wants_term = False
        else:
            comparison = word.text if word.text in _COMPARISONS else comparison
            wants_term = True
    return comparison


def _fault(word: _Word, comparison: str, opened: list[str], *, wants_term: bool) -> str:
    """Return the reason why a word can't follow the words before it; an empty text if it can."""
    if wants_term:
        return _term_fault(word, len(opened))
    if word.text == "-" and not word.spaced:
        return "a minus has a space on each side"
    if word.text in {"+", "-", "×", "÷"}:
        return ""
    if opened:
        return "" if word.text == ")" else "a closing parenthesis should be here"
    if not comparison:
        return "" if word.text in _COMPARISONS else "one of = ≈ < > should be here"
    return "the relation should end here, or go on with + - × ÷" if word.text else ""


def _term_fault(word: _Word, depth: int) -> str:
    """Return the reason why a term can't begin with a word; an empty text if it can."""
    if word.is_term:
        return ""
    if word.text not in {"-", "("}:
        return "a number or a figure's id, in lower case, should be here"
    return f"parentheses and minuses go at most {DEEPEST} deep" if depth == DEEPEST else ""


def _close(opened: list[str]) -> None:
    """Close the innermost parenthesis, and the minuses before it."""
    opened.pop()
    _settle(opened)


def _settle(opened: list[str]) -> None:
    """Forget the minuses before a term that is complete."""
    while opened and opened[-1] == "-":
        opened.pop()


def _sides(words: tuple[_Word, ...], values: Mapping[str, Decimal]) -> tuple[Fraction, Fraction]:
    """Return the value of each side, by Python's own rules of precedence; each term is called after its place."""
    texts = [f"_{place}" if word.is_term else _PYTHON.get(word.text, word.text) for place, word in enumerate(words)]
    relation = ast.parse(" ".join(texts), mode="eval").body
    assert isinstance(relation, ast.Compare)  # noqa: S101 -- it has been read
    left, right = (_evaluate(side, words, values) for side in (relation.left, *relation.comparators))
    return left, right


def _evaluate(node: ast.expr, words: tuple[_Word, ...], values: Mapping[str, Decimal]) -> Fraction:
    if isinstance(node, ast.UnaryOp):
        return -_evaluate(node.operand, words, values)
    if isinstance(node, ast.BinOp):
        left, right = _evaluate(node.left, words, values), _evaluate(node.right, words, values)
        if isinstance(node.op, ast.Div) and right == 0:
            sides = _source(node.left, words), _source(node.right, words)
            message = f"cannot be evaluated: {sides[0]} is divided by {sides[1]}, which is zero"
            raise ValueError(message)
        return _SUMS[type(node.op)](left, right)
    assert isinstance(node, ast.Name)  # noqa: S101 -- no other node was read
    return _value(words[int(node.id[1:])].text, values)


def _source(node: ast.expr, words: tuple[_Word, ...]) -> str:
    """Return a part of a relation as its author may have typed it."""
    text = re.sub(r"_(\d+)", lambda found: words[int(found[1])].text, ast.unparse(node))
    return text.replace("*", "×").replace("/", "÷")


def as_minus(name: str, values: Mapping[str, Decimal]) -> str:
    """Return a name split at a hyphen that may be meant as a minus; an empty string if it has none."""
    for hyphen in re.finditer("-", name):
        ends = name[: hyphen.start()], name[hyphen.end() :]
        if all(end in values or end.isdigit() for end in ends):
            return " - ".join(ends)
    return ""


def _value(text: str, values: Mapping[str, Decimal]) -> Fraction:
    if _NUMBER.fullmatch(text):
        return Fraction(text.replace(",", ""))
    value = values[text]
    # 1e1000000000 is quick to type and takes minutes to evaluate.
    if not value.is_finite() or abs(int(value.as_tuple().exponent)) > MOST_DIGITS:
        message = f"cannot be evaluated: {text} is {value}, which has too many digits"
        raise ValueError(message)
    return Fraction(value)


def _shown(value: Fraction) -> str:
    if abs(value) >= 10**30:
        return "a number of more than 30 digits"
    with localcontext(prec=60):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        if exact == round(exact, 6):
            return f"{exact:,f}"
        return f"about {round(exact, 2 if abs(value) >= 1 else 6):,f}"
