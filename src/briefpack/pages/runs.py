"""Join the pages of parts that follow each other into one HTML text, so that they share pages."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

from briefpack.layout.model import Fit
from briefpack.pages import source_map
from briefpack.plan import PlannedPiece, Seen

PAGE = re.compile(r"(?P<head>.*?<body\b[^>]*>)(?P<content>.*)(?P<foot></body>.*)", re.DOTALL)
SHEET = re.compile(r'(?:\bid="(?P<id>[^"]*)")? data-fit="(?P<fit>[^"]*)"')
RUN = "data-run"
"""Marks the element that holds parts that share pages; the parts are its children."""
PART = "data-part"
"""Marks a part there, with the name of its piece."""


@dataclass(frozen=True)
class Part:
    """One piece of a document as planned, and its HTML."""

    planned: PlannedPiece
    html: str


@dataclass(frozen=True)
class Run:
    """The parts of a document that share pages, which are laid out as one piece, and often just one part.

    If it `ends_early`, its last page may be as empty as it is, because the next part always starts a page.
    """

    parts: tuple[Part, ...]
    ends_early: bool = True

    @property
    def planned(self) -> PlannedPiece:
        """Return its first part as planned, with the others."""
        others = tuple(part.planned for part in self.parts[1:])
        return replace(self.parts[0].planned, others=others, ends_early=self.ends_early)

    @cached_property
    def html(self) -> str:
        """Return its HTML; several parts become one sheet with the fit and the page of the first."""
        first, *others = (part.html for part in self.parts)
        if not others:
            return first
        marks = SHEET.search(first)
        assert marks  # noqa: S101 -- only parts with a sheet are joined
        (head, own, foot), *more = (PAGE.split(html)[1:4] for html in (first, *others))
        every = zip(self.parts, (own, *(content for _, content, _ in more)), strict=True)
        contents = (SHEET.sub(partial(_named, part.planned.name), content) for part, content in every)
        return f'{head}\n<div {RUN} id="from-{marks["id"]}" data-fit="{marks["fit"]}">{"".join(contents)}</div>\n{foot}'

    def takes(self, part: Part, seen: Seen, fits: Mapping[str, Fit], slots: Iterable[str]) -> bool:
        """Return whether a part may follow it on its last page, as far as has been seen.

        Both have the same frame, a sheet of any number of pages and none of another kind, and no slot of the same name.
        """
        last = self.parts[-1]
        if not part.planned.follows(last.planned, seen):
            return False
        frames = [
            source_map.unmarked(found["head"]) if (found := PAGE.match(each.html)) else each for each in (last, part)
        ]
        sheets = [[fits.get(found["fit"]) for found in SHEET.finditer(each.html)] for each in (last, part)]
        return (
            frames[0] == frames[1]
            and all(sheets)
            and all(fit and fit.pages.most == math.inf for each in sheets for fit in each)
            and not any(self.of_slot(slot) and f'id="{slot}"' in part.html for slot in slots)
        )

    def of_slot(self, slot: str) -> Part | None:
        """Return the part that has a slot."""
        return next((part for part in self.parts if f'id="{slot}"' in part.html), None)


def _named(name: str, found: re.Match[str]) -> str:
    """Return the id of a sheet that is within another, with the name of its part in place of its fit."""
    return f'id="{found["id"]}" {PART}="{name}"' if found["id"] else ""
