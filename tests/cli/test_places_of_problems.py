"""Every problem names its file and line, and who can fix it."""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("warm")

SOURCE = Path(__file__).parent.parent.parent / "src" / "briefpack"

WITHOUT_A_LINE = {
    # A file that is missing, empty or not text; an image or a portrait; a PDF; a full disk; a font that is downloaded.
    "checks": 2, "cli": 2, "electorates": 5, "images": 15, "layout": 2, "output": 3, "paper": 5, "pool": 2, "project": 1,
    "store": 1,
    # A spreadsheet, which has no lines; a text in another encoding.
    "text": 9,
    # There is no network.
    "brief": 1,
    # A file that preflight can't read; a problem of a whole piece is at the first line of its template.
    "build": 14,
}  # fmt: skip
"""How many problems the modules of each room make that have no line, though they aren't about the command line."""


def lineless(module: Path) -> int:
    """Return how many problems a module makes with None for their line, but those about the command line."""
    calls = (node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    made = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Problem")
    return sum(
        isinstance(line, ast.Constant) and line.value is None
        for _, line, *rest in (call.args for call in made if len(call.args) > 1)
        if "Owner.COMMAND" not in map(ast.unparse, rest)
    )


@pytest.mark.part(name="architecture")
@pytest.mark.parametrize(
    "room", sorted(path for path in SOURCE.iterdir() if path.name != "__pycache__"), ids=lambda path: path.stem
)
def test_problems_of_readable_files_have_a_line(room):
    modules = room.rglob("*.py") if room.is_dir() else [room]
    assert sum(map(lineless, modules)) <= WITHOUT_A_LINE.get(room.stem, 0), (
        "give the problem its line, or say in this test why it has none"
    )


@pytest.mark.part(name="builds", beyond=1)
@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        # A tag of a template that the page imports.
        ("layouts/tiny/blocks.html", 'alt="{{ shown.alt }}" ', "", "layouts/tiny/blocks.html:5: an image has no alt text"),
        ("layouts/tiny/blocks.html", "<p>{{ line(item.caption) }}</p>", '<p style="colr: red">{{ line(item.caption) }}</p>', "layouts/tiny/blocks.html:12: "),
        # An address that is put together from parts.
        ("layouts/tiny/cover.html", "<h1>", '<img alt="" src="{{ "no" ~ "where" }}.svg"><h1>', "layouts/tiny/cover.html:1: "),
        # A selector that is none.
        ("layouts/tiny/leave-behind.css", ".sheet > *", '.sheet "n" *', "layouts/tiny/leave-behind.css:4: "),
        # A chart file that opens a file which isn't there.
        ("charts/bars.py", "def draw(", 'open(__file__ + "x")\n\n\ndef draw(', "charts/bars.py:"),
    ],
)  # fmt: skip
def test_a_layout_problem_has_its_line_and_no_path_of_the_machine(
    command, edit, project, monkeypatch, path, old, new, expected
):
    # From elsewhere, the folders of finished files and proofs are named in full.
    monkeypatch.chdir(project.root)
    edit(path, old, new)
    result = command("build", "--jobs", "1")
    assert result.exit_code in (4, 5), result.stderr
    assert expected in result.stderr
    assert str(project.root) not in result.stderr
    assert not [
        line for line in result.stderr.splitlines() if line.startswith("layouts") and not line.split(":")[1].isdigit()
    ]


@pytest.mark.parametrize(
    ("words", "code"), [(("booklet", "none.pdf"), 2), (("booklet", "README.txt"), 5), (("--project", "/", "check"), 2)]
)
def test_the_exit_code_tells_who_can_fix_it(command, tmp_path, monkeypatch, words, code):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.txt").write_text("no PDF", encoding="utf-8")
    assert command(*words).exit_code == code
