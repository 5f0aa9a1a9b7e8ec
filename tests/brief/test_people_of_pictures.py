"""Tests of images declared to be without people, whose alternative text has somebody."""

import pytest

from briefpack import schema
from briefpack.brief.model import Brief
from briefpack.brief.review import parts
from briefpack.brief.review.reading import Reading
from briefpack.text import yaml_lines
from projects import language
from reviewed import BRIEF

IMAGE = 'images:\n  it: {{file: it.jpg, alt: "{alt}", credit: Ann Example, people: {people}}}\nfigures:'


def suspected(alt, people="none", locale="en-AU"):
    text = BRIEF.replace("\nfigures:", f"\n{IMAGE.format(alt=alt, people=people)}", 1)
    tree = yaml_lines.parse(text, "brief.yaml")
    reading = Reading(schema.read_tree(Brief, tree), tree, language(locale))
    return [each.message for each in parts.persons(reading)]


@pytest.mark.parametrize(
    ("alt", "locale", "word"),
    [
        ("Two children cross a street.", "en-AU", "children"),
        ("Une femme dans une pièce froide.", "fr", "femme"),
        ("一个女孩在过马路。", "zh-Hans", "女孩"),
    ],
)
def test_names_an_image_of_somebody_that_is_declared_without_people(alt, locale, word):
    assert suspected(alt, locale=locale) == [f'people is none, but the alternative text has "{word}"']


@pytest.mark.parametrize(
    ("alt", "people", "locale"),
    [
        ("A street with no people.", "none", "en-AU"),
        ("A small map of the Philippines, with Manila marked.", "none", "en-AU"),
        ("街上没有人们。", "none", "zh-Hans"),
    ],
)
def test_accepts_an_image_without_anybody(alt, people, locale):
    assert suspected(alt, people, locale) == []
