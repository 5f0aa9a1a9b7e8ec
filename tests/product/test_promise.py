"""The one-page promise on the real brief: a little more text still fits, and much more is reported as overset."""

import functools
import itertools
import math
import re
from dataclasses import replace

import pytest

from briefpack import charts, pages, plan, typeset
from briefpack.build.jobs import draw
from briefpack.store import Store
from projects import frozen

pytestmark = pytest.mark.part(name="lengths")

BRIEF = "ijm-federal-2025"
MORE = "and so the work goes on in every place where people need the help of those who can give it to them"
FIGURE = re.compile(r"\{[^}]*\}")
ASKS = (
    "digital-duty-of-care", "technical-capacity-building", "child-protection-compact", "double-accce",
    "anti-trafficking-training", "p2p-programme", "mekong-working-group",
)  # fmt: skip


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    """Return a function that lays out the leave-behind of an ask after a change of its text."""
    return laid_out_in("ijm", Store(tmp_path_factory.mktemp("promise")))


def laid_out_in(layout_name, kept):
    """Return such a function for a layout."""
    project = frozen()
    brief, layout = plan.read(project, BRIEF, layout_name, "screen")
    ground = charts.ground(brief.group)
    common = charts.made_from(layout.look, brief.locale, project.root, ground)
    task = draw.Draw(layout.look, brief.locale, project.root, kept, ground, common)

    def lay_out(ask_id, change):
        asks = tuple(
            ask.model_copy(update={"leave_behind": change(ask.leave_behind)}) if ask.id == ask_id else ask
            for ask in brief.brief.asks
        )
        changed = replace(brief, brief=brief.brief.model_copy(update={"asks": asks}))
        planned = plan.make(changed, layout, plan.Wanted(asks=(ask_id,)))
        drawn = {drawing: charts.key(drawing, common, project.root) for drawing in planned.drawings}
        for pair in drawn.items():
            if kept.get(pair[1]) is None:
                assert task(pair) is None
        composed = pages.compose(pages.composer(planned, project.root, drawn, kept), planned.documents[0])
        return typeset.piece(composed.pieces[0], project.root, kept)

    return lay_out


def longer(text, share):
    words = round(len(text.split()) * share)
    more = MORE.split()
    return " ".join([text.rstrip(), *(more[n % len(more)] for n in range(words))])


def grown(share):
    """Return a function that lengthens every multi-line text of a leave-behind by a share of its words."""

    def change(leave_behind):
        reasons = tuple(each.model_copy(update={"text": longer(each.text, share)}) for each in leave_behind.reasons)
        texts = {name: longer(getattr(leave_behind, name), share) for name in ("standfirst", "action")}
        return leave_behind.model_copy(update={"reasons": reasons, **texts})

    return change


def printed(reason):
    """Return the number of words in a reason with its figures written out."""
    return sum(len(FIGURE.sub("over 36 million", " ".join(part)).split()) for part in reason)


def cut(change, field, words):
    """Return a function that makes a change and then cuts words from the end of the longest text of a field."""

    def changed(leave_behind):
        found = change(leave_behind)
        if field != "reasons":
            return found.model_copy(update={field: " ".join(getattr(found, field).split(" ")[:-words])})
        points, texts = ([getattr(each, part).split() for each in found.reasons] for part in ("point", "text"))
        for _ in range(words):
            max(zip(points, texts, strict=True), key=printed)[1].pop()
        reasons = (
            each.model_copy(update={"text": " ".join(text)}) for each, text in zip(found.reasons, texts, strict=True)
        )
        return found.model_copy(update={"reasons": tuple(reasons)})

    return changed


@pytest.mark.parametrize("ask", ASKS)
def test_fits_a_leave_behind_that_grows_by_a_twentieth(press, ask):
    made = press(ask, grown(0.05))
    assert (made.pages, made.spills, made.problems) == (1, (), ())


def of_length(text, words):
    """Return a text repeated or cut, so that it prints a number of words."""
    found = []
    for part in itertools.cycle(text.split()):
        missing = words - len(FIGURE.sub("over 36 million", " ".join(found)).split())
        if not missing:
            return " ".join(found)
        found.append(part if len(FIGURE.sub("over 36 million", part).split()) <= missing else "people")


def filled(room, leave_behind):
    """Return a leave-behind with as many words in each field as a layout says it has room for, beside a tall chart."""
    points = sum(len(each.point.split()) for each in leave_behind.reasons)
    each, more = divmod(room["reasons"] - points, len(leave_behind.reasons))
    reasons = tuple(
        reason.model_copy(update={"text": of_length(reason.text, each + (number < more))})
        for number, reason in enumerate(leave_behind.reasons)
    )
    texts = {name: of_length(getattr(leave_behind, name), room[name]) for name in ("headline", "standfirst", "action")}
    return leave_behind.model_copy(update={"reasons": reasons, "chart": "offending", **texts})


@pytest.mark.parametrize("name", ["ijm", "plain"])
def test_has_room_for_the_words_that_the_layout_promises_beside_a_tall_chart(tmp_path, name):
    brief, layout = plan.read(frozen(), BRIEF, name, "screen")
    document = plan.make(brief, layout, plan.Wanted(asks=("digital-duty-of-care",))).documents[0]
    assert document.spec.tallest_chart_mm - 5 < document.charts["offending"].height_mm <= document.spec.tallest_chart_mm
    lay_out = laid_out_in(name, Store(tmp_path))
    for ask in ASKS:
        assert lay_out(ask, functools.partial(filled, document.spec.room)).spills == (), ask


@pytest.mark.parametrize("ask", ASKS)
def test_names_the_field_and_the_words_to_cut_if_a_leave_behind_more_than_doubles(press, ask):
    change = grown(1.7)
    (spill,) = press(ask, change).spills
    place, _, field = spill.field.rpartition(".")
    assert (re.sub(r"\d+", "0", place), field) == ("asks.0.leave_behind", "reasons")
    assert press(ask, cut(change, field, math.ceil(spill.words * 1.2))).spills == ()
    # Overset text is measured in lines, and an author who cuts other words gets other line breaks.
    if spill.lines > 1:
        assert press(ask, cut(change, field, math.floor(spill.words * 0.8))).spills
