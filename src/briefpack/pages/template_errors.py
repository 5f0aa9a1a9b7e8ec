"""Report the failures of templates, at the line that causes them, in a designer's words."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import jinja2
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

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


def of_failure(error: BaseException, root: Path, page: str) -> Problem:
    """Return the problem of a page that failed while it was being written, at the innermost line of a template."""
    *before, last = [*_frames(root, error)] or [_Frame(page, 1)]
    message, hint = _refusal(error)
    if last.in_macro and before:
        message += f", in a macro that layouts/{before[-1].page}:{before[-1].line} calls"
        hint = 'import its page "with context", or compare it with the other pages' if hint == COMPARE else hint
    return problem(last.page, last.line, message, hint)


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


def _line(trace: TracebackType) -> int:
    """Return the template's line. Jinja2 rewrites the tracebacks of Exceptions only, and Overdue isn't one."""
    template = trace.tb_frame.f_globals.get("__jinja_template__")
    return int(template.get_corresponding_lineno(trace.tb_lineno)) if template else trace.tb_lineno


def _refusal(error: BaseException) -> tuple[str, str]:
    """Return the message and the hint for a page that failed while it was being written."""
    if isinstance(error, Refused):
        return error.message, error.hint
    if isinstance(error, jinja2.TemplateNotFound):
        return (
            f'there is no page "{error.name}" in layouts/',
            "a page by its path from layouts/, such as shared/page.html",
        )
    if isinstance(error, UnicodeDecodeError):
        return "the page, or one that this line includes, is not UTF-8 text", "save it as UTF-8"
    for kind, message, hint in ENDLESS:
        if isinstance(error, kind):
            return message, hint
    return _misread(str(error.args[0] if error.args else error) or type(error).__name__)


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
