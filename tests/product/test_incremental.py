"""An edit remakes the documents that show it, with no more charts, pages or pieces than necessary."""

import shutil
from collections import Counter
from dataclasses import replace

import pytest

from briefpack import build, output, pool
from briefpack.project import Project
from isles import copy_isles
from isles import replace as edit_file
from projects import InProcess

SEATS = ("harbour", "north-harbour", "page", "wick")
PLACES = ("national", *SEATS)
ASKS = ("crossing-fund", "slow-streets")
BRIEF, SET, LAYOUT = "briefs/tiny/brief.yaml", "briefs/electorates/isles", "layouts/tiny"


def packs(*places):
    return {f"{place}/{place}-pack.pdf" for place in places or PLACES}


def leave_behinds(*asks, places=PLACES):
    return {f"{place}/{place}-leave-behind-{ask}.pdf" for place in places for ask in asks or ASKS}


EVERYTHING = packs() | leave_behinds()


def make(project, progress=build.no_progress, **changes):
    wanted = output.Request(project, "tiny", "tiny", project.root / "out", every=True)
    return build.run(replace(wanted, **changes), progress)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the project of the Isles, built once."""
    project = copy_isles(tmp_path_factory.mktemp("isles") / "project")
    report = make(project, jobs=2)
    assert set(report.made) == EVERYTHING
    assert report.problems == ()
    return project


@pytest.fixture
def isles(built, tmp_path, monkeypatch):
    """Return a copy of the built Isles, with documents and store, that a test may change."""
    monkeypatch.setattr(pool, "ProcessPoolExecutor", InProcess)
    shutil.copytree(built.root, tmp_path / "project")
    return Project(tmp_path / "project")


def files(project):
    """Return the time and the bytes of every finished document."""
    folder = project.root / "out/tiny/tiny/screen"
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*.pdf")
    }


@pytest.mark.part(name="rebuilds")
@pytest.mark.parametrize(
    ("file", "old", "new", "remade", "tasks"),
    [
        # Harbour's pack only: its leave-behinds don't name the member.
        (f"{SET}/seats.csv", "Ada Quill,Reed,Ada Quill", "Ada Quell,Reed,Ada Quell", packs("harbour"), {"pages": 6, "typeset": 1, "bind": 1}),
        # Its leave-behinds print this figure too, and other packs print the totals of its state and country.
        (f"{SET}/people.csv", "10111,1101", "10111,1191", packs(*SEATS) | leave_behinds(places=("harbour",)), {"pages": 24, "typeset": 5, "bind": 6}),
        # The body of each pack, one ask's leave-behinds, and the other ask's national leave-behind print this text.
        (
            BRIEF, "children-hurt: {value: 20", "children-hurt: {value: 25",
            packs() | leave_behinds("slow-streets") | leave_behinds("crossing-fund", places=("national",)),
            {"charts": 1, "pages": 30, "typeset": 4, "bind": 11},
        ),

        ("layouts/tokens.yaml", 'ink: {screen: "#16243A"', 'ink: {screen: "#16243B"', EVERYTHING, {"charts": 12, "pages": 30, "typeset": 19, "bind": 15}),

        # Every seat's pack has a map.
        (f"{SET}/shapes.geojson", "[20, 51], [21, 51], [21, 52]", "[20, 51], [21, 51], [21.1, 52]", packs(*SEATS), {"charts": 5, "pages": 10, "typeset": 4, "bind": 4}),
    ],
    ids=[
        "a member", "one seat's fact", "a figure", "a colour", "a boundary",
    ],
)  # fmt: skip
def test_an_edit_remakes_only_the_documents_that_show_it(isles, file, old, new, remade, tasks):
    before = files(isles)
    path = isles.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = Counter()
    report = make(isles, progress=lambda stage, number, _total: done.update([stage] * bool(number)))
    assert report.problems == ()
    assert set(report.made) == remade
    assert done == tasks
    after = files(isles)
    assert {name for name in after if after[name] != before[name]} == remade
    assert set(report.kept) == EVERYTHING - remade


def warnings(report):
    assert all(problem.warning for problem in report.problems)
    return sorted(map(str, report.problems))


@pytest.mark.part(name="builds")
def test_every_build_reports_a_warning_without_remaking_documents(isles):
    """A link whose address isn't printed belongs to one document of each place."""
    edit_file(
        isles.root / BRIEF,
        "Walking is healthy.[^health-review]\n    buys",
        "Walking is [healthy](https://walk.example/why).\n    buys",
    )
    first = make(isles, edition="home")
    assert set(first.made) == EVERYTHING
    assert [problem.check for problem in first.problems] == ["links-alive-on-paper"] * len(PLACES)
    edit_file(isles.root / SET / "seats.csv", "Ada Quill,Reed,Ada Quill", "Ada Quell,Reed,Ada Quell")
    second = make(isles, edition="home")
    assert set(second.made) == packs("harbour")
    assert warnings(second) == warnings(first)
    third = make(isles, edition="home")
    assert third.made == ()
    assert warnings(third) == warnings(first)
    one = make(isles, edition="home", every=False, electorates=("wick",))
    assert one.made == ()
    assert set(one.problems) <= set(second.problems)
    assert len(one.problems) == 2
