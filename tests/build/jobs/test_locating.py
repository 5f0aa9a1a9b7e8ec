"""A message about a page gives its number in the document, whatever piece the page comes from."""

import json

import pypdfium2
import pytest

PACK = "national/national-pack.pdf"


def printed_on(path, words):
    """Return the pages of a document that hold some words."""
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    return [number for number, text in enumerate(texts, start=1) if words in text]


@pytest.fixture
def half_empty(edit):
    """The sample's body with sheets that are meant to fill their pages and don't."""
    edit(
        "layouts/tiny/layout.yaml",
        "part: {fit: 0.92 to 1.06, pages: {at_most: 2}}",
        "part: {fit: 0.92 to 1.06, pages: {exactly: 1}}",
    )


@pytest.mark.usefixtures("half_empty")
def test_build_manifest_and_preflight_give_the_documents_page_number(command, project):
    result = command("build", "--jobs", "1")
    assert result.exit_code == 0, result.stderr
    folder = project.root / "out/tiny/tiny/screen"
    [page] = printed_on(folder / PACK, "Walking keeps children well Children who walk are well")
    assert f"underfull-page: page {page}: national-pack: body: " in result.stderr
    listed = {each["path"]: each for each in json.loads((folder / "manifest.json").read_text("utf-8"))["documents"]}
    pages = [each["page"] for each in listed[PACK]["warnings"] if each["check"] == "underfull-page"]
    assert page in pages
    assert 1 not in pages, "the cover is another piece"
    rows = json.loads(command("preflight", "--json").stdout)["problems"]
    assert [row["page"] for row in rows if row["path"].endswith(PACK)] == pages


@pytest.mark.usefixtures("half_empty")
@pytest.mark.part(name="builds")
def test_a_stored_pieces_warning_has_the_new_page_number(command, project, edit):
    assert "page 1: national-pack" not in command("build", "--jobs", "1").stderr
    text = (project.root / "layouts/tiny/cover.html").read_text("utf-8")
    edit(
        "layouts/tiny/layout.yaml",
        "page: tiny/cover.html, pages: {exactly: 1}",
        "page: tiny/cover.html, pages: {exactly: 2}",
    )
    two = text.replace("{% block content %}", '{% block content %}<p style="break-after: page">First</p>')
    (project.root / "layouts/tiny/cover.html").write_text(two, "utf-8")
    result = command("build", "--jobs", "1")
    [page] = printed_on(
        project.root / "out/tiny/tiny/screen" / PACK, "Walking keeps children well Children who walk are well"
    )
    assert f"underfull-page: page {page}: national-pack: body: " in result.stderr


def test_a_problem_in_a_slot_has_the_number_of_the_page_under_it(command, edit):
    edit("layouts/tiny/leave-behind.css", "@page {", ".place { break-before: page } @page {")
    edit(
        "layouts/tiny/layout.yaml",
        "page: tiny/leave-behind.html, pages: {exactly: 1}",
        "page: tiny/leave-behind.html, pages: {exactly: 2}",
    )
    edit(
        "layouts/tiny/layout.yaml",
        "leave-behind: {fit: 0.90 to 1.06, pages: {exactly: 1}",
        "leave-behind: {fit: 0.90 to 1.06, pages: {exactly: 2}",
    )
    edit("layouts/tiny/panel.css", ".panel p { margin: 0; }", ".panel p { margin: 0; font-size: 5pt; }")
    result = command("build", "--jobs", "1", "--ask", "slow-streets")
    assert result.exit_code == 5, result.stderr
    assert "type-size: page 2: national-leave-behind-slow-streets: local-panel: " in result.stderr
