"""Large fonts that `fonts/packages.yaml` records."""

import shutil

import pytest

from briefpack.layout import added_fonts

RECORD = """test-sans:
  family: Test Sans
  licence: SIL Open Font License 1.1
  covers: ["4E00-9FFF"]
  package: "@made/test-sans"
  version: 1.2.3
  integrity: sha512-x
  weights: {400: 400/Regular.ttf}
  licence_file: OFL.txt
"""


@pytest.fixture(autouse=True)
def _record(project):
    (project.root / "fonts/packages.yaml").write_text(RECORD, encoding="utf-8")


def test_finds_the_faces_of_a_font_that_is_installed(project):
    assert added_fonts.every(project.root) == ()
    (project.root / "fonts/added/test-sans").mkdir(parents=True)
    face = project.root / "fonts/source-sans-3/SourceSans3-Regular.ttf"
    shutil.copyfile(face, project.root / "fonts/added/test-sans/Regular.ttf")
    [font] = added_fonts.every(project.root)
    assert [(face.family, face.weight, face.path) for face in font.faces] == [
        ("Test Sans", 400, "added/test-sans/Regular.ttf")
    ]


def test_names_the_font_to_install_once_for_all_its_characters(edit, command):
    edit("briefs/tiny/brief.yaml", "Ask the Treasurer for the fund.", "请向国库部长提出设立基金的建议。")
    edit("briefs/tiny/brief.yaml", "Say that you support the law.", "支持这项法律。")
    result = command("check")
    lines = [line for line in result.stderr.splitlines() if "no font has" in line]
    assert 'no font has the characters "请", "向", "国" and 18 more' in lines[0]
    assert result.stderr.count("install test-sans as fonts/README.md says") == 1
