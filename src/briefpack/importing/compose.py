"""Compose a brief from a draft's parts, figures, sources and images, with a query for each guess."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from briefpack.importing import (
    asks,
    figures,
    front,
    left_as_typed,
    names,
    outline,
    parts,
    pictures,
    queries,
    signature,
    sources,
    words,
)
from briefpack.importing.archive import Archive
from briefpack.importing.content import Content, spread, with_headings
from briefpack.importing.draft import Draft, Leftover, Passage, Picture
from briefpack.importing.figures import Proposed
from briefpack.importing.found import Spoken
from briefpack.importing.front import Front
from briefpack.importing.languages import DEFAULT
from briefpack.importing.markdown import Writer
from briefpack.importing.outline import Outline
from briefpack.importing.parts import Assigned, Piece
from briefpack.importing.pictures import Pictures
from briefpack.importing.queries import Query
from briefpack.importing.sources import Cited
from briefpack.importing.yaml_text import Entry, Group, Line, Listing, Value, Word
from briefpack.text import numbers
from briefpack.text.locale import Locale

PRICE = re.compile(r"\W*\d|\n")
LEAVE_BEHIND = "No ask has a leave-behind yet. To get its page, add leave_behind: with a headline and three reasons."
UNSOURCED = "unsourced-figures"
LISTS = {
    "section": "sections",
    "theme": "themes",
    "ask": "asks",
    "case_study": "case_studies",
    "appendix": "appendices",
}
"""The key under which each kind of part is."""
IN_BRIEF = ("foreword", "sections", "themes", "asks", "case_studies", "appendices", "glossary")


@dataclass(frozen=True)
class Setting:
    """What a brief needs that no draft says: its locale, its layout, today's date, and the names to fall back on."""

    locale: Locale
    language: str
    layout: str
    today: datetime.date
    title: str
    organisation: str = ""


@dataclass(frozen=True)
class Composed:
    """A brief ready to be written, with its images, its guesses and its leftovers."""

    brief: Group
    pictures: Pictures
    guesses: tuple[str, ...]
    leftovers: tuple[Leftover, ...]
    queries: tuple[Query, ...]
    figures: tuple[figures.Figure, ...]
    dates: tuple[str, ...]


@dataclass(frozen=True)
class _Read:
    """A draft, read into its parts, figures and sources."""

    draft: Draft
    setting: Setting
    front: Front
    pieces: tuple[Piece, ...]
    proposed: Proposed
    cited: Cited
    pictures: Pictures
    leftovers: tuple[Leftover, ...]
    guesses: tuple[str, ...]

    @property
    def content(self) -> Content:
        """Return what writes the blocks."""
        return Content(Writer(self.proposed.links, self.cited.by_note), self.pictures.ids)


def compose(draft: Draft, archive: Archive, setting: Setting) -> Composed:
    """Return the brief that a draft becomes; its images are in the archive."""
    arranged = outline.arrange(draft.blocks)
    taken = pictures.take((block for part in arranged.parts for block in part.everything), archive)
    read = _read(draft, arranged, taken, setting)
    asked = (*queries.named(_asked(read)), *_unsourced(read))
    brief = Group(tuple(_entries(read, asked)))
    leftovers = (*read.leftovers, *draft.leftovers, *taken.leftovers, *_labels(read))
    dates = (numbers.date(read.front.date, setting.locale),) if read.front.date else ()
    return Composed(brief, taken, read.guesses, leftovers, asked, read.proposed.figures, dates)


def _read(draft: Draft, arranged: Outline, taken: Pictures, setting: Setting) -> _Read:
    assigned = parts.assign(arranged.parts, draft, setting.locale)
    title = draft.title or (" ".join(assigned.title.words.split()) if assigned.title else "")
    opening = front.read(assigned.front, title, setting.locale)
    opening = replace(opening, title=opening.title or setting.title)
    pieces = tuple(_sorted(_opened(opening, assigned)))
    cited = sources.propose(draft.notes, setting.locale)
    spoken = tuple(_numbered(pieces))
    proposed = figures.propose(spoken, setting.locale)
    guesses = (*arranged.guesses, *left_as_typed.report(spoken, proposed, setting.locale))
    empty = (Leftover(each.words, each.place, "a heading without text of its own") for each in assigned.empty)
    leftovers = (*arranged.leftovers, *opening.leftovers, *empty)
    return _Read(draft, setting, opening, pieces, proposed, cited, taken, leftovers, guesses)


def _opened(opening: Front, assigned: Assigned) -> Iterator[Piece]:
    """Yield the pieces, after a section of the text in front of the first heading; the cover's image is in the first."""
    pieces, blocks = assigned.pieces, opening.blocks
    if blocks and pieces and pieces[0].kind == "section" and all(isinstance(block, Picture) for block in blocks):
        pieces, blocks = (replace(pieces[0], blocks=(*blocks, *pieces[0].blocks)), *pieces[1:]), ()
    if blocks:
        yield Piece("section", None, blocks, reason="it comes before the first heading")
    shift = 1 if blocks else 0
    for piece in pieces:
        yield replace(piece, theme=None if piece.theme is None else piece.theme + shift)


def _sorted(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces; contacts, glossaries and forewords that can't be read as such are sections or appendices."""
    for piece in pieces:
        if piece.kind == "contacts" and not front.contacts(piece.blocks):
            yield replace(piece, kind="appendix", reason="no names of people were found in it")
        elif piece.kind == "glossary" and not front.glossary(piece.blocks):
            yield replace(piece, kind="appendix", reason="its lines don't have the form “term: meaning”")
        elif piece.kind == "sources" and piece.blocks:
            yield replace(piece, kind="appendix", reason="it lists sources that no note cites")
        elif piece.kind == "foreword" and signature.read(piece.blocks) is None:
            yield replace(piece, kind="section", reason="it doesn't end with a name")
        else:
            yield piece


def _numbered(pieces: Iterable[Piece]) -> Iterator[Spoken]:
    """Yield each passage whose numbers become figures."""
    for number, piece in enumerate(pieces):
        if piece.kind not in ("contacts", "sources"):
            title = PRICE.split(piece.title.words)[0] if piece.title else ""
            if piece.title:
                yield Spoken(piece.title, number, title, "")
            for block in spread(piece.blocks):
                yield from (Spoken(passage, number, title, about) for passage, about in with_headings(block))


def _asked(read: _Read) -> Iterator[tuple[str, str, str]]:
    """Yield the queries about a draft's remarks, its parts, its notes, its images and its figures."""
    yield from queries.of_remarks(read.draft.remarks)
    for piece in read.pieces:
        if piece.reason and piece.reason != parts.NAMED_SO:
            title = " ".join(piece.title.words.split()) if piece.title else read.front.title
            yield queries.of_part(piece.kind, title, piece.reason, piece.title.place if piece.title else None)

    for source in read.cited.sources:
        if asked := queries.of_source(source):
            yield asked
    for figure in read.proposed.figures:
        if len({each.casefold() for each in figure.wordings}) > 1:
            yield queries.of_figure(figure)
    for image in read.pictures.kept:
        yield queries.of_image(image)


def _unsourced(read: _Read) -> Iterator[Query]:
    """Yield the query that stands in for a source wherever the draft has no note."""
    if any(figure.note is None for figure in read.proposed.figures):
        question = "Where does each figure that names this query come from?"
        yield Query(UNSOURCED, "Figures without a note in the draft", question)


def _entries(read: _Read, asked: Iterable[Query]) -> Iterator[Entry]:
    """Yield the keys of the brief."""
    yield from _document(read)
    yield from _tables(read, asked)
    yield from _body(read)


def _document(read: _Read) -> Iterator[Entry]:
    setting, opening = read.setting, read.front
    unknown = placeholder(setting.locale)
    yield Entry("title", Line(queries.plain(opening.title)))
    if opening.label:
        yield Entry("label", Line(queries.plain(opening.label)), ("guessed from a line above the first heading",))
    if subject := read.draft.subtitle or opening.subject:
        yield Entry("subject", Line(queries.plain(subject)))
    if setting.language != DEFAULT:
        yield Entry("language", Line(setting.language))
    yield Entry("date", Line(str(opening.date or setting.today)))
    yield Entry("layout", Line(setting.layout))
    name = opening.organisation or front.author(subject, setting.locale) or setting.organisation or unknown
    website = [Entry("website", Line(opening.website))] if opening.website else []
    yield Entry("organisation", Group((Entry("name", Line(queries.plain(name))), *website)))
    yield Entry("electoral_matter", Line("undecided"))
    if people := [
        _contact(each) for piece in read.pieces if piece.kind == "contacts" for each in front.contacts(piece.blocks)
    ]:
        yield Entry("contacts", Listing(tuple(people)))


def placeholder(locale: Locale) -> str:
    """Return the placeholder for a text that a person must write; no document that prints it is finished."""
    return next((word.upper() for word in locale.slips.placeholders), "???")


def _contact(person: front.Contact) -> Value:
    pairs = (("name", person.name), ("role", person.role), ("email", person.email), ("phone", person.phone))
    return Group(tuple(Entry(key, Line(queries.plain(words))) for key, words in pairs if words))


def _tables(read: _Read, asked: Iterable[Query]) -> Iterator[Entry]:
    """Yield the queries, the sources, the figures and the images."""
    if entries := [each.entry for each in asked]:
        yield Entry("queries", Group(tuple(entries)))
    if read.cited.sources:
        yield Entry("sources", Group(tuple(map(_source, read.cited.sources))))
    if read.proposed.figures:
        yield Entry("figures", Group(tuple(_figure(each, read.cited) for each in read.proposed.figures)))
    if read.pictures.kept:
        yield Entry("images", Group(tuple(_image(each, read.setting.locale) for each in read.pictures.kept)))


def _source(source: sources.Source) -> Entry:
    pairs = (("publisher", source.publisher), ("title", source.title), ("date", source.date), ("url", source.url))
    entries = tuple(Entry(key, Line(queries.plain(words))) for key, words in pairs if words)
    return Entry(source.name, Group(entries), (f"from the note “{queries.plain(source.words)}”",))


def _figure(figure: figures.Figure, cited: Cited) -> Entry:
    unit, value = Entry("unit", Line(figure.unit)), Entry("value", Line(f"{figure.value:f}"))
    extra = [Entry("hedge", Line(figure.hedge))] if figure.hedge else []
    extra += [Entry("plus", Word("yes"))] if figure.plus else []
    source = cited.by_note.get(figure.note) if figure.note is not None else None
    origin = Entry("source", Line(source)) if source else Entry("query", Line(UNSOURCED))
    means = Entry("means", Line(queries.plain(figure.means)))
    return Entry(figure.name, Group((value, unit, *extra, means, origin)), (_origin(figure),))


def _origin(figure: figures.Figure) -> str:
    """Return the comment that says where a figure is from, and how else the draft writes it."""
    where = dict.fromkeys(str(each.place.paragraph) for each in figure.found)
    places = f"paragraph{'s' * (len(where) > 1)} {', '.join(where)}"
    also = " and ".join(f"“{each}”" for each in figure.wordings)
    return f"proposed from {also} in {places}" + ("; are they one figure?" if len(figure.wordings) > 1 else "")


def _image(kept: pictures.Kept, locale: Locale) -> Entry:
    unknown, caption = placeholder(locale), kept.picture.caption
    pairs = [("file", kept.file), ("alt", kept.picture.alt or (caption.words if caption else unknown))]
    pairs += [("caption", caption.words)] if caption else []
    pairs += [("credit", kept.picture.credit or unknown), ("people", "none")]
    entries = tuple(Entry(key, Line(queries.plain(words))) for key, words in pairs)
    comments = () if kept.picture.alt else ("the draft has no alternative text: say what the image shows",)
    return Entry(kept.name, Group(entries), comments)


def _body(read: _Read) -> Iterator[Entry]:
    """Yield the parts of the brief by their keys, in the order in which they print."""
    ids = _ids(read.pieces)
    found: dict[str, list[Value]] = {}
    reader = asks.Reader(read.content.writer, read.proposed, read.setting.locale)
    for number, piece in enumerate(read.pieces):
        if key := LISTS.get(piece.kind):
            found.setdefault(key, []).append(_part(read, piece, ids, number, reader))
    if signed := next((piece for piece in read.pieces if piece.kind == "foreword"), None):
        yield Entry("foreword", _letter(read, signed))
    for key in LISTS.values():
        if key in found:
            yield Entry(key, Listing(tuple(found[key])), (LEAVE_BEHIND,) if key == "asks" else ())
    terms = [
        _term(read, each) for piece in read.pieces if piece.kind == "glossary" for each in front.glossary(piece.blocks)
    ]
    if terms:
        yield Entry("glossary", Listing(tuple(terms)))


def _ids(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """Return an id for each piece, which no other piece has."""
    found: list[str] = []
    for piece in pieces:
        words = piece.title.words.strip() if piece.title else ""
        words = PRICE.split(words)[0] or words if piece.kind == "ask" else words
        found.append(names.new(words, set(found), piece.kind.replace("_", "-")))
    return tuple(found)


def _part(read: _Read, piece: Piece, ids: tuple[str, ...], number: int, reader: asks.Reader) -> Value:
    theme = (
        [Entry("theme", Line(ids[piece.theme]))]
        if piece.theme is not None and piece.kind in ("ask", "case_study")
        else []
    )
    start = [Entry("id", Line(ids[number]), _comments(piece)), *theme]
    if piece.kind == "ask":
        return Group((*start, *_ask(read, piece, reader)))
    heading = read.content.writer.heading(piece.title) if piece.title else read.front.title
    label = [Entry("label", Line(piece.label))] if _own_label(read, piece) else []
    blocks = read.content.blocks(piece.blocks, heading)
    if not blocks.values and piece.kind != "theme":
        blocks = Listing((Group((Entry("text", Line(placeholder(read.setting.locale))),)),))
    text = [Entry("blocks", blocks)] if blocks.values else []
    return Group((*start, *label, Entry("heading", Line(heading)), *text))


def _own_label(read: _Read, piece: Piece) -> bool:
    """Return whether a part has a label that the layout doesn't print itself, as it does “Case study”."""
    generic = words.is_only_label(piece.label, "case_studies", read.setting.locale)
    return piece.kind == "case_study" and bool(piece.label) and not generic


def _comments(piece: Piece) -> tuple[str, ...]:
    place = f" ({piece.title.place})" if piece.title else ""
    return (f"guessed: {piece.reason}{place}",) if piece.reason and piece.reason != parts.NAMED_SO else ()


def _ask(read: _Read, piece: Piece, reader: asks.Reader) -> Iterator[Entry]:
    """Yield the fields of an ask."""
    ask = reader.read(piece)
    for key, value in ask.fields:
        if value:
            yield Entry(key, Line(value), ("guessed: the only one in the text",) if key == ask.guess else ())
    why = read.content.blocks(ask.blocks, ask.title)
    if why.values:
        yield Entry("why", why)


def _letter(read: _Read, piece: Piece) -> Group:
    signed = signature.read(piece.blocks)
    assert signed  # noqa: S101 -- as _sorted has seen
    writer = read.content.writer
    heading = [Entry("heading", Line(writer.heading(piece.title)))] if piece.title else []
    blocks = read.content.blocks(signed.above, "")
    role = [Entry("role", Line(queries.plain(signed.role)))] if signed.role else []
    return Group((*heading, Entry("blocks", blocks), Entry("name", Line(queries.plain(signed.name))), *role))


def _term(read: _Read, found: tuple[Passage, Passage]) -> Group:
    term, meaning = found
    words = Line(queries.plain(term.words)), Line(read.content.writer.line(meaning))
    return Group((Entry("term", words[0]), Entry("meaning", words[1])))


def _labels(read: _Read) -> Iterator[Leftover]:
    """Yield the headings and the labels of lines that keys replace."""
    for piece in read.pieces:
        if piece.kind in ("contacts", "glossary", "sources") and piece.title:
            yield Leftover(piece.title.words, piece.title.place, "a heading that a key replaces")
    reader = asks.Reader(read.content.writer, read.proposed, read.setting.locale)
    for piece in read.pieces:
        if piece.label and piece.title and not _own_label(read, piece):
            yield Leftover(piece.label, piece.title.place, "the label of a heading; the layout writes its own")
        if piece.kind == "ask":
            yield from reader.read(piece).leftovers
