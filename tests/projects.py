"""Copies of whole projects, for tests that change them."""

import shutil
from concurrent.futures import Executor, Future
from pathlib import Path

from briefpack.project import Project

TESTS = Path(__file__).parent
SAMPLE = TESTS / "sample"
REPOSITORY = TESTS.parent


class InProcess(Executor):
    """An executor that does each thing at once, in this process: a build with it starts no other."""

    def __init__(self, *_arguments, **_options):
        pass

    def submit(self, work, /, *arguments, **options):
        future = Future()
        try:
            future.set_result(work(*arguments, **options))
        except Exception as error:  # noqa: BLE001 -- an executor hands on whatever its work raises
            future.set_exception(error)
        return future


def copy_sample(folder: Path) -> Project:
    """Copy the sample to a folder, with the project's own fonts, charts and profiles in it."""
    shutil.copytree(SAMPLE, folder)
    for shared in ("fonts", "charts", "layouts/shared/profiles"):
        shutil.copytree(REPOSITORY / shared, folder / shared, ignore=shutil.ignore_patterns("__pycache__"))
    return Project(folder)


def copy_repository(folder: Path) -> Project:
    """Copy the repository's brief, set and layouts to a folder, with its own fonts and charts beside them."""
    folder.mkdir()
    for name in ("briefs", "layouts"):
        shutil.copytree(REPOSITORY / name, folder / name)
    for name in ("charts", "fonts"):
        (folder / name).symlink_to(REPOSITORY / name)
    return Project(folder)
