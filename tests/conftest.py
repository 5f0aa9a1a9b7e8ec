"""Fixtures: the sample project, copies of it, and builds."""

import contextlib
import gc
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefpack import build, cli, output, pool
from briefpack.project import Project
from projects import SHARED, InProcess, copy_frozen, copy_sample, sample

Edit = Callable[..., None]
Command = Callable[..., Result]


def pytest_configure(config: pytest.Config) -> None:
    """Put the environment's programs on the path, as where it is active, and let Ctrl-C reach the commands of tests.

    A script ignores Ctrl-C for what it runs in the background. All processes share a user's key of their own.
    """
    if not hasattr(config, "workerinput"):
        states = tempfile.TemporaryDirectory()
        os.environ["XDG_STATE_HOME"] = states.name
        config.add_cleanup(states.cleanup)
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the first cases of a test in the gate if its mark says `beyond=` how many."""
    seen = Counter[str]()
    for item in items:
        for mark in [mark for mark in item.own_markers if "beyond" in mark.kwargs]:
            test = item.nodeid.partition("[")[0]
            if seen[test] < mark.kwargs["beyond"]:
                item.own_markers.remove(mark)
            seen[test] += 1


def pytest_collection_finish() -> None:
    """Leave the tests themselves out of later garbage collections: each would go through thousands of them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def pytest_unconfigure() -> None:
    """Release the faces while WeasyPrint's module is still loaded: it frees them, and warns if it can't."""
    if sheets := sys.modules.get("briefpack.typeset.style_sheets"):
        for kept in (sheets.RULES, sheets.SHEETS, sheets.FONTS):
            kept.values.clear()
        gc.collect()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with the frozen brief and set and the repository's own files, shared by one test file."""
    return copy_frozen(tmp_path_factory.mktemp("home") / "project")


@pytest.fixture(scope="session")
def judged_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with the verdicts on the sample's brief and layout, reached once in this process."""
    project = copy_sample(tmp_path_factory.mktemp("judged") / "project")
    for edition in ("screen", "home", "press"):
        request = output.Request(project, "tiny", "tiny", project.root / "out", edition, jobs=1)
        assert not build.check(request, quick=True).problems
    return project.store


@pytest.fixture
def project(tmp_path: Path, judged_before: Path) -> Project:
    """Return a copy of the sample that the test may change; nothing of it is made, but it has been read before."""
    project = copy_sample(tmp_path / "project")
    shutil.copytree(judged_before, project.store, copy_function=shutil.copyfile)
    return project


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Yield a folder for temporary files whose path is short enough for a socket."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def copy_layout() -> Callable[[Project], None]:
    """Return a function that adds a layout `other` to the sample, a copy of the first."""

    def copy(project: Project) -> None:
        shutil.copytree(project.root / "layouts/tiny", project.root / "layouts/other")
        tokens = project.root / "layouts/tokens.yaml"
        own = "\n  other:\n    sizes_pt:\n      title: 40\n"
        tokens.write_text(tokens.read_text(encoding="utf-8").rstrip() + own, encoding="utf-8")

    return copy


@pytest.fixture
def edit(project: Project) -> Edit:
    """Return a function that replaces text in a file of the project; it must occur `count` times, by default once."""

    def replace(path: str, old: str, new: str, *, count: int = 1) -> None:
        file = project.root / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == count, f"{path} holds {old!r} {text.count(old)} times"
        file.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run builds without worker processes, which saves two seconds each and changes nothing else."""
    monkeypatch.setattr(pool, "ProcessPoolExecutor", InProcess)


@pytest.fixture
def command(project: Project, in_process: None) -> Command:  # noqa: ARG001 -- wanted for what it does
    """Return a function that runs `briefpack` on the project: `command("build", "--quiet").exit_code`."""

    def run(*words: str) -> Result:
        result = CliRunner().invoke(cli.main, ["--project", str(project.root), *words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


@contextlib.contextmanager
def unchecked() -> Iterator[None]:
    """Make documents in this process without a check of their pages: one that is wrong fails its own tests alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "ProcessPoolExecutor", InProcess)
        patch.setattr("briefpack.checks._problems", lambda *_: ())
        patch.setattr("briefpack.checks._running_contrast", lambda *_: ())
        yield


@pytest.fixture(scope="session")
def made_before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a store with the pieces of the sample's documents in each edition, made once in this process.

    Tests share its files, and the sample's fonts, by hard links: one that writes into them is found here.
    """
    project = copy_sample(tmp_path_factory.mktemp("made") / "project")
    with unchecked():
        for edition in ("screen", "home", "press"):
            request = output.Request(project, "tiny", "tiny", project.root / "out", edition, jobs=1)
            report = build.run(request)
            assert report.problems == (), "\n".join(map(str, report.problems))
            assert not build.check(request).problems
    entries = {path: path.read_bytes() for path in project.store.rglob("*") if path.is_file()}
    entries |= {path: path.read_bytes() for path in sample().rglob("*") if path.suffix == SHARED}
    yield project.store
    assert [path for path, data in entries.items() if path.read_bytes() != data] == []


@pytest.fixture
def warm(project: Project, made_before: Path) -> None:
    """Put the sample's pieces into the project's store, so that a build makes only what the test has changed."""
    work = shutil.ignore_patterns("work-*")
    shutil.copytree(made_before, project.store, ignore=work, copy_function=_link, dirs_exist_ok=True)


def _link(path: str, place: str) -> None:
    """Put a file into a place by a hard link; what is there is the same."""
    with contextlib.suppress(FileExistsError):
        os.link(path, place)


@pytest.fixture(scope="session")
def sample_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, output.Report, Path]:
    """Return the project, the report and the folder of documents of the sample, built once and not checked.

    Read it; a test that changes anything takes `project` and builds for itself.
    """
    project = copy_sample(tmp_path_factory.mktemp("sample") / "project")
    with unchecked():
        report = build.run(output.Request(project, "tiny", "tiny", project.root / "out", jobs=1))
    assert report.problems == (), "\n".join(map(str, report.problems))
    return project, report, report.folder
