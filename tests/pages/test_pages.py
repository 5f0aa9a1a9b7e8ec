"""Composing pages: the limits of templates, escaping, citations, and the keys of pieces."""

import re
from dataclasses import replace

import pytest

from briefpack import charts, layout, pages, plan
from briefpack.pages import Composed, Piece, calls, sources
from briefpack.pages.owners import Citations
from briefpack.problem import Owner, Problems
from briefpack.project import Project
from briefpack.store import Store
from projects import english

BRIEF = "briefs/tiny/brief.yaml"
COVER = "layouts/tiny/cover.html"
PACK = "national/national-pack.pdf"
FUND = "national/national-leave-behind-crossing-fund.pdf"
STREETS = "national/national-leave-behind-slow-streets.pdf"


def compose(project: Project, edition: str = "screen", brief: str = "tiny", laid: str = "tiny") -> dict[str, Composed]:
    """Return every document of a brief (by default the sample's) as HTML, without drawing charts."""
    loaded = plan.read_brief(project, brief)
    found = layout.load(project, laid, edition)
    planned = plan.make(loaded, found, plan.Wanted())
    common = charts.made_from(found.look, english(), project.root, None)
    drawn = {drawing: charts.key(drawing, common, project.root) for drawing in planned.drawings}
    writer = pages.composer(planned, project.root, drawn, Store(project.store))
    return {document.path: pages.compose(writer, document) for document in planned.documents}


def body(project: Project) -> str:
    """Return the HTML of the pack's pieces after the cover."""
    return "".join(piece.html for piece in compose(project)[PACK].pieces[1:])


def keys(composed: dict[str, Composed]) -> dict[tuple[str, str], str]:
    """Return the key of each piece by its document and name."""
    pieces = ((path, piece) for path, each in composed.items() for piece in _pieces(each))
    return {(path, piece.name.partition(": ")[2]): piece.key for path, piece in pieces}


def _pieces(composed: Composed) -> list[Piece]:
    return [*composed.pieces, *(stamp.piece for stamp in composed.stamps)]


def changed(before: dict, after: dict) -> set[tuple[str, str]]:
    assert before.keys() == after.keys()
    return {name for name in before if before[name] != after[name]}


TEXT = {(PACK, "body"), (PACK, "ask crossing-fund"), (PACK, "ask slow-streets"), (PACK, "sources")}
EVERY = {
    (PACK, "cover"), *TEXT, (FUND, "page"), (FUND, "local-panel"), (STREETS, "page"), (STREETS, "local-panel"),
}  # fmt: skip


# ---- Blocks and ids.


def new(home: Project, text: str) -> Composed:
    """Return the pack of a brief in the layout that ships."""
    file = home.root / "briefs/new/brief.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return compose(home, "screen", "new", "ijm")[PACK]


def test_keeps_html_ids_unique_if_different_parts_share_an_id(home):
    text = (home.root / "briefs/_starter/brief.yaml").read_text(encoding="utf-8")
    pieces = new(home, re.sub("(?m)(?<=: )(warm-homes|about|sam)$", "sources", text)).pieces
    ids = [(name, piece.name) for piece in pieces for name in re.findall(r'\bid="([^"]+)"', piece.html)]
    assert len(ids) == len({*ids})
    # Each ask has a slot of one name, which is found by its piece.
    slots = {each for each in ids if each[0] == "ask-slot"}
    assert {piece for _, piece in slots} == {
        f"national-pack: ask {ask}" for ask in ("insulation-fund", "warmth-standard")
    }
    rest = [name for name, piece in ids if (name, piece) not in slots]
    assert sorted(rest) == sorted({*rest})


# ---- The limits of templates.


@pytest.mark.parametrize(
    "reach",
    [
        "plain.__globals__", "brief.__class__.__mro__", "lipsum.__globals__['os']", "''['__class__']",
        "brief|attr('__class__')", "'{0.__class__}'.format(brief)", "brief.sources.clear()",
    ],
)  # fmt: skip
def test_keeps_templates_from_python_internals(project, edit, reach):
    edit(COVER, "<h1>", "{{ " + reach + " }}<h1>")
    with pytest.raises(Problems) as stopped:
        compose(project)
    (problem,) = stopped.value.problems
    assert (problem.path, problem.line, problem.owner) == (COVER, 5, Owner.LAYOUT)


@pytest.mark.parametrize(
    "tag",
    [
        '{% import "os" as os %}',
        '{% include "/etc/passwd" %}',
        '{% include "tiny/../../briefs/tiny/brief.yaml" %}',
    ],
)
def test_keeps_templates_from_files_outside_layouts(project, edit, tag):
    edit(COVER, "<h1>", f"{tag}<h1>")
    with pytest.raises(Problems) as stopped:
        compose(project)
    assert all(problem.path == COVER and problem.owner == Owner.LAYOUT for problem in stopped.value.problems)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("{{ breif.title }}", "breif"),
        ("{{ brief.titel }}", "titel"),
        ("{% if %}", ""),
        ("{{ figure('no-such') }}", "no-such"),
    ],
)
def test_reports_a_template_error_at_its_line(project, edit, wrong, message):
    edit(COVER, "<h1>", f"{wrong}<h1>")
    with pytest.raises(Problems) as stopped:
        compose(project)
    (problem,) = stopped.value.problems
    assert (problem.path, problem.line) == (COVER, 5)
    assert message in problem.message


def test_reports_an_error_in_a_shared_part_at_its_own_line(project, edit):
    edit("layouts/tiny/blocks.html", '<p class="finding">', '<p class="finding">{{ shown.nothing }}')
    with pytest.raises(Problems) as stopped:
        compose(project)
    (problem,) = stopped.value.problems
    assert (problem.path, problem.line) == ("layouts/tiny/blocks.html", 4)


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ('<img alt="x" src="{0}">', "../briefs/tiny/brief.yaml"),
        ("<img alt='x' src='{0}'>", "https://example.org/a.svg"),
        ('<link rel="stylesheet" href="{0}">', "//example.org/a.svg"),
        ('<object data = "{0}"></object>', "file:///etc/passwd"),
    ],
)
def test_reports_an_address_outside_layouts_at_its_line(project, edit, tag, address):
    edit(COVER, "<h1>", f"{tag.format(address)}<h1>")
    with pytest.raises(Problems) as stopped:
        compose(project)
    (problem,) = stopped.value.problems
    assert (problem.path, problem.line, problem.owner) == (COVER, 5, Owner.LAYOUT)
    assert address in problem.message


@pytest.mark.parametrize(
    "rule",
    [
        "p { background: url(../../briefs/a.svg) }",
        "@import 'https://example.org/a.css';",
    ],
)
def test_refuses_an_address_outside_layouts_in_a_style_sheet(project, rule):
    style = project.root / "layouts/tiny/pack.css"
    style.write_text(f"{rule}\n{style.read_text(encoding='utf-8')}", encoding="utf-8")
    with pytest.raises(Problems) as stopped:
        compose(project)
    assert [(problem.path, problem.line) for problem in stopped.value.problems] == [("layouts/tiny/pack.css", 1)]


# ---- Escaping.


def test_escapes_html_in_a_title(project, edit):
    edit(BRIEF, "title: Safe crossings\nlabel", "title: 'Safe \\<b>& \"crossings\"\\</b>'\nlabel")
    composed = compose(project)
    html = composed[PACK].pieces[0].html
    assert "<b>" not in html
    assert html.count("&lt;b&gt;&amp; “crossings”&lt;/b&gt;") == 2
    assert composed[PACK].document.facts.title == "Safe <b>& “crossings”</b>"


def test_prints_escaped_html_in_markdown_as_typed(project, edit):
    meant = r"Children \<b>walk\</b> \<script>alert(1)\</script> & run \<!-- well -->"
    edit(
        BRIEF,
        "text: Children who walk are well.[^health-review]\n      - chart",
        f"text: '{meant}.[^health-review]'\n      - chart",
    )
    html = body(project)
    html = html.replace("\u00a0", " ")
    assert "&lt;b&gt;walk&lt;/b&gt;" in html
    assert "&lt;script&gt;" in html
    assert "&amp; run &lt;!– well –&gt;" in html or "&amp; run &lt;!-- well --&gt;" in html
    assert "<script" not in html
    assert "<b>walk" not in html


def test_sets_emphasis_lists_and_links_from_markdown(project, edit):
    edit(
        BRIEF,
        "text: We are a small charity.[^school-count]",
        'text: "We **act** and *care*, see [us](https://walk.example/?a=1&b=2).[^school-count]\\n\\n- one\\n- two"',
    )
    html = body(project)
    assert "<strong>act</strong>" in html
    assert "<em>care</em>" in html
    assert '<a href="https://walk.example/?a=1&amp;b=2">us</a>' in html
    assert re.search(r"<ul>\s*<li>one</li>\s*<li>two</li>\s*</ul>", html)


def test_escapes_quotation_marks_in_an_alternative_text(project, edit):
    edit(BRIEF, "alt: One of twenty marks is filled.", "alt: 'One \" onload=\"x of twenty > marks'")
    (tag,) = re.findall(r'<img src="/made/[^>]*alt="([^"]*)"', re.sub(r'alt="(?!One)[^"]*"', "", body(project)))
    assert "onload=" in tag
    assert '"' not in tag


def test_replaces_figure_ids_in_every_text(project):
    html = body(project)
    assert "Cars drove 48\u00a0km an hour near schools." in html
    assert "AU$40\u00a0million" in html
    assert "Crossings for 800 schools." in html
    assert "{" not in re.sub(r"<style>.*?</style>", "", html)


# ---- Citations.


REPEATED = r'<sup><span aria-label="note \d">(\d)</span></sup>'
"""The number of a source that has been cited before."""


def test_prints_a_footnote_once_a_sheet_and_then_repeats_its_number(project, edit):
    edit(
        BRIEF,
        "Their drivers *can* slow down.",
        "Their drivers *can* slow down.[^road-report] And so they do.[^school-count]",
    )
    theme = _sheet(body(project), "safety")
    assert re.findall(r'class="footnote" data-number="(\d)"', theme) == ["1", "2"]
    assert re.findall(REPEATED, theme) == ["1"]
    assert theme.index('data-number="1"') < re.search(REPEATED, theme).start()


def _sheet(html: str, name: str) -> str:
    return html[html.index(f'id="{name}" data-fit') :].partition("</section>")[0]


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("https://www.walk.example/a/", "walk.example/a"),
        ("https://walk.example/Two%20words-%E2%82%AC.pdf", "walk.example/Two%20words-%E2%82%AC.pdf"),
        ("https://walk.example/a%2Fb%3Fc%26d%FF", "walk.example/a%2Fb%3Fc%26d%FF"),
    ],
)
def test_decodes_an_address_where_its_meaning_stays_the_same(url, short):
    assert sources.ShownSource("id", "Walk", None, None, url).short == short


def test_numbers_sources_in_the_order_of_their_citations(project, edit):
    edit(BRIEF, 'text: "They drove {speed-before} km an hour.[^road-report]"', 'text: "They were fast.[^school-count]"')
    composed = compose(project)[FUND]
    (piece,) = composed.pieces
    assert re.findall(REPEATED, piece.html) == ["1", "2", "1"]
    assert composed.sources == ("school-count", "road-report")
    listed = piece.html[piece.html.index("short-sources") :]
    assert re.findall(r"<li>([^<]*)</li>", listed) == ["Example Council", "Example Road Institute"]


def test_lists_only_cited_sources(project):
    assert compose(project)[STREETS].sources == ("health-review",)
    assert "Example Council" not in compose(project)[STREETS].pieces[0].html


# ---- Keys.


@pytest.mark.part(name="builds", beyond=2)
@pytest.mark.parametrize(
    ("style", "uses"),
    [
        ("pack.css", {(PACK, "cover"), *TEXT}),
        ("leave-behind.css", {(FUND, "page"), (STREETS, "page")}),
        ("panel.css", {(FUND, "local-panel"), (STREETS, "local-panel")}),
        ("base.css", EVERY),
        ("running.css", set()),
    ],
)
def test_a_changed_style_sheet_changes_the_keys_of_the_pieces_that_use_it(project, style, uses):
    before = keys(compose(project))
    path = project.root / "layouts/tiny" / style
    path.write_text(path.read_text(encoding="utf-8") + "/* more */\n", encoding="utf-8")
    assert changed(before, keys(compose(project))) == uses


def test_a_changed_font_changes_every_key(project):
    before = keys(compose(project))
    font = min((project.root / "fonts").rglob("*.ttf"))
    longer = font.read_bytes() + b"\0"
    font.unlink()
    font.write_bytes(longer)
    assert changed(before, keys(compose(project))) == EVERY


def test_a_changed_chart_file_changes_the_keys_of_the_pieces_with_its_charts(project):
    before = keys(compose(project))
    chart = project.root / "charts/timeline.py"
    chart.write_text(chart.read_text(encoding="utf-8") + "\nMORE = 1\n", encoding="utf-8")
    assert changed(before, keys(compose(project))) == {(PACK, "ask crossing-fund")}


# ---- Pieces for each ask.


def test_an_edit_of_one_ask_changes_the_key_of_its_own_piece(project, edit):
    before = keys(compose(project))
    edit(BRIEF, "Walking is healthy.[^health-review]\n    buys", "Walking is good for us.[^health-review]\n    buys")
    assert changed(before, keys(compose(project))) == {(PACK, "ask slow-streets")}


# ---- Pieces that print nothing.

EMPTY = (
    '{% extends "tiny/page.html" %}{% block kind %}cover{% endblock %}'
    "{% block content %}\n{% if false %}<p>Words</p>{% endif %}\n{% endblock %}"
)


def names(composed: Composed) -> list[str]:
    return [piece.name.partition(": ")[2] for piece in composed.pieces]


@pytest.mark.parametrize("left_out", ["cover", "sources"])
def test_leaves_out_a_piece_with_an_empty_body(project, left_out):
    every = names(compose(project)[PACK])
    (project.root / f"layouts/tiny/{left_out}.html").write_text(EMPTY, encoding="utf-8")
    composed = compose(project)[PACK]
    assert names(composed) == [name for name in every if name != left_out]
    assert [planned.name for planned in composed.document.pieces] == names(composed)


def test_numbers_pages_from_the_first_piece_that_prints(project):
    assert "counter-reset: page 2;" in compose(project)[PACK].pieces[1].html
    (project.root / COVER).write_text(EMPTY, encoding="utf-8")
    assert "counter-reset: page 1;" in compose(project)[PACK].pieces[0].html


# ---- Links between pieces.


def test_marks_a_link_to_another_piece_for_binding(project, edit):
    edit(COVER, "<h1>", '<p><a href="#sources">Sources</a></p><h1 id="title">')
    edit("layouts/tiny/sources.html", "<h2>", '<p><a href="#title">up</a> <a href="#sources">near</a></p><h2>')
    pieces = {piece.name.partition(": ")[2]: piece.html for piece in compose(project)[PACK].pieces}
    assert 'href="piece:sources"' in pieces["cover"]
    assert 'href="piece:ask-slow-streets"' in pieces["body"]
    assert 'href="piece:title"' in pieces["sources"]
    assert 'href="#sources"' in pieces["sources"]


def test_gives_an_imported_macro_only_its_arguments(project, edit):
    macros = project.root / "layouts/tiny/macros.html"
    macros.write_text("{% macro one() %}{{ ask }}{% endmacro %}", encoding="utf-8")
    edit(COVER, "<h1>", '{% from "tiny/macros.html" import one %}{{ one() }}<h1>')
    with pytest.raises(Problems) as stopped:
        compose(project)
    (problem,) = stopped.value.problems
    assert problem.path == "layouts/tiny/macros.html"
    assert '"ask", in a macro that layouts/tiny/cover.html:' in problem.message
    assert "with context" in problem.hint, str(problem)


# ---- The values of charts, for readers who can't see them.


def test_the_alternative_text_of_a_chart_says_its_values(project, edit):
    edit(BRIEF, "alt: One of twenty marks is filled.", "alt: A row of marks.")
    [alt] = re.findall(r'alt="(A row of marks[^"]*)"', body(project))
    assert re.fullmatch(r"A row of marks\. .+: .*\d.*\.", alt)


def test_the_alternative_text_of_a_place_s_chart_says_its_values(project):
    loaded = plan.read_brief(project, "tiny")
    planned = plan.make(loaded, layout.load(project, "tiny", "screen"), plan.Wanted())
    rows = tuple(plan.ChartRow(name, value, f"{value}%", "%") for name, value in (("Durack", 31), ("Australia", 29)))
    drawing = plan.Drawing("bars", rows, 80, 40)
    writer = pages.composer(planned, project.root, {drawing: "key"}, Store(project.store))
    document = replace(planned.documents[0], own={"local-0": drawing})
    drawn = calls.given(writer, document, None, {}, Citations("list"), of_place=True).names()["drawn"]
    assert drawn("local-0", "Durack has 31%.").alt == "Durack has 31%. Australia: 29%."
    assert drawn("local-1", "Bars.") is None
