"""Turn a brief's Markdown into HTML, with figures written out and citations marked, or into plain text."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice, takewhile

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from briefpack.brief import passages
from briefpack.brief.figures import CITATION, Ledger
from briefpack.text import typography, unspaced
from briefpack.text.locale import Locale
from briefpack.text.numbers import NARROW_NO_BREAK

# A citation passes through Markdown as its id between two private-use characters; another may follow.
CITED = re.compile("(?<!\\s)\\s*\ue000([^\ue001]*)\ue001(?=(\\s*\ue000)?)")
# Lines may break after a dash, but not inside 2021–22; a word joiner has no glyph and no width.
# Nor after the stroke of a unit: km/h.
JOINT = re.compile(r"((?<=\d)–(?=\d)|(?<=\d[ \u00a0\u202f])[^\W\d_]{1,3}/(?=[^\W\d_]{1,2}\b))")
# A compound such as peer-to-peer stays on one line, unless it's part of an address or a source's id.
COMPOUND = re.compile("(?<![\\w/.\ue000-])[^\\W\\d_]+(?:-[^\\W\\d_]+){2,3}(?![\\w/\ue001-])")
# A tag, which is left alone, or a compound of two words.
PAIR = re.compile("<[^>]*>|(?<![\\w/.\ue000-])[^\\W\\d_]+-[^\\W\\d_]+(?![\\w/\ue001-])")
# In characters: avoid a short last line, unless that would take too much from the line above.
SHORTEST_TAIL, LONGEST_TAIL = 8, 20
LEAST_WORDS = 6
LONG_HEADING = 3
"""The fewest words before the last word of a heading that is tied to them."""
LONG_PAIR = 16
"""The most letters of a compound of two words that a heading, in its narrow column, keeps whole."""
# Any character that is markup somewhere in a line, and a mark that begins a list item.
MARKS_OF_ALL = re.compile(r"[\\`*_\[\]<>#&!^~|]")
BULLET = re.compile(r"^(\s*\d*)([-+.)])(?=\s)")
# A space between words, but not before a citation, and a citation, which takes no room in a line.
GAP = re.compile("[ \u00a0](?!\ue000)")
NOTE = re.compile("\ue000[^\ue001]*\ue001")
OFF = ["code", "fence", "backticks", "html_block", "html_inline", "hr", "image", "heading", "lheading"]

RENDERER = RendererHTML()
BARE = passages.install(MarkdownIt("commonmark", {"html": False}).disable(OFF))
# Escaped characters stay in tokens of their own here: the author meant them to print.
SPLIT = passages.install(MarkdownIt("commonmark", {"html": False}).disable([*OFF, "text_join"]))


def html(text: str, ledger: Ledger, cite: Callable[[str], str]) -> str:
    """Return a Prose as HTML blocks."""
    return _cited(_blocks(_marked(text, ledger), ledger.locale), cite)


def line(text: str, ledger: Ledger, cite: Callable[[str], str]) -> str:
    """Return a Line as inline HTML."""
    return _cited(_inline(_marked(text, ledger), ledger.locale), cite)


def heading(text: str, ledger: Ledger, cite: Callable[[str], str]) -> str:
    """Return a Line as HTML for a heading: its last line is never one word, and no short compound is broken."""
    *words, last = text.split(" ")
    tied = text if len(words) < LONG_HEADING else f"{' '.join(words)}\u00a0{last}"
    return _cited(PAIR.sub(_whole_pair, _inline(_marked(tied, ledger), ledger.locale)), cite)


def plain(text: str, ledger: Ledger) -> str:
    """Return a text without markup, links or citations, for use outside HTML: a title, an alternative text."""
    return _bare(_marked(text, ledger), ledger.locale)


def escaped(words: str) -> str:
    """Return words from a data file as Markdown that prints them as they are."""
    return BULLET.sub(r"\1\\\2", MARKS_OF_ALL.sub(r"\\\g<0>", words))


def _marked(text: str, ledger: Ledger) -> str:
    return CITATION.sub("\ue000\\1\ue001", ledger.fill(text))


# A country's documents print the same texts over and over, so each is rendered once.
@lru_cache(maxsize=4096)
def _blocks(text: str, locale: Locale) -> str:
    tokens = _parse(text, locale)
    _mark_points(tokens)
    _set_beside_marks(tokens)
    return RENDERER.render(tokens, _reader(locale).options, {})


@lru_cache(maxsize=4096)
def _inline(text: str, locale: Locale) -> str:
    inline = [token for token in _parse(text, locale) if token.type == "inline"]
    return " ".join(RENDERER.renderInline(token.children or [], _reader(locale).options, {}) for token in inline)


@lru_cache(maxsize=4096)
def _bare(text: str, locale: Locale) -> str:
    [run] = BARE.parseInline(text)
    parts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in run.children or [])
    return typography.tidy(CITED.sub("", "".join(parts)), locale)


@lru_cache(maxsize=16)
def _reader(locale: Locale) -> MarkdownIt:
    """Return a Markdown parser that sets a locale's quotation marks."""
    marks = locale.quotes
    quotes = [marks.double_open, marks.double_close, marks.single_open, marks.single_close]
    reader = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": quotes})
    # Between letters without spaces, a quotation mark would count as an apostrophe; `typography.tidy` sets it.
    reader = reader.enable("smartquotes") if locale.spaced_words else reader.disable("smartquotes")
    return passages.install(reader.disable(OFF))


def _parse(text: str, locale: Locale) -> list[Token]:
    tokens = _reader(locale).parse(text)
    for token in tokens:
        if token.children and not locale.spaced_words:
            token.children = [*_closed_up(token.children)]
        for child in _in_own_language(token.children or []):
            if child.type == "text":
                child.content = JOINT.sub("\\1\u2060", COMPOUND.sub(_whole, typography.tidy(child.content, locale)))
        if token.children and len(token.content.split()) >= LEAST_WORDS:
            _tie(token.children)
    return tokens


def _closed_up(run: list[Token]) -> Iterator[Token]:
    """Yield the tokens without the line breaks of the file beside a letter of a script without spaces."""
    for place, token in enumerate(run):
        before = "".join(each.content for each in run[:place])[-1:]
        after = "".join(each.content for each in run[place + 1 :])[:1]
        if token.type != "softbreak" or not any(map(unspaced.is_one, filter(None, (before, after)))):
            yield token


def _in_own_language(run: list[Token]) -> Iterator[Token]:
    """Yield the tokens that aren't in a passage in another language, which keeps the spaces that it was typed with."""
    depth = 0
    for token in run:
        depth += token.nesting if token.tag == "span" else 0
        if depth == 0:
            yield token


def _tie(run: list[Token]) -> None:
    """Join the last two or three words of a text with no-break spaces, so that its last line isn't too short."""
    gaps = [*islice(_gaps(run), 2)]
    short = [*takewhile(lambda gap: gap[2] < SHORTEST_TAIL, gaps)]
    if len(short) < len(gaps) and gaps[len(short)][2] > LONGEST_TAIL:
        return
    for token, place, _ in short:
        token.type = "text"
        token.content = f"{token.content[:place]}\u00a0{token.content[place + 1 :]}"


def _gaps(run: list[Token]) -> Iterator[tuple[Token, int, int]]:
    """Yield each gap between words, last first: its token, its index there, and the length of the text after it."""
    tail = 0
    for token in reversed(run):
        # A line break in the file counts as a gap between words.
        content = {"softbreak": " ", "text": token.content}.get(token.type, "")
        for gap in reversed([*GAP.finditer(content)]):
            yield token, gap.start(), tail + len(NOTE.sub("", content[gap.end() :]))
        tail += len(NOTE.sub("", content))


def _whole(found: re.Match[str]) -> str:
    return found[0].replace("-", "-\u2060")


def _whole_pair(found: re.Match[str]) -> str:
    """Keep a short compound of two words on one line; return a tag or a longer compound as it is."""
    return found[0] if found[0].startswith("<") or len(found[0]) > LONG_PAIR else _whole(found)


def _cited(rendered: str, cite: Callable[[str], str]) -> str:
    # A thin space keeps notes 2 and 3 from reading as 23.
    return CITED.sub(lambda found: cite(found[1]) + (NARROW_NO_BREAK if found[2] else ""), rendered)


def _mark_points(tokens: list[Token]) -> None:
    """Set the class `points` on each list whose items all begin in bold, and let space be added between those items."""
    for index, token in enumerate(tokens):
        if token.type == "bullet_list_open":
            items = []
            place = index + 1
            inside = token.level + 1
            while tokens[place].level >= inside:
                if tokens[place].type == "list_item_open" and tokens[place].level == inside:
                    items.append(place)
                place += 1
            # The text of an item comes after the openings of the item and of its paragraph.
            if all(_begins_bold(tokens[place + 2]) for place in items):
                token.attrSet("class", "points")
                for place in items[1:]:
                    tokens[place].attrSet("data-give", "")


def _set_beside_marks(tokens: list[Token]) -> None:
    """Set the first paragraph of each item beside its dash or number, and begin each list with its first number."""
    for token, *within in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        if token.type == "list_item_open" and within[0].type == "paragraph_open":
            within[0].hidden = within[2].hidden = True
        elif token.type == "ordered_list_open" and (first := token.attrs.pop("start", None)) is not None:
            token.attrSet("style", f"counter-reset: list-item {int(first) - 1}")


def _begins_bold(inline: Token) -> bool:
    # The parser puts an empty text token before markup at the start of a line.
    children = [child for child in inline.children or [] if child.type != "text" or child.content]
    return bool(children) and children[0].type == "strong_open"


def stray(text: str) -> Iterator[tuple[str, str, str, int]]:
    """Yield each piece of markup that has no effect: the words, the message, the hint, and the place in the text."""
    for pattern, message, hint in LINES:
        if found := pattern.search(text):
            words = found[0].strip()
            yield words, message, hint, text.index(words, found.start())
    for run, place in _runs(text) if MAYBE.search(text) else ():
        for pattern, hint in MARKS:
            for found in pattern.finditer(run):
                yield found[0], LETTERS, hint, place + found.start()


def _runs(text: str) -> Iterator[tuple[str, int]]:
    """Yield the parts of a text that print as typed, with their places: no markup, addresses or escaped characters."""
    lines = [0, *(found.end() for found in re.finditer("\n", text))]
    for token in SPLIT.parse(text):
        place = lines[token.map[0]] if token.map and token.children else 0
        for child in token.children or []:
            typed = child.content if child.type == "text" else child.markup
            found = text.find(typed, place)
            if child.type == "text" and found >= 0:
                yield ADDRESS.sub(lambda address: " " * len(address[0]), typed), found
            place = max(found, place) + (len(typed) if found >= 0 else 0)


LETTERS = "would print as typed"
LINES = tuple(
    (re.compile(pattern, re.MULTILINE), message, hint)
    for pattern, message, hint in (
        (
            r"^ *(?:\|.+|:?-{3,}:? *\|[ :|-]*$)",
            "is a table, which a text can't contain",
            "use a block of its own, table: with columns and rows",
        ),
        (r"^ *[•●▪◦‣] *\S*", LETTERS, "begin a list item with - and a space"),
        (r"^ *-[^\W\d_]\S*", LETTERS, "begin a list item with - and a space"),
        (r"^ *\d{1,2}[.)][^\W\d_]\S*", LETTERS, "put a space after the number to begin a list item"),
        (r"^ *(?:-{3,}|_{3,}) *$", LETTERS, "delete it; the layout separates the parts"),
        (r"^ *\[[^\]^\n]+\]: *\S+", "would not print", "write [words](https://…) in the sentence"),
        (
            r"\([^()\n]+\) ?\[(?:https?:|www\.)[^\]\n]*\]",
            LETTERS,
            "[words](https://…): the words go in the square brackets",
        ),
        (r"\[[^\[\]^\n]+\] +\((?:https?:|www\.)[^)\n]*", LETTERS, "[words](https://…), with nothing between ] and ("),
        (r"\[[^\[\]^\n]+\]\([^)\s]*(?=[^)\n]*$)", LETTERS, "[words](https://…), with ) at its end"),
    )
)
"""Line starts and links that have no effect, each with the message and the hint."""

MARKS = tuple(
    (re.compile(pattern), hint)
    for pattern, hint in (
        (
            r"(?:(?<!\S)\S+ ?)?\*+(?: ?\S+)?",
            r"write **bold** or *italic*, with no space inside the stars; \* prints a star",
        ),
        (
            r"(?<![\w@#])__?\w\S*|(?<!\S)\S*\w__?(?!\w)",
            r"write *italic*, with a star on each side; \_ prints an underscore",
        ),
        (r"`[^`]*`|(?<!\S)\S*`\S*", "use an apostrophe, quotation marks or *italic*"),
        (r"~~[^~]*~~|(?<!\S)\S*~~\S*", "delete the struck-out words"),
        (r"==[^=]*==|(?<!\S)\S*==\S*", "use **bold** instead of highlighting"),
        # A ^ in brackets may belong to a citation, which has messages of its own.
        (
            r"(?<!\S)\S*(?<![\[{])(?!(?<=\()\^[A-Za-z])\^(?!\])\S*|(?<!\w)\w+~\w+~\w*",
            "type the character itself, such as ² or ₂",
        ),
        (r"<br\s*/?>", "leave an empty line to begin a paragraph, or delete it"),
        (r"</?[A-Za-z][^<>]*>|<!--.*?-->", r"use **bold** or *italic*, or # before a comment; \< prints a < as typed"),
    )
)
"""Unsupported or unfinished markup within a line, each with the hint."""

MAYBE = re.compile(r"[*_`^<~]|==")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
