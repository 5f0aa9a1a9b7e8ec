"""Reword WeasyPrint's log messages for a designer."""

import re
from dataclasses import dataclass

from briefpack.typeset.weasyprint.fetchers import BASE

PLACE = re.compile(r" at (\d+):(\d+)")
DECLARATION = re.compile(r"`([a-z-]+):\s*([^`]+?)\s*`")


@dataclass(frozen=True)
class Message:
    """A log message in a designer's words.

    `about` are the words that identify the line at fault in a page, `line` its number in a style sheet, and
    `declaration` the property and value that WeasyPrint quotes, where the message has them.
    """

    text: str
    hint: str
    about: str
    line: int | None
    declaration: tuple[str, str] | None
    is_about_font: bool
    is_about_image: bool


def read(logged: str) -> Message:
    """Return a log message of WeasyPrint's, reworded."""
    place, declaration = PLACE.search(logged), DECLARATION.search(logged)
    return Message(
        *_reworded(PLACE.sub("", logged)),
        line=int(place[1]) if place else None,
        declaration=(declaration[1], declaration[2]) if declaration else None,
        is_about_font=logged.startswith("Font-face"),
        is_about_image=logged.startswith("Image "),
    )


def _reworded(logged: str) -> tuple[str, str, str]:
    """Return a message's text and hint, and the words that identify the line at fault."""
    logged = logged.replace(f"{BASE}/layouts/", "").replace(f"{BASE}/", "")
    for pattern, text, hint, about in REWORDED:
        if found := re.search(pattern, logged, re.DOTALL):
            shown = [DATA.sub(r"\1…", words) for words in found.groups()]
            return " ".join(text.format(*shown).split()), hint, about.format(*(words.rstrip("…") for words in shown))
    logged = DATA.sub(r"\1…", logged)
    logged = logged.replace("Invalid", "wrong").replace("invalid", "wrong")
    return logged[0].lower() + logged[1:].rstrip("."), SPELLING, ""


DATA = re.compile(r"(data:[\w/+.=-]{0,40}).*", re.DOTALL)
SPELLING = "check the spelling; if WeasyPrint doesn't support it, delete the line"
REWORDED = (
    (r"^Ignored `([^:`]+):.*`, unknown property", 'there is no property "{0}"', SPELLING, ""),
    (r"^Ignored `([^:`]+):.*`, .*not supported", 'WeasyPrint does not support "{0}"', "delete the line", ""),
    (r"^Ignored `([^:`]+):\s*(.*\s[\w-]+:\s.*)`", '"{0}" cannot be "{1}"', "add a semicolon between the two", ""),
    (r"^Ignored `([^:`]+):\s*(.*)`", '"{0}" cannot be "{1}"', "use a value that CSS allows for it", ""),
    (
        r"^(?:Parse e|E)rror:? Stop token reached",
        "a declaration has no colon between its property and its value",
        "write it as property: value, with a semicolon after it",
        "",
    ),
    (r"^(?:Parse e|E)rror:? (.*?)\.?$", "the style sheet has a syntax error: {0}", "check brackets and semicolons", ""),
    (r"selector, '\s*(.*?)\s*'", 'WeasyPrint does not support the selector "{0}"', SPELLING, "{0}"),
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
