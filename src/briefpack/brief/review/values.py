"""Find words that aren't units, impossible shares, values far from their neighbours, and a rise said to be a fall."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.blocks import KeyFigure
from briefpack.brief.figures import REFERENCE, WHOLE, is_outside, split
from briefpack.brief.model import Brief, Figure
from briefpack.brief.review.reading import Reading, warning
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text import typography
from briefpack.text.currencies import CODES
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

SIGNS = ({"A$", "AU$", "AUD"}, {"US$", "USD"}, {"NZ$", "NZD"}, {"C$", "CA$", "CAD"}, {"S$", "SG$", "SGD"}, {"HK$", "HKD"},
         {"£", "GBP"}, {"€", "EUR"})  # fmt: skip
"""The ways of writing each currency."""
UNITS = "AU$, £, GBP, %, one in, per thousand people, or the noun that is counted: people, years"


def not_units(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each figure whose unit isn't one."""
    for name, figure in reading.brief.figures.items():
        if hint := _meant(figure.unit, reading.locale):
            loc = ("figures", name, "unit")
            yield reading.tree.problem(loc, f'"{figure.unit}" is not a unit', hint, words=figure.unit)


def currencies(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each figure whose currency most other figures write in another way."""
    brief = reading.brief
    for signs in SIGNS:
        written = Counter(figure.unit for figure in brief.figures.values() if figure.unit in signs)
        usual = written.most_common(1)[0][0] if len(written) > 1 else ""
        for name, figure in brief.figures.items() if usual else ():
            if figure.unit in signs and figure.unit != usual:
                message = f'"{figure.unit}" is written "{usual}" in other figures'
                loc = ("figures", name, "unit")
                yield reading.tree.problem(loc, message, usual, words=figure.unit, warning=True)


def _meant(unit: str, locale: Locale) -> str:
    """Return the hint for a unit that isn't one; an empty text for a unit."""
    plain = " ".join(unit.lower().split())
    if plain in locale.slips.units:
        return locale.slips.units[plain]
    if "%" in unit and unit != "%":
        return '"%", with the other words in the text'
    if plain == "one in" and unit != "one in":
        return "one in, in lower case"
    if re.fullmatch(rf"(?:[\d.,]+\s*|(?:{typography.scales(locale)})\b).*", unit, re.IGNORECASE):
        return "put the whole number in value:, and name what it counts: people, years, AU$"
    return UNITS if re.fullmatch(r"[A-Z]{3}", unit) and unit not in CODES else ""


OF_A_WHOLE = "part-of-whole"
"""The chart kind whose rows are parts of a whole."""
MOST_WORDS = 3
"""The most words between "of" and the noun that a share is a share of."""


def impossible_parts(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each percentage in a chart of parts that can't be a part."""
    brief, tree = reading.brief, reading.tree
    rows = (row for chart in brief.charts.values() if chart.kind == OF_A_WHOLE or chart.shares for row in chart.rows)
    for name in dict.fromkeys(row.figure for row in rows):
        figure = brief.figures.get(name or "")
        if name and figure and figure.unit == "%" and is_outside(figure.value):
            hint = "correct the value, or show it in another kind of chart"
            yield tree.problem(("figures", name, "value"), _doubt(figure)[0], hint)
    for name, chart in brief.charts.items():
        figures = {row.figure: brief.figures[row.figure] for row in chart.rows if row.figure in brief.figures}
        # With a mark, each part is inside the one before it, and they needn't add up to less than the whole.
        if chart.kind == OF_A_WHOLE and not chart.mark and figures and len(figures) == len(chart.rows):
            yield from _check_sum(("charts", name), figures, tree)


def _check_sum(loc: Loc, figures: Mapping[str, Figure], tree: Tree) -> Iterator[Problem]:
    """Yield a problem for a chart whose parts exceed the whole, with its figures and their lines."""
    first, *others = figures.values()
    bare = first.unit == "%" and first.value != WHOLE
    whole, parts = (Decimal(WHOLE), [first, *others]) if bare else (first.value, others)
    total = sum((part.value for part in parts), Decimal(0))
    if total <= whole or any(part.value < 0 or part.value > whole or part.unit != first.unit for part in parts):
        return
    message = f"the parts exceed the whole, {whole:f}: {' + '.join(f'{part.value:f}' for part in parts)} = {total:f}"
    places = (f"{each} ({tree.shown(('figures', each, 'value'))})" for each in figures)
    yield tree.problem(loc, message, f"check its figures against their sources: {', '.join(places)}")


def impossible_shares(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each percentage that is called a share, or used as one, and is out of range or a fraction."""
    brief, locale = reading.brief, reading.locale
    beyond = {name: each for name, each in brief.figures.items() if _is_doubtful(each)}
    if not beyond:
        return
    captions = [(part.figure, part.caption) for _, part in walk(brief) if isinstance(part, KeyFigure)]
    used = {name for text in reading.texts for name in (*_used(text.words, locale), *_called(text.words, locale))}
    used |= {name for name, caption in captions if _begins_with_whole(caption, locale)} | {
        *_drawn_shares(brief, locale)
    }
    used |= {name for name, each in beyond.items() if _who(locale).match(each.means)}
    rows = [(row.figure or "", row.label) for chart in brief.charts.values() for row in chart.rows]
    for name, figure in beyond.items():
        said = " ".join([figure.means, *(words for other, words in (*captions, *rows) if other == name)])
        if not _any(locale.slips.changes).search(said) and (name in used or _any(locale.slips.shares).search(said)):
            message, hint = _doubt(figure)
            yield reading.tree.problem(("figures", name, "value"), message, hint, warning=True)


def _called(words: str, locale: Locale) -> Iterator[str]:
    """Yield the ids of the figures that a sentence calls a share, and not a change of one: the share rose to {walk}."""
    slips = locale.slips
    for sentence in re.split(r"(?<=[.!?;])\s", words) if "{" in words else ():
        if called := _any(slips.shares).search(sentence):
            changes = {found.lower() for found in _any(slips.changes).findall(sentence)}
            for found in REFERENCE.finditer(sentence, called.end()):
                before = {*sentence[: found.start()].split()[-1:]}
                is_end = before & {*slips.from_to, *slips.from_to.values()}
                if not changes.difference((*slips.rose, *slips.fell, *slips.raised, *slips.cut) if is_end else ()):
                    yield split(found[1])[0]


def _drawn_shares(brief: Brief, locale: Locale) -> Iterator[str]:
    """Yield the ids of the figures in the charts whose texts speak of a share, and of no change."""
    for chart in brief.charts.values():
        words = (chart.subtitle or "", chart.finding, chart.alt)
        changed = _any(locale.slips.changes).search(chart.subtitle or " ".join(words))
        if not changed and _any(locale.slips.shares).search(" ".join(words)):
            yield from (row.figure for row in chart.rows if row.figure)


@lru_cache(maxsize=16)
def _who(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for people or things, and what is true of some of them: children in the trial who could swim."""
    who = typography.any_of(locale.slips.who)
    return re.compile(rf"(?:[^\W\d_]+\s+)?{_plural(locale)}[^.;]*?\s(?:{who})\b", re.IGNORECASE)


def _plural(locale: Locale) -> str:
    """Return a pattern for the plural of what a share may be of: a percentage of costs may be more than the whole."""
    irregular = typography.any_of(tuple(locale.singulars.irregular))
    return rf"(?!(?:{typography.any_of(locale.slips.wholes)})\b)(?:{irregular}|[a-z]{{3,}}(?<![sui])s)\b"


def is_share(words: str, locale: Locale) -> bool:
    """Return whether words about a percentage call it a share of something, and not a change."""
    changed = _any(locale.slips.changes).search(words)
    return not changed and bool(_any(locale.slips.shares).search(words) or _begins_with_whole(words, locale))


def _begins_with_whole(words: str, locale: Locale) -> bool:
    """Return whether words after a number say of how many things it is a share."""
    return bool(_of(locale).match(f"{{}} {words}"))


LEAST_FRACTION = Decimal("0.1")
HUNDREDTHS = -2
"""The exponent of the fraction that a spreadsheet has for a percentage: 0.38 for 38%."""


def _is_doubtful(figure: Figure) -> bool:
    """Return whether a percentage can't be a share, or looks like the fraction that a spreadsheet has for one."""
    return figure.unit == "%" and (is_outside(figure.value) or _is_fraction(figure.value))


def _is_fraction(value: Decimal) -> bool:
    return LEAST_FRACTION <= value < 1 and int(value.as_tuple().exponent) <= HUNDREDTHS


def _doubt(figure: Figure) -> tuple[str, str]:
    """Return the message and the hint for a share that is doubtful."""
    if _is_fraction(figure.value):
        meant = f"{(figure.value * WHOLE).normalize():f}"
        return (
            f"this share prints as {figure.value:f}%",
            f"{meant}, if {figure.value:f} is a fraction from a spreadsheet",
        )
    side = "below zero" if figure.value < 0 else "over 100%"
    hint = "correct the value; if it is a change, say so in means: (growth, increase, change …)"
    return f"a share of a whole can't be {side}: {figure.value:f}%", hint


def _used(words: str, locale: Locale) -> Iterator[str]:
    """Yield the ids of the figures that a text uses as a share of a number of things."""
    for found in _of(locale).finditer(words):
        yield split(found["id"])[0]


@lru_cache(maxsize=16)
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{typography.any_of(words)})\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def _of(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a figure "of rented homes": "of GDP" or "of 2019 levels" may be more than the whole."""
    of = typography.any_of(locale.slips.share_of)
    wholes = typography.any_of(locale.slips.wholes)
    return re.compile(
        rf"\{{(?P<id>[^{{}}\s]*)\}}\s+(?:{of})\s+(?:(?!(?:{wholes})\b)[^\W\d_][\w’'-]*\s+){{0,{MOST_WORDS}}}?"
        rf"{_plural(locale)}"
    )


TENFOLD = 10
FEWEST = 4
"""The fewest values in a series from which one of them may be judged."""
STEADY = Decimal("1.6")
"""A value is judged by its two neighbours if the larger is at most this many times the smaller."""
MOMENT = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
Point = tuple[Loc, str, Figure]
"""A value of a series: the location of its figure in the chart, its moment, and the figure."""


def outliers(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each value that would be like its neighbours with a digit more or less."""
    for points in _series(reading.brief):
        for number, (loc, when, figure) in enumerate(points):
            beside = _beside(points, number)
            factor = _slip(figure.value, [each[2].value for each in beside])
            if factor:
                several = " and ".join(f"{each[2].value:,f} ({each[1]})" for each in beside)
                slip = "a tenth of" if factor > 1 else "ten times"
                message = f"{when}: {figure.value:,f} is about {slip} the values beside it, {several}"
                yield reading.tree.problem(loc, message, f"is {_plain(figure.value * factor)} meant?", warning=True)


def _plain(value: Decimal) -> str:
    return f"{value:,.0f}" if value == value.to_integral() else f"{value:,f}"


def _series(brief: Brief) -> Iterator[list[Point]]:
    """Yield the values of each series of a chart whose rows are moments in time."""
    for name, chart in brief.charts.items():
        found: dict[str, list[Point]] = {}
        for index, row in enumerate(chart.rows):
            figure = brief.figures.get(row.figure or "")
            if figure and MOMENT.search(row.label):
                place: Loc = ("charts", name, "rows", index, "figure")
                found.setdefault(row.series or "", []).append((place, row.label, figure))
        yield from (points for points in found.values() if len(points) >= FEWEST)


def _beside(points: Sequence[Point], number: int) -> Sequence[Point]:
    """Return the values on either side of one; at an end, the two that are next to it."""
    first = min(max(number - 1, 0), len(points) - 3)
    return [each for each in points[first : first + 3] if each is not points[number]]


def _slip(value: Decimal, beside: Sequence[Decimal]) -> Decimal | None:
    """Return 10 or 0.1 if a value multiplied by it is like its neighbours and the value itself isn't."""
    low, high = min(beside), max(beside)
    if value <= 0 or low <= 0 or high > low * STEADY:
        return None
    for factor in (Decimal(TENFOLD), 1 / Decimal(TENFOLD)):
        if low / STEADY <= value * factor <= high * STEADY:
            return factor
    return None


NEAR, FAR = 3, 8
"""The most words between a verb and "from": any, and those of a noun that it changes: cut the bill of a home from."""


def directions(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each word for a rise beside values that fall, or for a fall beside values that rise."""
    yield from _findings(reading)
    for text in reading.texts:
        for found in _moves(reading.locale).finditer(text.words) if "{" in text.words else ():
            first, last = (reading.ledger.figure(split(found[key])[0]) for key in ("first", "last"))
            if first and last and first.unit == last.unit != "one in" and first.value >= 0:
                way = "no change" if first.value == last.value else "a rise" if first.value < last.value else "a fall"
                if way != ("a rise" if _is_up(found["verb"], reading.locale) else "a fall"):
                    values = " to ".join(reading.ledger.written(*split(found[key])) for key in ("first", "last"))
                    hint = f'exchange the two figures, or correct "{found["verb"]}" or a value'
                    message = f'"{found["verb"]}", but {values} is {way}'
                    yield warning(reading.tree, text, found.span(), message, hint)


def _is_up(verb: str, locale: Locale) -> bool:
    return verb.lower() in (*locale.slips.rose, *locale.slips.raised)


def _findings(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each finding of a single line that says the opposite of what all its values do."""
    figures, locale = reading.brief.figures, reading.locale
    for name, chart in reading.brief.charts.items():
        found = _verb_alone(locale).fullmatch(chart.finding) if chart.kind == "line" else None
        drawn = [figures[row.figure] for row in chart.rows if row.figure in figures]
        described = " ".join([chart.subtitle or "", *(each.means for each in drawn)])
        # A growth that shrinks is still growth.
        if found and len({row.series for row in chart.rows}) == 1 and not _any(locale.slips.changes).search(described):
            values, up = [each.value for each in drawn], _is_up(found["verb"], locale)
            if len(values) > 1 and values == sorted({*values}, reverse=up):
                message = f'"{found["verb"]}", but each value is {"lower" if up else "higher"} than the one before'
                hint, loc = "correct the finding or the values", ("charts", name, "finding")
                yield reading.tree.problem(loc, message, hint, words=found["verb"], warning=True)


@lru_cache(maxsize=16)
def _moves(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a change between two figures: raised the share of swimmers from {a} in May to {b}."""
    slips = locale.slips
    verbs = typography.any_of((*slips.rose, *slips.fell, *slips.raised, *slips.cut))
    before, between = (typography.any_of((*words,)) for words in (slips.from_to, slips.from_to.values()))
    not_objects = typography.any_of((*slips.in_a_year, *slips.share_of))
    others = "|".join((verbs, before, typography.any_of(locale.typed.joints)))
    word = rf"\s+(?!(?:{others})\b)[^\s,;:!?()\[\]—–]*[^\s.,;:!?()\[\]—–]"
    few = rf"(?:\s+[^\W\d_]+){{0,{NEAR}}}\s+"
    return re.compile(
        rf"\b(?P<verb>{verbs})(?:(?:{word}){{0,{NEAR}}}|(?!\s+(?:{not_objects})\b)(?:{word}){{{NEAR + 1},{FAR}}})"
        rf"\s+(?:{before}){few}\{{(?P<first>[^{{}}\s]+)\}}(?:\[\^[^\]\s]*\])*"
        rf"(?:{word}){{0,{FAR}}}?\s+(?:{between}){few}\{{(?P<last>[^{{}}\s]+)\}}",
        re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _verb_alone(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a finding with one verb of a change, and no clause after it that may turn its sense."""
    slips = locale.slips
    elsewhere = (*slips.rose, *slips.fell, *slips.raised, *slips.cut, *slips.from_to, *slips.absent)
    other = rf"(?!\b(?:{typography.any_of(elsewhere)})\b)[^.,;:!?()—–]"
    after = typography.any_of((*slips.in_a_year, *slips.since, *slips.over, *slips.due, *slips.yearly))
    verb = typography.any_of((*slips.rose, *slips.fell))
    return re.compile(rf"(?:{other})*\b(?P<verb>{verb})(?:\s+(?=(?:{after})\b)(?:{other})*)?", re.IGNORECASE)
