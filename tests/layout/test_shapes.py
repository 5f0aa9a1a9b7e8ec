"""Briefs of every shape in the layouts that ship: what is missing leaves no empty part, heading or link."""

import functools
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
import yaml

from briefpack import charts, pages, plan
from briefpack.pages import Composed
from briefpack.project import Project
from briefpack.store import Store
from projects import copy_frozen, english

LAYOUTS = ("ijm", "plain")
VOID = {"img", "br", "meta", "link"}
HREF = re.compile(r'href="(?:#|piece:)([^"]+)"')
TEXT = [{"text": "Every school should have a safe crossing near its gate."}]
ORGANISATION = {"name": "Walk Safely Australia"}
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


def compose(project: Project, laid: str, brief: dict) -> dict[str, Composed]:
    """Return the documents of a brief in a layout."""
    folder = project.root / "briefs/shape"
    folder.mkdir(exist_ok=True)
    text = yaml.dump({"title": "Safe crossings", "organisation": ORGANISATION, **brief}, Dumper=_Plain, sort_keys=False)
    (folder / "brief.yaml").write_text(text, encoding="utf-8")
    planned = plan.make(
        *plan.read(project, "shape", charts.kinds(project.root / "charts"), laid, "screen"), plan.Wanted()
    )
    common = charts.made_from(planned.layout.look, english(), project.root, None)
    drawn = {drawing: charts.key(drawing, common, project.root) for drawing in planned.drawings}
    writer = pages.composer(planned, project.root, drawn, Store(project.store))
    return {document.path: pages.compose(writer, document) for document in planned.documents}


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


every_shape = pytest.mark.parametrize("shape", SHAPES)
every_layout = pytest.mark.parametrize("laid", LAYOUTS)


@every_shape
@every_layout
def test_prints_no_empty_element(shaped, laid, shape):
    for path, composed in shaped(laid, shape).items():
        silent = [(tag, attributes) for tag, attributes, words in elements(composed) if not words.strip()]
        # Page numbers come after layout.
        assert [each for each in silent if each[0] != "td" and each[1].get("class") != "at"] == [], path


@every_shape
@every_layout
def test_prints_no_none_and_no_stranded_punctuation(shaped, laid, shape):
    for path, composed in shaped(laid, shape).items():
        for tag, _, words in elements(composed):
            assert "None" not in words, (path, tag)
            assert not re.match(r"\s*[,·:]|.*[,·:]\s*$", words, re.DOTALL), (path, tag, words)


@every_shape
@every_layout
def test_links_only_to_parts_that_print(shaped, laid, shape):
    for path, composed in shaped(laid, shape).items():
        ids = {attributes["id"] for _, attributes, _ in elements(composed) if "id" in attributes}
        links = {link for piece in composed.pieces for link in HREF.findall(piece.html)}
        assert links <= ids, path


@every_shape
@every_layout
def test_lists_every_part_in_the_contents(shaped, laid, shape):
    composed = shaped(laid, shape)["national/national-pack.pdf"]
    sections = [attributes["id"] for tag, attributes, _ in elements(composed) if tag == "section"]
    if "contents" in sections:
        [contents] = [piece for piece in composed.pieces if piece.name.endswith(": contents")]
        listed = HREF.findall(contents.html)
        assert list(dict.fromkeys(listed)) == sections[sections.index("contents") + 1 :]
    else:
        assert len(sections) < 6


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("title and organisation", ["cover"]),
        ("letter", ["foreword", "ask crossings"]),
        ("letter without an ask", ["foreword"]),
        ("one bare ask", ["cover", "ask crossings"]),
        ("two bare asks", ["cover", "asks"]),
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
