"""The habits of people who write drafts in a hurry, each read as a colleague would read it."""
# ruff: noqa: RUF001 -- Chinese has full-width marks

import shutil

import pypandoc
import pytest

from briefpack import importing
from briefpack.importing import words
from imported import TODAY, brief, data, draft, of_file, of_text
from projects import REPOSITORY, copy_sample, language


@pytest.mark.parametrize(
    ("name", "title", "subject", "organisation"),
    [
        (
            "tenancies.docx",
            "Safe Tenancies",
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


@pytest.mark.parametrize(
    ("name", "date"),
    [("tenancies.docx", "2026-03-12"), ("logement.docx", "2026-04-03"), ("shangxue.docx", "2026-03-12")],
)
def test_the_date_of_a_cover_is_read_in_its_language(name, date):
    assert data(draft(name))["date"] == date


def test_a_contents_list_is_left_out_and_listed():
    found = draft("tenancies.docx")
    assert "The problem 3" not in found.text
    assert "contents" in found.unplaced


def test_short_lines_that_name_no_headings_are_no_contents_list(tmp_path):
    found = of_text(tmp_path, "# Report\n\n# Rivers\n\nWard 12\n\nWard 14\n\nWard 15\n\n# Towns\n\nText.\n")
    assert data(found)["sections"][0]["blocks"][0]["text"].split("\n\n")[0].strip() == "Ward 12"


def test_the_parts_of_a_chinese_draft_have_ids_of_their_own(tmp_path):
    text = "---\nlang: zh-Hans\n---\n\n# 让孩子安全上学\n\n" + "".join(
        f"# {title}\n\n孩子们每天走路上学，路上车很快。\n\n"
        for title in ("走路上学", "车速太快", "第2部分", "过马路", "section 2")
    )
    found = data(of_text(tmp_path, text))
    ids = [each["id"] for each in found["sections"]]
    assert len(ids) == len({*ids}) >= 4
    assert all(each.startswith("section") for each in ids)


def test_the_number_of_a_caption_is_left_out_and_listed():
    found = draft("tenancies.docx")
    [image] = data(found)["images"].values()
    assert image["caption"].startswith("Every second house in Example Street is let.")


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


def test_the_organisation_may_be_in_the_subtitle():
    assert data(draft("air.docx"))["organisation"]["name"] == "Breathe Example"


def test_a_heading_within_a_part_is_a_block_of_its_own(tmp_path):
    found = data(of_text(tmp_path, "# Heat\n\nIt is hot.\n\n## What **we** heard\n\nShade.\n\n# Water\n\nIt is dry.\n"))
    assert found["sections"][0]["blocks"] == [{"text": "It is hot."}, {"heading": "What we heard"}, {"text": "Shade."}]


QUOTED = "“I plan my day by the shade.”"


@pytest.mark.parametrize("below", [f"{QUOTED} — a resident[^a]", f"{QUOTED}\n>\n> — a resident[^a]"])
def test_a_quotation_with_its_speaker_and_a_note_is_a_quote(tmp_path, below):
    found = of_text(tmp_path, f"# Heat\n\n> {below}\n\n[^a]: Council, Survey, 2026\n")
    words = {"words": "I plan my day by the shade.", "who": "a resident", "source": "council-2026"}
    assert data(found)["sections"][0]["blocks"] == [{"quote": words}]
    assert found.guesses == ()


def test_a_quotation_without_its_speaker_is_a_text_with_a_comment(tmp_path):
    found = of_text(tmp_path, f"# Heat\n\n> {QUOTED}[^a]\n\n[^a]: Council, Survey, 2026\n")
    guess = "paragraph 2, under “Heat”: this may be a quote:, which needs who said it, and a source"
    assert found.guesses == (guess,)


@pytest.mark.parametrize(
    ("text", "amount", "comment"),
    [
        ("We ask for $690,000. A roof costs $11,500.", "ask", "# guessed: the only one in the sentence that asks"),
        ("We ask for roofs. A roof costs $11,500.", "roof-costs", "# guessed: the only one in the text"),
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


@pytest.mark.parametrize("lead", ["The grant would buy:", "### What it buys"])
def test_a_list_below_a_line_that_says_so_is_what_the_ask_buys(tmp_path, lead):
    text = f"# Heat\n\nIt is hot.\n\n# Ask 1: Trees\n\nWe ask for trees.\n\nTrees last.\n\n{lead}\n\n- 3,000 young trees\n- *water*\n\nIt works.\n"
    found = of_text(tmp_path, text)
    [ask] = data(found)["asks"]
    assert ask["buys"] == ["3,000 young trees", "*water*"]
    assert ask["why"] == [{"text": "Trees last.\n\nIt works.\n"}]


@pytest.mark.parametrize(
    ("code", "line", "leads"),
    [
        ("en-AU", "We ask for a grant that would buy:", False),
        ("en-AU", "These are our funds", False),
        ("fr", "La subvention financerait :", True),
        ("vi", "Khoản tiền này sẽ mua:", True),
        ("zh-Hans", "这笔经费将用于：", True),
    ],
)
def test_knows_the_line_above_what_an_ask_buys(code, line, leads):
    assert words.leads_to_bought(line, language(code)) is leads


def test_a_cost_without_an_amount_stays_in_the_text():
    found = data(draft("tenancies.docx"))
    assert found["asks"][0]["why"][0]["text"].endswith("\n\nCost: none\n")


@pytest.mark.parametrize(
    ("name", "signed"),
    [
        ("tenancies.docx", ("Robin Example", "Chair, Example Tenants Union")),
        ("logement.docx", ("Camille Exemple", "Présidente du Collectif Exemple")),
        ("shangxue.docx", ("李示例", None)),
    ],
)
def test_a_foreword_is_signed_with_a_name_and_a_role(name, signed):
    found = brief(draft(name)).foreword
    assert (found.name, found.role) == signed


def test_a_note_that_repeats_the_one_before_with_another_page_is_its_source():
    found = draft("lunches.docx")
    assert "since 1943.[^a-example-b-2022]" in found.text
    assert "ibid p 20" in [each.words for each in found.leftovers]


def test_an_empty_note_is_reported():
    assert "an empty note was left out (paragraph 38, under “Recommendations”)" in draft("lunches.odt").guesses


def test_the_only_heading_in_capitals_may_be_an_acronym():
    assert data(draft("air.docx"))["appendices"][0]["heading"] == "FAQ"


def test_bullets_below_a_numbered_ask_are_its_text():
    assert [each["title"] for each in data(draft("lunches.odt"))["asks"]][1:] == ["Train cooks", "Report hunger"]


def test_a_period_after_an_amount_is_no_figure():
    found = data(draft("tenancies.docx"))["figures"]
    assert found["fund-lend-landlords"]["means"] == "The fund would lend landlords up"
    assert "years" not in {figure["unit"] for figure in found.values()}


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


def test_a_french_amount_in_words_has_its_currency():
    found = data(draft("logement.docx"))["figures"]["loyer-moyen-atteint"]
    assert (found["value"], found["unit"]) == ("612", "€")


STYLED = {"Title": "Cooler streets", "Author": "Wattle Shire Council", "Date": "6 November 2026"}
"""A line of a cover in each of Word's own paragraph styles."""


def of_styles(folder, lines):
    """Return a Word file as imported, whose text is below lines in these styles."""
    text = "".join(f'::: {{custom-style="{style}"}}\n{line}\n:::\n\n' for style, line in lines.items())
    path = folder / "draft.docx"
    pypandoc.convert_text(f"{text}\n# Heat\n\nIt is hot.\n", "docx", "markdown", outputfile=path)
    return of_file(path)


def test_the_author_and_the_date_may_be_in_styles_of_word(tmp_path):
    found = of_styles(tmp_path, STYLED)
    read = data(found)
    assert (read["title"], read["organisation"]["name"], read["date"]) == (
        "Cooler streets",
        "Wattle Shire Council",
        "2026-11-06",
    )
    assert found.leftovers == ()


def test_a_date_in_a_style_of_word_that_is_no_day_is_listed(tmp_path):
    found = of_styles(tmp_path, STYLED | {"Date": "Spring 2026"})
    assert data(found)["date"] == str(TODAY)
    assert [each.words for each in found.leftovers] == ["spring 2026"]


def test_a_property_of_a_markdown_file_is_its_abstract_or_listed(tmp_path):
    above = (
        "---\ntitle: Cooler streets\nabstract: Streets are hot.\nauthor:\n- name: Jo\nkeywords: [heat, trees]\n---\n\n"
    )
    found = of_text(tmp_path, f"{above}# Heat\n\nIt is hot.\n")
    assert data(found)["sections"][0]["blocks"][0]["text"] == "Streets are hot."
    assert data(found)["organisation"]["name"] == "Jo"
    assert [str(each) for each in found.leftovers] == ["“heat trees” (the file's property “keywords”)"]


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
    first, heading, last = data(found)["sections"][0]["blocks"]
    assert first["text"].strip().split("\n\n") == [
        "**Weir**",
        "A low wall.",
        "A verse",
        "of two lines",
        "kept = 3",
        "A box.",
    ]
    assert (heading, last["text"].strip()) == (
        {"heading": "Mend the banks"},
        "We mend two.\n\nA quotation.\n\n- a point",
    )
    assert found.leftovers == ()


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# Mara walks home\n\n## Case study\n\nShe walks.\n", ["Mara walks home"]),
        ("# Case studies\n\n## Mara\n\nShe walks.\n\n## Tim\n\nHe rides.\n", ["Mara", "Tim"]),
        ("# Heat\n\nIt is hot.\n\n## Case study: Mara\n\nShe walks.\n\n# Case study\n", ["Mara"]),
        ("# Ask 1: Shade\n\nWe ask for shade.\n\n## Case study: Mara\n\nShe walks.\n", ["Mara"]),
    ],
)
def test_a_case_study_has_the_heading_beside_its_label(tmp_path, text, headings):
    assert [each["heading"] for each in data(of_text(tmp_path, f"# Report\n\n{text}"))["case_studies"]] == headings


LONG = "It pays for two teachers in every district of the country, and for the books that they need."
TABLE = f"| Teachers, $3 million | Books, $2 million |\n|---|---|\n| {LONG} | {LONG} |\n"
LIST = "1. **Teachers.** They are few.\n    - in the north\n2. Books. They are old.\n"


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (f"# Schools\n\nThey are full.\n\n## Our asks\n\n{TABLE}", ["They are full."]),
        (f"# Our asks\n\nTwo things.\n\n{LIST}", ["Two things."]),
        (f"# Our asks\n\n{LIST}", []),
    ],
)  # fmt: skip
def test_asks_in_a_table_or_a_list_are_those_of_the_theme_around_them(tmp_path, text, blocks):
    found = data(of_text(tmp_path, f"# Report\n\n{text}"))
    assert [(each["title"], each.get("theme")) for each in found["asks"]] == [
        (title, found["themes"][0]["id"] if blocks else None) for title in ("Teachers", "Books")
    ]
    assert [word for theme in found.get("themes", []) for block in theme["blocks"] for word in block.values()] == blocks


def test_what_follows_the_last_of_the_numbered_asks_is_none(tmp_path):
    found = data(of_text(tmp_path, "# Our asks\n\n## Ask 1: Shade\n\nWe ask for shade.\n\n## Thanks\n\nMany helped.\n"))
    assert [each["title"] for each in found["asks"]] == ["Shade"]
    assert [each["heading"] for each in found["appendices"]] == ["Thanks"]
