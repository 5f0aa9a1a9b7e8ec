"""Compare what was handed out with what is there now: which pages have other words, and why."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate, zip_longest
from typing import Literal

from briefpack.issues.record import Issue

Kind = Literal["figure", "member", "text", "layout"]
Words = tuple[str, ...]
MOST_SHOWN = 12
"""The most words of an edit that are shown."""


@dataclass(frozen=True)
class Edit:
    """Words that others have taken the place of, on a page of the new document; either may be none."""

    before: Words
    after: Words
    page: int = 0

    def __str__(self) -> str:
        """Return both, each cut short if it is long."""
        shown = (
            " ".join(words[:MOST_SHOWN]) + ("…" if len(words) > MOST_SHOWN else "")
            for words in (self.before, self.after)
        )
        return " → ".join(f"“{words}”" if words else "nothing" for words in shown)


@dataclass(frozen=True)
class Cause:
    """What made words change: a figure, a member, a text or, if none of these did, the layout; and which one."""

    kind: Kind
    name: str = ""


@dataclass(frozen=True)
class Change:
    """A document that must be printed again: its changed pages as pairs, of which one may be missing, and why.

    Pages count from 1. `edits` are by their cause; words that only moved to another page have none.
    """

    path: str
    pages: tuple[tuple[int | None, int | None], ...]
    edits: tuple[tuple[Cause, Edit], ...]

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Return each cause once."""
        explained = {edit.page for _, edit in self.edits}
        moved = () if explained >= {*self.now} else (Cause("layout"),)
        return tuple(dict.fromkeys((*(cause for cause, _ in self.edits), *moved)))

    @property
    def now(self) -> tuple[int, ...]:
        """Return the pages that are to be printed."""
        return tuple(after for _, after in self.pages if after)

    def pages_of(self, cause: Cause) -> tuple[int, ...]:
        """Return the pages that a cause has changed; those that no edit is on have words from elsewhere."""
        own = {edit.page for each, edit in self.edits if each == cause}
        others = {edit.page for _, edit in self.edits}
        return tuple(page for page in self.now if page in own or (cause == Cause("layout") and page not in others))


@dataclass(frozen=True)
class Comparison:
    """The documents that must be printed again, those that have come and gone, and those that have the same words.

    `redrawn` have the same words on the same pages, in another file: their layout has changed, or nothing that is seen.
    """

    changed: tuple[Change, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    redrawn: tuple[str, ...]
    same: tuple[str, ...]


def compare(before: Issue, after: Issue) -> Comparison:
    """Compare two issues. Only documents of a layout and an edition that both have count as come or gone."""
    changed: list[Change] = []
    redrawn: list[str] = []
    same: list[str] = []
    both = sorted(before.documents.keys() & after.documents.keys())
    for path in both:
        old, new = before.documents[path], after.documents[path]
        if old.pages != new.pages:
            changed.append(_Comparing(before, after, path).change())
        else:
            (same if old.sha256 == new.sha256 else redrawn).append(path)
    folders = {_folder(path) for path in before.documents} & {_folder(path) for path in after.documents}
    new_paths, gone = (
        tuple(path for path in sorted(one.documents.keys() - other.documents.keys()) if _folder(path) in folders)
        for one, other in ((after, before), (before, after))
    )
    return Comparison(tuple(changed), new_paths, gone, tuple(redrawn), tuple(same))


def _folder(path: str) -> tuple[str, ...]:
    return tuple(path.split("/")[:2])


@dataclass(frozen=True)
class _Comparing:
    """Two issues, and the path of a document that has changed between them."""

    before: Issue
    after: Issue
    path: str

    def change(self) -> Change:
        """Return how the document has changed."""
        old, new = self.before.documents[self.path], self.after.documents[self.path]
        edits: list[tuple[Cause, Edit]] = []
        pairs: list[tuple[int | None, int | None]] = []
        for tag, *span in SequenceMatcher(None, old.pages, new.pages, autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            first, last, start, end = span
            pairs += zip_longest(range(first + 1, last + 1), range(start + 1, end + 1))
            lost, gained = _joined(self.before, old.pages[first:last]), _joined(self.after, new.pages[start:end])
            ends = [*accumulate(len(self.after.words(key)) for key in new.pages[start:end])]
            for was, now in differences(lost, gained):
                page = min(start + 1 + bisect_right(ends, now.start), end)
                edit = Edit(lost[was], gained[now], page)
                edits.append((self._cause(edit, old.electorate), edit))
        return Change(self.path, tuple(pairs), tuple(edits))

    def _cause(self, edit: Edit, electorate: str | None) -> Cause:
        """Return what made an edit: the figure, the member or the text that lost or gained some of its words."""
        for name in _changed(self.before.figures, self.after.figures):
            if _explains(edit, self.before.figures.get(name, ""), self.after.figures.get(name, "")):
                return Cause("figure", name)
        for slug in _changed(self.before.members, self.after.members):
            words = self.before.members.get(slug, ""), self.after.members.get(slug, "")
            if electorate in (slug, None) and _explains(edit, *words):
                return Cause("member", slug)
        for field in _changed(self.before.texts, self.after.texts):
            if _explains(edit, self.before.texts.get(field, ""), self.after.texts.get(field, "")):
                return Cause("text", field)
        return Cause("layout")


def _joined(issue: Issue, keys: Sequence[str]) -> Words:
    return tuple(word for key in keys for word in issue.words(key))


# The pages of most electorates change alike.
@lru_cache(maxsize=256)
def differences(before: Words, after: Words) -> tuple[tuple[slice, slice], ...]:
    """Return where two runs of words differ, as a part of each; a hyphen is no difference."""
    plain, other = ([word.replace("-", "") for word in words] for words in (before, after))
    found = SequenceMatcher(None, plain, other, autojunk=False).get_opcodes()
    return tuple((slice(first, last), slice(start, end)) for tag, first, last, start, end in found if tag != "equal")


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    return (name for name in {**before, **after} if before.get(name) != after.get(name))


def _explains(edit: Edit, before: str, after: str) -> bool:
    """Return whether the words that a text has lost, or has gained, are among those of an edit."""
    lost, gained = _words(before) - _words(after), _words(after) - _words(before)
    return bool(lost & _words(" ".join(edit.before)) or gained & _words(" ".join(edit.after)))


@lru_cache(maxsize=4096)
def _words(text: str) -> Counter[str]:
    return Counter(word.strip(".,;:“”‘’\"'()*") for word in text.split())


def grouped(changes: Iterable[Change]) -> dict[Cause, list[Change]]:
    """Return the changed documents by each of their causes."""
    found: dict[Cause, list[Change]] = {}
    for change in changes:
        for cause in change.causes:
            found.setdefault(cause, []).append(change)
    return found
