"""Find the faults that WeasyPrint's parser sees in a page's HTML and repairs in silence."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from tinyhtml5 import constants
from tinyhtml5.parser import HTMLParser
from tinyhtml5.tokenizer import HTMLTokenizer

from briefpack.pages.source_map import MARK, MARKED

Token = Any
"""A token or an element of tinyhtml5's, which is untyped."""


class Fault(NamedTuple):
    """A fault of a page's HTML and its fix; `place` is the template and the line, if the page is marked."""

    message: str
    hint: str
    place: str = ""


def of_page(html: str) -> tuple[Fault, ...]:
    """Return the faults of a page; pages that have the same tags are read once."""
    return faults(html) if _is_faulty(TEXT.sub(">x", VALUE.sub('=""', html))) else ()


VALUE = re.compile(r'="[^"]*"')
# The text between two tags.
TEXT = re.compile(r">\s*[^\s<][^<]*")


@lru_cache(maxsize=1024)
def _is_faulty(html: str) -> bool:
    return bool(faults(html))


def faults(html: str) -> tuple[Fault, ...]:
    """Return the faults of a page, the first at each place."""
    return tuple(_Parser(html).faults.values())


class _Tokenizer(HTMLTokenizer):  # type: ignore[misc]  # tinyhtml5 has no types
    """WeasyPrint's tokenizer, which shows the parser each end tag before it is processed."""

    def __iter__(self) -> Iterator[Token]:
        for token in super().__iter__():
            if token["type"] is constants.Token.END_TAG:
                self.parser.meet(token["name"], dict(token["data"]).get(MARK, ""))
            yield token


class _Parser(HTMLParser):  # type: ignore[misc]  # as above
    """WeasyPrint's parser, which keeps its errors with the place of the tag that causes them.

    A template closes the tags that it opens. So if one template closes another's tag, the first of the two is at fault
    for a tag of that name that is left over.
    """

    def __init__(self, html: str) -> None:
        super().__init__(namespace_html_elements=False)
        self.lines, self.faults = html.split("\n"), dict[str, Fault]()
        self.crossed, self.unclosed = dict[str, tuple[str, str]](), set[str]()
        self.container, self.scripting, self.tokenizer = None, False, _Tokenizer(html, parser=self)
        self.reset()
        self.main_loop()

    def meet(self, name: str, place: str) -> None:
        """Note an end tag that closes the tag of another template."""
        opened = next((each for each in reversed(self.tree.open_elements) if each.name == name), None)
        began = opened.attributes.get(MARK, "") if opened else ""
        if began and place and began.rpartition(":")[0] != place.rpartition(":")[0]:
            self.crossed.setdefault(name, (began, place))

    def parse_error(self, errorcode: str, datavars: dict[str, str] | None = None) -> None:
        """Keep an error as a fault, unless it changes nothing in print."""
        given = datavars or {}
        if errorcode in HARMLESS:
            return
        name = given.get("name", given.get("gotName", "")) if OF_AN_END.search(errorcode) else ""
        *_, last = self.tree.open_elements or [None]
        is_open = any(each.name == name for each in self.tree.open_elements)
        # The parser opens a paragraph for a </p> that closes none. Where two tags overlap, the first is at fault.
        if name and is_open and last.name != name:
            self.unclosed.add(last.name)
            close = f"close it with </{last.name}>, or delete it"
            place, _ = self.crossed.get(last.name, (last.attributes.get(MARK) or self._here(), ""))
            self._keep(f"<{last.name}> is never closed", close, place)
        elif name in self.unclosed:
            # It was reported as never closed.
            return
        elif name:
            _, place = self.crossed.get(name, ("", self._here()))
            self._keep(f"</{name}> has no opening tag", OF_A_PARAGRAPH if name == "p" else STRAY, place)
        elif errorcode in WORDS:
            message, hint = WORDS[errorcode]
            self._keep(message.format(**given), hint.format(**given), self._here())
        else:
            words = " ".join((errorcode.replace("-", " "), *given.values()))
            self._keep(f"the page's HTML has a fault: {words}", CHECK, self._here())

    def _keep(self, message: str, hint: str, place: str) -> None:
        self.faults.setdefault(place, Fault(message, hint, place))

    def _here(self) -> str:
        """Return the place of the last tag that has been read."""
        line, column = self.tokenizer.stream.position()
        read = "\n".join((*self.lines[: line - 1], self.lines[line - 1][:column]))
        return next(iter(MARKED.findall(read)[-1:]), "")


OF_AN_END = re.compile("end-tag|adoption")
HARMLESS = frozenset((
    # WeasyPrint has one way to lay out pages, with a doctype or without.
    "expected-doctype-but-got-start-tag", "expected-doctype-but-got-chars", "expected-doctype-but-got-eof",
    "unknown-doctype",
    # HTML lets a caption end where the rows begin.
    "unexpected-table-start-tag-in-caption",
    # An ampersand prints as it is typed.
    "expected-named-entity", "named-entity-without-semicolon",
    # The marks of end tags.
    "attributes-in-end-tag",
))  # fmt: skip
STRAY = "delete it, or add the tag that it should close"
OF_A_PARAGRAPH = (
    "write <div> instead of its <p>, which ends where a list, a table, a heading or a <div> begins; or delete it"
)
CHECK = "compare the line with the other pages in layouts/"
QUOTES = ("an attribute lacks a quotation mark or a space", 'write each as name="value", with a space between two')
WORDS = {
    "duplicate-attribute": ("a tag has the same attribute twice", "delete one of the two"),
    "non-void-element-with-trailing-solidus": ("<{name}/> doesn't close the element", "write <{name}></{name}>"),
    "unexpected-start-tag-implies-table-voodoo": (
        "<{name}> is in a table, but in none of its cells, so it would print above the table", "move it into a <td>",
    ),
    "unexpected-cell-in-table-body": ("a <{name}> is in no row of its table", "put <tr> … </tr> round it"),
    "unexpected-start-tag-implies-end-tag": ("a <{startName}> is inside another", "close the first of the two"),
    "expected-tag-name": ("a < in the text begins no tag", "&lt;"),
    "unexpected-character-after-attribute-value": QUOTES,
    "invalid-character-in-attribute-name": QUOTES,
    "unexpected-character-in-unquoted-attribute-value": QUOTES,
    "eof-in-attribute-value-double-quote": QUOTES,
}  # fmt: skip
"""The commonest errors of the parser, each with the message and the hint for a designer."""
