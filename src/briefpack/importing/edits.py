"""Write the words of a brief as a Word file that a colleague edits, and take the edits back into the brief."""

import hashlib
import io
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString, ScalarString

from briefpack.brief import roles
from briefpack.problem import Owner, Problem, one_problem, raise_any
from briefpack.project import Project, check_links
from briefpack.text import yaml_lines
from briefpack.text.tables import archive
from briefpack.text.yaml_lines import Loc, Tree

FIELD = "Field"
"""The style of the lines that name a field."""
# A line that names a field: asks.2.headline #1a2b3c4d, where the last is the hash of its words as they were written.
NAMED = re.compile(r"(?P<field>[\w.-]+) #(?P<hash>[0-9a-f]{8})")
# The beginning of an item of a list, a heading or a quotation, which has a line of its own.
ITEM = re.compile(r"(?:[-*+>]|#+|\d+[.)])\s")
LONGEST_LINE, ROOM_OF_KEY = 118, 20
"""The most letters of a line that is written, and the fewest that are left for a key before a value."""
MOST_UNPACKED = 80_000_000
"""The most that a file may take when unpacked."""
Blocks = tuple[str, ...]
"""The paragraphs and the items of lists that a text consists of, each on one line."""


@dataclass(frozen=True)
class Edit:
    """A field of a brief that a colleague has changed: its location, its line, and its words before and after."""

    loc: Loc
    line: int
    before: Blocks
    after: Blocks

    @property
    def field(self) -> str:
        """Return the name of the field."""
        return _name(self.loc)


@dataclass(frozen=True)
class Edits:
    """The edits in a file, and the problems with what doesn't fit the brief any more."""

    edits: tuple[Edit, ...]
    problems: tuple[Problem, ...]


def write(project: Project, brief: str) -> bytes:
    """Return the words of a brief as a Word file, field by field."""
    tree = _tree(project, brief)
    letter = docx.Document()
    style = letter.styles.add_style(FIELD, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size, style.font.color.rgb = Pt(8), RGBColor(0x80, 0x80, 0x80)
    style.paragraph_format.space_before, style.paragraph_format.keep_with_next = Pt(10), True
    letter.core_properties.subject = brief
    part = ""
    for loc, text in _fields(tree):
        if loc[0] != part:
            part = str(loc[0])
            letter.add_heading(part.replace("_", " ").capitalize(), 1)
        found = blocks(text)
        letter.add_paragraph(f"{_name(loc)} #{_hash(found)}", style=FIELD)
        for block in found:
            letter.add_paragraph(block)
    made = io.BytesIO()
    letter.save(made)
    return made.getvalue()


def read(project: Project, path: Path, shown: str) -> tuple[str, Edits]:
    """Return the brief that a file is of, and the edits in it. Raises Problems if it isn't such a file."""
    if not path.is_file():
        raise one_problem(shown, None, "there is no such file", "give its path from here", Owner.COMMAND)
    try:
        parts = archive.unpack(path, MOST_UNPACKED, MOST_UNPACKED, ("word/media/", "docProps/"))
        letter = docx.Document(archive.pack(parts))
    except archive.RefusedError as error:
        raise one_problem(shown, None, str(error), error.hint, Owner.COMMAND) from None
    except (OpcError, KeyError, ValueError, OSError):
        hint = "save it as .docx, and name that file"
        raise one_problem(shown, None, "this is not a Word file that can be read", hint, Owner.COMMAND) from None
    written = dict(_written(letter.paragraphs))
    brief = project.named_brief(letter.core_properties.subject) if letter.core_properties.subject else None
    if not written or not brief:
        hint = "make one with briefpack review, and edit that"
        raise one_problem(shown, None, "this file has no words of a brief", hint, Owner.COMMAND)
    return brief, _compared(_tree(project, brief), written, shown)


def _tree(project: Project, brief: str) -> Tree:
    """Return the file of a brief as it is written, without what data files add to it. Raises Problems."""
    raise_any(check_links(project, f"briefs/{brief}"))
    return yaml_lines.read_parts(project.root / "briefs" / brief / "brief.yaml", f"briefs/{brief}/brief.yaml")


def _fields(tree: Tree) -> Iterator[tuple[Loc, str]]:
    """Yield the texts that print."""
    for loc, text in yaml_lines.texts(tree.data):
        if text.strip() and roles.role(loc):
            yield loc, text


def _name(loc: Loc) -> str:
    return ".".join(map(str, loc))


def blocks(text: str) -> Blocks:
    """Return a text as blocks, without the breaks of its lines."""
    found: list[str] = []
    begins = True
    for line in text.splitlines():
        if not line.strip():
            begins = True
        elif begins or ITEM.match(line.strip()):
            found.append(" ".join(line.split()))
            begins = False
        else:
            found[-1] += " " + " ".join(line.split())
    return tuple(found)


def _hash(found: Blocks) -> str:
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:8]


def _written(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, tuple[str, Blocks]]]:
    """Yield each field with its hash and its blocks; headings between the fields are no words of the brief."""
    named: re.Match[str] | None = None
    held: list[str] = []
    for paragraph in paragraphs:
        words = " ".join(_text(paragraph).split())
        if found := NAMED.fullmatch(words):
            if named:
                yield named["field"], (named["hash"], tuple(held))
            named, held = found, []
        elif words and not (paragraph.style and paragraph.style.name.startswith("Heading")):
            held += blocks(words)
    if named:
        yield named["field"], (named["hash"], tuple(held))


def _text(paragraph: Paragraph) -> str:
    """Return the text of a paragraph as it is once all tracked changes are accepted."""
    found: list[str] = []
    for node in paragraph._p.iter(qn("w:t"), qn("w:br"), qn("w:tab")):  # noqa: SLF001 -- the only way to insertions
        if not any(True for _ in node.iterancestors(qn("w:del"), qn("w:moveFrom"))):
            found.append(node.text or " ")
    return "".join(found)


def _compared(tree: Tree, written: Mapping[str, tuple[str, Blocks]], shown: str) -> Edits:
    """Compare the words in a file with those of the brief."""
    known = {_name(loc): (loc, blocks(text)) for loc, text in _fields(tree)}
    edits: list[Edit] = []
    problems: list[Problem] = []
    for name, (sha256, after) in written.items():
        if name not in known:
            problems.append(Problem(shown, None, f"{name}: the brief has no such field any more", MAKE_AGAIN))
            continue
        loc, before = known[name]
        if before == after:
            continue
        if _hash(before) != sha256:
            message = f"{name}: the brief's own words have changed since the file was made"
            problems.append(Problem(tree.path, tree.line(loc), message, MAKE_AGAIN))
        elif not after:
            problems.append(
                Problem(tree.path, tree.line(loc), f"{name}: its words were deleted", "delete it in the brief")
            )
        else:
            edits.append(Edit(loc, tree.line(loc), before, after))
    names = [*known]
    for index, name in enumerate(names):
        if name not in written:
            problems.append(Problem(shown, None, f"{name}: the line that names it is gone", MAKE_AGAIN))
            # Its words may be under the field before it.
            edits = [each for each in edits if each.field != names[max(0, index - 1)]]
    return Edits(tuple(edits), tuple(problems))


MAKE_AGAIN = "make a new file with briefpack review, and make the edit there"


def apply(project: Project, brief: str, edits: Iterable[Edit]) -> str:
    """Return the file of a brief with some edits, and with its comments, its order and its other lines as they were.

    Raises Problems if the file would then say anything else.
    """
    path = project.root / "briefs" / brief / "brief.yaml"
    made, before = _editor(), dict(_fields(_tree(project, brief)))
    data = made.load(path.read_text(encoding="utf-8"))
    wanted = {each.loc: each.after for each in edits}
    for loc, after in wanted.items():
        parent = data
        for part in loc[:-1]:
            parent = parent[part]
        indent = 2 * len(loc)
        parent[loc[-1]] = _value(parent[loc[-1]], after, indent, inline=_is_inline(parent))
    out = io.StringIO()
    made.dump(data, out)
    text = out.getvalue()
    shown = f"briefs/{brief}/brief.yaml"
    now = {loc: blocks(words) for loc, words in _fields(yaml_lines.parse(text, shown))}
    if now != {loc: wanted.get(loc, blocks(words)) for loc, words in before.items()}:
        hint = "make the edits by hand, one after the other"
        raise one_problem(shown, None, "with these edits, the file would say something else", hint)
    return text


def _editor() -> YAML:
    made = YAML()
    made.preserve_quotes, made.width = True, 1 << 20
    made.indent(mapping=2, sequence=4, offset=2)
    return made


def _is_inline(parent: object) -> bool:
    """Return whether a mapping or a list is written on one line, in brackets."""
    return isinstance(parent, CommentedBase) and bool(parent.fa.flow_style())


def _value(before: str, after: Blocks, indent: int, *, inline: bool) -> str:
    """Return words in the style of those whose place they take; a long line becomes several."""
    room = LONGEST_LINE - indent
    ending = "\n" if before.endswith("\n") else ""
    if not inline and (isinstance(before, LiteralScalarString) or len(after) > 1):
        wrapped = [textwrap.fill(block, room, break_long_words=False, break_on_hyphens=False) for block in after]
        literal: str = LiteralScalarString(_with_gaps(wrapped, after) + ending)
        return literal
    text = " ".join(after)
    if inline or (len(text) <= room - ROOM_OF_KEY and not isinstance(before, FoldedScalarString)):
        quoted: str = type(before)(text) if isinstance(before, ScalarString) else text
        return quoted
    folded: str = FoldedScalarString(text + ending)
    lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
    places, length = [], 0
    for line in lines[:-1]:
        length += len(line)
        places.append(length)
        length += 1
    folded.fold_pos = places  # type: ignore[attr-defined]  # ruamel.yaml breaks the line there
    return folded


def _with_gaps(wrapped: Iterable[str], found: Blocks) -> str:
    """Return blocks with an empty line between them, but for the items of a list."""
    text = ""
    for index, block in enumerate(wrapped):
        listed = index and ITEM.match(found[index]) and ITEM.match(found[index - 1])
        text += ("" if not index else "\n" if listed else "\n\n") + block
    return text
