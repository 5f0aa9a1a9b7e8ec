"""The headline of an electorate's page: what stands out there, and never more than is known."""

from collections import Counter
from decimal import Decimal

import pytest

from briefpack import plan
from briefpack.brief import markdown
from briefpack.brief.figures import Ledger
from briefpack.brief.local_page import HeadlineRule
from briefpack.charts import kinds
from briefpack.electorates import Fact, headlines, local, standing
from briefpack.electorates.standing import Ranked
from briefpack.project import Project
from projects import TESTS

MOST_ALIKE = 30


def rule(name, when, fact="sheep", among=None):
    return HeadlineRule(id=name, fact=fact, when=when, among=among, heading="Sheep")


def facts(numbers, fact="sheep"):
    """Return each place's fact: numbers are exact values or (value, low, high)."""
    ranges = {key: (each, each, each) if isinstance(each, int) else each for key, each in numbers.items()}
    standings = standing.of({key: Ranked(*map(Decimal, each)) for key, each in ranges.items()})
    return {
        key: Fact(
            id=fact, value=Decimal(ranges[key][0]), unit="sheep", label="sheep", level="electorate", estimate=False,
            source="register", as_at="2025", state_value=None, nation_value=None, standing=standings[key],
        )
        for key in numbers
    }  # fmt: skip


def chosen(rules, numbers, key, says=lambda _rule: True):
    found = facts(numbers)
    rule = headlines.choose(rules, lambda fact: found[key] if fact == "sheep" else None, says)
    return rule.id if rule else None


def test_takes_the_first_rule_that_applies():
    rules = (rule("first", "highest"), rule("second", "highest", among=2), rule("last", "lowest"))
    numbers = {"a": 9, "b": 8, "c": 7, "d": 1}
    assert [chosen(rules, numbers, key) for key in numbers] == ["first", "second", None, "last"]


def test_takes_the_best_place_before_the_first_rule():
    numbers = {"sheep": {"a": 7, "b": 9, "c": 8}, "goats": {"a": 9, "b": 8, "c": 7}}
    found = {fact: facts(each, fact)["a"] for fact, each in numbers.items()}
    sheep, goats = rule("sheep", "highest", among=10), rule("goats", "highest", "goats", among=10)
    assert headlines.choose((sheep, goats), found.get, lambda _rule: True) is goats


def test_takes_the_first_rule_of_equal_places():
    rules = (rule("first", "highest", among=2), rule("second", "highest"))
    assert chosen(rules, {"a": 9, "b": 8, "c": 7}, "a") == "first"


def test_gives_no_first_place_to_two():
    assert chosen((rule("first", "highest"),), {"a": 9, "b": 9, "c": 1}, "a") is None


def test_gives_an_estimate_only_a_place_that_it_has_for_certain():
    rules = (rule("first", "highest"), rule("ten", "highest", among=2))
    assert chosen(rules, {"a": (9, 8, 10), "b": (7, 6, 8), "c": 1}, "a") == "ten"
    assert chosen(rules, {"a": (9, 8, 10), "b": (6, 5, 7), "c": 1}, "a") == "first"


def test_takes_the_rule_furthest_from_the_median():
    numbers = {str(n): n for n in range(11)}
    rules = (rule("above", "above-median"), rule("below", "below-median"))
    assert [chosen(rules, numbers, key) for key in ("9", "1", "5")] == ["above", "below", None]


def test_limits_a_rule_about_the_median_to_those_among_the_highest():
    numbers = {str(n): n for n in range(11)}
    rules = (rule("far", "above-median", among=3), rule("near", "above-median"))
    assert [chosen(rules, numbers, key) for key in ("9", "6")] == ["far", "near"]


def test_passes_over_a_rule_whose_words_name_something_unknown():
    rules = (rule("unknown", "highest"), rule("known", "highest"))
    assert chosen(rules, {"a": 9, "b": 1}, "a", lambda rule: rule.id == "known") == "known"


@pytest.fixture(scope="module")
def table():
    """Return the rule and the words of each electorate of the brief that ships."""
    project = Project(TESTS.parent)
    loaded = plan.read_brief(project, "ijm-federal-2025", kinds(project.root / "charts"))
    found = {}
    for each in loaded.group.electorates:
        fields = local.fields(loaded.group, each, loaded.locale)
        content = local.LocalContent(loaded.brief, loaded.group, each, loaded.locale, fields)
        ledger = Ledger(loaded.brief, loaded.locale, fields)
        found[each.name] = (content.headline.rule, markdown.plain(content.headline.heading, ledger))
    return found


def test_shows_the_ask_that_the_headline_is_about():
    project = Project(TESTS.parent)
    loaded = plan.read_brief(project, "ijm-federal-2025", kinds(project.root / "charts"))
    about = {rule.id: rule.ask for rule in loaded.brief.local.headlines}
    found = {}
    for each in loaded.group.electorates:
        fields = local.fields(loaded.group, each, loaded.locale)
        content = local.LocalContent(loaded.brief, loaded.group, each, loaded.locale, fields)
        found[each.name] = (about.get(content.headline.rule), [shown.ask.id for shown in content.asks(3)])
    assert found["Kingsford Smith"][0] == "anti-trafficking-training"
    assert {name: ids for name, (ask, ids) in found.items() if (ask and ask not in ids) or len(ids) > 3} == {}


def test_ties_the_ask_of_a_headline_to_the_headlines_fact():
    project = Project(TESTS.parent)
    loaded = plan.read_brief(project, "ijm-federal-2025", kinds(project.root / "charts"))

    def sentence(slug):
        each = loaded.group.by_slug[slug]
        fields = local.fields(loaded.group, each, loaded.locale)
        content = local.LocalContent(loaded.brief, loaded.group, each, loaded.locale, fields)
        return next(shown.sentence for shown in content.asks(3) if shown.ask.id == "anti-trafficking-training")

    assert "{born-thailand:capital}" in sentence("sydney")
    assert "{born-indonesia:capital}" in sentence("kingsford-smith")


def test_takes_the_community_of_the_highest_place(table):
    """Kingsford Smith is second for people born in Indonesia, and seventh at best for those born in Thailand."""
    assert table["Kingsford Smith"][0] == "two-largest-indonesian-born-communities"


def test_shares_no_pattern_among_more_than_thirty_electorates(table):
    counts = Counter(rule for rule, _ in table.values())
    assert max(counts.values()) <= MOST_ALIKE, counts


def test_has_a_headline_of_two_lines_for_each_electorate(table):
    assert {name: words for name, (_, words) in table.items() if not 20 <= len(words) <= 68} == {}


def test_says_nothing_of_the_margin(table):
    assert not [words for _, words in table.values() if "margin" in words]
