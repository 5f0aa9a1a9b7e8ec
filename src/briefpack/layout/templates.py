"""Check the templates of pages: elements, attributes, ids, fields and blocks that don't exist, or never print."""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping

from briefpack.layout import addresses, classes
from briefpack.problem import Owner, Problem, nearest


def html(shown: str, text: str, pages: Collection[str]) -> Iterator[Problem]:
    """Check the names in a page; `pages` are the paths of all pages, from the project's folder.

    Only a name that nearly matches a known one is reported: another may be meant for a program of the layout's own.
    """
    plain = REMARK.sub(lambda found: "\n" * found[0].count("\n"), text)
    filled = classes.CODE.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), plain)
    if half := next(_unclosed(filled), None):
        place, name, mark = half
        message = f"the {mark} after {name}= is not closed"
        yield _problem(shown, plain, place, message, f"close it with {mark} before the > of the tag")
        return
    for tag in HTML_TAG.finditer(filled):
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


HTML_TAG = re.compile(r"<([a-zA-Z][\w-]*)(?=[\s/>])((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
TAG_NAME = re.compile(r"<[a-zA-Z][\w-]*(?=[\s/>])")
ATTRIBUTE = re.compile(
    r"""[\s/\0]+|(?P<name>[\w:.@-]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"?|'(?P<single>[^']*)'?|[^\s"'<>]+))?"""
)
REMARK = re.compile(r"\{#.*?#\}|<!--.*?-->|<(style|script|svg)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
ATTRIBUTE_NAME = re.compile(r"(?<![\w\0-])[a-zA-Z][\w-]*(?![\w\0-])")
TAKEN = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"']+)["'](?!\s*(?:~|ignore\b|\bif\b))""")
LANGUAGE = re.compile(r"""\slang\s*=\s*["']([^"'{]*)["']""")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
NEAR_HTML = 0.65
ELEMENTS = frozenset((
    "a", "abbr", "address", "article", "aside", "audio", "b", "base", "bdi", "bdo", "blockquote", "body", "br",
    "button", "canvas", "caption", "cite", "code", "col", "colgroup", "data", "datalist", "dd", "del", "details",
    "dfn", "dialog", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins",
    "kbd", "label", "legend", "li", "link", "main", "map", "mark", "menu", "meta", "meter", "nav", "noscript",
    "object", "ol", "optgroup", "option", "output", "p", "param", "picture", "pre", "progress", "q", "rp", "rt",
    "ruby", "s", "samp", "script", "search", "section", "select", "slot", "small", "source", "span", "strong", "style",
    "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time",
    "title", "tr", "track", "u", "ul", "var", "video", "wbr",
))  # fmt: skip
ATTRIBUTES = frozenset((
    "abbr", "accesskey", "align", "alt", "async", "border", "bgcolor", "cellpadding", "cellspacing", "charset",
    "checked", "cite", "class", "color", "cols", "colspan", "content", "contenteditable", "controls", "coords", "data",
    "datetime", "dir", "disabled", "download", "draggable", "for", "form", "headers", "height", "hidden", "href",
    "hreflang", "id", "inert", "ismap", "itemprop", "itemscope", "itemtype", "kind", "label", "lang", "list",
    "loading", "loop", "max", "media", "method", "min", "multiple", "name", "nowrap", "open", "pattern", "placeholder",
    "poster", "property", "readonly", "rel", "required", "reversed", "role", "rows", "rowspan", "scope", "shape",
    "size", "sizes", "slot", "span", "spellcheck", "src", "srcdoc", "srclang", "srcset", "start", "style", "summary",
    "tabindex", "target", "title", "translate", "type", "usemap", "valign", "value", "version", "width", "wrap",
    "xmlns",
))  # fmt: skip


def _check_tag(shown: str, text: str, tag: re.Match[str]) -> Iterator[Problem]:
    """Check the name of a tag, and the names of its attributes."""
    name = tag[1].lower()
    if name not in ELEMENTS and (near := _near(name, ELEMENTS)):
        yield _problem(shown, text, tag.start(), f'there is no element "{tag[1]}"', near)
    inside = VALUE.sub(lambda found: " " * len(found[0]), tag[2])
    for found in ATTRIBUTE_NAME.finditer(inside):
        attribute = found[0].lower()
        known = attribute in ATTRIBUTES or attribute.startswith(("data-", "aria-", "on"))
        if not known and (near := _near(attribute, ATTRIBUTES)):
            yield _problem(shown, text, tag.start(2) + found.start(), f'there is no attribute "{found[0]}"', near)


def _unclosed(filled: str) -> Iterator[tuple[int, str, str]]:
    """Yield each attribute's value that runs on into another tag: its place, the attribute and the quotation mark."""
    for tag in TAG_NAME.finditer(filled):
        at = tag.end()
        while part := ATTRIBUTE.match(filled, at):
            for group, mark in (("double", '"'), ("single", "'")):
                if INTO_A_TAG.search(part[group] or ""):
                    yield part.start(group), part["name"], mark
                    return
            at = part.end()


INTO_A_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|>\s*<")


def _near(name: str, known: frozenset[str]) -> str:
    """Return the known name that another nearly matches; nothing if none does."""
    letters = [each for each in sorted(known) if sorted(each) == sorted(name)]
    return (letters or difflib.get_close_matches(name, sorted(known), n=1, cutoff=NEAR_HTML) or [""])[0]


def _problem(shown: str, text: str, start: int, message: str, hint: str) -> Problem:
    return Problem(shown, text.count("\n", 0, start) + 1, message, hint, Owner.LAYOUT)


def fields(shown: str, page: str, known: Collection[str]) -> Iterator[Problem]:
    """Check the fields that a page names; `known` are the fields of every part of a brief.

    A name may be an id of the brief, so only one that nearly matches a field is reported.
    """
    for line, name in _in_fields(page):
        if name not in known and (near := difflib.get_close_matches(name, known, n=1, cutoff=NEAR_FIELD)):
            yield Problem(shown, line, f'no part of a brief has a field called "{name}"', near[0], Owner.LAYOUT)


FIELD = re.compile(r"""\bdata-field\s*=\s*(?:"([^"]*)"|'([^']*)')""")
PART = re.compile(r"""["'](\.?[a-z_]+(?:\.[a-z_]+)*\.?)["']""")
"""A string in a tag that may be a part of a field's name, such as `".why"`, because it has a full stop in it."""
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
UNKNOWN = "\0"
"""The mark in place of the parts of a name that a tag fills in."""
FIELD_NAME = re.compile(r"[a-z_]+")
NEAR_FIELD = 0.8


def _in_fields(page: str) -> Iterator[tuple[int, str]]:
    """Yield each name in the fields of a page, with its line."""
    for found in FIELD.finditer(page):
        yield from _parts_of(page, found.start(), JINJA.sub(UNKNOWN, found[1] or found[2] or ""))
    for tag in JINJA.finditer(page):
        for found in PART.finditer(tag[0]) if not tag[0].startswith("{#") else ():
            if "." in found[1]:
                yield from _parts_of(page, tag.start() + found.start(), found[1])


def _parts_of(page: str, start: int, field: str) -> Iterator[tuple[int, str]]:
    line = page.count("\n", 0, start) + 1
    for part in field.split("."):
        # A name that a tag continues is unknown; one that it precedes may be whole: {{ field }}standfirst.
        if not part.endswith(UNKNOWN) and FIELD_NAME.fullmatch(name := part.rpartition(UNKNOWN)[2]):
            yield line, name


def ids(own: Mapping[str, str], pages: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning for each id that the pages in `own` refer to and no page has, and for each invalid `data-read`.

    An element may be left out of a page, so it is enough that some page might have the id.
    """
    bare = [classes.REMARK.sub(" ", text) for text in pages.values()]
    written = {word for text in bare for word in _ids_of(text)}
    known = written.union(*map(_in_code, bare))
    begun = tuple(word for word in known if word.endswith("-"))
    for shown, text in own.items():
        plain = classes.REMARK.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        code = [each.span() for each in classes.CODE.finditer(plain)]
        for found in NAMING.finditer(plain):
            # An argument of a call may have the name of an attribute.
            if any(start < found.start(1) < end for start, end in code):
                continue
            line = plain.count("\n", 0, found.start(1)) + 1
            for message, hint in _faults_of_id(found[1], found[2] or found[3] or "", known, begun, written):
                yield Problem(shown, line, message, hint, Owner.LAYOUT, warning=True)


NAMING = re.compile(
    r"""\s(data-read|aria-(?:labelledby|describedby|details|owns|controls|flowto)|for|headers)=(?:"((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*+)"|'([^']*)')""",
    re.DOTALL,
)
ID = re.compile(r"""\sid\s*=\s*(?:"((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*+)"|'([^']*)'|([\w-]+))""", re.DOTALL)
READ = "data-read"
ALONE, BESIDE = ("first", "last"), ("before", "after", "into")
"""What `data-read` may say: in its parent, or beside or within the element of an id."""
PLACES = "first, last, before ID, after ID or into ID"


def _faults_of_id(
    attribute: str, value: str, known: Collection[str], begun: tuple[str, ...], written: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the message and the hint for each word of an attribute that means nothing; hints suggest `written` ids."""
    words = classes.TAGS.sub(" ", classes.PRINTED.sub("\0", value)).split()
    if attribute == READ and words and "\0" not in words[0]:
        place, *words = words
        if place not in (*ALONE, *BESIDE) or (place in BESIDE) != bool(words):
            yield f'{READ}="{value}" says no place, so the element is read where it is', PLACES
            return
    for word in words:
        start, filled, _ = word.partition("\0")
        if start and not _exists(start, bool(filled), known, begun):
            message = f'{attribute}: no page has an element with the id "{start}{"…" if filled else ""}"'
            yield (
                message,
                nearest(start, written, most=0) or "add the id to the element that is meant, or delete the attribute",
            )


def _exists(start: str, is_begun: bool, known: Collection[str], begun: tuple[str, ...]) -> bool:
    """Return whether a page may have an id, or an id with this beginning."""
    begins = is_begun and any(each.startswith(start) or start.startswith(each) for each in known)
    return begins or start in known or start.startswith(begun)


def _ids_of(text: str) -> Iterator[str]:
    """Yield each word of the ids of a page: an id, or its beginning."""
    for found in ID.finditer(text):
        value = next((each for each in found.groups() if each is not None), "")
        yield from classes.WORD.findall(classes.CODE.sub(" ", value))


def _in_code(text: str) -> set[str]:
    """Return each word in the texts of a page's code, which may be an id, or its beginning."""
    texts = (one or two for code in classes.CODE.findall(text) for one, two in classes.TEXT.findall(code))
    return {word for each in texts for word in classes.WORD.findall(each)}


def blocks(pages: Mapping[str, str], layout: str) -> Iterator[Problem]:
    """Check the blocks of the pages of a layout and of the shared pages, among the texts of all pages."""
    folders = (f"{addresses.FOLDER}/{layout}/", f"{addresses.FOLDER}/shared/")
    for path, text in pages.items():
        if path.startswith(folders) and (known := _above(text, pages)):
            yield from _without_one_above(path, text, known)
            yield from _outside(path, text, known)


EXTENDS = re.compile(r"\{%[-+]?\s*extends\s+(.+?)\s*[-+]?%\}")
BLOCK = re.compile(r"\{#.*?#\}|\{%[-+]?\s*(?:block\s+(?P<name>\w+)|(?P<end>endblock)\b)", re.DOTALL)


def _without_one_above(path: str, text: str, known: set[str]) -> Iterator[Problem]:
    """Yield a problem for each block of a page that no page that it extends has, so that it never prints."""
    for name, line, depth in _blocks(text):
        if depth == 0 and name not in known and f"self.{name}" not in text:
            message = f'no page that this one extends has a block "{name}", so the block never prints'
            yield Problem(path, line, message, nearest(name, known), Owner.LAYOUT)


def _outside(path: str, text: str, known: set[str]) -> Iterator[Problem]:
    """Yield a problem for the first text of a page that is after its `extends` and outside its blocks and macros."""
    begins = EXTENDS.search(text)
    for start, end in _gaps(text, begins.end()) if begins else ():
        if found := re.search(r"\S", text[start:end]):
            line = text.count("\n", 0, start + found.start()) + 1
            message = "this is outside the blocks of a page that extends another, so it never prints"
            before = [name for name, at, _ in _blocks(text) if name in known and at <= line]
            hint = f"move it into {{% block {before[-1] if before else min(known)} %}}, or another block"
            yield Problem(path, line, message, hint, Owner.LAYOUT)
            return


def _gaps(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a page between its tags and comments, outside any block, macro or `set`."""
    depth = 0
    for tag in ANY_TAG.finditer(text, start):
        if depth == 0:
            yield start, tag.start()
        depth += bool(tag["begin"]) - bool(tag["end"])
        start = tag.end()
    yield start, len(text)


ANY_TAG = re.compile(
    r"\{#.*?#\}|<!--.*?-->|\{%[-+]?\s*(?:(?P<begin>block\b|macro\b|set\b(?=[^=%]*%\}))|(?P<end>end(?:block|macro|set)\b))?.*?%\}",
    re.DOTALL,
)
"""A comment or a tag; `begin` and `end` match the tags around a block, a macro or a `set`."""


def _above(text: str, texts: Mapping[str, str]) -> set[str]:
    """Return the blocks of all the pages that a page extends; none if it extends no page, or an uncertain one."""
    known: set[str] = set()
    seen: set[str] = set()
    while found := EXTENDS.search(text):
        above = f"{addresses.FOLDER}/{found[1][1:-1]}"
        if above not in texts or above in seen:
            return set()
        seen.add(above)
        text = texts[above]
        known |= {name for name, _, _ in _blocks(text)}
    return known


def _blocks(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the name and line of each block of a page, and the number of blocks around it."""
    depth = 0
    for tag in BLOCK.finditer(text):
        if tag["name"]:
            yield tag["name"], text.count("\n", 0, tag.start()) + 1, depth
            depth += 1
        elif tag["end"]:
            depth -= 1
