"""The local facts of an electorate: its fields, figures, sentences and credits."""

import re
import shutil
from collections import Counter
from decimal import Decimal

import pytest

from briefpack import electorates, plan
from briefpack.brief import markdown
from briefpack.brief.figures import Ledger
from briefpack.brief.local_page import HeadlineRule, LocalAsk, LocalFact, LocalGlance, LocalPanel, LocalStrip, Rank
from briefpack.brief.model import Panel
from briefpack.electorates import Fact, local
from briefpack.electorates.facts import Ranked, standings
from briefpack.project import Project
from briefpack.text import numbers, typography
from projects import TESTS, english, frozen

SET = "briefs/electorates/norland"
WANTED = ("people", "sheep", "old-share", "boats")


@pytest.fixture(scope="module")
def brief():
    """Return the frozen brief, which has none of the second set's facts."""
    return plan.read_brief(frozen(), "ijm-federal-2025").brief


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


@pytest.mark.parametrize(
    ("slug", "possessive", "state", "people"),
    [
        ("durack", "Durack’s", "Western Australia", "Western Australians"),
        ("hughes", "Hughes’s", "New South Wales", "people in New South Wales"),
    ],
)
def test_writes_names_as_they_read_in_a_sentence(slug, possessive, state, people):
    federal = electorates.load(frozen(), "au-federal-2025")
    fields = local.fields(federal, federal.by_slug[slug], english())
    assert (fields["electorate-possessive"], fields["state"], fields["people"]) == (possessive, state, people)


def test_leaves_out_a_fact_that_an_electorate_lacks(group):
    head, islands = group.by_slug["marsh-head"], group.by_slug["outer-isles"]
    assert [each.fact for each in local.known(wanted(*WANTED), head)] == ["people", "sheep", "boats"]
    assert [each.fact for each in local.known(wanted(*WANTED), islands)] == ["people", "old-share", "boats"]


def test_shows_the_fact_of_the_headline_before_any_other(brief, group):
    rule = HeadlineRule(id="boats", fact="boats", when="above-median", heading="Boats")
    sheep = HeadlineRule(id="people", fact="people", when="highest", among=9, heading="People")
    for rules, first in (((), "sheep"), ((rule,), "sheep"), ((sheep,), "people")):
        own = LocalGlance(heading="Here", headlines=rules)
        panel = panel_of(brief.model_copy(update={"local": own}), group, "marsh-head")
        assert [fact.caption for fact in panel.facts(wanted("sheep", "people"), 1)] == [first]


LARGE = Rank(fact="people", when="highest", among=2)
TOUCHING = (
    LocalAsk(ask="child-protection-compact", stands_out=LARGE, sentences=("{people} people live here.",)),
    LocalAsk(ask="digital-duty-of-care", sentences=("It touches us.", "{people} people are touched.")),
    LocalAsk(ask="child-protection-compact", sentences=("Some people live here.",)),
    LocalAsk(ask="mekong-working-group", stands_out=LARGE, sentences=("Many people live here.",)),
)
STRIPS = (
    LocalStrip(fact="boats", ask="mekong-working-group"),
    LocalStrip(fact="old-share", ask="digital-duty-of-care"),
    LocalStrip(fact="sheep"),
    LocalStrip(fact="people", ask="digital-duty-of-care"),
)


def page_of(brief, group, slug, *rules):
    own = LocalGlance(heading="Here", headlines=rules, asks=TOUCHING, strips=STRIPS)
    return panel_of(brief.model_copy(update={"local": own}), group, slug)


@pytest.mark.parametrize(
    ("slug", "sentences"),
    [
        ("marsh-head", ["It touches us.", "{people} people live here.", "Many people live here."]),
        ("ostby", ["It touches us.", "Some people live here."]),
    ],
)
def test_links_an_ask_where_a_number_stands_out(brief, group, slug, sentences):
    assert [shown.sentence for shown in page_of(brief, group, slug).asks(3)] == sentences


def test_begins_with_the_headlines_ask_and_fact(brief, group):
    rule = HeadlineRule(id="many", fact="people", when="highest", heading="Many", ask="digital-duty-of-care")
    page = page_of(brief, group, "marsh-flats", rule)
    assert [shown.sentence for shown in page.asks(1)] == ["{people} people are touched."]
    assert [strip.fact for strip in page.strips(page.asks(1))] == ["people", "old-share", "sheep"]
    assert [strip.fact for strip in page.strips(None)] == ["people", "old-share", "boats", "sheep"]
    plain = page_of(brief, group, "marsh-flats")
    assert [strip.fact for strip in plain.strips(plain.asks(3))] == ["boats", "old-share", "sheep", "people"]


@pytest.mark.parametrize(
    ("slug", "others", "facts"),
    [
        ("marsh-head", 2, ["people", "boats", "sheep"]),
        ("ostby", 2, ["boats", "sheep"]),
        # One strip alone would leave the page half empty.
        ("ostby", 1, ["people", "boats"]),
    ],
)
def test_leaves_out_a_strip_that_argues_against_its_ask(brief, group, slug, others, facts):
    strips = (LocalStrip(fact="people", stands_out=LARGE), LocalStrip(fact="boats"), LocalStrip(fact="sheep"))
    own = LocalGlance(heading="Here", asks=TOUCHING, strips=strips[: 1 + others])
    page = panel_of(brief.model_copy(update={"local": own}), group, slug)
    assert [strip.fact for strip in page.strips(None)] == facts


@pytest.mark.parametrize(
    ("facts", "sentences", "national", "tells"),
    [
        (("sheep",), (), False, True),
        (("old-share",), (), False, False),
        (("old-share",), ("Ours.",), False, True),
        (("old-share",), ("{old-share} of us.",), False, False),
        (("old-share",), ("Ours.",), True, False),
        ((), ("Ours.",), True, True),
        ((), (), False, False),
    ],
)
def test_tells_whether_an_ask_has_words_for_an_electorate(brief, group, facts, sentences, national, tells):
    words = LocalPanel.model_construct(facts=wanted(*facts), sentences=sentences)
    nation = Panel.model_construct(sentence="Everybody's.") if national else None
    ask = brief.asks[0].model_copy(update={"local": words, "national": nation})
    panel = panel_of(brief, group, "marsh-head")
    assert panel.tells_of(ask) == tells
    assert not panel.tells_of(ask.model_copy(update={"local": None}))


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


def test_a_survey_fact_has_confidence_limits_as_fields(group, tmp_path):
    path = tmp_path / SET / "set.yaml"
    text = path.read_text("utf-8").replace("    label: sheep\n", "    label: sheep\n    error: error\n", 1)
    path.write_text(text, "utf-8")
    rows = (tmp_path / SET / "people.csv").read_text("utf-8").splitlines()
    errors = ("error", *(["10"] * (len(rows) - 1)))
    (tmp_path / SET / "people.csv").write_text(
        "\n".join(f"{row},{error}" for row, error in zip(rows, errors, strict=True)) + "\n", "utf-8"
    )
    surveyed = electorates.load(Project(tmp_path), "norland")
    fields = local.fields(surveyed, surveyed.by_slug["ostby"], english())
    # 20 less and plus 1.96 × 10% of 20, as whole numbers.
    assert (fields["sheep-low"], fields["sheep"], fields["sheep-high"]) == ("16", "20", "24")
    assert {"sheep-low", "sheep-high"} <= {*local.names(surveyed)}
    assert not {"sheep-low", "sheep-high"} & {*local.names(group)}


MOST_ALIKE = 30


def rule(name, when, fact="sheep", among=None):
    return HeadlineRule(id=name, fact=fact, when=when, among=among, heading="Sheep")


def facts(numbers, fact="sheep"):
    """Return each place's fact: numbers are exact values or (value, low, high)."""
    ranges = {key: (each, each, each) if isinstance(each, int) else each for key, each in numbers.items()}
    places = standings({key: Ranked(*map(Decimal, each)) for key, each in ranges.items()})
    return {
        key: Fact(
            id=fact, value=Decimal(ranges[key][0]), unit="sheep", label="sheep", level="electorate", estimate=False,
            source="register", as_at="2025", state_value=None, nation_value=None, standing=places[key],
        )
        for key in numbers
    }  # fmt: skip


def chosen(rules, numbers, key, says=lambda _rule: True):
    found = facts(numbers)
    rule = local.choose(rules, lambda fact: found[key] if fact == "sheep" else None, says)
    return rule.id if rule else None


def test_takes_the_first_rule_that_applies():
    rules = (rule("first", "highest"), rule("second", "highest", among=2), rule("last", "lowest"))
    numbers = {"a": 9, "b": 8, "c": 7, "d": 1}
    assert [chosen(rules, numbers, key) for key in numbers] == ["first", "second", None, "last"]


def test_gives_an_estimate_only_a_place_that_it_has_for_certain():
    rules = (rule("first", "highest"), rule("ten", "highest", among=2))
    assert chosen(rules, {"a": (9, 8, 10), "b": (7, 6, 8), "c": 1}, "a") == "ten"
    assert chosen(rules, {"a": (9, 8, 10), "b": (6, 5, 7), "c": 1}, "a") == "first"


def test_takes_the_rule_furthest_from_the_median():
    numbers = {str(n): n for n in range(11)}
    rules = (rule("above", "above-median"), rule("below", "below-median"))
    assert [chosen(rules, numbers, key) for key in ("9", "1", "5")] == ["above", "below", None]


@pytest.fixture(scope="module")
def table():
    """Return the rule and the words of each electorate of the brief that ships."""
    project = Project(TESTS.parent)
    loaded = plan.read_brief(project, "ijm-federal-2025")
    found = {}
    for each in loaded.group.electorates:
        fields = local.fields(loaded.group, each, loaded.locale)
        content = local.LocalContent(loaded.brief, loaded.group, each, loaded.locale, fields)
        ledger = Ledger(loaded.brief, loaded.locale, fields)
        found[each.name] = (content.headline.rule, markdown.plain(content.headline.heading, ledger))
    return found


def test_shows_the_ask_that_the_headline_is_about():
    project = Project(TESTS.parent)
    loaded = plan.read_brief(project, "ijm-federal-2025")
    about = {rule.id: rule.ask for rule in loaded.brief.local.headlines}
    found = {}
    for each in loaded.group.electorates:
        fields = local.fields(loaded.group, each, loaded.locale)
        content = local.LocalContent(loaded.brief, loaded.group, each, loaded.locale, fields)
        found[each.name] = (about.get(content.headline.rule), [shown.ask.id for shown in content.asks(3)])
    assert found["Kingsford Smith"][0] == "anti-trafficking-training"
    assert {name: ids for name, (ask, ids) in found.items() if (ask and ask not in ids) or len(ids) > 3} == {}


def test_shares_no_pattern_among_more_than_thirty_electorates(table):
    counts = Counter(rule for rule, _ in table.values())
    assert max(counts.values()) <= MOST_ALIKE, counts


def test_has_a_headline_of_two_lines_for_each_electorate(table):
    assert {name: words for name, (_, words) in table.items() if not 20 <= len(words) <= 68} == {}


ORIGINS = ("{born-", "{filipino-ancestry")
CRIME = re.compile(r"\b(police|crimes?|criminals?|scam\w*|offenders?)\b", re.IGNORECASE)


def test_names_no_birthplace_or_ancestry_beside_police_or_crime():
    local_page = plan.read_brief(Project(TESTS.parent), "ijm-federal-2025").brief.local
    words = [f"{rule.heading} {rule.standfirst}" for rule in local_page.headlines]
    words += [sentence for ask in local_page.asks for sentence in ask.sentences]
    named = [each for each in words if any(origin in each for origin in ORIGINS)]
    assert named
    assert [each for each in named if CRIME.search(each)] == []
