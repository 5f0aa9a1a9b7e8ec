"""`briefpack build --watch` builds again after each change of a file, whatever is wrong with it meanwhile."""

import os
import signal
import subprocess
import sys

import pytest

BRIEF = "briefs/tiny/brief.yaml"
WATCHING = "Watching the files."


@pytest.fixture
def watching(project):
    """The command, watching the sample."""
    line = [sys.executable, "-m", "briefpack", "--project", str(project.root)]
    line += ["build", "tiny", "--watch", "--jobs", "1", "--ask", "slow-streets"]
    with subprocess.Popen(  # noqa: S603
        line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def printed(process):
    """What it prints until it watches again."""
    lines = []
    for line in process.stdout:
        if WATCHING in line:
            return "".join(lines)
        lines.append(line)
    raise AssertionError("".join(lines))


@pytest.mark.usefixtures("warm")
def test_builds_again_after_each_change_and_goes_on_after_a_mistake(edit, watching):
    assert "Made 1 document" in printed(watching)
    edit(BRIEF, "website:", "websit:")
    stopped = printed(watching)
    assert "brief.yaml:11: organisation.websit" in stopped
    assert "Nothing was made." in stopped
    edit(BRIEF, "websit:", "website:")
    assert "1 document" in printed(watching)
    watching.send_signal(signal.SIGINT)
    assert watching.wait() == 0
    assert "Traceback" not in watching.stdout.read()


def test_prints_no_json_while_it_watches(command):
    result = command("build", "--watch", "--json")
    assert result.exit_code == 2
    assert "--watch prints text" in result.stderr
