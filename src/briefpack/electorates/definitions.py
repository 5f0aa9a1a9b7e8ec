"""Warn of definitions in set.yaml that contradict each other: names of states exchanged, a label of another column."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping

from briefpack.electorates.model import FactSpec
from briefpack.electorates.tables import Files
from briefpack.problem import Problem
from briefpack.text import numbers
from briefpack.text.yaml_lines import Loc

WORD = re.compile(r"[a-z]{4,}")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SPAN = re.compile(r"((?:19|20)\d\d)[-–/](\d\d)")
PERIODS = re.compile(
    r"\b(?:(?P<week>week(?:s|ly)?)|(?P<fortnight>fortnight(?:s|ly)?)|(?P<month>month(?:s|ly)?))\b", re.IGNORECASE
)
"""The words for a period, in the name of a column and in a label."""
MEDIANS = re.compile(r"(?:^|[\W_])(?:median|mean|average)(?:[\W_]|$)", re.IGNORECASE)
SUFFIXES = re.compile(r"_(?:rse|pct|percent|error)(?=_|\b)")
RATES = re.compile(r"_(?:pct|percent|percentage|rse)(?:_|$)")
FEWEST = 4
"""The fewest facts of a file with one source that show that another has a slip."""
ALIKE = 4
"""In letters: how much of a state's name the name of its people begins with."""


Told = tuple[str, str, str]
"""The key, the message and the hint of what is wrong with a fact."""


def check(files: Files) -> Iterator[Problem]:
    """Yield a warning for each definition that another one contradicts."""
    yield from _states(files)
    facts = {name: spec for name, spec in files.spec.facts.items() if spec.kind == "number"}
    yield from _sources(files, facts)
    columns = {spec.column for spec in facts.values()}
    for name, spec in facts.items():
        others = {value for other, each in facts.items() if other != name for value in each.where.values()}
        for key, message, hint in (*_of_words(spec, files.spec.country.currency, others), *_of_columns(spec, columns)):
            if key == "label" and any(each.column == spec.column for other, each in facts.items() if other != name):
                continue  # The column that two facts have is reported as that.
            loc: Loc = ("facts", name, key)
            yield files.tree.problem(loc, message, hint, warning=True)
        yield from _cells(files, name, spec)


def _states(files: Files) -> Iterator[Problem]:
    """Yield a warning for each name of a state that is another's by its code, and each name that two states have."""
    states = files.spec.states
    first: dict[str, str] = {}
    for code, state in states.items():
        other = first.setdefault(state.name, code)
        named = next(
            (each for each in states if each != code and _fits(each, state.name) and not _fits(code, state.name)), ""
        )
        if other != code:
            line = files.tree.line(("states", other, "name"))
            message = f'"{state.name}" is also the name of {other}, on line {line}'
            yield files.tree.problem(("states", code, "name"), message, "correct one of the two", warning=True)
        elif named:
            message = f'"{state.name}" fits the code {named}, and not {code}'
            yield files.tree.problem(("states", code, "name"), message, "are the two names exchanged?", warning=True)
        if not named:
            yield from _short(files, code)


def _short(files: Files, code: str) -> Iterator[Problem]:
    states = files.spec.states
    state = states[code]
    if state.short and (
        other := next(
            (each for each in states if each != code and each.casefold() == (state.short or "").casefold()), ""
        )
    ):
        message = f'"{state.short}" is the code of {states[other].name}'
        yield files.tree.problem(("states", code, "short"), message, "are the two exchanged?", warning=True)
    people = (state.people or "").casefold()
    for other, each in states.items() if people else ():
        if (
            other != code
            and people.startswith(each.name.casefold()[:ALIKE])
            and not people.startswith(state.name.casefold()[:ALIKE])
        ):
            message = f'"{state.people}" are the people of {each.name}'
            yield files.tree.problem(("states", code, "people"), message, "are the two exchanged?", warning=True)
            return


def _fits(code: str, name: str) -> bool:
    """Return whether a code is the initials of a name, or its beginning."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return initials == code or name.upper().startswith(code)


def _sources(files: Files, facts: Mapping[str, FactSpec]) -> Iterator[Problem]:
    """Yield a warning for the one fact of a file and a date that has another source than all the others."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name, spec in facts.items():
        groups.setdefault((spec.file, spec.as_at), []).append(name)
    for names in groups.values():
        [(usual, count), *others] = Counter(facts[name].source for name in names).most_common()
        if count >= FEWEST and len(others) == 1 and others[0][1] == 1:
            name = next(each for each in names if facts[each].source != usual)
            message = f"the source is {facts[name].source}, and that of the other {count} facts in this file is {usual}"
            yield files.tree.problem(("facts", name, "source"), message, f"is {usual} meant?", warning=True)


def _of_words(spec: FactSpec, currency: str | None, others: Container[str]) -> Iterator[Told]:
    """Yield what is wrong with a fact's label, comparison, unit and date; `others` are the rows that other facts take."""
    column, label = _period(spec.column.replace("_", " ")), _period(spec.label)
    if column and label and column != label:
        message = f'"{spec.label}" is for a {label}, and the column {spec.column} for a {column}'
        yield "label", message, f"say a {column}, or name another column"
    if spec.compare == "sum" and MEDIANS.search(f"{spec.column} {spec.label}"):
        yield "compare", "medians and means can't be added up: the country's total would mean nothing", "compare: none"
    if numbers.is_currency(spec.unit) and currency and spec.unit != currency:
        message = f'"{spec.unit}", and the country\'s currency is {currency}'
        yield "unit", message, "correct it here, or under country:"
    told = SPAN.fullmatch(spec.as_at)
    for value in spec.where.values():
        found = SPAN.fullmatch(value)
        if told and found and told.groups() != found.groups():
            key = "as_at" if value in others else "where"
            yield key, f'as_at: says "{spec.as_at}", and where: takes the rows of {value}', "correct one of the two"


def _of_columns(spec: FactSpec, columns: Container[str]) -> Iterator[Told]:
    """Yield what is wrong with the other columns of a fact, by its own; `columns` are those of all facts."""
    whole = RATES.sub("", spec.column)
    if spec.weight and RATES.search(spec.weight):
        message = f"{spec.weight} is a share, and a mean is weighted by a number of people or homes"
        yield "weight", message, "name the column of those that it is a share of"
    if spec.count and spec.count not in spec.column and whole in columns:
        yield "count", f"{spec.count} isn't the number that {spec.column} is a share from", f"is {whole} meant?"
    if spec.error and RATES.search(spec.column) and _stem(spec.error) != _stem(spec.column):
        message = f"{spec.error} is the error of another column than {spec.column}"
        yield "error", message, "name the column of this number's error"
    if UPPER.search(spec.low or "") and LOWER.search(spec.high or ""):
        yield "low", f"low: names the column {spec.low}, and high: {spec.high}", "exchange the two"


UPPER, LOWER = re.compile(r"(?:^|_)(?:high|upper|max)"), re.compile(r"(?:^|_)(?:low|lower|min)")


def _stem(column: str) -> str:
    """Return the name of a column without what says that it is a share or an error."""
    return SUFFIXES.sub("", column)


def _period(words: str) -> str:
    """Return the one period that words name; nothing if they name none, or several."""
    found = {each.lastgroup or "" for each in PERIODS.finditer(words)}
    return found.pop() if len(found) == 1 else ""


def _cells(files: Files, name: str, spec: FactSpec) -> Iterator[Problem]:
    """Yield a warning for a label that names another value of a column of `where`, and a break at no date of `over`."""
    table = files.table(spec.file) if spec.file in files.spec.files else None
    if not table:
        return
    if (
        spec.break_at
        and spec.over in table.columns
        and all(row[spec.over or ""] != spec.break_at for row in table.rows)
    ):
        message = f'no row has {spec.over} "{spec.break_at}"'
        yield files.tree.problem(("facts", name, "break_at"), message, "give one of the file's dates", warning=True)
    said = {*WORD.findall(spec.label.casefold())}
    for column, value in spec.where.items() if said else ():
        own = {*WORD.findall(value.casefold().replace("_", " "))}
        others = {row[column] for row in table.rows} - {value} if column in table.columns else set()
        for other in sorted(others):
            only = {*WORD.findall(other.casefold().replace("_", " "))} - own
            if only and only <= said and not (own - {*WORD.findall(other.casefold().replace("_", " "))}) & said:
                message = f'"{spec.label}" names {other}, and where: takes the rows of {value}'
                yield files.tree.problem(
                    ("facts", name, "label"), message, f"is {column}: {other} meant, or another label?", warning=True
                )
                return
