"""Whole drafts, written by different programs, as briefs."""

import shutil
from collections import Counter

import pytest
from click.testing import CliRunner

from briefpack import cli
from imported import DRAFTS, brief, data, draft, folded, printed, spoken
from projects import REPOSITORY

pytestmark = pytest.mark.part(name="drafts")

SHORT = ("crossings.docx", "clinic.docx", "clinic.odt", "river.odt", "toit.md", "nuoc.md")
"""Drafts by hand and by LibreOffice, so short that labels such as “Cost:” are a large part of their words."""
OTHERS = ("bread.md", "tenancies.docx", "lunches.docx", "lunches.odt", "air.docx", "logement.docx", "shangxue.docx")
"""Drafts of writers with different habits; one is by LibreOffice, one in French, one in Chinese."""
JUSTICE = ("justice.docx", "justice.odt", "justice-writer.docx", "justice.md")
"""One draft, by pandoc and by LibreOffice."""
DRAFTS_OF_ALL = (*JUSTICE, *OTHERS, *SHORT)


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
        ("Two police forces, one investigation", "Two police forces, one investigation"),
        ("From a job offer to a locked compound", "From a job offer to a locked compound"),
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
    assert found.asks[1].period == "Over 4 years"
    assert found.asks[-1].period == "Per annum"
    # Two asks for the same amount are two figures; the amount written twice in one ask is one.
    assert found.asks[2].amount != found.asks[5].amount
    assert f"{{{found.asks[2].amount}}}" in str(found.asks[2])


def in_same_order(first, second):
    """Return how many words the longest sequence has that is in two texts, with others between its words."""
    masks = {}
    for number, word in enumerate(first):
        masks[word] = masks.get(word, 0) | 1 << number
    every = row = (1 << len(first)) - 1
    for word in second:
        matched = row & masks.get(word, 0)
        row = ((row + matched) | (row - matched)) & every
    return len(first) - row.bit_count()


@pytest.mark.parametrize("name", [*JUSTICE, *OTHERS])
def test_nearly_every_word_of_a_draft_is_in_its_brief_in_order(name):
    """Pandoc alone reads the draft's words, and the engine the brief's; the list of leftovers doesn't count."""
    said = spoken(name)
    assert in_same_order(said, printed(draft(name))) >= 0.95 * len(said)


@pytest.mark.parametrize("name", DRAFTS_OF_ALL)
def test_no_word_of_a_draft_is_lost(name):
    """Every word, however often it is there, is in the brief, or in the list of leftovers."""
    found = draft(name)
    texts = [
        found.text,
        found.unplaced,
        str(data(found).get("queries", "")),
        str(brief(found).date.strftime("%-d %B %Y")),
    ]
    kept = Counter(printed(found)) + Counter(word for text in texts for word in folded(text))
    # A note that is there twice is one source.
    once = Counter(dict.fromkeys(spoken(name, notes=True), 1)) | Counter(spoken(name))
    marks = {str(number) for number in range(1, 4)}
    assert {word for word in once - kept if word not in marks} == set()


EDITS = {
    "justice.docx": {"credit: TBC": "credit: Example Justice"},
    "lunches.docx": {"credit: TBC": "credit: Meals for All Example", "alt: TBC": "alt: Children eat at a long table"},
}
"""Every edit between an import and a check that passes: only a person knows who made an image, and what it shows."""


@pytest.fixture
def briefpack(tmp_path, in_process):  # noqa: ARG001 -- the check runs in this process
    """Return a function that runs a command in a project of its own."""
    for folder in ("layouts", "charts", "fonts", "briefs/_starter"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    return lambda *words: CliRunner().invoke(cli.main, ["--project", str(tmp_path), *words])


@pytest.mark.parametrize("name", EDITS)
def test_an_imported_brief_needs_few_edits_to_pass_its_check(briefpack, tmp_path, name):
    result = briefpack("new", "ours", "--from", str(DRAFTS / name))
    assert (result.exit_code, result.stderr) == (0, "")
    path = tmp_path / "briefs/ours/brief.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in EDITS[name].items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    result = briefpack("check", "ours", "--jobs", "1")
    assert result.exit_code == 0, result.stderr


SOURCES = {
    "bread.md": [
        ("Example University", "Household food survey 2024", "March 2025"),
        ("Interview with Ana Example", None, "4 May 2025"),
        (
            "See A. Example and B. Example",
            "Lunch and learning, Journal of Example Schools, vol. 3, no. 2, pp. 12–19",
            "2025",
        ),
    ],
    "lunches.docx": [
        ("Meals for All Example", "Hungry at school", "2025"),
        ("A. Example and B. Sample", "Breakfast and reading, Journal of Examples 12(3), pp. 3–18", "2022"),
        ("Ministry of Example", "Midday meals: annual report. New Example: Government Press", "2024"),
    ],
    "logement.docx": [
        ("Observatoire Exemple", "Loyers étudiants, p. 12", "mars 2025"),
        ("Cour des exemples", "Le logement étudiant, rapport public", "2024"),
    ],
    "shangxue.docx": [
        ("国家示例局", "儿童统计年鉴", "2024年"),
        ("示例交通局", "校园周边事故报告, 第7页", "2025年"),
    ],
}


@pytest.mark.parametrize("name", SOURCES)
def test_every_note_is_a_source_whose_fields_are_as_a_person_would_fill_them(name):
    found = brief(draft(name)).sources.values()
    assert [(each.publisher, each.title, each.date) for each in found] == SOURCES[name]


def test_tracked_changes_are_accepted_and_comments_and_deletions_are_in_the_list():
    found = draft("crossings.docx")
    left = [(each.words, each.reason) for each in found.leftovers]
    assert ("Is this deaths or injuries?", "a comment in the draft") in left
    assert ("with no signal", "a tracked deletion, which was accepted") in left
    assert "crossings without lights in the hour" in found.text
