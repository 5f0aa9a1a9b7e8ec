"""What the pages of the examples print, and where, before they are laid out."""

from functools import cache

import pytest

from briefpack import build, output, pages
from briefpack.project import Project
from briefpack.store import Store
from projects import REPOSITORY


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Return a function that gives the HTML of a piece of an example's pack, by the id of its ask or theme."""
    folder = tmp_path_factory.mktemp("examples")

    @cache
    def pieces(example, place):
        places = (place,) if place else ()
        project, name = Project(REPOSITORY), f"_examples/{example}"
        asked = output.Request(project, name, "ijm", folder, kinds=("pack",), national=not places, electorates=places)
        planned = build.prepare(asked)
        writer = pages.composer(planned, REPOSITORY, dict.fromkeys(planned.drawings, "0"), Store(folder / "store"))
        return [piece.html for piece in pages.compose(writer, planned.documents[0]).pieces]

    return lambda example, name, place=None: next(
        html for html in pieces(example, place) if '<section class="part' in html and f'id="{name}"' in html
    )


@pytest.mark.part(name="examples")
def test_a_key_figure_is_in_the_narrow_column_where_nothing_about_a_place_is(page):
    html = page("letter", "ask-sunday-opening")
    terms = html[html.index('class="terms"') : html.index('class="reading"')]
    assert 'data-field="asks.sunday-opening.key_figure"' in terms
    assert "key-row" not in html


@pytest.mark.part(name="examples")
def test_a_key_figure_is_beside_the_text_below_a_place_and_a_picture(page):
    html = page("housing", "ask-insulation-fund", "lingiari")
    *_, band = html.split('<div class="band"')
    assert band.index("key-row") > band.index('class="wide"')
    assert "own-place" in html


@pytest.mark.part(name="examples")
def test_a_theme_says_which_of_its_asks_follow(page):
    assert "Four asks follow" in page("platform", "theme-help-at-home")
    assert "Our four asks" in page("platform", "theme-secure-home")


@pytest.mark.part(name="examples")
def test_numerals_of_two_digits_are_set_smaller(page):
    html = page("platform", "theme-secure-home")
    assert '<span class="n" data-tag="Lbl"><span aria-label="Ask 9">9</span></span>' in html
    assert '<span class="n tens" data-tag="Lbl"><span aria-label="Ask 10">10</span></span>' in html
