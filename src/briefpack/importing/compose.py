"""Compose a brief from a draft's parts, figures, sources and images, with a query for each guess."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from briefpack.importing import asks, front, markdown, names, outline, parts, pictures, queries, sources
from briefpack.importing.draft import Block, Draft, Grid, Heading, Picture, Place, Quotation, changed, texts
from briefpack.importing.figures import Context, Figure, Marker
from briefpack.importing.front import Front
from briefpack.importing.markdown import plain
from briefpack.importing.parts import Piece
from briefpack.importing.pictures import Kept
from briefpack.importing.yaml_text import Cells, Key
from briefpack.text import numbers
from briefpack.text.locale import Locale

PRICE = re.compile(r"\W*\d|\n")
"""The end of the words of a title, before its amount."""
LEAVE_BEHIND = "No ask has a leave-behind yet. To get its page, add leave_behind: with a headline and three reasons."
UNSOURCED = "unsourced-figures"
LISTS = {
    "section": "sections",
    "theme": "themes",
    "ask": "asks",
    "case_study": "case_studies",
    "appendix": "appendices",
}
"""The key of a brief for each kind of part."""
EMPTY = "–"
QUOTES = '“”"'
BEFORE_SPEAKER = re.compile(r"(?:^|(?<=[”\"]))\s*[—–-]+\s*")
"""The dash between a quotation and its speaker."""
Entry = dict[str, Any]
"""Keys with their values."""


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
    sources.take_typed(draft, locale)
    opening = front.read(outline.arrange(draft, locale), draft, locale)
    opening.title = opening.title or setting.title
    pieces = [_sorted(piece) for piece in _opened(opening, parts.assign(opening.parts, draft, locale))]
    marker = Marker(locale)
    pieces = [_marked(number, piece, marker) for number, piece in enumerate(pieces)]
    everything: list[Block] = []
    for piece in pieces:
        everything += piece.blocks
    images = pictures.take(draft, everything, files)
    cited, by_note = sources.propose(draft.notes, locale)
    asked = [
        *queries.of_remarks(draft.remarks),
        *_about_parts(pieces, opening),
        *queries.of_sources(cited),
        *queries.of_numbers(marker.unclear),
        *queries.of_images(images),
        *queries.of_sets(setting.sets),
    ]
    figures = [_figure(figure, by_note) for figure in marker.figures.values()]
    unsourced = any(figure[1].get("query") for figure in figures)
    brief = _document(opening, pieces, setting) | _filled(
        {
            "queries": queries.entries(asked) | (_unsourced() if unsourced else {}),
            "sources": {Key(source.name, f"from the note “{source.words}”"): _source(source) for source in cited},
            "figures": dict(figures),
            "images": dict(_image(image, setting) for image in images),
        }
    )
    files_of = {image.picture: image.name for image in images}
    brief |= _Body(pieces, marker.figures, by_note, files_of, opening, setting, draft.guesses).entries()
    typed = [word for figure in marker.figures.values() for word in figure.typed]
    return Composed(brief, images, [*typed, *([numbers.date(opening.date, locale)] if opening.date else [])])


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
    """Return a piece whose amounts and percentages name their figures."""
    if piece.kind in ("contacts", "sources"):
        return piece
    title = PRICE.split(piece.title)[0]

    def mark(text: str, place: Place, about: str) -> str:
        return marker.mark(text, place, Context(number, title, piece.kind == "ask", about))

    heading = changed(piece.heading, mark) if piece.heading else None
    assert heading is None or isinstance(heading, Heading)  # noqa: S101 -- a change keeps the kind
    return replace(piece, heading=heading, blocks=tuple(changed(block, mark) for block in piece.blocks))


def _about_parts(pieces: Iterable[Piece], opening: Front) -> Iterator[queries.Query]:
    """Yield a query about each part whose kind was guessed."""
    for piece in pieces:
        if piece.reason not in ("", parts.NAMED_SO):
            title, place = (piece.title, piece.heading.place) if piece.heading else (opening.title, None)
            yield queries.of_part(piece.kind, title, piece.reason, place)


def _unsourced() -> Entry:
    """Return the query in place of a source for figures without a note."""
    question = "Where does each figure that names this query come from?"
    return {UNSOURCED: {"about": "Figures without a note in the draft", "question": question}}


def _document(opening: Front, pieces: Iterable[Piece], setting: Setting) -> Entry:
    """Return the keys of the whole document that have a value."""
    people: list[Entry] = []
    for piece in pieces:
        if piece.kind == "contacts":
            people += [_filled(person) for person in front.contacts(piece.blocks)]
    only_set = setting.sets[0] if len(setting.sets) == 1 else ""
    organisation = {"name": plain(opening.organisation) or setting.placeholder, "website": opening.website}
    found = {
        "title": plain(opening.title),
        "subject": plain(opening.subject),
        "language": setting.language,
        "date": str(opening.date or setting.today),
        "layout": setting.layout,
        Key("electorates", "delete this line if everybody gets the same pack"): only_set,
        "organisation": _filled(organisation),
        "electoral_matter": "undecided",
        "contacts": people,
    }
    return _filled(found)


def _filled(entry: Mapping[str, Any]) -> Entry:
    """Leave out the keys without a value."""
    return {key: value for key, value in entry.items() if value}


def _source(source: sources.Source) -> Entry:
    return _filled({key: plain(getattr(source, key)) for key in ("publisher", "title", "date", "url")})


def _figure(figure: Figure, by_note: Mapping[str, str]) -> tuple[Key, Entry]:
    """Return a figure with a comment that says where it is from, and how else the draft writes it."""
    places = f"paragraph{'s' * (len(figure.paragraphs) > 1)} {', '.join(map(str, figure.paragraphs))}"
    typed = " and ".join(f"“{typed}”" for typed in figure.typed)
    source = by_note.get(figure.note, "")
    entry = {
        "value": f"{figure.value:f}",
        "unit": figure.unit,
        "plus": figure.plus,
        "means": plain(figure.means),
        "source": source,
        "query": "" if source else UNSOURCED,
    }
    return Key(figure.name, f"proposed from {typed} in {places}"), _filled(entry)


def _image(image: Kept, setting: Setting) -> tuple[Key, Entry]:
    picture, caption = image.picture, plain(image.picture.caption)
    comments = () if picture.alt else ("the draft has no alternative text: say what the image shows",)
    entry = {
        "file": image.file,
        "alt": plain(picture.alt) or caption or setting.placeholder,
        "caption": caption,
        "credit": setting.placeholder,
        "people": "none",
    }
    return Key(image.name, *comments), _filled(entry)


@dataclass(frozen=True)
class _Body:
    """Build the parts of a brief."""

    pieces: list[Piece]
    figures: Mapping[str, Figure]
    sources: Mapping[str, str]
    images: Mapping[Picture, str]
    front: Front
    setting: Setting
    guesses: list[str]

    def entries(self) -> Entry:
        """Return the parts of the brief by their keys, in the order in which they print."""
        ids = self._ids()
        found: dict[str, list[Entry]] = {key: [] for key in LISTS.values()}
        letter: Entry = {}
        glossary: list[Entry] = []
        for piece, name in zip(self.pieces, ids, strict=True):
            if key := LISTS.get(piece.kind):
                theme = ids[piece.theme] if piece.theme is not None else ""
                found[key].append(_filled({Key("id", *_comments(piece)): name, "theme": theme}) | self._part(piece))
            elif piece.kind == "foreword":
                letter = self._letter(piece)
            elif piece.kind == "glossary":
                for term, meaning in front.glossary(piece.blocks):
                    glossary.append({"term": term, "meaning": self._cited(markdown.line(meaning))})
        lists = {Key(key, LEAVE_BEHIND) if key == "asks" else key: entries for key, entries in found.items()}
        return _filled({"foreword": letter, **lists, "glossary": glossary})

    def _ids(self) -> tuple[str, ...]:
        """Give each piece an id of its own."""
        found: list[str] = []
        for piece in self.pieces:
            title = PRICE.split(piece.title)[0] or piece.title
            found.append(names.new(title, set(found), piece.kind.replace("_", "-")))
        return tuple(found)

    def _cited(self, text: str) -> str:
        """Return a text whose notes name their sources."""
        return markdown.NOTE.sub(lambda note: f"[^{self.sources[note[1]]}]", text)

    def _part(self, piece: Piece) -> Entry:
        if piece.kind == "ask":
            ask = asks.Reader(self.figures, self.setting.locale).read(piece)
            title = Key("title", *filter(None, [ask.question]))
            fields = {key: self._cited(text) for key, text in ask.fields.items()}
            why, buys = self._blocks(ask.blocks, ask.title), [self._cited(text) for text in ask.buys]
            return _filled({title: self._cited(ask.title), **fields, "why": why, "buys": buys})
        heading = self._cited(markdown.line(piece.heading.text)) if piece.heading else self.front.title
        blocks = self._blocks(piece.blocks, heading)
        if not blocks and piece.kind != "theme":
            blocks = [{"text": self.setting.placeholder}]
        return _filled({"heading": heading, "blocks": blocks})

    def _letter(self, piece: Piece) -> Entry:
        name, role, above = front.signature(piece.blocks) or ("", "", ())
        heading = piece.heading.text if piece.heading else ""
        return _filled({"heading": heading, "blocks": self._blocks(above, ""), "name": name, "role": role})

    def _blocks(self, blocks: Iterable[Block], caption: str) -> list[Entry]:
        """Return the blocks of a part; `caption` is for a table without one."""
        found: list[Entry] = []
        text: list[Block] = []
        for block in [*front.spread(blocks), None]:
            own = self._own(block, caption) if block else []
            if block and own is None:
                text.append(block)
                continue
            if words := self._cited(markdown.written(text)):
                found.append({"text": words})
            found += own or []
            text = []
        return found

    def _own(self, block: Block, caption: str) -> list[Entry] | None:
        """Return a block under a key of its own; an empty list for an image that can't be used; None for text."""
        if isinstance(block, Heading):
            return [{"heading": self._cited(markdown.line(block.text))}]
        if isinstance(block, Grid):
            return [{"table": self._table(block, caption)}]
        if isinstance(block, Picture):
            return [{"image": self.images[block]}] if block in self.images else []
        quote = self._quote(block) if isinstance(block, Quotation) else None
        return [{"quote": quote}] if quote else None

    def _table(self, grid: Grid, caption: str) -> Entry:
        rows: list[Cells] = []
        for row in grid.rows:
            cells = [self._cited(markdown.line(markdown.heading(" ".join(texts(cell))))) or EMPTY for cell in row]
            rows.append(Cells(cells))
        return {"caption": self._cited(markdown.line(grid.caption)) or caption, "columns": rows[0], "rows": rows[1:]}

    def _quote(self, block: Quotation) -> Entry | None:
        """Return a quotation that ends with its speaker after a dash and has its source in a note, or None."""
        *above, last = block.texts
        note = markdown.NOTE.search(" ".join(block.texts))
        dash = BEFORE_SPEAKER.search(last)
        if dash and note:
            said = " ".join(map(plain, (*above, last[: dash.start()]))).strip(f"{QUOTES} ")
            if said:
                return {"words": said, "who": plain(last[dash.end() :]), "source": self.sources[note[1]]}
        if block.texts[0].startswith(tuple(QUOTES)):
            self.guesses.append(f"{block.place}: this may be a quote:, which needs who said it, and a source")
        return None


def _comments(piece: Piece) -> tuple[str, ...]:
    place = f" ({piece.heading.place})" if piece.heading else ""
    return (f"guessed: {piece.reason}{place}",) if piece.reason not in ("", parts.NAMED_SO) else ()
