"""Plates: every mark of a page with its colour space, its shares, where it is and how thick."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from briefpack.checks.read import content_streams


def page(content: str, **resources) -> bytes:
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(100, 100))
    pdf.pages[0].Contents = pdf.make_stream(content.encode())
    pdf.pages[0].obj.Resources = Dictionary(
        {
            f"/{kind}": Dictionary({f"/{name}": make(pdf) for name, make in held.items()})
            for kind, held in resources.items()
        }
    )
    data = io.BytesIO()
    pdf.save(data)
    return data.getvalue()


def only(content: str, **resources) -> content_streams.Mark:
    (mark,) = content_streams.read(page(content, **resources))
    return mark


def form(content: str, **keys):
    def make(pdf: pikepdf.Pdf) -> pikepdf.Object:
        stream = pdf.make_stream(content.encode())
        stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 50, 50])
        for name, value in keys.items():
            stream[f"/{name}"] = value
        return stream

    return make


def image(**keys):
    def make(pdf: pikepdf.Pdf) -> pikepdf.Object:
        stream = pdf.make_stream(b"\0\0\0\0")
        stream.Type, stream.Subtype, stream.Width, stream.Height = Name.XObject, Name.Image, 1, 1
        for name, value in keys.items():
            stream[f"/{name}"] = value
        return stream

    return make


@pytest.mark.parametrize(
    ("content", "space", "shares"),
    [
        ("0 0 9 9 re f", "DeviceGray", (0,)),
        ("0.1 0.2 0.3 0.4 k 0 0 9 9 re f", "DeviceCMYK", (0.1, 0.2, 0.3, 0.4)),
        ("1 0 0 rg 0 0 9 9 re f*", "DeviceRGB", (1, 0, 0)),
        ("1 0 0 rg q 0.5 g Q 0 0 9 9 re F", "DeviceRGB", (1, 0, 0)),
        ("/DeviceRGB cs 0 1 0 sc 0 0 9 9 re f", "DeviceRGB", (0, 1, 0)),
        ("/L cs 50 1 1 scn 0 0 9 9 re f", "Lab", (50, 1, 1)),
    ],
)
def test_a_fill_has_the_colour_that_was_chosen_last(content, space, shares):
    lab = {"L": lambda _: Array([Name.Lab, Dictionary(WhitePoint=Array([1, 1, 1]))])}
    mark = only(content, ColorSpace=lab)
    assert (mark.kind, mark.space, mark.shares) == ("fill", space, shares)


def test_a_fill_and_a_line_of_one_path_are_two_marks():
    marks = content_streams.read(page("0 0 0 1 k 1 0 0 RG 3 w 0 0 9 9 re B"))
    assert [(mark.kind, mark.space, mark.width_pt) for mark in marks] == [
        ("fill", "DeviceCMYK", 9),
        ("line", "DeviceRGB", 3),
    ]


def test_a_line_is_as_thick_as_its_matrix_makes_it():
    assert only("0.5 0 0 0.5 0 0 cm 0.4 w 0 0 m 90 0 l S").width_pt == pytest.approx(0.2)


def test_a_mark_is_where_its_matrix_and_its_clip_leave_it():
    mark = only("10 10 20 20 re W n 2 0 0 2 0 0 cm 0 0 10 10 re f")
    assert mark.box == (10, 10, 20, 20)


def test_what_the_clip_hides_is_no_mark():
    assert content_streams.read(page("0 0 5 5 re W n 50 50 9 9 re f")) == ()


@pytest.mark.parametrize(
    ("mode", "spaces"), [(0, ["DeviceCMYK"]), (1, ["DeviceRGB"]), (2, ["DeviceCMYK", "DeviceRGB"]), (3, [])]
)
def test_text_is_painted_as_its_mode_says(mode, spaces):
    marks = content_streams.read(page(f"0 0 0 1 k 1 0 0 RG BT {mode} Tr (A) Tj ET"))
    assert [(mark.kind, mark.space) for mark in marks] == [("text", space) for space in spaces]


def test_drawings_are_read_where_they_stand_and_in_the_colour_of_the_page():
    mark = only(
        "0 0 0 1 k 1 0 0 1 10 20 cm /F Do", XObject={"F": form("0 0 90 5 re f", Matrix=Array([2, 0, 0, 2, 0, 0]))}
    )
    assert (mark.space, mark.box) == ("DeviceCMYK", (10, 20, 110, 30))


def test_a_groups_own_colours_are_a_mark():
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    assert only("/F Do", XObject={"F": form("", Group=group)}).space == "DeviceRGB"


@pytest.mark.parametrize(
    ("keys", "space"),
    [
        ({"ColorSpace": Name.DeviceRGB}, "DeviceRGB"),
        ({"ColorSpace": Array([Name.Indexed, Name.DeviceRGB, 0, b"abc"])}, "DeviceRGB"),
        ({"ColorSpace": Name.DeviceCMYK}, "DeviceCMYK"),
        ({"ImageMask": True}, "DeviceCMYK"),
    ],
)
def test_a_picture_has_its_own_colours_and_a_stencil_the_pages(keys, space):
    mark = only("0 0 0 1 k 9 0 0 9 1 1 cm /I Do", XObject={"I": image(**keys)})
    assert (mark.kind, mark.space, mark.box) == ("picture", space, (1, 1, 10, 10))


def test_a_gradient_is_a_mark_in_its_colours():
    shading = {"S": lambda _: Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)}
    assert only("/S sh", Shading=shading).space == "DeviceRGB"


def test_a_patterns_cell_is_read():
    def tiling(pdf: pikepdf.Pdf) -> pikepdf.Object:
        stream = pdf.make_stream(b"1 0 0 rg 0 0 2 2 re f")
        stream.PatternType, stream.Resources = 1, Dictionary()
        return stream

    marks = content_streams.read(page("/Pattern cs /P scn 0 0 9 9 re f", Pattern={"P": tiling}))
    assert [(mark.kind, mark.space) for mark in marks] == [("fill", "DeviceRGB"), ("fill", "Pattern")]


@pytest.mark.parametrize(
    ("state", "clear"),
    [({"ca": 0.5}, True), ({"ca": 1}, False), ({"BM": Name.Multiply}, True), ({"BM": Name.Normal}, False)],
)
def test_what_shows_through_has_an_alpha_under_one(state, clear):
    mark = only(
        "/E gs 0 0 9 9 re f", ExtGState={"E": lambda _: Dictionary({f"/{key}": value for key, value in state.items()})}
    )
    assert (mark.alpha < 1) == clear


def test_ink_is_the_sum_of_the_plates():
    assert only("0.6 0.5 0.4 1 k 0 0 9 9 re f").ink_percent == pytest.approx(250)
    assert only("0.25 g 0 0 9 9 re f").ink_percent == pytest.approx(75)
