"""What was handed out is recorded, and what must be printed again since is named, each document by its causes."""

import pypdfium2
import pytest
from click.testing import CliRunner

from briefpack import build, cli, issues, output, plan, pool
from briefpack.issues import Cause
from briefpack.problem import Problems
from isles import copy_isles
from isles import replace as edited
from projects import InProcess


@pytest.fixture
def isles(tmp_path, monkeypatch):
    """Return a project for the Isles, built for the nation and every seat; builds start no process."""
    monkeypatch.setattr(pool, "ProcessPoolExecutor", InProcess)
    project = copy_isles(tmp_path / "project")
    make(project)
    return project


def make(project):
    report = build.run(output.Request(project, "tiny", "tiny", project.root / "out", every=True))
    assert not report.failed


def issue(project, note=""):
    loaded = plan.read_brief(project, "tiny")
    found = issues.current(project, loaded, project.root / "out", note)
    issues.write(project, loaded, project.root / "out", found)
    return found


def compare(project, number=None):
    loaded = plan.read_brief(project, "tiny")
    before = issues.read(project, loaded, number)
    return before, issues.compare(before, issues.current(project, loaded, project.root / "out"))


def texts(project):
    """Return the text of every finished file, read without the engine."""
    found = {}
    for path in sorted((project.root / "out/tiny/tiny/screen").rglob("*.pdf")):
        with pypdfium2.PdfDocument(path) as pdf:
            pages = [page.get_textpage().get_text_bounded().split() for page in pdf]
        found[f"tiny/screen/{path.parent.name}/{path.name}"] = pages
    return found


def test_nothing_is_to_be_printed_again_until_something_changes(isles):
    issue(isles)
    _, found = compare(isles)
    assert (found.changed, found.new, found.gone, found.redrawn) == ((), (), (), ())
    assert len(found.same) == 15


def test_names_exactly_the_documents_and_pages_whose_words_differ(isles):
    issue(isles)
    before = texts(isles)
    edited(
        isles.root / "briefs/electorates/isles/seats.csv", "W,Ada Quill,Reed,Ada Quill", "W,Ada Quill,Reed,Una Crest"
    )
    edited(isles.root / "briefs/tiny/brief.yaml", "children-hurt: {value: 20", "children-hurt: {value: 25")
    make(isles)
    after = texts(isles)
    wanted = {
        path: tuple(number for number, (old, new) in enumerate(zip(pages, after[path], strict=True), 1) if old != new)
        for path, pages in before.items()
        if pages != after[path]
    }
    _, found = compare(isles)
    assert {each.path: each.now for each in found.changed} == wanted
    assert {*found.same, *found.redrawn} == before.keys() - wanted.keys()
    causes = {cause for each in found.changed for cause in each.causes}
    assert {each.kind for each in causes} == {"member", "figure"}
    harbour = {each.path for each in found.changed if Cause("member", "harbour") in each.causes}
    assert all(path.startswith("tiny/screen/harbour/") for path in harbour)


def test_a_text_is_the_cause_of_its_words_on_the_page_where_they_are(isles):
    issue(isles)
    edited(isles.root / "briefs/tiny/brief.yaml", "We are a small charity.", "We are a large charity.")
    make(isles)
    _, found = compare(isles)
    [edit] = {edit for each in found.changed for _, edit in each.edits}
    assert (edit.before, edit.after) == (("small",), ("large",))
    for each in found.changed:
        [cause] = each.causes
        assert (cause.kind, each.pages_of(cause)) == ("text", each.now)


def test_a_layout_that_moves_no_word_is_told_apart(isles):
    issue(isles)
    tokens = isles.root / "layouts/tokens.yaml"
    tokens.write_text(tokens.read_text(encoding="utf-8").replace("#16243A", "#16243B"), encoding="utf-8")
    make(isles)
    _, found = compare(isles)
    assert found.changed == ()
    assert found.redrawn


def test_the_number_of_the_next_edition_prints_and_is_no_change(isles):
    page = isles.root / "layouts/tiny/cover.html"
    edited(
        page,
        "{% block content %}",
        '{% block content %}{% if issue %}<p>{{ label("issue-of", number=issue, date="") }}</p>{% endif %}',
    )
    make(isles)
    issue(isles)
    make(isles)
    assert "Edition 2" in " ".join(texts(isles)["tiny/screen/national/national-pack.pdf"][0])
    _, found = compare(isles)
    assert found.changed == ()
    assert issue(isles).number == 2
    assert compare(isles, 1)[0].number == 1


def test_shows_changed_pages_side_by_side_and_in_one_file(isles):
    issue(isles)
    edited(isles.root / "briefs/tiny/brief.yaml", "We are a small charity.", "We are a large charity.")
    make(isles)
    before, found = compare(isles)
    loaded, out = plan.read_brief(isles, "tiny"), isles.root / "out"
    after = issues.current(isles, loaded, out)
    shown = issues.beside(found.changed, before, after, out, "tiny", ())
    distinct = {(each.pages[0], before.documents[each.path].pages) for each in found.changed}
    with pypdfium2.PdfDocument(shown) as pdf:
        words = [page.get_textpage().get_text_bounded() for page in pdf]
    assert len(words) <= len(distinct)
    assert all("small charity" in page and "large charity" in page for page in words)
    again = issues.print_file(found.changed, out / "tiny", "en-AU")
    with pypdfium2.PdfDocument(again) as pdf:
        assert len(pdf) == 2 * len(found.changed)
        assert sum("large charity" in page.get_textpage().get_text_bounded() for page in pdf) == len(found.changed)


def test_what_was_handed_out_is_kept_when_a_build_puts_another_in_its_place(isles):
    found = issue(isles)
    name = "tiny/screen/national/national-pack.pdf"
    kept = issues.kept_file(isles.root / "out", "tiny", 1, name)
    data = kept.read_bytes()
    edited(isles.root / "briefs/tiny/brief.yaml", "We are a small charity.", "We are a large charity.")
    make(isles)
    assert kept.read_bytes() == data != (isles.root / "out/tiny" / name).read_bytes()
    assert name in found.documents


def test_without_a_record_or_a_file_says_what_to_do(tmp_path):
    project = copy_isles(tmp_path / "project")
    loaded = plan.read_brief(project, "tiny")
    with pytest.raises(Problems, match="nothing has been recorded as handed out"):
        issues.read(project, loaded, None)
    with pytest.raises(Problems, match="there are no finished files"):
        issues.current(project, loaded, project.root / "out")


def test_the_commands_say_what_to_print_again(isles):
    def run(*words):
        result = CliRunner().invoke(cli.main, ["--project", str(isles.root), *words])
        assert result.exit_code == 0
        return result.stdout

    assert run("issue", "tiny", "--note", "first run").startswith("Recorded edition 1: 15 documents")
    edited(isles.root / "briefs/tiny/brief.yaml", "We are a small charity.", "We are a large charity.")
    make(isles)
    said = run("changes", "tiny", "--print-file")
    assert "“small” → “large”" in said
    assert "briefs/tiny/brief.yaml:" in said
    assert "print-again.pdf" in said
