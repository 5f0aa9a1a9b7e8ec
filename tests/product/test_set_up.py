"""The script that installs what briefpack needs says so first: it takes a while."""

import shutil
import subprocess

from projects import REPOSITORY


def test_says_what_it_installs_and_for_how_long(tmp_path):
    """A stand-in for Python installs nothing."""
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    python.chmod(0o755)
    shutil.copytree(REPOSITORY / ".ci", tmp_path / ".ci")
    words = ["sh", tmp_path / ".ci/set-up"]
    result = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 -- our own script
    said = "Installing the packages that briefpack needs into .venv (about 40 seconds) …\n"
    assert (result.stdout, result.stderr) == ("", said)
    assert (tmp_path / ".venv/ready").exists()
