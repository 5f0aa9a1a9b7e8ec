"""Guess the id that was meant where a brief has the name of a thing, or the name of its file, in place of its id."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from briefpack.problem import nearest
from briefpack.text.yaml_lines import Data, Loc

PARTS: Mapping[str, str] = {
    **dict.fromkeys(("figure", "low", "high", "amount", "annual", "asks_annual"), "figures"),
    **dict.fromkeys(("image", "cover_image", "portrait"), "images"),
    **dict.fromkeys(("chart", "timeline"), "charts"),
    **dict.fromkeys(("source", "sources"), "sources"),
    "theme": "themes",
    "query": "queries",
}
"""The part of the brief whose ids each key names."""
NAMES = ("label", "heading", "title", "publisher", "means", "finding", "about", "file")
"""The keys that a writer may take for the name of a thing."""


def meant(data: Data, loc: Loc) -> str:
    """Return the id that was meant by a text that can't be one; an empty text for an id that the text defines."""
    key = next((each for each in reversed(loc) if isinstance(each, str)), "")
    part, typed = data.get(PARTS.get(key, "")), _at(data, loc)
    if len(loc) < 1 or not isinstance(typed, str) or not isinstance(part, dict | list):
        return ""
    named = {name: each for name, each in _named(part) if name != typed}
    folded = _folded(typed)
    same = [name for name, words in named.items() if folded in {_folded(name), *map(_folded, words)}]
    return same[0] if same else nearest(folded, named, most=0)


def _folded(words: str) -> str:
    """Return words as an id is written; of the name of a file, those before its ending."""
    stem = PurePosixPath(words).stem if re.search(r"\.[A-Za-z]{3,4}$", words) else words
    return "-".join(re.findall(r"[a-z0-9]+", stem.lower()))


def _named(part: Data) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the id of each thing in a part of a brief, with its names."""
    items = (
        part.items() if isinstance(part, dict) else ((each.get("id"), each) for each in part if isinstance(each, dict))
    )
    for name, each in items:
        if isinstance(name, str) and isinstance(each, dict):
            yield name, tuple(str(each[key]) for key in NAMES if each.get(key))


def _at(data: Data, loc: Loc) -> Data:
    for key in loc:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    return data
