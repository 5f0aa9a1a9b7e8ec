"""Compose a brief from a draft's parts, figures, sources and images, with a query for each guess."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from briefpack.importing import asks, content, front, names, outline, parts, pictures, queries, sources, words
from briefpack.importing.amounts import Context
from briefpack.importing.content import Content, Entry, Writer, plain
from briefpack.importing.draft import Draft, Passage, Picture
from briefpack.importing.figures import Figure, Marker
from briefpack.importing.front import Front
from briefpack.importing.parts import Piece
from briefpack.importing.pictures import Kept
from briefpack.importing.yaml_text import Key
from briefpack.text import numbers
from briefpack.text.locale import Locale

PRICE = re.compile(r"\W*\d|\n")
LEAVE_BEHIND = "No ask has a leave-behind yet. To get its page, add leave_behind: with a headline and three reasons."
UNSOURCED = "unsourced-figures"
REPLACED = "a heading that a key replaces"
LISTS = {
    "section": "sections",
    "theme": "themes",
    "ask": "asks",
    "case_study": "case_studies",
    "appendix": "appendices",
}
"""The key of a brief for each kind of part."""


@dataclass(frozen=True)
class Setting:
    """What a draft can't say: the locale, the layout, today’s date, the title to fall back on, and the electorate sets.

    The language is empty if it is the one of a brief that names none.
    """

    locale: Locale
    language: str
    layout: str
    today: datetime.date
    title: str
    sets: tuple[str, ...] = ()

    @property
    def placeholder(self) -> str:
        """Return the mark of a text that is still to be written, which a check refuses in print."""
        return next((word.upper() for word in self.locale.slips.placeholders), "???")


@dataclass(frozen=True)
class Composed:
    """A brief ready to be written, its images, and the draft's numbers and dates, to see which ones the brief lacks."""

    brief: Entry
    images: list[Kept]
    typed: list[str]


def compose(draft: Draft, files: Mapping[str, bytes], setting: Setting) -> Composed:
    """Compose the brief; `files` has the images of the draft's archive."""
    locale = setting.locale
    arranged = outline.arrange(draft)
    images = pictures.take(draft, files)
    opening = front.read(arranged, draft, locale)
    opening.title = opening.title or setting.title
    pieces = [_sorted(piece) for piece in _opened(opening, parts.assign(opening.parts, draft, locale))]
    marker = Marker(locale, frozenset(number for number, piece in enumerate(pieces) if piece.kind == "ask"))
    pieces = [_marked(number, piece, marker) for number, piece in enumerate(pieces)]
    figures = marker.figures()
    cited = sources.propose(draft.notes, locale)
    found = tuple(dict.fromkeys(figures.values()))
    asked = [
        *queries.of_remarks(draft.remarks),
        *_about_parts(pieces, opening),
        *queries.of_sources(cited.sources),
        *queries.of_numbers(marker.unclear),
        *queries.of_images(images),
        *queries.of_sets(setting.sets),
    ]
    written = Content(Writer(figures, cited.by_note), {each.picture: each.name for each in images}, draft.guesses)
    brief = _document(draft, opening, pieces, setting) | _tables(asked, cited, found, images, setting)
    brief |= _Body(draft, pieces, written, opening, setting).entries()
    typed = [f"{each.hedge * bool(figure.hedge)} {each.typed}" for each, figure in figures.items()]
    return Composed(brief, images, [*typed, *([numbers.date(opening.date, locale)] if opening.date else [])])


def _tables(
    asked: Iterable[queries.Query],
    cited: sources.Cited,
    figures: tuple[Figure, ...],
    images: Iterable[Kept],
    setting: Setting,
) -> Entry:
    """Return the queries, the sources, the figures and the images."""
    return _filled(
        {
            "queries": queries.entries(asked) | _unsourced(figures),
            "sources": {
                Key(each.name, f"from the note “{plain(each.words)}”"): _source(each) for each in cited.sources
            },
            "figures": {Key(each.name, _origin(each)): _figure(each, cited.by_note) for each in figures},
            "images": dict(_image(each, setting) for each in images),
        }
    )


def _opened(opening: Front, pieces: list[Piece]) -> Iterator[Piece]:
    """Put the text before the first heading into a section of its own or, if it is only images, into the first."""
    blocks, shift = tuple(opening.blocks), 0
    if blocks and pieces and pieces[0].kind == "section" and all(isinstance(block, Picture) for block in blocks):
        pieces = [replace(pieces[0], blocks=(*blocks, *pieces[0].blocks)), *pieces[1:]]
    elif blocks:
        yield Piece("section", None, blocks, reason="it comes before the first heading")
        shift = 1
    for piece in pieces:
        yield replace(piece, theme=None if piece.theme is None else piece.theme + shift)


def _sorted(piece: Piece) -> Piece:
    """Return a piece, as a section or an appendix if it can't be read as the kind that its heading names."""
    if piece.kind == "contacts" and not front.contacts(piece.blocks):
        return replace(piece, kind="appendix", reason="no names of people were found in it")
    if piece.kind == "glossary" and not front.glossary(piece.blocks):
        return replace(piece, kind="appendix", reason="its lines don't have the form “term: meaning”")
    if piece.kind == "sources" and piece.blocks:
        return replace(piece, kind="appendix", reason="it lists sources that no note cites")
    if piece.kind == "foreword" and not front.signature(piece.blocks):
        return replace(piece, kind="section", reason="it doesn't end with a name")
    return piece


def _marked(number: int, piece: Piece, marker: Marker) -> Piece:
    """Return a piece in which the numbers that become figures are marked."""
    if piece.kind in ("contacts", "sources"):
        return piece
    title = PRICE.split(piece.title.words)[0] if piece.title else ""

    def mark(passage: Passage, about: str) -> Passage:
        return marker.mark(passage, Context(number, title, about))

    headed = mark(piece.title, "") if piece.title else None
    return replace(piece, title=headed, blocks=tuple(content.marked(block, mark) for block in piece.blocks))


def _about_parts(pieces: Iterable[Piece], opening: Front) -> Iterator[queries.Query]:
    """Yield a query about each part whose kind was guessed."""
    for piece in pieces:
        if piece.reason not in ("", parts.NAMED_SO):
            title, place = (piece.title.line, piece.title.place) if piece.title else (opening.title, None)
            yield queries.of_part(piece.kind, title, piece.reason, place)


def _unsourced(figures: Iterable[Figure]) -> Entry:
    """Return the query in place of a source for figures without a note; none if every figure has one."""
    question = "Where does each figure that names this query come from?"
    query = {UNSOURCED: {"about": "Figures without a note in the draft", "question": question}}
    return query if any(figure.note is None for figure in figures) else {}


def _document(draft: Draft, opening: Front, pieces: Iterable[Piece], setting: Setting) -> Entry:
    """Return the keys of the whole document that have a value."""
    subject = draft.subtitle or opening.subject
    author = opening.organisation or front.author(subject, setting.locale)
    people = [each for piece in pieces if piece.kind == "contacts" for each in front.contacts(piece.blocks)]
    only_set = setting.sets[0] if len(setting.sets) == 1 else ""
    found = {
        "title": plain(opening.title),
        Key("label", "guessed from a line above the first heading"): plain(opening.label),
        "subject": plain(subject),
        "language": setting.language,
        "date": str(opening.date or setting.today),
        "layout": setting.layout,
        Key("electorates", "delete this line if everybody gets the same pack"): only_set,
        "organisation": _filled({"name": plain(author) or setting.placeholder, "website": opening.website}),
        "electoral_matter": "undecided",
        "contacts": [_filled({key: plain(text) for key, text in person.items()}) for person in people],
    }
    return _filled(found)


def _filled(entry: Mapping[str, Any]) -> Entry:
    """Leave out the keys without a value."""
    return {key: value for key, value in entry.items() if value}


def _source(source: sources.Source) -> Entry:
    keys = ("publisher", "title", "date", "url")
    return _filled({key: plain(getattr(source, key)) for key in keys})


def _figure(figure: Figure, by_note: Mapping[int, str]) -> Entry:
    first = figure.first
    source = by_note.get(figure.note, "") if figure.note is not None else ""
    return _filled(
        {
            "value": f"{first.value:f}",
            "unit": first.unit,
            "hedge": figure.hedge,
            "plus": first.plus,
            "means": plain(first.means),
            "source": source,
            "query": "" if source else UNSOURCED,
        }
    )


def _origin(figure: Figure) -> str:
    """Return the comment that says where a figure is from, and how else the draft writes it."""
    where = dict.fromkeys(str(each.place.paragraph) for each in figure.numbers)
    places = f"paragraph{'s' * (len(where) > 1)} {', '.join(where)}"
    also = " and ".join(f"“{each}”" for each in figure.wordings)
    return f"proposed from {also} in {places}" + "; are they one figure?" * (not figure.is_sure)


def _image(kept: Kept, setting: Setting) -> tuple[Key, Entry]:
    picture = kept.picture
    caption = plain(picture.caption.words) if picture.caption else ""
    comments = () if picture.alt else ("the draft has no alternative text: say what the image shows",)
    return Key(kept.name, *comments), _filled(
        {
            "file": kept.file,
            "alt": plain(picture.alt) or caption or setting.placeholder,
            "caption": caption,
            "credit": plain(picture.credit) or setting.placeholder,
            "people": "none",
        }
    )


@dataclass(frozen=True)
class _Body:
    """Build the parts of a brief, and report the headings and labels that its keys replace."""

    draft: Draft
    pieces: list[Piece]
    content: Content
    front: Front
    setting: Setting

    def entries(self) -> Entry:
        """Return the parts of the brief by their keys, in the order in which they print."""
        ids = self._ids()
        found: dict[str, list[Entry]] = {key: [] for key in LISTS.values()}
        for piece, name in zip(self.pieces, ids, strict=True):
            if key := LISTS.get(piece.kind):
                theme = ids[piece.theme] if piece.theme is not None and piece.kind in ("ask", "case_study") else ""
                found[key].append(_filled({Key("id", *_comments(piece)): name, "theme": theme}) | self._part(piece))
            elif piece.title and piece.kind != "foreword":
                self.draft.leave(piece.title.words, piece.title.place, REPLACED)
        letter = next((self._letter(piece) for piece in self.pieces if piece.kind == "foreword"), {})
        terms = [each for piece in self.pieces if piece.kind == "glossary" for each in front.glossary(piece.blocks)]
        glossary = [{"term": plain(term.words), "meaning": self.content.writer.line(about)} for term, about in terms]
        lists = {Key(key, LEAVE_BEHIND) if key == "asks" else key: each for key, each in found.items()}
        return _filled({"foreword": letter, **lists, "glossary": glossary})

    def _ids(self) -> tuple[str, ...]:
        """Give each piece an id of its own."""
        found: list[str] = []
        for piece in self.pieces:
            title = piece.title.words.strip() if piece.title else ""
            title = PRICE.split(title)[0] or title if piece.kind == "ask" else title
            found.append(names.new(title, set(found), piece.kind.replace("_", "-")))
        return tuple(found)

    def _part(self, piece: Piece) -> Entry:
        label = self._label(piece)
        if piece.kind == "ask":
            return self._ask(piece)
        heading = self.content.writer.heading(piece.title) if piece.title else self.front.title
        blocks = self.content.blocks(piece.blocks, heading)
        if not blocks and piece.kind != "theme":
            blocks = [{"text": self.setting.placeholder}]
        return _filled({"label": label, "heading": heading, "blocks": blocks})

    def _label(self, piece: Piece) -> str:
        """Return the own label of a case study, such as “Ana's story”; report any other label as unused."""
        generic = words.is_only_label(piece.label, "case_studies", self.setting.locale)
        if piece.kind == "case_study" and piece.label and not generic:
            return piece.label
        if piece.label and piece.title:
            self.draft.leave(piece.label, piece.title.place, "the label of a heading; the layout writes its own")
        return ""

    def _ask(self, piece: Piece) -> Entry:
        ask = asks.Reader(self.content.writer, self.draft, self.setting.locale).read(piece)
        title = Key("title", *filter(None, [ask.question]))
        why = self.content.blocks(ask.blocks, ask.title)
        return _filled({title: ask.title, **ask.fields, "why": why, "buys": ask.buys})

    def _letter(self, piece: Piece) -> Entry:
        name, role, above = front.signature(piece.blocks) or ("", "", ())
        heading = self.content.writer.heading(piece.title) if piece.title else ""
        blocks = self.content.blocks(above, "")
        return _filled({"heading": heading, "blocks": blocks, "name": plain(name), "role": plain(role)})


def _comments(piece: Piece) -> tuple[str, ...]:
    place = f" ({piece.title.place})" if piece.title else ""
    return (f"guessed: {piece.reason}{place}",) if piece.reason not in ("", parts.NAMED_SO) else ()
