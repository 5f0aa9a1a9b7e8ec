"""Editions: the built-in ones, and those that a layout defines."""

import pytest

from briefpack import layout
from briefpack.layout import editions
from briefpack.layout.model import Editions
from briefpack.problem import Problems

LARGE = """  large: {like: home, styles: [tiny/press.css], smallest_type_pt: 14, colours: rgb}
"""
FILE = "layouts/tiny/layout.yaml"


def of(**specs):
    return editions.of(Editions.model_validate(specs))


def test_offers_press_only_to_a_layout_with_a_printing_condition():
    assert list(of()) == ["screen", "home"]


def test_inherits_the_settings_of_the_edition_named_by_like():
    known = of(home={"styles": ["a.css"]}, large={"like": "home", "styles": ["b.css"], "smallest_type_pt": "14"})
    home, large = known["home"], known["large"]
    assert (large.name, large.smallest_type_pt, large.styles) == ("large", 14, ("a.css", "b.css"))
    assert (large.colours, large.least_dpi, large.print_settings) == (home.colours, home.least_dpi, True)


def test_each_edition_has_the_properties_that_its_checks_need():
    known = {name: set(edition.properties) for name, edition in editions.BUILT_IN.items()}
    assert known == {"screen": {"tagged"}, "home": {"tagged", "printed"}, "press": {"printed", "process-inks"}}


def test_loads_an_edition_that_the_layout_defines(project, edit):
    edit(FILE, "  press:\n", f"{LARGE}  press:\n")
    loaded = layout.load(project, "tiny", "large")
    assert (loaded.edition.name, loaded.edition.smallest_type_pt) == ("large", 14)
    assert loaded.look.colours == layout.load(project, "tiny", "screen").look.colours


def test_suggests_the_nearest_edition_to_a_mistyped_one(project, edit):
    edit(FILE, "  press:\n", f"{LARGE}  press:\n")
    with pytest.raises(Problems) as caught:
        layout.load(project, "tiny", "larg")
    [problem] = caught.value.problems
    assert (problem.message, problem.hint) == (
        'the layout has no edition called "larg"', "large, home, press or screen",
    )  # fmt: skip
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("  large: {like: larger}\n", 'editions.large.like: there is no edition called "larger"'),
        ("  large: {like: large}\n", 'editions.large.like: there is no edition called "large"'),
        ("  large: {smallest_type_pt: 14}\n", "editions.large: like is missing"),
        ("  large: {like: home, bleed_mm: 3}\n", "editions.large.bleed_mm: only an edition in process inks, such as press, has this key"),
        ("  large: {like: press, colours: grey}\n", "editions.large.colours: an edition in process inks can't print in RGB or grey"),
        ("  Large: {like: home}\n", 'editions.Large: "Large" is not a valid id'),
        ("  large: {like: home, styles: [tiny/gone.css]}\n", 'editions.large.styles: there is no file "tiny/gone.css" in layouts/'),
        ("  large: {like: home, profile: shared/profiles/fogra39-coated.icc}\n",
         'editions.large.profile: "shared/profiles/fogra39-coated.icc" is not the ICC profile of a screen'),
        ("  large: {like: press, text: [no-ink]}\n", 'editions.large.text[0]: there is no colour "no-ink" in tokens.yaml'),
    ],
)  # fmt: skip
def test_refuses_an_edition_that_cannot_be_made(project, edit, line, message):
    edit(FILE, "  press:\n", f"{line}  press:\n")
    with pytest.raises(Problems) as caught:
        layout.load(project, "tiny", "screen")
    assert message in [problem.message for problem in caught.value.problems]
