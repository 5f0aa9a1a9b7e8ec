"""Booklets: the text on every half of every sheet, and which way up it is."""

import ctypes
import io

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from click.testing import CliRunner
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Permissions

from briefpack import cli
from briefpack.paper import booklet, copies
from briefpack.problem import Problems
from numbered import MM, made, page

WIDTH_PT, HEIGHT_PT = 297 * MM, 210 * MM
HALVES = {"left": (0, WIDTH_PT / 2), "right": (WIDTH_PT / 2, WIDTH_PT)}
PACK = "national/national-pack.pdf"
LEAVE_BEHIND = "national/national-leave-behind-slow-streets.pdf"


def bounded(page, left, right) -> str:
    return page.get_textpage().get_text_bounded(left=left, right=right).strip()


def halves(data) -> list[tuple[str, str]]:
    """The text on the left and the right half of each side."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [tuple(bounded(page, *HALVES[half]) for half in HALVES) for page in pdf]


def letters(data, side, half) -> list[tuple[str, float, tuple[float, float]]]:
    """Each letter of a half, with the angle that it stands at and its place."""
    with pypdfium2.PdfDocument(data) as pdf:
        text = pdf[side].get_textpage()
        found = []
        for index in range(text.count_chars()):
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
            letter = text.get_text_range(index, 1)
            if letter.strip() and HALVES[half][0] <= x.value < HALVES[half][1]:
                found.append((letter, pdfium.FPDFText_GetCharAngle(text.raw, index), (x.value, y.value)))
        return found


def problem(data, **options) -> str:
    with pytest.raises(Problems) as caught:
        booklet.impose(data, "x.pdf", "x", **options)
    [found] = caught.value.problems
    return str(found)


def test_refuses_a_print_set():
    data = copies.join([(made(1), 1), (made(6), 2)], "T", "en-AU")
    assert problem(data).splitlines() == [
        "x.pdf: this is a print set: a booklet would have its first sheet and the blank backs of its documents in it",
        "  try: print it as it is, or name the documents to fold: briefpack booklet …-pack.pdf",
    ]


def test_eleven_pages_take_three_sheets_in_order():
    found = booklet.impose(made(11), "pack.pdf", "pack")
    assert (found.kind, found.pages, found.sheets, found.warnings) == ("booklet", 11, 3, ())
    assert halves(found.data) == [
        ("", page(1)), (page(2), page(11)),
        (page(10), page(3)), (page(4), page(9)),
        (page(8), page(5)), (page(6), page(7)),
    ]  # fmt: skip


@pytest.mark.parametrize("half", HALVES)
def test_every_half_is_upright_on_a_landscape_sheet(half):
    data = booklet.impose(made(12), "pack.pdf", "pack").data
    with pypdfium2.PdfDocument(data) as pdf:
        assert [pdf.get_page_size(side) for side in range(6)] == [pytest.approx((WIDTH_PT, HEIGHT_PT), abs=0.1)] * 6
    for side in range(6):
        found = letters(data, side, half)
        assert {angle for _, angle, _ in found} == {0}
        assert [place[0] for _, _, place in found] == sorted(place[0] for _, _, place in found)
        assert len({round(place[1], 2) for _, _, place in found}) == 1


def test_nothing_crosses_the_spine_however_far_a_page_moves():
    def fill(pdf):
        for number, each in enumerate(pdf.pages):
            grey = 0 if number % 2 == 0 else 0.5
            each.obj.Contents = pdf.make_stream(b"%g g 0 0 600 850 re f" % grey)

    data = booklet.impose(made(8, change=fill), "x", "x", thickness_mm=1).data
    with pypdfium2.PdfDocument(data) as pdf:
        pixels = pdf[2].render(scale=2).to_pil().convert("L")
    middle = pixels.width // 2
    row = [pixels.getpixel((middle + offset, pixels.height // 2)) for offset in (-6, -3, 3, 6)]
    assert row[0] == row[1] != row[2] == row[3]


@pytest.mark.parametrize("size_mm", [(210, 297), (1000, 400), (30, 800)])
def test_a_page_of_any_size_fills_its_half_and_keeps_its_proportions(size_mm):
    size_pt = tuple(side * MM for side in size_mm)

    def frame(pdf):
        for each in pdf.pages:
            each.obj.Contents = pdf.make_stream(b"0 g 0 0 %f %f re f" % size_pt)

    data = booklet.impose(made(4, size_pt, change=frame), "x", "x", thickness_mm=0).data
    with pypdfium2.PdfDocument(data) as pdf:
        drawn = pdf[0].render(scale=2, fill_color=(255, 255, 255, 255)).to_pil().convert("L")
    half = drawn.crop((drawn.width // 2 + 1, 0, drawn.width, drawn.height)).point(lambda grey: 255 if grey < 128 else 0)
    left, top, right, bottom = half.getbbox()
    width, height = (right - left) / 2 / MM, (bottom - top) / 2 / MM
    scale = min(148.5 / size_mm[0], 210 / size_mm[1])
    assert (width, height) == pytest.approx((size_mm[0] * scale, size_mm[1] * scale), abs=0.6)
    assert left == pytest.approx(half.width - right, abs=2)
    assert top == pytest.approx(half.height - bottom, abs=2)


def test_a_rotated_page_is_imposed_as_a_viewer_shows_it():
    def turn(pdf):
        for each in pdf.pages:
            each.obj.Rotate = 90

    data = booklet.impose(made(4, (297 * MM, 210 * MM), change=turn), "x", "x").data
    found = letters(data, 0, "right")
    assert "".join(letter for letter, _, _ in found) == "Page1ofthepack"
    heights = [place[1] for _, _, place in found]
    assert heights == sorted(heights, reverse=True)  # a quarter turn clockwise: the text runs down
    assert len({round(place[0], 2) for _, _, place in found}) == 1


def test_leaves_out_everything_beyond_the_trim():
    def trim(pdf):
        for each in pdf.pages:
            each.obj.TrimBox = Array([100, 300, 500, 600])

    outside = made(4, change=lambda pdf: (trim(pdf), _add(pdf, b"BT /F 20 Tf 20 20 Td (slug) Tj ET")))
    data = booklet.impose(outside, "x", "x").data
    with pypdfium2.PdfDocument(data) as pdf:
        drawn = pdf[0].render(scale=1).to_pil().convert("L")
    assert halves(data)[0][1].startswith("Page 1")
    assert (
        min(drawn.crop((drawn.width // 2, drawn.height * 3 // 4, drawn.width, drawn.height)).get_flattened_data())
        == 255
    )


def _add(pdf, content):
    for each in pdf.pages:
        each.contents_add(content)


def test_prints_annotations_that_print():
    """A filled-in form is stored as annotations, which an imposed page can't have."""

    def fill(pdf):
        shown = pdf.make_stream(b"0 g 0 0 100 100 re f")
        shown.Type, shown.Subtype, shown.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 100])
        stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 200, 200]), F=4)
        stamp.AP = Dictionary(N=shown)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(stamp)])

    data = booklet.impose(made(4, change=fill), "x", "x").data
    with pypdfium2.PdfDocument(data) as pdf:
        drawn = pdf[0].render(scale=1).to_pil().convert("L")
    assert drawn.getpixel((drawn.width // 2 + 30, drawn.height - 30)) == 0


def test_a_hidden_layer_stays_hidden():
    def hide(pdf):
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Notes"))
        hidden = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        pdf.Root.OCProperties = hidden
        for each in pdf.pages:
            each.obj.Resources.Properties = Dictionary(L=layer)
            each.contents_add(b"/OC /L BDC 0 g 0 0 600 300 re f EMC")

    data = booklet.impose(made(4, change=hide), "x", "x").data
    with pypdfium2.PdfDocument(data) as pdf:
        drawn = pdf[0].render(scale=1).to_pil().convert("L")
    assert drawn.getpixel((drawn.width * 3 // 4, drawn.height - 20)) == 255


def test_a_single_page_is_printed_twice_on_a_sheet_with_cut_marks():
    found = booklet.impose(made(1), "x.pdf", "x")
    assert (found.kind, found.pages, found.sheets) == ("two-up", 1, 1)
    assert halves(found.data) == [(page(1), page(1))]
    with pypdfium2.PdfDocument(found.data) as pdf:
        drawn = pdf[0].render(scale=4).to_pil().convert("L")
    middle = [drawn.getpixel((drawn.width // 2, y)) < 200 for y in range(drawn.height)]
    assert (sum(middle) / 4 / MM, middle[0], middle[-1]) == (pytest.approx(18, abs=0.3), True, True)
    assert not any(middle[len(middle) // 10 : -len(middle) // 10])


@pytest.fixture(scope="module")
def pack_booklet(sample_build):
    return booklet.read(sample_build[2] / PACK, "pack.pdf")


@pytest.fixture(scope="module")
def two_up(sample_build):
    return booklet.read(sample_build[2] / LEAVE_BEHIND, "leave-behind.pdf")


def test_the_sample_pack_has_the_text_of_each_page_on_its_half(pack_booklet, sample_build):
    with pypdfium2.PdfDocument(sample_build[2] / PACK) as pdf:
        texts = [" ".join(each.get_textpage().get_text_bounded().split()) for each in pdf]
    assert (len(texts), pack_booklet.sheets) == (7, 2)
    found = [tuple(" ".join(half.split()) for half in side) for side in halves(pack_booklet.data)]
    assert found == [("", texts[0]), (texts[1], texts[6]), (texts[5], texts[2]), (texts[3], texts[4])]


@pytest.mark.parametrize(("made_of", "duplex"), [("pack_booklet", "/DuplexFlipShortEdge"), ("two_up", "/Simplex")])
def test_the_result_has_a_title_and_print_settings(made_of, duplex, request, sample_build):
    found = request.getfixturevalue(made_of)
    whole = PACK if made_of == "pack_booklet" else LEAVE_BEHIND
    with Pdf.open(io.BytesIO(found.data)) as pdf, Pdf.open(sample_build[2] / whole) as source:
        wishes = pdf.Root.ViewerPreferences
        assert (str(wishes.Duplex), str(wishes.PrintScaling), bool(wishes.DisplayDocTitle)) == (duplex, "/None", True)
        assert pdf.docinfo.Title == source.docinfo.Title
        assert pdf.Root.Lang == source.Root.Lang == "en-AU"
        assert pdf.pdf_version >= "1.7"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == str(source.docinfo.Title)
            assert "pdfuaid:part" not in metadata
        assert not {"/Outlines", "/Names"} & set(pdf.Root.keys())
        assert not any("/Annots" in each.obj for each in pdf.pages)
        assert pdf.check_pdf_syntax() == []


LOCKED = made(2, encryption=Encryption(owner="owner", user="user"))
UNPRINTABLE = made(2, encryption=Encryption(owner="owner", user="", allow=Permissions(print_highres=False)))


def spoiled(pdf):
    stream = pdf.make_stream(b"")
    stream.write(b"not deflated", filter=Name.FlateDecode)
    pdf.pages[0].obj.Contents = Array([stream, stream])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this file is empty\n  try: save it as a PDF"),
        (b"PK\x03\x04 a Word file", "this is not a PDF\n  try: save it as a PDF"),
        (b"%PDF-1.7\nnothing else", "this PDF is too damaged to read\n  try: make or download it again"),

        (made(2, change=spoiled), "this PDF is too damaged to read\n  try: make or download it again"),
        (made(0), "this PDF has no pages\n  try: make it again"),
        (made(3, change=lambda pdf: pdf.pages[1].obj.update({"/MediaBox": Array([0, 0, 0, 0])})), "page 2 is 0 × 0 mm"),
        (LOCKED, "this PDF is locked with a password\n  try: save a copy without a password"),
        (UNPRINTABLE, "this PDF doesn't allow printing\n  try: ask its author"),
    ],
)  # fmt: skip
def test_refuses_a_file_that_cannot_be_imposed(data, said):
    found = problem(data)
    assert found.startswith(f"x.pdf: {said}")
    assert found.count("\n") == 1


def test_imposes_a_damaged_but_readable_file_with_a_warning():
    whole = made(5)
    found = booklet.impose(whole.replace(b"startxref", b"startxxxx"), "x.pdf", "x")
    assert found.sheets == 2
    assert [str(each).partition(";")[0] for each in found.warnings] == [
        "x.pdf: warning: this PDF is damaged, and parts may be missing"
    ]


def _in_sizes(*sizes_pt):
    """Return a change of a document that sets some lines on its first page, each in a size with as many letters."""

    def change(pdf):
        lines = (
            f"BT /F {size} Tf 60 {100 + 40 * row} Td ({letters * 'x'}) Tj ET "
            for row, (size, letters) in enumerate(sizes_pt)
        )
        _add(pdf, "".join(lines).encode())

    return change


@pytest.mark.parametrize(
    ("sizes_pt", "pages", "message"),
    [
        # A4 is halved to A5: sizes are divided by the root of 2.
        (((12, 100),), 2, None),
        (((10, 100),), 1, "two-up: body type prints at 7.1 pt"),
        (((24, 20), (12, 100), (7, 130)), 1, "two-up: body type prints at 8.5 pt, and the smallest type at 4.9 pt"),
    ],
)  # fmt: skip
def test_warns_how_small_its_type_prints(sizes_pt, pages, message):
    data = made(pages, text="{}", change=_in_sizes(*sizes_pt))
    found = booklet.impose(data, "x.pdf", "x").warnings
    assert [each.message for each in found] == ([message] if message else [])


def test_warns_of_more_sheets_than_fold_well():
    assert booklet.impose(made(80), "x", "x").warnings == ()
    [warning] = booklet.impose(made(81), "x", "x").warnings
    assert (
        str(warning)
        == "x: warning: this takes 21 sheets, and no more than 20 fold well together; try: print it as it is, on both sides"
    )


# The command.


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder outside any project, where a volunteer has some files."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pack.pdf").write_bytes(made(11))
    (tmp_path / "leaflet.pdf").write_bytes(made(1))
    return tmp_path


@pytest.fixture
def command():
    def run(*words):
        result = CliRunner().invoke(cli.main, ["booklet", *map(str, words)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


def test_puts_the_booklet_next_to_its_file(folder, command):
    result = command("pack.pdf", folder / "leaflet.pdf", "pack.pdf")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "Made pack-booklet.pdf: 11 pages on 3 sheets of A4. Print at actual size, on both sides, flipped on the short edge. Then fold.",
        "Made leaflet-two-up.pdf: 1 page on 1 sheet of A4. Print at actual size, on one side. Then cut at the marks.",
    ]
    assert halves((folder / "pack-booklet.pdf").read_bytes())[0] == ("", page(1))
    assert halves((folder / "leaflet-two-up.pdf").read_bytes()) == [(page(1), page(1))]


def test_names_each_file_that_cannot_be_imposed_and_makes_the_others(folder, command):
    (folder / "locked.pdf").write_bytes(LOCKED)
    (folder / "empty.pdf").write_bytes(b"")
    result = command("gone.pdf", "locked.pdf", "pack.pdf", "empty.pdf", ".")
    assert result.exit_code == 5
    assert result.stderr.splitlines() == [
        "gone.pdf: there is no such file",
        "  try: check the path, or make the document first: briefpack build",
        "locked.pdf: this PDF is locked with a password",
        "  try: save a copy without a password",
        "empty.pdf: this file is empty",
        "  try: save it as a PDF, or make it again",
        ".: this is a folder, not a PDF",
        "  try: name the PDFs in it",
        "4 problems. The other files were made.",
    ]
    assert result.stdout.startswith("Made pack-booklet.pdf: 11 pages on 3 sheets")


def test_two_files_with_the_same_name_do_not_overwrite_each_other(folder, command):
    (folder / "other").mkdir()
    (folder / "other/pack.pdf").write_bytes(made(5))
    result = command("pack.pdf", "other/pack.pdf", "--out", "both")
    assert result.exit_code == 5
    assert "both/pack-booklet.pdf: two files would both be written here\n  try: use another --out" in result.stderr
    assert len(halves((folder / "both/pack-booklet.pdf").read_bytes())) == 6


def test_reports_a_folder_that_cannot_be_written(folder, command):
    before = (folder / "leaflet.pdf").read_bytes()
    result = command("pack.pdf", "--out", "leaflet.pdf")
    assert result.exit_code == 5
    assert "leaflet.pdf/pack-booklet.pdf: this file can't be written: " in result.stderr
    assert (folder / "leaflet.pdf").read_bytes() == before


@pytest.mark.parametrize("words", [(), ("pack.pdf", "--thickness-mm", "nan")])
@pytest.mark.usefixtures("folder")
def test_refuses_a_mistake_on_the_command_line(command, words):
    result = command(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
