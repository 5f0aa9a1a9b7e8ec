"""Check relations between figures in exact arithmetic.

    relation := sum ("=" | "≈" | "<" | ">") sum          ≈ allows 2 % of the larger side
    sum      := product (("+" | "-" | "−") product)*
    product  := factor (("×" | "*" | "/" | "÷") factor)*
    factor   := ("-" | "−") factor | "(" sum ")" | number | figure id

A figure's id has hyphens without spaces (`accce-allocated-total`); a minus has a space on each side.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
_NEGATE = "−"
"""The step that changes a sign. No other step has this text, because a typed − is read as a hyphen."""
_SAME_SIGN = {"−": "-", "*": "×", "/": "÷"}
_SUMS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "×": lambda left, right: left * right,
    "÷": lambda left, right: left / right,
}
_COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda left, right: left == right,
    "≈": lambda left, right: abs(left - right) <= TOLERANCE * max(abs(left), abs(right)),
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
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
    place: int
    spaced: bool


@dataclass
class _Reader:
    words: tuple[_Word, ...]
    at: int = 0
    depth: int = 0
    steps: list[_Word] = field(default_factory=list)
    """The words read so far, in order of evaluation (postfix)."""


def check(holds: str, values: Mapping[str, Decimal]) -> Outcome:
    """Evaluate both sides of a relation and compare them.

    Raises ValueError for text that can't be read or evaluated.
    """
    if len(holds) > LONGEST:
        message = f"has {len(holds)} characters, more than the {LONGEST} that fit"
        raise ValueError(message)
    reader = _Reader(_split(holds))
    left, comparison, right = _read_relation(reader)
    unknown = _unknown((*left, *right), values)
    if unknown:
        return Outcome(true=False, left=Fraction(0), right=Fraction(0), unknown=unknown, says="")
    results = _work_out(left, values), _work_out(right, values)
    says = f"{_shown(results[0])} on the left, {_shown(results[1])} on the right"
    return Outcome(_COMPARISONS[comparison](*results), *results, (), says)


def _split(holds: str) -> tuple[_Word, ...]:
    return tuple(
        _Word(
            _SAME_SIGN.get(found[0], found[0]),
            place,
            f"{holds[found.start() - 1]}{holds[found.end() : found.end() + 1]}".isspace() or found[0] != "-",
        )
        for place, found in enumerate(_WORD.finditer(holds), 1)
    )


def _read_relation(reader: _Reader) -> tuple[list[_Word], str, list[_Word]]:
    _read_sum(reader)
    left, reader.steps = reader.steps, []
    if _next(reader) not in _COMPARISONS:
        raise _unreadable(reader, "one of = ≈ < > should stand here")
    comparison = _take(reader).text
    _read_sum(reader)
    if _next(reader):
        raise _unreadable(reader, "the relation should end here, or go on with + - × ÷")
    return left, comparison, reader.steps


def _read_sum(reader: _Reader) -> None:
    _read_product(reader)
    while _next(reader) in {"+", "-"}:
        if not reader.words[reader.at].spaced:
            raise _unreadable(reader, "a minus has a space on each side")
        sign = _take(reader)
        _read_product(reader)
        reader.steps.append(sign)


def _read_product(reader: _Reader) -> None:
    _read_factor(reader)
    while _next(reader) in {"×", "÷"}:
        sign = _take(reader)
        _read_factor(reader)
        reader.steps.append(sign)


def _read_factor(reader: _Reader) -> None:
    opening = _next(reader)
    if opening not in {"-", "("}:
        _read_term(reader)
        return
    _deepen(reader)
    sign = _take(reader)
    if opening == "-":
        _read_factor(reader)
        reader.steps.append(_Word(_NEGATE, sign.place, spaced=True))
    else:
        _read_sum(reader)
        _close(reader)
    reader.depth -= 1


def _read_term(reader: _Reader) -> None:
    text = _next(reader)
    if not (_NUMBER.fullmatch(text) or _ID.fullmatch(text)):
        raise _unreadable(reader, "a number or a figure's id, in lower case, should stand here")
    reader.steps.append(_take(reader))


def _deepen(reader: _Reader) -> None:
    reader.depth += 1
    if reader.depth > DEEPEST:
        raise _unreadable(reader, f"parentheses and minuses go at most {DEEPEST} deep")


def _close(reader: _Reader) -> None:
    if _next(reader) != ")":
        raise _unreadable(reader, "a closing parenthesis should stand here")
    _take(reader)


def _next(reader: _Reader) -> str:
    return reader.words[reader.at].text if reader.at < len(reader.words) else ""


def _take(reader: _Reader) -> _Word:
    reader.at += 1
    return reader.words[reader.at - 1]


def _unreadable(reader: _Reader, reason: str) -> ValueError:
    text = _next(reader)
    found = f'"{text}"' if text else "the end"
    return ValueError(f"cannot be read at word {reader.at + 1}, {found}: {reason}")


def _unknown(steps: tuple[_Word, ...], values: Mapping[str, Decimal]) -> tuple[str, ...]:
    names = (step.text for step in steps if _is_name(step.text))
    return tuple(dict.fromkeys(name for name in names if name not in values))


def _is_name(text: str) -> bool:
    return bool(_ID.fullmatch(text)) and not _NUMBER.fullmatch(text)


def as_minus(name: str, values: Mapping[str, Decimal]) -> str:
    """Return a name split at a hyphen that may be meant as a minus; an empty string if it has none."""
    for hyphen in re.finditer("-", name):
        ends = name[: hyphen.start()], name[hyphen.end() :]
        if all(end in values or end.isdigit() for end in ends):
            return " - ".join(ends)
    return ""


def _work_out(steps: list[_Word], values: Mapping[str, Decimal]) -> Fraction:
    results: list[Fraction] = []
    for step in steps:
        if step.text == _NEGATE:
            results.append(-results.pop())
        elif step.text in _SUMS:
            right, left = results.pop(), results.pop()
            _refuse_zero(step, right)
            results.append(_SUMS[step.text](left, right))
        else:
            results.append(_value(step.text, values))
    return results.pop()


def _value(text: str, values: Mapping[str, Decimal]) -> Fraction:
    if _NUMBER.fullmatch(text):
        return Fraction(text.replace(",", ""))
    value = values[text]
    # 1e1000000000 is quick to type and takes minutes to evaluate.
    if not value.is_finite() or abs(int(value.as_tuple().exponent)) > MOST_DIGITS:
        message = f"cannot be worked out: {text} is {value}, which is too long to work out"
        raise ValueError(message)
    return Fraction(value)


def _refuse_zero(step: _Word, divisor: Fraction) -> None:
    if step.text == "÷" and divisor == 0:
        message = f"cannot be worked out at word {step.place}: what follows the division comes to zero"
        raise ValueError(message)


def _shown(value: Fraction) -> str:
    if abs(value) >= 10**30:
        return "a number of more than 30 digits"
    with localcontext(prec=60):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        if exact == round(exact, 6):
            return f"{exact:,f}"
        return f"about {round(exact, 2 if abs(value) >= 1 else 6):,f}"
