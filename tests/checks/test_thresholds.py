"""Each check just inside and just outside each of its limits.

The pages are written by hand, so that sizes, places and colours are exact; the edges of
a line of type are measured on a page of its own.
"""

import functools

import pypdfium2
import pytest

from briefpack.layout.model import Box
from briefpack.plan import Authorised, Part
from handwritten import HIGH, MM, WIDE, WORDS, file, found, image, tagged, text


@functools.cache
def box(words: str = WORDS, size: float = 10, font: str = "F") -> tuple[float, float, float, float]:
    """Return how far the edges of a line of type are from its origin."""
    with pypdfium2.PdfDocument(file(text(100, 100, words, size, font))) as pdf:
        return tuple(end - 100 for end in next(iter(pdf[0].get_objects())).get_bounds())


def height() -> float:
    return box()[3] - box()[1]


def width() -> float:
    return box()[2] - box()[0]


# Words that are cut off, or overprinted


@pytest.mark.parametrize(("beyond_pt", "lost"), [(0.4, False), (0.6, True)])
@pytest.mark.parametrize("side", [0, 3])
def test_finds_type_that_is_cut_off_at_the_trim(side, beyond_pt, lost):
    left, bottom, right, top = box()
    x, y = [
        (-beyond_pt - left, 400),
        (200, -beyond_pt - bottom),
        (WIDE + beyond_pt - right, 400),
        (200, HIGH + beyond_pt - top),
    ][side]
    assert bool(found("words-lost", file(text(x, y)))) is lost


@pytest.mark.parametrize(("share", "lost"), [(0.27, False), (0.33, True)])
def test_finds_lines_that_overlap_by_three_tenths(share, lost):
    assert (
        bool(found("words-lost", file(text(100, 400) + text(100, 400 - (1 - share) * height(), "HHHHHHHHHI")))) is lost
    )


@pytest.mark.parametrize(("into_pt", "lost"), [(1.3, False), (1.7, True)])
def test_finds_a_word_that_runs_into_the_next(into_pt, lost):
    assert bool(found("words-lost", file(text(100, 400) + text(100 + width() - into_pt, 400)))) is lost


# Type that is too small


@pytest.mark.parametrize(
    ("edition", "size", "small"),
    [
        ("screen", 5.94, True), ("screen", 5.96, False), ("home", 6.94, True), ("home", 6.96, False)],
)  # fmt: skip
def test_finds_type_under_the_minimum_size_of_its_edition(edition, size, small):
    assert bool(found("type-size", file(text(100, 400, size=size)), edition)) is small


# Contrast: #767676 on white is 4.54:1, #777777 4.48:1; #949494 3.03:1, #959595 2.98:1


@pytest.mark.parametrize(
    ("grey", "size", "font", "faint"),
    [
        (0x76, 10, "F", False), (0x77, 10, "F", True), (0x90, 17.96, "F", False),
        (0x90, 17.94, "F", True), (0x90, 13.96, "B", False), (0x90, 13.94, "B", True),
        (0x90, 17.9, "S", True),
    ],
)  # fmt: skip
def test_requires_less_contrast_for_large_and_bold_type(grey, size, font, faint):
    data = file(text(100, 400, size=size, font=font, ink=f"{grey / 255:.5f} g"))
    assert bool(found("contrast", data)) is faint


# Images


@pytest.mark.parametrize(
    ("edition", "dpi", "check"),
    [
        ("screen", 148.5, "image-resolution"), ("screen", 149.5, ""),
        ("press", 148.5, "image-resolution"), ("press", 149.5, "image-sharpness"),
        ("press", 298.5, "image-sharpness"), ("press", 299.5, ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("sides", [(1, 2), (2, 1)])
def test_finds_an_image_under_the_resolution_of_its_edition(edition, dpi, check, sides):
    wide, high = (100 / dpi * 72 / side for side in sides)
    # One direction has twice the resolution; the coarser one counts.
    data = file(f"q {wide:.4f} 0 0 {high:.4f} 100 100 cm /X Do Q", XObject=image)
    assert [each for each in ("image-resolution", "image-sharpness") if found(each, data, edition)] == (
        [check] if check else []
    )


# Authorisation

AUTHORISED = Authorised("Authorised by", ("A. Author",), 8.0, "Example Act, s 1")


@pytest.mark.parametrize(("letters", "early"), [(300, False), (301, True)])
def test_allows_300_letters_below_the_authorisation(letters, early):
    below = "".join(text(20, 300 - 12 * line, "H" * min(50, letters - 50 * line)) for line in range(-(-letters // 50)))
    data = file(text(100, 400, "Authorised by A. Author") + below)
    assert bool(found("authorisation", data, authorised=AUTHORISED)) is early


# Pages


@pytest.mark.parametrize(("off_pt", "wrong"), [(0.4, False), (0.6, True), (-0.6, True)])
@pytest.mark.parametrize("side", ["wide", "high"])
def test_finds_paper_that_is_more_than_half_a_point_off(side, off_pt, wrong):
    paper = Box(width_mm=WIDE / MM, height_mm=HIGH / MM)
    sizes = {"wide": WIDE, "high": HIGH}
    data = file(text(100, 400), **(sizes | {side: sizes[side] + off_pt}))
    assert bool(found("paper-size", data, paper=paper)) is wrong


def filled(share: float, foot: float = 18 * MM) -> str:
    """Return type that fills this share of the text area, from the top, and leaves a gap below."""
    head = 770 + box()[3]
    top = foot + (1 - share) * (head - foot)
    rows = [head - box()[3] - 12 * n for n in range(1 + int((head - top) / 12))]
    return "".join(text(100, y) for y in rows if y + box()[1] > top) + text(300, top - box()[1])


@pytest.mark.parametrize("head", ["", text(100, 800)], ids=["", "below a running head"])
@pytest.mark.parametrize(("share", "hole"), [(0.59, True), (0.61, False)])
def test_finds_a_page_less_than_three_fifths_full(head, share, hole):
    assert bool(found("underfull-page", file(head + filled(share)), part=Part("", 0.0))) is hole


@pytest.mark.parametrize(
    ("share", "ends", "hole"),
    [(0.3, (), True), (0.3, (0,), True), (0.21, (1,), False), (0.19, (1,), True), (0.1, (0, 1), False)],
)
def test_allows_the_page_on_which_a_text_ends_unless_it_runs_over_onto_it(share, ends, hole):
    assert bool(found("underfull-page", file(filled(1), filled(share)), part=Part("", 0.0, ends=ends))) is hole


# Tags: paragraphs and headings, and where they break


def lines(count: int, top: float, words: str = WORDS * 5, **more) -> list[str]:
    return [text(60, top - 14 * n, words, **more) for n in range(count)]


@pytest.mark.parametrize(("before", "after", "page"), [(1, 2, 1), (2, 1, 2), (2, 2, None)])
def test_finds_a_line_alone_at_a_page_break(before, after, page):
    first = [("H1", [text(60, 700)]), ("P", lines(before, 200))]
    pages = [problem.split(":")[0] for problem in found("widow-or-orphan", tagged(first, [("P", lines(after, 700))]))]
    assert pages == ([f"page {page}"] if page else [])


@pytest.mark.parametrize(("off_pt", "stranded"), [(-1, True), (1, False)])
def test_finds_a_stranded_heading_only_in_the_lowest_third_of_a_page(off_pt, stranded):
    y = HIGH / 3 + off_pt - box()[1]
    first = [("P", lines(3, 800)), ("H2", [text(60, y)]), ("P", lines(1, y - 20))]
    assert bool(found("stranded-heading", tagged(first, [("P", lines(3, 700))]))) is stranded


@pytest.mark.parametrize(
    ("beneath", "new", "stranded"),
    [(0, False, True), (1, False, True), (2, False, False), (0, True, True), (1, True, False)],
)
def test_requires_two_lines_below_a_heading(beneath, new, stranded):
    """One is enough if the next page starts with a heading."""
    first = [("P", lines(3, 800)), ("H2", [text(60, 100)]), *([("P", lines(beneath, 80))] if beneath else [])]
    second = [("H2", [text(60, 720)])] if new else []
    assert bool(found("stranded-heading", tagged(first, [*second, ("P", lines(3, 700))]))) is stranded
