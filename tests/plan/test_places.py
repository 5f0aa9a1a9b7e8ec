"""Which documents have which parts: `only:` and `except:` name states and electorates of the brief's set."""

import shutil

import pytest

from briefpack import layout, plan
from briefpack.plan import Wanted
from briefpack.problem import Problems
from projects import REPOSITORY

LOCAL = "electoral_matter: no\nelectorates: norland"


@pytest.fixture
def north(project, edit):
    """Return the sample brief with the electorates of Norland."""
    shutil.copytree(REPOSITORY / "tests/sets/norland", project.root / "briefs/electorates/norland")
    edit("briefs/tiny/brief.yaml", "electoral_matter: no", LOCAL)
    return project


def loaded(project):
    return plan.read_brief(project, "tiny")


@pytest.mark.parametrize(
    ("slug", "hint"),
    [
        ("old-town", "marsh-head, ostby: Old Town was abolished in 2019"),
        ("ostbi", "ostby, marsh-flats, marsh-head or outer-isles"),
    ],
)
def test_names_the_successors_of_an_abolished_electorate(slug, hint, north, edit):
    folder = north.root / "briefs/electorates/norland"
    rows = (("ostby", 30), ("marsh-head", 70))
    lines = [f"Old Town,old-town,V,2019,{electorate},{share}" for electorate, share in rows]
    columns = "name,slug,state,abolished,electorate,share_of_population_pct"
    (folder / "former.csv").write_text("\n".join([columns, *lines]) + "\n", encoding="utf-8")
    edit(
        "briefs/electorates/norland/set.yaml", "  changes: changes.csv", "  changes: changes.csv\n  former: former.csv"
    )
    edit("briefs/tiny/brief.yaml", "  - id: about\n", f"  - id: about\n    only: {{electorates: [{slug}]}}\n")
    with pytest.raises(Problems) as caught:
        loaded(north)
    assert [problem.hint for problem in caught.value.problems] == [hint]


def test_names_a_state_and_an_electorate_that_the_set_does_not_have(north, edit):
    edit("briefs/tiny/brief.yaml", "  - id: about\n", "  - id: about\n    only: {states: [Ontario]}\n")
    edit(
        "briefs/tiny/brief.yaml", "  - id: slow-streets\n", "  - id: slow-streets\n    except: {electorates: [ostbi]}\n"
    )
    with pytest.raises(Problems) as caught:
        loaded(north)
    assert {(problem.message, problem.hint) for problem in caught.value.problems} == {
        ('sections[0].only.states[0]: there is no state called "Ontario"', "I or V"),
        (
            'asks[1].except.electorates[0]: there is no electorate called "ostbi"',
            "ostby, marsh-flats, marsh-head or outer-isles",
        ),
    }


def test_plans_the_leave_behinds_of_the_asks_that_a_place_has(north, edit):
    edit("briefs/tiny/brief.yaml", "  - id: slow-streets\n", "  - id: slow-streets\n    only: {electorates: [ostby]}\n")
    brief, laid = loaded(north), layout.load(north, "tiny", "screen")
    planned = plan.make(brief, laid, Wanted(electorates=brief.group.electorates))
    asks = {(document.electorate, document.ask) for document in planned.documents if document.ask}
    others = {(each.slug, "crossing-fund") for each in brief.group.electorates}
    assert asks == {(None, "crossing-fund"), ("ostby", "slow-streets"), *others}
    assert len(planned.variants) == 2
    titles = {len(planned.brief_of(document).asks) for document in planned.documents if document.electorate == "ostby"}
    assert titles == {2}


def test_an_ask_without_a_leave_behind_has_no_document(project, edit):
    text = (project.root / "briefs/tiny/brief.yaml").read_text()
    first = text.index("    leave_behind:")
    second = text.index("    leave_behind:", first + 1)
    end = text.index("\ncase_studies:")
    edit("briefs/tiny/brief.yaml", text[second:end], "")
    planned = plan.make(loaded(project), layout.load(project, "tiny", "screen"), Wanted())
    assert {document.ask for document in planned.documents} == {None, "crossing-fund"}


ABOUT = "      - text: We are a small charity.[^school-count]\n"
TEXT = "sections[0].blocks[0].text"
GREETING = "      - text: Dear {salutation},\n        only: {electorates: [all]}\n"
OF_NATION = "      - text: Dear members,\n        except: {electorates: [all]}\n"


def test_greets_the_member_of_an_electorate_and_the_nation_in_blocks_of_their_own(north, edit):
    edit("briefs/tiny/brief.yaml", ABOUT, GREETING + OF_NATION + ABOUT)
    brief = loaded(north)
    places = (*brief.group.electorates, None)
    texts = {place and place.slug: brief.variant(place).sections[0].blocks for place in places}
    begun = {slug: next(each.text for each in blocks if each.text) for slug, blocks in texts.items()}
    assert begun.pop(None) == "Dear members,"
    assert {*begun.values()} == {"Dear {salutation},"}
    assert brief.warnings == loaded(north).warnings


@pytest.mark.parametrize(
    ("block", "message", "hint"),
    [
        (
            "      - text: Dear {salutation},\n",
            f'{TEXT}: "{{salutation}}" differs between electorates, and this text is in the national documents too',
            "move the text under local:, or into a block with only: {electorates: [all]}",
        ),
        (
            GREETING.replace("salutation", "member"),
            f"{TEXT}: {{member}} isn't known for Marsh Flats and Outer Isles",
            "except: {electorates: [marsh-flats, outer-isles]}, and a block with other words for them",
        ),
        (
            GREETING.replace("salutation", "salutaton"),
            f'{TEXT}: there is no figure called "salutaton"',
            "add it under figures: or delete it here (did you mean salutation?)",
        ),
    ],
)
def test_refuses_a_field_where_a_document_has_no_value_for_it(block, message, hint, north, edit):
    edit("briefs/tiny/brief.yaml", ABOUT, block + ABOUT)
    with pytest.raises(Problems) as caught:
        loaded(north)
    assert [(each.message, each.hint) for each in caught.value.problems] == [(message, hint)]


def test_accepts_a_field_where_every_document_of_the_block_has_a_value(north, edit):
    block = GREETING.replace("salutation", "member") + "        except: {electorates: [marsh-flats, outer-isles]}\n"
    edit("briefs/tiny/brief.yaml", ABOUT, block + ABOUT)
    assert loaded(north).brief.sections[0].blocks[0].text == "Dear {member},"
