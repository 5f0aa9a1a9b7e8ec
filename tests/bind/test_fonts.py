"""Fonts: a document embeds each face once, with the glyphs of all its pieces."""

import datetime
import io
import re
from dataclasses import replace

import page
import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from briefpack import bind
from briefpack.bind import fonts, parts, relocate
from briefpack.geometry import Frame
from briefpack.plan import Facts
from briefpack.typeset import Placed
from printed import FIRST, PANEL, SECOND, opened, printed

FACTS = Facts(
    title="Fonts", author="Walk Safely", subject="Faces", keywords=(), language="en-AU",
    date=datetime.date(2026, 7, 1), made_by="briefpack test",
)  # fmt: skip
SERIF = "<style>body { font-family: 'Source Serif 4' !important }</style>"
TEXTS = {
    "an accented letter and its base letter": ("é", "e"),
    "parts beyond the text's last glyph": ("i", "é", "j", "ä"),
    "a subset that ends earlier": ("ab", "ﬁ → a", "b"),
    "accents on accents": ("ậ", "ǻ", "a"),
}


def piece(body: str) -> bytes:
    return printed(f"<h1>{body}</h1><p>{body}</p>")


def programs(data: bytes) -> dict[str, list[TTFont]]:
    """The different programs of each face in a document, as fontTools reads them."""
    found: dict[str, dict] = {}
    with opened(data) as pdf:
        for font in descendants(pdf):
            program = font.FontDescriptor.FontFile2
            assert int(program.Length1) == len(program.read_bytes())
            assert fonts._checksum(program.read_bytes()) == 0xB1B0AFBA
            read = TTFont(io.BytesIO(program.read_bytes()), checkChecksums=2)
            found.setdefault(str(font.BaseFont), {})[program.objgen] = read
    return {name: list(each.values()) for name, each in found.items()}


def descendants(pdf: pikepdf.Pdf) -> list:
    return [
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/CIDFontType2"
    ]


def pictures(data: bytes) -> list[bytes]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [sheet.render(scale=3).to_numpy().tobytes() for sheet in pdf]


@pytest.fixture(params=TEXTS.values(), ids=TEXTS.keys())
def pieces(request) -> tuple[bytes, ...]:
    return tuple(piece(style + text) for style in ("", SERIF) for text in request.param)


def test_pages_look_as_they_do_in_their_pieces(pieces):
    assert pictures(bind.document(pieces, (), FACTS)) == [picture for each in pieces for picture in pictures(each)]


def test_each_face_is_embedded_once(pieces):
    found = programs(bind.document(pieces, (), FACTS))
    assert len(found) == 4
    assert {len(each) for each in found.values()} == {1}


def test_a_program_has_only_the_tables_that_a_pdf_needs(pieces):
    for (program,) in programs(bind.document(pieces, (), FACTS)).values():
        tables = set(program.keys()) - {"GlyphOrder"}
        assert tables <= {*fonts.NEEDED, *fonts.HINTS}
        assert tables >= set(fonts.NEEDED)
        for name in program.getGlyphOrder():
            program["glyf"][name].expand(program["glyf"])


def test_widths_are_those_of_the_program(pieces):
    with opened(bind.document(pieces, (), FACTS)) as pdf:
        seen = 0
        for font in descendants(pdf):
            program = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
            for first, run in re.findall(rb"(\d+) \[([^]]*)\]", font.W.unparse(resolved=True)):
                for number, width in enumerate(run.split(), int(first)):
                    advance = program["hmtx"][program.getGlyphName(number)][0]
                    if number:
                        assert abs(advance * 1000 / program["head"].unitsPerEm - float(width)) <= 1
                        seen += 1
        assert seen >= len(pieces)


@pytest.fixture(scope="module")
def overlays() -> tuple[tuple[Placed, bytes], ...]:
    panel = printed(PANEL, size="300pt 90pt", margin="0")
    folio = printed("<p>Überlingen 7</p>", size="80pt 20pt", margin="0", tagged=False)
    return (
        (Placed("panel", "panel", Frame(72, 200, 300, 90), page=0), panel),
        (Placed("folio", "folio", Frame(450, 800, 80, 20), running=True), folio),
    )


@pytest.fixture(scope="module")
def bodies() -> tuple[bytes, ...]:
    return printed(FIRST), printed(SECOND)


def test_overlays_share_the_faces_of_the_pages(bodies, overlays):
    found = programs(bind.document(bodies, overlays, FACTS))
    assert len(found) == 2
    assert {len(each) for each in found.values()} == {1}


def test_passes_pdf_ua(bodies, overlays, tmp_path):
    path = tmp_path / "bound.pdf"
    path.write_bytes(bind.document(bodies, overlays, FACTS))
    assert page.validate_pdf(str(path), profile="ua1").is_compliant


def test_equal_documents_have_equal_bytes_whatever_was_bound_before(bodies, overlays):
    first = bind.document(bodies, overlays, FACTS)
    for cache in (relocate.read, parts._block, fonts.stream, fonts._glyph, fonts._agree, fonts._highest):
        cache.cache_clear()
    bind.document((piece("Quite other words: é ﬁ"), *reversed(bodies)), (), FACTS)
    assert bind.document(bodies, overlays, FACTS) == first


def _subsets(texts: tuple[str, ...]) -> list[fonts.Subset]:
    return [each for text in texts for each in relocate.read(piece(text), "pages", tagged=True).subsets]


def test_fonts_with_equal_names_and_different_glyphs_stay_apart():
    (one, *_), (two, *_) = _subsets(("ab",)), _subsets(("bc",))
    letter = next(iter(one.glyphs.keys() & two.glyphs.keys() - {0}))
    changed = replace(two.glyphs[letter], digest=1)
    glyphs = {**two.glyphs, letter: changed}
    other = replace(two, glyphs=glyphs, marks=frozenset(number << 64 | each.digest for number, each in glyphs.items()))
    assert [program.subsets for program in fonts.programs([one, two])] == [(one, two)]
    assert [program.subsets for program in fonts.programs([one, other])] == [(one,), (other,)]


def test_fonts_with_cubic_outlines_stay_as_they_are(tmp_path):
    _cubic(tmp_path / "cubic.otf")
    style = f"<style>@font-face {{ font-family: Cubic; src: url({(tmp_path / 'cubic.otf').as_uri()}) }} p {{ font-family: Cubic }}</style>"
    pieces = tuple(printed(f"{style}<p>{text}</p>") for text in ("a", "ab"))
    bound = bind.document(pieces, (), FACTS)
    assert _cubic_programs(bound) == [program for each in pieces for program in _cubic_programs(each)]
    assert pictures(bound) == [picture for each in pieces for picture in pictures(each)]


def _cubic(path) -> None:
    """Make a font with CFF outlines."""
    builder = FontBuilder(1000, isTTF=False)
    names = [".notdef", "a", "b"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({97: "a", 98: "b"})
    shapes = {}
    for index, name in enumerate(names):
        pen = T2CharStringPen(600, None)
        pen.moveTo((50, 0))
        pen.lineTo((250 + 100 * index, 0))
        pen.lineTo((50, 700))
        pen.closePath()
        shapes[name] = pen.getCharString()
    builder.setupCFF("Cubic-Regular", {"FullName": "Cubic"}, shapes, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Cubic", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.save(path)


def _cubic_programs(data: bytes) -> list[bytes]:
    with opened(data) as pdf:
        found = {
            item.FontFile3.objgen: item.FontFile3.read_bytes()
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontFile3" in item
        }
    assert found
    return sorted(found.values(), key=len)
