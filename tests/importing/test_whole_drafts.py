"""Whole drafts, written by different programs, as briefs."""

import difflib
import re

import pytest

from imported import DRAFTS, brief, data, draft, printed, spoken

JUSTICE = ("justice.docx", "justice.odt", "justice-writer.docx", "justice.md")


@pytest.mark.parametrize("name", JUSTICE)
def test_a_draft_has_the_parts_that_its_headings_say(name):
    found = brief(draft(name))
    assert found.title == "Justice within reach"
    assert found.subject == "What Australia can do about child exploitation and forced scamming"
    assert (found.organisation.name, found.organisation.website) == (
        "Example Justice Australia",
        "https://justice.example.org",
    )
    assert [each.heading for each in found.sections] == [
        "Introduction",
        "The size of the problem",
        "Why Australia should act",
    ]
    assert [each.id for each in found.themes] == [
        "scale-up-what-works-against-online",
        "train-those-who-find-victims-of",
    ]
    assert [(each.theme or "").partition("-")[0] + ": " + each.title for each in found.asks] == [
        ": Introduce a digital duty of care",
        "scale: Technical capacity building",
        "scale: Child Protection Compact with the Philippines",
        "scale: Double the exploitation centre",
        "train: Training in Thailand and Indonesia",
        "train: A partnership to prevent trafficking",
        "train: A Mekong working group on cybercrime",
    ]
    assert [(each.label, each.heading) for each in found.case_studies] == [
        ("Case study", "Two police forces, one investigation"),
        ("Case study", "From a job offer to a locked compound"),
    ]
    assert [(each.name, each.role, each.email) for each in found.contacts] == [
        ("Grace Example", "Chief Advocacy Officer", "grace@justice.example.org"),
        ("Briony Example", "Policy and Campaigns Lead", "briony@justice.example.org"),
    ]


@pytest.mark.parametrize("name", JUSTICE)
def test_the_asks_have_their_amounts_periods_and_laws(name):
    found = brief(draft(name))
    amounts = {each.title: found.figures[each.amount].value for each in found.asks if each.amount}
    assert [int(value) for value in amounts.values()] == [4000000, 8000000, 92400000, 600000, 8000000, 200000]
    assert [each.legislation for each in found.asks if each.legislation] == ["Online Safety Act 2021"]
    assert found.asks[1].period == "Over {technical-capacity-building-years} years"
    assert found.asks[-1].period == "Per annum"
    # Two asks for the same amount are two figures; the amount written twice in one ask is one.
    assert found.asks[2].amount != found.asks[5].amount
    assert f"{{{found.asks[2].amount}}}" in str(found.asks[2])


@pytest.mark.parametrize("name", JUSTICE)
def test_identical_notes_are_one_source_and_every_source_is_cited(name):
    found = draft(name)
    sources = data(found)["sources"]
    assert len(sources) == 13
    assert {source_id for source_id in sources if f"[^{source_id}]" not in found.text} == set()
    assert sources["walk-free-2023"] == {
        "publisher": "Walk Free",
        "title": "Asia and the Pacific regional report",
        "date": "2023",
        "url": "https://cdn.walkfree.org/GSI-2023-Asia-Pacific.pdf",
    }


@pytest.mark.parametrize("name", JUSTICE)
def test_every_word_of_a_draft_is_in_its_brief_in_order_or_in_the_list(name):
    """The draft's words are read by pandoc alone, and the brief's by the engine."""
    said, written = spoken(name), printed(draft(name))
    same = difflib.SequenceMatcher(None, said, written, autojunk=False).get_matching_blocks()
    kept = sum(block.size for block in same)
    assert kept >= 0.98 * len(said)
    assert [str(each) for each in draft(name).leftovers if "no key" in each.reason] == []


def test_the_same_draft_from_another_program_is_the_same_brief():
    first, *others = (re.sub(r"(?m)^ *#.*\n|\(?paragraphs? \d+", "", draft(name).text) for name in JUSTICE[:3])
    assert [[*difflib.unified_diff(first.splitlines(), other.splitlines(), n=0)] for other in others] == [[], []]


@pytest.mark.usefixtures("in_process")
def test_an_imported_brief_needs_few_edits_to_pass_its_check(command):
    """The only edit is the one that nobody can guess: the image's credit."""
    result = command("new", "justice", "--from", str(DRAFTS / "justice.docx"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "with 9 open queries" in result.stdout
    result = command("check", "justice", "--layout", "tiny")
    assert len(re.findall(r"\n  try: ", result.stderr)) <= 1, result.stderr
