"""Write a page's HTML, or reuse another document's."""

import errno
from collections.abc import Callable, Iterator, Mapping, Sequence

import jinja2

from briefpack.layout.addresses import PageLoader
from briefpack.limits import Overdue
from briefpack.pages import calls, markup, template_errors
from briefpack.pages.calls import Citations, Composer
from briefpack.pages.sharing import Reads, Scope, Written
from briefpack.plan import Document, Item
from briefpack.problem import Problem, Problems


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
        html = _write(writer, page, found, reads)
        if markup.unbalanced(html):
            citations.order[:] = given[-1]
            citations.sheet.clear()
            raise Problems(_unbalanced(writer, page, found))
        known = Written(html, tuple(citations.order), tuple(reads.figures))
        writer.shelf.put(given, found, frozenset(reads.scopes), known)
    citations.order[:] = known.cited
    citations.figures.update(dict.fromkeys(known.figures))
    return known.html


def _write(writer: Composer, page: str, scopes: Sequence[Scope], reads: Reads) -> str:
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
        problems = Problems([template_errors.of_failure(error, writer.root, page, reads.values)])
        if isinstance(error, Overdue):
            writer.stuck[page] = problems
        raise problems from None


def _unbalanced(writer: Composer, page: str, scopes: Sequence[Scope]) -> Iterator[Problem]:
    """Yield a problem for each unbalanced tag, at the template line that wrote it."""
    environment, loader = writer.environment, writer.environment.loader
    environment.loader = _Marked(writer.root)
    try:
        written = _write(writer, page, scopes, Reads())
    finally:
        environment.loader = loader
    for fault in markup.unbalanced(written):
        yield template_errors.problem(fault.template or page, fault.line or 1, fault.message, fault.hint)


class _Marked(PageLoader):
    """A loader whose templates write a comment before each tag, saying which line it comes from."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, fresh = super().get_source(environment, template)
        return markup.marked(source, template), path, fresh
