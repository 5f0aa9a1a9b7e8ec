"""Reword WeasyPrint's log messages for a designer, with the declaration that was meant."""

import difflib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import tinycss2
from weasyprint.css.validation import preprocess_declarations
from weasyprint.css.validation.expanders import EXPANDERS
from weasyprint.css.validation.properties import PROPERTIES

from briefpack.problem import heard_from
from briefpack.typeset.weasyprint import patches
from briefpack.typeset.weasyprint.fetchers import BASE

PLACE = re.compile(r" at (\d+):(\d+)")
DECLARATION = re.compile(r"`([a-z-]+):\s*([^`]+?)\s*`")


@dataclass(frozen=True)
class Message:
    """A log message in a designer's words.

    `words` are the words that it quotes, `about` the words that identify the line at fault in a page, `line` its
    number in a style sheet, `column` the place in that line, and `declaration` the property and value, where the
    message has them.
    """

    text: str
    hint: str
    about: str
    words: tuple[str, ...]
    line: int | None
    column: int | None
    declaration: tuple[str, str] | None
    is_about_font: bool
    is_about_image: bool
    is_about_twins: bool
    is_about_link: bool


def read(logged: str) -> Message:
    """Return a log message of WeasyPrint's, reworded."""
    place, declaration = PLACE.search(logged), DECLARATION.search(logged)
    return Message(
        *_reworded(PLACE.sub("", logged)),
        line=int(place[1]) if place else None,
        column=int(place[2]) if place else None,
        declaration=(declaration[1], declaration[2]) if declaration else None,
        is_about_font=logged.startswith("Font-face"),
        is_about_image=logged.startswith("Image "),
        is_about_twins=logged.startswith("Anchor defined twice"),
        is_about_link=logged.startswith("No anchor #"),
    )


def refused(name: str, value: str) -> tuple[str, str]:
    """Return the text and the hint for a declaration whose value isn't allowed once its `var()` is replaced."""
    hint = SEMICOLON if RUN_TOGETHER.search(value) else _hint(name, value)
    return f'"{name}" cannot be "{" ".join(value.split())}"', hint


def _hint(name: str, value: str) -> str:
    """Return the fix of a value: the value that was meant, if that is clear, such as a hyphen in place of a dash."""
    if DASH.search(value):
        return f"{DASH.sub('-', value)}, with a hyphen for the minus"
    meant = _meant_value(name, value)
    return f"{name}: {meant}" if meant else VALUE


def _reworded(logged: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Return a message's text and hint, the words by which to find the line at fault, and the words that it quotes."""
    logged = logged.replace(f"{BASE}/layouts/", "").replace(f"{BASE}/", "")
    for pattern, text, hint, about in REWORDED:
        if found := re.search(pattern, logged, re.DOTALL):
            shown = [DATA.sub(r"\1…", words) for words in found.groups()] or [""]
            fix = _fix(hint, shown)
            words = tuple(each.rstrip("…") for each in shown)
            return " ".join(text.format(*shown).split()), fix, about.format(*words), words
    logged = DATA.sub(r"\1…", logged)
    logged = logged.replace("Invalid", "wrong").replace("invalid", "wrong")
    return logged[0].lower() + logged[1:].rstrip("."), SPELLING, "", ()


def _fix(hint: str, shown: list[str]) -> str:
    """Return the hint of a message about some words, with the likely correction if that is clear."""
    if hint == VALUE:
        return _hint(shown[0], shown[-1])
    if hint == PROPERTY:
        return _meant_property(shown[0]) or SPELLING
    return hint.replace("{0}", shown[0])


DATA = re.compile(r"(data:[\w/+.=-]{0,40}).*", re.DOTALL)
SPELLING = "check the spelling; if WeasyPrint doesn't support it, delete the line"
PROPERTY = "as the nearest property"
"""A hint that depends on the words that a message is about."""
SEMICOLON = "add a semicolon between the two"
VALUE = "use a value that CSS allows for it"
DASH = re.compile(r"[–—−](?=[\d.])")
RUN_TOGETHER = re.compile(r"\s[\w-]+\s*:")
REWORDED = (
    (r"^Ignored `([^:`]+):.*`, unknown property", 'there is no property "{0}"', PROPERTY, ""),
    (r"^Ignored `([^:`]+):.*`, .*not supported", 'WeasyPrint does not support "{0}"', "delete the line", ""),
    (r"^Ignored `([^:`]+):\s*(.*\s[\w-]+:\s.*)`", '"{0}" cannot be "{1}"', SEMICOLON, ""),
    (r"^Ignored `([^:`]+):\s*(.*)`", '"{0}" cannot be "{1}"', VALUE, ""),
    (
        r"^(?:Parse e|E)rror:? Stop token reached",
        "a declaration has no colon between its property and its value",
        "write it as property: value, with a semicolon after it",
        "",
    ),
    (r"^(?:Parse e|E)rror:? (.*?)\.?$", "the style sheet has a syntax error: {0}", "check brackets and semicolons", ""),
    (r"selector, '\s*(.*?)\s*'", 'WeasyPrint does not support the selector "{0}"', SPELLING, "{0}"),
    (
        r"^(?:Unknown|Empty) .*rule <AtRule (@(?:supports|container|scope|layer|property|keyframes))\b",
        'WeasyPrint does not support the rule "{0}"',
        "write its rules without {0}, or leave them out: it would ignore them",
        "",
    ),
    (r"^(?:Unknown|Empty) .*rule <AtRule (@[\w-]+)", 'WeasyPrint does not support the rule "{0}" here', SPELLING, ""),
    (r"^Anchor defined twice: '(.*)'", 'two elements have the id "{0}"', "give each its own id", 'id="{0}"'),
    (
        r"^No anchor #(.*) for",
        'a link leads to "#{0}", but nothing has that id',
        "add the id, or delete the link",
        "#{0}",
    ),
    (r"undefined anchor .*?'#?([^']*)'", 'nothing has the id "{0}"', "add the id, or delete the reference", ""),
    (
        r"^Font-face '(.*)'",
        'a font file of "{0}" cannot be loaded',
        "copy the file again (OpenType, TrueType or WOFF)",
        '"{0}"',
    ),
    (
        r'^Image "(.*)" has no',
        'the image "{0}" has no alt text',
        'add alt="what it shows"; make a decoration a background in the style sheet',
        "{0}",
    ),
    (
        r"load image at '(.*?)'",
        'the image "{0}" cannot be loaded',
        "use a file in layouts/ that a browser can show",
        "{0}",
    ),
    (
        r"render SVG image (\S+)",
        'the drawing "{0}" cannot be drawn',
        "use a file in layouts/ that a browser can show",
        "{0}",
    ),
    (r"load stylesheet at (\S+)", 'the style sheet "{0}" cannot be loaded', "use a file in layouts/", "{0}"),
    (
        r'required "lang"',
        "the page does not declare its language",
        'write <html lang="{{ brief.language }}">, as in the other pages',
        "<html",
    ),
    (
        r"unsupported by fonts: \"(.*)\" \((.*)\)",
        'no font has "{0}" ({1})',
        "use another character, or add a font that has it to fonts/",
        "{0}",
    ),
)
"""WeasyPrint's warnings in a designer's words: pattern, message, hint, and the words that identify the line."""


UNITS = ("mm", "cm", "pt", "em", "rem", "ex", "ch", "in", "pc", "px", "deg", "dpi", "fr")
KEYWORDS = (
    *("absolute", "after", "all", "always", "anywhere", "auto", "avoid", "avoid-page", "balance", "baseline", "before", "block", "bold"),
    *("bolder", "border-box", "both", "bottom", "break-word", "capitalize", "center", "circle", "clip", "clone", "collapse"),
    *("column", "contain", "content-box", "cover", "currentcolor", "dashed", "decimal", "disc", "dotted", "double"),
    *("ellipsis", "end", "fixed", "flex", "flex-end", "flex-start", "flow-root", "footnote", "full-width", "grid"),
    *("hidden", "inherit", "initial", "inline", "inline-block", "inline-flex", "inside", "italic", "justify", "larger"),
    *("last", "left", "lighter", "line", "line-through", "lining-nums", "list-item", "lowercase", "manual", "medium"),
    *("middle", "no-repeat", "none", "normal", "nowrap", "oblique", "oldstyle-nums", "outside", "padding-box", "page"),
    *("pre", "pre-line", "pre-wrap", "relative", "repeat", "right", "row", "running", "scroll", "separate", "slice"),
    *("small", "small-caps", "smaller", "solid", "space-around", "space-between", "square", "start", "static", "stretch"),
    *("sub", "super", "table", "table-cell", "table-row", "tabular-nums", "text-bottom", "text-top", "thick", "thin", "top"),
    *("transparent", "underline", "uppercase", "visible", "wrap", "black", "white", "grey", "red"),
)  # fmt: skip
WORDS = {
    "thin": "100", "light": "300", "regular": "400", "semibold": "600", "demibold": "600", "extrabold": "800",
    "heavy": "900", "off": "none", "on": "auto",
}  # fmt: skip
"""The CSS values for words that other programs use."""
NEAR = 0.7


def _meant_property(name: str) -> str:
    """Return the property that a misspelt one is meant for; nothing if no property is like it."""
    american = name.replace("colour", "color").replace("centre", "center")
    if american in ("text-color", "font-color"):
        return "color"
    known = (*PROPERTIES, *EXPANDERS)
    return next(iter(difflib.get_close_matches(american, known, n=1, cutoff=NEAR)), "")


@lru_cache(maxsize=256)
def _meant_value(name: str, value: str) -> str:
    """Return the value that a property is meant to have; nothing if no correction of it is allowed."""
    return next((each for each in _candidates(value) if each != value and _is_allowed(name, each)), "")


def _candidates(value: str) -> Iterator[str]:
    """Yield values that may have been meant: the nearest first."""
    yield value.translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"})
    yield re.sub(r"(?<=\d) +(?=(?:mm|cm|pt|em|%)(?!\w))", "", value)
    yield re.sub(r"(?<=\d),(?=\d)", ".", value)
    yield re.sub(r"(?<=\d)([a-zA-Z]+)\b", lambda found: _near(found[1], UNITS), value)
    yield re.sub(r"\s*\+\s*|(?<=\))-\s*|\s*-(?=var\()", lambda found: f" {found[0].strip()} ", value)
    yield re.sub(r"(?<![\w#-])([0-9A-Fa-f]{6})(?!\w)", r"#\1", value)
    yield re.sub(
        r"(?<![\w.#-])(-?(?:\d*\.)?\d+)(?![\w.%])", lambda found: found[1] + "mm" * (float(found[1]) != 0), value
    )
    yield " ".join(value.replace(",", " ").split())
    yield WORDS.get(next(iter(difflib.get_close_matches(value.lower(), WORDS, n=1, cutoff=NEAR)), ""), value)
    for word in re.findall(r"(?<![\w(#-])[a-zA-Z-]{3,}(?![\w(])", value):
        for near in difflib.get_close_matches(word.lower(), KEYWORDS, n=3, cutoff=NEAR):
            yield re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", near, value)


def _near(word: str, known: tuple[str, ...]) -> str:
    return word if word in known else next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.5)), word)


def _is_allowed(name: str, value: str) -> bool:
    """Return whether WeasyPrint allows a value for a property, with some value in place of each token."""
    with heard_from("weasyprint"), suppress(*patches.CRASHES):
        return any(
            [*preprocess_declarations("", tinycss2.parse_blocks_contents(f"{name}: {TOKEN.sub(stand_in, value)}"))]
            for stand_in in STAND_INS
        )
    return False


TOKEN = re.compile(r"var\(\s*--[\w-]+\s*\)")
STAND_INS = ("1mm", "red", "serif")
"""The values that a token may stand for: a length, a colour and a family."""
