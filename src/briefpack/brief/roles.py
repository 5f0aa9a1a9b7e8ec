"""Find the role of each text of a brief, and the ids by which its parts name each other, from the types of its keys."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Annotated, get_args, get_origin

from briefpack.brief.model import Brief
from briefpack.schema import Model, Names, Words, marks, walk
from briefpack.text.yaml_lines import Loc


def role(loc: Loc) -> str:
    """Return the role of the text at a location in a brief; an empty text if it doesn't print as typed."""
    return next((each.role for each in reversed(_marks_at(Brief, _at_first(loc))) if isinstance(each, Words)), "")


def part_named(loc: Loc, kind: type[Model] = Brief) -> str:
    """Return the part of the brief that defines the id at a location; an empty text if it isn't the id of a part."""
    return next((each.part for each in _marks_at(kind, _at_first(loc)) if isinstance(each, Names)), "")


def named(brief: Brief) -> Iterator[tuple[Loc, str, str]]:
    """Yield each id by which a part of a brief names another: its location, the part that defines it, and the id."""
    for loc, model in walk(brief):
        for key, part in _naming(type(model)):
            found = getattr(model, key)
            for each in found if isinstance(found, tuple) else (found,) if found is not None else ():
                yield (*loc, key), part, each


@cache
def _naming(kind: type[Model]) -> tuple[tuple[str, str], ...]:
    """Return the keys of a model whose values are ids, each with the part that defines them."""
    parts = ((key, part_named((key,), kind) or part_named((key, 0), kind)) for key in kind.model_fields)
    return tuple((key, part) for key, part in parts if part)


def _at_first(loc: Loc) -> Loc:
    """Return the location of the first item of each list, which has the same type as any other."""
    return tuple(0 if isinstance(part, int) else part for part in loc)


@lru_cache(maxsize=4096)
def _marks_at(kind: type[Model], loc: Loc) -> tuple[object, ...]:
    """Return the marks of the type of the value at a location."""
    types: list[object] = [kind]
    for part in loc:
        types = [inner for each in types for inner in _inside(each, part)]
    return tuple(marks(*types))


def _inside(kind: object, part: str | int) -> Iterator[object]:
    """Yield the types that a key, or an item, of a value of some type may have."""
    of = get_args(kind)
    if isinstance(kind, type) and issubclass(kind, Model):
        fields = ((name, field) for name, field in kind.model_fields.items() if part in (name, field.alias))
        yield from (Annotated[field.annotation, *field.metadata, None] for _, field in fields)
    elif get_origin(kind) is tuple and isinstance(part, int):
        yield of[0]
    elif get_origin(kind) is dict and isinstance(part, str):
        yield of[1]
    else:
        for each in of:
            yield from _inside(each, part)
