"""Read the locale of a brief, and check the labels that templates and charts print and a layout or brief overrides."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefpack import electorates, schema
from briefpack.brief.model import Brief, OwnCurrency
from briefpack.electorates import ElectorateSet
from briefpack.layout import LoadedLayout, addresses
from briefpack.problem import Owner, Problem, Problems, nearest
from briefpack.project import Project, within
from briefpack.text import yaml_lines
from briefpack.text.locale import LISTS, PRINTED, TERMS, WRITTEN, Currency, Locale, is_right_to_left, placeholders
from briefpack.text.yaml_lines import Tree

FOLDER = "layouts/shared/locales"
DEFAULT = str(Brief.model_fields["language"].default)
"""The language of a brief that names none."""
# A label may be filled in by another, so a call may contain calls; they nest no deeper than this in a template.
CALL = re.compile(r"""\blabel(?=\(\s*["']([a-z0-9-]+)["']((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\))""")
KEY = re.compile(r"\b([A-Za-z]\w*)=(?!=)")
EVERYWHERE = (*TERMS, *(term.capitalize() for term in TERMS))
COUNTED = ("count", "words", "Words")
"""The placeholders of every label, and of a label that a template calls with a count."""


@dataclass(frozen=True)
class Use:
    """A call of a label in a template or a chart file."""

    path: str
    line: int
    label: str
    keys: frozenset[str]


def read(project: Project, tree: Tree) -> tuple[Locale | None, tuple[Problem, ...]]:
    """Return the locale of a brief's language; or None, and the problems."""
    known = sorted(path.stem for path in (project.root / FOLDER).glob("*.yaml"))
    language = tree.data.get("language") if isinstance(tree.data, dict) else None
    language = language if isinstance(language, str) else DEFAULT
    if is_right_to_left(language):
        message = f'"{language}" is written from right to left, and pages can only be set from left to right'
        return None, (tree.problem(("language",), message, f"one of {', '.join(known)}"),)
    if language not in known:
        hint = nearest(language, known, most=0) or f"add {FOLDER}/{language}.yaml"
        message = f'there is no file for the language "{language}" in {FOLDER}/'
        return None, (tree.problem(("language",), message, hint),)
    try:
        found = file(project, language)
        locale = schema.read_tree(Locale, found)
    except Problems as error:
        return None, error.problems
    missing = tuple(_check_written(locale, found, tree))
    return (None, missing) if missing else (locale, ())


def _check_written(locale: Locale, tree: Tree, brief: Tree) -> Iterator[Problem]:
    """Yield a problem for each missing label without which no brief can be read, unless the brief gives it."""
    needed, forms = dict.fromkeys([*locale.scales, *WRITTEN]), (*locale.plurals, "other")
    own = brief.data.get("labels") if isinstance(brief.data, dict) else None
    names = [*locale.labels, *map(str, own if isinstance(own, dict) else ())]
    given = {_stem(name, forms, needed) for name in names}
    yield from _check_missing(tree, given, needed)


def file(project: Project, language: str) -> Tree:
    """Return a language's file, with the keys and labels of the file that it is like. Raises Problems."""
    tree = _read(project, language)
    like = tree.data.get("like") if isinstance(tree.data, dict) else None
    if like is None:
        return tree
    known = sorted({path.stem for path in (project.root / FOLDER).glob("*.yaml")} - {language})
    if like not in known:
        raise Problems(
            [
                tree.problem(
                    ("like",),
                    f'there is no file for the language "{like}"',
                    nearest(str(like), known, most=0) or f"one of {', '.join(known)}",
                )
            ]
        )
    base = _read(project, str(like))
    own = {key: value for key, value in dict(tree.data).items() if key != "like"}
    if base.problems or not isinstance(base.data, dict) or "like" in base.data:
        message = f"{base.path} is like another file, or cannot be read"
        raise Problems([*base.problems, tree.problem(("like",), message, "name a file with every key")])
    return replace(tree, data=_over(base.data, own))


def _over(base: Any, own: Any) -> Any:  # noqa: ANN401 -- data of a YAML file
    """Return some data with other data over it, key by key."""
    if not (isinstance(base, dict) and isinstance(own, dict)):
        return own
    return {**base, **{key: _over(base.get(key), value) for key, value in own.items()}}


def _read(project: Project, language: str) -> Tree:
    shown = f"{FOLDER}/{language}.yaml"
    return yaml_lines.of_layout(project.root / shown, shown)


def merged(locale: Locale, language: str, group: ElectorateSet | None, *overrides: Mapping[str, str]) -> Locale:
    """Return a locale with an electorate set's words, and then with the labels that a layout and a brief override."""
    return locale.with_labels(_terms(language, group), *overrides)


def with_sign(locale: Locale, own: OwnCurrency | None) -> Locale:
    """Return a locale that writes a brief's own currency with the brief's sign."""
    if own is None:
        return locale
    return replace(locale, currencies={**locale.currencies, own.unit: Currency(own.sign)})


def _terms(language: str, group: ElectorateSet | None) -> Mapping[str, str]:
    """Return a set's words in a language: its own, its translation of them, or none."""
    if group is None:
        return {}
    own = group.words if electorates.is_own(group, language) else None
    words = electorates.translation(group, language) or own
    return {term: word for term in TERMS if (word := getattr(words, term, None))}


def warn(group: ElectorateSet, language: str, locale: Locale | None) -> Iterator[Problem]:
    """Yield a warning for the roles, and for the titles that tell a gender, that a set lacks in a brief's language."""
    if electorates.is_own(group, language):
        return
    listed = [(each, each.member) for each in group.electorates if each.member]
    own = group.forms_of_address.get(group.language, {})
    unsaid = [own[each.slug].roles for each, member in listed if each.slug in own and not member.roles]
    if lines := [roles[0].line for roles in unsaid if roles]:
        members = f"{len(lines)} member{'s' * (len(lines) > 1)}"
        message = f"the roles of {members} aren't in {language}, so no page in it prints them"
        hint = f"add rows with their roles in {language}, and {language} in a column called language"
        yield Problem(electorates.file_name(group, "roles"), min(filter(None, lines)), message, hint, warning=True)
    untitled = [each for each, member in listed if not member.title]
    if locale and locale.gendered and untitled:
        message = f"{len(untitled)} members have no title in {language}, so pages name the electorate alone"
        hint = "add forms-of-address: with a file of titles, such as députée, as briefs/electorates/README.md says"
        yield Problem(group.path, min(each.line for each in untitled), message, hint, warning=True)


def check(project: Project, locale: Locale, brief: Brief, brief_tree: Tree, laid: LoadedLayout) -> Iterator[Problem]:
    """Yield the problems with labels: missing or misspelt ones, and placeholders that nothing fills in."""
    uses = tuple(_uses(project.root))
    tree = file(project, brief.language)
    parts = ((tree, locale.labels), (laid.tree, laid.layout.labels), (brief_tree, brief.labels))
    forms = (*locale.plurals, "other")
    filled = _filled(uses, locale.scales)
    given = {_stem(name, forms, filled) for _, labels in parts for name in labels}
    needed = {**dict.fromkeys(locale.scales), **_of_layout(uses, laid.name)}
    yield from _check_missing(tree, given, needed)
    for part, labels in parts:
        for name, text in labels.items():
            stem = _stem(name, forms, filled)
            if stem in filled:
                yield from _check_text(part, name, stem, text, filled[stem])
            elif part is not tree:
                known = {*filled, *locale.labels}
                yield part.problem(("labels", name), f'there is no label called "{name}"', _near(name, known))


def _uses(root: Path) -> Iterator[Use]:
    """Yield each call of a label in the project's templates and chart files."""
    files = (within(root / "charts", path.name) for path in sorted((root / "charts").glob("*.py")))
    charts = {f"charts/{path.name}": path.read_text(encoding="utf-8", errors="replace") for path in files if path}
    for path, text in {**addresses.pages(root), **charts}.items():
        for found in CALL.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield Use(path, line, found[1], frozenset(KEY.findall(found[2])))


def _of_layout(uses: Iterable[Use], layout: str) -> Mapping[str, Use | None]:
    """Return the labels that a layout needs, each with its first call if a template or chart calls it."""
    folders = (f"layouts/{layout}/", "layouts/shared/", "charts/")
    calls = {use.label: use for use in reversed(tuple(uses)) if use.path.startswith(folders)}
    return {**dict.fromkeys(PRINTED), **calls}


def _filled(uses: Iterable[Use], scales: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return the placeholders of each label that something prints."""
    found = {name: frozenset(keys) for name, keys in {**dict.fromkeys(scales, ()), **PRINTED}.items()}
    for use in uses:
        counted = COUNTED if "count" in use.keys else ()
        found[use.label] = found.get(use.label, frozenset()) | use.keys | {*counted}
    return {name: keys | {*EVERYWHERE} for name, keys in found.items()}


def _stem(name: str, forms: Iterable[str], filled: Mapping[str, object]) -> str:
    """Return the label that a key belongs to: `sheets-one` and `sheets-other` are forms of `sheets`."""
    if name in filled:
        return name
    return next((name.removesuffix(f"-{form}") for form in forms if name.endswith(f"-{form}")), name)


def _check_missing(tree: Tree, given: Collection[str], needed: Mapping[str, Use | None]) -> Iterator[Problem]:
    """Yield a problem for each label that has no text, at its first call if a template or chart calls it."""
    for name, use in needed.items():
        if name not in given and use:
            hint = nearest(name, given, most=0) or f"add {name}: under labels: in {tree.path}"
            yield Problem(use.path, use.line, f'there is no label called "{name}"', hint, Owner.LAYOUT)
        elif name not in given:
            yield tree.problem(("labels",), f"{name} is missing", f"add {name}:")


def _check_text(tree: Tree, name: str, stem: str, text: str, known: frozenset[str]) -> Iterator[Problem]:
    loc = ("labels", name)
    try:
        unknown = placeholders(text) - known
    except ValueError:
        yield tree.problem(loc, "a brace is unmatched", "put { before a name and } after it, or delete the brace")
        return
    for each in sorted(unknown):
        yield tree.problem(loc, f'this label has no value for "{{{each}}}"', _near(each, known), words=each)
    if (count := len(text.split(","))) < LISTS.get(stem, 0):
        hint = f"{LISTS[stem]} words or more, separated by commas"
        yield tree.problem(loc, f"the list has {count} word{'s' * (count != 1)}, and needs {LISTS[stem]}", hint)


def _near(name: str, known: Iterable[str]) -> str:
    return nearest(name, known, most=0) or "delete it"
