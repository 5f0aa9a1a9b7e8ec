"""No pattern of the engine takes long to search the longest runs that `legible` lets through."""

import ast
import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefpack
from briefpack.pool import limits
from briefpack.problem import Problems
from briefpack.text import legible

LENGTH = 10_000
SECONDS = 20
"""The limit for one pattern and one text on a loaded machine; a cubic pattern takes minutes."""
UNITS = (*"aé1 \n{}()[]<.,:;-_*\"'“#/|=", "a ", "1,", "Aa")
"""What the texts repeat."""
SEVERAL = 4
"""How many processes can share the work."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield each pattern with its place: held by a name of a module, or written in a call."""
    for found in pkgutil.walk_packages(briefpack.__path__, "briefpack."):
        if not found.name.endswith("__main__"):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                yield from ((f"{found.name}.{name}", each) for each in held(value))
            tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
            yield from ((f"{found.name}:{line}", each) for line, each in written(tree))


def held(value: object, depth: int = 3) -> Iterator[re.Pattern[str]]:
    """Yield the patterns in a value, and in what that holds."""
    if isinstance(value, re.Pattern):
        yield from [value] if isinstance(value.pattern, str) else []
    elif depth:
        for each in inside(value):
            yield from held(each, depth - 1)


def inside(value: object) -> Iterator[object]:
    """Yield what a collection or a record holds."""
    if isinstance(value, dict):
        yield from (*value.keys(), *value.values())
    elif isinstance(value, (tuple, list, set, frozenset)):
        yield from value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from (getattr(value, each.name, None) for each in dataclasses.fields(value))


def written(tree: ast.AST) -> Iterator[tuple[int, re.Pattern[str]]]:
    """Yield each pattern that a call of `re` has in it, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
            first = node.args[0]
            if (
                ast.unparse(node.func) != "re.escape"
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
            ):
                yield node.lineno, re.compile(first.value)


def legible_text(text: str) -> str:
    """Return a text in lines as long as an unbroken run may be, or whole if none in it is longer."""
    try:
        legible.check(text, "text")
    except Problems:
        return "\n".join(text[at : at + legible.MOST] for at in range(0, len(text), legible.MOST))
    return text


def slow(pattern: re.Pattern[str]) -> str:
    """Return the repeated part of the text for which a pattern takes too long; empty if there is none."""
    for unit in UNITS:
        text = legible_text((unit * LENGTH)[:LENGTH])
        try:
            with limits.within(SECONDS):
                pattern.search(text)
        except limits.Overdue:
            return unit
    return ""


@pytest.mark.part(name="architecture")
def test_finds_a_slow_pattern():
    assert slow(re.compile(r"(?:a|a?)*b")) == "a"
    assert slow(re.compile(r"(?<!\w)\w+-")) == ""


@pytest.mark.part(name="architecture")
@pytest.mark.parametrize("share", range(SEVERAL))
def test_no_pattern_takes_long_for_a_text_without_end(share):
    known = {(each.pattern, each.flags): (where, each) for where, each in patterns()}
    assert len(known) > 200
    tried = [*known.values()][share::SEVERAL]
    assert [f"{where}: {unit!r}" for where, each in tried if (unit := slow(each))] == []
