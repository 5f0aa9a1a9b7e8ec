"""Find the classes that pages give to their elements, and the beginnings of those that they build from a value."""

import re
from collections.abc import Iterable, Iterator

from briefpack.layout import css

WORD = re.compile(r"[A-Za-z_][\w-]*")
CLASS = re.compile(r'\sclass="((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*+)"', re.DOTALL)
PRINTED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
TAGS = re.compile(r"\{%.*?%\}", re.DOTALL)
REMARK = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
TEXT = re.compile(r"\"([^\"]*)\"|'([^']*)'")
PLAIN = re.compile(r"%\}([\w \n-]+)\{%")
"""Words alone between two tags of Jinja, which may be those of a class: `{% block kind %}cover{% endblock %}`."""
NO_CLASS = re.compile(
    r"""\b(?:label|sheet|slot|map|image|logo|partner_logos|signature|portrait|chart|selectattr|rejectattr|replace|join)\(\s*(?:"[^"]*"|'[^']*')"""
    r"""|\b(?:include|extends|import|from|attribute\s*=)\s*(?:"[^"]*"|'[^']*')"""
)
"""A name of something else in a tag: of a label, a fit, a slot or a page."""
SET = re.compile(r"\{%[-+]?\s*set\s+(\w+)\s*=(.*?)%\}", re.DOTALL)


def written(text: str) -> Iterator[tuple[int, str]]:
    """Yield each class that a page writes out in full, with its line; not one that it builds from a value."""
    for found in CLASS.finditer(text):
        plain = TAGS.sub(" ", PRINTED.sub("\0", found[1]))
        for name in plain.split():
            if "\0" not in name:
                yield text.count("\n", 0, found.start(1)) + 1, name


def possible(pages: Iterable[str]) -> set[str]:
    """Return each word of pages that may be a class: in a class attribute, or a text or a word alone in their code."""
    found = set[str]()
    for page in pages:
        text = REMARK.sub(" ", page)
        code = " ".join(NO_CLASS.sub(" ", tag) for tag in CODE.findall(text))
        texts = (one or two for one, two in TEXT.findall(code))
        parts = (*(CODE.sub(" ", each) for each in CLASS.findall(text)), *PLAIN.findall(text), *texts)
        found.update(word for part in parts for word in WORD.findall(part) if not word.endswith("-"))
    return found


def begun(pages: Iterable[str]) -> tuple[str, ...]:
    """Return the beginnings of the classes that pages build from a value, such as `step-`."""
    found = set[str]()
    for page in pages:
        values = dict[str, str](SET.findall(page))
        for attribute in CLASS.findall(page):
            used = (values[name] for name in WORD.findall(attribute) if name in values)
            found.update(*map(WORD.findall, (attribute, *used)))
    return tuple(word for word in sorted(found) if word.endswith("-"))


def ruled(sheets: Iterable[str]) -> set[str]:
    """Return the classes, ids and attributes that style sheets have rules for."""
    return {name for sheet in sheets for _, name in css.selected(sheet)}
