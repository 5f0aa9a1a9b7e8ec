"""The locales that ship have every label that templates and charts print, and no others."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
import yaml

from briefpack.brief.model import OwnCurrency
from briefpack.plan import locales
from briefpack.text import numbers
from briefpack.text.locale import LISTS, TERMS, is_right_to_left, placeholders
from projects import LANGUAGES, REPOSITORY, english, language


@pytest.mark.parametrize("name", LANGUAGES)
def test_ships_no_label_that_never_prints(name):
    locale = language(name)
    filled = locales._filled(tuple(locales._uses(REPOSITORY)), locale.scales)
    forms = (*locale.plurals, "other")
    stems = {name: locales._stem(name, forms, filled) for name in locale.labels}
    # A print set looks for the name of each kind of document that the layout makes.
    assert [name for name, stem in stems.items() if stem not in filled and not name.startswith("document-")] == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_ships_every_label_that_a_template_or_a_chart_prints(name):
    labels = language(name).labels
    called = {use.label for use in locales._uses(REPOSITORY)}
    assert len(called) > 50
    assert [name for name in sorted(called) if not {name, f"{name}-other"} & labels.keys()] == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_ships_the_placeholders_that_something_fills_in(name):
    locale = language(name)
    filled = locales._filled(tuple(locales._uses(REPOSITORY)), locale.scales)
    forms = (*locale.plurals, "other")
    for label, text in locale.labels.items():
        assert placeholders(text) <= filled.get(locales._stem(label, forms, filled), frozenset()), label


@pytest.mark.parametrize("name", LANGUAGES)
def test_ships_the_documents_and_lists_that_english_has(name):
    labels = language(name).labels
    assert {each for each in english().labels if each.startswith("document-")} <= labels.keys()
    assert [len(language(name).listed(each)) >= least for each, least in LISTS.items()] == [True] * len(LISTS)


@pytest.mark.parametrize("language", ["ar", "he", "fa-IR", "ur", "pa-Arab", "az-Arab-IR", "yi"])
def test_knows_a_language_written_from_right_to_left(language):
    assert is_right_to_left(language)


@pytest.mark.parametrize("language", ["en-AU", "fr", "vi", "zh-Hans", "tl", "pa", "az", "ku-Latn", "arn"])
def test_knows_a_language_written_from_left_to_right(language):
    assert not is_right_to_left(language)


def group(**more):
    words = SimpleNamespace(**{**dict.fromkeys(TERMS), "electorate": "riding"})
    return SimpleNamespace(language="en-AU", words=words, translations={}, **more)


@pytest.mark.parametrize("name", ["fr", "fr-CA"])
def test_prints_a_translation_of_the_words_of_a_set(name):
    canadian = group()
    canadian.translations = {"fr": SimpleNamespace(**{**dict.fromkeys(TERMS), "electorate": "comté"})}
    assert locales.merged(language("fr"), name, canadian).label("electorate") == "comté"
    assert locales.merged(language("fr"), name, canadian, {"electorate": "siège"}).label("electorate") == "siège"


def test_the_shipped_set_has_the_words_for_briefs_in_french():
    shipped = yaml.safe_load((REPOSITORY / "briefs/electorates/au-federal-2025/set.yaml").read_text(encoding="utf-8"))
    assert {*TERMS} <= {*shipped["translations"]["fr"]}


def test_a_file_that_is_like_another_has_all_its_labels():
    assert language("en-GB").labels.keys() == language("en-AU").labels.keys()
    assert language("en-GB").label("electorate") == "constituency"
    assert language("en-GB").listed("months") == language("en-AU").listed("months")


def test_prints_a_briefs_own_currency_with_its_sign():
    own = locales.with_sign(language("en-AU"), OwnCurrency(unit="AU$", sign="$"))
    twelve = Decimal(12000000)
    assert numbers.written(twelve, "AU$", own) == "$12\u00a0million"
    assert numbers.written(twelve, "AU$", locales.with_sign(language("en-AU"), None)) == "AU$12\u00a0million"
