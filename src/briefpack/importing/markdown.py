"""Write words as the Markdown of a brief, and read them back without its marks."""

import re

from briefpack.importing.draft import Block

SPECIAL = re.compile(r"[\\*_`\[\]<~^]")
BRACES = str.maketrans("{}", "()")
# The beginning of a line that Markdown would read as a list, a quotation or a heading.
START = re.compile(r"(?=[-+>#=|])|\d{1,9}(?=[.)])")
SPACE = re.compile(r"[ \t\u00a0\u2002\u2003\u2009\u202f]+")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
LINK = re.compile(r"\[((?:[^\]\\]|\\.)*)\]\([^)]*\)")
# A note, the marks of bold and italic type, or an escaped letter.
MARK = re.compile(r"\[\^[\w-]*\]|\*+|\\(.)", re.DOTALL)
NOTE = re.compile(r"\[\^(\d+)\]")
BOLD_START = re.compile(r"\*\*(?:(?!\*\*).)+\*\*")
BOLD = re.compile(r"(\*{2,3})(?:(?!\*\*).)+\1", re.DOTALL)


def escaped(words: str) -> str:
    """Return words as Markdown prints them; braces, which would name a figure, become brackets."""
    return SPECIAL.sub(r"\\\g<0>", INVISIBLE.sub("", words).translate(BRACES))


def styled(text: str, mark: str) -> str:
    """Return a text between marks, with the spaces at its ends outside them."""
    inside = text.strip()
    if not inside:
        return text
    start = text.index(inside)
    return f"{text[:start]}{mark}{inside}{mark}{text[start + len(inside) :]}"


def tidied(text: str) -> str:
    """Return a paragraph without needless spaces."""
    return re.sub(r" *\n *", "\n", SPACE.sub(" ", text)).strip()


def plain(text: str) -> str:
    """Return the words of Markdown on one line."""
    words = MARK.sub(lambda mark: mark[1] or "", LINK.sub(r"\1", text))
    return " ".join(words.translate(BRACES).split())


def heading(text: str) -> str:
    """Return a text as a heading: on one line and without bold type, which the layout sets."""
    return " ".join(re.sub(r"(?<!\\)\*\*", "", text).split())


def line(text: str) -> str:
    """Return a text as one line that is no list, quotation or heading."""
    text = " ".join(text.split())
    start = START.match(text)
    return f"{start[0]}\\{text[start.end() :]}" if start else text


def written(block: Block) -> str:
    """Return a paragraph, a list or a quotation as Markdown."""
    if block.kind == "list":
        gap = "\n\n" if any("\n\n" in text for text in block.texts) else "\n"
        return gap.join(map(_item, block.marks, block.texts))
    return "\n\n".join("\\\n".join(map(line, text.split("\n"))) for text in block.texts)


def _item(mark: str, text: str) -> str:
    indent = " " * len(mark)
    return mark + f"\n\n{indent}".join(map(line, text.split("\n\n")))
