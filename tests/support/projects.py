"""Copies of whole projects, for tests that change them."""

import atexit
import functools
import os
import re
import shutil
import tempfile
from concurrent.futures import Executor, Future
from pathlib import Path

from briefpack import layout, schema
from briefpack.layout.look import Look
from briefpack.plan import locales
from briefpack.project import Project
from briefpack.text.locale import Locale

TESTS = Path(__file__).parents[1]
SAMPLE = TESTS / "sample"
FROZEN = TESTS / "frozen"
REPOSITORY = TESTS.parent


@functools.cache
def english() -> Locale:
    """Return the locale of English as printed in Australia."""
    return language("en-AU")


@functools.cache
def look(layout_name: str, edition: str) -> Look:
    """Return the look of a layout that ships."""
    return layout.load(Project(REPOSITORY), layout_name, edition).look


LANGUAGES = tuple(sorted(path.stem for path in (REPOSITORY / locales.FOLDER).glob("*.yaml")))
"""The languages that ship."""


@functools.cache
def language(name: str) -> Locale:
    """Return the locale of a language that ships."""
    return schema.read_tree(Locale, locales.file(Project(REPOSITORY), name))


class InProcess(Executor):
    """An executor that runs each call at once in this process, so that a build starts no other."""

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
    """Copy the sample to a folder, with the repository's fonts, charts, profiles, locales and pages of proofs."""
    shutil.copytree(sample(), folder, copy_function=_copy)
    return Project(folder)


def _copy(path: str, place: str) -> None:
    """Copy a file; fonts are shared by hard links, since thousands of tests would write 3 MB each."""
    (os.link if path.endswith(SHARED) else shutil.copyfile)(path, place)


SHARED = ".ttf"
"""How the names of files end that no test writes into."""


@functools.cache
def sample() -> Path:
    """Put the sample together once a process, since a copy of one folder takes half the time of a copy of five."""
    folder = _kept("sample") / "project"
    shutil.copytree(SAMPLE, folder)
    for shared in ("fonts", "charts", "layouts/shared/profiles", "layouts/shared/locales"):
        shutil.copytree(REPOSITORY / shared, folder / shared, ignore=shutil.ignore_patterns("__pycache__", "added"))
    for proof in (REPOSITORY / "layouts/shared").glob("proof*"):
        shutil.copy(proof, folder / "layouts/shared")
    return folder


def _kept(name: str) -> Path:
    """Return a new folder that lasts as long as this process."""
    folder = Path(tempfile.mkdtemp(prefix=f"briefpack-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def copy_frozen(folder: Path) -> Project:
    """Make a project of the frozen brief and electorate set, and the repository's own layouts, charts and fonts.

    The briefs that ship are content: their authors edit them, so no test depends on their words, but that of the list
    of facts beside one.
    """
    shutil.copytree(FROZEN / "briefs", folder / "briefs")
    shutil.copytree(REPOSITORY / "briefs/_starter", folder / "briefs/_starter")
    for name in ("layouts", "charts", "fonts"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "added"))
    return Project(folder)


def decide(brief: Path) -> None:
    """Edit a trial copy of a brief so that press files can be made: with nothing undecided, and every query allowed."""
    lines, part = [], ""
    for line in brief.read_text(encoding="utf-8").splitlines():
        part = line if line[:1].strip() else part
        lines.append("electoral_matter: no" if line.startswith("electoral_matter:") else line)
        if part.startswith("queries:") and re.fullmatch(r"  [\w-]+:", line):
            lines += ["    press: allow", "    reason: This is a trial copy, and nothing in it is printed."]
    brief.write_text("\n".join(lines) + "\n", encoding="utf-8")


@functools.cache
def frozen() -> Project:
    """Return such a project, shared by all tests of a process, which only read and build it."""
    return copy_frozen(_kept("frozen") / "project")
