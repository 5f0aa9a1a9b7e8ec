"""Sharing pages between documents never prints one electorate's values in another's documents.

The engine is copied and one line is added to it, as somebody would who extends what templates may call: a name whose
value differs by electorate, which nobody declared. Every route by which a page can read that name is tried in each kind
of page, and what is written for one electorate never holds another's value.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import jinja2
import pytest
from jinja2.utils import missing

from briefpack import build, output, pages
from briefpack.pages import sharing
from briefpack.pages.sandbox import Environment, Refused
from briefpack.pages.sharing import BUILT_IN, Noted, Reads, Scope, Shelf, Written
from briefpack.plan import EACH
from briefpack.project import Project
from briefpack.store import Store
from isles import copy_isles

ENGINE = Path(sharing.__file__).parent.parent
BRIEF = "ijm-federal-2025"
VALUE = re.compile(r"mark-([a-z-]*)!")
PLACES = ("durack", "wentworth", "kingsford-smith")
DECLARED = "        reads.declare(scopes)\n"

# A text, a function, an object with an attribute and a list, each made for the electorate of the current document.
ADDED = """\
        mark = f"mark-{next(scope.key for scope in scopes if scope.name == 'electorate')}!"
        reads.values |= {"fresh": mark, "fresh_of": lambda: mark, "fresh_list": [mark], "fresh_thing": {"value": mark}}
        WRITTEN.append(page)
"""

# Composes the documents of the nation and of some electorates, once for each change to a page, and undoes the change.
COMPOSE = """
import json, sys
from pathlib import Path
from briefpack import build, output, pages
from briefpack.pages import render
from briefpack.project import Project
from briefpack.store import Store

project, brief, places = Project(Path(sys.argv[1])), sys.argv[2], tuple(sys.argv[3].split(","))
planned = build.prepare(output.Request(project, brief, "ijm", project.root / "out", electorates=places))

def composed():
    writer = pages.composer(planned, project.root, dict.fromkeys(planned.drawings, "0"), Store(project.store))
    for document in planned.documents:
        made = pages.compose(writer, document)
        stamps = (*made.stamps, *pages.run(writer, document, 21))
        written = [*made.pieces, *(stamp.piece for stamp in stamps)]
        yield document.path, {piece.name.partition(": ")[2]: piece.html for piece in written}

found = []
for page, before, text in json.load(sys.stdin):
    file = project.root / "layouts" / page
    kept = file.read_text(encoding="utf-8")
    assert before in kept, before
    file.write_text(kept.replace(before, before + text), encoding="utf-8")
    render.WRITTEN.clear()
    found.append({"made": dict(composed()), "written": list(render.WRITTEN)})
    file.write_text(kept, encoding="utf-8")
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the engine in which templates have undeclared names."""
    folder = tmp_path_factory.mktemp("engine")
    shutil.copytree(ENGINE, folder / "briefpack", ignore=shutil.ignore_patterns("__pycache__", "added"))
    file = folder / "briefpack/pages/render.py"
    text = file.read_text(encoding="utf-8")
    assert text.count(DECLARED) == 1
    text = text.replace(DECLARED, DECLARED + ADDED) + "\n\nWRITTEN: list[str] = []\n"
    file.write_text(text, encoding="utf-8")
    return folder


# The text added to each kind of page, and the pieces that print it.
KINDS = {
    "folio": ("shared/folio.html", '<p class="folio">', {"folio"}),
    "running head": ("shared/foot.html", "{% block content %}", {"foot"}),
    "section": ("shared/case-parts.html", "<header>", {"section", "theme"}),
    "ask": ("shared/ask-parts.html", '<p class="numeral" aria-hidden="true">', {"ask", "theme"}),
    "note": ("shared/note.html", '<sup class="cite">', {"section", "theme", "ask", "case-study", "page"}),
    "chart title": (
        "shared/blocks.html",
        '<p class="finding" data-balance data-tag="H{{ level }}">',
        {"section", "theme", "ask", "case-study", "page"},
    ),
    "map caption": ("shared/maps.html", '<p class="credit of-map" data-read="last">', {"cover"}),
}
ROUTES = {
    "name": "{{ fresh }}",
    "attribute": "{{ fresh_thing.value }}",
    "filter": "{{ fresh | lower | trim }}",
    "loop": "{% for each in fresh_list %}{{ each }}{% endfor %}",
    "function": "{{ fresh_of() }}",
    "condition": '{% if fresh == "mark-durack!" %}mark-durack!{% else %}{{ fresh }}{% endif %}',
    "variable": "{% set copy = fresh %}{{ copy }}",
    "include": '{% include "shared/fresh.html" %}',
    "state of a library": '{% from "shared/fresh-state.html" import kept %}'
    "{% if not kept.value %}{% set kept.value = fresh %}{% endif %}{{ kept.value }}",
    "macro": '{% import "shared/fresh-macro.html" as extra with context %}{{ extra.fresh() }}',
    "test": "{% if fresh is defined %}{{ fresh }}{% endif %}",
}


MACROS = "{% macro fresh() %}{{ inner() }}{% endmacro %}{% macro inner() %}{{ fresh_of() }}{% endmacro %}"


@pytest.fixture(scope="module")
def tried(engine, home):
    """Return the HTML by document and piece, and the pages rendered, for each kind of page and route."""
    shared = home.root / "layouts/shared"
    (shared / "fresh.html").write_text("{{ fresh }}", encoding="utf-8")
    (shared / "fresh-macro.html").write_text(MACROS, encoding="utf-8")
    (shared / "fresh-state.html").write_text('{% set kept = namespace(value="") %}', encoding="utf-8")
    changes = {(kind, route): (*KINDS[kind][:2], ROUTES[route]) for kind in KINDS for route in ROUTES}
    done = subprocess.run(  # noqa: S603 -- this Python, and a script of this file
        [sys.executable, "-c", COMPOSE, str(home.root), BRIEF, ",".join(PLACES)],
        env={**os.environ, "PYTHONPATH": str(engine)}, input=json.dumps([*changes.values()]),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(zip(changes, json.loads(done.stdout), strict=True))


def own(path: str) -> str:
    """Return the electorate of a document, as in its mark."""
    slug = path.partition("/")[0]
    return "" if slug == "national" else slug


@pytest.mark.part(name="sharing")
@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("kind", KINDS)
def test_prints_no_value_of_another_electorate_through_an_undeclared_name(tried, kind, route):
    pieces, made = KINDS[kind][2], tried[kind, route]["made"]
    marks = {(path, name): {*VALUE.findall(html)} for path, texts in made.items() for name, html in texts.items()}
    shown = {each for each in marks if marks[each]}
    assert {name.split()[0] for _, name in shown} <= pieces
    assert {own(path) for path, _ in shown} >= {*PLACES}
    assert {each: marks[each] for each in shown} == {each: {own(each[0])} for each in shown}


@pytest.mark.part(name="sharing")
def test_shares_pages_that_do_not_read_the_undeclared_name(tried):
    written = tried["map caption", "name"]["written"]
    # An ask's page is written once for each ask; its slot and its panel once for each ask and place; its leave-behind twice,
    # as it asks whether the place has a number. The nation's panel is the low one. A case study may have begun in the
    # electorate's state, which is one of two or none; the numbers of pages are others where there is an electorate's
    # page, and the list of sources leaves out that of the members' details where no member is named.
    places, asks, states = 1 + len(PLACES), 7, 3
    counts = {"cover": places, "place": len(PLACES), "nation": places, "place-name": places, "addressee": places}
    counts |= {"section": 3, "theme": 3, "ask": asks, "case-studies": 2 * states, "ask-slot": asks * places}
    counts |= {"leave-behind": asks * 2, "panel": asks * len(PLACES), "low-panel": asks, "glance": 2}
    counts |= {"sources": 2, "foot": 1, "folio": 1}
    assert Counter(written) == {f"shared/{page}.html": count for page, count in counts.items()}


@pytest.mark.part(name="sharing")
def test_an_undeclared_name_keeps_only_its_own_page_from_being_shared(tried):
    written = tried["section", "name"]["written"]
    assert written.count("shared/section.html") == 3 * (1 + len(PLACES))
    assert written.count("shared/ask.html") == 7


def test_shares_the_piece_of_each_ask_unless_the_ask_reads_a_local_value(tmp_path):
    isles = copy_isles(tmp_path / "project")
    page = isles.root / "layouts/tiny/ask.html"
    added = '{% if ask.id == "slow-streets" and electorate %}<p>{{ electorate.name }}</p>{% endif %}'
    page.write_text(page.read_text(encoding="utf-8").replace("</section>", f"{added}</section>"), encoding="utf-8")
    packs = composed_packs(isles, "harbour", "wick")
    pieces = {place: {piece.name.partition(": ")[2]: piece for piece in packs[place].pieces} for place in packs}
    for name, count in (("ask crossing-fund", 1), ("ask slow-streets", 3), ("sources", 1), ("cover", 3)):
        assert len({each[name].key for each in pieces.values()}) == count, name
    assert {place for place in pieces if "Harbour" in pieces[place]["ask slow-streets"].html} == {"harbour"}


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("has_electorate", {"": "False", "harbour": "True", "north-harbour": "True", "wick": "True"}),
        (
            "state.name if state else 'none'",
            {"": "none", "harbour": "Westland", "north-harbour": "Westland", "wick": "Eastland"},
        ),
    ],
)
def test_shares_a_page_between_the_places_that_answer_alike(tmp_path, read, said):
    isles = copy_isles(tmp_path / "project")
    page = isles.root / "layouts/tiny/ask.html"
    page.write_text(page.read_text("utf-8").replace("</section>", f"<p>{{{{ {read} }}}}.</p></section>"), "utf-8")
    packs = composed_packs(isles, *filter(None, said))
    asks = {
        place: [piece for piece in pack.pieces if piece.name.endswith(": ask slow-streets")]
        for place, pack in packs.items()
    }
    assert all(f"<p>{said[place]}.</p>" in ask.html for place, [ask] in asks.items())
    assert len({ask.key for found in asks.values() for ask in found}) == len({*said.values()})


def test_makes_a_shared_piece_once_and_names_it_after_each_document(tmp_path):
    packs = composed_packs(copy_isles(tmp_path / "project"), "harbour", "wick")
    [one], [two] = (
        [piece for piece in packs[place].pieces if piece.name.endswith(": sources")] for place in ("harbour", "wick")
    )
    assert (one.name, two.name) == ("harbour-pack: sources", "wick-pack: sources")
    assert one.key == two.key
    assert one.files is two.files


@pytest.mark.parametrize("axis", ["ask", "theme", "section", "case_study", "appendix"])
def test_never_reuses_a_page_for_another_item_or_for_none(tmp_path, axis):
    """Lists of pieces and a single piece all have the same page, which reads one name."""
    project = copy_isles(tmp_path / "project")
    read = f"{{% if {axis} %}}of {{{{ {axis}.id }}}}{{% else %}}of nothing{{% endif %}}"
    (project.root / "layouts/tiny/any.html").write_text(f'<html lang="en-AU"><body>{read}</body></html>', "utf-8")
    with (project.root / "briefs/tiny/brief.yaml").open("a", encoding="utf-8") as brief:
        brief.write("\nappendices:\n  - {id: method, heading: Method, blocks: [{text: We counted.}]}\n")
    contract = project.root / "layouts/tiny/layout.yaml"
    single, added = "      - {id: cover,", "      - {id: plain, page: tiny/any.html}\n"
    added += "".join(f"      - {{id: one-{each}, page: tiny/any.html, each: {each}}}\n" for each in EACH)
    text = contract.read_text(encoding="utf-8")
    assert text.count(single) == 1
    contract.write_text(text.replace(single, added + added.replace("id: ", "id: again-") + single), encoding="utf-8")
    names = []
    for pack in composed_packs(project, "wick").values():
        for piece in (each for each in pack.pieces if each.page == "tiny/any.html"):
            name, _, item = piece.name.partition(": ")[2].removeprefix("again-").removeprefix("one-").partition(" ")
            theme = (
                {"crossing-fund": "safety", "slow-streets": "health", "kim": "safety"}.get(item)
                if axis == "theme"
                else None
            )
            wanted = item if name.replace("-", "_") == axis else theme or "nothing"
            assert f"of {wanted}<" in piece.html, piece.name
            names.append(name)
    assert {*names} == {"plain", *EACH}


def composed_packs(project: Project, *places: str) -> dict[str, pages.Composed]:
    """Return the pack of the nation, whose place is an empty text, and of some electorates, from one composer."""
    request = output.Request(project, "tiny", "tiny", project.root / "out", electorates=places)
    planned = build.prepare(request)
    writer = pages.composer(planned, project.root, dict.fromkeys(planned.drawings, "0"), Store(project.store))
    return {own(each.path): pages.compose(writer, each) for each in planned.documents if each.kind == "pack"}


# ---- Scopes, reads and the cache of pages.


def scope(name: str, key: str, **names: object) -> Scope:
    return Scope(name, key, lambda: names)


def read(reads: Reads, *names: str) -> None:
    for name in names:
        reads.name(name, BUILT_IN.get(name, "a value"))


def test_reuses_a_page_only_where_every_scope_that_it_read_agrees():
    shelf, page = Shelf(), Written("<p>", ())
    shelf.put("page", [scope("shared", ""), scope("ask", "one"), scope("document", "a")], frozenset({"ask"}), page)
    assert shelf.find("page", [scope("shared", ""), scope("ask", "one"), scope("document", "b")]) is page
    assert shelf.find("page", [scope("shared", ""), scope("ask", "two"), scope("document", "a")]) is None
    assert shelf.find("another", [scope("shared", ""), scope("ask", "one"), scope("document", "a")]) is None


def test_reuses_a_page_that_tested_for_a_missing_name_only_among_the_same_names():
    shelf, page = Shelf(), Written("<p>", ())
    shelf.put("page", [scope("shared", "", brief=1)], frozenset({sharing.MISSING}), page)
    assert shelf.find("page", [scope("shared", "", brief=2)]) is page
    assert shelf.find("page", [scope("shared", "", brief=2, fresh=3)]) is None


def test_gives_a_name_its_declared_scope_and_any_other_that_of_the_document():
    reads = Reads()
    reads.declare([scope("shared", "", brief=1), scope("electorate", "durack", map=2)])
    read(reads, "brief", "range")
    assert reads.scopes == {"shared"}
    read(reads, "map")
    assert reads.scopes == {"shared", "electorate"}
    read(reads, "fresh")
    assert reads.scopes == {"shared", "electorate", "document"}
    reads.name("never", missing)
    assert sharing.MISSING in reads.scopes


@pytest.mark.parametrize("name", BUILT_IN)
def test_gives_an_overridden_name_of_jinja_the_scope_of_the_document(name):
    reads = Reads()
    reads.name(name, BUILT_IN[name])
    assert reads.scopes == set()
    reads.name(name, "Durack")
    assert reads.scopes == {"document"}


def test_a_local_declaration_never_widens_the_scope_of_a_name():
    reads = Reads()
    reads.declare([scope("electorate", "durack", number=1)])
    assert reads.declare_local({"number": 2, "first": 3}, "shared") == {"number": 2, "first": 3}
    read(reads, "number")
    assert reads.scopes == {"electorate"}
    read(reads, "first")
    assert reads.scopes == {"electorate", "shared"}


def test_a_template_variable_never_declares_a_name_of_the_engine():
    reads = Reads()
    reads.values["fresh"] = "Durack"
    reads.declare_local({"fresh": 1}, "shared")
    read(reads, "fresh")
    assert reads.scopes == {"document"}


@pytest.mark.parametrize(
    "ask",
    [
        lambda values: values["a"],
        lambda values: "a" in values,
        lambda values: "b" in values,
        lambda values: values.get("b"),
        list,
        len,
        bool,
    ],
)
def test_notes_every_access_to_the_values_of_a_narrow_scope(ask):
    noted: list[bool] = []
    ask(Noted(lambda: {"a": "1"}, lambda: noted.append(True)))
    assert noted


@pytest.mark.part(name="sharing")
def test_refuses_additions_to_the_globals_of_every_template(home):
    request = output.Request(home, BRIEF, "ijm", home.root / "out")
    environment = pages.composer(build.prepare(request), home.root, {}, Store(home.store)).environment
    for names in (environment.globals, environment.filters, environment.tests):
        with pytest.raises(TypeError):
            names["fresh"] = "Durack"
    assert {"lipsum"} & environment.globals.keys() == {"random"} & environment.filters.keys() == set()


@jinja2.pass_context
def names_of_a_page(context):
    return context.get_all()["electorate"]


def test_shares_no_page_that_calls_a_function_with_access_to_every_name():
    environment, reads = Environment(jinja2.DictLoader({"page": "{{ all() }}"}), {}), Reads()
    reads.declare([scope("shared", "", all=names_of_a_page), scope("electorate", "durack", electorate="Durack")])
    environment.reads = reads
    assert environment.get_template("page").render(reads.values) == "Durack"
    assert "document" in reads.scopes


def test_refuses_a_filter_with_access_to_every_name():
    with pytest.raises(TypeError, match="the filter all would read"):
        Environment(jinja2.DictLoader({}), {"all": names_of_a_page})


def printed_set(home, page):
    """Return an electorate set, and what a page that prints all of it prints."""
    group = build.prepare(output.Request(home, BRIEF, "ijm", home.root / "out")).brief.group
    environment, reads = Environment(jinja2.DictLoader({"page": page}), {}), Reads()
    reads.declare([scope("shared", "", group=group)])
    environment.reads = reads
    return group, environment.get_template("page").render(reads.values)


@pytest.mark.parametrize("page", ["{{ group }}", "{{ [group] }}"])
def test_refuses_to_print_the_whole_set(home, page):
    with pytest.raises(Refused, match="as it is in Python"):
        printed_set(home, page)


@pytest.mark.parametrize("page", ["{{ group | string }}", "{{ '%s' | format(group) }}"])
def test_prints_no_electorate_if_a_template_prints_the_whole_set(home, page):
    group, printed = printed_set(home, page)
    assert "Federal electorates" in printed
    assert not [each.name for each in group.electorates if f"{each.name}&" in printed or each.slug in printed]
