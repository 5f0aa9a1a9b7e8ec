"""Record the words of every finished page, and the texts, figures and members that they were made from."""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefpack import schema, store
from briefpack.checks import wording
from briefpack.electorates import people
from briefpack.output import manifest
from briefpack.plan import ISSUED, OURS, LoadedBrief
from briefpack.problem import Owner, nearest, one_problem
from briefpack.project import Project
from briefpack.store import Store
from briefpack.text import yaml_lines


@dataclass(frozen=True)
class Printed:
    """A document as it was handed out: the hash of its file, its electorate, and the key of each page's words."""

    sha256: str
    electorate: str | None
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Issue:
    """What was handed out at one time; `date` is the brief's, as it prints.

    `documents` are by layout, edition and path, and `pages` are the words of each distinct page, by its key. `texts`
    are those of the brief by their fields, `figures` are written out, and `members` are by slug.
    """

    number: int
    date: str
    note: str
    documents: Mapping[str, Printed]
    pages: Mapping[str, str]
    texts: Mapping[str, str]
    figures: Mapping[str, str]
    members: Mapping[str, str]

    def words(self, key: str) -> tuple[str, ...]:
        """Return the words of a page."""
        return tuple(self.pages[key].split())


def current(project: Project, loaded: LoadedBrief, out: Path, note: str = "") -> Issue:
    """Return what is in the folder of finished files now, but for our own documents, as the next issue.

    Raises Problems if there is nothing.
    """
    kept, documents, pages = Store(project.store), dict[str, Printed](), dict[str, str]()
    numbered = numbered_words(loaded)
    for name, folder, entry in _finished(out / loaded.name):
        words = _words(kept, folder / entry["path"], entry["sha256"], numbered)
        keys = tuple(store.key(page)[:16] for page in words)
        pages |= zip(keys, words, strict=True)
        documents[f"{name}/{entry['path']}"] = Printed(entry["sha256"], entry["electorate"], keys)
    if not documents:
        hint = f"briefpack build {loaded.name} --all"
        raise one_problem(project.shown(out / loaded.name), None, "there are no finished files", hint, Owner.COMMAND)
    texts = {".".join(map(str, loc)): text for loc, text in yaml_lines.texts(loaded.tree.data) if loc[0] != "figures"}
    figures = {name: loaded.ledger.written(name) for name in loaded.brief.figures}
    group = loaded.group
    members = {
        each.electorate: " ".join(
            filter(None, (each.styled, each.party, *each.roles, each.address, each.phone, each.email))
        )
        for each in people.of_members(group.electorates if group else (), ())
    }
    date = loaded.brief.date.isoformat() if loaded.brief.date else ""
    return Issue(loaded.issue + 1, date, note, documents, pages, texts, figures, members)


def numbered_words(loaded: LoadedBrief) -> tuple[str, ...]:
    """Return a pattern for each word of the number of an edition, which changes each time and is no change of words."""
    words = loaded.locale.label("issue-of", number="0", date="").split()
    return tuple(r"\d+" if word == "0" else re.escape(word) for word in words)


def _finished(folder: Path) -> Iterator[tuple[str, Path, Mapping[str, str]]]:
    """Yield the layout and edition, the folder and the entry of each finished document for others."""
    for path in sorted(folder.glob(f"*/*/{manifest.NAME}")):
        name = path.parent.relative_to(folder).as_posix()
        listed = manifest.read(path.parent)
        for entry in listed.documents.values():
            if not entry["path"].startswith(OURS) and listed.has(path.parent, entry["path"], entry["sha256"]):
                yield name, path.parent, entry


def _words(kept: Store, path: Path, sha256: str, numbered: tuple[str, ...]) -> list[str]:
    """Return the words of each page of a file, read once."""
    key = store.key("words", store.engine(), sha256, *numbered)
    if (known := kept.get(key)) is not None:
        return [str(page) for page in json.loads(known)]
    words = [" ".join(page) for page in wording.pages(path.read_bytes(), numbered)]
    kept.put(key, json.dumps(words).encode())
    return words


def write(project: Project, loaded: LoadedBrief, out: Path, issue: Issue) -> Path:
    """Write an issue beside its brief, and return where. Keep its files, at no cost while they stay as they are."""
    path = project.root / "briefs" / loaded.name / ISSUED / f"{issue.number}.json"
    path.parent.mkdir(exist_ok=True)
    for name in issue.documents:
        source, target = out / loaded.name / name, kept_file(out, loaded.name, issue.number, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        try:
            # A build never writes into a finished file: it puts another in its place.
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
    store.write(path, schema.to_json(issue))
    return path


def kept_file(out: Path, brief: str, number: int, name: str) -> Path:
    """Return where the file of a document is kept as it was handed out."""
    return out / brief / ISSUED / str(number) / name


def read(project: Project, loaded: LoadedBrief, number: int | None) -> Issue:
    """Return an issue by its number, or the last. Raises Problems if there is none, or if it can't be read."""
    folder = project.root / "briefs" / loaded.name / ISSUED
    known = sorted((path.stem for path in folder.glob("*.json") if path.stem.isdecimal()), key=int)
    wanted = str(number or loaded.issue)
    if wanted not in known:
        hint = nearest(wanted, known, most=20) or f"briefpack issue {loaded.name}, once you have handed it out"
        message = f"there is no edition {wanted}" if known else "nothing has been recorded as handed out"
        raise one_problem(project.shown(folder), None, message, hint, Owner.COMMAND)
    path = folder / f"{wanted}.json"
    found = schema.from_json(Issue, path.read_bytes())
    if found is None:
        hint = "restore it from a copy, or delete it"
        raise one_problem(project.shown(path), None, "this record can't be read", hint, Owner.COMMAND)
    return found
