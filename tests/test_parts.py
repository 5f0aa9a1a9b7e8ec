"""The parts of the tests that the gate leaves out: each is in the table of README.md, with what it guards."""

import re
import subprocess
import sys

import pytest

import parts
from projects import REPOSITORY, TESTS

MARK = re.compile(r"mark\.part\(name=\"([^\"]*)\"")


def test_every_mark_is_a_part_of_the_table():
    used = {name for path in TESTS.rglob("test_*.py") for name in MARK.findall(path.read_text(encoding="utf-8"))}
    assert used == set(parts.table())


def test_every_part_guards_files_that_exist():
    guarded = {path for paths in parts.table().values() for path in paths}
    assert [path for path in sorted(guarded) if not (REPOSITORY / path).exists()] == []


def test_every_folder_of_the_product_is_guarded():
    rooms = [path.name for path in (REPOSITORY / "src/briefpack").iterdir() if path.is_dir() and path.name[0] != "_"]
    assert "plan" in rooms
    changed = [f"src/briefpack/{room}/model.py" for room in rooms] + ["layouts/a", "charts/a", "briefs/a"]
    assert [path for path in changed if set(parts.needed([path])) <= {"architecture"}] == []


@pytest.mark.parametrize(
    ("changed", "needs"),
    [("src/briefpack/pool/cluster/remote.py", "cluster"), ("src/briefpack/store.py", "interrupts"), ("briefs/_starter/brief.yaml", "examples")],
)  # fmt: skip
def test_a_change_needs_the_parts_that_guard_its_files(changed, needs):
    assert needs in parts.needed([changed])


@pytest.mark.parametrize("changed", ["src/briefpack/store.py.old", "src/briefpack/pools/a.py", "CHANGELOG.md"])
def test_other_changes_do_not_need_a_part(changed):
    assert not {"cluster", "interrupts"} & set(parts.needed([changed]))


def test_refuses_a_part_that_does_not_exist():
    command = [sys.executable, TESTS / "parts.py", "--part", "none"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- this Python
    assert done.returncode == 2
    assert "invalid choice: 'none'" in done.stderr
