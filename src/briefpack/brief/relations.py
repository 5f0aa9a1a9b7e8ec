"""Check a brief's relations between figures in exact arithmetic, and the total of its asks.

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

from briefpack.brief.evidence import Figure, Relation
from briefpack.brief.figures import NEW, cells
from briefpack.brief.model import Brief
from briefpack.problem import Problem, or_nearest
from briefpack.text.numbers import MOST_DIGITS
from briefpack.text.yaml_lines import Loc, Tree

LONGEST = 500
TOLERANCE = Fraction(2, 100)

# A number with commas, one with a decimal point, a figure's id, any other word, or a sign.
_WORD = re.compile(
    r"\d+(?:,\d{3})+(?:\.\d+)?(?![\w.,])|\d+\.\d+(?!\w)|[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])|\w+(?:-\w+)*|\S"
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PYTHON = {"+": "+", "-": "-", "−": "-", "×": "*", "*": "*", "÷": "/", "/": "/", "(": "(", ")": ")"}
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


def compare(holds: str, values: Mapping[str, Decimal]) -> Outcome:
    """Evaluate both sides of a relation and compare them.

    Raises ValueError for text that can't be read or evaluated.
    """
    if len(holds) > LONGEST:
        message = f"has {len(holds)} characters, more than the {LONGEST} allowed"
        raise ValueError(message)
    _check_words(holds)
    words = _split(holds)
    place = next(place for place, word in enumerate(words) if word in _COMPARISONS)
    sides = [_parsed(words[:place]), _parsed(words[place + 1 :])]
    if unknown := tuple(dict.fromkeys(name for name in terms(holds) if name not in values)):
        return Outcome(true=False, left=Fraction(0), right=Fraction(0), unknown=unknown, says="")
    left = _evaluate(sides[0], words[:place], values)
    right = _evaluate(sides[1], words[place + 1 :], values)
    says = f"{_shown(left)} on the left, {_shown(right)} on the right"
    return Outcome(_COMPARISONS[words[place]](left, right), left, right, (), says)


def terms(holds: str) -> tuple[str, ...]:
    """Return the ids of the figures in a relation."""
    return _figures(_split(holds))


def sums(holds: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each figure that a relation works out, alone on its side of = or ≈, with the figures on the other side."""
    words = _split(holds)
    signs = [place for place, word in enumerate(words) if word in {"=", "≈"}]
    for place in signs[:1]:
        sides = words[:place], words[place + 1 :]
        for one, other in (sides, sides[::-1]):
            yield from ((total, _figures(other)) for total in _figures(one) if len(one) == 1)


def _figures(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if _ID.fullmatch(word) and not _NUMBER.fullmatch(word))


def _split(holds: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(holds))


def _check_words(holds: str) -> None:
    """Raise ValueError for a word that no relation has, a minus without spaces, or any but one comparison."""
    before, compared = "", 0
    for place, found in enumerate(_WORD.finditer(holds), start=1):
        word = found[0]
        is_spaced = f"{holds[found.start() - 1]}{holds[found.end() : found.end() + 1]}".isspace()
        if word == "-" and before and before not in "(+-−×*÷/" and before not in _COMPARISONS and not is_spaced:
            message = f'cannot be read at word {place}, "-": a minus has a space on each side'
            raise ValueError(message)
        if not (_NUMBER.fullmatch(word) or _ID.fullmatch(word) or word in _PYTHON or word in _COMPARISONS):
            message = f'cannot be read at word {place}, "{word}": it is no number, no sign and no id in lower case'
            raise ValueError(message)
        compared += word in _COMPARISONS
        before = word
    if compared != 1:
        message = f"cannot be read: it has {compared} of = ≈ < >, and needs one"
        raise ValueError(message)


def _parsed(words: tuple[str, ...]) -> ast.expr:
    """Return a side by Python's own rules of precedence; each term is called after its place."""
    texts = [_PYTHON.get(word, f"_{place}") for place, word in enumerate(words)]
    try:
        side = ast.parse(" ".join(texts), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError):
        side = ast.Constant(None)
    if any(not isinstance(node, _NODES) for node in ast.walk(side)):
        message = f'cannot be read: "{" ".join(words)}" is no sum' + (", since x is not ×" if "x" in words else "")
        raise ValueError(message)
    return side


_NODES = (ast.BinOp, ast.UnaryOp, ast.Name, ast.Load, ast.USub, ast.UAdd, *_SUMS)


def _evaluate(node: ast.expr, words: tuple[str, ...], values: Mapping[str, Decimal]) -> Fraction:
    if isinstance(node, ast.UnaryOp):
        value = _evaluate(node.operand, words, values)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp):
        left, right = _evaluate(node.left, words, values), _evaluate(node.right, words, values)
        if isinstance(node.op, ast.Div) and right == 0:
            sides = _source(node.left, words), _source(node.right, words)
            message = f"cannot be evaluated: {sides[0]} is divided by {sides[1]}, which is zero"
            raise ValueError(message)
        return _SUMS[type(node.op)](left, right)
    assert isinstance(node, ast.Name)  # noqa: S101 -- no other node was read
    return _value(words[int(node.id[1:])], values)


def _source(node: ast.expr, words: tuple[str, ...]) -> str:
    """Return a part of a relation as its author may have typed it."""
    text = re.sub(r"_(\d+)", lambda found: words[int(found[1])], ast.unparse(node))
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


QUERY = "add query: with the id of an open query"
MOST_NAMED = 6
"""The most figures of a relation that a hint names with their values."""


def check(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each relation that isn't true, and for asks whose costs don't add up to their total."""
    for index, relation in enumerate(brief.relations):
        yield from _check_relation(tree, ("relations", index, "holds"), relation, brief.figures)
    yield from _check_sum_of_asks(brief, tree)


def _check_relation(tree: Tree, loc: Loc, relation: Relation, figures: Mapping[str, Figure]) -> Iterator[Problem]:
    values = {name: figure.value for name, figure in figures.items()}
    try:
        outcome = compare(relation.holds, values)
    except ValueError as error:
        hint = (
            "divide by a figure that is not zero"
            if "which is zero" in str(error)
            else "total = annual × years, with figure ids"
        )
        yield tree.problem(loc, f"the relation {error}", hint)
        return
    for unknown in outcome.unknown:
        minus = as_minus(unknown, values)
        hint = or_nearest(NEW, unknown, values.keys() - cells(tree))
        if minus:
            hint = f"{minus}: a minus has a space on each side"
        message = f'there is no figure called "{unknown}"'
        yield tree.problem(loc, message, hint, words=unknown)
    if outcome.unknown:
        return
    if not outcome.true and not relation.query:
        compared = "<" in relation.holds or ">" in relation.holds
        message = f"{'the comparison is wrong' if compared else 'the sum does not add up'}: {outcome.says}"
        yield tree.problem(loc, message, _hint(relation.holds, figures, tree))
    if outcome.true and relation.query:
        message = f'the relation is true, so query "{relation.query}" is no longer needed here'
        yield tree.problem(loc, message, "delete query:", warning=True)


def _hint(holds: str, figures: Mapping[str, Figure], tree: Tree) -> str:
    """Return the hint for an untrue relation: its figures, with their values and lines."""
    names = tuple(dict.fromkeys(terms(holds)))
    if not names or len(names) > MOST_NAMED:
        return f"correct a figure, or {QUERY}"
    listed = ", ".join(f"{name} ({figures[name].value:,f}, {tree.shown(('figures', name, 'value'))})" for name in names)
    return f"correct {listed} or the sum; or {QUERY}"


def _check_sum_of_asks(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Check the total under the asks against their yearly costs, since nobody adds up a printed column."""
    costs = [brief.figures.get(ask.annual) for ask in brief.asks if ask.annual]
    total = brief.figures.get(brief.asks_annual or "")
    if total and None not in costs:
        found = sum((cost.value for cost in costs if cost), Decimal(0))
        if found != total.value:
            message = f"the asks' yearly costs add up to {found:,f}, not {total.value:,f}"
            yield tree.problem(("asks_annual",), message, "name another figure, or correct a value")
