"""A leave-behind in each layout that ships: without a code, and with a figure set large in place of a chart."""

import re

import pytest

from briefpack.brief.blocks import KeyFigure
from briefpack.brief.model import Actions, Contact
from sections import Bench

ACTIONS = ("**Say** in Parliament that you support the fund.", "**Write** to the Treasurer.", "**Ask** when it begins.")


@pytest.fixture(scope="module", params=["ijm", "plain"])
def bench(request, tmp_path_factory) -> Bench:
    return Bench(request.param, tmp_path_factory.mktemp(request.param))


def sheet(bench: Bench, said: dict[str, object], **parts: object):
    """Return the page of the brief's first ask, its leave-behind changed, and its plan."""
    first = bench.brief.brief.asks[0]
    ask = first.model_copy(update={"link": None, "leave_behind": first.leave_behind.model_copy(update=said)})
    planned, pieces = bench.pieces(kind="leave-behind", asks=(ask,), **parts)
    return planned, next(piece for piece in pieces if 'class="sheet' in piece.html)


def stops(bench: Bench, planned, piece) -> list[str]:
    made, _ = bench.lay_out(planned, piece)
    return [*(each.text for each in made.problems if not each.warning), *map(str, made.spills)]


def test_three_things_to_do_without_a_code_stand_beside_each_other_above_the_foot(bench):
    sources = {key: each.model_copy(update={"url": None}) for key, each in bench.brief.brief.sources.items()}
    people = tuple(Contact(name=f"{name} Example", email="us@walk.example") for name in ("Ann", "Bo", "Cy"))
    planned, piece = sheet(bench, {"action": None, "actions": ACTIONS}, sources=sources, contacts=people)
    assert 'class="action uncoded"' in piece.html
    assert stops(bench, planned, piece) == []


def test_the_first_form_that_is_left_prints_in_place_of_the_actions(bench):
    forms = tuple(Actions(actions=(f"**Say** {words}.",)) for words in ("so yourself", "nothing"))
    _, piece = sheet(bench, {"action": None, "actions": ACTIONS, "actions_for": forms})
    assert re.findall(r"<li>(.*?)</li>", piece.html.partition('class="things"')[2].partition("</ul>")[0]) == [
        "<strong>Say</strong> so yourself."
    ]


def test_a_figure_set_large_cites_its_source_among_those_at_the_foot(bench):
    figures = bench.brief.brief.figures
    figure = next(key for key, each in figures.items() if each.source not in (None, "own"))
    planned, piece = sheet(bench, {"chart": None, "figure": KeyFigure(figure=figure, caption="people & places")})
    caption = re.search(r'<span class="caption">people &amp; places(.*?)</span>\n</p>', piece.html, re.DOTALL)[1]
    number = re.search(r'href="#cited-(\d+)"', caption)[1]
    noted = re.search(rf'<li id="cited-{number}">.*?</li>', piece.html, re.DOTALL)[0]
    assert bench.brief.brief.sources[figures[figure].source].publisher in noted
    assert stops(bench, planned, piece) == []


def test_a_caption_that_cites_its_source_has_one_mark(bench):
    figures = bench.brief.brief.figures
    figure, source = next((key, each.source) for key, each in figures.items() if each.source not in (None, "own"))
    _, piece = sheet(bench, {"chart": None, "figure": KeyFigure(figure=figure, caption=f"people[^{source}]")})
    evidence = piece.html.partition('class="evidence"')[2].partition('class="lower"')[0]
    assert evidence.count('class="cite"') == 1
