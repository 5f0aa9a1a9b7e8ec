"""Find numbers that can't be right or don't come from the figures, and words that a figure prints itself."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.evidence import Figure
from briefpack.brief.figures import REFERENCE, WHOLE, is_outside, split
from briefpack.brief.review.reading import Reading, Slip, Text
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale

UNITS = "the whole number in value:, and here AU$, £, GBP, %, one in, or the noun that is counted: people, years"
OF_A_WHOLE = "part-of-whole"
"""The chart kind whose rows are parts of a whole."""
MOST_ROUNDED = 20
"""Of a whole cost: the part that rounding, or spending that is uneven, may account for."""
SHORT_SCALES = {"b": 9, "bn": 9, "m": 6, "mn": 6, "k": 3}
WITHOUT_UNIT = {"number", "count"}
CAPITAL = ("sentence", "point", "heading", "description")
"""The roles of texts that begin with a capital; a caption or a label may not."""
# A sentence begins a text or a paragraph, or follows the full stop of a word that isn't an abbreviation.
OPENING = re.compile(r"(?:^|\n\s*\n|[^\W\d_]{4}[.!?][”’\"')]*(?:\[\^[^\]]*\])*\s+)[*_“‘\"'(]*$")


def units(reading: Reading) -> Iterator[Slip]:
    """Find each figure whose unit isn't one."""
    # A share of something, or a number or a scale before the noun: % of homes, million people.
    mixed = re.compile(rf".*%.+|.+%|(?:[\d.,]+\s*|(?:{typography.scales(reading.locale)})\b).*", re.IGNORECASE)
    meant = {**reading.locale.slips.units, "one in": "one in"}
    for name, figure in reading.brief.figures.items():
        unit = figure.unit
        hint = meant.get(" ".join(unit.lower().split()), "")
        if mixed.fullmatch(unit) or (re.fullmatch(r"[A-Z]{3}", unit) and unit not in numbers.CODES):
            hint = hint or UNITS
        if hint and unit != hint:
            yield Slip(("figures", name, "unit"), f'"{unit}" is not a unit', hint, unit)


def parts_of_wholes(reading: Reading) -> Iterator[Slip]:
    """Find each percentage in a chart of parts that can't be a part, and each such chart that exceeds its whole."""
    figures = reading.brief.figures
    told: set[str] = set()
    for name, chart in reading.brief.charts.items():
        if chart.kind != OF_A_WHOLE and not chart.shares:
            continue
        drawn = {row.figure: figures[row.figure] for row in chart.rows if row.figure in figures}
        for figure_id, figure in drawn.items():
            if figure.unit == "%" and is_outside(figure.value) and figure_id not in told:
                told.add(figure_id)
                hint = "correct the value, or show it in another kind of chart"
                yield Slip(("figures", figure_id, "value"), _doubt(figure), hint)
        # With a mark, each part is inside the one before it.
        is_whole = chart.kind == OF_A_WHOLE and not chart.mark and len(drawn) == len(chart.rows) > 0
        if message := _excess([*drawn.values()]) if is_whole else "":
            places = (f"{each} ({reading.tree.shown(('figures', each, 'value'))})" for each in drawn)
            hint = f"check its figures against their sources: {', '.join(places)}"
            yield Slip(("charts", name), message, hint)


def _excess(figures: list[Figure]) -> str:
    """Return the message about parts that exceed their whole: the first figure, or 100%."""
    whole, parts = figures[0].value, figures[1:]
    if figures[0].unit == "%" and whole != WHOLE:
        whole, parts = Decimal(WHOLE), figures
    total = sum((part.value for part in parts), Decimal(0))
    if total <= whole or any(part.value > whole or part.unit != figures[0].unit for part in parts):
        return ""
    return f"the parts exceed the whole, {whole:f}: {' + '.join(f'{part.value:f}' for part in parts)} = {total:f}"


def shares(reading: Reading) -> Iterator[Slip]:
    """Find each percentage that is out of range, if it is called a share, or is over 100% and not called a change."""
    locale = reading.locale
    # A language may have no words that name a change; there, a rise by 150% looks like a share.
    knows_changes = bool(locale.slips.changes)
    for name, figure in reading.brief.figures.items():
        if figure.unit != "%" or not is_outside(figure.value):
            continue
        is_over = figure.value > WHOLE and knows_changes and not _is_change(figure.means, locale)
        is_share = _any(locale.slips.shares).search(figure.means) and not _is_change(figure.means, locale)
        if is_over or is_share:
            hint = "correct the value; if it isn't a share, say what it is in means: (growth, increase, ratio …)"
            yield Slip(("figures", name, "value"), _doubt(figure), hint)


def _is_change(words: str, locale: Locale) -> bool:
    return bool(_any(locale.slips.changes).search(words))


def _doubt(figure: Figure) -> str:
    side = "below zero" if figure.value < 0 else "over 100%"
    return f"a share of a whole can't be {side}: {figure.value:f}%"


@lru_cache(maxsize=16)
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{typography.any_of(words)})\b", re.IGNORECASE)


def yearly_costs(reading: Reading) -> Iterator[Slip]:
    """Find each ask whose yearly cost doesn't fit its whole cost and its period."""
    figures, locale = reading.brief.figures, reading.locale
    number = rf"{typography.any_of(locale.listed('number-words')[2:])}|[1-9]\d?"
    period = re.compile(rf"(?<![\w.])({number})[\s-](?:{typography.any_of(locale.slips.years)})(?!\w)", re.IGNORECASE)
    for index, ask in enumerate(reading.brief.asks):
        amount, annual = figures.get(ask.amount or ""), figures.get(ask.annual or "")
        if not amount or not annual or amount.unit != annual.unit:
            continue
        typed = period.search(ask.period or "")
        years = _count(typed[1], locale) if typed else 1
        total = annual.value * years
        message = ""
        if annual.value > amount.value:
            message = f"the yearly cost, {annual.value:,f}, is more than the whole cost, {amount.value:,f}"
        elif years > 1 and abs(total - amount.value) * MOST_ROUNDED > amount.value:
            message = f"{annual.value:,f} a year for {years} years is {total:,f}, not {amount.value:,f}"
        if message:
            yield Slip(("asks", index, "annual"), message, "correct annual:, amount: or period:")


def _count(number: str, locale: Locale) -> int:
    """Return the value of a number in words or digits."""
    return int(number) if number.isdigit() else locale.listed("number-words").index(number.lower())


def of_asks(reading: Reading) -> Iterator[Slip]:
    """Find each number before "asks" that isn't theirs, nor that of the asks of a theme."""
    themes = [ask.theme for ask in reading.brief.asks]
    right = {1, len(themes), *map(themes.count, themes)}
    for text in reading.texts if themes else ():
        for number, span in _numbers_of_asks(text, reading.locale):
            if _count(number, reading.locale) not in right:
                shown, has = " ".join(text.words[slice(*span)].split()), Decimal(len(themes))
                message = f'"{shown}" counts the asks, and the brief has {numbers.words(has, reading.locale)}'
                yield text.slip(span, message, "write {asks} for their number, or say which ones")


def _numbers_of_asks(text: Text, locale: Locale) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each number of asks in a text, unless a word before it says that it counts only some of them."""
    for found in _of_asks(locale).finditer(text.words):
        before = text.words[: found.start()].split()[-1:]
        if "".join(before).lower() not in locale.slips.parts_of_asks:
            yield found["number"], found.span()


@lru_cache(maxsize=16)
def _of_asks(locale: Locale) -> re.Pattern[str]:
    words, nouns = typography.any_of(locale.listed("number-words")), typography.any_of(locale.slips.asks)
    return re.compile(rf"(?<![\w{{.,$–-])(?P<number>(?i:{words})|\d{{1,3}})\s+(?:{nouns})(?![\w-])")


def typed(reading: Reading) -> Iterator[Slip]:
    """Find each number typed into a text, unless another rule is about that number."""
    for text in reading.texts:
        if not text.is_prose or reading.tree.is_filled(text.loc):
            continue
        counted = {span[0] for _, span in _numbers_of_asks(text, reading.locale)}
        for span in typography.loose_places(text.words, reading.locale):
            if span[0] not in counted:
                yield _typed(reading, text, span)


def _typed(reading: Reading, text: Text, span: tuple[int, int]) -> Slip:
    """Return the slip of a typed number, which names the figures that it may be."""
    number, after = text.words[slice(*span)], text.words[span[1] :]
    value = _value(number, reading.locale)
    same = [
        name
        for name, figure in reading.brief.figures.items()
        if figure.value == value and name not in reading.cells and _is_of(figure, number, after, reading.locale)
    ]
    if not same:
        message = f'the number "{number}" does not come from figures:'
        hint = "add it to figures: and write {its-id} here"
        if cost := _cost(reading, text, number):
            hint = f"{{{cost}}}, if it is the cost of this ask; if not, {hint}"
        return text.slip(span, message, hint)
    message = f'the number "{number}" is typed here, and is in figures: as {" and as ".join(same)}'
    return text.slip(span, message, f"write {' or '.join(f'{{{name}}}' for name in same)}")


def _cost(reading: Reading, text: Text, typed: str) -> str | None:
    """Return the figure of the cost of the ask that a text is part of, if an amount of money is typed there."""
    if text.loc[0] != "asks" or not numbers.names_money(typed):
        return None
    return reading.brief.asks[int(text.loc[1])].amount


def _is_of(figure: Figure, typed: str, after: str, locale: Locale) -> bool:
    """Return whether a figure's unit is on a typed number, or its unit or meaning follows."""
    if numbers.names_money(typed):
        return numbers.is_currency(figure.unit) and not figure.unit.isalpha()
    per_cent = locale.label("per-cent", number="").strip().replace(numbers.NO_BREAK, " ")
    if typed.endswith(("%", per_cent)) or figure.unit in {"%", "one in"}:
        return typed.endswith(("%", per_cent)) and figure.unit == "%"
    noun = figure.means.partition(" ")[0]
    return bool(re.match(rf"\s*(?i:{re.escape(figure.unit)}|{re.escape(noun)})(?!\w)", after))


def _value(typed: str, locale: Locale) -> Decimal:
    """Return the value of a number in digits, with a scale if it has one."""
    digits = re.search(typography.digits(locale), typed)
    assert digits  # noqa: S101 -- it has been found by its digits
    scale = re.sub(r"[\W\d_]", "", typed[digits.end() :].lower())
    return typography.value(digits[0], locale).scaleb(_powers(locale).get(scale, 0))


@lru_cache(maxsize=16)
def _powers(locale: Locale) -> dict[str, int]:
    """Return the power of ten that each word after a number stands for."""
    powers = dict(SHORT_SCALES)
    for power, name in locale.powers:
        for form in ("", *(f"-{form}" for form in (*locale.plurals, "other"))):
            powers[locale.labels.get(f"{name}{form}", name).lower()] = power
    return powers


def doubled(reading: Reading) -> Iterator[Slip]:
    """Find each figure beside a word that it prints itself, or that begins a sentence in lower case."""
    for text in reading.texts:
        for reference in REFERENCE.finditer(text.words):
            figure_id, variant = split(reference[1])
            figure = reading.ledger.figure(figure_id)
            try:
                printed = reading.ledger.written(figure_id, variant) if figure else ""
            except ValueError:  # It has a problem of its own.
                continue
            if figure and printed:
                yield from _beside(reading, text, reference, figure, printed)


def _beside(reading: Reading, text: Text, reference: re.Match[str], figure: Figure, printed: str) -> Iterator[Slip]:
    figure_id, variant = split(reference[1])
    start, end = reference.span()
    before, after = text.words[:start], text.words[end:]
    units, hedges = "", ""
    if variant not in WITHOUT_UNIT:
        units, hedges = _unit_typed(figure, printed, reading.locale)
    typed = re.match(units, after, re.IGNORECASE) if units else None
    earlier = re.search(rf"(?:{hedges})\s?$", before, re.IGNORECASE) if hedges else None
    if not typed and not earlier and variant not in {"bare", *WITHOUT_UNIT}:
        earlier = _hedge(figure, before, reading.locale)
    if typed or earlier:
        span = start - len(earlier[0] if earlier else ""), end + len(typed[0] if typed else "")
        words = text.words[slice(*span)]
        shown, full = " ".join(words.split()), " ".join(words.replace(reference[0], printed).split())
        extra = shown.replace(reference[0], "").strip()
        hint = f'delete "{extra}": the figure prints it, or another word like it, itself'
        yield text.slip(span, f'"{shown}" would print as "{full}"', hint)
    elif text.role in CAPITAL and printed[0].islower() and OPENING.search(before):
        hint = "begin it with another word" if variant else f"{{{figure_id}:capital}}"
        yield text.slip((start, end), f'a sentence would begin in lower case: "{printed}"', hint)


def _unit_typed(figure: Figure, printed: str, locale: Locale) -> tuple[str, str]:
    """Return patterns for the words of its unit that a figure prints itself: after it, and before it."""
    sign = figure.unit[-1] if figure.unit else ""
    words = tuple(word for word, unit in locale.slips.units.items() if unit.endswith(sign))
    if figure.unit == "%":
        return rf"\s*%|\s+(?:{typography.spaced(words)})(?![\w-])", ""
    if figure.unit == "one in":
        one = typography.spaced((*locale.listed("number-words")[1:2], "1"))
        label = locale.label("one-in", one="\0", number="").strip().replace(numbers.NO_BREAK, r"\s+")
        return "", label.replace("\0", rf"\b(?:{one})")
    if not numbers.is_currency(figure.unit):
        return "", ""
    after = rf"\s+(?:{typography.spaced(words)})(?![\w-])"
    if re.search(rf"(?:{typography.scales(locale)})\+?$", printed):
        after += rf"|\s+(?:{typography.spaced((*locale.typed.scales,))})\b|(?:bn?|mn?|k)\b"
    return after, rf"(?:\b[A-Z]{{1,3}})?\\?(?:\$|{typography.SIGN})"


def _hedge(figure: Figure, before: str, locale: Locale) -> re.Match[str] | None:
    """Return the hedge that is typed before a figure with its own: about about 800, more than 900+."""
    slips = locale.slips
    hedges = slips.hedges if figure.hedge else ()
    if figure.hedge or figure.plus:
        hedges += tuple(word for name, word in locale.labels.items() if name.startswith("hedge-") and figure.plus)
        hedges += (figure.hedge,) if figure.hedge else slips.hedges
    if not hedges:
        return None
    # "Wrote about nearly 300 cases" and "no more than about 300" are right; "about about" never is.
    topics = typography.spaced((*slips.about, *slips.not_hedges))
    typed = re.search(
        rf"(?<![\w-])(?P<topic>(?:{topics})\s+)?(?P<hedge>{typography.spaced(hedges)})\s+$", before, re.IGNORECASE
    )
    return typed if typed and (not typed["topic"] or typed["hedge"].lower() == figure.hedge) else None
