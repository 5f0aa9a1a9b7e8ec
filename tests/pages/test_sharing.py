"""Sharing pages between documents never prints one electorate's values in another's, and keeps the common parts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import jinja2
import pytest

from briefpack import build, output, pages
from briefpack.electorates import Electorate, ElectorateSet
from briefpack.electorates.local import LocalContent
from briefpack.layout import LoadedLayout
from briefpack.pages import calls, composing
from briefpack.pages.owners import Citations
from briefpack.pages.sandbox import Environment, Refused
from briefpack.plan import EACH, Document
from briefpack.problem import Problems
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
def test_writes_each_page_once_for_what_it_is_given(home, monkeypatch):
    written: list[str] = []
    write = composing._write
    monkeypatch.setattr(
        composing, "_write", lambda writer, page, given: written.append(page) or write(writer, page, given)
    )
    planned = build.prepare(output.Request(home, BRIEF, "ijm", home.root / "out", electorates=PLACES))
    writer = pages.composer(planned, home.root, dict.fromkeys(planned.drawings, "0"), Store(home.store))
    for document in planned.documents:
        pages.compose(writer, document)
        pages.run(writer, document, 21)
    # Pages of a place are written once for each, and in a document for an ask once for each ask. All others are written
    # once for each answer that places give: whether there is one, its state, and whether it tells of their ask.
    places, asks, states = 1 + len(PLACES), 7, 3
    counts = {"cover": places, "place": len(PLACES), "nation": places, "place-name": places, "foot": places}
    counts |= {"folio": places, "ask-slot": asks * places, "panel": asks * places, "addressee": asks * places}
    counts |= {"section": 3 * states, "theme": 3 * states, "ask": asks * states, "case-studies": 2 * states}
    counts |= {"leave-behind": asks * states, "glance": states, "sources": states}
    assert Counter(written) == {f"shared/{page}.html": count for page, count in counts.items()}


def test_shares_the_piece_of_each_ask_unless_the_ask_reads_a_local_value(tmp_path):
    isles = copy_isles(tmp_path / "project")
    contract = isles.root / "layouts/tiny/layout.yaml"
    contract.write_text(contract.read_text("utf-8").replace("each: ask}", "each: ask, place: yes}"), "utf-8")
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


@pytest.mark.parametrize(("of_place", "kinds"), [(False, set()), (True, {Electorate, LocalContent})])
def test_a_page_is_given_its_electorate_only_if_it_is_of_a_place(tmp_path, of_place, kinds):
    project = copy_isles(tmp_path / "project")
    planned = build.prepare(output.Request(project, "tiny", "tiny", project.root / "out", electorates=("wick",)))
    writer = pages.composer(planned, project.root, dict.fromkeys(planned.drawings, "0"), Store(project.store))
    document = next(document for document in planned.documents if document.electorate)
    given = calls.given(writer, document, None, {}, Citations("list"), of_place=of_place)
    assert {Electorate, LocalContent, Document} & {*held(given)} == kinds


def held(value: object) -> Iterator[type]:
    """Yield the types of a value and of all that can be reached from it, but for what every document shares."""
    yield type(value)
    if isinstance(value, ElectorateSet | LoadedLayout | Environment):
        return
    if isinstance(value, Mapping):
        inside = [*value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        inside = [*value]
    elif is_dataclass(value):
        inside = [getattr(value, field.name) for field in fields(value)]
    else:
        inside = []
    for inner in inside:
        yield from held(inner)


def test_refuses_a_page_that_names_its_electorate_and_is_of_no_place(tmp_path):
    isles = copy_isles(tmp_path / "project")
    page = isles.root / "layouts/tiny/ask.html"
    page.write_text(page.read_text("utf-8").replace("</section>", "{{ electorate.name }}</section>"), "utf-8")
    with pytest.raises(Problems) as caught:
        composed_packs(isles, "wick")
    [problem, *_] = caught.value.problems
    assert problem.path == "layouts/tiny/ask.html"
    assert 'there is no "electorate"' in problem.message
    assert problem.hint == "add place: yes to the piece of this page in layout.yaml, or put it into a slot"


@pytest.mark.part(name="sharing")
def test_refuses_additions_to_the_globals_of_every_template(home):
    request = output.Request(home, BRIEF, "ijm", home.root / "out")
    environment = pages.composer(build.prepare(request), home.root, {}, Store(home.store)).environment
    for names in (environment.globals, environment.filters, environment.tests):
        with pytest.raises(TypeError):
            names["fresh"] = "Durack"
    assert {"lipsum"} & environment.globals.keys() == {"random"} & environment.filters.keys() == set()


def printed_set(home, page):
    """Return an electorate set, and what a page that prints all of it prints."""
    group = build.prepare(output.Request(home, BRIEF, "ijm", home.root / "out")).brief.group
    environment = Environment(jinja2.DictLoader({"page": page}), {})
    return group, environment.get_template("page").render(group=group)


@pytest.mark.parametrize("page", ["{{ group }}", "{{ [group] }}"])
def test_refuses_to_print_the_whole_set(home, page):
    with pytest.raises(Refused, match="as it is in Python"):
        printed_set(home, page)


@pytest.mark.parametrize("page", ["{{ group | string }}", "{{ '%s' | format(group) }}"])
def test_prints_no_electorate_if_a_template_prints_the_whole_set(home, page):
    group, printed = printed_set(home, page)
    assert "Federal electorates" in printed
    assert not [each.name for each in group.electorates if f"{each.name}&" in printed or each.slug in printed]
