"""A document that fails is written as a proof: the whole document, marked, with its problems at the end."""

import io
import re
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pytest

from briefpack import build, output, pool
from briefpack.build.proofs import marks
from briefpack.build.proofs.stage import BindProof, ComposeProof
from briefpack.checks.read import page_objects, tags
from briefpack.geometry import Rectangle
from projects import InProcess, copy_sample

pytestmark = pytest.mark.usefixtures("warm")

PACK = "national/national-pack.pdf"
FUND = "national/national-leave-behind-crossing-fund.pdf"
STREETS = "national/national-leave-behind-slow-streets.pdf"
BRIEF = "briefs/tiny/brief.yaml"
LONG = "The street outside a school is for walking, and drivers who hurry through it put every child in danger. " * 40
EDITIONS = ("screen", "home", "press")


@dataclass(frozen=True)
class Made:
    """A build's report, its outcomes, and its proofs by the path of the document."""

    report: output.Report
    outcomes: dict
    proofs: dict


def make(project, edition="screen") -> Made:
    """Build the sample in this process, and keep the proofs before the work folder goes."""
    outcomes, found = {}, {}
    write = build._write

    def kept(finished, proofs, line):
        outcomes.update({each.document.path: each for each in finished})
        found.update({path: (line.work / proof.sha256).read_bytes() for path, proof in proofs.items()})
        return write(finished, proofs, line)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "ProcessPoolExecutor", InProcess)
        patch.setattr(build, "_write", kept)
        request = output.Request(project, "tiny", "tiny", project.root / "out", edition=edition)
        return Made(build.run(request), outcomes, found)


def spoil(project, path, old, new):
    file = project.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(
    scope="module",
    params=["screen", *(pytest.param(edition, marks=pytest.mark.part(name="proofs")) for edition in EDITIONS[1:])],
)
def made(request, tmp_path_factory) -> Made:
    """Build the sample with pale headings and a text too long for its leave-behind, in each edition."""
    project = copy_sample(tmp_path_factory.mktemp(request.param) / "project")
    style = project.root / "layouts/tiny/base.css"
    style.write_text(style.read_text(encoding="utf-8") + "\nh2 { color: var(--mist) }\n", encoding="utf-8")
    spoil(project, BRIEF, "text: Drivers keep to them.", f'text: "{LONG}"')
    return make(project, request.param)


def texts(data: bytes) -> list[str]:
    return [" ".join(page.text.split()) for page in page_objects.letters(data)]


def rings(data: bytes, number: int) -> list[Rectangle]:
    """Return the bounds of the paths in the forms laid over a page, from the corner of its media box."""
    with pypdfium2.PdfDocument(data) as pdf:
        left, bottom, *_ = pdf[number - 1].get_mediabox()
        found = pdf[number - 1].get_objects(max_depth=5)
        return [
            Rectangle(*each.get_bounds()).moved(-left, -bottom)
            for each in found
            if each.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH and each.level
        ]


def listed(data: bytes) -> str:
    return " ".join(texts(data)).rpartition("This is not the finished document")[2]


def squeezed(text: str) -> str:
    # PDFium reads a hyphen at the end of a line as a character of its own.
    return re.sub("[\u00ad\x02-]", "", "".join(text.split()))


@pytest.mark.part(name="proofs", beyond=1)
def test_each_failed_document_has_a_proof_and_no_other_has(made):
    assert set(made.report.failed) == set(made.proofs)
    assert {PACK, STREETS} <= set(made.proofs)


@pytest.mark.part(name="proofs", beyond=1)
def test_every_page_says_that_it_is_a_proof(made):
    for data in made.proofs.values():
        assert all("PROOF" in text for text in texts(data))


def test_nothing_is_lost_from_the_text(made):
    printed = squeezed(" ".join(texts(made.proofs[STREETS])))
    assert printed.count(squeezed(LONG[:103])) == 40
    pages = texts(made.proofs[PACK])
    for words in ("Safe crossings", "Cars are too fast", "2 of 7", "Walk Safely Australia", "Kim was hit in June 2024"):
        assert any(squeezed(words) in squeezed(page) for page in pages), words


def test_lists_every_problem_with_its_fix_and_its_line_at_the_end(made):
    for path, data in made.proofs.items():
        found = squeezed(listed(data))
        stopping = [each.problem for each in made.outcomes[path].findings if not each.problem.warning]
        assert stopping
        for problem in stopping:
            place = f"{problem.path}:{problem.line}" if problem.line else problem.path
            listed_as = problem.text.replace(f"page {problem.page}: ", "", 1)
            name = f"{made.outcomes[path].document.name}: "
            listed_as = listed_as.replace(f"{problem.check}: {name}", f"{problem.check}: ").removeprefix(name)
            for words in (listed_as, f"Try: {problem.hint}", place):
                assert squeezed(words.replace("\u00a0", " ")) in found, words


def test_circles_each_box_of_a_problem_on_its_page(made):
    checked = 0
    for path, data in made.proofs.items():
        for problem in (each.problem for each in made.outcomes[path].findings if not each.problem.warning):
            if problem.page and problem.boxes:
                drawn = rings(data, problem.page)
                for box in marks._circles_around(problem.boxes):
                    assert any(box.within(ring, 0.6) and ring.within(box.grown(20.0), 0.6) for ring in drawn), problem
                    checked += 1
    assert checked


def test_is_tagged_except_on_a_press(made, request):
    edition = request.node.callspec.params["made"]
    for data in made.proofs.values():
        with pypdfium2.PdfDocument(data) as pdf:
            trees = [tags.read(page) for page in pdf]
        with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
            assert ("/StructTreeRoot" in pdf.Root) == (edition != "press")
            assert str(pdf.docinfo["/Title"]).startswith("Proof: ")
        if edition != "press":
            assert all(trees)
            assert {"H2", "Table"} <= {each.kind for each in trees[-1].walk()}


def test_the_pages_of_a_press_proof_keep_their_boxes_and_inks(made):
    with pikepdf.Pdf.open(io.BytesIO(made.proofs[PACK])) as pdf:
        assert len({tuple(map(float, page.trimbox)) for page in pdf.pages}) == 1
        assert [float(side) for side in pdf.pages[0].trimbox] == pytest.approx([0, 0, 595.28, 841.89], abs=0.01)


# ---- What has no proof.


def test_a_sound_build_makes_no_proof(project):
    made = make(project)
    assert (made.report.failed, made.proofs) == ((), {})


@pytest.mark.part(name="proofs", beyond=1)
@pytest.mark.parametrize(
    "break_it",
    [
        lambda project, _: (project.root / "layouts/shared/proof.html").unlink(),
        lambda project, _: (project.root / "layouts/shared/proof-marks.html").write_text("{{ nothing }}", "utf-8"),
        lambda _, patch: patch.setattr(BindProof, "make", _fail),
        lambda _, patch: patch.setattr(ComposeProof, "step", _fail),
    ],
)
def test_a_proof_that_cannot_be_made_leaves_the_failure_as_it_is(project, edit, monkeypatch, break_it):
    edit(BRIEF, "text: Drivers keep to them.", f'text: "{LONG}"')
    break_it(project, monkeypatch)
    made = make(project)
    assert made.report.failed == (STREETS,)
    assert made.proofs == {}
    [problem] = made.report.problems
    assert problem.path == BRIEF


def _fail(*_arguments):
    raise RuntimeError


def test_the_mark_on_a_page_that_runs_over_hides_no_text(project, edit):
    edit("layouts/tiny/panel.html", "{% endfor %}", "{% endfor %}<p>" + numbered(300) + "</p>")
    small = [page for page in page_objects.letters(make(project).proofs[FUND]) if page.trim.height < 300]
    assert len(small) > 1
    for page in small:
        mark = page.text.index("PROOF")
        foot = min(box.bottom for box in page.boxes[mark : mark + 5])
        words = [box.top for box, letter in zip(page.boxes[:mark], page.text[:mark], strict=True) if letter.strip()]
        assert max(words) < foot


# ---- Text that doesn't fit.


def words_on(data: bytes, number: int, wanted: str) -> Rectangle:
    """Return the box around some words of a page, as they print, from the corner of its media box."""
    with pypdfium2.PdfDocument(data) as pdf:
        left, bottom, *_ = pdf[number - 1].get_mediabox()
        text = pdf[number - 1].get_textpage()
        place = text.get_text_range().find(wanted)
        assert place >= 0, f"{wanted} isn't on page {number}"
        found = [Rectangle(*text.get_charbox(place + index)) for index in range(len(wanted))]
    return Rectangle.around(corner for each in found for corner in each.corners).moved(-left, -bottom)


def numbered(words: int) -> str:
    return " ".join(f"word{number:03}" for number in range(words))


@pytest.mark.parametrize("edition", ["screen", "press"])
def test_circles_a_field_in_a_slot_on_the_page_under_it(project, edit, edition):
    edit(
        "layouts/tiny/panel.html",
        "line(theme.national.sentence) }}",
        "line(theme.national.sentence) }} " + numbered(300),
    )
    made = make(project, edition)
    [problem] = [each.problem for each in made.outcomes[FUND].findings]
    assert "national.sentence" in problem.message
    assert (problem.page, problem.continued) == (1, ())
    data = made.proofs[FUND]
    assert words_on(data, 1, "word000").within(problem.boxes[0], 0.5)
    assert any(problem.boxes[0].within(ring, 0.6) for ring in rings(data, 1))


# ---- A refused part of each kind, where pages are shared and numbered after they are first laid out.

PARTS = {
    "ask": (BRIEF, "- text: Walking is healthy", {PACK}),
    "sources": (BRIEF, "role: Policy Lead", {PACK}),
    "slot": (BRIEF, "sentence: Every state has schools without a crossing.", {FUND}),
    "running": ("layouts/tiny/foot.html", "{{ plain(brief.organisation.name) }}", {PACK}),
    "leave-behind": (BRIEF, "{point: Rules work., text: Drivers keep to them.", {STREETS}),
    "cover": (BRIEF, "subject: What Parliament can do about crossings near schools", {PACK}),
    "body": (BRIEF, "- text: Children who walk are well", {PACK}),
    "case study": (BRIEF, "note: Kim is an invented name.", {PACK}),
}
"""The file of a text of each kind of part, the text, and the documents that print it."""


@pytest.fixture
def numbered_late(edit):
    """Let asks and sources print page numbers, and asks share pages as far as they are short."""
    layout = "layouts/tiny/layout.yaml"
    edit(layout, "page: tiny/ask.html, each: ask", "page: tiny/ask.html, each: ask, starts: half, lists_pages: true")
    edit(layout, "page: tiny/sources.html", "page: tiny/sources.html, lists_pages: true")
    edit("layouts/tiny/ask.html", "</section>", "<p>Sources: page {{ page_of['sources'] }}.</p></section>")
    edit("layouts/tiny/sources.html", "</section>", "<p>Asks: page {{ page_of['ask-slow-streets'] }}.</p></section>")


@pytest.mark.part(name="proofs", beyond=2)
@pytest.mark.usefixtures("numbered_late")
@pytest.mark.parametrize("part", PARTS)
def test_a_refused_part_fails_its_documents_which_have_proofs_with_every_page(project, edit, part):
    path, text, documents = PARTS[part]
    edit(path, text, f"{text} TBC")
    for _ in range(2):
        made = make(project)
        assert {*made.report.failed} == {*made.proofs} == documents
        assert {*made.report.failed, *made.report.made, *made.report.kept} == {PACK, FUND, STREETS}
        if PACK in documents:
            pages = texts(made.proofs[PACK])
            words = (
                "We walk to school",
                "Walking is healthy",
                "Kim was hit",
                "Sources: page 7",
                "Asks: page 6",
                "7 of 7",
            )
            assert [each for each in words if not any(squeezed(each) in squeezed(page) for page in pages)] == []
