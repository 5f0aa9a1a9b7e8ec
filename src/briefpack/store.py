"""Keep pieces and charts between builds, each under the hash of everything that it was made from."""

import errno
import fcntl
import functools
import hashlib
import hmac
import os
import platform
import re
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from briefpack.problem import Owner, one_problem

DIGEST = 64
SECRET_BYTES = 32
WORK = "work-"
BUILD = re.compile(r"work-(?:(?P<machine>[0-9a-f]{8})-)?(?P<process>\d{1,9})-.*")
"""The name of a build's work folder, with the machine and the number of its process."""
LOCK = "lock"
PASSED = b"passed"
"""The entry of a check that found nothing."""
KEPT_DAYS = 30
KEPT_BYTES = 512_000_000
SECONDS_A_DAY = 86_400
READ_WHOLE_BYTES = 1_000_000
"""The largest file that is hashed in one part, which is faster."""


def key(*parts: str | bytes) -> str:
    """Return the hash of some parts, each with its length, so that no two lists of parts have the same hash."""
    digest = hashlib.sha256()
    for part in parts:
        # A name of a file need not be UTF-8, and a path then has half of a surrogate pair.
        data = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()


@functools.cache
def library(name: str) -> str:
    """Return the version of an installed library, looked up once per process."""
    from importlib import metadata  # noqa: PLC0415 -- loads the email package, which a build with nothing to do needn't

    return metadata.version(name)


@functools.cache
def engine() -> str:
    """Return the hash of the versions of all the software that makes documents."""
    return key(repr(sorted(makers().items())))


def makers() -> Mapping[str, str]:
    """Return the versions of all the software that makes documents: Python, briefpack, and every library.

    Every Python library and every module of briefpack counts, whatever its purpose, so there is no list of dependencies
    to maintain. The version of briefpack is the hash of its modules.
    """
    return {
        **_installed(),
        **dict(_typesetters()),
        "Python": " ".join(sys.version.split()),
        "briefpack": key(*_modules(Path(__file__).parent))[:12],
    }


def _modules(package: Path) -> Iterator[str | bytes]:
    """Yield the path and the bytes of each module, in order. They are hundreds, so this asks little of the disk."""
    for place, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            if name.endswith(".py"):
                path = os.path.join(place, name)  # noqa: PTH118 -- a Path costs more than the hash
                yield path.removeprefix(str(package))
                yield _whole(path)


def _whole(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 -- a Path costs more than the hash
        return file.read()


def _installed() -> dict[str, str]:
    """Return the versions of the installed Python libraries, as the names of their `*.dist-info` folders give them."""
    folders = {path.stem for folder in map(Path, sys.path) for path in folder.glob("*.dist-info")}
    found: dict[str, str] = {}
    for name, _, number in (folder.partition("-") for folder in sorted(folders)):
        found[name] = f"{found[name]}, {number}" if name in found else number
    return found


def _typesetters() -> Iterator[tuple[str, str]]:
    """Yield the versions of Pango, HarfBuzz and fontconfig; if one is missing, WeasyPrint reports it."""
    import ctypes  # noqa: PLC0415 -- needed only here

    for library_name, (function, files) in TYPESETTERS.items():
        for file in files:
            with suppress(OSError, AttributeError):
                called = getattr(ctypes.CDLL(file), function)
                called.restype = ctypes.c_int if function == "FcGetVersion" else ctypes.c_char_p
                found = called()
                yield library_name, found.decode() if isinstance(found, bytes) else str(found)
                break


TYPESETTERS = {
    "Pango": (
        "pango_version_string",
        ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "/opt/homebrew/lib/libpango-1.0.0.dylib"),
    ),
    "HarfBuzz": (
        "hb_version_string",
        ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "/opt/homebrew/lib/libharfbuzz.0.dylib"),
    ),
    "fontconfig": (
        "FcGetVersion",
        ("libfontconfig.so.1", "libfontconfig.1.dylib", "/opt/homebrew/lib/libfontconfig.1.dylib"),
    ),
}
"""The function that returns each library's version, and the library's file names on Linux and macOS."""


def file_key(path: Path) -> str:
    """Return the hash of a file, which is read once per process unless it changes."""
    status = path.stat()
    return _file_key(str(path), status.st_mtime_ns, status.st_size)


@functools.lru_cache(maxsize=4096)
def _file_key(path: str, _changed_ns: int, size: int) -> str:
    if size <= READ_WHOLE_BYTES:
        return hashlib.sha256(_whole(path)).hexdigest()
    # In parts: an image may have a hundred megabytes.
    with open(path, "rb") as file:  # noqa: PTH123 -- its whole path is known
        return hashlib.file_digest(file, "sha256").hexdigest()


@functools.cache
def _secret() -> bytes:
    """Return this user's key, made at first use; if it can't be kept, a key of this process alone."""
    with suppress(OSError, RuntimeError):
        states = "Library/Application Support" if sys.platform == "darwin" else ".local/state"
        path = _of_user("XDG_STATE_HOME", states) / "key"
        if not path.exists():
            _make_secret(path)
        if _is_own(path.lstat(), stat.S_IFREG):
            return path.read_bytes()
    return os.urandom(SECRET_BYTES)


def _make_secret(path: Path) -> None:
    """Write a new key that only this user can read, unless another process has written one at the same moment."""
    import tempfile  # noqa: PLC0415 -- needed once

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent) as draft:
        draft.write(os.urandom(SECRET_BYTES))
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(draft.name)


@dataclass(frozen=True)
class Store:
    """A folder of entries; several builds can use it at once, since an entry appears only when it is complete.

    Entries are signed with a user's `secret`: others may have written them. It goes with each task to the process that
    does it, and is never in a file of the project.
    """

    root: Path
    secret: bytes = field(default_factory=_secret, repr=False)

    def path(self, entry: str) -> Path:
        """Return the path of an entry."""
        return self.root / entry

    def ready(self) -> None:
        """Make the folder. Raises Problems if a link or a file is in its place, which may belong to somebody else."""
        if self.root.is_symlink() or (self.root.exists() and not self.root.is_dir()):
            kind = "link" if self.root.is_symlink() else "file"
            hint = "move it elsewhere; briefpack makes a new folder"
            raise one_problem(self.root.name, None, f"it is a {kind}, not a folder", hint, Owner.DOCUMENT)
        self.root.mkdir(parents=True, exist_ok=True)

    def get(self, entry: str) -> bytes | None:
        """Return the bytes stored under a key; None if there are none, or if they are damaged or another user's."""
        path = self.path(entry)
        try:
            if self.root.is_symlink() or not stat.S_ISREG(path.lstat().st_mode):
                return None
            data = path.read_bytes()
        except OSError:
            return None
        if not hmac.compare_digest(self._signature(entry, data[DIGEST:]), data[:DIGEST]):
            path.unlink(missing_ok=True)
            return None
        _record_use(path)
        return data[DIGEST:]

    def put(self, entry: str, data: bytes) -> None:
        """Store bytes under a key, without waiting for the disk: an entry lost in a power cut is noticed and remade."""
        path = self.path(entry)
        self.ready()
        _clear(path)
        write(path, self._signature(entry, data) + data, lasting=False)

    def _signature(self, entry: str, data: bytes) -> bytes:
        """Return the signature of an entry's key and bytes, so that no entry can pass for another."""
        digest = hmac.new(self.secret, entry.encode(), "sha256")
        digest.update(data)
        return digest.hexdigest().encode()

    def has_passed(self, check: str) -> bool:
        """Return whether the store remembers that a check with this key found nothing."""
        return self.get(check) == PASSED

    def remember_pass(self, check: str) -> None:
        """Remember that a check found nothing; its key is the hash of everything that the check reads."""
        with suppress(OSError):
            self.put(check, PASSED)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other build has the lock, then take it."""
        _clear(self.root / LOCK)
        with (self.root / LOCK).open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def prune(self, now: float) -> None:
        """Delete the leftovers of killed builds, entries unused for a month, and the oldest beyond half a gigabyte."""
        if self.root.is_symlink():
            return
        self.delete_leftovers()
        total = 0
        for used_at, path, size in sorted(self._files(), reverse=True):
            if path.rpartition(os.sep)[2].startswith("."):
                # Another build may be writing it, but that never takes a day.
                old = now - used_at > SECONDS_A_DAY or _abandoned(Path(path))
            else:
                total += size
                old = total > KEPT_BYTES or now - used_at > KEPT_DAYS * SECONDS_A_DAY
            if old:
                Path(path).unlink(missing_ok=True)

    def delete_leftovers(self) -> None:
        """Delete the work folders of builds that were killed on this machine."""
        for folder in self.root.glob(f"{WORK}*"):
            build = BUILD.fullmatch(folder.name)
            if build and build["machine"] in (None, _machine()) and not _alive(int(build["process"])):
                _delete_folder(folder, ignore_errors=True)

    def _files(self) -> Iterator[tuple[float, str, int]]:
        """Yield each file's time of last use, path and size; skip files that other builds are moving or deleting.

        Every build walks the whole store, so this asks as little of the disk as it can.
        """
        with suppress(OSError), os.scandir(self.root) as entries:
            for entry in entries:
                with suppress(OSError):
                    if entry.is_file(follow_symlinks=False) and entry.name != LOCK:
                        status = entry.stat(follow_symlinks=False)
                        yield status.st_mtime, entry.path, status.st_size


def of_user() -> Store | None:
    """Return this user's own store, where nobody else can write; None if the system has no safe place for it.

    Each version of the engine has one of its own, among the user's caches.
    """
    try:
        return Store(_private(_of_user("XDG_CACHE_HOME", ".cache") / engine()[:12]))
    except (OSError, RuntimeError):
        return None


def _of_user(variable: str, usual: str) -> Path:
    """Return our folder among those of the user that a variable names; usually they are in a folder of the home."""
    given = os.environ.get(variable)
    return (Path(given) if given else Path.home() / usual) / "briefpack"


def _private(folder: Path) -> Path:
    """Make a folder that only this user can use. Raises OSError if anybody else could have filled it."""
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in folder.parent.iterdir():
            # A second checkout has another version, perhaps at the same time.
            if each != folder and time.time() - each.lstat().st_mtime > SECONDS_A_DAY:
                _delete_folder(each, ignore_errors=True)
    if not _is_own(folder.lstat(), stat.S_IFDIR):
        raise PermissionError(folder)
    return folder


def _is_own(status: os.stat_result, kind: int) -> bool:
    """Return whether a file or a folder is of a kind, and only this user can use it."""
    return stat.S_IFMT(status.st_mode) == kind and status.st_uid == os.getuid() and not status.st_mode & 0o077


def _clear(path: Path) -> None:
    """Remove whatever is at a path of the store unless it is a file. A link is removed, but not its target."""
    if path.is_dir() and not path.is_symlink():
        _delete_folder(path)
    elif path.is_symlink() or not path.is_file():
        path.unlink(missing_ok=True)


def _delete_folder(path: Path, *, ignore_errors: bool = False) -> None:
    import shutil  # noqa: PLC0415 -- loads the compressors, which a build with nothing to do needn't

    shutil.rmtree(path, ignore_errors=ignore_errors)


def _record_use(path: Path) -> None:
    """Record the use of an entry, at most once a day; do nothing if the store is read-only or the entry has gone."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > SECONDS_A_DAY:
            os.utime(path)


def _alive(process: int) -> bool:
    """Return whether a process with that number is running."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def own_work() -> str:
    """Return the prefix of this process's folders in the store, which stops other builds from deleting them."""
    return f"{WORK}{_machine()}-{os.getpid()}-"


def _abandoned(path: Path) -> bool:
    """Return whether the process that was writing a file has ended; no if that process was on another machine."""
    *_, machine, process, _ = (".", ".", *path.name.rsplit(".", 3))
    return machine == _machine() and process.isdigit() and not _alive(int(process))


@functools.cache
def _machine() -> str:
    """Return a short name for this machine, as others on the same disk may use the same process numbers."""
    return key(platform.node())[:8]


def move(path: Path, place: Path) -> None:
    """Move a file to its place, even on another disk, so that it appears there only when it is complete."""
    try:
        path.replace(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write(place, path.read_bytes())
        path.unlink()


def write(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a file so that it appears only when it is complete; if `lasting`, even after a power cut."""
    draft = path.with_name(f".{path.name[:40]}.{_machine()}.{os.getpid()}.{time.monotonic_ns()}")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
