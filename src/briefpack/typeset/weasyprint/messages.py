"""Reword WeasyPrint's log messages for a designer."""

import re
from dataclasses import dataclass

from briefpack.layout import selectors
from briefpack.typeset.weasyprint import corrections
from briefpack.typeset.weasyprint.fetchers import BASE

PLACE = re.compile(r" at (\d+):(\d+)")
DECLARATION = re.compile(r"`([a-z-]+):\s*([^`]+?)\s*`")


@dataclass(frozen=True)
class Message:
    """A log message in a designer's words.

    `about` are the words that identify the line at fault in a page, `line` its number in a style sheet, `column` the
    place in that line, and `declaration` the property and value that WeasyPrint quotes, where the message has them.
    """

    text: str
    hint: str
    about: str
    line: int | None
    column: int | None
    declaration: tuple[str, str] | None
    is_about_font: bool
    is_about_image: bool


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
    )


def refused(name: str, value: str) -> tuple[str, str]:
    """Return the text and the hint for a declaration whose value isn't allowed once its `var()` is replaced."""
    return f'"{name}" cannot be "{" ".join(value.split())}"', SEMICOLON if RUN_TOGETHER.search(value) else _hint(
        name, value
    )


def _hint(name: str, value: str) -> str:
    """Return the fix of a value: what was meant, such as a hyphen where a dash was typed for a minus, if that is clear."""
    if DASH.search(value):
        return f"{DASH.sub('-', value)}, with a hyphen for the minus"
    meant = corrections.of_value(name, value)
    return f"{name}: {meant}" if meant else VALUE


def _reworded(logged: str) -> tuple[str, str, str]:
    """Return a message's text and hint, and the words that identify the line at fault."""
    logged = logged.replace(f"{BASE}/layouts/", "").replace(f"{BASE}/", "")
    for pattern, text, hint, about in REWORDED:
        if found := re.search(pattern, logged, re.DOTALL):
            shown = [DATA.sub(r"\1…", words) for words in found.groups()] or [""]
            fix = _fix(hint, shown)
            words = (each.rstrip("…") for each in shown)
            return " ".join(text.format(*shown).split()), fix, about.format(*words)
    logged = DATA.sub(r"\1…", logged)
    logged = logged.replace("Invalid", "wrong").replace("invalid", "wrong")
    return logged[0].lower() + logged[1:].rstrip("."), SPELLING, ""


def _fix(hint: str, shown: list[str]) -> str:
    """Return the hint of a message about some words, with what was meant if that is clear."""
    if hint == VALUE:
        return _hint(shown[0], shown[-1])
    if hint == PROPERTY:
        return corrections.of_property(shown[0]) or SPELLING
    return selectors.hint(shown[0]) if hint == SELECTOR else hint.replace("{0}", shown[0])


DATA = re.compile(r"(data:[\w/+.=-]{0,40}).*", re.DOTALL)
SPELLING = "check the spelling; if WeasyPrint doesn't support it, delete the line"
PROPERTY, SELECTOR = "as the nearest property", "as the nearest selector"
"""Hints that depend on the words that a message is about."""
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
    (r"selector, '\s*(.*?)\s*'", 'WeasyPrint does not support the selector "{0}"', SELECTOR, "{0}"),
    (
        r"^(?:Unknown|Empty) .*rule <AtRule (@(?:supports|container|scope|layer|property|keyframes))\b",
        'WeasyPrint does not support the rule "{0}"',
        "write its rules without {0}, or leave them out: it would ignore them",
        "",
    ),
    (r"^(?:Unknown|Empty) .*rule <AtRule (@[\w-]+)", 'WeasyPrint does not support the rule "{0}" here', SELECTOR, ""),
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
