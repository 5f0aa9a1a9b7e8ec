"""The stages of a build come one after the other where one reads what another makes."""

import pytest

from briefpack import build, layout, output, plan
from briefpack.build.jobs import stages
from briefpack.checks import speech
from briefpack.store import Store
from projects import copy_frozen


@pytest.mark.part(name="country")
def test_says_the_places_of_a_map_however_long_it_takes_to_draw(tmp_path):
    project = copy_frozen(tmp_path / "project")
    drawn = project.root / "charts/_map.py"
    text = drawn.read_text(encoding="utf-8")
    line = "    palette = FIELD if"
    assert line in text
    slow = text.replace(line, f"    import time\n    time.sleep(8 * (shown.style == 'cover'))\n{line}")
    drawn.write_text(slow, encoding="utf-8")
    request = output.Request(
        project, "ijm-federal-2025", "ijm", project.root / "out", kinds=("pack",), electorates=("durack",), national=False, jobs=2
    )  # fmt: skip
    report = build.run(request)
    spoken = "\n".join(speech.lines(speech.read(report.folder / "durack/durack-pack.pdf")))
    assert "Picture: Map of Durack, Western Australia." in spoken.split("— page 2")[0]


def test_names_the_document_whose_piece_is_missing_from_the_store(project):
    brief = plan.read_brief(project, "tiny")
    planned = plan.make(brief, layout.load(project, "tiny", "screen"), plan.Wanted())
    job = stages.Job(planned.documents[0], ("0" * 64,), (), ())
    bind = stages.Bind(plan.expected(planned), Store(project.store), project.root, "out/tiny/tiny/screen")
    bound = bind(job)
    (problem,) = bound.problems
    assert bound.sha256 == ""
    assert (problem.path, problem.hint) == ("out/tiny/tiny/screen/national/national-pack.pdf", "build again")
