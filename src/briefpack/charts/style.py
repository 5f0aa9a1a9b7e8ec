"""Read and check the house style of the charts, a matplotlib style sheet."""

from __future__ import annotations

import functools
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefpack import store
from briefpack.problem import Owner, Problem, nearest, raise_any
from briefpack.text import yaml_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefpack.store import Store

SHOWN = "charts/house.mplstyle"


def check(root: Path, kept: Store) -> None:
    """Check the house style. Raises Problems.

    Only matplotlib knows the valid keys, and it is slow to import, so the store remembers the hash of a style that
    passed.
    """
    text = yaml_lines.text(root / SHOWN, SHOWN, Owner.LAYOUT)
    verdict = store.key(store.engine(), "sound style", text)
    if not kept.has_passed(verdict):
        raise_any(problems(text))
        kept.remember_pass(verdict)


@functools.lru_cache(maxsize=4)
def settings(path: Path, _changed_ns: int) -> dict[str, Any]:
    """Return the settings of a style that has passed; matplotlib's own reader would only log its faults."""
    return {key: _bare(value) for _, key, _, value in _lines(path.read_text(encoding="utf-8-sig"))}


def problems(text: str) -> Iterator[Problem]:
    """Yield the problems in a style's text, line by line."""
    first: dict[str, int] = {}
    for number, key, colon, value in _lines(text):
        if not colon:
            found: tuple[str, str] | None = (f'"{key}" is not a setting', "a key, a colon and a value")
        elif key in first:
            found = (f"{key} is set twice (first on line {first[key]})", "delete one of the two")
        else:
            found = _fault(key, value)
        first.setdefault(key, number)
        if found:
            yield Problem(SHOWN, number, *found, Owner.LAYOUT)


def _lines(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield each line that isn't blank or a comment: its number, its key, the colon if it has one, and its value."""
    for number, line in enumerate(text.split("\n"), start=1):
        stated = UNCOMMENTED.match(line)
        if stated and stated[0].strip():
            key, colon, value = (part.strip() for part in stated[0].partition(":"))
            yield number, key, colon, value


UNCOMMENTED = re.compile(r'(?:"[^"]*"|[^#"]|"(?=[^"]*$))*')
"""A line up to the first # outside quotation marks."""


def _fault(key: str, value: str) -> tuple[str, str] | None:
    """Return the fault in a setting, and the fix; None if it is valid."""
    import matplotlib as mpl  # noqa: PLC0415 -- a style that has already passed doesn't need it
    from matplotlib import style  # noqa: PLC0415

    known = mpl.RcParams.validate
    if value.count('"') % 2:
        return f"{key}: a quotation mark is not closed", 'close it with ", or delete it'
    if key not in known:
        return f'there is no setting called "{key}"', nearest(key, known, most=0) or "delete the line"
    if key in style._STYLE_BLACKLIST:  # type: ignore[attr-defined]  # noqa: SLF001 -- no public name lists them
        return f'"{key}" has no effect in a style', "delete the line"
    params: Any = mpl.RcParams()
    return _refused(params, key, _bare(value)) or _unprintable(key, _bare(value))


def _unprintable(key: str, value: str) -> tuple[str, str] | None:
    """Return the fault of a valid setting with which charts don't print well, and the fix."""
    if key == "svg.fonttype" and value != "none":
        return "the words of charts would be outlines, which nobody can search, copy or hear", "svg.fonttype: none"
    if WIDTH.search(key) and NUMBER.fullmatch(value) and 0 < float(value) < THINNEST_PT:
        return f"{key}: a line of {value} pt is too thin to print", f"at least {THINNEST_PT}, or 0 for no line"
    return None


WIDTH, NUMBER = re.compile(r"(?:line|edge|\.)width$"), re.compile(r"\d*\.?\d+")
THINNEST_PT = 0.25


def _bare(value: str) -> str:
    """Return a value without the quotation marks around it."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def _refused(params: dict[str, Any], key: str, value: str) -> tuple[str, str] | None:
    """Return the fault in the value of a known setting, and the fix; None if it is valid."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            params[key] = value
    except Exception as error:  # noqa: BLE001 -- whatever a validator raises, the value is wrong
        return f'{key} can\'t be "{value}"', _wanted(key, str(error))
    return None


def _wanted(key: str, message: str) -> str:
    """Return the values that a setting takes, from matplotlib's message or else its default."""
    import matplotlib as mpl  # noqa: PLC0415 -- as above

    if choices := re.search(r"supported values are \[(.*)\]", message):
        return ", ".join(choice.strip("'\" ") for choice in choices[1].split(","))
    for words, values in TAKES.items():
        if words in message:
            return values
    defaults: Any = mpl.rcParamsDefault
    default = defaults[key]
    return f"a value such as {getattr(default, 'name', default)}"


TAKES = {
    "to float": "a number, such as 0.5",
    "to int": "a whole number",
    "to bool": "one of True, False",
    "color": "a colour such as #16243A, or none",
}
"""The values that a setting takes, by the words of matplotlib's error message."""
