"""Complete the pages of failed documents: number them, and lay out the pieces that waited for the numbers."""

from collections.abc import Iterable
from dataclasses import replace

from briefpack.jobs import numbering, stages, typesetting
from briefpack.jobs.line import Line
from briefpack.jobs.outcome import Outcome


def complete(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Return failed documents with every piece laid out, and with the problems of those laid out only now.

    A failed document's contents, folios and running heads haven't been made, as they need the number of pages.
    """
    failed = [*outcomes]
    completed = [_accepted(replace(each, findings=()), each) for each in failed]
    for _ in range(typesetting.MOST_NUMBERED):
        if all(map(numbering.settled, completed)):
            break
        numbered = stages.images(numbering.number(completed, line), line)
        laid_out = typesetting.lay_out(numbered, line)
        completed = [_accepted(each, before) for each, before in zip(laid_out, failed, strict=True)]
    return [_judged(each, before, line) for each, before in zip(completed, failed, strict=True)]


def _accepted(outcome: Outcome, failed: Outcome) -> Outcome:
    """Return an outcome as if the pieces that made its document fail were sound."""
    sound = {key: replace(outcome.laid_out[key], problems=(), spills=()) for key in failed.laid_out}
    return replace(outcome, laid_out={**outcome.laid_out, **sound})


def _judged(outcome: Outcome, failed: Outcome, line: Line) -> Outcome:
    """Return a failed document as completed, with its problems from before and those of the new pieces."""
    known = {each.problem for each in failed.findings}
    new = tuple(each for each in typesetting.judge(outcome, line).findings if each.problem not in known)
    return replace(outcome, findings=(*failed.findings, *new))
