"""Short parts of a finished pack share pages, and what leads to them gives the pages that they are on."""

import re

import pikepdf
import pypdfium2
import pytest

from briefpack import build, output
from illustrated import photograph
from projects import copy_frozen

TEXT = "The water rises twice a day, and nobody has asked it to. We have watched it for nine years and written it down."
BRIEF = f"""title: The river is for everybody
organisation: {{name: Friends of the River, short_name: Friends}}
electoral_matter: no
layout: plain
sections:
  - {{id: tides, heading: About tides, blocks: [text: "{TEXT}"]}}
  - {{id: winds, heading: About winds, blocks: [text: "{TEXT}"]}}
asks:
  - {{id: boats, title: About boats, why: [text: "{TEXT}"]}}
  - {{id: fish, title: About fish, why: [text: "{TEXT}"]}}
  - {{id: reeds, title: About reeds, why: [text: "{TEXT}"]}}
appendices:
  - {{id: maps, label: Maps, heading: About maps, blocks: [text: "{TEXT}"]}}
  - {{id: years, label: Years, heading: About years, blocks: [text: "{TEXT}"]}}
glossary:
  - {{term: ebb, meaning: the tide that goes}}
  - {{term: flood, meaning: the tide that comes}}
"""
NAMES = ("tides", "winds", "boats", "fish", "reeds", "maps", "years")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return copy_frozen(tmp_path_factory.mktemp("short") / "project")


def reported(project, brief):
    """Return the report of the pack of a brief."""
    (project.root / "briefs/short").mkdir(exist_ok=True)
    (project.root / "briefs/short/brief.yaml").write_text(brief, encoding="utf-8")
    return build.run(output.Request(project, "short", "plain", project.root / "out"))


def packed(project, brief):
    """Return the warnings about the pack of a brief, its path, and the text of each of its pages."""
    report = reported(project, brief)
    assert [each.text for each in report.problems if not each.warning] == []
    path = report.folder / "national/national-pack.pdf"
    with pypdfium2.PdfDocument(path) as pdf:
        return report.problems, path, [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def headed(texts):
    """Return the number of the page that each part begins on: the last one that has its heading."""
    return {name: max(n for n, text in enumerate(texts, 1) if f"About {name}" in text) for name in NAMES}


@pytest.mark.usefixtures("in_process")
def test_short_parts_share_pages_and_contents_and_bookmarks_follow(project):
    _, path, texts = packed(project, BRIEF)
    pages = headed(texts)
    assert pages["tides"] == pages["winds"]
    assert pages["fish"] == pages["reeds"]
    assert pages["maps"] == pages["years"]
    assert len(texts) == 3
    [listed] = [text for text in texts if "About reeds" in text and "About years" in text and "About tides" in text]
    assert {name: int(re.search(rf"About {name}.*?(\d+)", listed)[1]) for name in NAMES} == pages
    assert all(f"{number} of {len(texts)}" in text for number, text in enumerate(texts[1:], 2))
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        places = {item.title: pdf.pages.index(pikepdf.Page(item.destination[0])) + 1 for item in outline.root}
    assert {name: places[title] for name in NAMES for title in places if title.endswith(f"bout {name}")} == pages


@pytest.mark.part(name="lengths")
@pytest.mark.usefixtures("in_process")
def test_a_part_that_is_to_start_a_page_does(project):
    started = re.sub(r"(id: (?:winds|fish|years)),", r"\1, start: page,", BRIEF)
    pages = headed(packed(project, started)[2])
    assert pages["winds"] == pages["tides"] + 1
    assert pages["fish"] == pages["boats"] + 1
    assert pages["fish"] == pages["reeds"]
    assert pages["years"] == pages["maps"] + 1


IMAGES = "images: {weir: {file: weir.png, alt: A weir, credit: Friends of the River, people: none}}\n"


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("image", [False, True], ids=["text", "image"])
def test_warns_of_a_page_that_is_hardly_filled_at_the_line_of_its_last_part(project, image):
    brief = BRIEF
    if image:
        (project.root / "briefs/short/images").mkdir(parents=True)
        photograph(900, 300, 1).save(project.root / "briefs/short/images/weir.png")
        wind = f'About winds, blocks: [text: "{TEXT}"'
        brief = IMAGES + BRIEF.replace(wind, f"{wind}, image: weir")
    long = brief.replace("id: tides,", "id: tides, start: page,").replace(
        f'title: About boats, why: [text: "{TEXT}"]', f'title: About boats, why: [text: "{TEXT * 20}"]'
    )
    [warning] = [each for each in packed(project, long)[0] if each.check == "underfull-page"]
    line = next(number for number, text in enumerate(long.splitlines(), 1) if "id: winds" in text)
    assert (warning.path, warning.line) == ("briefs/short/brief.yaml", line)
    started = long.replace("id: boats,", "id: boats, start: page,")
    assert not any(each.check == "underfull-page" for each in packed(project, started)[0])


@pytest.mark.usefixtures("in_process")
def test_says_nothing_of_how_full_pages_are_before_it_is_known_which_parts_share_them(project):
    problems = reported(project, f'subject: "{TEXT * 8}"\n{BRIEF}').problems
    assert [each.check for each in problems] == [""]
    assert "subject: the text is " in problems[0].text


@pytest.mark.part(name="lengths")
@pytest.mark.usefixtures("in_process")
def test_the_table_of_asks_goes_on_on_the_next_page_between_two_themes(project):
    """One that moved to the next page as a whole left most of its first page empty."""
    asks = "".join(
        f"  - {{id: ask-{n}, theme: theme-{n // 3}, title: Ask {n}, summary: Do it soon and well, "
        f'who_decides: "The Government, in the Budget of the year", why: [text: "{TEXT}"]}}\n'
        for n in range(12)
    )
    themes = "".join(f"  - {{id: theme-{n}, label: Theme {n}, heading: Theme {n}}}\n" for n in range(4))
    points = "".join(f'    - {{point: Point {n}, text: "{TEXT}"}}\n' for n in range(5))
    glance = f"glance:\n  heading: All of it\n  points:\n{points}themes:\n{themes}asks:\n{asks}"
    brief = re.sub(r"asks:\n(  - .*\n)+", glance, BRIEF)
    problems, _, texts = packed(project, brief)
    first, second = texts[1:3]
    assert "Theme 0" in first
    assert "Theme 3" in second
    assert not [each.text for each in problems if each.check == "underfull-page" and each.page == 2]
