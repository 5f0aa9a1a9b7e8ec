"""Read a layout's style sheets, and find the rules that print ignores, and the faces and sheets that are missing."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cssselect2
import tinycss2

from briefpack import schema
from briefpack.geometry import PX_PER_MM
from briefpack.layout import addresses, css
from briefpack.layout.fonts import SHEET, WEIGHTS
from briefpack.layout.look import Face, Look
from briefpack.layout.model import Layout
from briefpack.problem import Owner, Problem, Problems, joined, nearest
from briefpack.project import Project, within
from briefpack.text import yaml_lines
from briefpack.text.yaml_lines import Loc, Tree


def sheets_of(project: Project, found: Layout) -> tuple[dict[str, str], list[Problem]]:
    """Return the text of each style sheet of the layout that can be read, and the problems of the others."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for style in sorted({style for _, part in schema.walk(found) for style in getattr(part, "styles", ())}):
        if path := within(project.root / "layouts", style):
            shown = f"layouts/{style}"
            try:
                texts[shown] = yaml_lines.text(path, shown, Owner.LAYOUT)
            except Problems as error:
                problems += error.problems
            if line := css.too_deep(texts.get(shown, "")):
                del texts[shown]
                message = f"brackets are nested more than {css.MOST_DEPTH} deep"
                problems.append(Problem(shown, line, message, "delete those that are too many", Owner.LAYOUT))
    return texts, problems


def web_habits(sheets: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning for each line with a length in px or a fixed position."""
    for shown, text in sheets.items():
        bare = COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        for number, line in enumerate(bare.splitlines(), start=1):
            length = next((each for each in PX.finditer(line) if float(each[1]) > FINEST), None)
            if length:
                message = f"{length[0]} is {float(length[1]) / PX_PER_MM:.1f} mm: a px is 1/96 inch on paper"
                yield _problem(shown, number, message, f"mm or pt; {length[1]}mm if that was meant", warning=True)
            if FIXED.search(line):
                message = "position: fixed prints the element on each page of its piece, over the text"
                hint = "position: absolute, or a slot under running: in layout.yaml"
                yield _problem(shown, number, message, hint, warning=True)


COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PX = re.compile(r"(?<![\w.#-])-?(\d++(?:\.\d++)?|\.\d++)px\b")
FIXED = re.compile(r"\bposition\s*:\s*fixed\b")
FINEST = 3
"""The largest length in px that may be meant: a hairline, or a box that hides text from print."""


def ignored(sheets: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem or a warning for each rule without effect in print: for a screen, or with an unset name."""
    named = {name for text in sheets.values() for name in _pages_ruled(text)}
    for asked, setting, noun in ((STRINGS, ("string-set",), "string"), (COUNTERS, COUNTING, "counter")):
        known = {name for text in sheets.values() for name in css.words_of(text, *setting)}
        for shown, text in sheets.items():
            for line, name in css.arguments_of(text, *asked):
                if name not in known and name not in OWN_COUNTERS:
                    message = f'no rule sets the {noun} "{name}", so nothing prints in its place'
                    hint = nearest(name, known) or f"add {setting[0]}: {name} … to a rule"
                    yield _problem(shown, line, message, hint, warning=noun == "counter")
    for shown, text in sheets.items():
        for rule in css.rules(text):
            yield from _check_rule(shown, rule)
        for line, name in _pages_used(text):
            if name not in named:
                message = (
                    f'no style sheet has an @page rule called "{name}", so the pages have the margins of the others'
                )
                yield _problem(shown, line, message, nearest(name, named) or f"add @page {name} {{ … }}", warning=True)


STRINGS, COUNTERS = ("string",), ("counter", "counters")
COUNTING = ("counter-set", "counter-reset", "counter-increment")
OWN_COUNTERS = ("page", "pages", "footnote", "list-item")
"""The counters that WeasyPrint sets itself."""
OWN_PAGES = ("auto", "inherit", "initial", "unset")


def _check_rule(shown: str, rule: css.Token) -> Iterator[Problem]:
    if rule.type == "at-rule" and rule.lower_at_keyword == "media" and (media := _of_a_screen(rule.prelude)):
        message = f"the rules in @media {media} never apply to a PDF"
        yield _problem(shown, rule.source_line, message, "write them without @media, or delete them", warning=True)
    for line, name in _misspelt_marks(rule.content or []) if hasattr(rule, "content") else ():
        yield _problem(shown, line, f'"!{name}" means nothing, so the declaration is ignored', "!important")


def _of_a_screen(prelude: Sequence[css.Token]) -> str:
    """Return the media of a rule if none of them is a PDF's; nothing if the rule may apply to a PDF."""
    media = [each.strip().lower() for each in tinycss2.serialize(prelude).split(",")]
    return ", ".join(media) if all(each in SCREENS or each.startswith(BEGUN) for each in media) else ""


SCREENS = ("screen", "only screen", "handheld", "tv", "projection", "speech")
BEGUN = ("screen and", "only screen and")


def _misspelt_marks(tokens: Sequence[css.Token]) -> Iterator[css.Name]:
    """Yield each word after an exclamation mark that isn't `important`, with its line."""
    for mark, after in pairwise(tokens):
        if mark == "!" and after.type == "ident" and after.lower_value != "important":
            yield after.source_line, after.value


def _pages_ruled(text: str) -> Iterator[str]:
    """Yield the name of each kind of page that a style sheet has a rule for."""
    for rule in css.top_rules(text):
        if rule.type == "at-rule" and rule.lower_at_keyword == "page":
            words = [each for each in rule.prelude if each.type not in css.BLANK]
            yield from (each.value for each in words[:1] if each.type == "ident")


def _pages_used(text: str) -> Iterator[css.Name]:
    for line, name in css.values_of(text, "page"):
        if name.lower() not in OWN_PAGES:
            yield line, name


def _problem(shown: str, line: int, message: str, hint: str, *, warning: bool = False) -> Problem:
    return Problem(shown, line, message, hint, Owner.LAYOUT, warning=warning)


@dataclass(frozen=True)
class _Wanted:
    """The face that a rule asks of one kind of element, as far as it does; `families` are empty if it names none.

    It is `everywhere` if its elements needn't be inside others.
    """

    shown: str
    line: int
    subject: frozenset[str]
    families: tuple[str, ...] = ()
    weight: int = 0
    italic: bool = False
    everywhere: bool = False


def lacking_faces(sheets: Mapping[str, str], made: Look) -> Iterator[Problem]:
    """Check that each weight and each italic of a style sheet's rules is in the families that its elements have."""
    rules = [rule for shown, text in sheets.items() for rule in _wanted(shown, text, made)]
    told: set[tuple[str, int]] = set()
    for rule in rules:
        families = _families(rule, rules, made)
        if (rule.shown, rule.line) not in told and (message := _lacking(rule, families, made)):
            told.add((rule.shown, rule.line))
            yield Problem(rule.shown, rule.line, *message, Owner.LAYOUT)


def _families(rule: _Wanted, rules: Sequence[_Wanted], made: Look) -> set[str]:
    """Return the families that the elements of a rule may have; all of them if no rule is certain to name one."""
    if rule.families:
        return {*rule.families}
    alike = [each for each in rules if each.subject <= rule.subject or each.subject >= rule.subject]
    if not any(each.families and each.everywhere and each.subject <= rule.subject for each in alike):
        return {face.family for face in made.faces}
    return {family for each in alike for family in each.families}


def _lacking(rule: _Wanted, families: Iterable[str], made: Look) -> tuple[str, str] | None:
    """Return the message and the hint for a face that some families lack; None if one of them has it."""
    faces = [face for face in made.faces if face.family in families]
    fit = [face for face in faces if (face.italic or not rule.italic) and rule.weight in (0, face.weight)]
    if fit or not faces or not (rule.weight or rule.italic):
        return None
    found = sorted({face.family for face in faces})
    named = joined([f'"{family}"' for family in found], "or")
    parts = (f"of the weight {rule.weight}" if rule.weight else "", "in italics" if rule.italic else "")
    wanted = " and ".join(filter(None, parts))
    own = {family: [face for face in faces if face.family == family] for family in found}
    each = (f"{family}: {_listed(own[family])}" if found[1:] else _listed(own[family]) for family in found)
    hint = f"{'; '.join(each)}; or add the face to fonts/"
    return f"{SHEET} has no face of {named} {wanted}, so another would print", hint


def _listed(faces: Iterable[Face]) -> str:
    """Return the weights of one family's faces as a phrase that says which of them are italics."""
    return ", ".join(dict.fromkeys(f"{face.weight}{' italic' if face.italic else ''}" for face in faces))


def _wanted(shown: str, text: str, made: Look) -> Iterator[_Wanted]:
    """Yield the face that each rule asks of each selector; one with a part such as ::before has a style of its own."""
    for rule in css.top_rules(text):
        if rule.type != "qualified-rule":
            continue
        declared = _face_wanted(rule, made)
        if declared is None:
            continue
        for selector in tinycss2.serialize(rule.prelude).split(","):
            *around, simple = re.split(r"[\s>+~]+", selector.strip())
            subject = frozenset(SIMPLE.findall(simple))
            yield replace(declared, shown=shown, subject=subject, everywhere=not around)


SIMPLE = re.compile(r"::?[\w-]+(?:\([^)]*\))?|\[[^\]]*\]|[.#]?[\w-]+|\*")


def _face_wanted(rule: css.Token, made: Look) -> _Wanted | None:
    """Return the face that a rule asks for, without its elements; None if the rule asks for none."""
    families, weight, italic, line = tuple[str, ...](), 0, False, 0
    for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if each.type != "declaration" or each.lower_name not in OF_FACES:
            continue
        line = each.source_line
        value = _resolved(tinycss2.serialize(each.value), made)
        families = tuple(name for _, name in css.families(f"{each.lower_name}: {value}")) or families
        words = value.lower().split() if each.lower_name != "font-family" else []
        weight = next((found for word in words if (found := _weight(word))), weight)
        italic = "italic" in words or (italic and each.lower_name != "font-style")
    return _Wanted("", line, frozenset(), families, weight, italic) if line else None


OF_FACES = ("font", "font-family", "font-weight", "font-style")


def _resolved(value: str, made: Look) -> str:
    """Return a value with the texts of its tokens."""
    return re.sub(r"var\(\s*--([\w-]+)[^)]*\)", lambda found: made.lengths.get(found[1], found[0]), value)


def _weight(word: str) -> int:
    return WEIGHTS.get(word, 0) or (int(word) if re.fullmatch(r"[1-9]00", word) else 0)


Lists = dict[Loc, tuple[str, ...]]
GIVEN = ("--foot", "--give")
"""The custom properties that the engine defines, but only in a part of a page that has a fit."""


def lists(found: Layout) -> Lists:
    """Return the style sheets of each part of a layout that has some, by its place."""
    parts = ((loc, getattr(part, "styles", ())) for loc, part in schema.walk(found))
    return {loc: styles for loc, styles in parts if styles}


def forgotten(listed: Lists, tree: Tree, sheets: Mapping[str, str], pages: Mapping[str, str]) -> Iterator[Problem]:
    """Check that each custom property that a list of style sheets uses is defined for it, and not only for others.

    `sheets` and `pages` are texts by path from the project. The check of names reports a name that nothing defines. A
    name that a page or an edition defines may be for any list.
    """
    own = {loc: styles for loc, styles in listed.items() if loc[0] != "editions"}
    defined = {path: css.properties(text) for path, text in sheets.items()}
    anywhere = set[str]().union(
        *(css.properties(part) for page in pages.values() for _, part in css.of_page(page)),
        *(defined.get(_path(style), ()) for loc, styles in listed.items() if loc not in own for style in styles),
    )
    defined = {path: names - anywhere for path, names in defined.items()}
    for loc in own:
        yield from _check_list(tree, loc, own, sheets, defined)


def _check_list(
    tree: Tree, loc: Loc, listed: Lists, sheets: Mapping[str, str], defined: Mapping[str, set[str]]
) -> Iterator[Problem]:
    """Yield a problem for each style sheet that a list lacks, with the first of its names that the list uses."""
    own = {_path(style) for style in listed[loc]}
    known = set[str]().union(*(defined.get(path, ()) for path in own))
    lacking: dict[str, tuple[str, str]] = {}
    for user in map(_path, listed[loc]):
        for _, name in css.variables(sheets.get(user, "")):
            makers = [path for path, names in defined.items() if name in names] if name not in known else ()
            if makers and (name not in GIVEN or _in_all_others(listed, loc, makers[0])):
                lacking.setdefault(makers[0], (user, name))
    for maker, (user, name) in lacking.items():
        message = f"{_shown(user)} uses {name}, which only {_shown(maker)} defines"
        yield tree.problem((*loc, "styles"), message, f"add {_shown(maker)} before it")


def _in_all_others(listed: Lists, loc: Loc, path: str) -> bool:
    """Return whether every other list has a style sheet, so that this one seems to have lost it."""
    return all(path in map(_path, styles) for other, styles in listed.items() if other != loc)


def _path(style: str) -> str:
    return f"{addresses.FOLDER}/{style}"


def _shown(path: str) -> str:
    return path.removeprefix(f"{addresses.FOLDER}/")


def unsupported(project: Project, found: Layout) -> Iterator[Problem]:
    """Yield a problem for each selector of a layout's style sheets that WeasyPrint doesn't know, in every edition.

    A build reports the selectors of its own pages with their other faults.
    """
    sheets, _ = sheets_of(project, found)
    for shown, text in sheets.items():
        for rule in css.rules(text):
            if rule.type == "qualified-rule" and not _is_selector(rule.prelude):
                selector = " ".join(tinycss2.serialize(rule.prelude).split())
                message = f'WeasyPrint does not support the selector "{selector}"'
                yield Problem(shown, rule.source_line, message, meant(selector), Owner.LAYOUT)


def meant(selector: str) -> str:
    """Return the selector or the rule that was meant by one that WeasyPrint doesn't know, if that is clear."""
    for pattern, words in SLIPS:
        if re.search(pattern, selector):
            return words
    for mark, name in NAMED.findall(selector):
        known = AT_RULES if mark == "@" else PARTS
        near = (
            difflib.get_close_matches(name.lower(), known, n=1, cutoff=NEAR_SELECTOR)
            if name.lower() not in known
            else ()
        )
        if near:
            return f"{mark}{near[0]}"
    return SPELLING


NEAR_SELECTOR = 0.75
NAMED = re.compile(r"(@|::?)([a-zA-Z-]+)")
AT_RULES = (
    *("page", "media", "font-face", "import", "layer", "footnote", "counter-style", "namespace"),
    *(
        f"{side}-{part}"
        for side in ("top", "bottom")
        for part in ("left", "center", "right", "left-corner", "right-corner")
    ),
    *(f"{side}-{part}" for side in ("left", "right") for part in ("top", "middle", "bottom")),
)
PARTS = (
    *("first-child", "last-child", "only-child", "nth-child", "nth-last-child", "first-of-type", "last-of-type"),
    *("nth-of-type", "nth-last-of-type", "only-of-type", "not", "is", "where", "has", "empty", "root", "lang", "link"),
    *("before", "after", "marker", "first-line", "first-letter", "footnote-call", "footnote-marker"),
)
SLIPS = (
    (r"^//", "/* … */ round a remark: CSS has no //"),
    (r"^\s*,|,\s*(?:,|$)", "delete the comma that no selector follows"),
    (r"\.\s|\.\.", "a class is a point and its name, without a space: .name"),
    (r"\{", "close the rule before it with }"),
)
"""Mistakes in selectors, each with its fix."""
SPELLING = "check the spelling; if WeasyPrint doesn't support it, delete the line"


def _is_selector(prelude: Sequence[css.Token]) -> bool:
    try:
        cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        # A nested rule may name the one around it.
        return "&" in tinycss2.serialize(prelude)
    return True
