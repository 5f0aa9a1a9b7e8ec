"""Sections of any length, as an author might write them, laid out with the project's own layouts."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefpack import charts, pages, plan
from briefpack.brief.model import Ask, Section
from briefpack.build.jobs import draw
from briefpack.build.jobs.laying_out import LaidOut, LayOut
from briefpack.pages import Piece
from briefpack.project import Project
from briefpack.store import Store
from projects import frozen

BRIEF = "ijm-federal-2025"
WHO = """the department|a community court|every school|the new inquiry|a parent|each magistrate|the regional office
|police in three states|the review|no single agency|the Commonwealth|local service providers|an independent reviewer
|children in care""".replace("\n", "").split("|")
DID = """reported|found|has funded|will publish|opened|could not explain|did not expect|supports|measured|asked for
|refused|knows about|brought forward|set aside|relies on""".replace("\n", "").split("|")
WHAT = """a third of the claims|better training for its officers|the counter-trafficking programme|trauma-informed care
|an anti-exploitation strategy|what families had already said|the recommendations of the earlier inquiry
|a decision that took eleven months|records of the same kind|new guidance on safeguarding responsibilities
|internationally comparable statistics|the cost of an interpreter|more than one hearing a week
|help with accommodation|a single point of contact""".replace("\n", "").split("|")
HOW = """before the end of the year|in remote communities|without any further explanation|because nobody had asked
|although the evidence was incomplete|and the committee agreed|under the existing legislation
|for the first time since the agreement|where the need is greatest|which is why the timetable matters
|through intergovernmental cooperation|after a long disagreement""".replace("\n", "").split("|")
TABLE = {
    "caption": "What each state reported",
    "columns": ["State", "Cases", "Share"],
    "rows": [["New South Wales", "120", "42 per cent"], ["Victoria", "95", "33 per cent"], ["Queensland", "61", "21 per cent"]],
}  # fmt: skip


class Author:
    """An author whose choices follow from a seed, and who stops after a number of words."""

    def __init__(self, count: int, sources: list[str], chart_ids: list[str]) -> None:
        self.left, self.choice = count, random.Random(count)  # noqa: S311 -- no secret
        self.sources, self.charts = sources, chart_ids

    def words(self, most: int) -> str:
        """Return a paragraph of some sentences, cut off at the number of words left."""
        count, found = min(most, self.left), list[str]()
        while len(found) < count:
            sentence = " ".join(self.choice.choice(part) for part in (WHO, DID, WHAT, HOW))
            found += f"{sentence[0].upper()}{sentence[1:]}.".split()
        self.left -= count
        return " ".join(found[:count]).rstrip(".") + "."

    def blocks(self) -> Iterator[dict[str, Any]]:
        """Yield blocks of every kind until all the words are written: mostly paragraphs, half with a note."""
        number = 0
        while self.left > 0:
            number += 1
            if number % 7 == 3:
                yield {"text": "\n".join(f"- {self.words(self.choice.randint(8, 24))}" for _ in range(4) if self.left)}
            elif number % 7 == 5 and self.left > 200:
                yield {"chart": self.charts[number // 7 % len(self.charts)]}
            elif number % 7 == 6 and self.left > 200:
                yield {"table": TABLE}
            else:
                note = f"[^{self.sources[number % len(self.sources)]}]" if number % 2 else ""
                yield {"text": self.words(self.choice.randint(25, 110)) + note}


class Bench:
    """A layout on which sections are laid out and checked, one after the other, in this process."""

    def __init__(self, layout: str, folder: Path, project: Project | None = None) -> None:
        self.project, self.kept = project or frozen(), Store(folder)
        self.brief, self.layout = plan.read(self.project, BRIEF, layout, "screen")
        ground = charts.ground(self.brief.group)
        self.common = charts.made_from(self.layout.look, self.brief.locale, self.project.root, ground)
        self.draw = draw.Draw(self.layout.look, self.brief.locale, self.project.root, self.kept, ground, self.common)

    def section(self, count: int, section_id: str = "long") -> Section:
        """Return a section of that many words."""
        brief = self.brief.brief
        bars = [name for name, chart in brief.charts.items() if chart.kind == "bars"]
        blocks = list(Author(count, list(brief.sources)[:9], bars).blocks())
        named = {"id": section_id, "label": "The evidence", "heading": "What the evidence says about help"}
        return Section.model_validate({**named, "blocks": blocks})

    def ask(self, count: int) -> Ask:
        """Return an ask of the brief whose reasons have that many words."""
        blocks = self.section(count).blocks if count else ()
        return self.brief.brief.asks[0].model_copy(update={"id": "long", "why": blocks})

    def pieces(self, *sections: Section, kind: str = "pack", **parts: object) -> tuple[plan.Plan, tuple[Piece, ...]]:
        """Return the pieces of the first national document of a kind, and its plan.

        It has these sections and parts instead of the brief's.
        """
        changed = replace(self.brief, brief=self.brief.brief.model_copy(update={"sections": sections, **parts}))
        planned = plan.make(changed, self.layout, plan.Wanted(electorates=()))
        drawn = {each: charts.key(each, self.common, self.project.root) for each in planned.drawings}
        document = next(each for each in planned.documents if each.kind == kind)
        for each in document.drawings.values():
            if self.kept.get(drawn[each]) is None:
                assert self.draw((each, drawn[each])) is None
        composer = pages.composer(planned, self.project.root, drawn, self.kept)
        return planned, pages.compose(composer, document).pieces

    def lay_out(self, planned: plan.Plan, piece: Piece) -> tuple[LaidOut, bytes]:
        """Return a piece laid out and checked, with its PDF."""
        return LayOut(self.project.root, self.kept, plan.expected(planned)).make(piece)

    def of_length(self, count: int) -> tuple[LaidOut, bytes]:
        """Return a section of that many words, laid out and checked, with its PDF."""
        planned, pieces = self.pieces(self.section(count))
        [piece] = [each for each in pieces if 'id="section-long"' in each.html]
        return self.lay_out(planned, _alone(piece))


def _alone(piece: Piece) -> Piece:
    """Return a piece without the themes that some layouts let follow the sections."""
    html = re.sub(r'<section class="part theme".*?</section>', "", piece.html, flags=re.DOTALL)
    return replace(piece, html=html)
