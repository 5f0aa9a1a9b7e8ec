"""Write a draft's passages as a brief's Markdown, with figures linked and notes cited."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from briefpack.importing.draft import Block, Bullets, Heading, Item, Paragraph, Passage, Quotation, Run
from briefpack.importing.figures import Link

SPECIAL = re.compile(r"[\\*_`\[\]<~^]")
STARTS = re.compile(r"(?=[-+>#=|] ?)|(\d{1,9})(?=[.)])")
INDENT = 4
"""In spaces: a list inside another; Markdown needs two to five, whatever the mark of the outer item."""
BRACES = str.maketrans("{}", "()")
OPEN_ADDRESS = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class Writer:
    """Writes passages: the links of their numbers by the passage's number, and the sources by the note's index."""

    links: Mapping[int, tuple[Link, ...]] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)

    def line(self, passage: Passage, start: int = 0, end: int | None = None) -> str:
        """Return a passage, or a part of it, as one line of Markdown."""
        return _safe_start(" ".join(self._marked(passage, start, end).split()))

    def heading(self, passage: Passage, start: int = 0, end: int | None = None) -> str:
        """Return a passage as a heading: without bold type, which the layout sets."""
        runs = tuple(replace(run, bold=False) for run in passage.runs)
        return self.line(replace(passage, runs=runs), start, end)

    def plain(self, passage: Passage) -> str:
        """Return a passage without Markdown and without figures."""
        return " ".join(passage.words.translate(BRACES).split())

    def text(self, blocks: Iterable[Block]) -> str:
        """Return paragraphs, lists and headings inside a part as Markdown."""
        return "\n\n".join(filter(None, (self._block(block) for block in blocks)))

    def _block(self, block: Block) -> str:
        if isinstance(block, Heading):
            words = self.heading(block.passage).strip("*")
            return f"**{words}**" if words else ""
        if isinstance(block, Paragraph):
            return self._paragraph(block.passage)
        if isinstance(block, Quotation):
            return "\n\n".join(map(self._paragraph, block.passages))
        return self._list(block) if isinstance(block, Bullets) else ""

    def _paragraph(self, passage: Passage) -> str:
        lines = (" ".join(line.split()) for line in self._marked(passage, 0, None).split("\n"))
        return "\\\n".join(_safe_start(line) for line in lines if line)

    def _list(self, block: Bullets) -> str:
        loose = "\n\n" if any(len(item.passages) > 1 for item in block.items) else "\n"
        return loose.join(self._item(item) for item in block.items)

    def _item(self, item: Item) -> str:
        mark = "-" if item.number is None else f"{item.number}."
        indent = " " * (INDENT * item.depth)
        inside = indent + " " * (len(mark) + 1)
        first, *rest = (" ".join(self._paragraph(each).split("\\\n")) for each in item.passages)
        return "\n\n".join([f"{indent}{mark} {first}", *(f"{inside}{each}" for each in rest)])

    def _marked(self, passage: Passage, start: int, end: int | None) -> str:
        """Return the words from one place to another, with their marks."""
        end = len(passage.words) if end is None else end
        pieces = [*self._pieces(passage, start, end)]
        shown = [words for _, words in pieces]
        return "".join(_styled(run, words, shown, number) for number, (run, words) in enumerate(pieces))

    def _pieces(self, passage: Passage, start: int, end: int) -> Iterator[tuple[Run, str]]:
        """Yield each run with its Markdown, without its own style."""
        links = self.links.get(passage.place.paragraph, ())
        place = 0
        for run in passage.runs:
            if run.note is not None:
                source = self.sources.get(run.note)
                if source and start < place <= end:
                    yield run, f"[^{source}]"
                continue
            first, last = max(start, place), min(end, place + len(run.words))
            if first < last:
                yield run, _linked(run, place, (first, last), passage.offset, links)
            place += len(run.words)


def _linked(run: Run, place: int, span: tuple[int, int], offset: int, links: Iterable[Link]) -> str:
    """Return the words of a run between two places of the passage, with references in place of numbers."""
    written, (done, last) = "", span
    for link in links:
        start, end = link.start - offset, link.end - offset
        if done <= start and end <= last:
            written += _escaped(run.words[done - place : start - place]) + link.reference
            done = end
    return written + _escaped(run.words[done - place : last - place])


def _escaped(words: str) -> str:
    """Return words with the characters escaped that Markdown would take for marks."""
    return SPECIAL.sub(r"\\\g<0>", words.translate(BRACES))


def _safe_start(line: str) -> str:
    """Return a line whose beginning isn't read as a list, a quotation or a heading."""
    found = STARTS.match(line)
    if not found:
        return line
    number = found[1] or ""
    return f"{number}\\{line[len(number) :]}"


def _styled(run: Run, words: str, shown: list[str], number: int) -> str:
    """Return words with the marks of their style, unless these would be inside a word."""
    inner = words.strip()
    if not inner or run.note is not None:
        return words
    before = next((each[-1:] for each in reversed(shown[:number]) if each), "")
    before += words[: len(words) - len(words.lstrip())]
    after = words[len(words.rstrip()) :] + next((each[:1] for each in shown[number + 1 :] if each), "")
    marks = ("**" if run.bold else "") + ("*" if run.italic else "")
    marks = "" if before[-1:].isalnum() or after[:1].isalnum() else marks
    address = _address(run.link)
    linked = f"[{inner}]({address})" if address else inner
    return words.replace(inner, f"{marks}{linked}{marks[::-1]}") if inner else words


def _address(link: str) -> str:
    """Return the address of a link as Markdown takes it; an empty text for one that only the draft's computer opens."""
    if not link.startswith(OPEN_ADDRESS):
        return ""
    return link.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("{", "%7B").replace("}", "%7D")
