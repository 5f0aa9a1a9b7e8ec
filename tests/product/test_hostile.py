"""A build on hostile or damaged state prints no traceback, touches nothing outside and makes the same bytes.

The state is a manifest, an entry of the store or something among the finished files, left by a crash or made by hand,
perhaps with bad intent.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from briefpack import output, store
from briefpack.project import Project
from briefpack.store import Store

BRIEF = "briefs/tiny/brief.yaml"
FOLDER = "out/tiny/tiny/screen"
LEAF = "national/national-leave-behind-slow-streets.pdf"
GONE = "national/gone.pdf"
PRECIOUS = b"precious"
SUM = hashlib.sha256(PRECIOUS).hexdigest()
OLD_S = 1_000_000
"""When the files outside were last changed: long enough ago to be pruned from a store."""


@pytest.fixture
def project(tmp_path, sample_build) -> Project:
    """Return a copy of the built sample with a changed brief, so that another build has something to do."""
    root = tmp_path / "project"
    shutil.copytree(sample_build[0].root, root)
    with (root / BRIEF).open("a", encoding="utf-8") as file:
        file.write("\n# a note\n")
    return Project(root)


@pytest.fixture
def outside(tmp_path):
    """Return a folder beside the project, whose files have the names of a build's own files."""
    folder = tmp_path / "outside"
    for name in ("victim.txt", LEAF, GONE, "manifest.json", "lock", "cd" * 31, f"ab/{'cd' * 31}", "work-999999999-x/f"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(PRECIOUS)
        os.utime(folder / name, (OLD_S, OLD_S))
    return folder


def snapshot(folder: Path) -> dict[str, object]:
    """Return every file and folder below a folder, with its bytes and the time of its last change."""
    paths = sorted(folder.rglob("*"))
    return {str(path): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in paths}


def entries(root):
    """Return the entries of a store, sorted by content and not by name."""
    paths = (path for path in (root / ".store").iterdir() if len(path.name) == store.DIGEST)
    return sorted(paths, key=lambda path: path.read_bytes()[store.DIGEST :])


def listed(root):
    return json.loads((root / FOLDER / "manifest.json").read_text(encoding="utf-8"))


def lists(*documents, **changes):
    """Change each entry of the manifest, and add more entries like the first."""

    def spoil(root, _outside):
        data = listed(root)
        data["documents"] = [{**each, **changes} for each in data["documents"]]
        data["documents"] += [{**data["documents"][0], "sha256": SUM, **each} for each in documents]
        (root / FOLDER / "manifest.json").write_text(json.dumps(data), encoding="utf-8")

    return spoil


def holds(path, data):
    """Replace the text of a file."""

    def spoil(root, _outside):
        (root / path).write_text(data, encoding="utf-8")

    return spoil


def links(path, target):
    """Replace a file or folder by a link."""

    def spoil(root, outside):
        place = root / path
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        place.unlink(missing_ok=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(str(target).replace("OUTSIDE", str(outside)))

    return spoil


def each_entry(change):
    """Change every entry of the store, and delete the documents bound from them."""

    def spoil(root, outside):
        for place, path in enumerate(entries(root)):
            change(path, place, outside)
        (root / FOLDER / LEAF).unlink()

    return spoil


def rewrites(head):
    """Rewrite the first line of each entry, with the right checksum."""

    def change(path, _place, _outside):
        pdf = path.read_bytes()[store.DIGEST :].partition(b"\n")[2]
        if pdf.startswith(b"%PDF"):
            Store(path.parents[1]).put(path.parent.name + path.name, head + b"\n" + pdf)

    return each_entry(change)


def becomes_link(path, _place, outside):
    (outside / f"linked-{path.name}").write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(outside / f"linked-{path.name}")


def swaps(root, _outside):
    """Swap the contents of the entries of the store."""
    paths = entries(root)
    texts = [path.read_bytes() for path in paths]
    for path, text in zip(paths, texts[1:] + texts[:1], strict=True):
        path.write_bytes(text)
    (root / FOLDER / LEAF).unlink()


def remembers(text):
    """Replace the record of the same build by other text."""

    def spoil(root, _outside):
        request = output.Request(Project(root), "tiny", "tiny", root / "out", asks=("slow-streets",))
        Store(root / ".store").put(output.Inputs.read(request).key, text)

    return spoil


HEAD = {"pages": 1, "slots": {}, "fits": {}, "anchors": {}, "reads": [], "problems": [], "spills": []}

STATES = {
    "a path out of the folder": lists({"path": "../../../../outside/victim.txt"}),
    "an absolute path": lambda root, outside: lists({"path": str(outside / "victim.txt")})(root, outside),
    "a path to a folder": lists({"path": "national"}),
    "inputs that are numbers": lists(inputs={"can_show": 5}),
    "a manifest that is not JSON": holds(f"{FOLDER}/manifest.json", "not JSON"),
    "a manifest that is a link": links(f"{FOLDER}/manifest.json", "OUTSIDE/manifest.json"),
    "a document that is a link": links(f"{FOLDER}/{LEAF}", f"OUTSIDE/{LEAF}"),
    "a former document that is a link": lambda root, outside: (
        lists({"path": GONE})(root, outside), links(f"{FOLDER}/{GONE}", f"OUTSIDE/{GONE}")(root, outside),
    ),
    "a folder of documents that is a link": links(f"{FOLDER}/national", "OUTSIDE/national"),
    "a build's folder that is a link": links(".store/work-999999998-x", "OUTSIDE/work-999999999-x"),
    "entries that are links": each_entry(becomes_link),
    "entries with one byte changed": each_entry(
        lambda path, place, _outside: path.write_bytes(
            (data := path.read_bytes())[: (at := place * 7919 % len(data))] + bytes([data[at] ^ 1]) + data[at + 1 :]
        )
    ),
    "swapped entries": swaps,
    "heads with a truncated slot": rewrites(json.dumps({**HEAD, "slots": {"a": [1]}}).encode()),
    "a recorded build that is not JSON": remembers(b"not JSON"),
    "a recorded build with paths out of the folder": remembers(
        json.dumps({"documents": {"../../../../outside/victim.txt": SUM}, "problems": []}).encode()
    ),
}  # fmt: skip


@pytest.mark.part(name="hostile")
@pytest.mark.parametrize("state", STATES)
def test_builds_the_same_bytes_from_hostile_state_and_touches_nothing_outside(
    project, outside, command, sample_build, state
):
    STATES[state](project.root, outside)
    before = snapshot(outside)
    result = command("build", "--jobs", "1", "--ask", "slow-streets")
    assert result.exit_code == 0, result.stderr
    assert (project.root / FOLDER / LEAF).read_bytes() == (sample_build[2] / LEAF).read_bytes()
    assert not (project.root / FOLDER / LEAF).is_symlink()
    assert LEAF in [document["path"] for document in listed(project.root)["documents"]]
    assert snapshot(outside) == before
    assert command("build", "--jobs", "1", "--ask", "slow-streets").exit_code == 0
    assert command("preflight").exit_code in (0, 5)
    assert snapshot(outside) == before


PROBLEMS = {
    "a store that is a file": (holds(".store", "mine"), ".store: it is a file, not a folder"),
    "a store that is a link": (links(".store", "OUTSIDE"), ".store: it is a link, not a folder"),
    "an edition that is a link": (links(FOLDER, "OUTSIDE"), f"{FOLDER}: the folder of the finished files is a link"),
    "a brief's folder that is a link": (links("out/tiny", "OUTSIDE"), "out/tiny: the folder of the finished files is a link"),
}  # fmt: skip


@pytest.mark.parametrize("state", PROBLEMS)
def test_reports_state_that_only_its_owner_can_repair_as_one_problem(project, outside, command, state):
    spoil, message = PROBLEMS[state]
    if state == "a store that is a file":
        shutil.rmtree(project.root / ".store")
    spoil(project.root, outside)
    before = snapshot(outside)
    result = command("build", "--jobs", "1", "--ask", "slow-streets")
    assert result.stderr.count("  try: ") == 1
    assert message in result.stderr
    assert result.exit_code in (2, 5)
    assert snapshot(outside) == before
