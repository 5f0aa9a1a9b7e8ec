"""Reading a brief and a layout from their files, or every problem in them at once."""

import pytest

from briefpack import layout, plan
from briefpack.problem import Owner, Problems


def brief(project):
    return plan.read_brief(project, "tiny")


def problems(read):
    with pytest.raises(Problems) as caught:
        read()
    return caught.value


def test_reads_a_brief_in_spite_of_warnings(project, edit):
    edit("briefs/tiny/brief.yaml", "Their drivers *can* slow down.", "There were 7,331 of them.")
    [warning] = brief(project).warnings
    assert warning.warning
    assert "7,331" in warning.message


@pytest.mark.parametrize(
    "path", ["briefs/tiny/brief.yaml", "layouts/tiny/layout.yaml", "layouts/tokens.yaml", "fonts/fonts.css"]
)
def test_names_a_missing_file(project, path):
    (project.root / path).unlink()
    read = (lambda: brief(project)) if path.startswith("briefs") else (lambda: layout.load(project, "tiny", "screen"))
    [problem] = problems(read).problems
    assert (problem.path, problem.line, problem.message) == (path, None, "there is no such file")
    assert problem.owner == (Owner.BRIEF if path.startswith("briefs") else Owner.LAYOUT)


def test_reports_a_layout_its_tokens_and_its_fonts_together(project, edit):
    edit("layouts/tiny/layout.yaml", "title: Tiny", "titel: Tiny")
    edit("layouts/tokens.yaml", "outer: 20mm", "outer: [20mm]")
    (project.root / "fonts/source-sans-3/SourceSans3-Regular.ttf").unlink()
    error = problems(lambda: layout.load(project, "tiny", "screen"))
    paths = ["fonts/fonts.css", "layouts/tiny/layout.yaml", "layouts/tokens.yaml"]
    assert [problem.path for problem in error.problems] == paths
    assert error.exit_code == Owner.LAYOUT


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("page: tiny/cover.html", "page: tiny/none.html"),
        ("page: tiny/panel.html", "page: tiny/none.html"),
        ("page: tiny/foot.html", "page: tiny/none.html"),
        ("styles: [tiny/base.css, tiny/panel.css]", "styles: [tiny/base.css, tiny/none.css]"),
        ("styles: [tiny/base.css, tiny/pack.css]", "styles: [tiny/none.css]"),
        ("page: tiny/cover.html", "page: ../briefs/tiny/brief.yaml"),
        ("page: tiny/cover.html", "page: /etc/passwd"),
        ("page: tiny/cover.html", "page: tiny"),
    ],
)
def test_refuses_a_file_outside_layouts(project, edit, field, wrong):
    edit("layouts/tiny/layout.yaml", field, wrong)
    [problem] = problems(lambda: layout.load(project, "tiny", "screen")).problems
    text = (project.root / "layouts/tiny/layout.yaml").read_text().splitlines()
    assert wrong in text[problem.line - 1]
    assert "layouts/" in problem.message


def test_refuses_a_link_out_of_layouts(project, edit):
    (project.root / "layouts/tiny/away.html").symlink_to(project.root / "briefs/tiny/brief.yaml")
    edit("layouts/tiny/layout.yaml", "page: tiny/cover.html", "page: tiny/away.html")
    assert "outside layouts/" in str(problems(lambda: layout.load(project, "tiny", "screen")))
