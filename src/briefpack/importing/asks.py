"""Read an ask: its title, its amount, its period and its text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefpack.importing import figures, markdown, words
from briefpack.importing.draft import Block, Bullets, Heading, Paragraph, texts
from briefpack.importing.figures import Figure
from briefpack.importing.front import spread
from briefpack.importing.parts import Piece
from briefpack.importing.yaml_text import Key
from briefpack.text.locale import Locale

KEYS = ("amount", "annual", "legislation", "period", "who_decides")
END = re.compile(r"(?:[^\W\d_]{3}|\d{2}|\})[.!?][”’)]*(?:\[\^\d+\])*\s+(?=[^\Wa-z]|\*)|[。！？]”?(?=.)")  # noqa: RUF001 -- Chinese marks
"""The end of a sentence, with another after it."""
REFERENCE = re.compile(r"(\{[^}]*\})")
MARKS = " \n():,.–—-*"
"""What is around an amount or a period in a heading."""


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
    """A reader of asks: the figures that texts name, and the language."""

    figures: Mapping[str, Figure]
    locale: Locale

    def read(self, piece: Piece) -> Ask:
        """Return the fields of an ask."""
        assert piece.heading  # noqa: S101 -- every ask has a heading
        title, fields = self._titled(piece.heading.text)
        given, blocks = self._given(piece.blocks)
        fields = self._priced(given.pop("amount", "")) | given | fields
        asked, rest = self._asked(blocks)
        bought, rest = self._bought(rest)
        among = texts(spread(blocks))
        if "amount" not in fields:
            fields = self._guessed(asked, among) | fields
        named = dict.fromkeys(figure.name for text in among for _, figure in figures.named(text, self.figures))
        question = "" if "amount" in fields or not named else f"amount: left out; is it {' or '.join(named)}?"
        ordered = {key: fields[key] for key in sorted(fields, key=KEYS.index)}
        return Ask(title, {"asked": markdown.line(asked), **ordered}, rest, bought, question)

    def _bought(self, blocks: tuple[Block, ...]) -> tuple[list[str], tuple[Block, ...]]:
        """Return the list below a sentence that says that the ask buys it, and the other blocks."""
        for number, below in enumerate(blocks[1:], 1):
            lead = blocks[number - 1]
            if not (isinstance(lead, Paragraph | Heading) and isinstance(below, Bullets)):
                continue
            start = max((found.end() for found in END.finditer(lead.text)), default=0)
            label = markdown.plain(lead.text[start:])
            if words.leads_to_bought(label, self.locale) and "{" not in lead.text[start:]:
                kept = (Paragraph(lead.text[:start].strip(), lead.place),) if start else ()
                items = [markdown.line(item.text) for item in below.items]
                return items, (*blocks[: number - 1], *kept, *blocks[number + 1 :])
        return [], blocks

    def _asked(self, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
        """Return the first sentence if it says what is asked for, and the other blocks."""
        first = blocks[0] if blocks else None
        if not isinstance(first, Paragraph):
            return "", blocks
        end = END.search(first.text)
        stop = end.start() + len(end[0].rstrip()) if end else len(first.text)
        sentence, rest = first.text[:stop], first.text[stop:].strip()
        if not words.leads_to_ask(sentence, self.locale):
            return "", blocks
        below = (Paragraph(rest, first.place),) if rest else ()
        return sentence, (*below, *blocks[1:])

    def _titled(self, title: str) -> tuple[str, dict[str, str]]:
        """Return the title without its amount, and the amount with the period after it."""
        amount = next(figures.named(title, self.figures), None)
        before = title[: amount[0].start()].strip(MARKS) if amount else ""
        if not before:
            return markdown.line(title).rstrip("."), {}
        return markdown.line(before), self._priced(title)

    def _priced(self, text: str) -> dict[str, str]:
        """Return the figures of the whole and the yearly cost in a line, and their period."""
        money = [*figures.named(text, self.figures)]
        if not money:
            return {}
        if len(money) > 1 and (costs := self._costs([text])):
            return costs
        place, figure = money[0]
        period = _sentence_case(markdown.line(text[place.end() :]).strip(MARKS))
        return {"amount": figure.name} | ({"period": period} if period else {})

    def _costs(self, among: Iterable[str]) -> dict[str, str]:
        """Return the only whole cost in some texts, the only yearly one, and their period."""
        whole: dict[str, None] = {}
        annual: dict[str, None] = {}
        periods: list[str] = []
        for text in among:
            money = [*figures.named(text, self.figures)]
            for place, figure in money:
                is_yearly = words.yearly(self.locale).match(text, place.end())
                (annual if is_yearly else whole)[figure.name] = None
            if money:
                periods += words.period(self.locale).findall(text, money[0][0].end())
        if not whole:
            whole, annual = annual, {}
        if len(whole) != 1 or len(annual) > 1:
            return {}
        costs = dict(zip(("amount", "annual"), (*whole, *annual), strict=False))
        return costs | ({"period": _sentence_case(periods[0])} if len(periods) == 1 else {})

    def _given(self, blocks: Iterable[Block]) -> tuple[dict[str, str], tuple[Block, ...]]:
        """Return the lines that give a field, by its key, and the other blocks."""
        given: dict[str, str] = {}
        rest: list[Block] = []
        for block in blocks:
            text = block.text if isinstance(block, Paragraph) else ""
            key, start = words.field(text, self.locale)
            priced = key != "amount" or any(figures.named(text, self.figures))
            if key and key not in given and priced:
                given[key] = markdown.line(text[start:])
            else:
                rest.append(block)
        return given, tuple(rest)

    def _guessed(self, asked: str, among: list[str]) -> dict[str, str]:
        """Return the only amount in the sentence that asks or, without one, in the text of an ask."""
        for where, some in (("sentence that asks", [asked]), ("text", among)):
            if costs := self._costs(some):
                guess = Key("amount", f"guessed: the only one in the {where}")
                return {guess: costs.pop("amount"), **costs}
        return {}


def _sentence_case(text: str) -> str:
    """Return words that are all in capitals with a capital at their start alone."""
    parts = REFERENCE.split(text)
    if "".join(parts[::2]).isupper():
        lower = [part if part.startswith("{") else part.lower() for part in parts]
        text = "".join(lower)
    return words.capitalised(text)
