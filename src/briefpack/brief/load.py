"""Read a brief from its file, and find the marks in its texts that have no effect."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from briefpack import schema
from briefpack.brief import data, markdown, roles
from briefpack.brief.model import Brief
from briefpack.problem import Owner, Problem, Problems, nearest, raise_any
from briefpack.project import Project, check_links
from briefpack.text import yaml_lines
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Data, Loc, Tree, texts


def check_name(name: str) -> Iterator[Problem]:
    """Yield what is wrong with the name of a new brief, which is an id."""
    for fault in schema.read(schema.Named, {"id": name})[1]:
        yield Problem(f"briefs/{name}", None, fault.message, fault.hint, Owner.COMMAND)


def tree(project: Project, name: str) -> Tree:
    """Return the brief called `name` as far as its file can be read, filled from its data files. Raises Problems."""
    raise_any(check_links(project, f"briefs/{name}"))
    folder = project.root / "briefs" / name
    return data.fill(yaml_lines.read_parts(folder / "brief.yaml", f"briefs/{name}/brief.yaml"), folder)


def model(tree: Tree, locale: Locale | None) -> Brief:
    """Return the brief in a file; dates and amounts may be typed as is usual in its language. Raises Problems."""
    try:
        return schema.read_tree(Brief, tree, locale=locale, meant=lambda loc: meant(tree.data, loc))
    except Problems as error:
        raise Problems([*error.problems, *check_texts(tree)]) from None


def check_texts(tree: Tree) -> Iterator[Problem]:
    """Find marks in the brief's texts that have no effect, and lines that were folded or are part of another text."""
    yield from _check_swallowed(tree)
    for loc, text in yaml_lines.texts(tree.data):
        # Nobody wrote the meaning of a data file's cell: its column and its row have it too.
        of_a_cell = loc[:1] == ("figures",) and loc[:2] in tree.origins
        if (
            loc
            and not of_a_cell
            and loc[0] not in {*UNPRINTED, "labels"}
            and loc[-1] not in ADDRESSES
            and "data" not in loc
        ):
            for words, message, hint, place in markdown.stray(text):
                nth = yaml_lines.occurrence(text, words, place)
                yield tree.problem(loc, f'"{words}" {message}', hint, words=words, nth=nth)
            if items := _joined(tree, loc, text):
                message = "the lines of this list would run together"
                yield tree.problem(loc, message, "write | after the key, and the text below it", words=items[0])
            elif paragraph := _folded(tree, loc, text):
                message = f'the paragraph "{paragraph}…" would run on from the one above it'
                yield tree.problem(loc, message, "write | in place of > after the key")


def _joined(tree: Tree, loc: Loc, text: str) -> list[str]:
    """Return the items of a list in the file if the text runs one on; none if only one line begins with a dash."""
    if loc not in tree.lines:
        return []
    first, last = tree.lines[loc]
    lines = (line.strip() for line in tree.text[first:last])
    items = [line for line in lines if line.startswith("- ")]
    return items if len(items) > 1 and any(re.search(rf"\S {re.escape(item)}", text) for item in items) else []


def _folded(tree: Tree, loc: Loc, text: str) -> str:
    """Return the beginning of a paragraph after an empty line that folding takes away; empty if there is none."""
    if loc not in tree.lines or not FOLDED.search(tree.text[tree.lines[loc][0] - 1]):
        return ""
    found = next((each for each in PARAGRAPH.finditer(text) if not LISTED.match(each[1])), None)
    return " ".join(found[1].split()[:SHOWN_WORDS]) if found else ""


FOLDED = re.compile(r"[:-]\s+>[-+\d]*\s*(?:#.*)?$")
PARAGRAPH = re.compile(r"(?<=[^\n])\n([^\s].*)")
LISTED = re.compile(r"(?:[-+*]|\d{1,9}[.)])\s")
SHOWN_WORDS = 6
ADDRESSES = {"url", "website", "email"}
UNPRINTED = {"accept", "data", "queries", "relations"}


BLOCKS = {"chart": "charts", "image": "images", "local_list": "local_lists"}
"""The keys of a block that take an id, and the part of a brief that has its ids."""
# A line that begins a block, or the rule of one: `- chart: costs`, `- text: |`, `only: {states: [NSW]}`.
BLOCK = re.compile(
    r"\s+(?P<words>- (?:(?P<key>chart|image|local_list): +(?P<id>[a-z0-9-]+)"
    r"|(?:figure|table|quote|image):(?: *\{.*)?|(?:text|table|quote):(?: +[|>][+-]?)?)|(?:only|except): *\{.*\})\s*"
)


def _check_swallowed(tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each line of a text that would be a block if it were indented less."""
    for loc, _ in texts(tree.data):
        first, last = tree.lines.get(loc, (0, 0))
        for line in tree.text[first:last] if "blocks" in loc or "why" in loc else ():
            found = BLOCK.fullmatch(line)
            part = BLOCKS.get(found["key"], "") if found else ""
            if found and (not part or found["id"] in (tree.data.get(part) or ())):
                message = f'"{found["words"]}" is part of the text above it, and would print as words'
                is_item = found["words"].startswith("-")
                hint = "indent it as the items of the list" if is_item else f"indent it like {loc[-1]}:"
                yield tree.problem(loc, message, hint, words=found["words"])


def meant(data: Data, loc: Loc) -> str:
    """Return the id that is nearest to a text that can't be one; an empty text for an id that the text defines."""
    part, typed = data.get(roles.part_named(loc)), at(data, loc)
    if not isinstance(typed, str) or not isinstance(part, dict | list):
        return ""
    named = part if isinstance(part, dict) else [each.get("id") for each in part if isinstance(each, dict)]
    return nearest(as_id(typed), [name for name in named if isinstance(name, str) and name != typed], most=0)


def as_id(words: str) -> str:
    """Return words as an id is written; if they are the name of a file, without its ending."""
    stem = PurePosixPath(words).stem if re.search(r"\.[A-Za-z]{3,4}$", words) else words
    return "-".join(re.findall(r"[a-z0-9]+", stem.lower()))


def at(data: Data, loc: Iterable[str | int]) -> Data:
    """Return the value at a location; None if there is none."""
    for key in loc:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    return data
