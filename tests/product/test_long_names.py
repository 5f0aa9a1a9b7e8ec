"""Names and amounts longer than Australia's stay on the page and in their column, in the finished PDF."""

import json
import shutil
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import yaml

from briefpack import build, output, pool
from projects import REPOSITORY, TESTS, InProcess, copy_sample

pytestmark = pytest.mark.part(name="lengths")

BRIEF, SET = "briefs/tiny/brief.yaml", "briefs/electorates/norland"
NAMES = {
    "ostby": "Na h-Eileanan an Iar",
    "marsh-head": "Cumbernauld, Kilsyth and Kirkintilloch East",
    "marsh-flats": "Ngāpuhi Tokerau",
    "outer-isles": "Tauranga Moana, Whakatāne and Western Bay of Plenty South East",
}
GROUNDS_MM = {"ijm": 78, "plain": 78}
"""How far down the band goes that a cover keeps for its name, in each layout."""
PT_PER_MM = 72 / 25.4
OUTER, NARROW, GUTTER, WIDTH = (length * PT_PER_MM for length in (18, 46, 9, 210))


def long_brief(text: str) -> str:
    """Return the sample brief for the second set, with a large figure of AU$1.2345 billion."""
    brief = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- every scalar stays text, as the engine reads it
    brief["electorates"], brief["relations"] = "norland", []
    brief["figures"]["fund-total"]["value"] = "1234500000"
    facts = [{"fact": name, "caption": name} for name in ("people", "sheep", "old-share")]
    panel = {"heading": "In {electorate}", "facts": facts, "sentences": ["{electorate} has boats."]}
    fund = {"figure": "fund-total", "caption": "for the fund"}
    brief["glance"]["figures"][0] = fund
    for theme in brief["themes"]:
        theme["local"], theme["national"]["facts"][0] = panel, fund
    brief["asks"][0]["why"].append({"figure": fund})
    chart = {"fact": "people", "finding": "Few people", "alt": "Bars."}
    brief["local"] = {
        "heading": "{electorate} at a glance", "standfirst": "What it has.", "facts": facts, "charts": [chart],
    }  # fmt: skip
    brief["asks_annual"] = "fund-total"
    return json.dumps(brief, ensure_ascii=False, indent=1)


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """Return the sample in the repository's own layouts, for a set with long names and a long fact."""
    project = copy_sample(tmp_path_factory.mktemp("long") / "project")
    shutil.rmtree(project.root / "layouts")
    shutil.copytree(REPOSITORY / "layouts", project.root / "layouts")
    shutil.copytree(TESTS / "sets/norland", project.root / SET)
    path = project.root / BRIEF
    path.write_text(long_brief(path.read_text(encoding="utf-8")), encoding="utf-8")
    ridings = (project.root / SET / "ridings.csv").read_text(encoding="utf-8")
    shapes = (project.root / SET / "shapes.geojson").read_text(encoding="utf-8")
    for old, new in zip(("Østby", "Marsh Head", "Marsh Flats", "Outer Isles"), NAMES.values(), strict=True):
        slug = next(slug for slug, name in NAMES.items() if name == new)
        ridings = ridings.replace(f"{slug};{old};", f"{slug};{new};")
        shapes = shapes.replace(f'"{old}"', f'"{new}"')
    (project.root / SET / "ridings.csv").write_text(ridings, encoding="utf-8")
    (project.root / SET / "shapes.geojson").write_text(shapes, encoding="utf-8")
    return project


def glyphs(path: Path):
    """Return each printed character with its page, its box in points from the page's top left, and its size."""
    with pypdfium2.PdfDocument(path) as pdf:
        for number, page in enumerate(pdf, start=1):
            text, height = page.get_textpage(), page.get_height()
            for index in range(text.count_chars()):
                letter = text.get_text_range(index, 1)
                if letter.strip():
                    left, bottom, right, top = text.get_charbox(index)
                    size = pdfium.FPDFText_GetFontSize(text.raw, index)
                    yield number, letter, left, height - top, right, height - bottom, size


def strays(path: Path) -> list[tuple[int, str, float]]:
    """Return the characters that lie beyond the margins at the sides, or over the edge of the page."""
    return [
        (page, letter, round(left / PT_PER_MM, 1))
        for page, letter, left, top, right, bottom, _ in glyphs(path)
        if left < OUTER - 1 or right > WIDTH - OUTER + 1 or top < 0 or bottom > 297 * PT_PER_MM
    ]


@pytest.fixture(scope="module", params=GROUNDS_MM)
def built(request, long):
    """Return a layout and the folder of the documents of all the electorates in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "ProcessPoolExecutor", InProcess)
        report = build.run(
            output.Request(long, "tiny", request.param, long.root / "out", electorates=tuple(NAMES), national=False)
        )
    assert report.exit_code == 0, "\n".join(map(str, report.problems))
    return request.param, report.folder


@pytest.mark.parametrize("slug", NAMES)
def test_keeps_long_names_and_amounts_within_the_margins(built, slug):
    layout, folder = built
    documents = sorted((folder / slug).glob("*.pdf"))
    for path in documents:
        assert strays(path) == [], path.name
    [pack] = [path for path in documents if path.name.endswith("-pack.pdf")]
    assert below_ground(pack, GROUNDS_MM[layout]) == []
    assert in_state(pack) == []
    assert in_gutter(pack) == []


def test_credits_a_source_without_a_date_by_its_publisher_alone(built):
    [pack] = (built[1] / "ostby").glob("*-pack.pdf")
    with pypdfium2.PdfDocument(pack) as pdf:
        text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    assert "Norland Register." in text
    assert "None" not in text


def below_ground(pack: Path, ground_mm: float) -> list[str]:
    """Return the letters of the cover's name and state that reach below their coloured background."""
    named = [each for each in glyphs(pack) if each[0] == 1 and each[6] >= 16 and each[3] < 120 * PT_PER_MM]
    return [letter for _, letter, _, _, _, bottom, _ in named if bottom > ground_mm * PT_PER_MM]


def in_state(pack: Path) -> list[str]:
    """Return the letters of the cover's name that reach down into the line of its state."""
    above = [each for each in glyphs(pack) if each[0] == 1 and each[6] >= 16 and each[3] < 120 * PT_PER_MM]
    state_pt = min(size for *_, size in above)
    top_pt = min(top for _, _, _, top, _, _, size in above if size == state_pt)
    return [letter for _, letter, _, _, _, bottom, size in above if size > state_pt and bottom > top_pt]


def in_gutter(pack: Path) -> list[tuple[int, str]]:
    """Return the letters of an ask's page that lie between the narrow and the wide column."""
    letters = list(glyphs(pack))
    first = next(page for page, letter, _, _, _, _, size in letters if size > 38 and letter == "1" and page > 1)
    edge = OUTER + NARROW
    return [
        (page, letter)
        for page, letter, left, top, right, _, _ in letters
        if page == first and top < 270 * PT_PER_MM and right > edge + 1 and left < edge + GUTTER - 1
    ]
