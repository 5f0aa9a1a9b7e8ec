"""Sharing pages between documents never prints one electorate's values in another's, and keeps the common parts."""

from collections import Counter

import jinja2
import pytest
from jinja2.utils import missing

from briefpack import build, output, pages
from briefpack.pages import composing, sharing
from briefpack.pages.sandbox import Environment, Refused
from briefpack.pages.sharing import BUILT_IN, Noted, Reads, Scope, Shelf, Written
from briefpack.plan import EACH
from briefpack.project import Project
from briefpack.store import Store
from isles import copy_isles

BRIEF = "ijm-federal-2025"
PLACES = ("durack", "wentworth", "kingsford-smith")


def own(path: str) -> str:
    """Return the electorate of a document, as in its mark."""
    slug = path.partition("/")[0]
    return "" if slug == "national" else slug


@pytest.mark.part(name="sharing")
def test_writes_each_page_once_for_what_it_reads(home, monkeypatch):
    written: list[str] = []
    write = composing._write
    monkeypatch.setattr(
        composing, "_write", lambda writer, kind, page, *rest: written.append(page) or write(writer, kind, page, *rest)
    )
    planned = build.prepare(output.Request(home, BRIEF, "ijm", home.root / "out", electorates=PLACES))
    writer = pages.composer(planned, home.root, dict.fromkeys(planned.drawings, "0"), Store(home.store))
    for document in planned.documents:
        pages.compose(writer, document)
        pages.run(writer, document, 21)
    # An ask's page is written once for each ask; its slot and its panel once for each ask and place; its leave-behind
    # twice, as it asks whether the place has a number. A case study may have begun in the electorate's state, which is
    # one of two or none; the numbers of pages are others where there is an electorate's page, and the list of sources
    # leaves out that of the members' details where no member is named.
    places, asks, states = 1 + len(PLACES), 7, 3
    counts = {"cover": places, "place": len(PLACES), "nation": places, "place-name": places, "addressee": places}
    counts |= {"section": 3, "theme": 3, "ask": asks, "case-studies": 2 * states, "ask-slot": asks * places}
    counts |= {"leave-behind": asks * 2, "panel": asks * places, "glance": 2}
    counts |= {"sources": 2, "foot": 1, "folio": 1}
    assert Counter(written) == {f"shared/{page}.html": count for page, count in counts.items()}


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


@pytest.mark.parametrize("axis", ["ask", "theme", "case_study"])
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


@pytest.mark.parametrize("given", [{"fresh": "Durack"}, {"brief": 2}])
def test_refuses_to_give_a_page_a_name_that_is_in_no_scope(given):
    environment = Environment(jinja2.DictLoader({"page": "{{ brief }}"}), {})
    environment.reads.declare([scope("shared", "", brief=1)])
    assert environment.get_template("page").render(environment.reads.values) == "1"
    with pytest.raises(TypeError, match="is in no scope"):
        environment.get_template("page").render({**environment.reads.values, **given})


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


PAGES = {
    "set, then included": ('{% set fresh = "own" %}{% include "prints" %}', "own", set()),
    "of a loop, then included": ('{% for fresh in ["own"] %}{% include "prints" %}{% endfor %}', "own", set()),
    "of a loop, in its block": (
        '{% for fresh in ["own"] %}{% block one scoped %}{% include "prints" %}{% endblock %}{% endfor %}', "own", set(),
    ),
    "set, then imported": (
        '{% set fresh = "own" %}{% import "macro" as extra with context %}{{ extra.outer() }}', "own", set(),
    ),
    "set by a template that is included before": ('{% include "sets" %}{% include "prints" %}', "ownlocal", {"electorate"}),
    "set in a block before": (
        '{% block one %}{% set fresh = "own" %}{{ fresh }}{% endblock %}{% include "prints" %}', "ownlocal", {"electorate"},
    ),
    "set where it isn't reached": ('{% if false %}{% set fresh = "own" %}{% endif %}{% include "prints" %}', "local", {"electorate"}),
}  # fmt: skip


@pytest.mark.parametrize(("page", "printed", "read"), PAGES.values(), ids=PAGES)
def test_a_name_that_a_template_sets_is_its_own_only_there_and_where_it_hands_it_on(page, printed, read):
    other = {
        "prints": "{{ fresh }}", "sets": '{% set fresh = "own" %}{% include "prints" %}',
        "macro": "{% macro outer() %}{{ inner() }}{% endmacro %}{% macro inner() %}{% include 'prints' %}{% endmacro %}",
    }  # fmt: skip
    environment, reads = Environment(jinja2.DictLoader({"page": page, **other}), {}), Reads()
    reads.declare([scope("electorate", "durack", fresh="local")])
    environment.reads = reads
    assert environment.get_template("page").render(reads.values) == printed
    assert reads.scopes == read


@pytest.mark.parametrize(
    "ask",
    [
        lambda values: values["a"],
        lambda values: "b" in values,
        lambda values: values.get("b"),
        list,
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
