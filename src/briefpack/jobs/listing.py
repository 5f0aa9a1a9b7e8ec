"""List the finished documents for the manifest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from briefpack.jobs.line import Line
from briefpack.jobs.outcome import Bound, Outcome
from briefpack.output import Entry, Finding


def new_entries(outcomes: Iterable[Outcome], line: Line) -> Iterator[Entry]:
    """Yield the manifest's entry of each new document."""
    unchanged = line.inputs.unchanged
    for outcome in outcomes:
        if outcome.made and outcome.bound:
            yield _entry(outcome, outcome.bound, line, unchanged=unchanged)


def kept_entries(outcomes: Iterable[Outcome], line: Line) -> Mapping[str, Mapping[str, Any]]:
    """Return what changes in the manifest's entry of each document that is kept, by its path."""
    unchanged = line.inputs.unchanged
    return {
        each.document.path: {"inputs": _inputs(each, unchanged=unchanged), "sha256": each.sha256}
        for each in outcomes
        if each.kept
    }


def _inputs(outcome: Outcome, *, unchanged: bool) -> Mapping[str, str]:
    """Return the hashes that decide whether a document is up to date.

    After an edit during the build, some pages may have the new text and others the old. Without `can_show`, the next
    build looks at every piece again.
    """
    return outcome.inputs if unchanged else {**outcome.inputs, "can_show": ""}


def _entry(outcome: Outcome, bound: Bound, line: Line, *, unchanged: bool) -> Entry:
    document, laid_out = outcome.document, [outcome.laid_out[piece.key] for piece in outcome.pieces]
    return Entry(
        path=document.path, kind=document.kind, layout=line.planned.layout.name, electorate=document.electorate,
        ask=document.ask, pages=sum(each.pages for each in laid_out), bytes=bound.size, sha256=bound.sha256,
        inputs=_inputs(outcome, unchanged=unchanged),
        fits={name: fit for each in laid_out for name, fit in each.fits.items()},
        sources=outcome.composed.sources if outcome.composed else (),
        warnings=tuple(map(_without_path, outcome.findings)),
    )  # fmt: skip


def _without_path(finding: Finding) -> Finding:
    """Return a warning of a document as a whole without its path, which depends on the folder."""
    return finding if finding.piece else replace(finding, problem=replace(finding.problem, path=""))
