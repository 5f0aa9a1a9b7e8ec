"""Read an ask: its title, its amount, its period, the law that it changes, and its text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from briefpack.importing import words
from briefpack.importing.blocks import passages_of
from briefpack.importing.content import spread
from briefpack.importing.draft import Block, Grid, Leftover, Paragraph, Passage
from briefpack.importing.figures import Link, Proposed
from briefpack.importing.markdown import Writer
from briefpack.importing.outline import cut, cut_end
from briefpack.importing.parts import Piece
from briefpack.text import numbers
from briefpack.text.locale import Locale


@dataclass(frozen=True)
class Ask:
    """The fields of an ask, the blocks that are left for its text, and whether these open it."""

    title: str
    amount: str = ""
    period: str = ""
    legislation: str = ""
    who_decides: str = ""
    asked: str = ""
    blocks: tuple[Block, ...] = ()
    guess: str = ""
    leftovers: tuple[Leftover, ...] = ()
    opens: bool = True

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return the keys with their values in the draft's order: what is asked first, or after the other fields."""
        asked = (("asked", self.asked),)
        money = (("amount", self.amount), ("legislation", self.legislation), ("period", self.period))
        others = (*money, ("who_decides", self.who_decides))
        return (("title", self.title), *((*asked, *others) if self.opens else (*others, *asked)))


@dataclass(frozen=True)
class Reader:
    """Reads asks: what writes their words, the figures, and the words of the language."""

    writer: Writer
    proposed: Proposed
    locale: Locale

    def read(self, piece: Piece) -> Ask:
        """Return the fields of an ask."""
        assert piece.title  # noqa: S101 -- every ask has a heading
        title, amount, period = self._title(piece.title)
        fields, blocks, labels = self._fields(piece.blocks)
        priced, lasting = self._priced(fields.get("amount"))
        asked, rest = self._asked(blocks)
        ask = Ask(
            title, amount or priced, period or self._line(fields.get("period")) or lasting, asked=asked, blocks=rest
        )
        decides, law = self._line(fields.get("who_decides")), self._line(fields.get("legislation"))
        opens = bool(blocks) and piece.blocks[0] is blocks[0]
        return self._guessed(replace(ask, who_decides=decides, legislation=law, leftovers=labels, opens=opens), blocks)

    def _asked(self, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
        """Return the first sentence if it says what is asked for, and the other blocks."""
        first = blocks[0] if blocks else None
        if isinstance(first, Paragraph) and words.leads_to_ask(sentence(first.passage).words, self.locale):
            head, rest = sentence(first.passage), cut(first.passage, len(sentence(first.passage).words))
            return self.writer.line(head), ((Paragraph(rest),) if rest.words.strip() else ()) + blocks[1:]
        return "", blocks

    def _guessed(self, ask: Ask, blocks: tuple[Block, ...]) -> Ask:
        """Return the ask with the only amount in its text or, without an amount, the only law that it names."""
        if not ask.amount and (only := self._only_money(blocks)):
            return replace(ask, amount=only, guess="amount")
        if not ask.amount and not ask.legislation and (law := self._law(blocks)):
            return replace(ask, legislation=law, guess="legislation")
        return ask

    def _title(self, passage: Passage) -> tuple[str, str, str]:
        """Return the title without its amount, the figure of the amount, and the period after it."""
        money = next((link for link in self._links(passage) if self._is_money(link)), None)
        if money is None or not passage.words[: money.start - passage.offset].strip(" \n(:–—-"):
            return self.writer.heading(passage).rstrip("."), "", ""
        title = self.writer.heading(passage, 0, money.start - passage.offset).rstrip(" (:,–—-*")
        period = self.writer.line(passage, money.end - passage.offset).strip(" ():,–—-*")
        return title, _name(money), _sentence_case(period)

    def _links(self, passage: Passage) -> tuple[Link, ...]:
        """Return the links in a passage, which may be a part of a longer one."""
        first, last = passage.offset, passage.offset + len(passage.words)
        links = self.proposed.links.get(passage.place.paragraph, ())
        return tuple(link for link in links if first <= link.start and link.end <= last)

    def _is_money(self, link: Link) -> bool:
        figure = next(each for each in self.proposed.figures if each.name == _name(link))
        return numbers.is_currency(figure.unit)

    def _fields(self, blocks: Iterable[Block]) -> tuple[dict[str, Passage], tuple[Block, ...], tuple[Leftover, ...]]:
        """Return the lines that give a field, the other blocks, and the labels of these lines."""
        fields: dict[str, Passage] = {}
        rest: list[Block] = []
        labels: list[Leftover] = []
        for block in blocks:
            passage = block.passage if isinstance(block, Paragraph) else None
            if isinstance(block, Grid) and (found := self._in_table(block)):
                fields = found | fields
                labels += [Leftover(_said(row[0]), block.place, LABEL) for row in block.rows]
                continue
            name, start = words.field(passage.words, self.locale) if passage else ("", 0)
            if passage and name and name not in fields and (name != "amount" or self._has_money(passage)):
                fields[name] = cut(passage, start)
                labels.append(Leftover(passage.words[:start].strip(), passage.place, LABEL))
            else:
                rest.append(block)
        return fields, tuple(rest), tuple(labels)

    def _has_money(self, passage: Passage) -> bool:
        return any(map(self._is_money, self._links(passage)))

    def _in_table(self, grid: Grid) -> dict[str, Passage]:
        """Return the fields in a table of two columns, if each of its rows gives one."""
        if any(len(row) != 2 or len(row[1]) != 1 for row in grid.rows):
            return {}
        found = {words.field(f"{_said(row[0])}:", self.locale)[0]: passages_of(row[1][0]) for row in grid.rows}
        whole = len(found) == len(grid.rows) and "" not in found and all(len(each) == 1 for each in found.values())
        return {name: each[0] for name, each in found.items()} if whole else {}

    def _line(self, passage: Passage | None) -> str:
        return self.writer.heading(passage) if passage else ""

    def _priced(self, passage: Passage | None) -> tuple[str, str]:
        """Return the figure of the amount in a line, and the period after it."""
        money = next((link for link in self._links(passage) if self._is_money(link)), None) if passage else None
        if passage is None or money is None:
            return "", ""
        return _name(money), _sentence_case(self.writer.line(passage, money.end - passage.offset).strip(" ():,.–—-*"))

    def _only_money(self, blocks: Iterable[Block]) -> str:
        """Return the one amount of money in the text of an ask; an empty text if there are several or none."""
        passages = (passage for block in spread(blocks) for passage in passages_of(block))
        found = {_name(link) for passage in passages for link in self._links(passage) if self._is_money(link)}
        return found.pop() if len(found) == 1 else ""

    def _law(self, blocks: Iterable[Block]) -> str:
        """Return the one law that the text of an ask names; an empty text if there are several or none."""
        passages = (passage for block in blocks for passage in passages_of(block))
        found = {law for passage in passages for law in words.laws(passage.words, self.locale)}
        return found.pop() if len(found) == 1 else ""


def sentence(passage: Passage) -> Passage:
    """Return the first sentence of a passage."""
    found = END.search(passage.words)
    return cut_end(passage, len(found[0].rstrip()) + found.start()) if found else passage


END = re.compile(r"(?:[^\W\d_]{3}|\d{2})[.!?][”’)]*\s+(?=[^\Wa-z])|[。！？]”?(?=.)")  # noqa: RUF001 -- Chinese marks


LABEL = "a label that a key replaces"


def _said(cell: Iterable[Block]) -> str:
    return " ".join(passage.words for block in cell for passage in passages_of(block)).rstrip(" :")


def _name(link: Link) -> str:
    return link.reference.strip("{}").partition(":")[0]


def _sentence_case(text: str) -> str:
    """Return words that are all in capitals with a capital at their start alone."""
    bare = re.sub(r"\{[^}]*\}", "", text)
    lowered = "".join(part if part.startswith("{") else part.lower() for part in re.split(r"(\{[^}]*\})", text))
    text = lowered if bare.isupper() else text
    return text[:1].upper() + text[1:]
