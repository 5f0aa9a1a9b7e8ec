"""Laying out one piece: fitting its sheets, finding overset text, and limiting the files it loads."""

import io
import re
import socket
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import sheets
from briefpack import typeset
from briefpack.layout.model import Box, Fit, Pages
from briefpack.pages import Piece
from briefpack.problem import Owner
from briefpack.store import Store
from briefpack.typeset import fit as fitting
from briefpack.typeset.measure import Measure

ROOT = Path(__file__).parents[2]
MM = 72 / 25.4
FOOT_MM = 277
"""Where the text of a page ends: 20 mm above the bottom of A4."""

STYLE = """html { font: 10pt/1.4 "Source Sans 3" }
body, p, h1 { margin: 0 }
.sheet { display: flow-root; break-before: page }
.sheet:first-of-type { break-before: auto }
h1 { font-size: 2em }
.note { float: footnote; font-size: 8pt }
"""
WORDS = ("a child who walks to school should find that every street near it is slow and has a crossing " * 200).split()
PAGE = 1220
"""How many of those words fill a page at the size that the style sets."""


def words(count: int) -> str:
    return " ".join(WORDS[:count])


def fit(text: str = "0.90 to 1.06", give_mm: float = 8, **pages) -> Fit:
    return Fit(fit=text, pages=Pages(**(pages or {"exactly": 1})), give_mm=give_mm)


def sheet(body: str, name: str = "one") -> str:
    return f'<section class="sheet" id="{name}" data-fit="page">{body}</section>'


@pytest.fixture
def lay_out(project):
    """Return a function that typesets a body in its own project, with the style `layouts/tiny/own.css`."""

    def lay(
        body: str, style: str = "", *, files: frozenset = frozenset(), fits=None, room=None, **more
    ) -> typeset.Typeset:
        (project.root / "layouts/tiny/own.css").write_text(STYLE + style, encoding="utf-8")
        html = f'<!DOCTYPE html><html lang="en-AU"><head><meta charset="utf-8"><title>T</title></head><body>{body}</body></html>'
        made = {
            "name": "a piece", "page": "tiny/body.html", **sheets.printing(html), "css": "@page{size:210mm 297mm;margin:20mm}",
            "styles": ("tiny/own.css",), "files": files | {"/layouts/tiny/own.css"}, "limit": Pages(at_most=9),
            "fits": {"page": fit()} if fits is None else fits, "slots": {}, "room": room or {}, "smallest_type_pt": 5,
            "tagged": True, "key": "k",
        }  # fmt: skip
        return typeset.piece(Piece(**{**made, **more}), project.root, Store(project.store))

    return lay


@pytest.fixture
def layouts(monkeypatch) -> list:
    """Return a list that grows with each layout that the typesetter makes."""
    from briefpack.typeset.typesetter import Typesetter  # noqa: PLC0415 -- WeasyPrint is slow to import

    made, layout = [], Typesetter._layout

    def counted(typesetter, html, settings, sheets):
        made.append(settings)
        return layout(typesetter, html, settings, sheets)

    monkeypatch.setattr(Typesetter, "_layout", counted)
    return made


def texts(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def bottom_mm(pdf: bytes, number: int = 0) -> float:
    """Return roughly how far down the page the lowest baseline is."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[number].get_textpage()
        low = min(text.get_rect(place)[1] for place in range(text.count_rects()))
        return (document[number].get_height() - low) / MM


# ---- Sheets that are too long.


@pytest.mark.parametrize("count", range(PAGE - 160, PAGE + 400, 80))
def test_fits_a_sheet_within_its_range_or_reports_overset_text(lay_out, layouts, count):
    made = lay_out(sheet(f'<p data-field="text">{words(count)}</p>'))
    size = made.fits["one"]
    assert 0.90 <= size <= 1.06
    assert len(layouts) <= 4
    if made.spills:
        assert size == 0.90
    else:
        assert made.pages == 1
        assert bottom_mm(made.pdf) <= FOOT_MM + 0.6
        assert words(count).split() == " ".join(texts(made.pdf)).replace("\x02", "-").split()


def test_sets_a_longer_text_smaller(lay_out):
    sizes = [lay_out(sheet(f"<p>{words(count)}</p>")).fits["one"] for count in range(PAGE - 120, PAGE + 300, 60)]
    # The search stops after a few layouts, so it may miss the best size by a hair.
    assert all(later <= earlier + 0.03 for earlier, later in pairwise(sizes))
    assert sizes[0] > 1.02
    assert sizes[-1] < 0.95


def test_tries_larger_type_again_where_a_block_on_the_next_page_made_it_too_small():
    """The measures of a page whose notes, of 26 px, went to the next page at two sizes."""
    over, spilt = ((969, 26), (3, 944), 944), ((969, 26), (21, 944), 944)
    hunt = fitting._Hunt(fit("0.90 to 1.00"), Measure(*over), 302)
    for size, measure in ((1.0, Measure(*over)), (0.96, Measure(*spilt)), (0.91, Measure((902,), (67,), 67))):
        hunt.learn(size, measure)
    assert hunt.loose
    assert 0.93 < hunt.next() < 0.97
    hunt.learn(0.95, Measure((945,), (24,), 24))
    assert not hunt.loose


def test_reports_overset_text_at_the_smallest_size(lay_out):
    made = lay_out(sheet(f'<p data-field="asks.fund.text">{words(2 * PAGE)}</p>'))
    assert made.fits == {"one": 0.90}
    (spill,) = made.spills
    assert spill.field == "asks.fund.text"


def test_fits_each_sheet_of_a_piece_on_its_own(lay_out, layouts):
    body = (
        sheet(f"<p>{words(300)}</p>")
        + sheet(f"<p>{words(PAGE + 80)}</p>", "two")
        + sheet(f"<p>{words(300)}</p>", "three")
    )
    made = lay_out(body)
    assert made.pages == 3
    assert made.spills == ()
    assert made.fits["two"] < 1 <= made.fits["one"]
    assert made.fits["one"] == made.fits["three"]
    assert len(layouts) <= 5


def test_never_starts_a_third_page_for_a_few_lines(lay_out):
    made = lay_out(sheet(f"<p>{words(2 * PAGE + 40)}</p>"), fits={"page": fit(at_most=3)})
    assert made.pages in (2, 3)
    if made.pages == 3:
        assert bottom_mm(made.pdf, 2) > 20 + 257 / 3 - 8


# ---- Sheets that are too short.


@pytest.mark.parametrize("free_mm", [1.5, 12, 23])
def test_grows_spaces_until_the_sheet_reaches_its_foot(lay_out, layouts, free_mm):
    blocks = "".join(f'<p data-give style="height: {(257 - free_mm) / 3}mm">Block.</p>' for _ in range(3))
    last = '<p style="position: relative; height: 0"><span style="position: absolute; bottom: 0">Last line.</span></p>'
    made = lay_out(sheet(blocks + last))
    assert made.pages == 1
    assert made.spills == ()
    assert made.fits == {"one": 1.0}
    assert FOOT_MM - 3.5 <= bottom_mm(made.pdf) <= FOOT_MM + 0.5
    assert len(layouts) <= 4


def test_stands_the_end_of_a_sheet_at_the_foot(lay_out):
    """Whatever its spaces don't take goes above it."""
    blocks = '<p data-give style="height: 50mm">First.</p><p data-give style="height: 50mm">Second.</p>'
    made = lay_out(sheet(f"{blocks}<p data-foot>End.</p>"), fits={"page": fit("0.90 to 1.00", 8)})
    assert FOOT_MM - 3.5 <= bottom_mm(made.pdf) <= FOOT_MM + 0.5
    alone = lay_out(sheet(f"{blocks}<p>End.</p>"), fits={"page": fit("0.90 to 1.00", 8)})
    assert bottom_mm(alone.pdf) < 150


def test_never_grows_a_space_beyond_the_limit_of_the_layout(lay_out):
    blocks = '<p data-give style="height: 50mm">First.</p><p data-give style="height: 50mm">Second.</p>'
    made = lay_out(sheet(blocks), fits={"page": fit("0.90 to 1.00", 8)})
    with pypdfium2.PdfDocument(made.pdf) as document:
        text = document[0].get_textpage()
        tops = [(document[0].get_height() - text.get_rect(place)[3]) / MM for place in range(text.count_rects())]
    assert tops[1] - tops[0] == pytest.approx(58, abs=0.6)


@pytest.mark.parametrize("count", range(PAGE - 220, PAGE - 20, 40))
def test_ends_a_sheet_of_text_and_spaces_near_its_foot(lay_out, layouts, count):
    parts = [words(count // 5)] * 5
    made = lay_out(sheet("".join(f"<p data-give>{part}</p>" for part in parts)))
    assert made.pages == 1
    assert made.spills == ()
    assert bottom_mm(made.pdf) >= FOOT_MM - 3.5
    assert len(layouts) <= 4


# ---- Overset text.


def test_names_the_field_most_over_its_limit_and_the_words_to_cut(lay_out):
    room = {"headline": 8, "reasons": 900, "action": 60}

    def ask(reasons: int) -> typeset.Typeset:
        fields = {"headline": 6, "reasons": reasons, "action": 60}
        body = "".join(
            f'<p data-field="asks.fund.leave_behind.{name}">{words(count)}</p>' for name, count in fields.items()
        )
        return lay_out(sheet('<div style="height: 80mm"></div>' + body), room=room)

    assert ask(900).spills == ()
    grown = 900 * 8 // 5
    most = _most(lambda count: not ask(count).spills, 900, grown)
    (spill,) = ask(grown).spills
    assert spill.field == "asks.fund.leave_behind.reasons"
    assert spill.words == pytest.approx(grown - most, rel=0.2)
    assert spill.lines >= 1
    assert ask(grown - round(spill.words * 1.2)).spills == ()


def _most(holds, low: int, high: int) -> int:
    """Return, to within three, the largest number that passes, between one that does and one that doesn't."""
    while high - low > 3:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def test_names_a_short_field_over_its_limit_before_a_long_one_within_it(lay_out):
    body = f'<p data-field="asks.fund.headline">{words(800)}</p><p data-field="asks.fund.reasons">{words(900)}</p>'
    (spill,) = lay_out(sheet(body), room={"headline": 8, "reasons": 900}).spills
    assert spill.field == "asks.fund.headline"


@pytest.mark.parametrize(
    "place", ["position: absolute; top: 300mm", "position: relative; top: 250mm", "margin-top: 300mm"]
)
def test_finds_overset_text_outside_the_flow(lay_out, place):
    body = f'<div style="position: relative"><p>Flow.</p><div style="{place}"><p data-field="aside">{words(60)}</p></div></div>'
    made = lay_out(sheet(body), fits={"page": fit("0.95 to 1.00")})
    assert [spill.field for spill in made.spills] == ["aside"]


def test_finds_text_that_a_box_hides(lay_out):
    body = '<div style="overflow: hidden; {}"><p data-field="text">' + words(60) + "</p></div>"
    (spill,) = lay_out(sheet(body.format("height: 8mm"))).spills
    assert (spill.field, 0 < spill.words < 60) == ("text", True)
    assert lay_out(sheet(body.format("height: 40mm"))).spills == ()
    assert lay_out(sheet(body.format("height: 1px; width: 1px; white-space: nowrap"))).spills == ()


def test_accepts_positioned_text_inside_the_page(lay_out):
    body = (
        f'<div style="position: relative"><p>Flow.</p><p style="position: absolute; top: 200mm">{words(60)}</p></div>'
    )
    assert lay_out(sheet(body)).spills == ()


def test_reports_overset_text_in_a_piece_without_a_fit(lay_out):
    body = f'<p data-field="panel.sentence">{words(60)}</p>'
    page = "@page{size:80mm 20mm;margin:0}"
    assert (
        lay_out(f'<p data-field="panel.sentence">{words(8)}</p>', css=page, fits={}, limit=Pages(exactly=1)).spills
        == ()
    )
    (spill,) = lay_out(body, css=page, fits={}, limit=Pages(exactly=1)).spills
    assert spill.field == "panel.sentence"
    assert 0 < spill.words < 60


# ---- Files that a piece may load.


NAMED = (
    '<img src="{0}" alt="x">', '<object data="{0}"></object>', '<embed src="{0}">', '<link rel="stylesheet" href="{0}">',
    '<div style="background: url({0}) red">x</div>', '<style>@import "{0}";</style>', '<p style="list-style: inside url({0}); display: list-item">x</p>',
    "<style>@font-face {{ font-family: Loaded; src: url({0}) }} p {{ font-family: Loaded }}</style><p>x</p>",
    "<style>p::before {{ content: url({0}) }}</style><p>x</p>",
)  # fmt: skip


@pytest.fixture
def no_network(monkeypatch) -> list:
    tried = []
    monkeypatch.setattr(socket.socket, "connect", lambda _socket, address: tried.append(address))
    return tried


@pytest.mark.parametrize("tag", NAMED)
@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:9/a.svg",
        "https://project.invalid.example/a.svg",
        "file://{root}/briefs/secret.svg",
        "/briefs/secret.svg",
        "../briefs/secret.svg",
        "tiny/unlisted.svg",
    ],
)
def test_loads_only_the_files_of_the_piece(lay_out, project, no_network, tag, address):
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="20">SECRET</text></svg>'
    for path in ("briefs/secret.svg", "layouts/tiny/unlisted.svg"):
        (project.root / path).write_text(drawn, encoding="utf-8")
    made = lay_out(tag.format(address.format(root=project.root)), fits={})
    assert made.problems
    assert all(problem.owner == Owner.LAYOUT for problem in made.problems)
    assert "SECRET" not in "".join(texts(made.pdf))
    assert no_network == []


@pytest.mark.parametrize("tag", ['<link rel="attachment" href="{0}">', '<a rel="attachment" href="{0}">x</a>'])
def test_attaches_no_file(lay_out, project, tag):
    (project.root / "briefs/secret.txt").write_text("SECRET", encoding="utf-8")
    made = lay_out(tag.format((project.root / "briefs/secret.txt").as_uri()), fits={})
    with pikepdf.Pdf.open(io.BytesIO(made.pdf)) as pdf:
        assert len(pdf.attachments) == 0
        streams = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    assert not any(b"SECRET" in stream for stream in streams)


def test_loads_nothing_from_inside_a_drawing(lay_out, project, no_network):
    inner = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="20">SECRET</text></svg>'
    outer = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><image href="{0}" width="40" height="40"/></svg>'
    (project.root / "briefs/secret.svg").write_text(inner, encoding="utf-8")
    for address in ((project.root / "briefs/secret.svg").as_uri(), "http://localhost:9/a.svg"):
        (project.root / "layouts/tiny/mark.svg").write_text(outer.format(address), encoding="utf-8")
        made = lay_out('<img src="tiny/mark.svg" alt="x">', fits={}, files=frozenset({"/layouts/tiny/mark.svg"}))
        assert "SECRET" not in "".join(texts(made.pdf))
    assert no_network == []


def test_loads_listed_files_of_the_layout_and_generated_ones(lay_out, project):
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text y="20" font-family="Source Sans 3">{}</text></svg>'
    (project.root / "layouts/tiny/mark.svg").write_text(drawn.format("MARK"), encoding="utf-8")
    Store(project.store).put("ab" * 32, drawn.format("MADE").encode())
    files = frozenset({"/layouts/tiny/mark.svg", f"/made/{'ab' * 32}.svg"})
    made = lay_out(f'<img src="tiny/mark.svg" alt="x"><img src="/made/{"ab" * 32}.svg" alt="y">', fits={}, files=files)
    assert made.problems == ()
    assert {"MARK", "MADE"} <= set("".join(texts(made.pdf)).split())


# ---- Problems in styles and characters.


def test_reports_a_misspelt_property_at_its_line(lay_out):
    made = lay_out("<p>x</p>", "\n\np {\n  colr: red;\n}\n", fits={})
    (problem,) = made.problems
    assert (problem.path, problem.owner) == ("layouts/tiny/own.css", Owner.LAYOUT)
    assert problem.line == STYLE.count("\n") + 4
    assert "colr" in problem.message


def test_reports_a_warning_once_however_many_layouts_are_tried(lay_out, layouts):
    made = lay_out(sheet(f"<p>{words(PAGE + 80)}</p>"), "p { colr: red }")
    assert len(layouts) > 1
    assert len(made.problems) == 1


def test_reports_an_invalid_variable_for_each_piece(lay_out):
    for text in ("one", "another"):
        (problem,) = lay_out(f"<p>{text}</p>", "p { margin-top: calc(1em + var(--none)) }", fits={}).problems
        assert "margin-top" in problem.message


def test_names_the_style_sheet_that_contains_the_error(lay_out, project):
    (project.root / "layouts/tiny/second.css").write_text("p {\n  widht: 3mm;\n}\n", encoding="utf-8")
    files = frozenset({"/layouts/tiny/second.css"})
    made = lay_out("<p>x</p>", fits={}, styles=("tiny/own.css", "tiny/second.css"), files=files)
    assert [(problem.path, problem.line) for problem in made.problems] == [("layouts/tiny/second.css", 2)]


def test_reports_a_character_without_a_glyph(lay_out):
    made = lay_out("<p>A crossing \U0001f6b8 ahead</p>", fits={})
    assert made.problems
    assert "font" in made.problems[0].hint


def test_accepts_links_between_sheets_that_are_fitted_separately(lay_out, layouts):
    body = sheet(f'<p><a href="#two">there</a> {words(PAGE + 80)}</p>') + sheet(
        f'<p><a href="#one">back</a> {words(PAGE - 8)}</p>', "two"
    )
    made = lay_out(body)
    assert any(set(settings) == {"one"} for settings in layouts)
    assert made.problems == ()


def test_reports_a_link_without_a_target(lay_out):
    assert lay_out('<p><a href="#nowhere">there</a></p>', fits={}).problems


# ---- Positions.


def test_returns_the_page_and_position_of_a_slot(lay_out):
    body = '<p style="break-after: page">One.</p><div style="height: 30mm"></div><div id="panel" style="width: 100mm; height: 40mm"></div>'
    made = lay_out(body, fits={}, slots={"panel": Box(width_mm=100, height_mm=40)})
    number, place = made.slots["panel"]
    assert number == 1
    assert (place.left_pt, place.top_pt) == pytest.approx((20 * MM, 50 * MM), abs=0.1)
    assert (place.width_pt, place.height_pt) == pytest.approx((100 * MM, 40 * MM), abs=0.1)


@pytest.mark.parametrize("free_mm", [18.0, 20.6, 25.8, 32.3, 38.8, 42.7])
def test_puts_a_footnote_on_the_page_that_cites_it_if_it_fits(free_mm):
    """In the styles of the real pack, WeasyPrint's rounding would otherwise move it to the next page."""
    body = f"""<section class="part"><div style="height: {248 - free_mm}mm"></div>
        <p>CITING<span class="footnote" data-number="7">NOTED, a source with a name long enough for two lines of the
        foot, which is not rare among the reports of a government department.</span></p></section>"""
    html = f'<!DOCTYPE html><html lang="en-AU"><head><title>T</title></head><body class="body">{body}</body></html>'
    tokens = "--outer:18mm;--narrow:46mm;--gutter:9mm;--sans:'Source Sans 3';--size-body:10pt;--size-note:7.5pt;"
    css = f"@page{{size:210mm 297mm}}:root{{{tokens}--ink:#000;--grey:#555;--rule:#999;--signal:#a00}}"
    styles = ("shared/base.css", "shared/pack.css")
    wanted = Piece(
        name="p", page="shared/asks-table.html", html=html, css=css, styles=styles, files=frozenset(f"/layouts/{style}" for style in styles),
        limit=Pages(at_most=9), fits={}, slots={}, room={}, smallest_type_pt=5, tagged=True,
    )  # fmt: skip
    made = typeset.piece(wanted, ROOT, Store(ROOT / "no-such-store"))
    (text,) = texts(made.pdf)
    assert text.index("CITING") < text.index("NOTED")


def test_makes_equal_bytes_of_equal_pieces(lay_out):
    body = sheet(f'<h1>Title</h1><p data-give>{words(600)}<span class="note">A note.</span></p>')
    first, second = lay_out(body), lay_out(body)
    assert first.pdf == second.pdf
    assert not re.search(rb"D:20\d\d", first.pdf)


def lines(pdf: bytes, page: int = 0) -> list[str]:
    """Return the lines of text on a page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [line.rstrip(" ") for line in document[page].get_textpage().get_text_bounded().split("\r\n")]


HEADING = "A street with a crossing is a street that a child who walks to school can cross"


@pytest.mark.parametrize(("count", "most"), [(100, 3), (900, 3), (1330, 2)])
def test_balances_the_lines_of_a_heading_at_every_size(lay_out, count, most):
    """Unbalanced, the last line has a word or two. With the most text the type shrinks until two lines are enough."""
    made = lay_out(sheet(f"<h1>{HEADING}</h1><p>{words(count)}</p>"), "h1 { font-size: 3em }")
    found = lines(made.pdf)
    heading = found[: next(n for n in range(len(found)) if " ".join(found[:n]).split() == HEADING.split())]
    assert len(heading) == most
    assert min(map(len, heading)) > 0.75 * max(map(len, heading))


def test_balances_only_headings_and_marked_elements(lay_out):
    text = words(24)
    made = lay_out(sheet(f"<p data-balance>{text}</p>") + sheet(f"<p>{text}</p>", "two"))
    assert made.fits == {"one": 1.06, "two": 1.06}
    balanced, plain = lines(made.pdf), lines(made.pdf, 1)
    assert len(balanced) == len(plain) == 2
    assert len(balanced[1]) > 0.8 * len(balanced[0])
    assert len(plain[1]) < 0.5 * len(plain[0])


def test_keeps_a_span_of_years_on_one_line(lay_out):
    made = lay_out(sheet("<p>for each year from 2023–\u206024</p>"), "p { width: 38mm }")
    assert lines(made.pdf) == ["for each year from", "2023–24"]


def test_repeats_the_head_of_a_table_on_each_page(lay_out):
    rows = "".join(f"<tr><th>Street {number}</th><td>{number}</td></tr>" for number in range(120))
    table = f"<table><thead><tr><th>Name of it</th><th>Crossings</th></tr></thead><tbody>{rows}</tbody></table>"
    made = lay_out(table, "td, th { padding: 1mm }", fits={})
    assert made.pages > 2
    for number in range(made.pages):
        assert lines(made.pdf, number)[0].startswith("Name of it")
    assert sum("Street" in line for number in range(made.pages) for line in lines(made.pdf, number)) == 120


@pytest.mark.parametrize(("share", "pages"), [(0.1, 1), (0.25, 1), (0.45, 2)])
def test_shrinks_type_to_avoid_a_last_page_less_than_a_third_full(lay_out, share, pages):
    """The fit may shrink the type to nearly half, so the rule decides and not the space."""
    fits = {"page": fit("0.55 to 1.00", at_most=3)}
    made = lay_out(sheet(f"<p>{words(round(PAGE * (1 + share)))}</p>"), fits=fits)
    assert made.spills == ()
    assert made.pages == pages


def paragraphs(count: int) -> str:
    """Return that many words in paragraphs of 50, each with a space above that can grow."""
    texts = (words(min(50, count - done)) for done in range(0, count, 50))
    return "".join(f'<p class="spaced" data-give>{text}</p>' for text in texts)


SPACED = ".spaced { padding-top: 3mm }"


@pytest.mark.parametrize("count", [1, 20, 400, 800, 840, 880, 920, 960, 1000, 1700, 1780, 1860, 1940, 3500, 5000])
@pytest.mark.part(name="lengths", beyond=4)
def test_fits_any_length_if_the_layout_gives_no_number_of_pages(lay_out, count):
    body = sheet(paragraphs(count))
    designed = lay_out(body, SPACED, fits={})
    made = lay_out(body, SPACED, fits={"page": Fit(fit="0.95 to 1.00", give_mm=9)})
    assert (made.spills, made.problems) == ((), ())
    assert designed.pages - made.pages in ((0, 1) if designed.pages > 1 else (0,))
    assert made.ends == (made.pages - 1,)
    assert " ".join(texts(made.pdf)).replace("\x02", "-").split() == words_of(count)


def words_of(count: int) -> list[str]:
    return [word for done in range(0, count, 50) for word in words(min(50, count - done)).split()]


@pytest.mark.part(name="builds")
def test_ignores_a_byte_order_mark_in_a_style_sheet_or_template(project, command):
    """Some editors start every file with one."""
    out, wanted = project.root / "out/tiny/tiny/screen", ("build", "--jobs", "1", "--quiet")
    assert command(*wanted).exit_code == 0
    before = {path: path.read_bytes() for path in out.rglob("*.pdf")}
    for name in ("base.css", "page.html"):
        path = project.root / "layouts/tiny" / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert command(*wanted).exit_code == 0
    assert {path: path.read_bytes() for path in out.rglob("*.pdf")} == before
