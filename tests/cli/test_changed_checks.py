"""A check that fails after a layout has changed, while the brief has not: its hint names the changed files."""

import re

import pytest

pytestmark = pytest.mark.usefixtures("warm")

CSS = "layouts/tiny/pack.css"
PACK = ("build", "--jobs", "1", "--kind", "pack")


def append(project, path: str, text: str) -> None:
    with (project.root / path).open("a", encoding="utf-8") as file:
        file.write(text)


def hints(command, check: str) -> list[str]:
    lines = command(*PACK).stderr.splitlines()
    found = [lines[at + 1] for at, line in enumerate(lines) if f" {check}: " in line and "warning" not in line]
    assert found, lines
    return found


@pytest.fixture
def made(warm, command):  # noqa: ARG001 -- wanted for what it does
    assert command(*PACK).exit_code == 0


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("check", "rule"), [("contrast", "h1 { color: #eee; }"), ("type-size", "h1 { font-size: 4pt; }")]
)
def test_a_check_of_a_page_names_the_changed_style_sheet(command, project, check, rule):
    append(project, CSS, f"{rule}\n")
    for hint in hints(command, check) + hints(command, check):
        assert re.search(rf"; {re.escape(CSS)}:\d+ has changed since the document was last made$", hint)


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("made")
def test_a_check_of_a_document_names_the_changed_files(command, edit, project):
    edit(
        "layouts/tiny/cover.html", "<h1>{{ plain(brief.title) }}</h1>", "<h1>{{ plain(brief.title) }}</h1><h4>Low</h4>"
    )
    append(project, CSS, "\n")
    [hint] = hints(command, "headings")
    assert hint.endswith(f"; {CSS} and layouts/tiny/cover.html have changed since the document was last made")


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("made")
def test_names_no_file_if_the_brief_has_changed_too(command, edit, project):
    append(project, CSS, "h1 { color: #eee; }\n")
    edit("briefs/tiny/brief.yaml", "label: Briefing pack · Sample", "label: Briefing pack · Another")
    assert not any("changed" in hint for hint in hints(command, "contrast"))


@pytest.mark.part(name="builds")
def test_names_no_file_if_there_is_no_earlier_document(command, project):
    append(project, CSS, "h1 { color: #eee; }\n")
    assert not any("changed" in hint for hint in hints(command, "contrast"))
