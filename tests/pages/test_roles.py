"""A member's roles print below the name of the electorate, wherever a document says whom it is for."""

import datetime
import re
from dataclasses import replace

import pytest

from briefpack import charts, pages, plan
from briefpack.electorates import Role
from briefpack.project import Project
from briefpack.store import Store
from projects import REPOSITORY, frozen

pytestmark = pytest.mark.part(name="examples")

DAY = datetime.date(2026, 9, 19)
FISH, BOATS = Role("Minister for Fish", DAY), Role("Minister for Boats", DAY)
LONG = Role("Minister for the Rivers, Lakes, Harbours, Canals and Other Waters of the Whole Country", DAY)


@pytest.fixture(scope="module")
def composed(tmp_path_factory):
    """Return a function that composes a document of a member with these roles, and gives its HTML."""
    project, kept = frozen(), Store(tmp_path_factory.mktemp("roles"))

    def compose(kind, *roles, layout="ijm"):
        brief, made = plan.read(project, "ijm-federal-2025", layout, "screen")
        durack = brief.group.by_slug["durack"]
        holder = replace(durack, member=replace(durack.member, roles=roles))
        others = (each for each in brief.group.electorates if each is not durack)
        brief = replace(brief, group=replace(brief.group, electorates=(holder, *others)))
        asks = ("mekong-working-group",) if "leave" in kind else ()
        planned = plan.make(brief, made, plan.Wanted(national=False, electorates=(holder,), asks=asks, kinds=(kind,)))
        common = charts.made_from(made.look, brief.locale, project.root, charts.ground(brief.group))
        drawn = {drawing: charts.key(drawing, common, project.root) for drawing in planned.drawings}
        composed = pages.compose(pages.composer(planned, project.root, drawn, kept), planned.documents[0])
        return [piece.html for piece in composed.pieces] + [stamp.piece.html for stamp in composed.stamps]

    return compose


@pytest.fixture(scope="module")
def printed(composed):
    """Return a function that gives what such a document prints of the roles."""

    def read(kind, *roles, layout="ijm"):
        texts = composed(kind, *roles, layout=layout)
        found = [found for text in texts for found in re.findall(r'<p class="(roles[^"]*)">(.*?)</p>', text)]
        return [(form, re.sub(r"<[^>]+>", "", words).replace("\u00a0", " ")) for form, words in found]

    return read


@pytest.mark.parametrize("layout", ["ijm", "plain"])
def test_the_cover_and_the_electorates_page_print_the_roles(printed, layout):
    said = ("roles", "Minister for Fish; Minister for Boats")
    assert printed("pack", FISH, BOATS, layout=layout) == [said, said]
    assert printed("leave-behind", FISH, BOATS, layout=layout) == [said]


def test_longer_roles_are_smaller_and_those_without_room_are_left_out(printed):
    [(form, words)] = printed("leave-behind", LONG, FISH, BOATS)
    assert (form, words.split("; ")[1:]) == ("roles longer", ["Minister for Fish", "Minister for Boats"])
    [(form, words)] = printed("leave-behind", LONG, FISH, BOATS, Role("Minister for Lighthouses", DAY))
    assert "Lighthouses" not in words
    assert printed("leave-behind", replace(LONG, title=LONG.title[:80]))[0][0] == "roles long"


def test_a_french_page_has_neither_an_english_office_nor_a_word_that_tells_a_gender(tmp_path):
    project = Project(REPOSITORY)
    brief, made = plan.read(project, "_examples/platform-fr", "ijm", "screen")
    minister = brief.group.by_slug["blaxland"]
    planned = plan.make(brief, made, plan.Wanted(national=False, electorates=(minister,)))
    common = charts.made_from(made.look, brief.locale, project.root, charts.ground(brief.group))
    drawn = {drawing: charts.key(drawing, common, project.root) for drawing in planned.drawings}
    composer = pages.composer(planned, project.root, drawn, Store(tmp_path))
    composed = [pages.compose(composer, document) for document in planned.documents]
    html = "".join(piece.html for each in composed for piece in (*each.pieces, *(made.piece for made in each.stamps)))
    assert html.count("Circonscription de Blaxland") > 2
    assert re.findall(r"Minister|Jason Clare.MP|[Dd]éputé", html) == []
