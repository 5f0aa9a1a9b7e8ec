"""Check the elements, attributes and files that pages name: a browser ignores those that don't exist, and so does print."""

import difflib
import re
from collections.abc import Collection, Iterator

from briefpack.problem import Owner, Problem, nearest

TAG = re.compile(r"<([a-zA-Z][\w-]*)(?=[\s/>])((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
NAME = re.compile(r"<[a-zA-Z][\w-]*(?=[\s/>])")
PART = re.compile(
    r"""[\s/\0]+|(?P<name>[\w:.@-]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"?|'(?P<single>[^']*)'?|[^\s"'<>]+))?"""
)
FILLED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
REMARK = re.compile(r"\{#.*?#\}|<!--.*?-->|<(style|script|svg)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
ATTRIBUTE = re.compile(r"(?<![\w\0-])[a-zA-Z][\w-]*(?![\w\0-])")
TAKEN = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"']+)["'](?!\s*(?:~|ignore\b|\bif\b))""")
LANGUAGE = re.compile(r"""\slang\s*=\s*["']([^"'{]*)["']""")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
NEAR = 0.65
ELEMENTS = frozenset(
    [
        "a",
        "abbr",
        "address",
        "article",
        "aside",
        "audio",
        "b",
        "base",
        "bdi",
        "bdo",
        "blockquote",
        "body",
        "br",
        "button",
        "canvas",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "data",
        "datalist",
        "dd",
        "del",
        "details",
        "dfn",
        "dialog",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "legend",
        "li",
        "link",
        "main",
        "map",
        "mark",
        "menu",
        "meta",
        "meter",
        "nav",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "output",
        "p",
        "param",
        "picture",
        "pre",
        "progress",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "script",
        "search",
        "section",
        "select",
        "slot",
        "small",
        "source",
        "span",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "track",
        "u",
        "ul",
        "var",
        "video",
        "wbr",
    ]
)
ATTRIBUTES = frozenset(
    [
        "abbr",
        "accesskey",
        "align",
        "alt",
        "async",
        "border",
        "bgcolor",
        "cellpadding",
        "cellspacing",
        "charset",
        "checked",
        "cite",
        "class",
        "color",
        "cols",
        "colspan",
        "content",
        "contenteditable",
        "controls",
        "coords",
        "data",
        "datetime",
        "dir",
        "disabled",
        "download",
        "draggable",
        "for",
        "form",
        "headers",
        "height",
        "hidden",
        "href",
        "hreflang",
        "id",
        "inert",
        "ismap",
        "itemprop",
        "itemscope",
        "itemtype",
        "kind",
        "label",
        "lang",
        "list",
        "loading",
        "loop",
        "max",
        "media",
        "method",
        "min",
        "multiple",
        "name",
        "nowrap",
        "open",
        "pattern",
        "placeholder",
        "poster",
        "property",
        "readonly",
        "rel",
        "required",
        "reversed",
        "role",
        "rows",
        "rowspan",
        "scope",
        "shape",
        "size",
        "sizes",
        "slot",
        "span",
        "spellcheck",
        "src",
        "srcdoc",
        "srclang",
        "srcset",
        "start",
        "style",
        "summary",
        "tabindex",
        "target",
        "title",
        "translate",
        "type",
        "usemap",
        "valign",
        "value",
        "version",
        "width",
        "wrap",
        "xmlns",
    ]
)


def check(shown: str, text: str, pages: Collection[str]) -> Iterator[Problem]:
    """Check the names in a page; `pages` are the paths of all pages, from the project's folder.

    Only a name that nearly matches a known one is reported: another may be meant for a program of the layout's own.
    """
    plain = REMARK.sub(lambda found: "\n" * found[0].count("\n"), text)
    filled = FILLED.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), plain)
    if half := next(_unclosed(filled), None):
        place, name, mark = half
        message = f"the {mark} after {name}= is not closed"
        yield _problem(shown, plain, place, message, f"close it with {mark} before the > of the tag")
        return
    for tag in TAG.finditer(filled):
        yield from _check_tag(shown, filled, tag)
    for tag in TAKEN.finditer(plain):
        if f"layouts/{tag[1]}" not in pages:
            known = [path.removeprefix("layouts/") for path in pages]
            hint = nearest(tag[1], known, most=0) or "a page by its path from layouts/, such as shared/page.html"
            yield _problem(shown, plain, tag.start(), f'there is no page "{tag[1]}" in layouts/', hint)
    for found in LANGUAGE.finditer(plain):
        if not LANGUAGE_TAG.fullmatch(found[1]):
            hint = 'lang="{{ locale.hyphenation }}", or a tag such as en-AU'
            yield _problem(shown, plain, found.start(1), f'"{found[1]}" is not the tag of a language', hint)


def _check_tag(shown: str, text: str, tag: re.Match[str]) -> Iterator[Problem]:
    """Check the name of a tag and those of its attributes."""
    name = tag[1].lower()
    if name not in ELEMENTS and (near := _near(name, ELEMENTS)):
        yield _problem(shown, text, tag.start(), f'there is no element "{tag[1]}"', near)
    inside = VALUE.sub(lambda found: " " * len(found[0]), tag[2])
    for found in ATTRIBUTE.finditer(inside):
        attribute = found[0].lower()
        known = attribute in ATTRIBUTES or attribute.startswith(("data-", "aria-", "on"))
        if not known and (near := _near(attribute, ATTRIBUTES)):
            yield _problem(shown, text, tag.start(2) + found.start(), f'there is no attribute "{found[0]}"', near)


def _unclosed(filled: str) -> Iterator[tuple[int, str, str]]:
    """Yield each attribute's value that runs on into another tag: its place, the attribute and the quotation mark."""
    for tag in NAME.finditer(filled):
        at = tag.end()
        while part := PART.match(filled, at):
            for group, mark in (("double", '"'), ("single", "'")):
                if INTO_A_TAG.search(part[group] or ""):
                    yield part.start(group), part["name"], mark
                    return
            at = part.end()


INTO_A_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|>\s*<")


def _near(name: str, known: frozenset[str]) -> str:
    """Return the known name that another nearly matches; nothing if none does."""
    letters = [each for each in sorted(known) if sorted(each) == sorted(name)]
    return (letters or difflib.get_close_matches(name, sorted(known), n=1, cutoff=NEAR) or [""])[0]


def _problem(shown: str, text: str, start: int, message: str, hint: str) -> Problem:
    return Problem(shown, text.count("\n", 0, start) + 1, message, hint, Owner.LAYOUT)
