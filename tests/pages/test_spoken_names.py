"""The names by which links and bookmarks are known, where they aren't the words that print."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader

from projects import TESTS, english

LAYOUTS: Path = TESTS.parent / "layouts"
IMPORTS = (
    '{% import "shared/blocks.html" as blocks with context %}{% import "shared/parts.html" as pack with context %}'
)
ASKS = [SimpleNamespace(headline=words) for words in ("Build a crossing", "Slow the street")]
THEMES = [SimpleNamespace(label=words) for words in ("Streets", "Schools")]


def written(call: str, **values: object) -> str:
    environment = Environment(loader=FileSystemLoader(LAYOUTS), autoescape=False)  # noqa: S701 -- its words are ours
    template = environment.from_string(f"{IMPORTS}{{{{ {call} }}}}")
    return template.render(label=english().label, plain=str, edition=SimpleNamespace(printed=""), **values).strip()


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ('blocks.email("jo@walk.example")', 'aria-label="Email jo@walk.example"'),
        ('blocks.phone("(02) 5550 0100")', 'href="tel:0255500100" aria-label="Phone (02) 5550 0100"'),
    ],
)
def test_a_link_to_reach_somebody_says_how(call, name):
    assert name in written(call)


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ('blocks.email("jo.ng@walk.example")', "jo.ng@|walk.example"),
        ('blocks.email("jo@walk-and-ride-to-school.example")', "jo@|walk-|and-|ride-|to-|school.|example"),
        ('blocks.website("https://walk.example/our_own")', "walk.|example/|our_|own"),
    ],
)
def test_an_address_may_be_broken_after_its_punctuation(call, shown):
    brief = SimpleNamespace(organisation=SimpleNamespace(name="Walk"))
    assert f">{shown}<" in written(call, brief=brief).replace("\u200b", "|")


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (2, ['data-bookmark="Ask 1: Build a crossing"', 'data-bookmark="Theme 1: Streets"']),
        (1, ["", ""]),
    ],
)
def test_asks_and_themes_have_their_numbers_in_the_bookmarks_if_there_are_several(count, expected):
    brief = SimpleNamespace(asks=ASKS[:count], themes=THEMES[:count])
    calls = ("pack.bookmark_of_ask(brief.asks[0])", "pack.bookmark_of_theme(brief.themes[0])")
    assert [written(call, brief=brief) for call in calls] == expected
