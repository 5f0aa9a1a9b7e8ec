"""The habits of people who write drafts in a hurry, each read as a colleague would read it."""

import shutil

import pytest

from briefpack import importing
from imported import TODAY, data, draft, of_text
from projects import REPOSITORY, copy_sample


@pytest.mark.parametrize(
    ("name", "title", "subject", "organisation"),
    [
        (
            "tenancies.docx",
            "SAFE TENANCIES",
            "Briefing for members of parliament, autumn 2026",
            "Example Tenants Union",
        ),
        ("lunches.docx", "A fair start at school", "How 200 schools can feed every child", "Meals for All Example"),
        ("lunches.odt", "A fair start at school", "How 200 schools can feed every child", "Meals for All Example"),
        ("logement.docx", "Un toit pour étudier", "Note à l’attention des députés", "Collectif Exemple"),
        ("shangxue.docx", "让每个孩子安全上学", "致国会议员的政策简报", "示例儿童安全联盟"),
    ],
)
def test_a_cover_of_bold_lines_or_in_a_table_is_the_front(name, title, subject, organisation):
    found = data(draft(name))
    assert (found["title"], found["subject"], found["organisation"]["name"]) == (title, subject, organisation)


def test_a_contents_list_is_left_out_and_listed():
    found = draft("tenancies.docx")
    assert "The problem 3" not in found.text
    assert "contents" in found.unplaced


def test_the_only_electorate_set_is_proposed_and_several_are_asked_about(tmp_path):
    path = tmp_path / "draft.md"
    path.write_text("# Safe water\n\nText.\n", encoding="utf-8")
    project = copy_sample(tmp_path / "project")
    briefs, read = project.root / "briefs", []
    for name in ("isles", "capes"):
        shutil.copytree(REPOSITORY / "tests/sets/isles", briefs / "electorates" / name)
        read.append(importing.read(path, path.name, project, "tiny", TODAY))
    one, several = map(data, read)
    assert one["electorates"] == "isles"
    assert "electorates" not in several
    assert several["queries"]["electorates"]["question"].endswith("under electorates: capes or isles.")


QUOTED = "“I plan my day by the shade.”"


@pytest.mark.parametrize("below", [f"{QUOTED} — a resident[^a]", f"{QUOTED}\n>\n> — a resident[^a]"])
def test_a_quotation_with_its_speaker_and_a_note_is_a_quote(tmp_path, below):
    found = of_text(tmp_path, f"# Heat\n\n> {below}\n\n[^a]: Council, Survey, 2026\n")
    words = {"words": "I plan my day by the shade.", "who": "a resident", "source": "council-2026"}
    assert data(found)["sections"][0]["blocks"] == [{"quote": words}]
    assert found.guesses == []


@pytest.mark.parametrize(
    ("text", "amount", "comment"),
    [
        (
            "We ask for $690,000. A roof costs $11,500.",
            "ask",
            "# guessed: the only one in the sentence that asks, or in the text",
        ),
        (
            "We ask for roofs. A roof costs $11,500.",
            "roof-costs",
            "# guessed: the only one in the sentence that asks, or in the text",
        ),
        (
            "We ask for roofs. A roof costs $11,500. Trees need $90 each.",
            None,
            "# amount: left out; is it roof-costs or trees-need?",
        ),
    ],
)
def test_the_amount_of_an_ask_is_the_only_one_where_it_asks_or_a_comment_asks_for_it(tmp_path, text, amount, comment):
    found = of_text(tmp_path, f"# Heat\n\nIt is hot.\n\n# Ask 1: Shade\n\n{text}\n")
    assert data(found)["asks"][0].get("amount") == amount
    assert f"    {comment}\n" in found.text


@pytest.mark.parametrize(
    "text",
    [
        "Sam Example – Policy Lead – sam@a.example – 02 5550 1234",
        "Sam Example, Policy Lead\\\nEmail: sam@a.example\\\nPhone: 02 5550 1234",
        "Sam Example\n\nPolicy Lead (sam@a.example)\n\n02 5550 1234",
    ],
)
def test_a_contact_has_the_role_and_the_addresses_beside_or_below_the_name(tmp_path, text):
    person = {"name": "Sam Example", "role": "Policy Lead", "email": "sam@a.example", "phone": "02 5550 1234"}
    read = data(of_text(tmp_path, f"# Heat\n\nIt is hot.\n\n# Contact\n\n{text}\n"))["contacts"]
    assert read == [person]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("shangxue.docx", [("9", "%"), ("120000000", "¥"), ("8000000", "¥")]),
        ("nuoc.md", [("31", "%"), ("1200000000", "₫")]),
    ],
)
def test_money_and_percentages_are_figures_in_every_language(name, expected):
    found = data(draft(name))["figures"].values()
    assert [(figure["value"], figure["unit"]) for figure in found] == expected


RARE = """\
# Rivers

Weir
:   A low wall.

| A verse
| of two lines

```
kept = 3
```

::: note
A box.
:::

1. **Mend the banks**

We mend `two`.

> A quotation.
>
> - a point
"""


def test_keeps_the_words_of_blocks_that_few_drafts_have(tmp_path):
    found = of_text(tmp_path, f"# Report\n\n{RARE}")
    [block] = data(found)["sections"][0]["blocks"]
    for text in ("Weir", "A low wall.", "of two lines", "kept = 3", "A box.", "1. **Mend the banks**", "- a point"):
        assert text in block["text"]
    assert found.leftovers == ()
