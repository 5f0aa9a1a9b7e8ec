"""What the pages of asks and case studies say about the reader's place: from the ask, its theme or the nation."""

import re
from dataclasses import replace

import pytest

from briefpack import charts, pages, plan
from briefpack.brief.blocks import KeyFigure
from briefpack.brief.local_page import LocalFact, LocalPanel
from briefpack.brief.model import Panel
from briefpack.store import Store
from projects import copy_frozen, frozen

BRIEF = "ijm-federal-2025"
AWAY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 46 23"><path fill="#16243A" d="M0 0H46V9H0Z"/></svg>'
ASK, STUDY = "mekong-working-group", "picacc-december-2024"
OWN = LocalPanel(
    facts=(LocalFact(fact="children", caption="children here"),), sentences=("Own words of {electorate}.",)
)
NATIONAL = Panel(
    facts=(KeyFigure(figure="scams-2024", caption="scams in a year"),), sentence="Own words of the nation."
)


@pytest.fixture(scope="module")
def stamps(tmp_path_factory):
    """Return a function that composes a place's pack, or an ask's leave-behind, and gives the words of each slot."""
    return composing(frozen(), Store(tmp_path_factory.mktemp("places")))


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory):
    """Return the same for a brief with an image of another place."""
    folder = tmp_path_factory.mktemp("illustrated")
    project = copy_frozen(folder / "project")
    home = project.root / "briefs" / BRIEF
    (home / "images").mkdir(exist_ok=True)
    (home / "images/away.svg").write_text(AWAY, encoding="utf-8")
    with (home / "brief.yaml").open("a", encoding="utf-8") as file:
        file.write("\nimages:\n  away: {file: away.svg, alt: A river, credit: Drawn by Ann Example, people: none}\n")
    return composing(project, Store(folder / "store"))


def composing(project, kept):
    """Return a function that composes documents of a project's brief."""
    brief, layout = plan.read(project, BRIEF, "ijm", "screen")
    common = charts.made_from(layout.look, brief.locale, project.root, charts.ground(brief.group))

    def compose(slug, kind, *, asks=None, studies=None, html=False, part=""):
        changed = brief.brief.model_copy(
            update={
                "asks": tuple(ask.model_copy(update=(asks or {}).get(ask.id, {})) for ask in brief.brief.asks),
                "case_studies": tuple(
                    each.model_copy(update=(studies or {}).get(each.id, {})) for each in brief.brief.case_studies
                ),
            }
        )
        group = brief.group
        places = (group.by_slug[slug],) if slug else ()
        wanted = plan.Wanted(
            national=not slug, electorates=places, asks=(ASK,) if "leave" in kind else (), kinds=(kind,)
        )
        planned = plan.make(replace(brief, brief=changed), layout, wanted)
        drawn = {drawing: charts.key(drawing, common, project.root) for drawing in planned.drawings}
        composed = pages.compose(pages.composer(planned, project.root, drawn, kept), planned.documents[0])
        if part:
            sections = (piece.html for piece in composed.pieces if '<section class="part' in piece.html)
            return next(html for html in sections if f'id="{part}"' in html)
        if html:
            return [(stamp.slot, stamp.piece.html) for stamp in composed.stamps]
        words = [
            (stamp.slot, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", stamp.piece.html))) for stamp in composed.stamps
        ]
        return [(slot, text.strip()) for slot, text in words]

    return compose


def texts(found, slot):
    return [text for name, text in found if name == slot]


def test_an_ask_prints_its_own_number_and_sentence_for_a_place(stamps):
    found = stamps("durack", "leave-behind", asks={ASK: {"local": OWN}})
    (panel,) = texts(found, "local-panel")
    assert "39,380 children here. Own words of Durack." in panel


def test_an_ask_none_of_whose_numbers_a_place_has_has_its_themes(stamps):
    unknown = OWN.model_copy(update={"facts": (LocalFact(fact="filipino-ancestry", caption="people here"),)})
    own = {ASK: {"local": unknown, "national": NATIONAL}}
    (known,) = texts(stamps("durack", "leave-behind", asks=own), "local-panel")
    assert "people here. Own words of Durack." in known
    (panel,) = texts(stamps("lindsay", "leave-behind", asks=own), "local-panel")
    assert "people in New South Wales experienced a scam" in panel
    assert "Own words" not in panel


def test_the_nation_has_words_of_its_own(stamps):
    (panel,) = texts(stamps(None, "leave-behind", asks={ASK: {"national": NATIONAL, "local": OWN}}), "local-panel")
    assert "scams in a year. Own words of the nation." in panel
    assert "Own words of {" not in panel


@pytest.mark.parametrize(
    ("note", "credit"),
    [(None, "Sources: Scamwatch[^;]*; Walk Free"), ("Of all ages.", r"Of all ages\.\s+Source: Walk Free")],
)
def test_a_leave_behind_credits_what_the_words_about_a_place_cite_beside_them(stamps, note, credit):
    """The list of sources on the page is the page's own, so a number would be that of another source."""
    cited = NATIONAL.model_copy(update={"sentence": "Own words of the nation.[^gsi-asia-pacific]", "note": note})
    found = stamps(None, "leave-behind", asks={ASK: {"national": cited}}, html=True)
    (panel,) = texts(found, "local-panel")
    panel = panel.replace("\u00a0", " ")
    assert "Own words of the nation." in panel
    assert "<sup" not in panel
    assert re.search(credit, re.sub(r"<[^>]+>", "", panel))


def test_a_number_of_the_nation_has_its_map_and_one_of_somewhere_else_has_none(stamps):
    def panel(**changes):
        national = NATIONAL.model_copy(update=changes)
        [found] = stamps(None, "leave-behind", asks={ASK: {"national": national}}, html=True)[-1:]
        return found

    (slot, home), (away_slot, away) = panel(), panel(heading="In the Mekong", map=False)
    assert (slot, away_slot) == ("local-panel", "low-panel")
    assert ">Australia<" in home
    assert 'class="map"' in home
    assert "In the Mekong" in away
    assert 'class="map"' not in away


@pytest.mark.part(name="sharing")
@pytest.mark.parametrize(("shows_map", "printed"), [(False, "A river"), (True, 'class="map"')])
def test_the_panel_of_somewhere_else_has_its_image_or_the_nations_map(illustrated, shows_map, printed):
    national = NATIONAL.model_copy(update={"heading": "In the Mekong", "map": shows_map, "image": "away"})
    found = illustrated(None, "leave-behind", asks={ASK: {"national": national}}, html=True)
    (panel,) = texts(found, "local-panel")
    shown = [each for each in ("A river", "Drawn by Ann Example.", 'class="map"') if each in panel]
    assert shown == (["A river", "Drawn by Ann Example."] if printed == "A river" else [printed])


def test_an_electorates_document_shows_no_map_beside_a_number_of_the_nation(stamps):
    asks = {
        ASK: {"theme": None, "local": None, "national": NATIONAL.model_copy(update={"heading": "Across Australia"})}
    }
    [panel] = texts(stamps("lindsay", "leave-behind", asks=asks, html=True), "low-panel")
    slots = texts(stamps("lindsay", "pack", asks=asks, html=True), "ask-slot")
    [slot] = [each for each in slots if "Across Australia" in each]
    assert "Across Australia" in panel
    assert [each for each in (panel, slot) if 'class="map' in each] == []


@pytest.mark.parametrize(("fact", "slot"), [("children", "local-panel"), ("filipino-ancestry", "low-panel")])
def test_a_place_without_a_number_of_its_own_has_the_lower_panel(stamps, fact, slot):
    own = OWN.model_copy(update={"facts": (LocalFact(fact=fact, caption="people here"),), "sentences": ()})
    away = NATIONAL.model_copy(update={"heading": "In the Mekong"})
    asks = {ASK: {"theme": None, "local": own, "national": away}}
    assert texts(stamps("lindsay", "leave-behind", asks=asks), slot)


def test_a_number_of_the_state_has_the_states_name_and_map(stamps):
    """Under the outline of the electorate it would read as the electorate's own number."""
    of_state = OWN.model_copy(update={"facts": (LocalFact(fact="scam-victims", caption="people in {state}"),)})
    marked = 'class="map of-state"'

    def panel(local):
        found = stamps("durack", "leave-behind", asks={ASK: {"local": local}}, html=True)
        return texts(found, "local-panel")[0]

    assert marked in panel(of_state)
    assert "Map of Western Australia, with Durack marked." in panel(of_state)
    assert 'data-tag="H2"><span aria-label="What it means for Western Australia">Western Australia</span>' in panel(
        of_state
    )
    assert 'class="map"' in panel(OWN)
    assert 'aria-label="What it means for Durack, Western Australia">Durack, Western Australia</span>' in panel(OWN)


def test_a_slot_ranks_its_number_and_has_a_map_beside_a_number_of_the_state(stamps):
    def slot(fact):
        local = OWN.model_copy(update={"facts": (LocalFact(fact=fact, caption="people"),)})
        found = stamps("durack", "pack", asks={ASK: {"local": local}}, html=True)
        return next(text for text in texts(found, "ask-slot") if "Own words" in text)

    own, state = slot("children-share"), slot("scam-victims")
    assert re.search(r'<p class="label"[^>]*><span[^>]*>Western Australia</span></p>', state)
    assert re.search(r'<p class="rank">Equal 29th highest of 150<br><span class="median">Median 18.2%</span>', own)
    assert ['class="map"' in text for text in (own, state)] == [False, True]


def test_each_page_of_an_ask_has_its_own_words(stamps):
    found = texts(stamps("durack", "pack", asks={ASK: {"local": OWN}}), "ask-slot")
    assert len(found) > 1
    assert sum("Own words of Durack." in text for text in found) == 1


def test_a_slot_is_on_sand_for_the_documents_own_place_alone(stamps):
    def slots(**changes):
        national = NATIONAL.model_copy(update=changes)
        found = texts(stamps(None, "pack", asks={ASK: {"national": national}}, html=True), "ask-slot")
        return [text for text in found if "Own words" in text]

    assert slots()
    assert not any("elsewhere" in text for text in slots())
    assert all("place-slot of-ask elsewhere" in text for text in slots(heading="In the Mekong", map=False))


@pytest.mark.part(name="examples")
def test_a_case_study_says_so_in_the_state_where_it_began(stamps):
    began = {STUDY: {"began_in": "TAS"}}
    (said,) = texts(stamps("bass", "pack", studies=began), "case-slot")
    assert "This case began in Tasmania." in said
    assert texts(stamps("durack", "pack", studies=began), "case-slot") == []
    assert texts(stamps(None, "pack", studies=began), "case-slot") == []
    assert texts(stamps("bass", "pack"), "case-slot") == []


@pytest.mark.part(name="examples")
def test_a_case_study_and_the_asks_that_it_supports_name_each_other(stamps):
    def named(part, **changes):
        html = stamps(None, "pack", studies={STUDY: changes}, part=part)
        return set(re.findall(r'href="piece:((?:ask|case)-[a-z0-9-]+)"', html))

    supported = {"asks": ("double-accce",)}
    assert len(named(f"case-{STUDY}")) > 1
    assert named(f"case-{STUDY}", **supported) == {"ask-double-accce"}
    assert f"case-{STUDY}" in named("ask-double-accce", **supported)
    assert f"case-{STUDY}" in named("ask-digital-duty-of-care")
    assert f"case-{STUDY}" not in named("ask-digital-duty-of-care", **supported)
