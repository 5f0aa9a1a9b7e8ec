"""Make what a meeting needs beside its documents: a file for the printer, a calendar entry, and two letters."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from briefpack import build, plan, store
from briefpack.build import print_set
from briefpack.build.print_set import PrintSet
from briefpack.meetings import calendar, letters
from briefpack.output import Report, Request
from briefpack.plan import Meeting, Plan
from briefpack.pool import Progress
from briefpack.problem import Problem


@dataclass(frozen=True)
class Beside:
    """The files made beside documents: for the printer, and others.

    `left` are the letters that would be others now, had nobody edited them.
    """

    print_sets: tuple[PrintSet, ...]
    made: tuple[Path, ...]
    left: tuple[Path, ...]
    warnings: tuple[Problem, ...] = ()


def make(request: Request, report: Report, progress: Progress = build.no_progress) -> Beside:
    """Make the files beside the documents of a build that has just been reported.

    A meeting of which a document failed has no file for the printer, and an edition for a print shop has none at all.
    A letter that somebody has edited is left as it is. Raises Problems.
    """
    planned = build.prepare(request)
    made: list[Path] = []
    left: list[Path] = []
    for meeting in planned.meetings:
        folder = request.folder / plan.OURS / meeting.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in _files(meeting, planned).items():
            path = folder / f"{meeting.folder}-{name}"
            if path.exists() and path.read_bytes() == data:
                continue
            now, before = letters.hashes(path) if path.exists() and path.suffix == ".docx" else ("", "")
            if now == before:
                store.write(path, data)
                made.append(path)
            elif letters.hashes(io.BytesIO(data))[0] != before:
                left.append(path)
    sets, warnings = _print_sets(planned, request, report, progress)
    return Beside(sets, tuple(made), tuple(left), warnings)


def _files(meeting: Meeting, planned: Plan) -> Mapping[str, bytes]:
    brief = planned.brief
    asks = [ask for ask in brief.brief.asks if not meeting.asks or ask.id in meeting.asks]
    return {
        "calendar.ics": calendar.entry(meeting, brief),
        "request.docx": letters.request(meeting, brief, asks),
        "thanks.docx": letters.thanks(meeting, brief, asks),
    }


def _print_sets(
    planned: Plan, request: Request, report: Report, progress: Progress
) -> tuple[tuple[PrintSet, ...], tuple[Problem, ...]]:
    """Return the file for the printer of each meeting, with as many copies of each document as its row says."""
    if planned.layout.edition.process_inks or planned.layout.layout.print_set is None:
        return (), ()
    handed_out = replace(planned, documents=tuple(each for each in planned.documents if not each.spec.internal))
    meetings = {meeting.folder: meeting for meeting in planned.meetings}
    copies = {each.path: meetings[each.place].copies_of(each.kind, each.ask) for each in handed_out.documents}
    return print_set.joined(handed_out, copies, report, request, progress)
