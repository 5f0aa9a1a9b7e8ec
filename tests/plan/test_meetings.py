"""The table of meetings: what its cells mean, and what is said of each that means nothing, all at once."""

import datetime

import pytest

from briefpack import plan
from briefpack.plan import Person
from briefpack.problem import Problems
from isles import copy_isles
from isles import replace as edited
from projects import copy_sample

TODAY = datetime.date(2027, 3, 1)
HEAD = "date,time,minutes,place,recipients,people,asks,copies,notes\n"
ROW = (
    "Tue 9/3/2027,2.30 pm,20,Pier Hall,Harbour,Ana Lee (opens); Bo Chan,slow-streets; crossing-fund,pack=1; 3,A note.\n"
)
OTHERS = "name,office,electorate,until\nCouncil of Piers,A council,,\nSol Gone,,,2027-02-01\n"


@pytest.fixture
def read(tmp_path):
    """Return a function that reads rows of meetings of the Isles, beside a table of other people."""
    project = copy_isles(tmp_path / "project")
    edited(project.root / "briefs/electorates/isles/seats.csv", "E,Cleo Harbour,Stone", "E,Tess Former,Stone")
    loaded = plan.read_brief(project, "tiny")
    folder = project.root / "briefs/tiny"
    (folder / "recipients.csv").write_text(OTHERS, encoding="utf-8")

    def reading(rows, head=HEAD):
        (folder / "meetings.csv").write_text(head + rows, encoding="utf-8")
        return plan.read_meetings(project, loaded, TODAY)

    return reading


def problems(read, rows):
    with pytest.raises(Problems) as caught:
        read(rows)
    return [f"{each.path.rpartition('/')[2]}:{each.line}: {each.message}" for each in caught.value.problems]


def test_reads_a_meeting_as_it_is_typed(read):
    [meeting] = read(ROW)
    assert (meeting.date, meeting.time, meeting.minutes) == (datetime.date(2027, 3, 9), datetime.time(14, 30), 20)
    assert meeting.asks == ("slow-streets", "crossing-fund")
    assert meeting.people == (Person("Ana Lee", "opens"), Person("Bo Chan"))
    assert [meeting.copies_of(*each) for each in (("pack", None), ("leave-behind", "slow-streets"))] == [1, 3]
    assert (meeting.electorate, meeting.folder) == ("harbour", "2027-03-09-ada-quill")


@pytest.mark.parametrize("name", ["Harbour", "harbour", "Ada Quill", "ada quill", "Member for Harbour"])
def test_finds_a_member_by_each_name(read, name):
    [meeting] = read(f"9/3/2027,,,,{name},,,,\n")
    assert [each.seat for each in meeting.recipients] == ["Harbour"]


def test_somebody_without_an_electorate_needs_only_a_name(read):
    [meeting] = read("2027-03-09,,,,Council of Piers; Harbour,,,,\n")
    assert [each.name for each in meeting.recipients] == ["Council of Piers", "Ada Quill"]
    assert meeting.electorate is None


def test_a_public_meeting_has_nothing_of_ours(read):
    [meeting] = read(ROW)
    assert "Ana Lee" in repr(meeting)
    assert not any(each in repr(meeting.public) for each in ("Ana Lee", "A note.", "pack"))


def test_names_every_mistake_at_its_row(read):
    rows = (
        "Mon 9/3/2027,25:00,,,Harbour,Ana (opens,no-such,many,\n"
        "9/3/2027,,,,Nobody at All,,,,\n"
        "31/2/2027,,x,,Harbour,,,,\n"
        "9/3/2027,,,,Sol Gone,,,,\n"
    )
    assert problems(read, rows) == [
        "meetings.csv:2: date: 9 March 2027 is a Tuesday, not a Mon",
        'meetings.csv:2: time: "25:00" is not a time',
        'meetings.csv:2: asks: there is no ask called "no-such"',
        'meetings.csv:2: copies: "many" is not a number of copies',
        'meetings.csv:2: people: "Ana (opens" has brackets that don\'t match',
        'meetings.csv:3: recipients: nobody is called "Nobody at All"',
        'meetings.csv:4: minutes: "x" is not a whole number',
        "meetings.csv:5: recipients: Sol Gone left on 2027-02-01",
    ]


def test_nobody_is_in_two_rooms_at_once(read):
    rows = "9/3/2027,10:00,30,,Harbour,Ana Lee,,,\n9/3/2027,{},30,,Council of Piers,Ana Lee,,,\n"
    assert len(read(rows.format("10:30"))) == 2
    assert problems(read, rows.format("10:15")) == ['meetings.csv:3: people: Ana Lee is at "ada-quill" until 10:30']


def test_a_member_who_has_left_is_known_by_name(read):
    assert problems(read, "9/3/2027,,,,Tess Former,,,,\n") == [
        "meetings.csv:2: recipients: Tess Former is no longer the member for Wick"
    ]
    assert len(read("9/2/2027,,,,Tess Former,,,,\n")) == 1


@pytest.mark.parametrize("copy", [copy_isles, copy_sample])
def test_the_example_is_read_without_a_problem(tmp_path, copy):
    project = copy(tmp_path / "project")
    loaded = plan.read_brief(project, "tiny")
    for file, text in plan.example_meeting(loaded, TODAY).items():
        (project.root / "briefs/tiny" / file).write_text(text, encoding="utf-8")
    [meeting] = plan.read_meetings(project, loaded, TODAY)
    assert meeting.date == TODAY + datetime.timedelta(days=14)
