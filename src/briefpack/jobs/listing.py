"""List the finished documents for the manifest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from briefpack.jobs.line import Line
from briefpack.jobs.outcome import Bound, Outcome
from briefpack.output import Entry, Failed, Finding
from briefpack.problem import Problem


def entries(outcomes: Iterable[Outcome], line: Line) -> tuple[list[Entry], dict[str, dict[str, Any]]]:
    """Return the manifest's entry of each new document, and the new values in the entry of each kept one, by path."""
    finished, unchanged = [*outcomes], line.inputs.unchanged
    made = [_entry(each, each.bound, line, unchanged=unchanged) for each in finished if each.made and each.bound]
    matter = {"electoral_matter": line.planned.brief.brief.electoral_matter}
    kept = {
        each.document.path: {"inputs": _inputs(each, unchanged=unchanged), "sha256": each.sha256, **matter}
        for each in finished
        if each.kept
    }
    return made, kept


def failures(outcomes: Iterable[Outcome], line: Line) -> list[Failed]:
    """Return the failed documents for the manifest, without those of a build that stopped: nothing is wrong with them."""
    return [
        Failed(each.document.path, tuple(_problems(each, line)), each.proof.sha256 if each.proof else "")
        for each in outcomes
        if each.failed and not each.stopped
    ]


def _problems(outcome: Outcome, line: Line) -> Iterator[Problem]:
    """Yield the problems of a document; those of the document as a whole are without its path, as in its warnings."""
    own = line.shown(outcome.document)
    for problem in dict.fromkeys(each.problem for each in outcome.findings):
        yield replace(problem, path="") if problem.path == own else problem


def _inputs(outcome: Outcome, *, unchanged: bool) -> Mapping[str, str]:
    """Return the hashes that decide whether a document is up to date.

    After an edit during the build, some pages may have the new text and others the old. Without `can_show`, the next
    build looks at every piece again. Only `shows` is still known.
    """
    return {name: each if unchanged or name == "shows" else "" for name, each in outcome.inputs.items()}


def _entry(outcome: Outcome, bound: Bound, line: Line, *, unchanged: bool) -> Entry:
    document, laid_out = outcome.document, [outcome.laid_out[piece.key] for piece in outcome.pieces]
    return Entry(
        path=document.path, kind=document.kind, layout=line.planned.layout.name, electorate=document.electorate,
        ask=document.ask, pages=sum(each.pages for each in laid_out), bytes=bound.size, sha256=bound.sha256,
        inputs=_inputs(outcome, unchanged=unchanged),
        fits={name: fit for each in laid_out for name, fit in each.fits.items()},
        sources=outcome.composed.sources if outcome.composed else (),
        electoral_matter=line.planned.brief.brief.electoral_matter,
        warnings=tuple(map(_without_path, outcome.findings)),
    )  # fmt: skip


def _without_path(finding: Finding) -> Finding:
    """Return a warning of a document as a whole without its path, which depends on the folder."""
    return finding if finding.piece else replace(finding, problem=replace(finding.problem, path=""))
