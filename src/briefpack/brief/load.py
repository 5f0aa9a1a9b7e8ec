"""Read a brief from its file, and find the marks in its texts that have no effect."""

import re
from collections.abc import Iterator

from briefpack import schema
from briefpack.brief import data, markdown, meant_ids, swallowed
from briefpack.brief.model import Brief
from briefpack.problem import Problem, Problems, raise_any
from briefpack.project import Project, check_links
from briefpack.text import yaml_lines
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree


def tree(project: Project, name: str) -> Tree:
    """Return what can be read of the file of the brief called `name`, filled from its data files. Raises Problems."""
    raise_any(check_links(project, f"briefs/{name}"))
    folder = project.root / "briefs" / name
    return data.fill(yaml_lines.read_parts(folder / "brief.yaml", f"briefs/{name}/brief.yaml"), folder)


def model(tree: Tree, locale: Locale | None) -> Brief:
    """Return the brief in a file; dates and amounts may be typed as is usual in its language. Raises Problems."""
    try:
        return schema.read_tree(Brief, tree, locale=locale, meant=lambda loc: meant_ids.meant(tree.data, loc))
    except Problems as error:
        raise Problems([*error.problems, *check_texts(tree)]) from None


def check_texts(tree: Tree) -> Iterator[Problem]:
    """Find marks in the brief's texts that have no effect, and lines that were folded or are part of another text."""
    yield from swallowed.check(tree)
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
    """Return the list items in the file that the text runs together; a single one may be only words after a dash."""
    if loc not in tree.lines:
        return []
    first, last = tree.lines[loc]
    lines = (line.strip() for line in tree.text[first:last])
    items = [line for line in lines if line.startswith("- ") and f" {line}" in text]
    return items if len(items) > 1 else []


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
UNPRINTED = {"data", "queries", "relations"}
