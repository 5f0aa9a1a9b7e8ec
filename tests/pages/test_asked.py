"""The cover of a national pack says whom its asks are of, by who decides each."""

import re
from dataclasses import replace

import pytest

from briefpack import charts, pages, plan
from briefpack.store import Store
from projects import frozen


@pytest.fixture(scope="module")
def cover(tmp_path_factory):
    """Return a function that composes the national cover of a brief whose asks these deciders decide, in turn."""
    project, kept = frozen(), Store(tmp_path_factory.mktemp("asked"))
    brief, layout = plan.read(project, "ijm-federal-2025", "ijm", "screen")
    common = charts.made_from(layout.look, brief.locale, project.root, charts.ground(brief.group))

    def compose(*deciders, place=None, line="title"):
        asks = (
            ask.model_copy(update={"who_decides": deciders[nth % len(deciders)]})
            for nth, ask in enumerate(brief.brief.asks)
        )
        changed = brief.brief.model_copy(update={"asks": tuple(asks)})
        places = (brief.group.by_slug[place],) if place else ()
        wanted = plan.Wanted(national=not place, electorates=places, kinds=("pack",))
        planned = plan.make(replace(brief, brief=changed), layout, wanted)
        drawn = {drawing: charts.key(drawing, common, project.root) for drawing in planned.drawings}
        composed = pages.compose(pages.composer(planned, project.root, drawn, kept), planned.documents[0])
        html = next(piece.html for piece in composed.pieces if '<body class="cover"' in piece.html)
        return re.search(rf'<p class="{line}"[^>]*>([^<]*)</p>', html[html.index('class="what"') :])[1].strip()

    return compose


@pytest.mark.part(name="builds")
@pytest.mark.parametrize(
    ("deciders", "said"),
    [
        (
            ("The Parliament, by legislation", "The Australian Government"),
            "Seven asks of the Parliament and the Government",
        ),
        ((None,), "Seven asks of the Parliament"),
        (("The Parliament", "Transport ministers, by agreement"), "Seven asks"),
    ],
)
def test_the_national_cover_counts_the_asks_of_those_who_decide(cover, deciders, said):
    assert cover(*deciders).replace("\u00a0", " ") == said


@pytest.mark.part(name="examples")
def test_an_electorates_cover_counts_the_asks_after_the_kind_of_document(cover):
    assert cover(None, place="durack", line="label") == "Briefing pack · Federal election 2025: Seven asks"
