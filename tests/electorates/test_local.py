"""What is said of one electorate: its fields, the facts and sentences that it has, and who is credited for them."""

import shutil
from pathlib import Path

import pytest

from briefpack import electorates, plan
from briefpack.brief.figures import Ledger
from briefpack.brief.model import LocalFact
from briefpack.charts import kinds
from briefpack.electorates import local
from briefpack.project import Project
from briefpack.text import numbers, typography
from projects import english, frozen

TESTS = Path(__file__).parent.parent
SET = "briefs/electorates/norland"
WANTED = ("people", "sheep", "old-share", "boats")


@pytest.fixture(scope="module")
def brief():
    """The frozen brief: figures, and none of the second set's facts."""
    return plan.read_brief(frozen(), "ijm-federal-2025", kinds(frozen().root / "charts")).brief


@pytest.fixture
def group(tmp_path):
    """The second set, with a second source of the same publisher and a source of another."""
    shutil.copytree(TESTS / "sets/norland", tmp_path / SET)
    path = tmp_path / SET / "set.yaml"
    text = path.read_text(encoding="utf-8")
    sources = (
        "  herds:\n    publisher: Norland Register\n    title: Herds\n    date: 3 May 2025\n"
        '  harbours:\n    publisher: Harbour Board\n    date: "2025"\nnotices:\n'
    )
    text = text.replace("notices:\n", sources, 1)
    for label, source in (("label: sheep", "herds"), ("label: fishing boats", "harbours")):
        before, mark, after = text.partition(label)
        text = before + mark + after.replace("source: register", f"source: {source}", 1)
    path.write_text(text, encoding="utf-8")
    return electorates.load(Project(tmp_path), "norland")


def said(brief, group, slug):
    place = group.by_slug[slug]
    return local.Said(brief, group, place, english(), local.fields(group, place, english()))


def wanted(*names):
    return tuple(LocalFact(fact=name, caption=name) for name in names)


def test_fields_are_an_electorates_names_member_and_facts(group):
    fields = local.fields(group, group.by_slug["ostby"], english())
    assert fields["electorate-possessive"] == "Østby’s"
    assert (fields["state"], fields["country"], fields["member"]) == ("the Vale", "the Norland", "Ása Kjær")
    assert (fields["people"], fields["sheep"]) == ("1,000", "20")


@pytest.mark.parametrize(
    ("slug", "possessive", "state", "people"),
    [
        ("durack", "Durack’s", "Western Australia", "Western Australians"),
        ("hughes", "Hughes’s", "New South Wales", "people in New South Wales"),
        ("solomon", "Solomon’s", "the Northern Territory", "Territorians"),
    ],
)
def test_names_read_as_in_a_sentence(slug, possessive, state, people):
    federal = electorates.load(frozen(), "au-federal-2025")
    fields = local.fields(federal, federal.by_slug[slug], english())
    assert (fields["electorate-possessive"], fields["state"], fields["people"]) == (possessive, state, people)


def test_a_field_that_is_not_known_is_not_there(group):
    vacant, islands = (local.fields(group, group.by_slug[slug], english()) for slug in ("marsh-flats", "outer-isles"))
    assert "member" not in vacant
    assert "sheep" not in islands


def test_a_fact_that_an_electorate_lacks_is_left_out(group):
    head, islands = group.by_slug["marsh-head"], group.by_slug["outer-isles"]
    assert [each.fact for each in local.known(wanted(*WANTED), head)] == ["people", "sheep", "boats"]
    assert [each.fact for each in local.known(wanted(*WANTED), islands)] == ["people", "old-share", "boats"]


def test_the_first_facts_are_shown_up_to_as_many_as_are_wanted(brief, group):
    shown = said(brief, group, "marsh-head").facts(wanted("old-share", "people", "boats", "sheep"), 2)
    assert [fact.caption for fact in shown] == ["people", "boats"]


def test_an_estimate_and_a_states_figure_say_so(brief, group):
    sheep, boats = said(brief, group, "marsh-flats").facts(wanted("sheep", "boats"), 3)
    assert (sheep.written, sheep.hedge, sheep.number, sheep.estimate, sheep.of_state) == (
        "about 400", "about", "400", True, False,
    )  # fmt: skip
    assert (boats.written, boats.estimate, boats.of_state, boats.nation) == ("10", False, True, "101")


def test_a_publisher_is_credited_once_with_all_that_is_taken_from_it(brief, group):
    here = said(brief, group, "ostby")
    credited = here.credits(here.facts(wanted("people", "boats", "sheep", "old-share"), 4))
    date = typography.tidy("3 May 2025", english()).replace(" ", numbers.NO_BREAK)
    assert credited == (f"Norland Register, Herds, {date}", "Harbour Board, 2025")


def test_the_first_sentence_of_which_every_field_is_known_is_said(brief, group):
    sentences = ("{sheep} graze in {electorate}.", "{old-share} of {electorate} is old.", "{electorate} is here.")
    found = [
        local.sentence(sentences, Ledger(brief, english(), local.fields(group, group.by_slug[slug], english())))
        for slug in ("ostby", "outer-isles")
    ]
    assert found == [sentences[0], sentences[1]]
    assert (
        local.sentence(
            ("{sheep} graze.",), Ledger(brief, english(), local.fields(group, group.by_slug["outer-isles"], english()))
        )
        == ""
    )
