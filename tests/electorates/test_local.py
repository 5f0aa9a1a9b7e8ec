"""The local facts of an electorate: its fields, figures, sentences and credits."""

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
    """Return the frozen brief, which has none of the second set's facts."""
    return plan.read_brief(frozen(), "ijm-federal-2025", kinds(frozen().root / "charts")).brief


@pytest.fixture
def group(tmp_path):
    """Return the second set with three sources, two of them from one publisher."""
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


def panel_of(brief, group, slug):
    place = group.by_slug[slug]
    return local.LocalContent(brief, group, place, english(), local.fields(group, place, english()))


def wanted(*names):
    return tuple(LocalFact(fact=name, caption=name) for name in names)


def test_offers_the_names_member_and_facts_of_an_electorate_as_fields(group):
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
def test_writes_names_as_they_read_in_a_sentence(slug, possessive, state, people):
    federal = electorates.load(frozen(), "au-federal-2025")
    fields = local.fields(federal, federal.by_slug[slug], english())
    assert (fields["electorate-possessive"], fields["state"], fields["people"]) == (possessive, state, people)


def test_leaves_out_a_field_without_a_value(group):
    vacant, islands = (local.fields(group, group.by_slug[slug], english()) for slug in ("marsh-flats", "outer-isles"))
    assert "member" not in vacant
    assert "sheep" not in islands


def test_leaves_out_a_fact_that_an_electorate_lacks(group):
    head, islands = group.by_slug["marsh-head"], group.by_slug["outer-isles"]
    assert [each.fact for each in local.known(wanted(*WANTED), head)] == ["people", "sheep", "boats"]
    assert [each.fact for each in local.known(wanted(*WANTED), islands)] == ["people", "old-share", "boats"]


def test_shows_the_first_facts_up_to_the_number_wanted(brief, group):
    shown = panel_of(brief, group, "marsh-head").facts(wanted("old-share", "people", "boats", "sheep"), 2)
    assert [fact.caption for fact in shown] == ["people", "boats"]


def test_labels_estimates_and_state_figures(brief, group):
    sheep, boats = panel_of(brief, group, "marsh-flats").facts(wanted("sheep", "boats"), 3)
    assert (sheep.written, sheep.hedge, sheep.number, sheep.estimate, sheep.of_state) == (
        "about 400", "about", "400", True, False,
    )  # fmt: skip
    assert (boats.written, boats.estimate, boats.of_state, boats.nation) == ("10", False, True, "101")


def test_credits_each_publisher_once(brief, group):
    here = panel_of(brief, group, "ostby")
    credited = here.credits(here.facts(wanted("people", "boats", "sheep", "old-share"), 4))
    date = typography.tidy("3 May 2025", english()).replace(" ", numbers.NO_BREAK)
    assert credited == (f"Norland Register, Herds, {date}", "Harbour Board, 2025")


def test_prints_the_first_sentence_whose_fields_all_have_values(brief, group):
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
