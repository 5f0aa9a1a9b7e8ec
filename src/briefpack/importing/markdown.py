"""Write words as the Markdown of a brief, and read them back without its marks."""

import re
from collections.abc import Iterable

from briefpack.importing.draft import Block, Bullets, Item, Paragraph, Quotation

BOLD, BOLD_END, ITALIC, ITALIC_END = "\ue000", "\ue001", "\ue002", "\ue003"
"""The marks of bold and italic type while a paragraph is read."""
SPECIAL = re.compile(r"[\\*_`\[\]<~^]")
BRACES = str.maketrans("{}", "()")
STARTS = re.compile(r"(?=[-+>#=|])|\d{1,9}(?=[.)])")
"""The beginning of a line that Markdown would read as a list, a quotation or a heading."""
SPACE = re.compile(r"[ \t\u00a0\u2002\u2003\u2009\u202f]+")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
INDENT = 4
"""In spaces: a list inside another; Markdown needs two to five, whatever the mark of the outer item."""
LINK = re.compile(r"\[((?:[^\]\\]|\\.)*)\]\([^)]*\)")
MARK = re.compile(r"\[\^[\w-]*\]|\*+|\\(.)", re.DOTALL)
"""A note, the marks of a style, or an escaped letter."""
NOTE = re.compile(r"\[\^(\d+)\]")
BOLD_START = re.compile(r"\*\*(?:(?!\*\*).)+\*\*")
"""Bold type at the start of a text."""
STYLES = (
    # Two runs of one style are one.
    (re.compile(f"{BOLD_END}(\\s*){BOLD}"), r"\1"),
    (re.compile(f"{ITALIC_END}(\\s*){ITALIC}"), r"\1"),
    # Spaces are outside a style.
    (re.compile(f"([{BOLD}{ITALIC}]+)(\\s+)"), r"\2\1"),
    (re.compile(f"(\\s+)([{BOLD_END}{ITALIC_END}]+)"), r"\2\1"),
    # A style of nothing, or of a part of a word, is none.
    (re.compile(f"{BOLD}{BOLD_END}|{ITALIC}{ITALIC_END}"), ""),
    (re.compile(f"(?<=\\w){BOLD}([^{BOLD_END}]*){BOLD_END}|{BOLD}([^{BOLD_END}]*){BOLD_END}(?=\\w)"), r"\1\2"),
    (re.compile(f"(?<=\\w){ITALIC}([^{ITALIC_END}]*){ITALIC_END}|{ITALIC}([^{ITALIC_END}]*){ITALIC_END}(?=\\w)"), r"\1\2"),
    (re.compile(f"[{BOLD}{BOLD_END}]"), "**"),
    (re.compile(f"[{ITALIC}{ITALIC_END}]"), "*"),
)  # fmt: skip


def escaped(words: str) -> str:
    """Return words as Markdown prints them; braces, which would name a figure, become brackets."""
    return SPECIAL.sub(r"\\\g<0>", INVISIBLE.sub("", words).translate(BRACES))


def styled(text: str) -> str:
    """Return a paragraph with Markdown's marks in place of the reader's, and without needless spaces."""
    text = SPACE.sub(" ", text)
    for pattern, replacement in STYLES:
        text = pattern.sub(replacement, text)
    return re.sub(r" *\n *", "\n", text).strip()


def plain(text: str) -> str:
    """Return the words of Markdown on one line."""
    words = MARK.sub(lambda mark: mark[1] or "", LINK.sub(r"\1", text))
    return " ".join(words.translate(BRACES).split())


def heading(text: str) -> str:
    """Return a text as a heading: on one line and without bold type, which the layout sets."""
    return " ".join(re.sub(r"(?<!\\)\*\*", "", text).split())


def is_bold(text: str) -> bool:
    """Return whether every word is bold."""
    return bool(re.fullmatch(r"(\*{2,3})(?:(?!\*\*).)+\1", text, re.DOTALL))


def line(text: str) -> str:
    """Return a text as one line that is no list, quotation or heading."""
    text = " ".join(text.split())
    start = STARTS.match(text)
    return f"{start[0]}\\{text[start.end() :]}" if start else text


def written(blocks: Iterable[Block]) -> str:
    """Return paragraphs, lists and quotations as one Markdown text."""
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Bullets):
            loose = any("\n\n" in item.text for item in block.items)
            texts.append(("\n\n" if loose else "\n").join(map(_item, block.items)))
        elif isinstance(block, Quotation):
            texts += map(_paragraph, block.texts)
        elif isinstance(block, Paragraph):
            texts.append(_paragraph(block.text))
    return "\n\n".join(filter(None, texts))


def _paragraph(text: str) -> str:
    return "\\\n".join(map(line, filter(str.strip, text.split("\n"))))


def _item(item: Item) -> str:
    mark = "-" if item.number is None else f"{item.number}."
    indent = " " * (INDENT * item.depth)
    first, *others = item.text.split("\n\n")
    inside = indent + " " * (len(mark) + 1)
    return "\n\n".join([f"{indent}{mark} {line(first)}", *(f"{inside}{line(other)}" for other in others)])
