"""The list of fonts: the rules it may contain, the files it may open, and damaged fonts."""

import shutil

import pytest

from briefpack.layout import fonts
from briefpack.layout.look import Face

CSS = "fonts/fonts.css"
REGULAR = "source-sans-3/SourceSans3-Regular.ttf"


@pytest.mark.parametrize(
    ("css", "faces"),
    [
        ("", ()),
        ("@font-face{font-family:A;src:url('a.ttf')}", (Face("A", 400, False, "a.ttf"),)),
        ("@FONT-FACE { FONT-FAMILY: A B; SRC: URL(./c/../a.ttf) }", (Face("A B", 400, False, "a.ttf"),)),
    ],
)  # fmt: skip
def test_reads_the_faces_of_a_font_list(css, faces):
    sheet = fonts.parse(css)
    assert (tuple(face for _, face in sheet.faces), sheet.problems) == (faces, ())


FACE = "font-family: A; src: url(a.ttf)"


@pytest.mark.parametrize(
    ("css", "line", "message"),
    [
        ('\n@import "file:///etc/passwd";', 2, "@import doesn't belong in this file"),
        ("@font-face { font-family: A; src: url(a.ttf) }\n\nbody { color: red }", 3, "a rule for elements of a page doesn't belong"),
        ("@font-face { font-family: A }", 1, "the face has no src"),
        ("@font-face;", 1, "@font-face doesn't belong in this file"),
        ("@font-face { font-family: A;\n src: local(Arial) }", 2, "src doesn't give the address of a file"),
        ("@font-face { font-family: A;\n src: url(a.ttf), url(b.ttf) }", 2, "src gives more than one file"),
        (f"@font-face {{ {FACE};\n font-weight: 450 }}", 2, "font-weight is not a single weight"),
        (f"@font-face {{ {FACE};\n font-wait: 400 }}", 2, '@font-face has no descriptor "font-wait"'),
        ("\n/* what never ends\n@font-face { font-family: A; src: url(a.ttf) }", 2, "the /* is not closed"),
    ],
)  # fmt: skip
def test_names_the_line_of_every_rule_that_is_not_a_valid_face(css, line, message):
    [problem] = fonts.parse(css).problems
    assert (problem.path, problem.line) == (CSS, line)
    assert message in problem.message
    assert problem.hint


@pytest.fixture
def outside(tmp_path, project):
    """A font and a style sheet beside the project, which no build may read."""
    shutil.copy(project.root / "fonts" / REGULAR, tmp_path / "stray.ttf")
    (tmp_path / "stray.css").write_text("body { content: 'the neighbour' }", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "rule",
    [
        '@import "file://{outside}/stray.css";',
        "@IMPORT url({outside}/stray.css);",
        '@FONT-FACE {{ font-family: "S"; src: url("file://{outside}/stray.ttf") }}',
        "@font-face {{ font-family: S; src: url({outside}/stray.ttf) }}",
        "@font-face {{ font-family: S; src: url(../../stray.ttf) }}",
        "@font-face {{ font-family: S; src: url(https://fonts.example/stray.ttf) }}",
        "@font-face {{ font-family: S; src: url(data:font/ttf;base64,AAEAAA==) }}",
        "@font-face {{ font-family: S; src: url(away.ttf) }}",
        "@media print {{ @font-face {{ font-family: S; src: url(../../stray.ttf) }} }}",
    ],
)
def test_opens_no_file_outside_fonts(project, command, outside, rule):
    (project.root / "fonts/away.ttf").symlink_to(outside / "stray.ttf")
    path = project.root / CSS
    path.write_text(path.read_text(encoding="utf-8") + rule.format(outside=outside) + "\n", encoding="utf-8")
    result = command("build", "--jobs", "1", "--ask", "slow-streets")
    assert result.exit_code == 4, result.stderr
    assert "neighbour" not in result.output
    assert "fonts/" in result.stderr


def spoilt(data: bytes, kind: str) -> bytes:
    """A font that is damaged in one way."""
    at = data.index(b"glyf") if kind == "renamed" else len(data) // 2 + sum(kind.encode()) * 97
    return {
        "empty": b"", "text": b"no font at all", "cut": data[: len(data) // 2], "short": data[:-5000], "head": b"\0\0\0\0" + data[4:],
        "renamed": data[:at] + b"glyg" + data[at + 4 :],
        "zeros": data[:at] + bytes(2000) + data[at + 2000 :],
    }.get(kind) or (data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1 :] if kind.startswith("bit") else b"")  # fmt: skip


@pytest.mark.parametrize(
    "kind", ["empty", "text", "cut", "short", "head", "renamed", "zeros", *(f"bit {n}" for n in range(5))]
)
def test_names_a_damaged_font_at_its_line_in_the_list(project, command, kind):
    path = project.root / "fonts" / REGULAR
    damaged = spoilt(path.read_bytes(), kind)
    path.unlink()
    path.write_bytes(damaged)
    lines = (project.root / CSS).read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if REGULAR in text)
    result = command("build", "--jobs", "1")
    assert result.stderr.startswith(f'{CSS}:{line}: the font file "{REGULAR}" is damaged, or is not a font'), (
        result.stderr
    )
    assert result.stderr.count("  try: ") == 1
    assert result.exit_code == 4
