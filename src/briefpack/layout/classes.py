"""Find the classes that pages give to their elements, and the rules of style sheets for classes that no page has."""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal, get_args, get_origin

from briefpack import schema
from briefpack.layout import css
from briefpack.problem import Owner, Problem
from briefpack.project import Project

WORD = re.compile(r"[A-Za-z_][\w-]*")
CLASS = re.compile(r'\sclass="((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*+)"', re.DOTALL)
PRINTED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
TAGS = re.compile(r"\{%.*?%\}", re.DOTALL)
REMARK = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
TEXT = re.compile(r"\"([^\"]*)\"|'([^']*)'")
PLAIN = re.compile(r"%\}([\w \n-]+)\{%")
"""Words alone between two tags of Jinja, which may be the name of a class: `{% block kind %}cover{% endblock %}`."""
NO_CLASS = re.compile(
    r"""\b(?:label|sheet|slot|map|image|logo|partner_logos|signature|portrait|chart|selectattr|rejectattr|replace|join)\(\s*(?:"[^"]*"|'[^']*')"""
    r"""|\b(?:include|extends|import|from|attribute\s*=)\s*(?:"[^"]*"|'[^']*')"""
)
"""A name of something else in a tag: of a label, a fit, a slot or a page."""
SET = re.compile(r"\{%[-+]?\s*set\s+(\w+)\s*=(.*?)%\}", re.DOTALL)


def written(text: str) -> Iterator[tuple[int, str]]:
    """Yield each class that a page writes out in full, with its line, leaving out classes built from a value."""
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


def dead_rules(
    project: Project,
    sheets: Mapping[str, str],
    pages: Mapping[str, str],
    had: Collection[str],
    unruled: Collection[str],
) -> Iterator[Problem]:
    """Yield a warning for each class of a style sheet that no page has; `had` are the classes that a page may have.

    `unruled` are the classes of pages that no style sheet has a rule for.
    """
    if any(map(FROM_A_BRIEF.search, pages.values())):
        return
    known = {*had, *_given(project)}
    beginnings = begun(pages.values())
    for shown, text in sheets.items():
        first = dict[str, int]()
        for line, name in css.classes(text):
            first.setdefault(name, line)
        for name, line in first.items():
            if name not in known and not name.startswith(beginnings):
                message = f'no page has the class "{name}", so the rule does nothing'
                yield Problem(shown, line, message, _meant(name, unruled), Owner.LAYOUT, warning=True)


MOST_NAMED = 8
"""The most classes without a rule that a hint lists."""
FROM_A_BRIEF = re.compile(r'\sclass="[^"]*\{\{[^}"]*\b(?:id|slug)\b')
"""A class that a page takes from an id of a brief, so that a style sheet may have a rule for any id."""


def _meant(name: str, unruled: Collection[str]) -> str:
    """Return the hint for a rule that no page needs: a similar class that has no rule, or every class that has none."""
    near = difflib.get_close_matches(name, sorted(unruled), n=1, cutoff=NEAR)
    if near:
        return f"{near[0]}, which a page has and no rule is for; or delete the rule"
    listed = ", ".join(sorted(unruled)) if 0 < len(unruled) <= MOST_NAMED else ""
    return f"a class that a page has{f' and no rule is for: {listed}' if listed else ''}; or delete the rule"


NEAR = 0.7


def _given(project: Project) -> Iterator[str]:
    """Yield the classes that pages may take from a brief: the kinds of charts, and the options of its keys."""
    yield from (path.stem for path in (project.root / "charts").glob("*.py"))
    for part in schema.parts():
        for field in part.model_fields.values():
            yield from _literals(field.annotation)


def _literals(annotation: object) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
    else:
        for each in get_args(annotation):
            yield from _literals(each)
