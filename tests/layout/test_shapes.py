"""Briefs of every shape in the layouts that ship: what is missing leaves no empty part, heading or link."""

import functools
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
import yaml

from briefpack import charts, pages, plan
from briefpack.pages import Composed, Composer
from briefpack.project import Project
from briefpack.store import Store
from projects import copy_frozen, english

VOID = {"img", "br", "meta", "link"}
HREF = re.compile(r'href="(?:#|piece:)([^"]+)"')
TEXT = [{"text": "Every school should have a safe crossing near its gate."}]
NAME = "Walk Safely Australia"
ORGANISATION = {"name": NAME}
SITE = {"organisation": {**ORGANISATION, "website": "https://walk.example"}}
REASON = {"point": "It works.", "text": "Drivers slow down."}
BEHIND = {"headline": "Build the crossings", "reasons": [REASON]}
ALEX = {"name": "Alex Example"}
FULL = {**ALEX, "role": "Policy Lead", "email": "alex@walk.example", "phone": "02 5550 1234"}
FIGURES = {"figures": {"cost": {"value": 12000000, "unit": "AU$", "means": "the cost", "source": "own"}}}
FACT = {"figure": "cost", "caption": "is what it costs"}


def ask(ask_id: str, **more: object) -> dict:
    return {"id": ask_id, "title": f"The {ask_id} fund", **more}


def part(part_id: str, **more: object) -> dict:
    return {"id": part_id, "heading": f"Why {part_id} matters", "blocks": TEXT, **more}


SHAPES: dict[str, dict] = {
    "title and organisation": {},
    "label": {"label": "Briefing pack"},
    "date": {"date": "2026-11-24"},
    "website": SITE,
    "one contact": {"contacts": [ALEX]},
    "five contacts": {"contacts": [FULL] * 5},
    "twelve contacts": {"contacts": [ALEX, FULL] * 6, **SITE},
    "sources": {"sources": {"report": {"publisher": "Example Institute"}}},
    "heading at a glance": {"glance": {"heading": "Crossings work"}},
    "points at a glance": {"glance": {"heading": "Crossings work", "points": [REASON]}},
    "figures at a glance": {"glance": {"heading": "Crossings work", "figures": [FACT]}, **FIGURES},
    "foreword": {"foreword": {"blocks": TEXT, **ALEX}, "sections": [part("walking")]},
    "letter without an ask": {"foreword": {"heading": "Dear reader", "blocks": TEXT, **ALEX}},
    "letter": {
        "foreword": {"blocks": TEXT, **ALEX, "role": "Chair"}, "asks": [ask("crossings", why=TEXT)], "contacts": [FULL],
        "sources": {"report": {"publisher": "Example Institute"}}, **SITE,
    },
    "one section": {"sections": [part("walking")]},
    "six sections": {"sections": [part(f"walk-{number}", label=f"Walk {number}") for number in range(6)]},
    "bare theme": {"themes": [{"id": "safe", "heading": "Safer"}]},
    "themes": {
        "themes": [
            {"id": "safe", "heading": "Safer", "national": {"heading": "In Australia", "facts": [FACT]}},
            {"id": "cheap", "label": "Cheap", "heading": "It costs little", "standfirst": "Very little.", "blocks": TEXT},
        ],
        "asks": [ask("crossings", theme="safe", leave_behind=BEHIND), ask("paths", theme="cheap", leave_behind=BEHIND)],
        **FIGURES,
    },
    "one bare ask": {"asks": [ask("crossings")]},
    "two bare asks": {"asks": [ask("crossings"), ask("paths")]},
    "asks with and without facts": {
        "asks": [
            ask("crossings", amount="cost"), ask("paths", period="From 2027"), ask("law", legislation="Road Act 2020"),
            ask("lights", who_decides="The Parliament", buys=["Lights"]), ask("count", annual="cost", asked="Count."),
            ask("all", amount="cost", legislation="Road Act 2020", period="Once", annual="cost", who_decides="You"),
        ],
        **FIGURES,
    },
    "thirty asks": {"asks": [ask(f"ask-{number}", **({"why": TEXT} if number % 2 else {})) for number in range(30)]},
    "leave-behinds": {
        "asks": [
            ask("crossings", leave_behind=BEHIND), ask("paths", leave_behind={**BEHIND, "reasons": [REASON] * 6}),
            ask("lights", amount="cost", leave_behind={**BEHIND, "figure": FACT, "action": "Please **ask**."}),
        ],
        "contacts": [FULL] * 5,
        **FIGURES,
    },
    "case studies of no ask": {
        "case_studies": [part("kim"), part("lee", theme="safe", label="Lee", standfirst="A year.", note="Not their name.")],
        "themes": [{"id": "safe", "heading": "Safer"}],
    },
    "case study of one ask": {
        "case_studies": [part("kim", theme="safe")], "themes": [{"id": "safe", "heading": "Safer"}],
        "asks": [ask("crossings", theme="safe")],
    },
    "an appendix": {"appendices": [part("method")]},
    "appendices and glossary": {
        "appendices": [part("method", label="Method"), part("costs")], "sections": [part("walking")],
        "glossary": [{"term": "Crossing", "meaning": "A place to cross."}], "asks": [ask("a"), ask("b", why=TEXT)],
    },
}  # fmt: skip


Shaped = Callable[[str, str], dict[str, Composed]]


@pytest.fixture(scope="module")
def shaped(shipped: Project) -> Shaped:
    """Return a function that composes a shape in a layout, once."""
    return functools.cache(lambda laid, shape: compose(shipped, laid, SHAPES[shape]))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return copy_frozen(tmp_path_factory.mktemp("shapes") / "project")


def compose(
    project: Project, laid: str, brief: dict, edition: str = "screen", places: tuple[str, ...] = ()
) -> dict[str, Composed]:
    """Return the documents of a brief in a layout."""
    writer, planned = _writer(project, laid, brief, edition, places)
    return {document.path: pages.compose(writer, document) for document in planned.documents}


def _writer(
    project: Project, laid: str, brief: dict, edition: str = "screen", places: tuple[str, ...] = ()
) -> tuple[Composer, plan.Plan]:
    folder = project.root / "briefs/shape"
    folder.mkdir(exist_ok=True)
    text = yaml.dump({"title": "Safe crossings", "organisation": ORGANISATION, **brief}, Dumper=_Plain, sort_keys=False)
    (folder / "brief.yaml").write_text(text, encoding="utf-8")
    loaded, found = plan.read(project, "shape", laid, edition)
    wanted = plan.Wanted(electorates=tuple(loaded.group.by_slug[place] for place in places) if loaded.group else ())
    planned = plan.make(loaded, found, wanted)
    common = charts.made_from(planned.layout.look, english(), project.root, None)
    drawn = {drawing: charts.key(drawing, common, project.root) for drawing in planned.drawings}
    return pages.composer(planned, project.root, drawn, Store(project.store)), planned


class _Plain(yaml.SafeDumper):
    """A dumper without aliases, which a brief may not have."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


class _Elements(HTMLParser):
    """The elements of a page, each with its words and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[list] = []
        self.found: list[tuple[str, dict, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            for each in self.open:
                each[2] += "" if tag == "br" else "[image]"
        else:
            self.open.append([tag, dict(attrs), ""])

    def handle_data(self, data):
        for each in self.open:
            each[2] += data

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.found.append(tuple(self.open.pop()))


def elements(composed: Composed) -> Iterator[tuple[str, dict, str]]:
    for piece in (*composed.pieces, *(stamp.piece for stamp in composed.stamps)):
        yield from _Elements(piece.html).found


every_layout = pytest.mark.parametrize("laid", ["ijm", pytest.param("plain", marks=pytest.mark.part(name="shapes"))])


@every_layout
def test_prints_no_empty_element(shaped, laid):
    for shape in SHAPES:
        for path, composed in shaped(laid, shape).items():
            silent = [(tag, attributes) for tag, attributes, words in elements(composed) if not words.strip()]
            # Page numbers come after layout, and a bar has its amount beside it.
            shown = [each for each in silent if each[0] != "td" and each[1].get("class") not in {"at", "bar"}]
            assert shown == [], (shape, path)


@every_layout
def test_prints_no_none_and_no_stranded_punctuation(shaped, laid):
    for shape in SHAPES:
        for path, composed in shaped(laid, shape).items():
            for tag, _, words in elements(composed):
                assert "None" not in words, (shape, path, tag)
                assert not re.match(r"\s*[,·:]|.*[,·:]\s*$", words, re.DOTALL), (shape, path, tag, words)


@every_layout
def test_links_only_to_parts_that_print(shaped, laid):
    for shape in SHAPES:
        for path, composed in shaped(laid, shape).items():
            ids = {attributes["id"] for _, attributes, _ in elements(composed) if "id" in attributes}
            links = {link for piece in composed.pieces for link in HREF.findall(piece.html)}
            assert links <= ids, (shape, path)


@every_layout
def test_lists_every_part_in_the_contents(shaped, laid):
    for shape in SHAPES:
        composed = shaped(laid, shape)["national/national-pack.pdf"]
        sections = [attributes["id"] for tag, attributes, _ in elements(composed) if tag == "section"]
        glance = [piece.html for piece in composed.pieces if piece.name.endswith(": glance")]
        listed = {link for html in glance for link in HREF.findall(html)}
        if len(sections) > 4 or any('class="entries"' in html for html in glance):
            assert listed == {*sections} - {"at-a-glance"}, shape


@every_layout
def test_sums_up_every_ask_once_and_draws_yearly_costs_on_one_scale(shipped, laid):
    costs = {"small": 200000, "large": 2000000}
    figures = {name: {"value": cost, "unit": "AU$", "means": "a cost", "source": "own"} for name, cost in costs.items()}
    asks = [
        ask("last", theme="fair", amount="large", annual="large", why=TEXT),
        ask("law", theme="safe", legislation="Roads Act 2001", summary="Safer streets"),
        ask("free", theme="safe"), ask("first", theme="safe", annual="small"),
    ]  # fmt: skip
    themes = [{"id": "safe", "heading": "Safer"}, {"id": "fair", "heading": "Fairer", "standfirst": "For all."}]
    composed = compose(shipped, laid, {"asks": asks, "themes": themes, "figures": figures})[
        "national/national-pack.pdf"
    ]
    (html,) = (piece.html for piece in composed.pieces if piece.name.endswith(": glance"))
    rows = re.findall(r'<tr class="(?:theme|ask-row).*?</tr>', html, re.DOTALL)
    read = [" ".join(re.sub(r"<[^>]*>", " ", row).split()) for row in rows]
    assert read == [
        "Safer", "2 The law fund Safer streets No funding sought –", "3 The free fund Not costed –",
        "4 The first fund AU$200,000", "Fairer", "1 The last fund AU$2 million AU$2 million",
    ]  # fmt: skip
    assert re.findall(r'class="bar" style="width: ([\d.]+)mm"', html) == ["2.2", "22.0"]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("title and organisation", ["cover"]),
        ("letter", ["foreword", "other-ask crossings"]),
        ("letter without an ask", ["foreword"]),
        ("one bare ask", ["cover", "other-ask crossings"]),
        ("two bare asks", ["cover", "glance"]),
        ("bare theme", ["cover"]),
        ("an appendix", ["cover", "appendix method"]),
    ],
)
@every_layout
def test_a_short_brief_has_only_the_pages_that_it_needs(shaped, laid, shape, expected):
    composed = shaped(laid, shape)["national/national-pack.pdf"]
    assert [piece.name.partition(": ")[2] for piece in composed.pieces] == expected


@every_layout
def test_a_brief_may_replace_the_labels_of_its_parts(shipped, laid):
    labels = {"foreword": "A word first", "glossary-heading": "Words", "appendix": "Annex", "partners": "With"}
    brief = {**SHAPES["an appendix"], **SHAPES["foreword"], "glossary": [{"term": "Kerb", "meaning": "An edge."}]}
    composed = compose(shipped, laid, {**brief, "labels": labels})["national/national-pack.pdf"]
    words = {words.strip() for tag, _, words in elements(composed) if tag in {"h2", "p"}}
    assert {"A word first", "Words", "Annex"} <= words


@pytest.mark.parametrize(("edition", "link"), [("screen", True), ("home", False)])
def test_prints_a_short_address_whole_and_of_a_long_one_the_host(shipped, edition, link):
    urls = {"short": "https://www.walk.example/report", "long": f"https://walk.example/{'long-' * 9}report"}
    brief = {"sources": {name: {"publisher": name.capitalize(), "url": url} for name, url in urls.items()}}
    composed = compose(shipped, "ijm", {**brief, **SITE}, edition)["national/national-pack.pdf"]
    (html,) = (piece.html for piece in composed.pieces if piece.name.endswith(": sources"))
    entries = re.findall(r'<li id="source-\d">(.*?)</li>', html)
    assert [re.sub(r"<[^>]*>", "", entry) for entry in entries] == [
        "1 Short. walk.example/report",
        "2 Long. walk.example",
    ]
    assert [url in html for url in urls.values()] == [link, link]


@every_layout
def test_says_where_a_case_began_to_readers_of_that_state_alone(shipped, laid):
    study = {"id": "case", "heading": "A case", "blocks": TEXT, "began_in": "TAS"}
    local = {"heading": "{electorate}", "facts": [{"fact": "children", "caption": "children"}]}
    brief = {"case_studies": [study], "electorates": "au-federal-2025", "local": local}
    packs = compose(shipped, laid, brief, places=("bass", "clark", "durack", "perth"))
    pieces = {
        path.partition("/")[0]: piece
        for path, composed in packs.items()
        for piece in composed.pieces
        if "case-study case" in piece.name
    }
    assert {place for place, piece in pieces.items() if "case-slot" in piece.slots} == {"bass", "clark"}
    assert pieces["bass"].key == pieces["clark"].key != pieces["durack"].key == pieces["perth"].key


@every_layout
def test_sets_the_figure_of_an_ask_without_a_text_beside_all_its_facts(shipped, laid):
    law = ask("law", asked="Pass it.", legislation="Roads Act", period="2027", who_decides="The House", key_figure=FACT)
    beside = compose(shipped, laid, {"asks": [law, ask("paid", amount="cost")], **FIGURES})
    alone = compose(shipped, laid, {"asks": [law, ask("free", asked="Do it.")], **FIGURES})
    assert [len(re.findall("<dt>", _page_of_law(made))) for made in (beside, alone)] == [4, 3]
    columns = [COLUMN.search(_page_of_law(made)) for made in (beside, alone)]
    heights = [float(column["height_pt"]) for column in columns]
    assert heights[0] - heights[1] == ROW_PT
    assert all('<p class="figure"' in column["rest"] for column in columns)
    assert not any("padding-bottom" in _page_of_law(made) for made in (beside, alone))


ROW_PT = 39.0
COLUMN = re.compile(r'<div class="reading" style="min-height: (?P<height_pt>[\d.]+)pt">(?P<rest>.*)', re.DOTALL)


def _page_of_law(made: dict[str, Composed]) -> str:
    return next(piece.html for piece in made["national/national-pack.pdf"].pieces if piece.name.endswith("-ask law"))


@every_layout
def test_prints_the_amount_and_the_law_of_an_ask_on_its_leave_behind(shipped, laid):
    both = ask("both", amount="cost", legislation="Roads Act", leave_behind=BEHIND)
    made = compose(shipped, laid, {"asks": [both], **FIGURES})
    [leave_behind] = [each for path, composed in made.items() if "leave-behind" in path for each in composed.pieces]
    assert len(re.findall("<dt>", leave_behind.html)) == 2
    assert "Roads Act" in leave_behind.html


@every_layout
def test_prints_the_period_of_an_ask_without_a_page_in_the_table_of_asks(shipped, laid):
    asks = [ask("fund", amount="cost", why=TEXT), ask("law", legislation="Roads Act", period="From 2028")]
    made = compose(shipped, laid, {"glance": {"heading": "Crossings work"}, "asks": asks, **FIGURES})
    assert sum("From 2028" in piece.html for composed in made.values() for piece in composed.pieces) == 1


@every_layout
@pytest.mark.parametrize("count", [1, 3])
def test_prints_the_address_and_the_telephone_of_a_contact_on_a_leave_behind(shipped, laid, count):
    made = compose(shipped, laid, {"asks": [ask("crossings", leave_behind=BEHIND)], "contacts": [FULL] * count})
    [leave_behind] = [each for path, composed in made.items() if "leave-behind" in path for each in composed.pieces]
    # An address may break after its @.
    printed = re.sub(r"<[^>]*>|\u200b", "", leave_behind.html)
    assert printed.count(f"{FULL['email']} {FULL['phone']}") == count


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path fill="#225577" d="M0 0h40v10H0z"/></svg>'


@every_layout
def test_places_the_logos_on_the_cover_on_the_leave_behind_and_at_the_end(shipped, laid):
    images = shipped.root / "briefs/shape/images"
    images.mkdir(parents=True, exist_ok=True)
    (images / "logo.svg").write_text(LOGO, encoding="utf-8")
    files = {"file": "logo.svg", "on_dark": "logo.svg"}
    brief = {"organisation": {**ORGANISATION, "logo": files}, "partners": [{"name": "Quillbrook", "logo": files}]}
    made = compose(shipped, laid, {**brief, "asks": [ask("crossings", leave_behind=BEHIND)]})
    alts = {
        piece.name.rpartition(" ")[2]: re.findall(r'class="logo" src="[^"]+" alt="([^"]*)"', piece.html)
        for composed in made.values()
        for piece in composed.pieces
    }
    both = [ORGANISATION["name"], "Quillbrook"]
    assert alts == {"cover": both, "crossings": [], "sources": both, "page": both}


@pytest.fixture
def with_logo(shipped):
    """Return an organisation with a logo."""
    images = shipped.root / "briefs/shape/images"
    images.mkdir(parents=True, exist_ok=True)
    (images / "logo.svg").write_text(LOGO, encoding="utf-8")
    return {**ORGANISATION, "logo": {"file": "logo.svg"}}


@pytest.mark.parametrize(
    ("about", "heading"), [("", NAME), ("A charity.", NAME), (f"{NAME} is a charity.", "Who we are")]
)
@every_layout
def test_has_the_name_of_an_organisation_with_a_logo_in_type_at_the_end(shipped, laid, with_logo, about, heading):
    organisation = with_logo | ({"about": about} if about else {})
    brief = {"organisation": organisation, "sources": {"report": {"publisher": "Example Institute"}}}
    pieces = compose(shipped, laid, brief)["national/national-pack.pdf"].pieces
    (end,) = (piece.html for piece in pieces if piece.name.endswith(": sources"))
    assert f"<h3>{heading}</h3>" in end


@pytest.mark.parametrize(("sources", "named"), [({}, True), ({"report": {"publisher": "Example Institute"}}, False)])
@every_layout
def test_has_that_name_in_the_foot_of_a_pack_without_sources(shipped, laid, with_logo, sources, named):
    brief = {"organisation": with_logo, "sources": sources, "sections": [part("walking")]}
    writer, planned = _writer(shipped, laid, brief)
    document = planned.documents[0]
    pages.compose(writer, document)
    (foot,) = (stamp.piece.html for stamp in pages.run(writer, document, 3) if stamp.slot == "foot")
    assert (NAME in foot) is named
