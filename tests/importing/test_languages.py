"""A draft in another language is read with the words and the numbers of that language."""

import pytest

from briefpack import importing
from imported import DRAFTS, data, of_file

KNOWN = ("en-AU", "en-GB", "fr", "vi", "zh-Hans")


@pytest.mark.parametrize(
    ("tag", "chosen"),
    [("", "en-AU"), ("en-GB", "en-GB"), ("fr", "fr"), ("zh-CN", "zh-Hans")],
)
def test_the_language_of_the_project_that_is_nearest_is_chosen(tag, chosen):
    assert importing.choose_language(tag, KNOWN) == chosen


def test_a_french_draft_has_its_parts_and_its_figures():
    found = of_file(DRAFTS / "toit.md")
    read = data(found)
    assert read["language"] == "fr"
    assert [each["title"] for each in read["asks"]] == ["Un fonds pour les logements"]
    assert [each["heading"] for each in read["case_studies"]] == ["Lina"]
    assert read["glossary"] == [{"term": "Loyer", "meaning": "le prix d'un logement"}]
    assert [(each["value"], each["unit"], each.get("hedge")) for each in read["figures"].values()] == [
        ("612", "€", None),
        ("18", "%", None),
        ("12500000", "€", None),
    ]
    assert read["sources"]["observatoire-exemple-2025"]["date"] == "mars 2025"
    assert [each for each in found.leftovers if "no key" in each.reason] == []
