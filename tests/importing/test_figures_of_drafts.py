"""Numbers in a draft become figures, linked where they occur."""

import pytest

from imported import data, of_text


@pytest.fixture
def figures(tmp_path):
    """Return a function that imports a paragraph, and returns its figures and the text that names them."""

    def read(text):
        found = data(of_text(tmp_path, f"# Problem\n\n{text}\n"))
        return found.get("figures", {}), " ".join(found["sections"][0]["blocks"][0]["text"].split())

    return read


@pytest.mark.parametrize(
    ("text", "value", "unit", "linked"),
    [
        ("It costs $4 million.", "4000000", "AU$", "It costs {costs}."),
        ("It costs AU$1,100 a month.", "1100", "AU$", "It costs {costs} a month."),
        ("It costs £2.50 each.", "2.5", "£", "It costs {costs} each."),
        ("They were fined IDR 200 million.", "200000000", "IDR", "They were fined {fined}."),
        ("Fees rose by 37% in May.", "37", "%", "Fees rose by {fees-rose} in May."),
        ("Some 41 per cent of renters pay it.", "41", "%", "Some {renters-pay} of renters pay it."),
        ("Some 41 percent of renters pay it.", "41", "%", "Some {renters-pay} of renters pay it."),
        ("We spend $158,300+ a year.", "158300", "AU$", "We spend {spend}+ a year."),
        ("About $300 is lost.", "300", "AU$", "About {problem-lost} is lost."),
    ],
)
def test_a_number_is_a_figure_with_its_unit(figures, text, value, unit, linked):
    found, written = figures(text)
    [figure] = found.values()
    assert (f"{float(figure['value']):g}", figure["unit"]) == (f"{float(value):g}", unit)
    assert figure["query"] == "unsourced-figures"
    assert written == linked


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 we met on 3 May.",
        "She is 41 years old.",
        "See section 12 of the Act.",
        "Call 02 5550 1234.",
        "Only 7 of them came.",
        "It rose by 4 percentage points.",
        "We met 2,500 people, 1 in 55 men.",
    ],
)
def test_dates_ages_and_counts_stay_as_typed(figures, text):
    assert figures(text) == ({}, text)


def test_a_query_names_the_numbers_that_stay_as_typed_with_their_places(tmp_path):
    found = of_text(tmp_path, "# Problem\n\nOnly 7 staff came, in 2024, of 300 people.\n\nThey kept 30 sheep.\n")
    asked = data(found)["queries"]["numbers"]["question"]
    assert asked == "Is any of these a figure: “7” (paragraph 2), “300” (paragraph 2), “30” (paragraph 3)?"


def test_a_number_takes_the_note_of_its_sentence(figures):
    found, _ = figures(
        "In all 40% of homes burned.[^a] Some 90% of families left.[^b] Later 70% of sheds fell. Rain came.[^b]\n\n[^a]: First\n[^b]: Second"
    )
    assert [each.get("source") for each in found.values()] == ["first", "second", None]


ASK = """# What we ask for

## Ask 1: Build homes

We ask the Government to build homes. {cost}

Supply has not kept up with the need. The program would buy:

- 25,000 homes
"""


@pytest.mark.parametrize(
    "cost",
    [
        "The cost is $6.2 billion, or $1.24 billion a year over five years.",
        "\n\nCost: $1.24 billion a year over five years ($6.2 billion in all)",
    ],
)
def test_an_ask_has_its_whole_cost_its_yearly_cost_and_its_period(tmp_path, cost):
    found = data(of_text(tmp_path, ASK.format(cost=cost)))
    [ask] = found["asks"]
    assert found["figures"][ask["amount"]]["value"] == "6200000000"
    assert found["figures"][ask["annual"]]["value"] == "1240000000"
    assert ask["period"] == "Over five years"
