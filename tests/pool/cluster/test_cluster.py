"""Builds on a Dask cluster: the same documents, or a problem that says why not."""

import contextlib
import dataclasses
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from distributed import Client

import briefpack
from briefpack import build, output
from briefpack.project import Project

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.part(name="cluster")]
HANG_SECONDS = 120
BIN = Path(sys.executable).parent
SOURCE = Path(briefpack.__file__).parent.parent
RUN = "from briefpack.cli import main; main()"
BODY = "layouts/tiny/body.html"
BLOCK = "{% block content %}"
LONG_TEXT = "{% for _ in range(99) %}{% for _ in range(99) %}<p>Words without end.</p>{% endfor %}{% endfor %}"


@contextlib.contextmanager
def running(*command, **options):
    """Run a command, and end it and all that it started. One of Dask's has no place for a user's key."""
    path = os.pathsep.join(map(str, (*options.pop("sources", ()), SOURCE)))
    environment = {**os.environ, "PYTHONPATH": path}
    environment |= {"XDG_STATE_HOME": os.devnull} if command[0] == "dask" else {}
    process = subprocess.Popen(  # noqa: S603 -- our own command
        [BIN / command[0], *map(str, command[1:])],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **options,
    )
    try:
        yield psutil.Process(process.pid)
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            started = psutil.Process(process.pid).children(recursive=True)
            process.kill()
            for each in started:
                with contextlib.suppress(psutil.NoSuchProcess):
                    each.kill()
        process.wait()


@contextlib.contextmanager
def scheduling(folder):
    """Run a scheduler, and yield its process and its address."""
    file = folder / "scheduler.json"
    command = ("dask", "scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard", "--scheduler-file", file)
    with running(*command) as process:
        wait_until(file.exists)
        with Client(scheduler_file=file, set_as_default=False) as client:
            address = client.scheduler.address
        yield process, address


@contextlib.contextmanager
def working(address, *options, count=1, **others):
    """Run a worker, and yield its process once the scheduler knows of `count` workers."""
    with running("dask", "worker", address, "--no-dashboard", *options, **others) as process:
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=HANG_SECONDS)
        yield process


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """The address of a scheduler that has no worker."""
    with scheduling(tmp_path_factory.mktemp("scheduler")) as (_, address):
        yield address


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """The address of a scheduler with a worker that has two threads."""
    with scheduling(tmp_path_factory.mktemp("cluster")) as (_, address), working(address, "--nthreads", 2):
        yield address


def request(project, **changes):
    asked = output.Request(project=project, brief="tiny", layout="tiny", out=project.root / "out", jobs=2)
    return dataclasses.replace(asked, **changes)


def messages(report):
    return [problem.message for problem in report.problems]


def documents(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*.pdf")}


def wait_until(happens):
    end = time.monotonic() + HANG_SECONDS
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@contextlib.contextmanager
def building(project, address, *options):
    """Run `briefpack build` on a cluster, and yield its process once a worker has begun to work."""
    options = ["--scheduler", address, *map(str, options)]
    command = [sys.executable, "-c", RUN, "--project", project.root, "build", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:  # noqa: S603 -- as above
        wait_until(lambda: any(project.store.glob("work-*-cluster/*")) or process.poll() is not None)
        yield process


def test_a_cluster_makes_the_same_bytes(project, sample_build, cluster):
    report = build.run(request(project, scheduler=cluster))
    assert messages(report) == []
    assert documents(report.folder) == documents(sample_build[2])
    assert not any(project.store.glob("work-*"))


def test_a_worker_rereads_files_for_each_build(project, cluster, tmp_path):
    build.run(request(project, scheduler=cluster))
    fonts = project.root / "fonts"
    (fonts / "source-sans-3/SourceSans3-Regular.ttf").unlink()
    shutil.copy(fonts / "source-serif-4/SourceSerif4-Regular.ttf", fonts / "source-sans-3/SourceSans3-Regular.ttf")
    there = build.run(request(project, scheduler=cluster, out=tmp_path / "there"))
    shutil.rmtree(project.store)
    here = build.run(request(project, out=tmp_path / "here"))
    assert there.made == here.made
    assert documents(there.folder) == documents(here.folder)


def test_leaves_no_process_on_the_workers(project, scheduler):
    with working(scheduler, "--nthreads", 1) as worker:
        before = len(worker.children(recursive=True))
        build.run(request(project, scheduler=scheduler))
        # The fork server and the resource tracker stay, for the next build.
        wait_until(lambda: len(worker.children(recursive=True)) <= before + 2)


def test_reports_a_scheduler_that_does_not_answer(project):
    report = build.run(request(project, scheduler="tcp://127.0.0.1:9", wait_seconds=0))
    assert messages(report) == ["no scheduler answers at tcp://127.0.0.1:9"]
    assert (report.made, len(report.failed), report.exit_code) == ((), 3, 2)


@pytest.mark.parametrize("address", ["", "nonsense", "SILENT"])
def test_reports_an_address_without_a_scheduler(project, address):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = address.replace("SILENT", f"tcp://127.0.0.1:{silent.getsockname()[1]}")
        report = build.run(request(project, scheduler=address, wait_seconds=0))
    assert messages(report) == [f"no scheduler answers at {address or 'an empty address'}"]


def test_stops_if_no_worker_joins(scheduler, command):
    result = command("build", "--scheduler", scheduler, "--wait", "1")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert f"waiting up to 1 s for a worker to join {scheduler}" in lines
    said = lines.index(f"--scheduler: the scheduler at {scheduler} has no workers, and none joined within 1 s")
    assert lines[said + 1].startswith(f"  try: start one: dask worker {scheduler}")


def other_engine(tmp_path):
    """A copy of briefpack with a comment more, and a library that this machine lacks."""
    shutil.copytree(SOURCE / "briefpack", tmp_path / "briefpack")
    with (tmp_path / "briefpack/bind.py").open("a", encoding="utf-8") as file:
        file.write("# Another version.\n")
    (tmp_path / "colour_library-9.1.dist-info").mkdir()
    return tmp_path


def test_refuses_a_worker_with_other_versions(project, cluster, tmp_path):
    with working(cluster, "--name", "other", count=2, sources=[other_engine(tmp_path / "other")]):
        with Client(cluster, set_as_default=False) as client:
            [address] = [
                at for at, each in client.scheduler_info(n_workers=-1)["workers"].items() if each["name"] == "other"
            ]
        report = build.run(request(project, scheduler=cluster))
    [message] = messages(report)
    assert message.startswith(f"worker {address}: its versions differ from this machine's: briefpack ")
    assert message.endswith("colour_library 9.1 (here none)")
    assert (report.made, report.exit_code) == ((), 2)
    assert documents(project.root / "out") == {}


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="a path that each process sees otherwise, on Linux alone"
)
@pytest.mark.parametrize("sees", ["nothing", "another", "other files"])
def test_refuses_a_worker_that_sees_another_folder(project, scheduler, tmp_path, monkeypatch, sees):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if sees != "nothing":
        shutil.copytree(project.root, elsewhere / "project", ignore=shutil.ignore_patterns(".store"))
    if sees == "other files":
        project.store.mkdir(exist_ok=True)
        (elsewhere / "project/.store").symlink_to(project.store)
        (elsewhere / "project/fonts/fonts.css").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    here = Project(Path("/proc/self/cwd/project"))
    with working(scheduler, "--nthreads", 1, cwd=elsewhere):
        [message] = messages(build.run(request(here, scheduler=scheduler)))
    said = {
        "nothing": "it can't see the project's folder, /proc/self/cwd/project",
        "another": "it can't see the project's folder, /proc/self/cwd/project",
        "other files": "its files differ from this machine's in fonts/",
    }
    assert message.endswith(said[sees])


@pytest.mark.parametrize("seconds", [3])
def test_reports_a_lost_scheduler(project, edit, tmp_path, seconds):
    edit(BODY, BLOCK, BLOCK + LONG_TEXT)
    with (
        scheduling(tmp_path) as (scheduler, address),
        working(address, "--nthreads", 2),
        building(project, address, "--quiet") as process,
    ):
        time.sleep(seconds)
        scheduler.kill()
        _, said = process.communicate(timeout=HANG_SECONDS)
    assert said.startswith(f"--scheduler: the scheduler at {address} stopped responding\n  try: restart it")
    assert (process.returncode, "Traceback" in said) == (5, False)


def test_ctrl_c_ends_the_processes_on_a_cluster(project, edit, tmp_path):
    edit(BODY, BLOCK, BLOCK + LONG_TEXT)
    with (
        scheduling(tmp_path) as (_, address),
        working(address, "--nthreads", 2) as worker,
        building(project, address, "--quiet") as process,
    ):
        wait_until(lambda: max_seconds(worker) > 2)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=HANG_SECONDS)
        wait_until(lambda: max_seconds(worker) < 2)
    assert (process.returncode, said.strip()) == (1, "Aborted!")


def max_seconds(worker):
    """The most time that a process has used the processor for, of those that a worker's fork server started."""
    return max((seconds_used(each) for each in worker.children(recursive=True)), default=0)


def seconds_used(process):
    """The time that a fork server has used the processor for; 0 for any other process, and for one that has ended."""
    try:
        return sum(process.cpu_times()[:2]) if "forkserver" in " ".join(process.cmdline()) else 0
    except psutil.NoSuchProcess:
        return 0


def test_survives_a_killed_worker(project, sample_build, scheduler):
    with (
        working(scheduler, "--nthreads", 1) as nanny,
        working(scheduler, "--nthreads", 1, count=2),
        building(project, scheduler) as process,
    ):
        assert process.poll() is None
        for worker in nanny.children():
            worker.kill()
        _, said = process.communicate(timeout=HANG_SECONDS)
    assert (process.returncode, "Traceback" in said) == (0, False)
    assert documents(project.root / "out") == documents(sample_build[2])
