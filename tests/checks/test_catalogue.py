"""Each check of the finished files reports nothing on a good file and something on a bad one."""

import base64
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import segno
import weasyprint
from fontTools.ttLib import TTFont
from PIL import Image

from briefpack import build, checks, layout, output, plan
from briefpack.bind import inks
from briefpack.checks import structure
from briefpack.geometry import Frame
from briefpack.layout.editions import BUILT_IN
from briefpack.plan import Authorised, Document, Expected, Part, belongings
from briefpack.problem import Owner
from briefpack.text import words
from briefpack.typeset.weasyprint import patched, spaces

FONTS = Path(__file__).parents[2] / "fonts"
PACK = "national/national-pack.pdf"
FUND = "national/national-leave-behind-crossing-fund.pdf"


class Bench:
    """The finished sample, its documents, and checks of a damaged copy."""

    def __init__(self, sample_build) -> None:
        project, _, self.folder = sample_build
        loaded = plan.read_brief(project, "tiny")
        self.layout = layout.load(project, "tiny", "screen")
        self.documents = {
            document.path: document for document in plan.make(loaded, self.layout, plan.Wanted()).documents
        }

    def good(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def messages(self, path: str, data: bytes) -> dict[str, str]:
        """Return the message of each problem by its check."""
        problems = self.run(self.documents[path], data)
        return {problem.check: problem.text for problem in problems}

    def run(self, document: Document, data: bytes) -> tuple:
        expected = plan.Expected(faces=self.layout.look.faces, paper=self.layout.layout.paper, document=document)
        return checks.file(data, expected, f"out/{document.path}")

    def spoilt(self, path: str, spoil: Callable[[pikepdf.Pdf], object]) -> dict[str, str]:
        with pikepdf.Pdf.open(io.BytesIO(self.good(path))) as pdf:
            spoil(pdf)
            data = io.BytesIO()
            pdf.save(data)
        return self.messages(path, data.getvalue())


@pytest.fixture(scope="module")
def bench(sample_build) -> Bench:
    return Bench(sample_build)


def elements(element):
    yield element
    kids = element.get("/K", [])
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def figures(pdf: pikepdf.Pdf) -> list:
    return [element for element in elements(pdf.Root.StructTreeRoot.K[0]) if element.S == "/Figure"]


def page(body: str, style: str = "") -> str:
    """Return a complete page of HTML around a body."""
    return f"""<html lang="en-AU"><head><title>T</title><link rel="stylesheet" href="fonts.css"><style>
        @page {{ size: 210mm 297mm }} body {{ font: 11pt "Source Sans 3" }} {style}</style></head><body>{body}</body></html>"""


def drawn(body: str, style: str = "") -> bytes:
    """Return a tagged PDF of a body, as the typesetter draws it."""
    with patched():
        document = weasyprint.HTML(string=page(body, style), base_url=f"{FONTS.as_uri()}/").render(
            pdf_variant="pdf/ua-1"
        )
        spaces.keep(document.pages)
        return document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)


def judged(
    body: str, style: str = "", edition: str = "screen", *, part: dict | None = None, **expected
) -> dict[str, str]:
    """Return what the checks of a piece report of a page drawn by WeasyPrint, by check."""
    given = {"html": page(body, style), "smallest_type_pt": 0.0, "ends": (0,)} | (part or {})
    data = drawn(body, style)
    data = inks.convert(data, {})[0] if edition == "press" else data
    meant = Expected(BUILT_IN[edition], part=Part(**given), **expected)
    return {problem.check: problem.text for problem in checks.piece(data, meant, "layouts/p.html")[0]}


def judged_whole(body: str, edition: str) -> dict[str, str]:
    """Return what the checks of a document report of such a page, already checked as a piece."""
    meant = Expected(BUILT_IN[edition], part=Part(page(body), 0.0))
    data = drawn(body)
    _, reads = checks.piece(data, meant, "layouts/p.html")
    return {
        problem.check: problem.text for problem in checks.document(data, Expected(BUILT_IN[edition]), "f.pdf", reads)
    }


def whole(data: bytes, edition: str = "screen", **expected) -> dict[str, str]:
    """Return what every check reports of a finished file, by check."""
    meant = Expected(BUILT_IN[edition], **expected)
    return {problem.check: problem.text for problem in checks.file(data, meant, "f.pdf")}


@pytest.mark.parametrize("path", [PACK, FUND, "national/national-leave-behind-slow-streets.pdf"])
def test_finds_nothing_in_a_good_file(bench, path):
    assert bench.run(bench.documents[path], bench.good(path)) == ()


def test_gives_every_check_an_id_a_reason_and_a_hint():
    ids = [check.id for check in checks.CHECKS]
    assert len(set(ids)) == len(ids)
    assert {"page-count", "paper-size", "fonts-embedded", "glyphs-missing", "tags", "metadata", "outline"} <= set(ids)
    assert all(check.reason and check.hint for check in checks.CHECKS)


def test_names_the_file_the_check_and_the_fix_of_a_problem(bench):
    data = bench.good(PACK)
    (problem,) = [one for one in bench.run(bench.documents[FUND], data) if one.check == "page-count"]
    assert problem.path == f"out/{FUND}"
    assert problem.text.startswith("page-count: ")
    assert problem.hint
    assert (problem.owner, problem.line, problem.warning) == (Owner.DOCUMENT, None, False)


def test_finds_a_page_too_many(bench):
    messages = bench.spoilt(FUND, lambda pdf: pdf.pages.append(pdf.pages[0]))
    assert "2 pages" in messages["page-count"]


@pytest.mark.parametrize(("size", "shown"), [((841.89, 595.28), "297 × 210")])
def test_finds_paper_of_another_size_and_gives_its_page(bench, size, shown):
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[-1].mediabox = [0, 0, *size]
        for box in ("/CropBox", "/TrimBox", "/BleedBox"):
            if box in pdf.pages[-1].obj:
                del pdf.pages[-1].obj[box]

    messages = bench.spoilt(PACK, spoil)
    assert shown in messages["paper-size"]
    with pikepdf.Pdf.open(io.BytesIO(bench.good(PACK))) as pdf:
        assert f"page {len(pdf.pages)}" in messages["paper-size"]


def _fonts(pdf: pikepdf.Pdf) -> list:
    return [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/DescendantFonts" in item
    ]


def test_finds_a_font_that_is_not_embedded(bench):
    def spoil(pdf: pikepdf.Pdf) -> None:
        for font in _fonts(pdf):
            descriptor = font.DescendantFonts[0].FontDescriptor
            for file in ("/FontFile2", "/FontFile3"):
                if file in descriptor:
                    del descriptor[file]

    assert "isn't embedded" in bench.spoilt(FUND, spoil)["fonts-embedded"]


def test_finds_a_font_from_outside_the_project(bench):
    messages = bench.messages(
        FUND,
        drawn("<p>Own words</p><p class='other'>Other words</p>", f".other {{ font-family: Foreign }} {_foreign()}"),
    )
    assert "Foreign" in messages["fonts-embedded"]
    assert "fonts.css" in messages["fonts-embedded"]


def _foreign() -> str:
    """Return a font face with another name: the project's own font, renamed."""
    font = TTFont(next(FONTS.rglob("SourceSerif4-Regular.ttf")))
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = "Foreign"
    buffer = io.BytesIO()
    font.save(buffer)
    return f"@font-face {{ font-family: Foreign; src: url(data:font/ttf;base64,{base64.b64encode(buffer.getvalue()).decode()}) }}"


def test_finds_a_character_that_its_font_lacks(bench):
    def spoil(pdf: pikepdf.Pdf) -> None:
        for font in _fonts(pdf):
            letters = font.ToUnicode.read_bytes()
            font.ToUnicode = pdf.make_stream(re.sub(rb"(<[0-9a-f]{4}> )<0063>", rb"\1<fffd>", letters))

    assert "page 1" in bench.spoilt(FUND, spoil)["glyphs-missing"]


def test_finds_a_file_without_tags(bench):
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot
        del pdf.Root.MarkInfo

    messages = bench.spoilt(FUND, spoil)
    assert "tag" in messages["tags"]


@pytest.mark.parametrize("alt", [None, "   "])
def test_finds_a_figure_without_alternative_text(bench, alt):
    def spoil(pdf: pikepdf.Pdf) -> None:
        figure = figures(pdf)[0]
        del figure["/Alt"]
        if alt is not None:
            figure.Alt = alt

    assert "page 1: a figure has no alternative text" in bench.spoilt(FUND, spoil)["tags"]


@pytest.mark.parametrize("name", ["Title", "Author", "Subject"])
@pytest.mark.parametrize("value", [None, "Something else"])
def test_compares_title_author_and_subject_with_the_brief(bench, name, value):
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.docinfo[f"/{name}"]
        if value:
            pdf.docinfo[f"/{name}"] = value

    assert name.lower() in bench.spoilt(FUND, spoil)["metadata"]


@pytest.mark.parametrize("value", [None, "en-US"])
def test_finds_a_missing_or_wrong_language(bench, value):
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Lang
        if value is not None:
            pdf.Root.Lang = value

    assert "language" in bench.spoilt(FUND, spoil)["metadata"]


def test_requires_bookmarks_only_in_a_long_file(bench):
    def spoil(pdf: pikepdf.Pdf) -> None:
        if "/Outlines" in pdf.Root:
            del pdf.Root.Outlines

    with pikepdf.Pdf.open(io.BytesIO(bench.good(PACK))) as pdf:
        assert len(pdf.pages) > structure.LONG
    assert "outline" in bench.spoilt(PACK, spoil)["outline"]
    assert "outline" not in bench.spoilt(FUND, spoil)


@pytest.mark.usefixtures("in_process")
def test_publishes_no_file_that_fails_a_check(project, edit):
    edit("layouts/tiny/leave-behind.css", "@page {", "@page { size: 210mm 290mm;")
    report = build.run(output.Request(project, "tiny", "tiny", project.root / "out"))
    assert report.made == (PACK,)
    assert len(report.failed) == 2
    assert report.exit_code == 5
    assert {problem.check for problem in report.problems} == {"paper-size"}
    assert not (report.folder / FUND).exists()


LONG = (
    "The Commonwealth’s administration of extraordinary responsibilities offers efficient, affordable assistance. " * 5
)
GOOD = f"""<h1>Office finances</h1><p class="kicker">Straße und Maß</p><p class="narrow">{LONG}</p>
<p>AU$320&nbsp;million, co&shy;operation, well-known, 1st<sup>2</sup>, x<span class="note">A note below.</span>.</p>
<ul><li>One &amp; two</li><li>Three</li></ul><!-- <p>never printed</p> --><table><caption>Sums</caption>
<thead><tr><th>Year</th></tr></thead><tbody><tr><td>2024</td></tr></tbody></table>"""
GOOD_STYLE = """.narrow { width: 40mm; hyphens: auto; text-align: justify } .kicker { text-transform: uppercase }
.note { float: footnote } .note::footnote-call { font-size: 65%; vertical-align: 0.5em } li::before { content: "generated "; } p { font-variant-ligatures: common-ligatures }"""


@pytest.mark.parametrize("edition", ["screen", "home", "press"])
def test_finds_nothing_in_a_good_piece(edition):
    assert judged(GOOD, GOOD_STYLE, edition) == {}


def in_html(data: io.BytesIO, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data.getvalue()).decode()}"


def code() -> str:
    """Return a QR code as pages show it: there is no ground between its squares."""
    segno.make("https://walk.example/to/school", error="m", micro=False).save(
        data := io.BytesIO(), kind="svg", border=0, omitsize=True
    )
    return in_html(data, "svg+xml")


def picture() -> str:
    Image.new("RGB", (400, 400), "#224466").save(data := io.BytesIO(), "PNG")
    return in_html(data, "png")


CODE, PICTURE = code(), picture()
BAD_WORDS = {
    "clipped": ('<div style="height: 8mm; overflow: hidden"><p>Shown.</p><p>Never shown.</p></div>', "clipped"),
    "off the page": ('<p style="position: absolute; left: 190mm; white-space: nowrap">Text beyond the edge</p>', "cut off"),
    "covered": ('<p>Under</p><div style="position: absolute; top: 0; left: 0; width: 50mm; height: 50mm; background: #fff"></div>', "covered"),
    "under a code": (f'<p>Contacts</p><img src="{CODE}" style="position: absolute; left: 0; top: -15mm; width: 22mm; height: 22mm">', "covered"),
    "invisible": ('<p>Shown</p><p style="display: none">A lost sentence.</p>', '"sentence." is not on any page, and 2 more words'),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_WORDS)
def test_finds_words_that_are_cut_off_covered_or_overprinted(case):
    body, message = BAD_WORDS[case]
    assert message in judged(body)["words-lost"]


def test_refuses_a_file_without_tags_whose_lines_and_headings_it_cannot_read():
    data = weasyprint.HTML(string="<p>One</p><p style='break-before: page'>Two</p>").write_pdf()
    messages = [each.text for each in checks.file(data, Expected(), "f.pdf") if each.check == "tagged"]
    assert messages == ["tagged: the document is not tagged, so its structure and its page breaks can't be checked"]


@pytest.mark.parametrize(
    "ground", ["height: 0.5pt; background: #000", "height: 9mm; background: rgba(255, 240, 200, 0.3)"]
)
def test_allows_a_thin_line_or_a_tint_over_text(ground):
    body = f'<p>Seen through</p><div style="position: absolute; left: 0; top: 2mm; width: 50mm; {ground}"></div>'
    assert "words-lost" not in judged(body)


def test_skips_contrast_in_a_piece_laid_over_others():
    assert judged('<p style="color: #fff">For the Member</p>', part={"over": True}) == {}


@pytest.mark.parametrize(
    ("size", "edition", "smallest", "found"),
    [
        ("7pt", "screen", 8, True),
    ],
)  # fmt: skip
def test_finds_type_that_is_too_small(size, edition, smallest, found):
    messages = judged(f'<p style="font-size: {size}">Small</p>', "", edition, part={"smallest_type_pt": smallest})
    assert ("type-size" in messages) == found


def test_finds_type_that_a_drawing_shrinks():
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 40'><text x='10' y='30' font-family='Source Sans 3' font-size='20'>Bars</text></svg>"
    image = f'<img alt="bars" src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}" style="width: {{}}mm">'
    assert "type-size" not in judged(image.format(140))
    assert "is set in 4.25 pt" in judged(image.format(30))["type-size"]


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("color: #767676", False),
        ("color: #787878", True),
        ("color: #979797; font-size: 18pt", True),
        ("color: #fff; background: #16243A", False),
        ("color: #000; opacity: 1; background: linear-gradient(to right, #222, #fff)", True),
    ],
)  # fmt: skip
def test_measures_contrast_with_the_real_background(style, found):
    messages = judged(f'<p style="{style}">A line that goes quite some way along</p>')
    assert ("contrast" in messages) == found
    assert ("has a contrast of" in messages.get("contrast", "")) == found


@pytest.mark.parametrize(("clip", "found"), [("rect(0, 0, 0, 0)", False), ("rect(0, 90mm, 9mm, 0)", True)])
def test_leaves_alone_what_is_clipped_to_nothing_for_listeners(clip, found):
    style = f"position: absolute; clip: {clip}; color: #ddd; width: 90mm; height: 9mm"
    assert ("contrast" in judged(f'<p>Shown</p><p style="{style}">A step of a drawing</p>')) == found


def _png(px: int) -> str:
    buffer = io.BytesIO()
    Image.new("RGB", (px, px), "#224466").save(buffer, "PNG")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"


@pytest.mark.parametrize(
    "words",
    [
        "Lorem ipsum dolor", "TODO: ask Jo", "a cost of XXX", "{{ brief.title }}", "of {figure-id}",
        "[^source]", "XX per cent", "???", "[INSERT NAME]", "{fund-total}",
    ],
)  # fmt: skip
def test_finds_a_placeholder(words):
    assert "placeholder-left" in judged(f"<p>The text says {words} here.</p>")


@pytest.mark.parametrize(
    "words",
    ["a to-do list", "Superbowl XXXI", "{set}", "article XX", "[the source]"],
)
def test_allows_words_that_resemble_a_placeholder(words):
    assert "placeholder-left" not in judged(f"<p>The text says {words} here.</p>")


@pytest.mark.parametrize("edition", ["screen", "home"])
def test_warns_of_a_link_whose_address_is_not_printed(edition):
    messages = judged_whole('<p>Read <a href="https://www.ijm.org.au/report">our report</a>.</p>', edition)
    assert ("links-alive-on-paper" in messages) == (edition != "screen")


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="https://www.ijm.org.au/a-report/">Our report</a>: ijm.org.au/a-report</p>',
        '<p><a href="https://ijm.org.au/">See</a></p><img alt="QR code that opens https://ijm.org.au" src="IMAGE" style="width: 20mm">',
        '<p><a href="https://ijm.org.au/Our%20report.pdf">ijm.org.au/Our&nbsp;report.pdf</a></p>',
    ],
)
def test_allows_a_link_whose_address_is_printed(body):
    assert "links-alive-on-paper" not in judged_whole(body.replace("IMAGE", _png(200)), "home")


NAMES = {"north": "North Hill", "south": "South Hill"}
VALUES = tuple(
    belongings.Value(belongings.NAME, name, (slug,), words.split(name), words.fold(name))
    for slug, name in NAMES.items()
)
KNOWN = belongings.Known("hills", NAMES, ("member", "seat"), VALUES, frozenset(), frozenset())
AROUND = plan.Around(NAMES, KNOWN, "Map: the Office")


def local(bench: Bench, body: str, around: plan.Around = AROUND, **drawings: plan.Drawing) -> dict[str, str]:
    """Return what the checks report of a page that is the document of the electorate `north`."""
    document = replace(bench.documents[FUND], electorate="north", charts=drawings)
    own = belongings.Own("north", frozenset({words.fold("North Hill")}))
    return whole(drawn(f"<h1>T</h1>{body}"), document=document, around=around, own=own)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("North Hill and its people", ""),
        ("IN NORTH HILL", ""),
        ("The people of a hill", "the document doesn't name its electorate, North Hill"),
        ("North Hill, and South Hill", 'page 1: the text contains "South Hill", the name of another seat'),
    ],
)
def test_requires_a_document_to_name_its_own_electorate_and_no_other(bench, body, message):
    assert local(bench, f"<p>{body}</p>").get("electorate-leak", "") == (
        f"electorate-leak: {message}" if message else ""
    )


def test_finds_a_map_without_its_credit(bench):
    drawing = plan.Drawing("-map", (), 100, 100, area="norland/north")
    body = "<p>North Hill</p>"
    assert "map-credit" in local(bench, body, **{"map-cover": drawing})
    assert "map-credit" not in local(bench, f"{body}<p>Map: the<br>Office</p>", **{"map-cover": drawing})
    assert "map-credit" not in local(bench, body)


TABLE = "<table><thead><tr><th>Year</th></tr></thead><tbody><tr><td>2024</td></tr></tbody></table>"


def test_finds_a_header_cell_without_a_scope():
    unscoped = weasyprint.HTML(string=page(f"<h1>T</h1>{TABLE}")).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    assert "scope" in whole(unscoped)["tags"]
    assert "tags" not in whole(drawn(f"<h1>T</h1>{TABLE}"))


def test_finds_text_outside_the_tags(bench):
    def spoil(pdf: pikepdf.Pdf) -> None:
        heading = next(each for each in elements(pdf.Root.StructTreeRoot.K[0]) if each.S == "/H1")
        heading.K = pikepdf.Array()

    assert "is outside the tags" in bench.spoilt(FUND, spoil)["tags"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h2>D</h2>", None),
        ("<h1>A</h1><h1>B</h1>", "2 H1 headings"),
        ("<h1>A</h1><h3>B</h3>", "an H3 follows an H1"),
        (
            '<h1>A</h1><h2>B</h2><h4 style="break-before: page">C</h4>',
            "page 2: an H4 follows an H2",
        ),
    ],
)
def test_finds_headings_out_of_order(body, message):
    found = whole(drawn(body)).get("headings")
    assert found is None if message is None else message in found


AUTHORISED = Authorised(
    "Authorised by", ("Jo Bloggs", "Walk Safely", "1 Example St, Canberra"), 8.0, "Example Act, s 1"
)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<p>Authorised by Jo Bloggs, Walk Safely, 1 Example St, Canberra.</p><p>1</p>", None),
        ("<p>Authorised by Jo Bloggs, 1 Example St, Canberra.</p>", '"Walk Safely"'),
        ("<p>Jo Bloggs, Walk Safely, 1 Example St, Canberra.</p>", '"Authorised by"'),
        (f"<p>Authorised by Jo Bloggs, Walk Safely, 1 Example St, Canberra.</p><p>{LONG}</p>", "isn't at the end"),
        ('<p>Authorised by Jo Bloggs, Walk Safely, 1 Example St, Canberra.</p><p style="break-before: page">2</p>', "page 2"),
        ('<p style="font-size: 7.5pt">Authorised by Jo Bloggs, Walk Safely, 1 Example St, Canberra.</p>', "7.5 pt; the minimum is 8 pt (Example Act, s 1)"),
    ],
)  # fmt: skip
def test_requires_an_authorisation_at_the_end_of_electoral_matter(body, message):
    found = whole(drawn(body), authorised=AUTHORISED).get("authorisation")
    assert found is None if message is None else message in found


SHEET = "@page { size: 210mm 297mm; margin: 20mm } body { margin: 0 } p { margin: 0; line-height: 20pt; widows: 1; orphans: 1 } h2 { margin: 0; font-size: 14pt; line-height: 20pt; break-after: auto }"


def _lines(count: int) -> str:
    return "<p>A line of text.</p>" * count


@pytest.mark.parametrize(
    ("body", "part", "message"),
    [
        (_lines(36), {}, None),
        (_lines(20), {}, "of the height of the text area; the maximum is 40%"),
        (f'{_lines(9)}<div style="height: 320pt"></div>{_lines(9)}', {}, "the maximum is 40%"),
        (f'{_lines(9)}<div style="height: 320pt"></div>{_lines(9)}', {"held": ((0, Frame(0, 240, 500, 300)),)}, None),
        (_lines(36 + 9), {"ends": (1,)}, None),
        (_lines(36 + 5), {"ends": (1,)}, "page 2"),
        (_lines(5), {"ends": (0,)}, None),
    ],
)  # fmt: skip
def test_warns_of_a_page_with_a_large_gap(body, part, message):
    found = judged(body, SHEET, part={"ends": ()} | part).get("underfull-page")
    assert found is None if message is None else message in found


def _locked(**words: str) -> bytes:
    with pikepdf.Pdf.open(io.BytesIO(drawn("<h1>T</h1>"))) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(**words))
        return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"%PDF-1.7\nnothing more", "damaged"), (b"PK\x03\x04", "not a PDF")],
)
def test_refuses_a_file_that_is_not_a_pdf(data, message):
    (problem,) = checks.file(data, Expected(), "f.pdf")
    assert problem.check == "opens"
    assert message in problem.text


def test_refuses_a_locked_file():
    assert "password" in whole(_locked(user="secret", owner="other"))["opens"]
    assert "encrypted" in whole(_locked(user="", owner="other"))["opens"]
