"""Two meetings of the frozen brief: what is handed over, what is ours alone, and the files beside them."""

import datetime
import re
from dataclasses import replace

import docx
import pypdfium2
import pytest

from briefpack import build, output
from briefpack import meetings as rooms
from briefpack.problem import Problems
from briefpack.text.words import fold
from isles import replace as edited
from projects import copy_frozen

BRIEF = "ijm-federal-2025"
ROWS = """date,time,place,recipients,people,asks,copies,notes
Tue 8/12/2037,10.30 am,"Parliament House, Canberra",Durack,Ana Lee (opens),mekong-working-group; double-accce,3; pack=1,Bring umbrellas for all four.
8/12/2037,2 pm,"12 High Street, Dandenong",Council of Piers,Bo Chan,double-accce,,
"""
QUESTIONS = """    questions:
      - question: Who else would pay for this centre?
        answer: Nobody has offered so far, and we say so.
"""
DURACK, COUNCIL, DAY = "2037-12-08-melissa-price", "2037-12-08-council-of-piers", "2037-12-08"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = copy_frozen(tmp_path_factory.mktemp("meetings") / "project")
    folder = made.root / "briefs" / BRIEF
    (folder / "meetings.csv").write_text(ROWS, encoding="utf-8")
    (folder / "recipients.csv").write_text("name,office\nCouncil of Piers,A council of the coast\n", encoding="utf-8")
    edited(folder / "brief.yaml", "  - id: double-accce\n", "  - id: double-accce\n" + QUESTIONS)
    return made


def request(project, **changes):
    return output.Request(project, BRIEF, "ijm", project.root / "out", jobs=2, meetings=(), national=False, **changes)


@pytest.fixture(scope="module")
def made(project):
    """Return the report of both meetings' documents, and the files beside them."""
    wanted = request(project)
    report = build.run(wanted)
    return report, rooms.make(wanted, report)


@pytest.fixture(scope="module")
def words(made):
    """Return the words of each page of each PDF of both meetings, by its path."""
    folder, found = made[0].folder, {}
    for path in sorted(folder.rglob("*.pdf")):
        with pypdfium2.PdfDocument(path) as pdf:
            pages = [page.get_textpage().get_text_bounded() for page in pdf]
        found[path.relative_to(folder).as_posix()] = [" ".join(fold(page)) for page in pages]
    return found


def test_makes_every_document_of_a_meeting_without_a_problem(made, words):
    report, _ = made
    assert (report.failed, [each for each in report.problems if not each.warning]) == ((), [])
    assert [path for path in words if DURACK in path] == [
        f"internal/{DURACK}/{DURACK}-run-sheet.pdf",
        f"meetings/{DURACK}/{DURACK}-leave-behind-double-accce.pdf",
        f"meetings/{DURACK}/{DURACK}-leave-behind-mekong-working-group.pdf",
        f"meetings/{DURACK}/{DURACK}-pack.pdf",
        f"meetings/{DURACK}/{DURACK}-print-set.pdf",
    ]
    assert f"internal/{DAY}/{DAY}-day-sheet.pdf" in words


def test_the_pack_is_for_its_reader_and_has_the_chosen_asks(words):
    local, national = words[f"meetings/{DURACK}/{DURACK}-pack.pdf"], words[f"meetings/{COUNCIL}/{COUNCIL}-pack.pdf"]
    for cover, said in ((local[0], "melissa price"), (national[0], "council of piers a council of the coast")):
        assert said in cover
        assert "tuesday 8 december 2037" in cover
    assert "parliament house canberra" in local[0]
    assert any("two asks what each costs and who decides" in page for page in local)
    assert not any("digital duty of care act" in page for page in local)
    assert any("durack" in page for page in local[1:3])


def test_the_words_of_our_own_sheets_are_in_no_other_file(words):
    ours = (
        "bring umbrellas for all four",
        "who else would pay for this centre",
        "nobody has offered so far",
        "ana lee",
    )
    sheet = " ".join(words[f"internal/{DURACK}/{DURACK}-run-sheet.pdf"])
    assert [each for each in ours if each not in sheet] == []
    others = " ".join(" ".join(pages) for path, pages in words.items() if path.startswith("meetings/"))
    assert [each for each in ours if each in others] == []


def test_our_own_sheet_says_so_on_every_page(words):
    for path, pages in words.items():
        assert all("for our team only" in page for page in pages) == path.startswith("internal/")


def test_the_sheet_for_the_day_has_every_meeting(words):
    sheet = " ".join(words[f"internal/{DAY}/{DAY}-day-sheet.pdf"])
    assert all(
        each in sheet for each in ("10 30 am", "2 00 pm", "melissa price", "council of piers", "1 briefing pack")
    )


def test_a_sheet_for_the_day_has_the_meetings_that_were_not_named_too(project):
    planned = build.prepare(replace(request(project), meetings=("council-of-piers",)))
    [sheet] = [each for each in planned.documents if each.kind == "day-sheet"]
    assert [each.id for each in sheet.meetings] == ["melissa-price", "council-of-piers"]
    assert {each.place for each in planned.documents} == {COUNCIL, DAY}


def test_the_print_set_has_the_copies_and_the_address(made, words):
    [first, *rest] = words[f"meetings/{DURACK}/{DURACK}-print-set.pdf"]
    assert "parliament house canberra" in first
    assert sum("parliament house canberra" in page for page in rest) == 1
    # Three leave-behinds, and the page of the ask in the pack.
    assert sum("ask 1 of 2" in page for page in rest) == 3 + 1
    assert len(made[1].print_sets) == 2


def test_letters_have_names_and_asks_and_are_left_once_edited(project, made):
    report, beside = made
    path = report.folder / "internal" / DURACK / f"{DURACK}-request.docx"
    letter = docx.Document(str(path))
    text = "\n".join(each.text for each in letter.paragraphs)
    assert "Tuesday 8\N{NO-BREAK SPACE}December 2037, 10:30\N{NO-BREAK SPACE}am, Parliament House" in text
    assert "With us would be: Ana Lee." in text
    assert path in beside.made
    assert rooms.make(request(project), report).made == ()
    letter.add_paragraph("In my own words.")
    letter.save(str(path))
    assert rooms.make(request(project), report).left == ()
    # It has nothing of the change, and says so.
    edited(project.root / "briefs" / BRIEF / "meetings.csv", "10.30 am", "10.45 am")
    assert rooms.make(request(project), report).left == (path,)
    edited(project.root / "briefs" / BRIEF / "meetings.csv", "10.45 am", "10.30 am")
    rooms.make(request(project), report)
    assert path not in rooms.make(request(project), report).made
    assert "In my own words." in [each.text for each in docx.Document(str(path)).paragraphs]


def test_a_letter_that_cannot_be_read_is_left(project, made):
    path = made[0].folder / "internal" / COUNCIL / f"{COUNCIL}-thanks.docx"
    path.write_bytes(b"PK half a file")
    assert rooms.make(request(project), made[0]).left == (path,)
    assert path.read_bytes() == b"PK half a file"
    path.unlink()


def test_the_calendar_has_its_time_and_lines_of_75_octets(made):
    path = made[0].folder / "internal" / DURACK / f"{DURACK}-calendar.ics"
    lines = path.read_bytes().split(b"\r\n")
    assert b"DTSTART:20371208T103000" in lines
    assert b"DTEND:20371208T110000" in lines
    assert max(map(len, lines)) <= 75
    assert b"LOCATION:Parliament House\\, Canberra" in lines


def test_a_build_of_other_documents_leaves_those_of_meetings(project, made):
    asked = output.Request(
        project, BRIEF, "ijm", project.root / "out", jobs=2, kinds=("leave-behind",), asks=("double-accce",)
    )
    assert build.run(asked).gone == ()
    assert len(output.read(made[0].folder).documents) > len(made[0].made)


def test_a_private_text_in_a_document_for_others_is_refused(project):
    page = project.root / "layouts/shared/addressee.html"
    before = page.read_text(encoding="utf-8")
    asked = "{% for each in brief.asks[0].questions %}<p>{{ plain(each.answer) }}</p>{% endfor %}"
    page.write_text(
        re.sub(r"</div>{% endif %}\n{% endblock %}\n$", f"{asked}</div>{{% endif %}}\n{{% endblock %}}\n", before),
        encoding="utf-8",
    )
    try:
        report = build.run(request(project, kinds=("leave-behind",)))
    finally:
        page.write_text(before, encoding="utf-8")
    assert {each.check for each in report.problems if not each.warning} >= {"private-words"}


def test_a_recipients_page_knows_nothing_of_ours(project):
    page = project.root / "layouts/shared/addressee.html"
    before = page.read_text(encoding="utf-8")
    page.write_text(before.replace("{% block content %}", "{% block content %}{{ open_queries }}"), encoding="utf-8")
    try:
        report = build.run(request(project, kinds=("leave-behind",)))
    finally:
        page.write_text(before, encoding="utf-8")
    assert any("open_queries" in each.message for each in report.problems)


def test_names_unknown_meetings_and_days_without_one(project):
    with pytest.raises(Problems):
        build.prepare(request(project, day=datetime.date(2037, 1, 1)))
