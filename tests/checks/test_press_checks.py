"""Each check of the press edition reports nothing on a good file and something on a bad one."""

import datetime
import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from briefpack import bind, checks
from briefpack.layout.editions import BUILT_IN
from briefpack.plan import Expected, Facts, Press

ROOT = Path(__file__).parents[2]
FACTS = Facts("Title", "A", "S", (), "en-AU", datetime.date(2026, 7, 1), "briefpack test")
PRESS = Press(
    3, 300, "FOGRA39", ROOT / "layouts/shared/profiles/fogra39-coated.icc", {}, ((0, 0, 0, 100), (0, 85, 90, 0))
)
MM = 72 / 25.4
BLACK = "0 0 0 1 k 0 0 0 1 K "
BAND = f"0.65 0 0.1 0.55 k {-3 * MM} 150 {100 + 6 * MM} {50 + 3 * MM} re f "
TEXT = "BT /F 10 Tf 20 100 Td (Words) Tj ET "
FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def press_file(content: str, *, spoil=lambda _: None, **resources) -> bytes:
    """Return a page of 100 by 200 pt, finished for a press and then damaged."""
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(100, 200))
    pdf.pages[0].Contents = pdf.make_stream(content.encode())
    keys = {
        f"/{kind}": Dictionary({f"/{name}": make(pdf) for name, make in of.items()}) for kind, of in resources.items()
    }
    pdf.pages[0].obj.Resources = Dictionary({"/Font": Dictionary(F=FONT), **keys})
    with pikepdf.Pdf.open(io.BytesIO(bind.document((saved(pdf),), (), FACTS, PRESS))) as made:
        spoil(made)
        return saved(made)


def saved(pdf: pikepdf.Pdf) -> bytes:
    data = io.BytesIO()
    pdf.save(data)
    return data.getvalue()


def findings(data: bytes) -> dict[str, str]:
    """Return the findings of the press edition's own checks, by check."""
    own = {check.id for check in checks.CHECKS if check.editions == ("press",)}
    problems = checks.file(data, Expected(BUILT_IN["press"], press=PRESS), "out/a.pdf")
    return {problem.check: problem.text for problem in problems if problem.check in own}


GOOD = BLACK + BAND + BLACK + TEXT + "0 0.85 0.9 0 k " + TEXT + "0.25 w 10 10 m 90 10 l S "


def test_finds_nothing_in_a_good_file():
    assert findings(press_file(GOOD)) == {}


def test_has_a_bad_file_for_each_check_of_the_edition():
    assert {check.id for check in checks.CHECKS if check.editions == ("press",)} == {*BAD, *SPOILT, "image-sharpness"}


BAD = {
    "bleed-art": [
        (BLACK + "0 150 100 50 re f", "page 1: a filled shape reaches the trim but not the bleed: left, right, top"),
        (BLACK + f"{-2 * MM} 50 30 30 re f", "page 1: a filled shape reaches the trim but not the bleed: left"),
    ],
    "rgb-in-press": [
        (GOOD + "1 0 0 rg 20 20 9 9 re f", "page 1: a filled shape is in DeviceRGB"),
        (GOOD + "1 0 0 RG 20 20 m 30 30 l S", "page 1: a line is in DeviceRGB"),
        (GOOD + "1 0 0 rg " + TEXT, "page 1: text is in DeviceRGB"),
    ],
    "text-ink": [(GOOD + "0.6 0.5 0.4 1 k " + TEXT, "page 1: the layout doesn't allow text in C60 M50 Y40 K100")],
    "ink-limit": [(GOOD + "0.9 0.8 0.7 0.9 k 20 20 9 9 re f", "page 1: the ink coverage is 330 %; the limit is 300 %")],
    "hairline": [
        (GOOD + "0.1 w 20 20 m 30 30 l S", "page 1: a line is 0.10 pt thick; the minimum is 0.25 pt"),
        (GOOD + BLACK + "20 20 30 0.2 re f", "page 1: a line is 0.20 pt thick; the minimum is 0.25 pt"),
        (GOOD + "0.5 0 0 0.5 0 0 cm 0.4 w 20 20 m 30 30 l S", "page 1: a line is 0.20 pt thick; the minimum is 0.25 pt"),
    ],
    "transparency": [(GOOD + "/E gs 20 20 9 9 re f", "page 1: the page has transparency")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("check", "content", "message"), [(check, *case) for check, cases in BAD.items() for case in cases]
)
def test_a_bad_page_fails_only_its_own_check(check, content, message):
    found = findings(press_file(content, ExtGState={"E": lambda _: Dictionary({"/ca": 0.5})}))
    assert found == {check: f"{check}: {message}"}


@pytest.mark.parametrize(
    "content",
    [
        BLACK + "10 100 80 50 re f",  # a background that ends inside the page
        "0 0 0 0 k 0 0 100 200 re f",  # bare paper has no edge
        BLACK + "0 0 100 200 re W n " + BLACK + "20 20 40 40 re f",
    ],
)
def test_artwork_that_ends_inside_the_page_needs_no_bleed(content):
    assert findings(press_file(content)) == {}


def set_box(name: str, *sides: float):
    return lambda pdf: pdf.pages[0].obj.__setitem__(name, Array(sides))


def drop(name: str):
    return lambda pdf: pdf.pages[0].obj.__delitem__(name)


def link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 1, 1]))])


SPOILT = {
    "boxes": [
        (drop("/TrimBox"), "boxes: page 1: the page has no trim box"),
        (drop("/BleedBox"), "boxes: page 1: the page has no bleed box"),
        (set_box("/BleedBox", -5.67, -5.67, 105.67, 205.67), "boxes: page 1: the bleed is 2.0 mm; it needs 3 mm"),
        (set_box("/MediaBox", -2, -2, 102, 202), "boxes: page 1: the bleed box extends beyond the media box"),
    ],
    "pdf-x": [
        (link, "pdf-x: page 1: the page has a link or another annotation"),
        (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "pdf-x: the output intent has no CMYK profile"),
        (lambda pdf: pdf.Root.__delitem__("/Metadata"), "pdf-x: the file declares no PDF/X version"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("check", "spoil", "message"), [(check, *case) for check, cases in SPOILT.items() for case in cases]
)
def test_a_damaged_file_fails_only_its_own_check(check, spoil, message):
    assert findings(press_file(GOOD, spoil=spoil)) == {check: message}


# Images.


def photograph(pdf: pikepdf.Pdf) -> pikepdf.Object:
    keys = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 40, "/Height": 40, "/ColorSpace": Name.DeviceCMYK}
    return pdf.make_stream(bytes(40 * 40 * 4), keys | {"/BitsPerComponent": 8})


def test_warns_of_an_image_that_could_be_sharper():
    content = GOOD + "q 14.4 0 0 14.4 20 20 cm /X Do Q"
    message = "image-sharpness: page 1: an image has 200 dpi; from 300 dpi it prints sharp"
    assert findings(press_file(content, XObject={"X": photograph})) == {"image-sharpness": message}


# Each limit from both sides: just inside passes, just beyond is found.


@pytest.mark.parametrize(("lacks_pt", "short"), [(0.08, False), (0.12, True)])
def test_allows_artwork_that_ends_a_tenth_of_a_point_inside_the_bleed(lacks_pt, short):
    start = -3 * MM + lacks_pt
    assert ("bleed-art" in findings(press_file(f"{BLACK}{start:.4f} 50 {30 - start:.4f} 30 re f"))) is short


@pytest.mark.parametrize(
    ("ground", "short"),
    [
        ("-20 -20 140 240 re f ", False),
        ("-20 -20 m 120 -20 l 120 220 l -20 220 l f ", False),
        ("-20 -20 m 220 -20 l -20 420 l f ", True),
        ("0 -20 140 240 re f ", True),
        ("-20 60 140 240 re f ", True),
    ],
)
def test_allows_artwork_that_ends_in_the_bleed_on_a_ground_that_is_bled_off(ground, short):
    coast = f"0 0 0 0.5 k {-2 * MM} 50 m 40 60 l 30 90 l f"
    assert ("bleed-art" in findings(press_file(f"{BLACK}{ground}{coast}"))) is short
    assert "bleed-art" in findings(press_file(f"{BLACK}{coast} {ground}"))


@pytest.mark.parametrize(("percent", "much"), [(300.4, False), (300.6, True)])
def test_finds_ink_over_the_limit_of_the_edition(percent, much):
    data = press_file(f"{GOOD}1 1 0 {percent / 100 - 2:.4f} k 20 20 9 9 re f")
    assert ("ink-limit" in findings(data)) is much


@pytest.mark.parametrize(("width_pt", "thin"), [(0.2425, False), (0.2375, True)])
def test_finds_a_line_under_a_quarter_of_a_point(width_pt, thin):
    assert ("hairline" in findings(press_file(f"{GOOD}{width_pt} w 20 20 m 30 30 l S"))) is thin


@pytest.mark.parametrize(
    ("state", "shows"),
    [
        ({"/ca": 1}, False),
        ({"/ca": 0.99}, True),
        ({"/BM": Name.Multiply}, True),
        ({"/BM": Name.Normal}, False),
        ({"/CA": 0.99}, False),
    ],
)
def test_finds_alpha_and_blend_modes(state, shows):
    data = press_file(f"{GOOD}/E gs 20 20 9 9 re f", ExtGState={"E": lambda _: Dictionary(state)})
    assert ("transparency" in findings(data)) is shows


@pytest.mark.parametrize(("art_mm", "short"), [(2.9, True), (3.0, False)])
def test_requires_the_usual_bleed_if_there_is_no_bleed_box(art_mm, short):
    content = f"{BLACK}{-art_mm * MM:.4f} 50 60 30 re f"
    data = press_file(content, spoil=drop("/BleedBox"))
    assert (
        "bleed-art" in {problem.check for problem in checks.file(data, Expected(BUILT_IN["press"]), "theirs.pdf")}
    ) is short


def picture(pdf: pikepdf.Pdf) -> pikepdf.Object:
    keys = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1, "/Height": 1, "/ColorSpace": Name.DeviceGray}
    return pdf.make_stream(b"\x80", keys | {"/BitsPerComponent": 8})


@pytest.mark.parametrize(
    ("at", "edges"),
    [("30 0 0 30 0 50", "left"), ("30 0 0 30 70 50", "right"), ("30 0 0 30 30 0", "bottom"), ("30 0 0 30 30 170", "top"), ("30 0 0 30 30 50", "")],
)  # fmt: skip
def test_finds_an_image_that_ends_at_the_edge(at, edges):
    found = findings(press_file(f"{BLACK}q {at} cm /X Do Q", XObject={"X": picture}))
    message = f"bleed-art: page 1: an image reaches the trim but not the bleed: {edges}"
    assert found == ({"bleed-art": message} if edges else {})
