"""Run pandoc on a draft, without files or network, and turn its tree into blocks in order, with places and notes."""

import itertools
import json
import re
import signal
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefpack.importing import markdown, words
from briefpack.importing.draft import Block, Draft, Place
from briefpack.problem import Owner, Problems, one_problem
from briefpack.text import legible
from briefpack.text.tables import archive

SECONDS = 60
ENDED = {-signal.SIGKILL, -signal.SIGXCPU}
"""What a program returns that has used up its processor time."""
MOST_MEMORY = "1g"
MARKDOWN = "markdown-smart-raw_tex-raw_html-raw_attribute-tex_math_dollars-citations-example_lists"
FORMATS = {".docx": "docx", ".odt": "odt", ".md": MARKDOWN, ".markdown": MARKDOWN}
"""The format that pandoc reads for each ending of a file's name."""
SPLIT = "split it, or save it again in its program"
MOST_UNPACKED, MOST_XML = 200_000_000, 60_000_000
"""The most bytes that all parts of a file may have when they are unpacked, and the most that its XML parts may have."""
MEDIA = ("word/media/", "Pictures/", "media/")


def open_draft(path: Path, shown: str) -> tuple[Mapping[str, bytes], bytes]:
    """Return the parts of a draft's archive, none of Markdown, and the bytes for pandoc.

    Raises Problems or RefusedError if the file could do harm.
    """
    if FORMATS[path.suffix.lower()] == MARKDOWN:
        data = path.read_bytes()
        legible.check(data.decode(errors="replace"), shown)
        return {}, data
    files = archive.unpack(path, MOST_UNPACKED, MOST_XML, MEDIA)
    light: dict[str, bytes] = {}
    for name, data in files.items():
        if name.lower().endswith(archive.XML):
            archive.read_xml(name, data)
        # Pandoc wants to find every image; their bytes are read from here instead.
        light[name] = b"" if name.startswith(MEDIA) else data
    return files, archive.pack(light).getvalue()


def refused(shown: str, message: str, hint: str) -> Problems:
    """Return the problem of a draft that can't be imported."""
    return one_problem(shown, None, message, hint, Owner.COMMAND)


def _parsed(data: bytes, ending: str, shown: str) -> dict[str, Any]:
    """Return pandoc's syntax tree of a draft. Raises Problems if pandoc is missing or can't read it."""
    words = [_program(), "+RTS", f"-M{MOST_MEMORY}", "-RTS", "--sandbox", "-f", FORMATS[ending], "-t", "json"]
    # A limit of processor time, which a busy machine doesn't use up.
    limited = ["/bin/sh", "-c", f'ulimit -t {SECONDS}; exec "$@"', "sh", *words]
    done = subprocess.run(limited, input=data, capture_output=True, check=False)  # noqa: S603 -- a fixed program, and no word of it from the draft
    if done.returncode in ENDED:
        raise refused(shown, f"it takes longer than {SECONDS} seconds to read", SPLIT)
    if done.returncode:
        *_, reason = ["no reason given", *done.stderr.decode(errors="replace").strip().splitlines()]
        raise refused(shown, f"it can't be read ({reason[:120]})", "open it in its program, and save it again")
    tree: dict[str, Any] = json.loads(done.stdout)
    return tree


def _program() -> str:
    """Return the path of pandoc. Raises Problems if it isn't installed."""
    try:
        import pypandoc  # noqa: PLC0415 -- an optional library

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        message = "reading a draft needs pandoc, which isn't installed"
        raise one_problem("--from", None, message, "pip install pypandoc-binary", Owner.COMMAND) from None


Node = Any
"""An element of pandoc's tree: its type under `t`, its contents under `c`."""
STYLES = {"Strong": "**", "Emph": "*", "Underline": "", "SmallCaps": "", "Strikeout": ""}
LITERAL = ("Code", "Math", "RawInline", "CodeBlock", "RawBlock")
DIGITS = {
    "Superscript": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "Subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
# The beginning of an address that readers can open.
OPEN_ADDRESS = ("https://", "http://", "mailto:")
ESCAPED = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "{": "%7B", "}": "%7D"})
# The mark of an item that is typed as a paragraph: a bullet, a dash, or a number.
TYPED = re.compile(r"(?:[•●▪◦‣·–-]|\\\*|(\d{1,3})[.)])\s+(?=\S)")
# In letters: how much of a heading a place names.
SHOWN = 60
INDENT = " " * 4


def read(data: bytes, ending: str, shown: str) -> Draft:
    """Return a draft. Raises Problems if pandoc is missing or can't read it."""
    draft, tree = Draft(), _parsed(data, ending, shown)
    for name, value in tree["meta"].items():
        draft.properties[name] = text = " ".join(_strings(value))
        draft.said.append((text, f"the file's property “{name}”"))
    draft.blocks = _Reader(draft).blocks(tree["blocks"])
    return draft


def _strings(node: Node) -> Iterator[str]:
    """Yield the words in a part of a tree."""
    inside = node
    if isinstance(node, dict):
        inside = node.get("c", [*node.values()])
        if node.get("t") in ("Str", "MetaString"):
            yield inside
        elif node.get("t") in LITERAL:
            yield inside[1]
    if isinstance(inside, list):
        for inner in inside:
            yield from _strings(inner)


class _Reader:
    """A reader that goes through a tree once, counts paragraphs, and collects notes and images."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.here = Place(0)
        self.in_table = False
        self.images: list[Block] = []

    def blocks(self, nodes: Iterable[Node]) -> list[Block]:
        """Return the blocks of a sequence of pandoc's, with lists that follow one another as one."""
        blocks: list[Block] = []
        for node in nodes:
            for block in self._read(node):
                if blocks and _goes_on(blocks[-1], block):
                    before = blocks.pop()
                    texts, marks = (*before.texts, *block.texts), (*before.marks, *block.marks)
                    blocks.append(replace(before, texts=texts, marks=marks))
                else:
                    blocks.append(block)
        return blocks

    def _read(self, node: Node) -> Iterator[Block]:
        kind, inside = node["t"], node.get("c")
        if kind in ("Para", "Plain"):
            yield from self._paragraph(inside)
        elif kind == "Header":
            yield from self._heading(self._counted(inside[2]), inside[0])
        elif kind in ("BulletList", "OrderedList"):
            yield from self._list(node)
        elif kind == "Table":
            yield from self._table(inside)
        elif kind == "BlockQuote":
            yield from self._quotation(inside)
        elif kind == "Div":
            yield from self.blocks(inside[1])
        elif kind == "Figure":
            yield from self._figure(inside)
        else:
            # The words of blocks that few drafts have are a paragraph.
            yield from self._paragraph([{"t": "Str", "c": " ".join(_strings(node))}])

    def _counted(self, nodes: Iterable[Node]) -> str:
        """Return the text of the next paragraph."""
        self.here = Place(self.here.paragraph + 1, self.here.heading)
        text = markdown.tidied(self._text(nodes))
        self.draft.said.append((markdown.plain(text), str(self.here)))
        return text

    def _text(self, nodes: Iterable[Node]) -> str:
        """Return inline elements as Markdown; collect their notes and images."""
        return "".join(self._inline(node["t"], node.get("c")) for node in nodes)

    def _inline(self, kind: str, inside: Node) -> str:
        text = ""
        if kind in ("Space", "SoftBreak", "LineBreak"):
            text = "\n" if kind == "LineBreak" else " "
        elif kind in ("Str", *LITERAL):
            text = markdown.escaped(inside if kind == "Str" else inside[1])
        elif kind in STYLES:
            text = markdown.styled(self._text(inside), STYLES[kind])
        elif kind in DIGITS:
            text = self._text(inside)
            # LibreOffice raises its notes, too.
            text = text if "[^" in text else text.translate(DIGITS[kind])
        elif kind == "Span":
            text = self._text(inside[1])
        elif kind == "Note":
            text = self._note(inside)
        elif kind in ("Link", "Image"):
            text = self._linked(kind, *inside)
        return text

    def _linked(self, kind: str, _: Node, nodes: list[Node], target: list[str]) -> str:
        """Return a link, or its words alone if only the draft's computer opens it; keep an image for later."""
        text, address = self._text(nodes), target[0]
        if kind == "Image":
            alt = markdown.plain(text) or target[1]
            self.draft.said.append((alt, str(self.here)))
            self.images.append(Block("image", (), self.here, file=address, alt=alt))
            return ""
        opens = text and address.startswith(OPEN_ADDRESS)
        return f"[{text}]({address.translate(ESCAPED)})" if opens else text

    def _note(self, nodes: Iterable[Node]) -> str:
        said = len(self.draft.said)
        here, images = self.here, self.images
        note = " ".join(block.text for block in self.blocks(nodes))
        self.here, self.images = here, images
        del self.draft.said[said:]
        if not note:
            return ""
        if note not in self.draft.notes:
            # A note that is written twice becomes one source.
            self.draft.said.append((markdown.plain(note), str(here)))
        self.draft.notes.append(note)
        return f"[^{len(self.draft.notes) - 1}]"

    def _heading(self, text: str, level: int) -> Iterator[Block]:
        """Yield a heading, and remember it as the place of the text that follows."""
        if title := markdown.heading(text):
            yield Block("heading", (title,), Place(self.here.paragraph), level=level, is_typed=not level)
            self.here = Place(self.here.paragraph, markdown.plain(title)[:SHOWN])

    def _paragraph(self, nodes: Iterable[Node]) -> Iterator[Block]:
        text = self._counted(nodes)
        typed = TYPED.match(text)
        if not self.in_table and words.is_heading(text):
            yield from self._heading(text, 0)
            self.draft.guesses.append(f"“{self.here.heading}” was read as a heading: a short line in bold type")
        elif typed:
            mark = f"{typed[1]}. " if typed[1] else "- "
            yield Block("list", (text[typed.end() :],), self.here, marks=(mark,))
        elif text:
            yield Block("paragraph", (text,), self.here)
        images, self.images = self.images, []
        yield from images

    def _figure(self, inside: Node) -> Iterator[Block]:
        _, (_, caption), nodes = inside
        blocks = self.blocks(nodes)
        text = self._caption(caption)
        for block in blocks:
            alt = "" if block.alt == markdown.plain(text) else block.alt
            yield replace(block, alt=alt, caption=text)

    def _caption(self, nodes: Iterable[Node]) -> str:
        return " ".join(block.text for block in self.blocks(nodes))

    def _list(self, node: Node) -> Iterator[Block]:
        place = Place(self.here.paragraph + 1, self.here.heading)
        items = list(self._items(node, ""))
        if items:
            marks, texts = zip(*items, strict=True)
            yield Block("list", texts, place, marks=marks)

    def _items(self, node: Node, indent: str) -> Iterator[tuple[str, str]]:
        """Yield the mark and the text of each item of a list, and of the lists inside it."""
        ordered, inside = node["t"] == "OrderedList", node["c"]
        items, first = (inside[1], inside[0][0]) if ordered else (inside, 0)
        for number, nodes in enumerate(items, first):
            inner: list[tuple[str, str]] = []
            paragraphs: list[str] = []
            for block in nodes:
                if block["t"] in ("BulletList", "OrderedList"):
                    inner += self._items(block, indent + INDENT)
                elif block["t"] in ("Para", "Plain"):
                    paragraphs.append(self._counted(block["c"]))
                else:
                    paragraphs += [part.text for part in self.blocks([block])]
            if text := "\n\n".join(filter(None, paragraphs)):
                yield f"{indent}{f'{number}.' if ordered else '-'} ", text
            yield from inner

    def _quotation(self, nodes: Iterable[Node]) -> Iterator[Block]:
        """Yield indented text as a quotation, and indented lists, tables and images as they are."""
        for is_text, blocks in itertools.groupby(self.blocks(nodes), lambda block: block.kind == "paragraph"):
            if is_text:
                yield Block("quotation", tuple(block.text for block in blocks), self.here)
            else:
                yield from blocks

    def _table(self, inside: Node) -> Iterator[Block]:
        """Yield a table; or the blocks in the cells of one that only arranges text and images on the page."""
        _, (_, caption), _, (_, head), bodies, (_, foot) = inside
        text = self._caption(caption)
        place = Place(self.here.paragraph + 1, self.here.heading)
        self.in_table = True
        cells = self._rows([*head, *itertools.chain(*(first + rest for _, _, first, rest in bodies)), *foot])
        self.in_table = False
        blocks = [*itertools.chain(*itertools.chain(*cells))]
        columns = {len(row) for row in cells}
        is_table = len(cells) > 1 and len(columns) == 1 and columns != {1}
        if is_table and not any(block.kind == "image" for block in blocks):
            texts = ["\n\n".join(block.text for block in cell) for cell in itertools.chain(*cells)]
            yield Block("table", tuple(texts), place, columns=columns.pop(), caption=text)
        else:
            yield from blocks

    def _rows(self, rows: Iterable[Node]) -> list[list[list[Block]]]:
        """Return the cells of each row; a merged cell is in its first column, and in all its rows."""
        table: list[list[list[Block]]] = []
        below: dict[int, tuple[int, list[Block]]] = {}
        for _, nodes in rows:
            cells: list[list[Block]] = []
            while nodes or len(cells) in below:
                height, blocks = below.pop(len(cells), (0, []))
                width = 1
                if not height:
                    _, _, height, width, contents = nodes.pop(0)
                    blocks = self.blocks(contents)
                if height > 1:
                    below[len(cells)] = (height - 1, blocks)
                cells += [blocks, *[[]] * (width - 1)]
            table.append(cells)
        return table


def _goes_on(before: Block, block: Block) -> bool:
    """Return whether a list goes on with the one before: of the same kind, and not from number 1."""
    marks = [part.marks[0] for part in (before, block) if part.kind == "list"]
    return marks == ["- ", "- "] or (len(marks) == 2 and "- " not in marks and marks[1] != "1. ")
