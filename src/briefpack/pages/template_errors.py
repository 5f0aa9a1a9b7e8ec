"""Report the failures of templates, at the line that causes them, in a designer's words."""

import re
from pathlib import Path
from types import TracebackType

import jinja2

from briefpack.limits import Overdue
from briefpack.pages import open_tags
from briefpack.pages.sandbox import COMPARE, Refused
from briefpack.problem import Owner, Problem


def of_syntax(error: jinja2.TemplateSyntaxError, page: str) -> Problem:
    """Return the problem of a page that can't be parsed."""
    name, reason = error.name or page, error.message or ""
    if NESTING.search(reason) and (tag := open_tags.unclosed(error.source or "")):
        place = f"before line {tag.before}" if tag.before else "before the page ends"
        message = f'the page can\'t be written: "{tag.name}" is never closed'
        return problem(name, tag.line, message, f"close it with {{% end{tag.name} %}} {place}")
    return problem(name, error.lineno, *_misread(reason))


def of_failure(error: BaseException, root: Path, page: str) -> Problem:
    """Return the problem of a page that failed while it was being written."""
    return problem(*_where(root, error, page), *_failure(error))


def problem(page: str, line: int | None, message: str, hint: str) -> Problem:
    """Return a problem of a page."""
    return Problem(f"layouts/{page}", line or 1, message, hint, Owner.LAYOUT)


def _where(root: Path, error: BaseException, page: str) -> tuple[str, int | None]:
    """Return the innermost template and line that a rendering error passed through."""
    trace = error.__traceback__
    place: tuple[str, int | None] = (page, None)
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(root / "layouts"):
            place = path.relative_to(root / "layouts").as_posix(), _line(trace)
        trace = trace.tb_next
    return place


def _line(trace: TracebackType) -> int:
    """Return the template's line. Jinja2 rewrites the tracebacks of Exceptions only, and Overdue isn't one."""
    template = trace.tb_frame.f_globals.get("__jinja_template__")
    return int(template.get_corresponding_lineno(trace.tb_lineno)) if template else trace.tb_lineno


def _failure(error: BaseException) -> tuple[str, str]:
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
    for kind, *words in ENDLESS:
        if isinstance(error, kind):
            return words[0], words[1]
    reason, _, hint = str(error.args[0] if error.args else error).partition("\n")
    reason = reason[:1].lower() + reason[1:].rstrip(".") or "it needs more memory than there is"
    if isinstance(error, (TypeError, ValueError, AttributeError)):
        reason = f"“{reason}”"
    return f"the page can't be written: {reason}", hint or COMPARE


def _misread(reason: str) -> tuple[str, str]:
    """Return the message and the hint for a page that can't be parsed; `reason` is Jinja2's message."""
    for pattern, message, hint in MISREAD:
        if found := re.search(pattern, reason, re.DOTALL):
            return f"the page can't be written: {message.format(*found.groups())}", hint.format(*found.groups())
    return f"the page can't be written: {reason[:1].lower()}{reason[1:].rstrip('.')}", COMPARE


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
ENDS = "end(autoescape|block|call|filter|for|if|macro|set|with)"
NESTING = re.compile(rf"unknown tag '{ENDS}'|end of template.*needs to be closed", re.IGNORECASE | re.DOTALL)
"""Jinja2's messages about a tag that may not be closed."""
MISREAD = (
    (
        rf"unknown tag '{ENDS}'",
        '"end{0}" has no "{0}" to close',
        "delete it, or add the tag that it should close",
    ),
    (
        r"unknown tag '((?:end|el)\w+)'.*needs to be closed is '(\w+)'",
        'there should be "end{1}" here to close "{1}", not "{0}"',
        "close it with {{% end{1} %}}",
    ),
    (r"unknown tag '(\w+)'", 'there is no tag called "{0}"', COMPARE),
    (
        r"end of template.*needs to be closed is '(\w+)'",
        'the page ends before "end{0}" closes "{0}"',
        "close it with {{% end{0} %}}",
    ),
    (r"end of template|end of print statement', got 'end", "the page ends in the middle of a tag", "close the tag"),
    (r"No filter named '(\w+)'", 'there is no filter called "{0}"', COMPARE),
    (r"expected token '([^']+)', got '([^']+)'", 'there should be "{0}" here, not "{1}"', COMPARE),
)
"""Jinja2's messages, each with the message and the hint for a designer."""
