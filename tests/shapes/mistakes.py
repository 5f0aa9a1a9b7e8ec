"""Plants one mistake in a valid brief; each gives words that the line of a problem, or its message, must have."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from shapes.briefs import Part, Shape, Size, shape, sizes

BLOCK = {"text": "Plain words, twenty of them or fewer."}
SECTION = {"id": "planted", "heading": "A planted section", "blocks": [BLOCK]}
LEAVE_BEHIND = {"headline": "Planted", "reasons": [{"point": "One.", "text": "A reason."}]}
ASK = {"id": "planted", "title": "A planted ask"}
IMAGE = {"file": "planted.png", "alt": "Planted", "credit": "Planted", "people": "none"}
FIGURE = {"value": "3", "unit": "people", "means": "planted", "source": "own"}


def _section(**changes: Any) -> Part:
    return {"sections": [SECTION | changes]}


def _text(text: str) -> Part:
    return _section(blocks=[{"text": text}])


def _ask(**changes: Any) -> Part:
    return {"asks": [ASK | changes]}


MISTAKES: dict[str, tuple[Part, str]] = {
    "a reference to no figure": (_text("There are {no-such-figure} of them."), "no-such-figure"),
    "a citation of no source": (_text("It is so.[^no-such-source]"), "no-such-source"),
    "an unpaired brace": (_text("It costs {3 in all."), "It costs {3"),
    "bold that does not end": (_text("It is **unended here."), "**unended"),
    "HTML in a text": (_text("It is <b>loud</b> here."), "<b>"),
    "a character that no font has": (_text("It is ꙮ here."), "ꙮ"),
    "a link to a file": (_text("See [here](file:///etc/passwd)."), "file:///etc/passwd"),
    "a chart that is not there": (_section(blocks=[{"chart": "no-such-chart"}]), "no-such-chart"),
    "a block of two kinds": (_section(blocks=[{"text": "Words.", "chart": "none"}]), "this block already has text:"),
    "a key that does not exist": (_section(standfrist="Words"), "standfrist"),
    "a row with too few cells": (
        _section(blocks=[{"table": {"caption": "C", "columns": ["a", "b"], "rows": [["only one cell"]]}}]),
        "the row has 1 cell",
    ),
    "a theme that is not there": (_ask(theme="no-such-theme"), "no-such-theme"),
    "a chart and a figure": (
        {**_ask(leave_behind=LEAVE_BEHIND | {"chart": "both", "figure": {"figure": "both", "caption": "C"}})},
        "not both",
    ),
    "seven reasons": (_ask(leave_behind=LEAVE_BEHIND | {"reasons": LEAVE_BEHIND["reasons"] * 7}), "reasons"),
    "no title": ({"title": ""}, "title"),
    "a month that does not exist": ({"date": "2026-13-01"}, "2026-13-01"),
    "a file that is not there": ({"images": {"planted": IMAGE}, "cover_image": "planted"}, "planted.png"),
    "an image without a credit": (
        {"images": {"planted": {key: value for key, value in IMAGE.items() if key != "credit"}}},
        "credit",
    ),
    "an image outside its folder": ({"images": {"planted": IMAGE | {"file": "../planted.png"}}}, "../planted.png"),
    "a figure without a source": (
        {"figures": {"planted": {k: v for k, v in FIGURE.items() if k != "source"}}},
        "planted",
    ),
    "a relation that is false": (
        {"figures": {"planted": FIGURE}, "relations": [{"holds": "planted = planted + planted"}]},
        "planted + planted",
    ),
    "a language that is not there": ({"language": "xx-XX"}, "xx-XX"),
    "electoral matter that nobody authorised": ({"electoral_matter": "yes", "authorisation": None}, "electoral_matter"),
}
"""Each mistake by its name: the parts of a brief that have it, and words that a problem about it has."""


def planted(brief: Part, mistake: str) -> Part:
    """Return the brief with a mistake: its parts come before, or in place of, the brief's own."""
    parts, _ = MISTAKES[mistake]
    return {**brief, **{key: _joined(brief.get(key), part) for key, part in parts.items()}}


def _joined(own: Any, part: Any) -> Any:
    if isinstance(own, list) and isinstance(part, list):
        return part + own
    return own | part if isinstance(own, dict) and isinstance(part, dict) else part


def briefs() -> st.SearchStrategy[Size]:
    """Draw the sizes of briefs; one of six has a mistake planted in it."""
    mistakes = sorted(MISTAKES)
    return sizes(st.sampled_from([""] * 5 * len(mistakes) + mistakes))


def made(size: Size) -> Shape:
    """Make the brief of a size, with its mistake if it has one."""
    found = shape(size)
    if not size.mistake:
        return found
    blamed = MISTAKES[size.mistake][1]
    return replace(found, brief=planted(found.brief, size.mistake), mistake=size.mistake, blamed=blamed)
