"""Import a draft from Word, LibreOffice or Markdown as a new brief, with a query for each guess."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from briefpack import electorates
from briefpack.importing import tree, yaml_text
from briefpack.importing.compose import Composer
from briefpack.importing.draft import Block, Draft, Leftover
from briefpack.plan import locales
from briefpack.pool import limits
from briefpack.problem import raise_any
from briefpack.project import Project, within
from briefpack.text import words, yaml_lines
from briefpack.text.locale import Locale
from briefpack.text.tables import archive

ENDINGS = tuple(tree.FORMATS)
"""The endings of the names of files that can be imported."""
MOST_BYTES = 60_000_000
SECONDS = 120
# The language in the styles of a Word file, or of LibreOffice's.
LANGUAGE = re.compile(rb'<w:lang\b[^>]*\bw:val="([A-Za-z-]{2,12})"|fo:language="([a-z]{2,3})"')
# References to figures and sources.
MARKS = re.compile(r"\{[^}]*\}|\[\^[^\]]*\]")
HEAD = """\
# yaml-language-server: $schema=../brief.schema.json
# Imported from {shown}. Each part, source and figure below is a proposal: check it against the draft.
# Comments say what was guessed; the questions are under queries. Delete both as you answer them.
# Words that aren't in the brief are in unplaced.md.

"""
UNPLACED = """\
# Words that aren't in the brief

From {shown}. Move what you need into brief.yaml, then delete this file.

"""


@dataclass(frozen=True)
class Imported:
    """A draft as a brief: the text of its file, its images by their names, and the report."""

    text: str
    images: Mapping[str, bytes]
    unplaced: str
    guesses: list[str]
    leftovers: tuple[Leftover, ...]
    queries: int


def read(path: Path, shown: str, project: Project, layout: str, today: datetime.date) -> Imported:
    """Return the brief that a draft becomes. Raises Problems if the file can't be read safely."""
    try:
        with limits.within(SECONDS):
            return _read(path, shown, project, layout, today)
    except limits.Overdue:
        raise tree.refused(shown, f"it takes longer than {SECONDS} seconds to read", tree.SPLIT) from None
    except archive.RefusedError as error:
        raise tree.refused(shown, str(error), error.hint) from None
    except RecursionError:
        raise tree.refused(shown, "its lists or quotations are nested too deeply", archive.SAVE_AGAIN) from None


def _read(path: Path, shown: str, project: Project, layout: str, today: datetime.date) -> Imported:
    if path.stat().st_size > MOST_BYTES:
        raise tree.refused(shown, f"it is larger than {MOST_BYTES // 1_000_000} MB", "delete some of its images")
    files, data = tree.open_draft(path, shown)
    draft = tree.read(data, path.suffix.lower(), shown)
    draft.leftovers += unread(files, draft)
    if not (draft.blocks or draft.leftovers):
        raise tree.refused(shown, "there is no text in it", "check that it is the right file, and save it again")
    files = files or _beside(path, draft.blocks)
    language = _language(draft.properties.pop("lang", ""), files, project)
    composer = Composer(draft, files, _locale(project, language), electorates.names(project))
    title = " ".join(re.split(r"[\s_]+", path.stem)).capitalize()
    own = "" if language == locales.DEFAULT else language
    brief = composer.document(title, own, layout, today) | composer.brief
    written = [MARKS.sub(" ", text) for _, text in yaml_lines.texts(brief)]
    written += [*composer.typed, *(leftover.words for leftover in draft.leftovers)]
    leftovers = (*unwritten(draft, written), *draft.leftovers)
    unplaced = "".join(f"- {leftover}\n" for leftover in leftovers)
    return Imported(
        HEAD.format(shown=shown) + yaml_text.write(brief),
        composer.images,
        UNPLACED.format(shown=shown) + unplaced,
        draft.guesses,
        leftovers,
        len(brief.get("queries", ())),
    )


def _beside(path: Path, blocks: Iterable[Block]) -> Mapping[str, bytes]:
    """Return the images that a Markdown draft names, from its own folder alone."""
    files: dict[str, bytes] = {}
    for block in blocks:
        image = within(path.parent, block.file) if block.file else None
        if image and image.stat().st_size <= MOST_BYTES:
            files[block.file] = image.read_bytes()
    return files


def _language(tag: str, files: Mapping[str, bytes], project: Project) -> str:
    """Return the project's language for a draft: the one that it names, or that its styles are in."""
    styles = files.get("word/styles.xml") or files.get("styles.xml", b"")
    if not tag and (named := LANGUAGE.search(styles)):
        tag = (named[1] or named[2]).decode()
    return choose_language(tag, [file.stem for file in (project.root / locales.FOLDER).glob("*.yaml")])


def choose_language(tag: str, known: Iterable[str]) -> str:
    """Return the project's language for a tag: the same language, or one of its family, or the default."""
    names = {name.partition("-")[0]: name for name in known} | {name.lower(): name for name in known}
    names[locales.DEFAULT.partition("-")[0]] = locales.DEFAULT
    tag = tag.lower()
    return names.get(tag) or names.get(tag.partition("-")[0]) or locales.DEFAULT


def _locale(project: Project, language: str) -> Locale:
    locale, problems = locales.read(project, yaml_lines.parse_parts(f"language: {language}\n", "brief.yaml"))
    raise_any(problems)
    assert locale  # noqa: S101 -- without one there are problems
    return locale


PARTS = re.compile(r"word/(?:document|comments|header\d*|footer\d*|diagrams/data\d*)\.xml|(?:content|styles)\.xml")
PARAGRAPHS = ("p", "h", "pt", "del")
HELD = ("t", "delText")
"""The elements of a Word file that hold text; in LibreOffice's, any element may."""
GAPS = ("tab", "br", "s", "line-break", "cr")
# Elements that repeat words from elsewhere, or whose text doesn't print.
REPEATED = ("Fallback", "moveFrom", "note-citation", "instrText")
# An image of a Word file that is elsewhere, with its address.
LINKED = re.compile(rb"<Relationship\b(?=[^>]*/image\")(?=[^>]*External)[^>]*\bTarget=\"([^\"]*)\"")
LINKED_ONLY = "an image that the draft only links to; nothing was fetched"
UNREAD = "in a text box, a header, a footer or a drawing"
COMMENT, DELETION = "a comment in the draft", "a tracked deletion, which was accepted"
REMARKS = {"comment": COMMENT, "annotation": COMMENT, "del": DELETION, "deletion": DELETION}
"""The elements that comment on the text or change it."""


def unwritten(draft: Draft, written: Iterable[str]) -> Iterator[Leftover]:
    """Yield the words of each passage of a draft that are missing from the written brief."""
    left = Counter(word for text in written for word in words.fold(text))
    for text, place in draft.said:
        missing: list[str] = []
        for word in words.fold(text):
            if left[word]:
                left[word] -= 1
            else:
                missing.append(word)
        if missing:
            yield Leftover(" ".join(missing), place, "not in any field of the brief")


def unread(files: Mapping[str, bytes], draft: Draft) -> Iterator[Leftover]:
    """Yield each comment, tracked deletion and other paragraph of a file with words that pandoc hasn't read."""
    read = {word for text, _ in draft.said for word in words.fold(text)}
    passages: dict[tuple[str, str], None] = {}
    for name, data in files.items():
        links = LINKED.findall(data) if name.endswith(".rels") else []
        passages |= {(f"({address.decode(errors='replace')})", LINKED_ONLY): None for address in links}
        if PARTS.fullmatch(name):
            root = ElementTree.fromstring(data)  # noqa: S314 -- parts with entities are refused
            passages |= dict.fromkeys(_paragraphs(root, UNREAD))
    for text, reason in passages:
        is_read = reason == UNREAD and read.issuperset(words.fold(text))
        if text and not is_read:
            yield Leftover(text, "", reason)


def _paragraphs(element: Element, reason: str) -> Iterator[tuple[str, str]]:
    """Yield the text of each paragraph, without the paragraphs inside it, and the reason why pandoc may not read it."""
    reason = REMARKS.get(_tag(element), reason)
    if _tag(element) in PARAGRAPHS:
        yield " ".join("".join(_text_of(element)).split()), reason
    for inner in element:
        if _tag(inner) not in REPEATED:
            yield from _paragraphs(inner, reason)


def _text_of(element: Element) -> Iterator[str]:
    """Yield the text of a paragraph in order; a paragraph inside it has its own."""
    is_open = "opendocument" in element.tag
    if is_open or _tag(element) in HELD:
        yield element.text or ""
    for inner in element:
        name = _tag(inner)
        if name in (*PARAGRAPHS, *GAPS, *REMARKS):
            yield " "
        elif name not in REPEATED:
            yield from _text_of(inner)
        yield (inner.tail or "") if is_open else ""


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
