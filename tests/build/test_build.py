"""Builds of the sample: the same bytes every time, nothing made twice, nothing left half made."""

import contextlib
import datetime
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pikepdf
import psutil
import pytest

from briefpack import build, output, store
from briefpack.output import manifest
from briefpack.problem import Owner, Problem, Problems
from briefpack.project import Project
from briefpack.store import Store
from conftest import copy_sample

PACK = "national/national-pack.pdf"
FUND = "national/national-leave-behind-crossing-fund.pdf"
STREETS = "national/national-leave-behind-slow-streets.pdf"
ALL = tuple(sorted((PACK, FUND, STREETS)))
BRIEF = "briefs/tiny/brief.yaml"
ENDLESS = "{% for _ in range(99) %}{% for _ in range(99) %}<p>Words without end.</p>{% endfor %}{% endfor %}"
HANG_SECONDS = 120
LONG = "The street outside a school is for walking, and drivers who hurry through it put every child in danger. " * 40

COMMAND = (sys.executable, "-c", "from briefpack.cli import main; main()")
PROCESS_GROUPS = pytest.mark.skipif(
    not hasattr(os, "killpg"), reason="only POSIX ends a build with all its workers at once"
)


def make(project: Project, **wanted) -> output.Report:
    return build.run(
        output.Request(**{"project": project, "brief": "tiny", "layout": "tiny", "out": project.root / "out", **wanted})
    )


def made(folder: Path) -> dict[str, bytes]:
    """Return the finished documents in a folder, without proofs."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.pdf"))}
    return {path: data for path, data in found.items() if not path.startswith("proofs/")}


def entries_of(project: Project) -> list[Path]:
    """Return the complete entries of a project's store."""
    return [path for path in project.store.glob("*") if len(path.name) == store.DIGEST]


def times(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


def run_command(project: Project, *more: str, **environment: str) -> subprocess.Popen:
    arguments = [*COMMAND, "--project", str(project.root), "build", "--layout", "tiny", *more]
    return subprocess.Popen(  # noqa: S603 -- this Python
        arguments, env={**os.environ, **environment}, stderr=subprocess.PIPE, start_new_session=True, text=True
    )


@pytest.fixture
def warm(project, sample_build) -> Project:
    """Return a project whose store already has all charts and pieces of the sample."""
    shutil.copytree(sample_build[0].store, project.store, dirs_exist_ok=True)
    return project


# ---- Numbers from a file.


@pytest.mark.usefixtures("in_process")
@pytest.mark.part(name="rebuilds")
def test_changes_every_document_that_shows_a_number_of_a_data_file(warm, edit):
    data = warm.root / "briefs/tiny/data/speeds.csv"
    data.parent.mkdir()
    data.write_text("When,Speed\nBefore,48\nAfter,31\n", encoding="utf-8")
    rows = """    rows:
      - {label: Before, figure: speed-before}
      - {label: After, figure: speed-after, strong: yes}
"""
    edit(BRIEF, rows, "    data: {from: speeds, label: When, values: Speed}\n")
    edit(
        BRIEF,
        "\nrelations:\n",
        "\ndata:\n  speeds: {file: speeds.csv, unit: km an hour, source: road-report}\nrelations:\n",
    )
    assert make(warm).made == ALL
    assert make(warm).made == ()
    before = made(warm.root / "out")
    data.write_text("When,Speed\nBefore,48\nAfter,33\n", encoding="utf-8")
    assert set(make(warm).made) == {PACK, FUND}
    after = made(warm.root / "out")
    assert {path.rpartition("national/")[2] for path in after if after[path] != before[path]} == {
        path.rpartition("/")[2] for path in (PACK, FUND)
    }


# ---- The same bytes.


@pytest.mark.usefixtures("in_process")
def test_builds_the_same_bytes_from_a_full_store_without_layout(warm, sample_build):
    stages = []
    report = build.run(
        output.Request(warm, "tiny", "tiny", warm.root / "again"), lambda stage, _done, _total: stages.append(stage)
    )
    assert report.made == ALL
    assert set(stages) == {"pages", "bind"}
    assert made(report.folder) == made(sample_build[2])


@pytest.mark.part(name="builds")
def test_builds_the_same_bytes_in_any_time_zone_hash_seed_and_working_folder(project, sample_build):
    ran = run_command(
        project, "--jobs", "1", PYTHONHASHSEED="7", TZ="Pacific/Auckland", SOURCE_DATE_EPOCH="86400", LC_ALL="C"
    )
    assert ran.wait(HANG_SECONDS) == 0, ran.stderr.read()
    ran.stderr.close()
    assert made(project.root / "out/tiny/tiny/screen") == made(sample_build[2])


def test_a_file_contains_only_the_date_of_the_brief(sample_build):
    for path in sample_build[2].rglob("*.pdf"):
        with pikepdf.Pdf.open(path) as pdf:
            streams = [
                item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Width" not in item
            ]
            texts = " ".join([str(pdf.docinfo), *(stream.decode("latin-1") for stream in streams)])
        assert set(re.findall(r"D:(\d{8})", texts)) == {"20260701"}
        assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", texts)) == {"2026-07-01T00:00:00Z"}
    text = (sample_build[2] / "manifest.json").read_text(encoding="utf-8")
    assert not re.search(r"20\d\d-\d\d-\d\d", text)


def test_no_file_contains_the_path_of_the_project(sample_build):
    project, _, folder = sample_build
    for path in folder.rglob("*"):
        if path.is_file():
            assert str(project.root).encode() not in path.read_bytes()


# ---- Unchanged documents are kept.


@pytest.mark.usefixtures("in_process")
def test_a_build_without_changes_touches_no_file(warm):
    first = make(warm)
    assert (first.made, first.kept, first.failed, first.exit_code) == (ALL, (), (), 0)
    before, stages = times(first.folder), []
    second = build.run(
        output.Request(warm, "tiny", "tiny", warm.root / "out"), lambda stage, _done, _total: stages.append(stage)
    )
    assert (second.made, second.kept, second.failed, second.exit_code) == ((), ALL, (), 0)
    assert stages == []
    assert times(second.folder) == before


@pytest.mark.part(name="builds", beyond=3)
@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("old", "new", "remade"),
    [
        ("text: Drivers keep to them.", "text: Drivers obey them.", {STREETS}),
        ("sentence: A walk to school should be safe.", "sentence: Every walk should be safe.", {STREETS}),
    ],
)
def test_an_edit_remakes_only_the_documents_that_show_it(warm, edit, old, new, remade):
    first = make(warm)
    before = times(first.folder)
    edit(BRIEF, old, new)
    second = make(warm)
    assert second.problems == ()
    assert set(second.made) == remade
    assert set(second.kept) == set(ALL) - remade
    after = times(second.folder)
    assert {path for path in ALL if after[path] != before[path]} == remade


@pytest.mark.usefixtures("in_process")
def test_an_edited_style_sheet_remakes_the_documents_that_use_it(warm):
    make(warm)
    style = warm.root / "layouts/tiny/leave-behind.css"
    style.write_text(style.read_text(encoding="utf-8") + "\nh1 { color: #123456; }\n", encoding="utf-8")
    report = make(warm)
    assert set(report.made) == {FUND, STREETS}
    assert report.kept == (PACK,)


@pytest.mark.usefixtures("in_process")
@pytest.mark.part(name="builds")
def test_every_build_repeats_the_warnings_of_a_whole_document(project, edit):
    """Only the whole document shows that a link's address isn't printed, so an unrelated edit must not hide it."""
    edit(BRIEF, "Walking is healthy.[^health-review]", "Walking is [healthy](https://walk.example/why).")
    first = make(project, edition="home")
    edit(BRIEF, "action: Ask the Treasurer for the fund.", "action: Ask the Treasurer to pay.")
    second, third = make(project, edition="home"), make(project, edition="home")
    assert [problem.check for problem in first.problems] == ["links-alive-on-paper"]
    assert second.problems == third.problems == first.problems
    assert STREETS in second.kept


# ---- Damaged or missing files are made again.


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Path:
    """Return a store with nothing but what one build of the sample keeps."""
    project = copy_sample(tmp_path_factory.mktemp("fresh") / "project")
    assert build.run(output.Request(project, "tiny", "tiny", project.root / "out", jobs=1)).problems == ()
    return project.store


@pytest.mark.part(name="builds", beyond=1)
@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    "damage", [lambda data: data[: len(data) // 2], lambda _data: b"", lambda data: data[:-1] + bytes([data[-1] ^ 1])]
)
def test_remakes_a_damaged_store_entry(project, fresh, damage):
    shutil.rmtree(project.store)
    shutil.copytree(fresh, project.store)
    report = make(project)
    wanted = made(report.folder)
    entries = {path: path.read_bytes() for path in entries_of(project)}
    assert len(entries) > 10
    for path, data in entries.items():
        path.write_bytes(damage(data))
    for path in wanted:
        (report.folder / path).unlink()
    # This process has read the layouts, and the store for them, already.
    (project.root / "layouts" / "tokens.yaml").touch()
    again = make(project)
    assert "\n".join(map(str, again.problems)) == ""
    assert again.made == ALL
    assert made(again.folder) == wanted
    kept = Store(project.store)
    assert [data[64:104] for path, data in entries.items() if kept.get(path.name) is None] == []


@pytest.mark.usefixtures("in_process")
def test_remakes_a_finished_file_that_is_missing_or_changed(warm):
    report = make(warm)
    wanted = made(report.folder)
    (report.folder / FUND).unlink()
    (report.folder / PACK).write_bytes(wanted[PACK][:-10])
    again = make(warm)
    assert again.made == tuple(sorted((PACK, FUND)))
    assert again.kept == (STREETS,)
    assert made(again.folder) == wanted


@pytest.mark.part(name="builds", beyond=2)
@pytest.mark.parametrize("stage", ["charts", "pages", "typeset", "bind", "check"])
@pytest.mark.usefixtures("in_process")
def test_says_so_if_the_store_is_deleted_during_the_build(warm, edit, monkeypatch, stage):
    edit("briefs/tiny/brief.yaml", "text: Drivers keep to them.", "text: Drivers obey them.")
    run = getattr(build.jobs, stage)
    monkeypatch.setattr(build.jobs, stage, lambda *given: shutil.rmtree(warm.store) or run(*given))
    with pytest.raises(Problems) as stopped:
        make(warm)
    [problem] = stopped.value.problems
    assert str(problem) == (
        ".store: it was deleted during the build\n  try: build again, and leave it alone while a build runs"
    )
    monkeypatch.undo()
    assert make(warm).problems == ()


# ---- Selections, overset text and failures.


@pytest.mark.usefixtures("in_process")
def test_makes_only_the_leave_behind_of_the_ask_named(warm, sample_build):
    report = make(warm, asks=("slow-streets",))
    assert report.made == (STREETS,)
    assert made(report.folder) == {STREETS: made(sample_build[2])[STREETS]}
    assert set(manifest.read(report.folder).documents) == {STREETS}


def prepare(home: Project, **wanted):
    return build.prepare(output.Request(home, "ijm-federal-2025", "ijm", home.root / "out", national=False, **wanted))


def test_refuses_an_unknown_state_even_with_all(home):
    with pytest.raises(Problems, match='there is no state called "NOPE"'):
        prepare(home, every=True, states=("NOPE",))


def test_selects_the_electorates_named_and_those_of_the_states(home):
    planned = prepare(home, electorates=("durack", "bean"), states=("nt", "NT"), asks=("double-accce",))
    assert [document.electorate for document in planned.documents] == ["bean", "durack", "lingiari", "solomon"]


@pytest.mark.part(name="builds")
def test_overset_text_stops_only_its_own_document(warm, edit, sample_build):
    edit(BRIEF, "text: Drivers keep to them.", f'text: "{LONG}"')
    report = make(warm)
    assert report.exit_code == 5
    assert report.failed == (STREETS,)
    assert set(report.made) == {PACK, FUND}
    wanted = made(sample_build[2])
    assert made(report.folder) == {path: wanted[path] for path in (PACK, FUND)}
    (problem,) = report.problems
    assert problem.path == BRIEF
    lines = (warm.root / BRIEF).read_text(encoding="utf-8").splitlines()
    assert lines[problem.line - 1].strip() == "reasons:"
    assert "asks.slow-streets.leave_behind.reasons" in problem.message
    assert re.search(r"cut about \d+ words", problem.hint)


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("in_process")
def test_overset_text_sets_the_earlier_document_aside_and_is_reported_again(warm, edit):
    wanted = made(make(warm).folder)
    edit(BRIEF, "text: Drivers keep to them.", f'text: "{LONG}"')
    first, second = make(warm), make(warm)
    assert first.problems == second.problems != ()
    assert (second.made, second.failed, second.exit_code) == ((), (STREETS,), 5)
    assert set(second.kept) == {PACK, FUND}
    earlier = wanted.pop(STREETS)
    assert made(second.folder) == wanted
    assert (second.folder / "proofs/earlier" / STREETS).read_bytes() == earlier


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("in_process")
def test_blames_the_brief_if_nothing_can_be_made(warm, edit):
    edit(BRIEF, "text: Drivers keep to them.", f'text: "{LONG}"')
    report = make(warm, asks=("slow-streets",))
    assert (report.made, report.failed, report.exit_code) == ((), (STREETS,), 3)


@pytest.mark.usefixtures("in_process")
def test_a_chart_that_fails_stops_only_the_documents_that_show_it(warm):
    chart = warm.root / "charts/bars.py"
    chart.write_text("def draw(ax, rows, look):\n    return 1 / 0\n", encoding="utf-8")
    report = make(warm)
    assert report.exit_code == 5
    assert set(report.failed) == {PACK, FUND}
    assert report.made == (STREETS,)
    (problem,) = report.problems
    assert (problem.path, problem.line) == ("charts/bars.py", 2)
    assert "ZeroDivisionError" in problem.message


@pytest.mark.usefixtures("in_process")
def test_reports_finished_documents_if_the_workers_fail(warm, monkeypatch):
    def end(*_arguments):
        raise Problems([Problem("briefpack", None, "a worker process was ended", "again", Owner.DOCUMENT)])

    make(warm, asks=("slow-streets",))
    monkeypatch.setattr(build.jobs, "bind", end)
    report = make(warm)
    assert (report.made, report.kept, report.failed, report.exit_code) == ((), (STREETS,), (PACK, FUND), 5)
    assert [problem.message for problem in report.problems] == ["a worker process was ended"]


@pytest.mark.usefixtures("in_process")
def test_a_misspelt_style_stops_the_documents_that_use_it(warm, edit):
    edit("layouts/tiny/panel.css", ".panel {", ".panel { colr: red;")
    report = make(warm)
    assert set(report.failed) == {FUND, STREETS}
    assert report.made == (PACK,)
    assert {(problem.path, int(problem.owner)) for problem in report.problems} == {("layouts/tiny/panel.css", 4)}
    assert all(problem.line and "colr" in problem.message for problem in report.problems)


# ---- Interrupted and simultaneous builds.


def assert_whole(folder: Path) -> None:
    """Assert that every file in the folder of finished documents is complete."""
    for path in folder.rglob("*"):
        if path.is_file():
            assert path.suffix in (".pdf", ".json")
            assert not path.name.startswith(".")
        if path.suffix == ".pdf":
            with pikepdf.Pdf.open(path) as pdf:
                assert pdf.check_pdf_syntax() == []
        if path.suffix == ".json":
            for document in json.loads(path.read_text(encoding="utf-8"))["documents"]:
                assert hashlib.sha256((folder / document["path"]).read_bytes()).hexdigest() == document["sha256"]


def wait_until(happens, ran: subprocess.Popen) -> None:
    """Wait until a build has come so far; it must not end before."""
    end = time.monotonic() + HANG_SECONDS
    while not happens():
        assert ran.poll() is None, ran.stderr.read()
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.002)


def _lays_out(project: Project, _ran: subprocess.Popen) -> bool:
    """Return whether a build has drawn its charts, which are the first entries of an empty store."""
    return len(entries_of(project)) > 8


def _has_processes(number: int):
    """Return a function that tells whether a build has started so many processes: a tracker, a server, workers."""

    def started(_project: Project, ran: subprocess.Popen) -> bool:
        return len(psutil.Process(ran.pid).children(recursive=True)) >= number

    return started


INTERRUPTS = pytest.mark.part(name="interrupts")


@PROCESS_GROUPS
@pytest.mark.parametrize(
    "far",
    [
        _lays_out,
        *(pytest.param(_has_processes(number), id=str(number), marks=INTERRUPTS) for number in (1, 2, 3, 4)),
    ],
)
def test_ctrl_c_ends_a_build_without_a_traceback(project, edit, temporary, far):
    """A terminal interrupts the build and its workers, which are starting, importing or laying out pieces."""
    shutil.rmtree(project.store)
    edit("layouts/tiny/body.html", "{% block content %}", f"{{% block content %}}{ENDLESS}")
    ran = run_command(project, "--jobs", "2", "--quiet", TMPDIR=str(temporary))
    wait_until(lambda: far(project, ran), ran)
    os.killpg(ran.pid, signal.SIGINT)
    _, errors = ran.communicate(timeout=HANG_SECONDS)
    assert (ran.returncode, errors.split()) == (1, ["Aborted!"])
    assert [*temporary.iterdir()] == []


@pytest.mark.part(name="interrupts")
@PROCESS_GROUPS
def test_a_killed_build_leaves_no_half_made_file(project, sample_build):
    """It is killed as it moves documents into place."""
    ran = run_command(project, "--jobs", "2")
    try:
        with contextlib.suppress(AssertionError):
            wait_until(lambda: any((project.root / "out").rglob("*.pdf")), ran)
    finally:
        # The test started this group; the build and its workers are its only processes.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(ran.pid, signal.SIGKILL)
        ran.wait(HANG_SECONDS)
        ran.stderr.close()
    folder = project.root / "out/tiny/tiny/screen"
    assert_whole(folder)
    again = run_command(project, "--jobs", "2", "--quiet")
    assert again.wait(HANG_SECONDS) == 0, again.stderr.read()
    again.stderr.close()
    assert_whole(folder)
    assert made(folder) == made(sample_build[2])


@PROCESS_GROUPS
def test_two_simultaneous_builds_give_the_same_bytes(project, sample_build):
    both = [run_command(project, "--jobs", "1") for _ in range(2)]
    for ran in both:
        assert ran.wait(HANG_SECONDS) == 0, ran.stderr.read()
        ran.stderr.close()
    folder = project.root / "out/tiny/tiny/screen"
    assert_whole(folder)
    assert made(folder) == made(sample_build[2])
    assert set(manifest.read(folder).documents) == set(ALL)


# ---- The store.


@pytest.mark.part(name="interrupts")
@PROCESS_GROUPS
def test_builds_on_a_machine_with_less_memory_than_the_limit(project, sample_build):
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({2_500_000_000},) * 2); "
    line = [
        sys.executable,
        "-c",
        limited + COMMAND[2],
        "--project",
        str(project.root),
        "build",
        "--layout",
        "tiny",
        "--quiet",
    ]
    ran = subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603 -- this Python
    assert (ran.returncode, ran.stderr) == (0, "")
    assert made(project.root / "out/tiny/tiny/screen") == made(sample_build[2])


@pytest.mark.part(name="rebuilds")
@pytest.mark.usefixtures("in_process")
def test_rebuilds_a_brief_edited_during_the_build(warm):
    """A build is recorded under the input that it started with; otherwise the edit would seem built already."""
    brief = warm.root / BRIEF
    text = brief.read_text(encoding="utf-8")

    def edit(stage: str, _done: int, _total: int) -> None:
        if stage == "bind":
            brief.write_text(text.replace("Safe crossings", "Safer crossings"), encoding="utf-8")

    request = output.Request(warm, "tiny", "tiny", warm.root / "out")
    assert build.run(request, edit).made == ALL
    assert brief.read_text(encoding="utf-8") != text
    assert build.run(request).made == (PACK,)
    assert build.run(request).made == ()


@pytest.mark.usefixtures("in_process")
@pytest.mark.part(name="rebuilds")
def test_rebuilds_a_brief_edited_before_its_turn(warm):
    """If several editions are built, the later ones wait, with the brief already read."""
    brief = warm.root / BRIEF
    request = output.Request(warm, "tiny", "tiny", warm.root / "out")
    [begun] = build.begin([output.Inputs.read(request)])
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text.replace("Safe crossings", "Safer crossings"), encoding="utf-8")
    assert build.finish(begun, lambda _stage, _done, _total: None).made == ALL
    assert build.run(request).made == (PACK,)
    assert build.run(request).made == ()


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("in_process")
def test_stores_no_piece_whose_style_sheet_changed_meanwhile(project, sample_build):
    """If an edit is undone, no piece made from it may be stored under the key of the present style."""
    style = project.root / "layouts/tiny/base.css"
    text = style.read_text(encoding="utf-8")

    def edit(stage: str, _done: int, _total: int) -> None:
        if stage == "pages":
            style.write_text(text + "\np { letter-spacing: 0.1pt }\n", encoding="utf-8")

    request = output.Request(project, "tiny", "tiny", project.root / "out")
    stopped = build.run(request, edit)
    messages = [problem.message for problem in stopped.problems if problem.path == "layouts/tiny/base.css"]
    assert messages
    assert all(re.fullmatch("the file changed while .* was laid out", each) for each in messages)
    assert (stopped.made, stopped.exit_code) == ((), 5)
    style.write_text(text, encoding="utf-8")
    assert build.run(request).made == ALL
    assert made(request.folder) == made(sample_build[2])


@pytest.mark.usefixtures("in_process")
def test_forgets_a_build_whose_files_another_build_replaced(warm):
    request = output.Request(warm, "tiny", "tiny", warm.root / "out")
    report, inputs = build.run(request), output.Inputs.read(request)
    assert output.find(output.Inputs.read(request)).kept == ALL
    listed = json.loads((report.folder / "manifest.json").read_text(encoding="utf-8"))
    (report.folder / PACK).write_bytes(b"another layout's")
    [entry] = [each for each in listed["documents"] if each["path"] == PACK]
    entry["sha256"] = hashlib.sha256(b"another layout's").hexdigest()
    (report.folder / "manifest.json").write_text(json.dumps(listed), encoding="utf-8")
    output.remember(inputs, report)
    assert output.find(output.Inputs.read(request)) is None


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("in_process")
def test_rebuilds_after_an_edit_that_was_undone_during_the_build(project):
    request = output.Request(project, "tiny", "tiny", project.root / "out")
    cover = project.root / "layouts/tiny/cover.html"
    before = cover.read_text(encoding="utf-8")
    [begun] = build.begin([output.Inputs.read(request)])
    cover.write_text(before.replace("<h1>", "<p>A passing thought</p><h1>"), encoding="utf-8")

    def take_back(stage, _done, _total):
        if stage == "bind":
            cover.write_text(before, encoding="utf-8")

    report = build.finish(begun, take_back)
    assert cover.read_text(encoding="utf-8") == before
    spoilt = (report.folder / PACK).read_bytes()
    again = build.run(request)
    assert again.made == (PACK,)
    assert (again.folder / PACK).read_bytes() != spoilt
    assert build.run(request).made == ()


@pytest.mark.usefixtures("in_process")
def test_a_check_lays_nothing_out_again_until_something_changes(warm):
    stages = []
    request = output.Request(warm, "tiny", "tiny", warm.root / "nowhere")

    def found(wanted):
        stages.clear()
        return build.check(wanted, lambda stage, _done, _total: stages.append(stage))

    first = found(request)
    assert "bind" in stages
    assert found(request) == first
    assert stages == []
    tomorrow = replace(request, today=request.today + datetime.timedelta(days=1))
    assert found(tomorrow).problems == first.problems
    assert "bind" in stages
    brief = warm.root / "briefs/tiny/brief.yaml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text.replace("Their drivers *can* slow down.", "There were 7,331 of them."), encoding="utf-8")
    assert found(request).problems == first.problems
    assert "bind" in stages
    brief.write_text(text, encoding="utf-8")
    found(request)
    assert stages == []
