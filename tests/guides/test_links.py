"""The guides lead somewhere: links, headings and pictures."""

import re

import pytest
from PIL import Image

from guides import pictures, reading, screenshot
from projects import REPOSITORY

GUIDES = [path.relative_to(REPOSITORY).as_posix() for path in reading.paths()]
MOST_BYTES = 2_000_000
LONGEST_LINE = 130
LINES_OF_A_SCREEN = 90


def anchors(text):
    """Return the anchors that a Markdown viewer gives to the headings of a text."""
    titles = (re.sub(r"`|\[([^\]]*)\]\([^)]*\)", r"\1", title) for _, title in reading.HEADING.findall(text))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def addresses(guide):
    """Return the addresses to which a guide links."""
    return reading.LINK.findall(reading.FENCE.sub("", reading.read(guide)))


def test_every_link_of_a_guide_leads_to_a_file_and_a_heading():
    links = [(guide, address) for guide in GUIDES for address in addresses(guide)]
    for guide, address in links:
        path, _, anchor = address.partition("#")
        if re.match(r"https?:", address):
            continue
        target = (REPOSITORY / guide).parent / path if path else REPOSITORY / guide
        assert target.exists(), f"{guide} links to {address}"
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), f"{guide} links to {address}"


def linked_from(guide):
    """Return the guides to which a guide links."""
    targets = [((REPOSITORY / guide).parent / each.partition("#")[0]).resolve() for each in addresses(guide)]
    return {target.relative_to(REPOSITORY).as_posix() for target in targets if target.suffix == ".md"}


def test_every_guide_is_at_most_two_clicks_from_the_readme():
    first = {"README.md", *linked_from("README.md")}
    assert {*GUIDES} - first.union(*map(linked_from, first)) == set()


@pytest.mark.parametrize("guide", ["README.md", "briefs/README.md"])
def test_a_guide_that_leads_to_others_is_one_screen(guide):
    assert len(reading.read(guide).splitlines()) <= LINES_OF_A_SCREEN


def test_guides_show_the_pictures_that_are_made_with_alternative_text():
    shown = set()
    for guide in GUIDES:
        for words, address in reading.PICTURE.findall(reading.read(guide)):
            assert words, f"{guide} shows {address} without alternative text"
            shown.add(((REPOSITORY / guide).parent / address).resolve())
    assert shown == {REPOSITORY / each.path for each in pictures.PICTURES} | {REPOSITORY / screenshot.PATH}


@pytest.mark.part(name="pictures")
def test_no_picture_is_out_of_date():
    assert pictures.out_of_date() == [], "run: make pictures"


def test_pictures_have_a_palette_and_are_small():
    for each in pictures.PICTURES:
        with Image.open(REPOSITORY / each.path) as image:
            assert image.mode == "P", each.path
    assert sum((REPOSITORY / each.path).stat().st_size for each in pictures.PICTURES) < MOST_BYTES


def test_text_of_a_guide_is_wrapped():
    """Tables, pictures and addresses can't be wrapped."""
    for guide in GUIDES:
        for line in reading.FENCE.sub("", reading.read(guide)).splitlines():
            assert len(line) <= LONGEST_LINE or line.startswith(("|", "![")), f"{guide}: {line}"
