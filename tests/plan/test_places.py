"""Which documents have which parts: `only:` and `except:` name states and electorates of the brief's set."""

import shutil

import pytest

from briefpack import charts, layout, plan
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
    return plan.read_brief(project, "tiny", charts.kinds(project.root / "charts"))


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
