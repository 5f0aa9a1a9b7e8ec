"""The credits of charts and strips, which name their sources, and the lists that charts are heard as."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader

from projects import TESTS, english

CREDIT = (
    '{% import "shared/blocks.html" as blocks with context %}{{ blocks.credit({"sources": sources, "own": false}) }}'
)
PARTS = ("asks", "glance", "sections", "themes", "case_studies", "appendices", "glossary", "local", "cover_image")
NO_LETTER = SimpleNamespace(foreword=None)
LETTER = SimpleNamespace(**dict.fromkeys(PARTS, ()), foreword="Dear member")
LINK = re.compile(r"</?a\b[^>]*>")
LAYOUTS: Path = TESTS.parent / "layouts"


def source(number, publisher="Bureau of Sheep", title="Flocks", url=""):
    return SimpleNamespace(publisher=publisher, title=title, date="", number=number, url=url)


def credit(*sources, citations="numbered"):
    return LINK.sub("", marked(*sources, citations=citations))


def marked(*sources, citations="numbered", brief=NO_LETTER):
    locale = english()
    environment = Environment(loader=FileSystemLoader(LAYOUTS), autoescape=False)  # noqa: S701 -- its words are ours
    template = environment.from_string(CREDIT)
    values = {"sources": sources, "citations": citations, "label": locale.label, "brief": brief}
    values["edition"] = SimpleNamespace(printed=False)
    words = template.render(**values)
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ((source(17),), "Source: Bureau of Sheep (17)."),
        ((source(17), source(18)), "Sources: Bureau of Sheep (17, 18)."),
        (
            (source(3), source(5, "Shearers"), source(9)),
            "Sources: Bureau of Sheep (3, 9); Shearers (5).",
        ),
    ],
)
def test_names_a_publisher_once_with_the_numbers_of_all_its_sources(sources, expected):
    assert credit(*sources) == expected


@pytest.mark.parametrize(
    ("title", "link"),
    [("Flocks", "Bureau of Sheep, Flocks"), ("Flocks of each of " + "many " * 10 + "states", "Bureau of Sheep")],
)
def test_of_a_source_with_many_words_only_the_publisher_is_a_link(title, link):
    found = marked(source(None, title=title, url="https://sheep.example"), citations="list")
    assert re.findall(r"<a [^>]*>([^<]*)</a>", found) == [link]
    assert LINK.sub("", found) == f"Source: Bureau of Sheep, {title}."


def test_each_number_is_a_link_to_its_source():
    found = marked(source(17), source(18))
    assert re.findall(r'<a href="#source-(\d+)" aria-label="source (\d+)">(\d+)</a>', found) == [
        ("17", "17", "17"),
        ("18", "18", "18"),
    ]


def test_a_number_is_no_link_in_a_letter_which_lists_no_sources():
    assert marked(source(17), brief=LETTER) == "Source: Bureau of Sheep (17)."


@pytest.mark.parametrize(
    ("kind", "numerals"), [("process", ["A.", "B."]), ("timeline", ["1.", "2."]), ("numbers", ["•", "•"])]
)
def test_a_chart_that_is_heard_as_a_list_has_the_numerals_that_it_prints(kind, numerals):
    environment = Environment(loader=FileSystemLoader(LAYOUTS), autoescape=True)
    template = environment.from_string(
        '{% import "shared/blocks.html" as blocks with context %}{{ blocks.heard_items(shown) }}'
    )
    shown = SimpleNamespace(kind=kind, id="steps", items=("First", "Second"))
    html = template.render(
        shown=shown, label=english().label, edition=SimpleNamespace(tagged=True), brief=NO_LETTER, citations="list"
    )
    assert re.findall(r'data-tag="Lbl">([^<]+)<', html) == numerals
