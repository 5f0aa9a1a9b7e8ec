"""Format the answer to a search: lines for a terminal, and plain data for a program."""

import itertools
import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from briefpack.cli import messages
from briefpack.electorates import Electorate, Member, Office
from briefpack.electorates.search import Answer, Directory, Hit
from briefpack.output import manifest
from briefpack.problem import joined
from briefpack.project import Project
from briefpack.text.numbers import NO_BREAK

MOST_HITS = 10
"""The most electorates that are printed; more than that, and the words were too vague."""
NARROWEST = 12
"""The narrowest terminal, in characters, to which lines are wrapped."""
BY_PLACE = frozenset({"postcode", "po-box", "locality"})
HINT = "a postcode, a suburb, a member or an electorate"


@dataclass(frozen=True)
class Found:
    """The answer to a search of one set, with the briefs that use the set."""

    project: Project
    briefs: tuple[str, ...]
    directory: Directory
    answer: Answer

    @property
    def brief(self) -> str:
        """Return the brief as a command names it: its name or, if there are several, a word for any of them."""
        return self.briefs[0] if len(self.briefs) == 1 else "BRIEF"


def lines(found: Found, width: int) -> Iterator[str]:
    """Yield the lines of an answer, none wider than the terminal."""
    answer = found.answer
    for note in answer.notes:
        yield from wrapped(note, width)
    for place, hit in enumerate(answer.hits[:MOST_HITS]):
        yield from ("",) if place or answer.notes else ()
        yield from wrapped(f"{hit.electorate.name}, {hit.electorate.state.name} ({hit.certainty})", width)
        for line in _about(found, hit):
            yield from wrapped(line, width, indent="  ")
    yield ""
    for remark in _remarks(found):
        yield from wrapped(remark, width)


def nothing(answer: Answer, typed: str, width: int) -> Iterator[str]:
    """Yield the lines that say nothing was found, with something to try instead."""
    yield from wrapped(" ".join(answer.notes) or f'nothing is called "{" ".join(typed.split())}"', width)
    yield from wrapped(f"try: {answer.suggestions or HINT}", width, indent="  ")


def plain(found: Found) -> list[dict[str, Any]]:
    """Return an answer as data: each electorate, how certain it is and why, its member, office and documents."""
    return [_plain(found, hit) for hit in found.answer.hits]


def styled(member: Member) -> str:
    """Return a member's name as it prints, but with spaces that can be typed and searched for."""
    return member.styled.replace(NO_BREAK, " ")


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Return a text as lines no wider than the terminal; with an indent, later lines are indented further."""
    room, later = max(width, NARROWEST), f"{indent}    " if indent else ""
    broken = textwrap.wrap(text, room, initial_indent=indent, subsequent_indent=later, break_on_hyphens=False)
    return [line.rstrip() for line in broken]


def _about(found: Found, hit: Hit) -> Iterator[str]:
    each = hit.electorate
    for text in dict.fromkeys(reason.text for reason in hit.reasons):
        yield f"{text[0].upper()}{text[1:]}."
    if names := _places(hit) if len(found.answer.hits) > 1 else []:
        yield f"Places: {', '.join(names)}"
    noun = each.words.member.capitalize()
    yield f"{noun}: {styled(each.member)}, {each.member.party}" if each.member else f"{noun}: none is listed"
    if each.member and each.member.roles:
        yield f"Role: {'; '.join(role.title for role in each.member.roles)}"
    yield from _office(each.office)
    yield from _documents_of(found, each)


def _places(hit: Hit) -> list[str]:
    """Return the places in an electorate that share a postcode with places elsewhere."""
    found = (place.name for reason in hit.reasons if reason.kind == "postcode" for place in reason.localities)
    return sorted(set(found))


def _office(office: Office) -> Iterator[str]:
    town = f"{office.suburb} {office.state} {office.postcode}".strip()
    yield f"Office: {', '.join(filter(None, (office.address, town))) or 'none is listed'}"
    yield from (f"{label}: {value}" for label, value in (("Phone", office.phone), ("Email", office.email)) if value)


def _documents_of(found: Found, electorate: Electorate) -> Iterator[str]:
    """Yield the folders of the electorate's documents, and the commands that make and print them."""
    made = documents(found, electorate.slug)
    for folder, files in itertools.groupby(made, key=lambda path: path.parent):
        yield f"Documents: {found.project.shown(folder)} ({len(list(files))})"
    if not found.briefs:
        return
    label = "To make them again" if made else "To make its documents"
    words = (
        f"-e {electorate.slug}" if found.project.briefs == found.briefs[:1] else f"{found.brief} -e {electorate.slug}"
    )
    yield messages.typed(f"{label}: briefpack build {words}")
    yield messages.typed(f"To print them: briefpack print-set {words}")


def documents(found: Found, slug: str) -> list[Path]:
    """Return the finished documents of an electorate, edition by edition, without its print sets and booklets."""
    out = found.project.root / "out"
    folders = (folder for brief in found.briefs for folder in sorted((out / brief).glob("*/*")))
    listed = (folder / path for folder in folders for path in sorted(manifest.read(folder).documents))
    return [path for path in listed if path.parent.name == slug and path.is_file()]


def _remarks(found: Found) -> Iterator[str]:
    """Yield remarks on the answer as a whole."""
    directory, answer = found.directory, found.answer
    words, kinds = directory.group.words, {reason.kind for hit in answer.hits for reason in hit.reasons}
    if len(found.briefs) > 1:
        yield f"For BRIEF, write the brief that you want: {joined(found.briefs, 'or')}."
    left = len(answer.hits) - MOST_HITS
    if left > 0:
        yield f"{left} more {words.electorates if left > 1 else words.electorate} may match: type more of the name."
    if len(answer.hits) > 1 and kinds == {"postcode"}:
        yield f"More than one {words.electorate} may have this postcode: search for the suburb instead."
    if kinds & BY_PLACE and directory.search.check_at:
        yield f"An address near a border may be in a neighbouring {words.electorate}: check at {directory.search.check_at}"


def _plain(found: Found, hit: Hit) -> dict[str, Any]:
    each = hit.electorate
    return {
        "set": found.directory.group.name, "electorate": each.name, "slug": each.slug, "state": each.state.code, "certainty": hit.certainty,
        "reasons": [{"kind": reason.kind, "name": reason.name, "text": reason.text} for reason in hit.reasons],
        "localities": [str(place) for reason in hit.reasons for place in reason.localities],
        "member": styled(each.member) if each.member else None, "party": each.member.party if each.member else None,
        "roles": [role.title for role in each.member.roles] if each.member else [],
        "office": asdict(each.office),
        "documents": [found.project.shown(path) for path in documents(found, each.slug)],
        "make": messages.typed(f"briefpack build {found.brief} -e {each.slug}"),
    }  # fmt: skip
