"""Keep compiled templates between builds: compiling those of a layout takes as long as composing ten documents.

They are code, and a project's store may be shared. So they are kept where nobody else can write: in the user's own folder
for caches.
"""

import os
import shutil
import stat
import sys
import time
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

from briefpack import store
from briefpack.store import SECONDS_A_DAY, Store
from briefpack.text.locale import Locale

FOLDER = "templates-"
"""The name of a folder of compiled templates begins with this, and ends with the version of the engine."""


class Compiled(jinja2.BytecodeCache):
    """The compiled templates of this user in one language; one that was edited since is compiled again."""

    def __init__(self, kept: Store, locale: Locale) -> None:
        self.kept, self.language = kept, store.key(locale.key)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 -- as in Jinja2
        """Return the key of a template: the same in each project, for most have the same templates.

        Jinja2 computes what is constant as it compiles, so the words of a number are part of the code.
        """
        return store.key("template", store.engine(), self.language, name)

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the code of a template, which fails at the path that the template has in this project."""
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code is not None and filename:
            bucket.code = _at(bucket.code, filename)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read the code of a template, if it is kept."""
        if data := self.kept.get(bucket.key):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, if the disk allows."""
        try:
            self.kept.put(bucket.key, bucket.bytecode_to_string())
        except OSError:
            return


def _at(code: CodeType, filename: str) -> CodeType:
    """Return code as if it were compiled from another path."""
    constants = (_at(each, filename) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_filename=filename, co_consts=tuple(constants))


def cache(locale: Locale) -> Compiled | None:
    """Return the user's compiled templates in a language; None if the system has no safe folder for them."""
    try:
        return Compiled(Store(_private(_caches() / f"{FOLDER}{store.engine()[:12]}")), locale)
    except (OSError, RuntimeError):
        return None


def _caches() -> Path:
    """Return briefpack's folder among the user's caches. Raises RuntimeError if the user has no home."""
    if sys.platform == "win32":
        given, usual = os.environ.get("LOCALAPPDATA"), "AppData/Local"
    else:
        given, usual = os.environ.get("XDG_CACHE_HOME"), ".cache"
    return (Path(given) if given else Path.home() / usual) / "briefpack"


def _private(folder: Path) -> Path:
    """Make a folder that only this user can use. Raises OSError if anybody else could have filled it."""
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _delete_older(folder)
    status = folder.lstat()
    # Windows has no such numbers: everybody's caches are their own there.
    mine = sys.platform == "win32" or (status.st_uid == os.getuid() and not stat.S_IMODE(status.st_mode) & 0o077)
    if not (stat.S_ISDIR(status.st_mode) and mine):
        raise PermissionError(folder)
    return folder


def _delete_older(new: Path) -> None:
    """Delete the templates of other versions of the engine, but not those that a second checkout made today."""
    for folder in new.parent.glob(f"{FOLDER}*"):
        if folder != new and time.time() - folder.lstat().st_mtime > SECONDS_A_DAY:
            shutil.rmtree(folder, ignore_errors=True)
