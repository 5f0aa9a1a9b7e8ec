"""Import a draft from Word, LibreOffice or Markdown as a new brief, with a query for each guess."""

import datetime
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from briefpack import electorates
from briefpack.importing import compose, lost, pandoc, pictures, tree, yaml_text
from briefpack.importing.compose import Setting
from briefpack.importing.draft import Draft, Leftover
from briefpack.plan import locales
from briefpack.pool import limits
from briefpack.problem import Problems, raise_any
from briefpack.project import Project, within
from briefpack.text import legible, yaml_lines
from briefpack.text.locale import Locale
from briefpack.text.tables import archive

ENDINGS = tuple(pandoc.FORMATS)
"""The endings of the names of files that can be imported."""
MOST_BYTES = 60_000_000
MOST_UNPACKED, MOST_XML = 200_000_000, 60_000_000
"""The most bytes that all parts of a file may have when they are unpacked, and the most that its XML parts may have."""
SECONDS = 120
MEDIA = ("word/media/", "Pictures/", "media/")
WORD_LANGUAGE = re.compile(rb'<w:lang\b[^>]*\bw:val="([A-Za-z-]{2,12})"')
OPEN_LANGUAGE = re.compile(rb'fo:language="([a-z]{2,3})"[^>]*?fo:country="([A-Za-z]{2})"')
CHINESE = {"zh-cn": "zh-hans", "zh-sg": "zh-hans", "zh": "zh-hans"}
MARKS = re.compile(r"\{[^}]*\}|\[\^[^\]]*\]")
"""References to figures and sources."""
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


def read(path: Path, shown: str, project: Project, layout: str, today: datetime.date) -> Imported:
    """Return the brief that a draft becomes. Raises Problems if the file can't be read safely."""
    try:
        with limits.within(SECONDS):
            return _read(path, shown, project, layout, today)
    except limits.Overdue:
        raise pandoc.refused(shown, f"it takes longer than {SECONDS} seconds to read", pandoc.SPLIT) from None
    except archive.RefusedError as error:
        raise pandoc.refused(shown, str(error), error.hint) from None
    except RecursionError:
        raise pandoc.refused(shown, "its lists or quotations are nested too deeply", archive.SAVE_AGAIN) from None


def _read(path: Path, shown: str, project: Project, layout: str, today: datetime.date) -> Imported:
    if path.stat().st_size > MOST_BYTES:
        raise pandoc.refused(shown, f"it is larger than {MOST_BYTES // 1_000_000} MB", "delete some of its images")
    ending = path.suffix.lower()
    files, data = _opened(path, shown)
    nodes = pandoc.read(data, ending, shown)
    known = (file.stem for file in (project.root / locales.FOLDER).glob("*.yaml"))
    language = choose_language(tree.language(nodes) or _language(files), known)
    locale = _locale(project, language)
    draft = tree.read(nodes, locale)
    if files:
        _check(draft, shown)
    else:
        files = _beside(path, {picture.file for picture in pictures.among(draft.blocks)})
    draft.leftovers += lost.unread(files, draft)
    if not (draft.blocks or draft.leftovers):
        raise pandoc.refused(shown, "there is no text in it", "check that it is the right file, and save it again")
    own = "" if language == locales.DEFAULT else language
    setting = Setting(locale, own, layout, today, _title(path), electorates.names(project))
    return _imported(draft, compose.compose(draft, files, setting), shown)


def _opened(path: Path, shown: str) -> tuple[Mapping[str, bytes], bytes]:
    """Return the parts of a draft's archive, none of Markdown, and the bytes for pandoc. Raises Problems."""
    if pandoc.is_packed(path.suffix.lower()):
        files = _unpacked(path)
        return files, _packed(files)
    data = path.read_bytes()
    legible.check(data.decode(errors="replace"), shown)
    return {}, data


def _unpacked(path: Path) -> Mapping[str, bytes]:
    """Return the parts of a file that hold text, and its images. Raises RefusedError."""
    files = archive.unpack(path, MOST_UNPACKED, MOST_XML, MEDIA)
    for name, data in files.items():
        if name.lower().endswith(archive.XML):
            archive.read_xml(name, data)
    return files


def _packed(files: Mapping[str, bytes]) -> bytes:
    """Return a file for pandoc, which wants to find every image; their bytes are read from here instead."""
    return archive.pack({name: b"" if name.startswith(MEDIA) else data for name, data in files.items()}).getvalue()


def _check(draft: Draft, shown: str) -> None:
    """Check the words of a draft whose file has no lines. Raises Problems."""
    try:
        legible.check("\n".join(words for words, _ in lost.spoken(draft)), shown)
    except Problems as error:
        raise Problems([replace(each, line=None) for each in error.problems]) from None


def _beside(path: Path, files: Iterable[str]) -> Mapping[str, bytes]:
    """Return the images that a Markdown draft names, from its own folder alone."""
    found = {file: within(path.parent, file) for file in files if not file.lower().endswith(archive.XML)}
    small = {file: image for file, image in found.items() if image and image.stat().st_size <= MOST_BYTES}
    return {file: image.read_bytes() for file, image in small.items()}


def _language(files: Mapping[str, bytes]) -> str:
    """Return the tag of the language in a file's styles, such as fr-FR; an empty text for none."""
    if found := WORD_LANGUAGE.search(files.get("word/styles.xml", b"")):
        return found[1].decode()
    found = OPEN_LANGUAGE.search(files.get("styles.xml", b""))
    return b"-".join(found.groups()).decode() if found else ""


def choose_language(tag: str, known: Iterable[str]) -> str:
    """Return the project's language for a tag: the same language, or one of its family, or the default."""
    names = {name.lower(): name for name in sorted(known)}
    exact = CHINESE.get(tag.lower(), tag.lower())
    family = exact.partition("-")[0]
    if exact in names:
        return names[exact]
    if not family or locales.DEFAULT.startswith(f"{family}-"):
        return locales.DEFAULT
    return next((name for low, name in names.items() if low.partition("-")[0] == family), locales.DEFAULT)


def _locale(project: Project, language: str) -> Locale:
    locale, problems = locales.read(project, yaml_lines.parse_parts(f"language: {language}\n", "brief.yaml"))
    raise_any(problems)
    assert locale  # noqa: S101 -- without one there are problems
    return locale


def _title(path: Path) -> str:
    return " ".join(re.split(r"[\s_]+", path.stem)).strip().capitalize() or "Draft"


def _imported(draft: Draft, composed: compose.Composed, shown: str) -> Imported:
    bare = [MARKS.sub(" ", text) for _, text in yaml_lines.texts(composed.brief)]
    listed = [leftover.words for leftover in draft.leftovers]
    draft.leftovers += lost.unwritten(draft, [*bare, *composed.typed, *listed])
    leftovers = tuple(sorted(draft.leftovers, key=_order))
    text = _head(shown, leftovers) + yaml_text.write(composed.brief)
    images = tuple((kept.file, kept.data) for kept in composed.images)
    queries = len(composed.brief.get("queries", ()))
    return Imported(text, images, "".join(_unplaced(shown, leftovers)), tuple(draft.guesses), leftovers, queries)


def _order(leftover: Leftover) -> float:
    return leftover.place.paragraph if leftover.place else math.inf


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
