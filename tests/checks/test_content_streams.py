"""Content streams: every mark on a page, with its colour space, ink shares, position and thickness."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from briefpack.checks.read import content_streams


def page(content: str, **resources) -> pikepdf.Pdf:
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(100, 100))
    pdf.pages[0].Contents = pdf.make_stream(content.encode())
    pdf.pages[0].obj.Resources = Dictionary(
        {
            f"/{kind}": Dictionary({f"/{name}": make(pdf) for name, make in objects.items()})
            for kind, objects in resources.items()
        }
    )
    return pdf


def read(content: str, **resources) -> list[content_streams.Mark]:
    return [*content_streams.read(page(content, **resources))]


def only(content: str, **resources) -> content_streams.Mark:
    (mark,) = read(content, **resources)
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
        ("1 0 0 rg q 0.5 g Q 0 0 9 9 re F", "DeviceRGB", (1, 0, 0)),
        ("/L cs 50 1 1 scn 0 0 9 9 re f", "Lab", (50, 1, 1)),
    ],
)
def test_paints_a_fill_in_the_last_colour_chosen(content, space, shares):
    lab = {"L": lambda _: Array([Name.Lab, Dictionary(WhitePoint=Array([1, 1, 1]))])}
    mark = only(content, ColorSpace=lab)
    assert (mark.kind, mark.space, mark.shares) == ("fill", space, shares)


def test_transforms_and_clips_the_box_of_a_mark():
    mark = only("10 10 20 20 re W n 2 0 0 2 0 0 cm 0 0 10 10 re f")
    assert mark.box == (10, 10, 20, 20)


@pytest.mark.parametrize(
    ("mode", "spaces"), [(0, ["DeviceCMYK"]), (1, ["DeviceRGB"]), (2, ["DeviceCMYK", "DeviceRGB"]), (3, [])]
)
def test_paints_text_by_its_rendering_mode(mode, spaces):
    marks = read(f"0 0 0 1 k 1 0 0 RG BT {mode} Tr (A) Tj ET")
    assert [(mark.kind, mark.space) for mark in marks] == [("text", space) for space in spaces]


def test_reads_a_drawing_in_its_position_and_the_colour_of_the_page():
    mark = only(
        "0 0 0 1 k 1 0 0 1 10 20 cm /F Do", XObject={"F": form("0 0 90 5 re f", Matrix=Array([2, 0, 0, 2, 0, 0]))}
    )
    assert (mark.space, mark.box) == ("DeviceCMYK", (10, 20, 110, 30))


def test_counts_the_colour_space_of_a_transparency_group():
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
def test_gives_a_picture_its_own_colours_and_a_stencil_those_of_the_page(keys, space):
    mark = only("0 0 0 1 k 9 0 0 9 1 1 cm /I Do", XObject={"I": image(**keys)})
    assert (mark.kind, mark.space, mark.box) == ("picture", space, (1, 1, 10, 10))


def test_reads_the_colour_space_of_a_gradient():
    shading = {"S": lambda _: Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)}
    assert only("/S sh", Shading=shading).space == "DeviceRGB"


def test_reads_the_cell_of_a_pattern():
    def tiling(pdf: pikepdf.Pdf) -> pikepdf.Object:
        stream = pdf.make_stream(b"1 0 0 rg 0 0 2 2 re f")
        stream.PatternType, stream.Resources = 1, Dictionary()
        return stream

    marks = read("/Pattern cs /P scn 0 0 9 9 re f", Pattern={"P": tiling})
    assert [(mark.kind, mark.space) for mark in marks] == [("fill", "DeviceRGB"), ("fill", "Pattern")]


@pytest.mark.parametrize(
    ("state", "clear"),
    [({"ca": 0.5}, True), ({"BM": Name.Normal}, False)],
)
def test_gives_transparent_marks_an_alpha_below_one(state, clear):
    mark = only(
        "/E gs 0 0 9 9 re f", ExtGState={"E": lambda _: Dictionary({f"/{key}": value for key, value in state.items()})}
    )
    assert (mark.alpha < 1) == clear


def test_adds_up_the_ink_of_all_plates():
    assert only("0.6 0.5 0.4 1 k 0 0 9 9 re f").ink_percent == pytest.approx(250)
    assert only("0.25 g 0 0 9 9 re f").ink_percent == pytest.approx(75)


@pytest.mark.parametrize(
    ("operator", "kinds"),
    [
        ("f", ["fill"]), ("S", ["line"]), ("s", ["line"]), ("n", []), ("b", ["fill", "line"])],
)  # fmt: skip
def test_paints_a_path_by_the_operator_that_ends_it(operator, kinds):
    marks = read(f"0 0 9 9 re {operator} 20 20 9 9 re {operator}")
    assert [mark.kind for mark in marks] == kinds * 2


def test_a_soft_mask_makes_later_marks_transparent():
    masks = {"E": lambda _: Dictionary(SMask=Dictionary(S=Name.Alpha)), "N": lambda _: Dictionary(SMask=Name("/None"))}
    assert only("/E gs 0 0 9 9 re f", ExtGState=masks).alpha < 1
    assert only("/N gs 0 0 9 9 re f", ExtGState=masks).alpha == 1


def test_restores_colour_clip_and_matrix():
    mark = only("q 2 0 0 2 0 0 cm 1 0 0 rg 0 0 1 1 re W n Q 0 0 9 9 re f")
    assert (mark.space, mark.box) == ("DeviceGray", (0, 0, 9, 9))


@pytest.mark.parametrize(
    ("matrix", "width"),
    [("0 2 -2 0 50 0", 2), ("2 0 0 8 0 0", 4), ("1 1 -1 1 50 0", 2**0.5)],
)
def test_scales_a_line_by_any_matrix(matrix, width):
    assert only(f"{matrix} cm 1 w 1 1 m 5 5 l S").width_pt == pytest.approx(width)


def test_a_curve_stays_within_its_control_points():
    assert only("0 0 m 10 20 30 -5 40 0 c f").box == (0, -5, 40, 20)
    assert only("0 0 m 30 50 40 0 v f").box == (0, 0, 40, 50)
    assert only("0 0 m 30 60 40 0 y h f").box == (0, 0, 40, 60)


@pytest.mark.parametrize(("channels", "name"), [(1, "DeviceGray"), (3, "ICC RGB"), (4, "DeviceCMYK")])
def test_names_a_profile_by_its_channels(channels, name):
    profile = {"P": lambda pdf: Array([Name.ICCBased, pdf.make_stream(b"", {"/N": channels})])}
    assert only("/P cs 0 0 9 9 re f", ColorSpace=profile).space == name


def test_gives_a_gradient_the_fill_alpha_and_the_box_of_its_clip():
    mark = only(
        "/E gs 5 5 10 10 re W n /S sh",
        Shading={"S": lambda _: Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)},
        ExtGState={"E": lambda _: Dictionary({"/ca": 0.5})},
    )
    assert (mark.kind, mark.alpha, mark.box) == ("gradient", 0.5, (5, 5, 15, 15))


@pytest.mark.parametrize("operator", ["scn", "SCN"])
def test_reads_a_gradient_used_as_a_pattern(operator):
    shading = Dictionary(PatternType=2, Shading=Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB))
    mark = only(f"/Pattern cs /Pattern CS /P {operator}", Pattern={"P": lambda _: shading})
    assert (mark.kind, mark.space) == ("gradient", "DeviceRGB")


@pytest.mark.parametrize(
    ("colour", "inkless"),
    [("1 g", True), ("0.99 g", False), ("0 0 0 0 k", True), ("0 0 0 rg", False)],
)
def test_takes_a_white_fill_for_bare_paper(colour, inkless):
    assert only(f"{colour} 0 0 9 9 re f").inkless is inkless


def test_numbers_marks_by_page_and_resets_the_state_on_each_page():
    pdf = page("1 0 0 rg 0 0 9 9 re f")
    pdf.add_blank_page(page_size=(100, 100))
    pdf.pages[1].Contents = pdf.make_stream(b"0 0 9 9 re f")
    marks = content_streams.read(pdf)
    assert [(mark.page, mark.space) for mark in marks] == [(1, "DeviceRGB"), (2, "DeviceGray")]


def test_a_page_starts_with_opaque_black_filled_text_and_lines_one_unit_thick():
    line, text = read("0 0 m 9 0 l S 1 0 0 rg BT (A) Tj ET")
    assert (line.space, line.shares, line.width_pt, line.alpha) == ("DeviceGray", (0,), 1, 1)
    assert (text.space, text.alpha) == ("DeviceRGB", 1)


def test_a_clip_to_an_empty_path_hides_every_later_mark():
    assert read("W n 5 5 9 9 re f") == []
