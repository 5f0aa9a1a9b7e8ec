"""The role of each text of a brief: whether it prints as typed, and as what, stated on the type of its key."""

from typing import get_args

import pytest

from briefpack import schema
from briefpack.brief import roles
from briefpack.brief.data.keys import Rows
from briefpack.brief.model import Brief
from briefpack.brief.review.reading import PROSE_PARTS
from briefpack.schema import Markdown, Model, Names, Words


def parts(kind, seen):
    """Add every model that a type contains to those seen."""
    for each in (kind, *get_args(kind)):
        if isinstance(each, type) and issubclass(each, Model) and each not in seen:
            seen.add(each)
            for field in each.model_fields.values():
                parts(field.annotation, seen)
        elif each is not kind:
            parts(each, seen)
    return seen


FIELDS = [
    (part, name, field)
    for part in sorted(parts(Brief, set()), key=lambda each: each.__name__)
    for name, field in part.model_fields.items()
]


def marks(field):
    return [*schema.marks(field.annotation, *field.metadata)]


def test_reads_every_key_that_may_hold_markdown():
    for part, name, field in FIELDS:
        found = marks(field)
        assert any(isinstance(mark, Words) for mark in found) or Markdown() not in found, f"{part.__name__}.{name}"


def test_every_text_states_whether_it_prints():
    """A key of type str alone would go unread in silence: it is Plain, Line or Prose, or a Code."""
    for part, name, field in FIELDS:
        found = marks(field)
        stated = any(isinstance(mark, Words | Names | schema.StringConstraints) for mark in found)
        # The columns and the cells of a data file are the file's.
        assert str not in found or stated or issubclass(part, Rows), f"{part.__name__}.{name}"


@pytest.mark.parametrize(
    ("loc", "role"),
    [
        (("title",), "label"),
        (("asks", 2, "leave_behind", "actions", 1), "sentence"),
        (("sections", 0, "blocks", 3, "figure", "caption"), "words"),
        (("sections", 0, "blocks", 3, "table", "rows", 1, 2), "words"),
        (("charts", "hurt", "rows", 0, "label"), "label"),
        (("no-such-key", 0), ""),
    ],
)
def test_gives_the_role_of_a_text_by_its_place(loc, role):
    assert roles.role(loc) == role


def test_every_part_of_a_brief_is_prose_or_not():
    """A new part must be put on one of the two sides."""
    other = {
        "accept", "asks_annual", "authorisation", "contacts", "cover_image", "currency", "data", "date", "electoral_matter",
        "electorates", "figures", "images", "keywords", "label", "labels", "language", "layout", "local", "local_data",
        "local_lists", "organisation", "partners", "printer", "queries", "relations", "short_title", "sources", "subject",
        "title",
    }  # fmt: skip
    assert {*Brief.model_fields} == other | PROSE_PARTS
    assert not other & PROSE_PARTS
