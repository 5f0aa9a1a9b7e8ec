"""The store: entries filed under the hash of their inputs, complete or absent."""

import hashlib
import os
import pickle
import re
import stat
import subprocess
import sys
import threading
import time

import pytest

from briefpack import store
from briefpack.store import Store


@pytest.fixture
def kept(tmp_path):
    return Store(tmp_path / "store")


KEY = store.key("a")


def test_returns_the_bytes_that_were_stored(kept):
    assert kept.get(KEY) is None
    kept.put(KEY, b"one")
    assert kept.get(KEY) == b"one"
    kept.put(KEY, b"two")
    assert kept.get(KEY) == b"two"
    kept.put(KEY, b"")
    assert kept.get(KEY) == b""


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[:-1], lambda data: data + b"x", lambda _: b"", lambda data: bytes([data[0] ^ 1]) + data[1:]],
)
def test_a_damaged_entry_counts_as_missing(kept, damage):
    kept.put(KEY, b"one")
    kept.path(KEY).write_bytes(damage(kept.path(KEY).read_bytes()))
    assert kept.get(KEY) is None
    assert not kept.path(KEY).exists()
    kept.put(KEY, b"one")
    assert kept.get(KEY) == b"one"


def test_an_entry_of_another_user_counts_as_missing(kept):
    kept.ready()
    kept.path(KEY).write_bytes(hashlib.sha256(KEY.encode() + b"one").hexdigest().encode() + b"one")
    assert kept.get(KEY) is None
    Store(kept.root, b"another").put(KEY, b"one")
    assert kept.get(KEY) is None


def test_a_users_key_is_private_and_travels_with_the_store(kept, tmp_path):
    kept.put(KEY, b"one")
    printed = "print(pickle.loads(sys.stdin.buffer.read()).get(sys.argv[1]), Store(Path(sys.argv[2])).get(sys.argv[1]))"
    program = f"import pickle, sys\nfrom pathlib import Path\nfrom briefpack.store import Store\n{printed}"
    seen = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", program, KEY, kept.root],
        input=pickle.dumps(kept), env={**os.environ, "XDG_STATE_HOME": str(tmp_path)}, capture_output=True, check=True,
    )  # fmt: skip
    assert seen.stdout == b"b'one' None\n"
    assert stat.S_IMODE((tmp_path / "briefpack/key").stat().st_mode) == 0o600
    assert repr(kept.secret) not in repr(kept)


def test_without_a_place_for_its_key_a_process_trusts_nothing_that_was_stored(kept, tmp_path):
    (tmp_path / "file").touch()
    program = "import sys\nfrom pathlib import Path\nfrom briefpack.store import Store\nkept = Store(Path(sys.argv[1]))"
    program += "\nprint(kept.get(sys.argv[2]))\nkept.put(sys.argv[2], b'two')\nprint(kept.get(sys.argv[2]))"
    answers = [
        subprocess.check_output(  # noqa: S603 -- our own program
            [sys.executable, "-c", program, kept.root, KEY],
            env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "file")},
        )
        for _ in range(2)
    ]
    assert answers == [b"None\nb'two'\n"] * 2


def test_prune_deletes_the_oldest_entries_beyond_its_size(kept, monkeypatch):
    monkeypatch.setattr(store, "KEPT_BYTES", 3 * (store.DIGEST + 10))
    now = 1_800_000_000
    for age in range(5):
        kept.put(store.key(str(age)), b"x" * 10)
        os.utime(kept.path(store.key(str(age))), (now - age,) * 2)
    kept.prune(now)
    assert [kept.get(store.key(str(age))) is not None for age in range(5)] == [True, True, True, False, False]


def test_prune_leaves_the_files_that_another_build_is_writing(kept):
    now = 1_800_000_000
    kept.put(KEY, b"x")
    written = {hours: kept.path(KEY).with_name(f".{hours}") for hours in (1, 23, 25)}
    for hours, path in written.items():
        path.write_bytes(b"half")
        os.utime(path, (now - hours * 3600,) * 2)
    kept.prune(now)
    assert [path.exists() for path in written.values()] == [True, True, False]


def test_prune_deletes_the_half_written_files_of_a_killed_process(kept, monkeypatch):
    kept.put(KEY, b"x")
    # A process that has ended and was waited for, so that its number is free.
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    left = {}
    for number in (process.pid, os.getpid()):
        with monkeypatch.context() as during:
            during.setattr(os, "getpid", lambda number=number: number)
            during.setattr(store.Path, "replace", lambda *_: None)
            during.setattr(store.Path, "unlink", lambda *_, **__: None)
            store.write(kept.path(KEY), b"half")
        left[number] = {path for path in kept.path(KEY).parent.glob(".*") if f".{number}." in path.name}
    kept.prune(time.time())
    assert [path.exists() for paths in left.values() for path in paths] == [False, True]


def test_prune_deletes_the_folders_of_killed_builds_on_this_machine(kept, monkeypatch):
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    folders = {}
    for machine in ("this", "another"):
        for number in (process.pid, os.getpid()):
            with monkeypatch.context() as during:
                during.setattr(os, "getpid", lambda number=number: number)
                if machine == "another":
                    during.setattr(store, "_machine", lambda: "0123abcd")
                folders[machine, number] = kept.root / f"{store.own_work()}x"
            folders[machine, number].mkdir(parents=True)
    kept.prune(time.time())
    assert [path.exists() for path in folders.values()] == [False, True, True, True]


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "file"
    store.write(path, b"before")
    with pytest.raises(TypeError):
        store.write(path, "not bytes")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_sees_the_old_file_until_the_new_one_is_complete(tmp_path):
    """A write replaces the file, so a hard link to the old one keeps the old text."""
    path, link = tmp_path / "file", tmp_path / "link"
    store.write(path, b"before")
    os.link(path, link)
    store.write(path, b"after")
    assert (path.read_bytes(), link.read_bytes()) == (b"after", b"before")


def test_simultaneous_writers_leave_one_complete_file(kept):
    texts = [bytes([letter]) * 100_000 for letter in b"abcdefgh"]
    threads = [threading.Thread(target=kept.put, args=(KEY, text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept.get(KEY) in texts
    assert [path.name for path in kept.path(KEY).parent.iterdir()] == [kept.path(KEY).name]


def test_a_locked_store_keeps_another_build_waiting(kept):
    kept.root.mkdir()
    order: list[str] = []

    def wait() -> None:
        with kept.alone():
            order.append("second")

    with kept.alone():
        second = threading.Thread(target=wait)
        second.start()
        second.join(0.2)
        order.append("first")
    second.join(10)
    assert order == ["first", "second"]


def test_the_engines_version_covers_the_typesetting_libraries():
    from weasyprint.text.ffi import pango  # noqa: PLC0415 -- only here

    found = store.makers()
    major, minor, micro = map(int, re.findall(r"\d+", found["Pango"]))
    assert major * 10_000 + minor * 100 + micro == pango.pango_version()
    assert re.fullmatch(r"\d+\.\d+\.\d+", found["HarfBuzz"])
    assert re.fullmatch(r"\d+", found["fontconfig"])
