"""Each of our patches of WeasyPrint has an issue's text, and a patch that applies to the version that is pinned."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import weasyprint

from briefpack.typeset import weasyprint as ours
from briefpack.typeset.weasyprint import patches

FOLDER = Path(ours.__file__).parent
UPSTREAM = FOLDER / "upstream"
PATCHES = sorted(path.stem for path in UPSTREAM.glob("*.patch"))
PATCH = shutil.which("patch")
PARTS = {"elements", "paths", "reading_order"}
"""The patches to offer for a part of what one of ours does."""
MAKES = re.compile(r"^def \w+\(\) -> Iterator\[Replacement\]:", re.MULTILINE)
"""A function that makes a patch."""


def test_each_patch_has_an_issue_and_a_patch_to_offer():
    making = [each for path in FOLDER.glob("*.py") for each in MAKES.findall(path.read_text(encoding="utf-8"))]
    assert len(making) == len(patches.PATCHES)
    assert {*patches.PATCHES, *PARTS} == {*PATCHES}
    assert {path.stem for path in UPSTREAM.glob("*.md")} - {"README"} == {*PATCHES}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Return a copy of the installed WeasyPrint's source."""
    folder = tmp_path_factory.mktemp("weasyprint")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(weasyprint.__file__).parent, folder / "weasyprint", ignore=ignored)
    return folder


@pytest.mark.skipif(PATCH is None, reason="there is no patch(1)")
@pytest.mark.parametrize("name", PATCHES)
def test_applies_to_the_installed_version(source, tmp_path, name):
    copy = shutil.copytree(source, tmp_path / "copy")
    patch = UPSTREAM / f"{name}.patch"
    command = [PATCH, "-p1", "--fuzz=0", "-i", patch]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)  # noqa: S603 -- our own patches
    assert done.returncode == 0, done.stdout
    for file in re.findall(r"^\+\+\+ b/(\S+)", patch.read_text(encoding="utf-8"), re.MULTILINE):
        compile((copy / file).read_text(encoding="utf-8"), file, "exec")


def test_an_issue_says_what_happens_and_what_should():
    for name in PATCHES:
        text = (UPSTREAM / f"{name}.md").read_text(encoding="utf-8")
        assert text.startswith("# "), name
        for part in ("**What happens.**", "**What should happen.**", f"**The patch** (`{name}.patch`)"):
            assert part in text, name
