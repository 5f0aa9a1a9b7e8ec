"""Import a draft from Word, LibreOffice or Markdown as a new brief, with a query for each guess."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from briefpack import limits
from briefpack.importing import (
    archive,
    blocks,
    captions,
    compose,
    contents_list,
    languages,
    lost,
    outline,
    pandoc,
    pictures,
    typed_notes,
    unread,
    yaml_text,
)
from briefpack.importing.archive import Archive
from briefpack.importing.compose import Composed, Setting
from briefpack.importing.draft import Draft, Leftover
from briefpack.plan import locales
from briefpack.problem import Problems, raise_any
from briefpack.project import Project, within
from briefpack.text import legible, yaml_lines
from briefpack.text.locale import Locale

ENDINGS = tuple(pandoc.FORMATS)
"""The endings of the names of files that can be imported."""
MOST_BYTES = 60_000_000
SECONDS = 120
COMPANY = re.compile(rb"<Company>([^<]{1,200})</Company>")
UNPLACED = "unplaced.md"


@dataclass(frozen=True)
class Imported:
    """A draft as a brief: the text of its file, its images by their names, and the report."""

    text: str
    images: tuple[tuple[str, bytes], ...]
    unplaced: str
    guesses: tuple[str, ...]
    leftovers: tuple[Leftover, ...]
    queries: int
    draft: Draft


def read(path: Path, shown: str, project: Project, layout: str, today: datetime.date) -> Imported:
    """Return the brief that a draft becomes. Raises Problems if the file can't be read safely."""
    try:
        with limits.within(SECONDS):
            return _read(path, shown, project, layout, today)
    except limits.Overdue:
        raise archive.refused(shown, f"it takes longer than {SECONDS} seconds to read", pandoc.SPLIT) from None


def _read(path: Path, shown: str, project: Project, layout: str, today: datetime.date) -> Imported:
    ending = path.suffix.lower()
    if path.stat().st_size > MOST_BYTES:
        raise archive.refused(shown, f"it is larger than {MOST_BYTES // 1_000_000} MB", "delete some of its images")
    packed = None if ending in (".md", ".markdown") else archive.read(path, shown)
    data = packed.repacked() if packed else path.read_bytes()
    if not packed:
        legible.check(data.decode(errors="replace"), shown)
    found = _draft(data, ending, shown)
    if packed:
        _check(found, shown)
    known = (file.stem for file in (project.root / locales.FOLDER).glob("*.yaml"))
    language = languages.choose(languages.tag(packed, found.language), known)
    locale = _locale(project, language)
    found = _noted(found, packed, locale)
    setting = Setting(locale, language, layout, today, _title(path), _company(packed))
    composed = compose.compose(found, packed or _beside(path, pictures.files(found.blocks)), setting)
    return _imported(found, composed, shown)


def _check(found: Draft, shown: str) -> None:
    """Check the words of a draft whose file has no lines. Raises Problems."""
    try:
        legible.check("\n".join(words for words, _ in lost.spoken(found)), shown)
    except Problems as error:
        raise Problems([replace(each, line=None) for each in error.problems]) from None


def _noted(found: Draft, packed: Archive | None, locale: Locale) -> Draft:
    """Return a draft with tidy blocks and its typed notes, and with the words that pandoc doesn't read."""
    read = [text for text, _ in lost.spoken(found)]
    missed = (*unread.find(packed, read), *unread.remarks(packed)) if packed else ()
    boxes = unread.boxed(packed) if packed else frozenset()
    blocks = tuple(outline.without_boxes(found.blocks, boxes))
    whole = contents_list.without(replace(found, blocks=blocks, leftovers=(*found.leftovers, *missed)), locale)
    tidy = replace(whole, blocks=outline.tidied(whole.blocks, locale))
    return typed_notes.read(captions.credited(captions.unnumbered(tidy, locale), locale), locale)


def _beside(path: Path, files: Iterable[str]) -> Archive:
    """Return the images that a Markdown draft names, from its own folder alone."""
    found = {file: within(path.parent, file) for file in files}
    small = {file: image for file, image in found.items() if image and image.stat().st_size <= MOST_BYTES}
    return Archive({file: image.read_bytes() for file, image in small.items()})


def _draft(data: bytes, ending: str, shown: str) -> Draft:
    try:
        return blocks.read(pandoc.read(data, ending, shown))
    except RecursionError:
        raise archive.refused(shown, "its lists or quotations are nested too deeply", archive.SAVE_AGAIN) from None


def _locale(project: Project, language: str) -> Locale:
    locale, problems = locales.read(project, yaml_lines.parse_parts(f"language: {language}\n", "brief.yaml"))
    raise_any(problems)
    assert locale  # noqa: S101 -- without one there are problems
    return locale


def _title(path: Path) -> str:
    return " ".join(re.split(r"[\s_]+", path.stem)).strip().capitalize() or "Draft"


def _company(packed: Archive | None) -> str:
    found = COMPANY.search(packed.parts.get("docProps/app.xml", b"")) if packed else None
    return found[1].decode(errors="replace").strip() if found else ""


def _imported(draft: Draft, composed: Composed, shown: str) -> Imported:
    typed = [f"{each.hedge * bool(figure.hedge)} {each.typed}" for figure in composed.figures for each in figure.found]
    bare = [re.sub(r"\{[^}]*\}|\[\^[^\]]*\]", " ", text) for text in yaml_text.texts(composed.brief)]
    listed = [leftover.words for leftover in composed.leftovers]
    missing = tuple(lost.find(draft, [*bare, *typed, *listed, *composed.dates]))
    leftovers = (*composed.leftovers, *missing)
    text = _head(shown, leftovers) + yaml_text.write(composed.brief)
    images = tuple((kept.file, kept.data) for kept in composed.pictures.kept)
    guesses = (*draft.guesses, *composed.guesses)
    return Imported(
        text, images, "".join(_unplaced(shown, leftovers)), guesses, leftovers, len(composed.queries), draft
    )


def _head(shown: str, leftovers: tuple[Leftover, ...]) -> str:
    """Return the comments at the top of the brief."""
    lines = [
        "# yaml-language-server: $schema=../brief.schema.json",
        f"# Imported from {shown}. Each part, source and figure below is a proposal: check it against the draft.",
        "# Comments say what was guessed; the questions are under queries. Delete both as you answer them.",
    ]
    lines += [f"# Words that aren't in the brief are in {UNPLACED}."] if leftovers else []
    return "\n".join(lines) + "\n\n"


def _unplaced(shown: str, leftovers: tuple[Leftover, ...]) -> Iterator[str]:
    """Yield the lines of the list of words that aren’t in the brief."""
    yield f"# Words that aren't in the brief\n\nFrom {shown}. Move what you need into brief.yaml, then delete this file.\n\n"
    for leftover in leftovers:
        yield f"- {leftover}\n"
