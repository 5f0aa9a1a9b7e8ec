"""Report the failures of templates, at the line that causes them, in a designer's words."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import jinja2
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from briefpack.layout import LoadedLayout, addresses
from briefpack.layout.model import every_piece
from briefpack.pages.model import PageOf
from briefpack.pages.sandbox import COMPARE, Refused
from briefpack.pool.limits import Overdue
from briefpack.problem import Owner, Problem, nearest


def of_syntax(error: jinja2.TemplateSyntaxError, page: str) -> Problem:
    """Return the problem of a page that can't be parsed: Jinja2's message, with the tag that is open at its end."""
    message, hint = _misread(error.message or "")
    if "needs to be closed" in (error.message or ""):
        hint = _innermost(error.source or "", error.lineno)
    return problem(error.name or page, error.lineno, message, hint)


def _innermost(source: str, last: int) -> str:
    """Return the hint to close the innermost tag that is open at a line of a page."""
    opened: list[tuple[str, int]] = []
    begins = False
    for line, kind, word in jinja2.Environment(autoescape=True).lex(source):
        if line > last:
            break
        if kind == "name" and begins and word in CLOSED:
            opened.append((word, line))
        elif opened and ((begins and word == f"end{opened[-1][0]}") or (word == "=" and opened[-1] == ("set", line))):
            opened.pop()
        begins = kind == "block_begin" or (begins and kind == "whitespace")
    if not opened:
        return COMPARE
    tag, line = opened[-1]
    return f"close the {{% {tag} %}} of line {line} with {{% end{tag} %}}"


CLOSED = frozenset(["autoescape", "block", "call", "filter", "for", "if", "macro", "set", "with"])
"""The tags that need an end tag; `set` does if it has no value."""


def of_failure(
    error: BaseException, root: Path, made: tuple[str, str], layout: LoadedLayout, known: Container[str] = ()
) -> Problem:
    """Return the problem of a page that failed while it was being written.

    `made` is the kind of the document and the page of the piece; `known` are the names that pages can use.
    """
    frames = [*_frames(root, error)] or [_Frame(made[1], None)]
    refused = _refusal(error)
    if not refused.absent:
        return problem(frames[-1].page, frames[-1].line, refused.message, refused.hint)
    if refused.held is None and refused.absent in known and (place := _import_of(root, frames)):
        message = f'"{refused.absent}" is not known in layouts/{frames[-1].page}'
        message += ", which this line imports without the page's names"
        return problem(*place, message, 'write "with context" at the end of the tag')
    frame = _cause(root, frames, refused.absent)
    at_page = problem(frame.page, frame.line, refused.message, refused.hint)
    return _at_layout(refused, at_page, made, root, layout) or at_page


def _at_layout(
    refused: Refused, at_page: Problem, made: tuple[str, str], root: Path, layout: LoadedLayout
) -> Problem | None:
    """Return the problem at the place in layout.yaml that lacks something a page asks for; None if there is none."""
    (kind, page), tree, place = made, layout.tree, f"{at_page.path}:{at_page.line}"
    if refused.missing:
        return tree.problem(refused.missing, f"{refused.message}, but {place} asks for it", refused.hint)
    if isinstance(refused.held, PageOf) and (added := _piece(refused.absent, addresses.pages(root))):
        message = f'no piece prints "{refused.absent}", whose page {place} lists'
        return tree.problem(("documents", kind, "pieces"), message, f"add {added}")
    spec = layout.layout.documents.get(kind)
    if spec and refused.held is None and refused.absent in LISTED:
        for loc, piece in every_piece(spec.pieces):
            if piece.page == page and not piece.lists_pages:
                message = f'{place} asks for "{refused.absent}", and this piece lists no pages'
                hint = "add lists_pages: true to it, or use another page"
                return tree.problem(("documents", kind, *loc), message, hint)
    return None


LISTED = ("page_of", "linked_from")
"""The names that only a piece which lists pages has."""


def _piece(name: str, pages: Mapping[str, str]) -> str:
    """Return the piece that prints an element with an id, as layout.yaml has it; empty if no page does."""
    for shown, text in pages.items():
        for begun, more in SHEET.findall(text):
            if name == begun or (more and name.startswith(begun)):
                own = begun.rstrip("-")
                page = shown.removeprefix(f"{addresses.FOLDER}/")
                return f"{{id: {own}, page: {page}{f', each: {own}' if more else ''}}}"
    return ""


SHEET = re.compile(r"""\bsheet\(\s*["'][\w-]+["']\s*,\s*["']([\w-]+)["']\s*(~?)""")
"""The id that a page gives to one of its sheets, or how it begins."""


def problem(page: str, line: int | None, message: str, hint: str) -> Problem:
    """Return a problem of a page."""
    return Problem(f"layouts/{page}", line or 1, message, hint, Owner.LAYOUT)


class _Frame(NamedTuple):
    """A line of a page that was being written when it failed; `in_macro` if it is in a macro."""

    page: str
    line: int | None
    in_macro: bool = False


def _frames(root: Path, error: BaseException) -> Iterator[_Frame]:
    """Yield the lines of templates that a rendering error passed through, the innermost last."""
    trace = error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        path = Path(code.co_filename)
        if path.is_relative_to(root / "layouts"):
            name = path.relative_to(root / "layouts").as_posix()
            yield _Frame(name, _line(trace), in_macro=code.co_name in MACROS)
        trace = trace.tb_next


MACROS = ("template", "macro")
"""The names of a macro's code in a traceback, with Jinja2's rewriting and without."""


def _cause(root: Path, frames: Sequence[_Frame], name: str) -> _Frame:
    """Return the line that a name comes from: if it was passed to a macro, the line that calls the macro."""
    for frame in reversed(frames):
        text = _text(root, frame)
        if not frame.in_macro or name in text or any(part in name for part in STRING.findall(text)):
            return frame
    return frames[-1]


def _text(root: Path, frame: _Frame) -> str:
    """Return a line of a page, with the lines after it to the end of its tag."""
    lines = (root / "layouts" / frame.page).read_text(encoding="utf-8", errors="replace").splitlines()
    from_here = lines[(frame.line or 1) - 1 :]
    end = next((index for index, line in enumerate(from_here) if re.search(r"[}%]\}", line)), 0)
    return "\n".join(from_here[: end + 1])


STRING = re.compile(r"""["']([\w-]{2,})["']""")


def _import_of(root: Path, frames: Sequence[_Frame]) -> tuple[str, int] | None:
    """Return the page and line that import the macros that failed, if it does so without the page's own names."""
    inner = frames[-1].page
    caller = next((frame.page for frame in reversed(frames) if frame.page != inner), "")
    text = (root / "layouts" / caller).read_text(encoding="utf-8", errors="replace") if caller else ""
    for tag in IMPORT.finditer(text):
        if tag[1] == inner and not tag[2].rstrip("- ").endswith("with context"):
            return caller, text.count("\n", 0, tag.start()) + 1
    return None


IMPORT = re.compile(r"""\{%[-+]?\s*(?:import|from)\s+["']([^"']+)["'](.*?)[-+]?%\}""", re.DOTALL)


def _line(trace: TracebackType) -> int:
    """Return the template's line. Jinja2 rewrites the tracebacks of Exceptions only, and Overdue isn't one."""
    template = trace.tb_frame.f_globals.get("__jinja_template__")
    return int(template.get_corresponding_lineno(trace.tb_lineno)) if template else trace.tb_lineno


def _refusal(error: BaseException) -> Refused:
    """Return the message and the hint for a page that failed while it was being written."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, jinja2.TemplateNotFound):
        hint = "a page by its path from layouts/, such as shared/page.html"
        return Refused(f'there is no page "{error.name}" in layouts/', hint)
    if isinstance(error, UnicodeDecodeError):
        return Refused("the page, or one that this line includes, is not UTF-8 text", "save it as UTF-8")
    for kind, message, hint in ENDLESS:
        if isinstance(error, kind):
            return Refused(message, hint)
    if found := NAMED.search(str(error)):
        return Refused(*_misread(found[0]), absent=found[2], held=found)
    reason = str(error.args[0] if error.args else error)
    reason = reason[:1].lower() + reason[1:].rstrip(".") or "it needs more memory than there is"
    if isinstance(error, (TypeError, ValueError, AttributeError)):
        reason = f"“{reason}”"
    return Refused(f"the page can't be written: {reason}", COMPARE)


def _misread(reason: str) -> tuple[str, str]:
    """Return the message and the hint for a page that can't be parsed; `reason` is Jinja2's message."""
    if found := NAMED.search(reason):
        noun, name = found.groups()
        known = {"filter": (*FILTERS, *OWN_FILTERS), "test": (*TESTS,)}[noun]
        return f'the page can\'t be written: there is no {noun} called "{name}"', nearest(name, known) or COMPARE
    # Only the first sentence, without the place of a character in the file.
    words = re.sub(r" at \d+$", "", reason.partition(". ")[0].removeprefix("Encountered ").rstrip("."))
    return f"the page can't be written: {words[:1].lower()}{words[1:]}", COMPARE


NAMED = re.compile(r"No (filter|test) named '(\w+)'")
OWN_FILTERS = ("words", "date", "month", "ordinal")
"""The filters that the engine adds to Jinja2's."""
ENDLESS: tuple[tuple[type[BaseException], str, str], ...] = (
    (RecursionError, "the page includes itself endlessly", "remove an include, an import or a call"),
    (Overdue, "the page takes too long to write", "look for an endless loop, or one loop inside another"),
    (
        MemoryError,
        "the page needs more memory than it is allowed",
        "look for text that is repeated or padded too often",
    ),
)
"""The message and the hint for each way of stopping an endless page."""
