"""Images are prepared once, kept in the store, judged at their size, and reported where their author names them."""

import datetime
import re
import shutil
import subprocess
import sys
from collections import Counter

import pytest

from briefpack import build, output, plan, pool
from briefpack.problem import Problems
from illustrated import illustrate, photograph, portray
from isles import copy_isles
from projects import InProcess, copy_sample

pytestmark = pytest.mark.part(name="images")


@pytest.fixture
def project(project):
    return illustrate(project)


@pytest.fixture
def isles(tmp_path):
    project = illustrate(copy_isles(tmp_path / "isles"))
    portray(project, "harbour", "wick")
    return project


def request(project, **wanted):
    keys = {"edition": "screen", "kinds": ("pack",), **wanted}
    return output.Request(project, "tiny", "tiny", project.root / "out", **keys)


@pytest.fixture(scope="module")
def made_before(tmp_path_factory):
    """Return the project and the Isles, with pictures, and with the pieces of their packs in their stores."""
    sample = illustrate(copy_sample(tmp_path_factory.mktemp("sample") / "project"))
    isles = illustrate(copy_isles(tmp_path_factory.mktemp("isles") / "isles"))
    portray(isles, "harbour", "wick")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "ProcessPoolExecutor", InProcess)
        for wanted in (request(sample), request(sample, edition="press"), request(isles, every=True)):
            assert build.run(wanted).made
    return sample, isles


@pytest.fixture
def warm(project, made_before):
    """Put the pieces of the sample with pictures into the project's store."""
    shutil.copytree(made_before[0].store, project.store, dirs_exist_ok=True)


@pytest.fixture
def warm_isles(isles, made_before):
    """Put the pieces of the Isles with pictures into their store."""
    shutil.copytree(made_before[1].store, isles.store, dirs_exist_ok=True)


def stages(project, **wanted):
    """Build, and return the report and how many things each stage worked on."""
    done = Counter()
    report = build.run(
        request(project, **wanted), lambda stage, number, total: done.update({stage: total} if number == total else {})
    )
    return report, done


def lines(found):
    return [str(each) for each in found.problems]


@pytest.mark.usefixtures("in_process", "warm")
def test_prepares_an_image_again_when_its_file_changes(project):
    stages(project)
    photograph(1800, 1200, 99).save(project.root / "briefs/tiny/images/street.jpg")
    report, done = stages(project)
    assert (report.made, done["images"]) == (("national/national-pack.pdf",), 1)


@pytest.mark.usefixtures("in_process", "warm")
@pytest.mark.parametrize(
    ("edition", "pixels", "message"),
    [
        ("press", 600, "street.jpg: it has 128 dpi at 119 mm wide; it needs 150 dpi"),
        ("press", 1000, "street.jpg: it has 213 dpi at 119 mm wide; it needs 300 dpi"),
        ("press", 1800, None),
        ("screen", 600, "street.jpg: it has 128 dpi at 119 mm wide; it needs 150 dpi"),
        ("screen", 1000, None),
    ],
)
def test_judges_an_image_at_its_size_in_the_edition(project, edition, pixels, message):
    photograph(pixels, pixels * 2 // 3, 1).save(project.root / "briefs/tiny/images/street.jpg")
    report, _ = stages(project, edition=edition)
    assert bool(report.failed) is (pixels == 600)
    assert [message in each.message for each in report.problems] == ([True] if message else [])
    assert {*report.proofs} == {*report.failed}
    if message:
        line = lines(report)[0].replace("warning: ", "")
        assert line.startswith("briefs/tiny/brief.yaml:17: images.street.file: ")
        assert [(each.page, len(each.boxes)) for each in report.problems] == [(2, 1)]


@pytest.mark.usefixtures("in_process", "warm")
def test_reports_an_image_that_changes_during_the_build(project, monkeypatch):
    (project.root / "briefs/tiny/images/street.jpg").unlink()
    photograph(1800, 1200, 1).save(project.root / "briefs/tiny/images/street.jpg")
    pages = build.jobs.pages

    def change(outcomes, line):
        photograph(1800, 1200, 5).save(project.root / "briefs/tiny/images/street.jpg")
        return pages(outcomes, line)

    monkeypatch.setattr(build.jobs, "pages", change)
    report, _ = stages(project)
    [problem] = report.problems
    assert str(problem) == (
        "briefs/tiny/brief.yaml:17: images.street.file: street.jpg: it changed while briefpack was running\n  try: build again"
    )


# Consent


@pytest.mark.usefixtures("in_process", "warm")
def test_a_build_with_nothing_to_do_notices_that_consent_has_ended(project):
    last = datetime.date(2099, 12, 31)
    wanted = request(project, today=last)
    assert build.run(wanted).made
    assert output.find(output.Inputs.read(wanted)) is not None
    after = request(project, today=last + datetime.timedelta(days=1))
    assert output.find(output.Inputs.read(after)) is None
    with pytest.raises(Problems, match=r"images\.crowd\.until: consent to publish this image ended on 2099-12-31"):
        build.run(after)


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("edition", ["screen", "home", "press"])
def test_no_edition_is_made_after_consent_has_ended(project, edition):
    with pytest.raises(Problems) as found:
        build.run(request(project, edition=edition, today=datetime.date(2100, 1, 1)))
    assert [each.line for each in found.value.problems] == [20]
    assert not (project.root / "out").exists()


@pytest.mark.usefixtures("in_process", "warm_isles")
def test_the_consent_of_a_portrait_counts_for_its_own_electorate(isles):
    after = datetime.date(2099, 7, 1)
    message = "briefs/electorates/isles/portraits/credits.csv:2: harbour: consent to publish this portrait ended on 2099-06-30"
    assert build.prepare(request(isles, today=after)).documents
    assert build.prepare(request(isles, today=after, national=False, electorates=("page",))).documents
    with pytest.raises(Problems) as found:
        build.prepare(request(isles, today=after, electorates=("harbour",)))
    assert [line.partition("\n")[0] for line in lines(found.value)] == [message]
    assert len([each for each in build.check(request(isles, today=after)).problems if not each.warning]) == 2


@pytest.mark.usefixtures("in_process")
def test_remembers_the_first_end_of_consent(isles):
    planned = build.prepare(request(isles, every=True))
    assert plan.consent_ends(planned.brief, planned.brief.group.electorates) == datetime.date(2099, 6, 30)
    assert plan.consent_ends(planned.brief, ()) == datetime.date(2099, 12, 31)


@pytest.mark.usefixtures("in_process")
def test_a_report_stays_true_until_the_first_day_that_changes_it(isles):
    """A consent ends in June; the warning of a brief that is dated years ahead changes at the end of the year."""
    brief, today = isles.root / "briefs/tiny/brief.yaml", datetime.date(2099, 6, 1)
    dated, count = re.subn(r"(?m)^date: .*$", "date: 2105-01-01", brief.read_text(encoding="utf-8"))
    assert count == 1
    brief.write_text(dated, encoding="utf-8")
    planned = build.prepare(request(isles, every=True, today=today))
    assert planned.brief.warned_until(today) == datetime.date(2099, 12, 31)
    assert build._same_until(planned, today) == datetime.date(2099, 6, 30)


# Portraits


@pytest.mark.usefixtures("in_process", "warm_isles")
def test_a_damaged_portrait_stops_its_own_electorate(isles):
    portrait = isles.root / "briefs/electorates/isles/portraits/harbour.jpg"
    portrait.write_bytes(portrait.read_bytes()[:2000])
    report, _ = stages(isles, electorates=("harbour", "wick"))
    assert report.failed == ("harbour/harbour-pack.pdf",)
    checked = build.check(request(isles)).problems
    for problems in (report.problems, checked):
        stopping = [each.path for each in problems if not each.warning]
        assert stopping == ["briefs/electorates/isles/portraits/harbour.jpg"]


@pytest.mark.usefixtures("in_process", "warm_isles")
def test_a_new_portrait_changes_its_own_electorates_documents_only(isles):
    everywhere = {"electorates": ("harbour", "wick", "page"), "national": True}
    stages(isles, **everywhere)
    photograph(500, 640, 77).save(isles.root / "briefs/electorates/isles/portraits/harbour.jpg")
    report, _ = stages(isles, **everywhere)
    assert report.made == ("harbour/harbour-pack.pdf",)


# A brief without images


def test_a_build_without_images_loads_no_pillow(tmp_path):
    # The first build checks the house style with matplotlib, which loads Pillow; the verdict is remembered.
    build.prepare(request(copy_sample(tmp_path / "project")))
    script = (
        "import sys; from pathlib import Path; from briefpack import build, output; from briefpack.project import Project;"
        "root = Path(sys.argv[1]); build.prepare(output.Request(Project(root), 'tiny', 'tiny', root / 'out'));"
        "print([name for name in ('PIL', 'briefpack.images.preparing') if name in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603 -- this Python, and a script of this file
        [sys.executable, "-c", script, str(tmp_path / "project")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
