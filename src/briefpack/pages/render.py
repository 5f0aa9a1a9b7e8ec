"""Write a page's HTML, or reuse another document's."""

import errno
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import jinja2

from briefpack.layout.addresses import PageLoader
from briefpack.limits import Overdue
from briefpack.pages import abbreviations, absent, calls, markup, ordinals, silenced, template_errors, uneven_rows
from briefpack.pages.calls import Composer
from briefpack.pages.owners import Citations
from briefpack.pages.sharing import Reads, Scope, Written
from briefpack.plan import Document, Item
from briefpack.problem import Problem, Problems


class Fault(Protocol):
    """A fault of a page's HTML."""

    @property
    def template(self) -> str:
        """Return the template that wrote it."""

    @property
    def line(self) -> int | None:
        """Return its line in the template."""

    @property
    def message(self) -> str:
        """Return the message."""

    @property
    def hint(self) -> str:
        """Return the hint."""


def render(
    writer: Composer,
    document: Document,
    page: str,
    told: Mapping[str, object],
    citations: Citations,
    item: Item | None = None,
) -> str:
    """Return a page's HTML, reusing another document's if everything that the page read is the same.

    `item` is the ask, section or the like that the page's piece is made for.
    """
    given = (document.kind, page, citations.style, tuple(citations.order))
    reads = Reads()
    found = calls.scopes(writer, document, item, told, citations, reads)
    known = writer.shelf.find(given, found)
    if known is None:
        if page in writer.stuck:
            # A page that ran out of time for one document isn't tried for the next.
            raise writer.stuck[page]
        citations.sheet.clear()
        html = _write(writer, document.kind, page, found, reads)
        for faults in (markup.unbalanced, uneven_rows.find, silenced.find):
            if faults(html):
                citations.order[:] = given[-1]
                citations.sheet.clear()
                raise Problems(_faulty(writer, document.kind, page, found, faults))
        html = abbreviations.heard(ordinals.raised(html, writer.plan.brief.locale), writer.abbreviations)
        known = Written(html, tuple(citations.order), tuple(reads.figures))
        writer.shelf.put(given, found, frozenset(reads.scopes), known)
    citations.order[:] = known.cited
    citations.figures.update(dict.fromkeys(known.figures))
    return known.html


def _write(writer: Composer, kind: str, page: str, scopes: Sequence[Scope], reads: Reads) -> str:
    writer.environment.reads = reads
    try:
        reads.declare(scopes)
        return writer.environment.get_template(page).render(reads.values)
    except jinja2.TemplateSyntaxError as error:
        raise Problems([template_errors.of_syntax(error, page)]) from None
    except Problems:
        # An image can't be used, which isn't the page's fault.
        raise
    except (Exception, Overdue) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        # A page is its designer's code, so any other failure is reported as theirs.
        found = template_errors.of_failure(error, writer.root, page, reads.values)
        problems = Problems([absent.at_layout(error, found, (kind, page), writer.root, writer.plan.layout)])
        if isinstance(error, Overdue):
            writer.stuck[page] = problems
        raise problems from None


def _faulty(
    writer: Composer, kind: str, page: str, scopes: Sequence[Scope], faults: Callable[[str], Sequence[Fault]]
) -> Iterator[Problem]:
    """Yield a problem for each fault of a page's HTML, at the template line that wrote it."""
    environment, loader = writer.environment, writer.environment.loader
    environment.loader = _Marked(writer.root)
    try:
        # The page of a note is loaded with the names of its scope, so they are computed again, with this loader.
        written = _write(writer, kind, page, [replace(scope) for scope in scopes], Reads())
    finally:
        environment.loader = loader
    for fault in faults(written):
        yield template_errors.problem(fault.template or page, fault.line or 1, fault.message, fault.hint)


class _Marked(PageLoader):
    """A loader whose templates write a comment before each tag, saying which line it comes from."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, fresh = super().get_source(environment, template)
        return markup.marked(source, template), path, fresh
