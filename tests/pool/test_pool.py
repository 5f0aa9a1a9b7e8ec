"""Worker processes on this machine: how they end, and what continues without them."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor

import psutil
import pytest

from briefpack import build, pool

HANG_SECONDS = 120
RUN = "from briefpack.cli import main; main()"
LONG_TEXT = "{% for _ in range(99) %}{% for _ in range(99) %}<p>Words without end.</p>{% endfor %}{% endfor %}"


def start(project, temporary):
    """Start a build as the leader of its own session."""
    command = [sys.executable, "-c", RUN, "--project", project.root, "build", "--jobs", "2"]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    return subprocess.Popen(  # noqa: S603 -- our own command
        command, start_new_session=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment
    )


def in_session(leader):
    """Return the running processes of a session."""
    found = []
    for process in psutil.process_iter():
        try:
            if os.getsid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


def wait_until(happens):
    end = time.monotonic() + HANG_SECONDS
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def worker_is_busy(build):
    """Return a function that tells whether a worker has used the processor for a second."""
    return lambda: any(
        is_busy_child(process, build.pid) for process in in_session(build.pid) if process.pid != build.pid
    )


def is_busy_child(process, parent):
    """Return whether a process not started by `parent` has used the processor for a second."""
    try:
        return process.ppid() != parent and sum(process.cpu_times()[:2]) > 1
    except psutil.NoSuchProcess:
        return False


def has_bound_a_document(project):
    """Return a function that tells whether a document is in the work folder, under its hash."""
    return lambda: any(project.store.glob(f"work-*/{'[0-9a-f]' * 64}"))


def documents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.pdf")}


@pytest.mark.parametrize("stage", ["typeset", pytest.param("bind", marks=pytest.mark.part(name="interrupts"))])
def test_a_killed_build_leaves_no_process_and_no_file(project, edit, sample_build, temporary, stage):
    page = ("layouts/tiny/body.html", "{% block content %}", f"{{% block content %}}{LONG_TEXT}")
    if stage == "typeset":
        edit(*page)
    build = start(project, temporary)
    wait_until(worker_is_busy(build) if stage == "typeset" else has_bound_a_document(project))
    os.kill(build.pid, signal.SIGKILL)
    build.wait()
    try:
        wait_until(lambda: not in_session(build.pid))
    finally:
        for process in in_session(build.pid):
            process.kill()
    if stage == "typeset":
        edit(page[0], page[2], page[1])
    assert start(project, temporary).wait(HANG_SECONDS) == 0
    assert [*temporary.iterdir()] == []
    assert documents(project.root / "out") == documents(sample_build[0].root / "out")
    assert not [path for path in project.store.rglob("*") if path.name.startswith((".", "work-"))]


def end_at_seven(number: int) -> int:
    if number == 7:
        os._exit(1)
    return number * 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_the_item_that_crashes_its_process_fails(jobs):
    with pool.workers(jobs, lambda *_: None) as processes:
        done = list(processes.map("count", end_at_seven, range(100), lambda number: -number))
    assert done == [(number, -7 if number == 7 else number * 2) for number in range(100)]


def test_finishes_a_stage_that_starts_after_a_crash():
    with pool.workers(1, lambda *_: None) as processes:
        first = processes.map("count", end_at_seven, [7, 1, 2], lambda number: -number)
        wait_until_broken(processes)
        second = processes.map("count", end_at_seven, range(5), lambda number: -number)
        assert list(second) == [(number, number * 2) for number in range(5)]
        assert list(first) == [(7, -7), (1, 2), (2, 4)]


def wait_until_broken(processes):
    end = time.monotonic() + HANG_SECONDS
    while time.monotonic() < end:
        try:
            processes.start().submit(int).result()
        except BrokenExecutor:
            return
        time.sleep(0.01)


def worker(stay=None):
    """Return the process that does the work of a build with one job."""
    with pool.workers(1, build.no_progress, stay=stay) as workers:
        [(_, number)] = workers.map("typeset", eval, ["__import__('os').getpid()"], str)
    return number


def test_workers_stay_for_the_next_build_where_they_are_kept():
    with pool.kept() as stay:
        first = worker(stay)
        assert worker(stay) == first
    assert not psutil.pid_exists(first)
    assert worker() != worker()
