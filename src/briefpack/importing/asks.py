"""Read an ask: its title, its amount, its period, the law that it changes, and its text."""

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefpack.importing import words
from briefpack.importing.content import Writer, spread
from briefpack.importing.draft import Block, Bullets, Draft, Grid, Heading, Number, Paragraph, Passage, in_cell, said
from briefpack.importing.parts import Piece
from briefpack.importing.yaml_text import Key
from briefpack.text import numbers
from briefpack.text.locale import Locale

KEYS = ("amount", "annual", "legislation", "period", "who_decides")
LABEL = "a label that a key replaces"
END = re.compile(r"(?:[^\W\d_]{3}|\d{2})[.!?][”’)]*\s+(?=[^\Wa-z])|[。！？]”?(?=.)")  # noqa: RUF001 -- Chinese marks
"""The end of a sentence, with another after it."""
REFERENCE = re.compile(r"(\{[^}]*\})")


@dataclass(frozen=True)
class Ask:
    """An ask of a draft: its title, its other fields in order, its text, what it buys, and its question."""

    title: str
    fields: Mapping[str, str]
    blocks: tuple[Block, ...]
    buys: list[str]
    question: str


@dataclass(frozen=True)
class Reader:
    """A reader of asks: the writer of their words, the draft, whose leftovers list their labels, and its language."""

    writer: Writer
    draft: Draft
    locale: Locale

    def read(self, piece: Piece) -> Ask:
        """Return the fields of an ask."""
        assert piece.title  # noqa: S101 -- every ask has a heading
        title, fields = self._titled(piece.title)
        given, blocks = self._given(piece.blocks)
        fields = (
            self._priced(given.pop("amount", None)) | {key: self.writer.heading(given[key]) for key in given} | fields
        )
        sentence, rest = self._asked(blocks)
        bought, rest = self._bought(rest)
        passages = in_cell(spread(blocks))
        if "amount" not in fields:
            guessed = self._amount(sentence, passages) or self._law(passages, fields)
            fields = guessed | fields
        named = [] if "amount" in fields else self._amounts(passages)
        question = f"amount: left out; is it {' or '.join(named)}?" if named else ""
        asked = self.writer.line(sentence) if sentence else ""
        opens = bool(blocks) and piece.blocks[0] is blocks[0]
        ordered = {key: fields[key] for key in sorted(fields, key=KEYS.index)}
        ordered = {"asked": asked, **ordered} if opens else {**ordered, "asked": asked}
        return Ask(title, {key: text for key, text in ordered.items() if text}, rest, bought, question)

    def _bought(self, blocks: tuple[Block, ...]) -> tuple[list[str], tuple[Block, ...]]:
        """Return the list below a sentence that says that the ask buys it, and the other blocks."""
        for number, (lead, below) in enumerate(itertools.pairwise(blocks)):
            if not (isinstance(lead, Paragraph | Heading) and isinstance(below, Bullets)):
                continue
            start = max((found.end() for found in END.finditer(lead.passage.words)), default=0)
            above, label = lead.passage.before(start), lead.passage.after(start)
            plain = all(run.number is None and run.note is None for run in label.runs)
            if plain and words.leads_to_bought(label.words, self.locale):
                self.draft.leave(label.words, label.place, LABEL)
                kept = (Paragraph(above),) if start else ()
                items = [self.writer.line(item) for item in in_cell([below])]
                return items, (*blocks[:number], *kept, *blocks[number + 2 :])
        return [], blocks

    def _asked(self, blocks: tuple[Block, ...]) -> tuple[Passage | None, tuple[Block, ...]]:
        """Return the first sentence if it says what is asked for, and the other blocks."""
        first = blocks[0] if blocks else None
        if not isinstance(first, Paragraph):
            return None, blocks
        found = END.search(first.passage.words)
        end = found.start() + len(found[0].rstrip()) if found else len(first.passage.words)
        sentence, rest = first.passage.before(end), first.passage.after(end)
        if not words.leads_to_ask(sentence.words, self.locale):
            return None, blocks
        return sentence, (*((Paragraph(rest),) if rest.words.strip() else ()), *blocks[1:])

    def _titled(self, passage: Passage) -> tuple[str, dict[str, str]]:
        """Return the title without its amount, and the amount with the period after it."""
        money = self._money(passage)
        before = passage.before(money[0][0]) if money else passage
        if not money or not before.words.strip(" \n(:–—-"):
            return self.writer.heading(passage).rstrip("."), {}
        return self.writer.heading(before).rstrip(" (:,–—-*"), self._priced(passage)

    def _priced(self, passage: Passage | None) -> dict[str, str]:
        """Return the figures of the whole and the yearly cost in a line, and their period."""
        money = self._money(passage) if passage else []
        if passage is None or not money:
            return {}
        if len(money) > 1 and (costs := self._costs([passage])):
            return costs
        _, end, number = money[0]
        period = _sentence_case(self.writer.line(passage.after(end)).strip(" ():,.–—-*"))
        amount = {"amount": self.writer.figures[number].name}
        return amount | ({"period": period} if period else {})

    def _costs(self, passages: Iterable[Passage]) -> dict[str, str]:
        """Return the only whole cost in some passages, the only yearly one, and their period."""
        whole: dict[str, None] = {}
        annual: dict[str, None] = {}
        periods: list[str] = []
        for passage in passages:
            money = self._money(passage)
            for _, end, number in money:
                is_yearly = words.yearly(self.locale).match(passage.words, end)
                (annual if is_yearly else whole)[self.writer.figures[number].name] = None
            if money:
                periods += words.period(self.locale).findall(passage.words, money[0][1])
        if not whole:
            whole, annual = annual, {}
        if len(whole) != 1 or len(annual) > 1:
            return {}
        costs = dict(zip(("amount", "annual"), (*whole, *annual), strict=False))
        return costs | ({"period": _sentence_case(periods[0])} if len(periods) == 1 else {})

    def _money(self, passage: Passage) -> list[tuple[int, int, Number]]:
        """Return the start and the end of each amount of money in a passage."""
        place, money = 0, []
        for run in passage.runs:
            if run.number and numbers.is_currency(run.number.unit):
                money.append((place, place + len(run.words), run.number))
            place += len(run.words)
        return money

    def _given(self, blocks: Iterable[Block]) -> tuple[dict[str, Passage], tuple[Block, ...]]:
        """Return the lines that give a field, by its key, and the other blocks."""
        given: dict[str, Passage] = {}
        rest: list[Block] = []
        for block in blocks:
            passage = block.passage if isinstance(block, Paragraph) else None
            key, start = words.field(passage.words, self.locale) if passage else ("", 0)
            if isinstance(block, Grid) and (found := self._in_table(block)):
                given = found | given
                for row in block.rows:
                    self.draft.leave(said(row[0]).rstrip(" :"), block.place, LABEL)
            elif passage and key and key not in given and (key != "amount" or self._money(passage)):
                given[key] = passage.after(start)
                self.draft.leave(passage.words[:start].strip(), passage.place, LABEL)
            else:
                rest.append(block)
        return given, tuple(rest)

    def _in_table(self, grid: Grid) -> dict[str, Passage]:
        """Return the fields in a table of two columns, if each of its rows gives one."""
        rows = [(words.field(f"{said(row[0]).rstrip(' :')}:", self.locale)[0], in_cell(row[-1])) for row in grid.rows]
        whole = all(key and len(passages) == 1 for key, passages in rows) and {len(row) for row in grid.rows} == {2}
        return {key: passages[0] for key, passages in rows} if whole else {}

    def _amount(self, asked: Passage | None, passages: list[Passage]) -> dict[str, str]:
        """Return the only amount in the sentence that asks or, without one, in the text of an ask."""
        for where, among in (("sentence that asks", [asked] if asked else []), ("text", passages)):
            if costs := self._costs(among):
                guess = Key("amount", f"guessed: the only one in the {where}")
                return {guess: costs.pop("amount"), **costs}
        return {}

    def _amounts(self, passages: Iterable[Passage]) -> list[str]:
        """Return the figures of the amounts of money in some passages."""
        found = [run.number for passage in passages for run in passage.runs if run.number]
        return [*dict.fromkeys(self.writer.figures[each].name for each in found if numbers.is_currency(each.unit))]

    def _law(self, passages: Iterable[Passage], fields: Mapping[str, str]) -> dict[str, str]:
        """Return the only law that the text of an ask names, unless a line gives one."""
        laws = {law for passage in passages for law in words.laws(passage.words, self.locale)}
        one = len(laws) == 1 and not fields.get("legislation")
        return {Key("legislation", "guessed: the only one in the text"): laws.pop()} if one else {}


def _sentence_case(text: str) -> str:
    """Return words that are all in capitals with a capital at their start alone."""
    parts = REFERENCE.split(text)
    if "".join(parts[::2]).isupper():
        text = "".join(part if part.startswith("{") else part.lower() for part in parts)
    return text[:1].upper() + text[1:]
