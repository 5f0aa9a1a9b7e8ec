"""A text that no longer fits: a layout that has changed since the last finished document is named, not the text."""

import re
import shutil

import pytest

pytestmark = pytest.mark.usefixtures("warm")

BRIEF = "briefs/tiny/brief.yaml"
CSS = "layouts/tiny/leave-behind.css"
LAYOUT = "layouts/tiny/layout.yaml"
TALL = ".sheet { display: flow-root; padding-top: 200mm; }"
FIELD = "asks.crossing-fund.leave_behind.action"
LONG = (
    f"Ask the Treasurer for the fund{', and ask again on every day of the school year until there is an answer' * 40}."
)
"""One sentence: the same one twice would be a warning of its own."""
ASK = ("--jobs", "1", "--ask", "crossing-fund")


def taller(edit) -> None:
    edit(CSS, ".sheet { display: flow-root; }", TALL)


def longer(edit) -> None:
    edit(BRIEF, "action: Ask the Treasurer for the fund.", f"action: {LONG}")


def append(project, path: str, text: str) -> None:
    with (project.root / path).open("a", encoding="utf-8") as file:
        file.write(text)


def printed(command, *words) -> list[str]:
    result = command("build", *(words or ASK))
    assert result.exit_code
    lines = result.stderr.splitlines()
    return [line for place, line in enumerate(lines) if "  try: " in f"{line}{''.join(lines[place + 1 : place + 2])}"]


@pytest.fixture
def made(warm, command):  # noqa: ARG001 -- wanted for what it does
    assert command("build", "--jobs", "1").exit_code == 0


@pytest.mark.usefixtures("made")
@pytest.mark.part(name="builds")
def test_names_the_style_sheet_that_has_changed_every_time(command, edit):
    taller(edit)
    expected = [
        f"{CSS}:2: asks.crossing-fund.leave_behind.headline no longer fits: this file has changed since the document was last made",
        "  try: undo the change or make room; the brief hasn't changed",
    ]
    assert printed(command) == expected
    assert printed(command) == expected


@pytest.mark.usefixtures("made")
@pytest.mark.part(name="builds")
def test_names_the_files_that_the_page_uses_and_no_others(command, edit, copy_layout, project):
    taller(edit)
    copy_layout(project)
    for unused in ("layouts/tiny/cover.html", "charts/unit_chart.py", "fonts/README.md"):
        append(project, unused, "\n")
    append(project, "layouts/tiny/blocks.html", "\n")
    (message, hint) = printed(command, *ASK, "--layout", "tiny")
    assert message.startswith(f"{CSS}:2: ")
    assert ": this file, layouts/tiny/blocks.html and layouts/tokens.yaml have changed since" in message
    assert hint == "  try: undo the changes or make room; the brief hasn't changed"


@pytest.mark.usefixtures("made")
@pytest.mark.part(name="builds")
def test_counts_the_changed_files_after_the_third(command, edit, project):
    taller(edit)
    for path in ("layouts/tiny/base.css", "layouts/tiny/leave-behind.html", "layouts/tiny/page.html", LAYOUT):
        append(project, path, "\n")
    (message, _) = printed(command)
    assert (
        ": this file, layouts/tiny/leave-behind.css, layouts/tiny/leave-behind.html and 2 more have changed" in message
    )


@pytest.mark.usefixtures("made")
@pytest.mark.part(name="builds")
def test_names_the_text_if_only_the_brief_has_changed(command, edit):
    longer(edit)
    (message, hint) = printed(command)
    assert f"{FIELD}: the text is " in message
    assert "make room" not in hint


@pytest.mark.part(name="rebuilds")
@pytest.mark.usefixtures("made")
def test_names_both_if_both_have_changed(command, edit):
    taller(edit)
    longer(edit)
    (message, hint) = printed(command)
    assert message.startswith(f"{BRIEF}:")
    assert hint.endswith(f" words, or make room in {CSS}")


@pytest.mark.part(name="builds")
def test_names_the_text_and_the_page_if_there_is_no_earlier_document(command, edit):
    longer(edit)
    (message, hint) = printed(command)
    assert message.startswith(f"{BRIEF}:")
    assert hint.endswith(" words, or make room in layouts/tiny/leave-behind.html")


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("made")
def test_names_the_text_and_the_page_if_nothing_is_known_to_have_changed(command, edit, project):
    longer(edit)
    shutil.rmtree(project.root / ".store")
    edit(CSS, ".qr { width: 20mm; height: 20mm; }", ".qr { width: 21mm; height: 21mm; }")
    (message, hint) = printed(command)
    assert message.startswith(f"{BRIEF}:")
    assert hint.endswith(" words")


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("made")
def test_names_the_layout_that_allows_a_piece_fewer_pages(command, edit):
    edit(LAYOUT, "pages: {at_most: 12}}", "pages: {at_most: 2}}")
    (message, _) = printed(command, "--jobs", "1", "--kind", "pack")
    assert message == (
        f"{LAYOUT}:11: national-pack: body has 3 pages; the layout allows at most 2: "
        "this file has changed since the document was last made"
    )


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("made")
def test_names_the_style_sheet_of_a_page_without_fields(command, project):
    append(project, "layouts/tiny/pack.css", "h1 { break-before: page; margin-top: 200mm; }\n")
    (message, _) = printed(command, "--jobs", "1", "--kind", "pack")
    assert re.match(
        r"layouts/tiny/pack\.css:\d+: national-pack: cover: the text no longer fits: this file has ", message
    )


@pytest.mark.usefixtures("made")
def test_names_the_size_of_a_chart_that_has_changed(command, edit):
    edit(LAYOUT, "timeline: {width_mm: 170, height_mm: 30}", "timeline: {width_mm: 170, height_mm: 8}")
    reason = "its rows need 9 mm of height, but there are only 8 mm"
    assert printed(command, "--jobs", "1") == [
        f"{LAYOUT}:19: charts.kim-timeline: the chart can't be drawn: {reason}: this file has changed since the document was last made",
        "  try: undo the change or make room; the brief hasn't changed",
    ]


@pytest.mark.usefixtures("made")
@pytest.mark.part(name="builds")
def test_names_every_line_that_has_changed(command, edit, project):
    taller(edit)
    append(project, CSS, "\n.qr { margin: 0; }\n.qr { margin: 0; }\n")
    last = (project.root / CSS).read_text(encoding="utf-8").count("\n")
    (message, hint) = printed(command)
    assert message.startswith(f"{CSS}: ")
    assert hint == f"  try: undo the changes in lines 2 and {last - 2}–{last} or make room; the brief hasn't changed"


SOUND = "has changed since the last check or build without problems"


def checked(command, *words) -> list[str]:
    result = command("check", "--jobs", "1", *words)
    assert result.exit_code
    return [line for line in result.stderr.splitlines() if "leave_behind" in line]


@pytest.mark.part(name="builds")
def test_a_check_without_problems_is_remembered(command, edit):
    assert command("check", "--jobs", "1").exit_code == 0
    taller(edit)
    expected = f"{CSS}:2: asks.crossing-fund.leave_behind.headline no longer fits: this file {SOUND}"
    assert expected in checked(command)
    assert expected in checked(command), "a check that fails is no sound state"
    assert not (command("build", "--jobs", "1").stderr.count("too long"))


@pytest.mark.part(name="builds")
def test_a_check_names_the_text_if_the_brief_has_changed_since(command, edit):
    assert command("check", "--jobs", "1").exit_code == 0
    longer(edit)
    (message,) = checked(command)
    assert message.startswith(f"{BRIEF}:")


@pytest.mark.part(name="builds")
def test_a_quick_check_is_no_sound_state(command, edit):
    assert command("check", "--quick").exit_code == 0
    taller(edit)
    assert SOUND not in "".join(checked(command))


@pytest.mark.part(name="builds")
@pytest.mark.parametrize("words", [("--edition", "home", "--layout", "tiny"), ("--layout", "other")])
def test_a_check_of_another_edition_or_layout_tells_nothing(command, edit, copy_layout, project, words):
    copy_layout(project)
    assert command("check", "--jobs", "1", *words).exit_code == 0
    taller(edit)
    assert SOUND not in "".join(checked(command, "--layout", "tiny"))


@pytest.mark.part(name="builds")
def test_the_national_build_is_known_for_electorates_that_were_never_made(command, edit):
    assert command("build", "--jobs", "1", "--kind", "leave-behind").exit_code == 0
    taller(edit)
    lines = checked(command, "--all")
    assert lines
    assert all(line.startswith(f"{CSS}:2: ") for line in lines)
