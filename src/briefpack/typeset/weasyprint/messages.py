"""Reword WeasyPrint's log messages for a designer."""

import re
from typing import NamedTuple

from weasyprint.css.validation.expanders import EXPANDERS
from weasyprint.css.validation.properties import PROPERTIES

from briefpack.layout.addresses import MADE
from briefpack.problem import nearest
from briefpack.typeset.weasyprint.fetchers import BASE

PLACE = re.compile(r" at (\d+):(\d+)")


class Message(NamedTuple):
    """A log message in a designer's words.

    `about` is a pattern of what the faulty page, style sheet or list of fonts has, and `place` the line and the column
    of the style sheet, where the message has them.
    """

    text: str
    hint: str
    about: str
    place: tuple[int, int] | None


def read(logged: str) -> Message:
    """Return a log message of WeasyPrint's, reworded."""
    found = PLACE.search(logged)
    place = (int(found[1]), int(found[2])) if found else None
    logged = PLACE.sub("", logged).replace(f"{BASE}/layouts/", "").replace(f"{BASE}/", "")
    for pattern, text, hint, about in REWORDED:
        if found := re.search(pattern, logged, re.DOTALL):
            shown = [DATA.sub(r"\1…", words) for words in found.groups()]
            said = " ".join(text.format(*shown).split())
            typed = (re.escape(words.rstrip("…")) for words in shown)
            return Message(said, _hint(hint, shown), about.format(*typed), place)
    logged = DATA.sub(r"\1…", logged).replace("Invalid", "wrong").replace("invalid", "wrong")
    return Message(logged[0].lower() + logged[1:].rstrip("."), SPELLING, "", place)


def _hint(hint: str, shown: list[str]) -> str:
    if hint == PROPERTY:
        return nearest(shown[0], (*PROPERTIES, *EXPANDERS), most=0) or SPELLING
    return hint.replace("{0}", shown[0]) if shown else hint


# An address with its file in it, which may be as long as the file.
DATA = re.compile(r"(data:[\w/+.=-]{0,40}).*", re.DOTALL)
SPELLING = "check the spelling; if WeasyPrint doesn't support it, delete the line"
PROPERTY = "the nearest property"
"""A hint that depends on the property that a message is about."""
SEMICOLON = "add a semicolon between the two"
VALUE = "use a value that CSS allows for it"
ALT = 'add alt="what it shows"; make a decoration a background in the style sheet'
# A tag of an image without words for it.
NO_ALT = r"<img\b(?![^>]*\salt=\"[^\"])[^>]*"
REWORDED = (
    (r"^Ignored `([^:`]+):.*`, unknown property", 'there is no property "{0}"', PROPERTY, r"\b{0}\s*:"),
    (r"^Ignored `([^:`]+):.*`, .*not supported", 'WeasyPrint does not support "{0}"', "delete the line", r"\b{0}\s*:"),
    (r"^Ignored `([^:`]+):\s*(.*\s[\w-]+:\s.*?)\s*`", '"{0}" cannot be "{1}"', SEMICOLON, r"\b{0}\s*:\s*{1}"),
    (r"^Ignored `([^:`]+):\s*(.*?)\s*`", '"{0}" cannot be "{1}"', VALUE, r"\b{0}\s*:\s*{1}"),
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
    (
        r"^Anchor defined twice: '(.*)'",
        'two elements have the id "{0}"',
        "give each its own id; print a slot once on a page",
        'id="{0}"',
    ),
    (
        r"^No anchor #(.*) for",
        'a link leads to "#{0}", but nothing has that id',
        "add the id, or delete the link",
        'href="#{0}"',
    ),
    (r"undefined anchor .*?'#?([^']*)'", 'nothing has the id "{0}"', "add the id, or delete the reference", ""),
    (
        r"^Font-face '(.*)'",
        'a font file of "{0}" cannot be loaded',
        "copy the file again (OpenType, TrueType or WOFF)",
        '"{0}"',
    ),
    (rf'^Image "({MADE}.*)" has no', "an image has no alt text", ALT, NO_ALT + "{0}"),
    (r'^Image "(.*)" has no', 'the image "{0}" has no alt text', ALT, NO_ALT + "{0}"),
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
"""WeasyPrint's warnings in a designer's words: pattern, message, hint, and a pattern of what is at fault."""
