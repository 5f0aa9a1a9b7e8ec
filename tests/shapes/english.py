"""Writes English of a given number of words, with the Markdown that a brief may have."""

import random
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

ADJECTIVES = (
    "regional small public older safe national local early fair shared independent seasonal rural quiet long-term"
)
NOUNS = (
    "councils families schools rivers services farmers budgets hospitals inquiries fisheries libraries towns workers "
    "standards children tenants reports programs apprentices markets communities bridges volunteers ministers"
)
VERBS = "support measure fund protect review repair recommend reach publish deliver strengthen consult rebuild report"
PLACES = [
    "across the district", "near the coast", "in every state", "after the inquiry",
    "before the next budget", "without delay", "over ten years", "at the local school",
    "under the present law", "between the two towns", "because demand is rising",
    "when the rains come", "so that nobody waits",
]  # fmt: skip
JOINS = ["and", "while", "although", "so", "which", "yet"]
LONG = [
    "counterrevolutionaries", "Donaudampfschifffahrtsgesellschaft",
    "Taumatawhakatangihangakoauauotamatea", "intergovernmental-coordination-and-accountability",
    "deinstitutionalisation",
]  # fmt: skip
FOREIGN = [
    "Whakatāne", "Łódź", "Yolŋu", "Đà", "Nẵng", "Київ", "Αθήνα", "İstanbul", "Škoda", "naïve",
    "Ngāti", "CO₂", "“quoted”", "m²", "O’Brien’s", "café",
]  # fmt: skip
SURNAMES = [
    "Nguyễn", "O’Sullivan", "Papadopoulou-Whitmore", "García", "Łukasiewicz", "Smith",
    "Te-Rangi-Hīroa", "van-der-Westhuizen", "Ó-Murchú", "Jones",
]  # fmt: skip
FORENAMES = [
    "Anh", "Siobhán", "Eleftheria", "José", "Zofia", "Jo", "Ngaire", "Willem-Alexander", "Máire",
    "Bartholomew",
]  # fmt: skip
ITEMS_FROM = 60
"""The fewest words of a text that may have a list."""
PARAGRAPHS = (30, 45, 70, 90)


class Writer:
    """Writes texts, each different, by chance; they cite sources and figures by their ids."""

    def __init__(self, chance: random.Random, sources: Sequence[str] = (), figures: Sequence[str] = ()) -> None:
        self.chance, self.sources, self.figures = chance, sources, figures
        self.stream = self._stream()

    def _stream(self) -> Iterator[str]:
        chance = self.chance
        for pattern in cycle(("anvan", "nvanp", "anpvn", "nvnpj")):
            for part in pattern:
                if chance.random() < 0.01:
                    yield chance.choice(LONG)
                if chance.random() < 0.02:
                    yield chance.choice(FOREIGN)
                yield from self._part(part)

    def _part(self, part: str) -> Iterator[str]:
        words = {"a": ADJECTIVES.split(), "n": NOUNS.split(), "v": VERBS.split(), "j": JOINS, "p": PLACES}[part]
        yield from self.chance.choice(words).split()

    def words(self, count: int) -> list[str]:
        """Return that many words, the first with a capital."""
        found = [*islice(self.stream, count)]
        return [found[0][:1].upper() + found[0][1:], *found[1:]]

    def plain(self, count: int) -> str:
        """Return a phrase without markup or a stop at its end."""
        return " ".join(self.words(count))

    def name(self) -> str:
        """Return somebody's name."""
        return f"{self.chance.choice(FORENAMES)} {self.chance.choice(SURNAMES)}"

    def sentence(self, count: int) -> str:
        """Return a sentence, perhaps with bold or italic words, a link, a figure or a citation."""
        words = self.words(count)
        if count > 4:
            self._decorate(words)
        cited = f"[^{self.chance.choice(self.sources)}]" if self.sources and self.chance.random() < 0.15 else ""
        return f"{' '.join(words)}.{cited}"

    def _decorate(self, words: list[str]) -> None:
        """Mark two words in the middle of a sentence in one way, if they are plain enough."""
        at = self.chance.randrange(1, len(words) - 2)
        pair = " ".join(words[at : at + 2])
        kind = self.chance.random()
        if not pair.replace(" ", "").isalpha():
            return
        if kind < 0.1:
            words[at : at + 2] = [f"**{pair}**"]
        elif kind < 0.16:
            words[at : at + 2] = [f"*{pair}*"]
        elif kind < 0.22:
            words[at : at + 2] = [f"[{pair}](https://www.example.org)"]
        elif kind < 0.32 and self.figures:
            words[at:at] = [f"{{{self.chance.choice(self.figures)}}}"]

    def line(self, count: int) -> str:
        """Return one paragraph of that many words: sentences, or a phrase if it is short."""
        return " ".join(self._sentences(count)) if count > 8 else self.plain(count)

    def _sentences(self, count: int) -> Iterator[str]:
        while count > 0:
            length = min(count, self.chance.randrange(6, 26))
            # No sentence of a word or two is left for the end.
            length = count if count - length < 4 else length
            yield self.sentence(length)
            count -= length

    def prose(self, count: int) -> str:
        """Return Markdown of that many words: paragraphs, and lists if there is room for them."""
        return "\n\n".join(self._blocks(count))

    def _blocks(self, count: int) -> Iterator[str]:
        while count > 0:
            kind = self.chance.random()
            length = min(count, self.chance.choice(PARAGRAPHS))
            length = count if count - length < 12 else length
            if length >= ITEMS_FROM and kind < 0.35:
                yield self._list(length, "- " if kind < 0.25 else "{}. ")
            else:
                yield self.line(length)
            count -= length

    def _list(self, count: int, mark: str) -> str:
        lengths = [count // 4] * 3 + [count - count // 4 * 3]
        bold = self.chance.random() < 0.4
        return "\n".join(f"{mark.format(number)}{self._item(each, bold)}" for number, each in enumerate(lengths, 1))

    def _item(self, count: int, bold: bool) -> str:
        return f"**{self.plain(3)}.** {self.line(count - 3)}" if bold else self.line(count)
