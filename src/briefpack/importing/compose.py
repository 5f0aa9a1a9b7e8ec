"""Compose a brief from a draft's parts, figures, sources and images, with a query for each guess."""

import datetime
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from briefpack.importing import asks, front, markdown, parts, sources, words
from briefpack.importing.draft import Block, Draft, Leftover
from briefpack.importing.figures import Figure, Marker
from briefpack.importing.markdown import plain
from briefpack.importing.parts import Part
from briefpack.importing.sources import Source
from briefpack.importing.yaml_text import Cells, Key
from briefpack.text import numbers
from briefpack.text.locale import Locale

# The end of the words of a title, before its amount.
PRICE = re.compile(r"\W*\d|\n")
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
# The words of a quotation and, after its closing mark or on a line below, a dash and the speaker.
QUOTE = re.compile(r"[“\"]?(.+?)(?:[”\"]|\n)\s*[—–-]+\s*(.+)", re.DOTALL)
MOST_NUMBERS = 20
"""How many numbers that stay as typed a query lists."""
LONGEST_NAME = 6
"""In words: how much of an alternative text an id is made of."""
BEGINNINGS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"II*\0": "tif", b"MM\0*": "tif", b"RIFF": "webp"}
"""The first bytes of the images that a brief can use, and the ending of their files' names."""
UNUSABLE = (
    "an image that briefs can't use or that is elsewhere; nothing was fetched, so add it under images: as JPEG or PNG"
)
NO_SOURCE = "Where does each figure that names this query come from?"
NO_ALT = "the draft has no alternative text: say what the image shows"
ONE_SET = "delete this line if everybody gets the same pack"
RIGHTS = "Who made it, and under what licence? Who is in it, and did they consent? Fill in credit: and people:."
SETS = "Does each electorate get a pack of its own? If so, name the set under electorates"
Entry = dict[str, Any]
"""Keys with their values."""


class Composer:
    """Composes the brief of a draft; `files` has the images of its archive.

    `brief` has the parts of the brief, `images` the bytes of each image by the name of its file, and `typed` the
    draft's numbers and date, to see which ones the brief lacks.
    """

    def __init__(self, draft: Draft, files: Mapping[str, bytes], locale: Locale, sets: Sequence[str]) -> None:
        """Compose the brief; `sets` are the project’s sets of electorates."""
        self.draft, self.locale, self.sets = draft, locale, sets
        # The mark of a text that is still to be written, which a check refuses in print.
        self.placeholder = next((word.upper() for word in locale.slips.placeholders), "???")
        arranged, cited_numbers = sources.cite(parts.arrange(draft.blocks, locale), draft.notes, locale)
        self.front = front.read(arranged, draft, locale)
        self.parts = parts.assign(self.front.parts, locale)
        self.marker = Marker(locale)
        for part in self.parts:
            _sort(part)
            _mark(part, self.marker)
        cited, self.source_names = sources.propose(draft.notes, locale)
        self.images: dict[str, bytes] = {}
        self.image_names: dict[str, str] = {}
        images = self._take(files)
        figures = self.marker.figures.values()
        self.brief = _filled(
            {
                "queries": self._queries(),
                "sources": {Key(source.name, f"from the note “{source.words}”"): _source(source) for source in cited},
                "figures": dict(map(self._figure, figures)),
                "images": images,
                **self._body(),
            }
        )
        self.typed = [
            *self.marker.typed,
            *cited_numbers,
            *([numbers.date(self.front.date, locale)] if self.front.date else []),
        ]

    def document(self, title: str, language: str, layout: str, today: datetime.date) -> Entry:
        """Return the keys of the whole document; `title` and `today` are for what the draft doesn't say."""
        opening = self.front
        organisation = {"name": plain(opening.organisation) or self.placeholder, "website": opening.website}
        people = [front.contacts(part.blocks) for part in self.parts if part.kind == "contacts"]
        return _filled(
            {
                "title": plain(opening.title) or title,
                "subject": plain(opening.subject),
                "language": language,
                "date": str(opening.date or today),
                "layout": layout,
                Key("electorates", ONE_SET): self.sets[0] if len(self.sets) == 1 else "",
                "organisation": _filled(organisation),
                "electoral_matter": "undecided",
                "contacts": [*itertools.chain(*people)],
            }
        )

    def _take(self, files: Mapping[str, bytes]) -> Entry:
        """Return the images of the brief. Nothing is fetched: an image that is only linked is listed."""
        entries: Entry = {}
        for block in itertools.chain(*(part.blocks for part in self.parts)):
            if block.kind != "image" or block.file in self.image_names:
                continue
            caption = plain(block.caption)
            alt = plain(block.alt) or caption
            data = files.get(block.file) or files.get(f"word/{block.file}", b"")
            ending = next((ending for start, ending in BEGINNINGS.items() if data.startswith(start)), "")
            if not ending:
                self.draft.leftovers.append(Leftover(f"{alt} ({block.file})", str(block.place), UNUSABLE))
                continue
            name = words.new_id(" ".join(alt.split()[:LONGEST_NAME]), self.image_names.values(), "image")
            self.image_names[block.file] = name
            file = f"{name}.{ending}"
            self.images[file] = data
            comments = () if block.alt else (NO_ALT,)
            credit = {"credit": self.placeholder, "people": "none"}
            entry = {"file": file, "alt": alt or self.placeholder, "caption": caption} | credit
            entries[Key(name, *comments)] = _filled(entry)
        return entries

    def _queries(self) -> Entry:
        """Return the open queries, about what only the author knows."""
        unclear = self.marker.unclear
        asked: list[tuple[str, str, str]] = []
        if unclear:
            more = f" and {len(unclear) - MOST_NUMBERS} more" if len(unclear) > MOST_NUMBERS else ""
            question = f"Is any of these a figure: {', '.join(unclear[:MOST_NUMBERS])}{more}?"
            asked.append(("numbers", "Numbers that stay as typed", question))
        asked += [(f"image {name}", f"The image {name}", RIGHTS) for name in self.image_names.values()]
        if len(self.sets) > 1:
            asked.append(("electorates", "Whom the packs are for", f"{SETS}: {' or '.join(self.sets)}."))
        if any(not figure.note for figure in self.marker.figures.values()):
            asked.append((UNSOURCED, "Figures without a note in the draft", NO_SOURCE))
        queries: Entry = {}
        for name, about, question in asked:
            queries[words.new_id(name, queries, "query")] = {"about": plain(about), "question": plain(question)}
        return queries

    def _figure(self, figure: Figure) -> tuple[Key, Entry]:
        """Return a figure with a comment that says where it is from, and how else the draft writes it."""
        places = f"paragraph{'s' * (len(figure.paragraphs) > 1)} {', '.join(map(str, figure.paragraphs))}"
        typed = " and ".join(f"“{typed}”" for typed in figure.typed)
        source = self.source_names[int(figure.note)] if figure.note else ""
        entry = {
            "value": f"{figure.value:f}",
            "unit": figure.unit,
            "means": plain(figure.means),
            "source": source,
            "query": "" if source else UNSOURCED,
        }
        return Key(figure.name, f"proposed from {typed} in {places}"), _filled(entry)

    def _body(self) -> Entry:
        """Return the parts of the brief by their keys, in the order in which they print."""
        lists: dict[str, list[Entry]] = {key: [] for key in (*LISTS.values(), "glossary")}
        letter: Entry = {}
        ids: dict[Part | None, str] = {None: ""}
        for part in self.parts:
            title = PRICE.split(part.title)[0] or part.title
            ids[part] = words.new_id(title, ids.values(), part.kind.replace("_", "-"))
        for part in self.parts:
            if part.kind in LISTS:
                place = f" ({part.heading.place})" if part.heading else ""
                guess = Key("id", *([f"guessed: {part.reason}{place}"] if part.reason else []))
                entry = _filled({guess: ids[part], "theme": ids[part.theme]}) | self._part(part)
                lists[LISTS[part.kind]].append(entry)
            elif part.kind == "foreword":
                name, role, above = front.signature(part.blocks)
                letter = {"heading": part.title, "blocks": self._blocks(above, part.title), "name": name, "role": role}
            elif part.kind == "glossary":
                pairs = front.glossary(part.blocks)
                lists["glossary"] += [{"term": plain(term), "meaning": self._cited(text)} for term, text in pairs]
        return {"foreword": _filled(letter)} | lists

    def _part(self, part: Part) -> Entry:
        if part.kind == "ask":
            fields, rest = asks.read(part, self.marker.figures, self.locale)
            why = self._blocks(rest, fields["title"])
            return _filled({key: self._cited(text) for key, text in fields.items()} | {"why": why})
        heading = self._cited(part.heading.text) if part.heading else self.front.title or self.placeholder
        empty = [] if part.kind == "theme" else [{"text": self.placeholder}]
        return _filled({"heading": heading, "blocks": self._blocks(part.blocks, heading) or empty})

    def _cited(self, text: str) -> str:
        """Return a text on one line whose notes name their sources."""
        return self._noted(markdown.line(text))

    def _noted(self, text: str) -> str:
        return markdown.NOTE.sub(lambda note: f"[^{self.source_names[int(note[1])]}]", text)

    def _blocks(self, blocks: Iterable[Block], caption: str) -> list[Entry]:
        """Return the blocks of a part, with the texts that follow one another as one; `caption` is for a table."""
        entries: list[Entry] = []
        for block in blocks:
            entry = self._own(block, caption)
            if entry is None:
                text = self._noted(markdown.written(block))
                before = entries.pop()["text"] if entries and "text" in entries[-1] else ""
                entry = {"text": f"{before}\n\n{text}".strip()}
            entries += [entry] if entry else []
        return entries

    def _own(self, block: Block, caption: str) -> Entry | None:
        """Return a block under a key of its own; an empty one for an image that can't be used; None for text."""
        if block.kind == "heading":
            return {"heading": self._cited(block.text)}
        if block.kind == "image":
            return {"image": self.image_names[block.file]} if block.file in self.image_names else {}
        if block.kind == "table":
            columns, *rows = [Cells(self._cited(markdown.heading(cell)) or EMPTY for cell in row) for row in block.rows]
            return {"table": {"caption": self._cited(block.caption) or caption, "columns": columns, "rows": rows}}
        return self._quote(block) if block.kind == "quotation" else None

    def _quote(self, block: Block) -> Entry | None:
        """Return a quotation that ends with its speaker after a dash and has its source in a note, or None."""
        note = markdown.NOTE.search(block.text)
        quote = QUOTE.fullmatch(block.text)
        if not (note and quote):
            return None
        return {"quote": {"words": plain(quote[1]), "who": plain(quote[2]), "source": self.source_names[int(note[1])]}}


def _sort(part: Part) -> None:
    """Make a part an appendix or a section if it can't be read as the kind that its heading names."""
    kind, reason, is_right = {
        "contacts": ("appendix", "no names of people were found in it", front.contacts),
        "glossary": ("appendix", "its lines don't have the form “term: meaning”", front.glossary),
        "sources": ("appendix", "it lists sources that no note cites", lambda _: False),
        "foreword": ("section", "it doesn't end with a name", lambda blocks: front.signature([*blocks])[0]),
    }.get(part.kind, ("", "", bool))
    if kind and not is_right(part.blocks):
        part.kind, part.reason = kind, reason


def _mark(part: Part, marker: Marker) -> None:
    """Let the amounts and percentages of a part name their figures."""
    title = PRICE.split(part.title)[0]

    def marked(block: Block) -> Block:
        return block.changed(
            lambda text, about: marker.mark(text, block.place, title, about, is_ask=part.kind == "ask")
        )

    if part.kind not in ("contacts", "sources"):
        part.heading = part.heading and marked(part.heading)
        part.blocks = list(map(marked, part.blocks))


def _filled(entry: Mapping[str, Any]) -> Entry:
    """Leave out the keys without a value."""
    return {key: value for key, value in entry.items() if value}


def _source(source: Source) -> Entry:
    entry = source._asdict()
    return _filled({key: plain(entry[key]) for key in ("publisher", "title", "date", "url")})
