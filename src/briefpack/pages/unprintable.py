"""Tell the values that a page can print from those whose name or contents in Python would print in their place."""

import types
from collections.abc import Mapping
from typing import Any

from jinja2.runtime import Macro, Undefined

from briefpack.schema import Model

LISTS = (list, tuple, set, frozenset, range, types.GeneratorType, map, filter)


def explained(value: Any) -> tuple[str, str] | None:  # noqa: ANN401 -- a page may print anything
    """Return why a value can't be printed, and what to do instead; None if it can."""
    # A name that doesn't exist explains itself once it prints.
    if isinstance(value, (str, int, float, Undefined)) or hasattr(value, "__html__"):
        return None
    if isinstance(value, Macro):
        return f'it names the macro "{value.name}" without calling it', f"{value.name}(), with its brackets"
    return next((words for fits, words in KINDS if fits(value)), None)


def _has_words(value: object) -> bool:
    """Return whether the type of a value says how it is written, as dates and numbers do."""
    return any("__str__" in vars(kind) for kind in type(value).__mro__ if kind is not object)


KINDS = (
    (
        lambda value: value is None,
        ('it prints "None", for the brief has nothing to print here', "put {% if … %} round it"),
    ),
    (callable, ("it names a function without calling it", "add its brackets: name(…)")),
    (
        lambda value: isinstance(value, Mapping),
        ("it prints a mapping, with its keys and quotation marks", "print one of its values, or loop over .values()"),
    ),
    (
        lambda value: isinstance(value, LISTS),
        ("it prints a whole list, as it is in Python", 'loop over it with {% for … %}, or add | join(", ")'),
    ),
    (
        lambda value: isinstance(value, Model) or not _has_words(value),
        ("it prints a whole record, as it is in Python", "name one of its fields, as in ask.title"),
    ),
)
"""The kinds of value that aren't for a reader, each with the message and the hint."""
