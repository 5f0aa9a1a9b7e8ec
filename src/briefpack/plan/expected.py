"""Collect the requirements for each finished document: its limits on press, its fonts, the words that belong to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefpack.brief import markdown
from briefpack.geometry import Frame, Rectangle
from briefpack.layout import LoadedLayout
from briefpack.layout.editions import SCREEN, Edition
from briefpack.layout.look import Face, Ink
from briefpack.layout.model import Box
from briefpack.plan import belongings, fact_charts
from briefpack.plan.loaded import LoadedBrief
from briefpack.plan.meetings import Meeting
from briefpack.plan.model import Document, Drawing, Plan
from briefpack.text import yaml_lines
from briefpack.text.words import fold


@dataclass(frozen=True)
class Around:
    """Every electorate's name and values, to keep them out of the documents of the others.

    `credit` must be printed wherever there is a map.
    """

    names: Mapping[str, str]
    known: belongings.Known
    credit: str


@dataclass(frozen=True)
class Press:
    """The printing condition of an edition in process inks: its bleed, its ink limit and its profile.

    `inks` gives the inks of each colour on a laid-out page, and `text` the inks allowed for text. `profile` is the ICC
    profile of the printing condition named in `condition`.
    """

    bleed_mm: float
    ink_limit_percent: int
    condition: str
    profile: Path
    inks: Mapping[str, Ink]
    text: tuple[Ink, ...]

    @property
    def beyond_trim_mm(self) -> float:
        """Return the distance from the trim to the edge of the sheet, with room for crop marks."""
        return self.bleed_mm + MARKS_MM


MARKS_MM = 7.0
"""The room for crop marks around the bleed."""


@dataclass(frozen=True)
class Part:
    """The intended properties of a laid-out piece, for its checks, such as its HTML and its smallest type.

    `held` lists the slots for other pieces, each with its page, from 0. A piece `over` other pages has no background of
    its own: it is laid on theirs. `ends` are the pages, from 0, on which a text of any length ends, and which may be
    emptier than others. `hidden` are the texts that its style sheets give no letters. A piece that is `boxed` is laid
    in a slot, so its edges aren't cut, and it needn't be full.
    """

    html: str
    smallest_type_pt: float
    over: bool = False
    held: tuple[tuple[int, Frame], ...] = ()
    ends: tuple[int, ...] = ()
    hidden: tuple[str, ...] = ()
    boxed: bool = False


@dataclass(frozen=True)
class Type:
    """A run of type in a running slot, as its own page has it; `alone` if nothing else in the slot is behind it."""

    text: str
    box: Rectangle
    colour: tuple[int, int, int, int]
    large: bool
    printed: bool
    alone: bool


@dataclass(frozen=True)
class Ground:
    """The look of a page without its type, where a running slot prints over it: its frame, and its place on the page.

    `pixels` are compressed, and only one if all are alike; the first begins at `left_pt` and `top_pt`.
    """

    frame: Frame
    place: Rectangle
    left_pt: float
    top_pt: float
    rows: int
    columns: int
    pixels: str


@dataclass(frozen=True)
class Read:
    """The parts of a page that are remembered once its piece has been checked.

    `drawn` are the letters in the order in which they are drawn, without spaces, if `text` has them in another order.
    `authorised` is the type size of the authorisation and how many letters come after it on the page. The first page
    of a piece has all the piece's `links` (addresses), `alts` (alternative texts), `described` (the alternative texts
    that are heard, lists and tables), `spoken` (texts in tags) and `notes` (descriptions of links). A page has a
    ground for each running slot of the layout; a slot's own page has its type. `crossed` are the frames of slots and
    running slots that its own type is in.
    """

    text: str
    heads: tuple[int, ...] = ()
    authorised: tuple[float, int] | None = None
    links: tuple[str, ...] = ()
    alts: tuple[str, ...] = ()
    described: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()
    type: tuple[Type, ...] = ()
    drawn: str = ""
    crossed: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class Authorised:
    """The authorisation of electoral matter: the words that begin it, its particulars, and its smallest type by law.

    Without particulars, the document isn't electoral matter.
    """

    statement: str = ""
    particulars: tuple[str, ...] = ()
    smallest_pt: float = 0.0
    law: str = ""


@dataclass(frozen=True)
class Expected:
    """The properties that a PDF is checked for; none are expected of a PDF that briefpack didn't make.

    `tagged` is False for running pieces, which are artifacts. `authorised` is required at the end of electoral matter,
    and `running` are the frames of the layout's running slots. `own` explains why another electorate's values may
    appear in the document. `private` are texts that no document for others may have.
    """

    edition: Edition = SCREEN
    tagged: bool = True
    faces: tuple[Face, ...] | None = None
    paper: Box | None = None
    document: Document | None = None
    around: Around | None = None
    own: belongings.Own = belongings.NATION
    press: Press | None = None
    profile: Path | None = None
    authorised: Authorised = Authorised()
    part: Part | None = None
    running: tuple[Frame, ...] = ()
    private: tuple[str, ...] = ()

    @property
    def beyond_trim_mm(self) -> float:
        """Return the distance from the trim to the edge of a finished page."""
        return self.press.beyond_trim_mm if self.press else self.edition.bleed_mm


def expected(planned: Plan) -> Expected:
    """Return the requirements that every document of a plan is checked against."""
    layout = planned.layout
    return Expected(
        layout.edition, faces=layout.look.faces, paper=layout.layout.paper, around=around(planned.brief, layout),
        authorised=_authorised(planned.brief), press=press(layout), profile=layout.profile,
        running=tuple(dict.fromkeys(each.frame for each in layout.layout.running.values())), private=_private(planned),
    )  # fmt: skip


FEWEST_WORDS = 4
"""The fewest words by which a text is known again: fewer may be in any sentence."""


def _private(planned: Plan) -> tuple[str, ...]:
    """Return the texts that are ours alone: answers, open queries, and notes; not those that the brief prints too."""
    loaded = planned.brief
    texts = [text for ask in loaded.brief.asks for each in ask.questions for text in (each.question, each.answer)]
    texts += [query.question for query in loaded.brief.queries.values()]
    texts += [meeting.notes for meeting in planned.meetings]
    if not texts:
        return ()
    printed = {
        text for loc, text in yaml_lines.texts(loaded.tree.data) if "questions" not in loc and "queries" not in loc
    }
    plain = (markdown.plain(text, loaded.ledger) for text in texts if text not in printed)
    return tuple(text for text in plain if len(fold(text)) >= FEWEST_WORDS)


def press(layout: LoadedLayout) -> Press | None:
    """Return the printing condition of an edition in process inks; None in any other edition."""
    edition, found = layout.edition, layout.look
    if not edition.process_inks or layout.profile is None:
        return None
    text = tuple(found.inks[found.colours[name]] for name in edition.text)
    return Press(edition.bleed_mm, edition.ink_limit_percent, edition.condition, layout.profile, found.inks, text)


def _authorised(loaded: LoadedBrief) -> Authorised:
    """Return the authorisation of a brief, with particulars if it is electoral matter."""
    statement, who = loaded.locale.fixed("authorised-by"), loaded.brief.authorisation
    if loaded.brief.electoral_matter != "yes" or who is None:
        return Authorised(statement)
    particulars = tuple(markdown.plain(each, loaded.ledger) for each in (who.name, who.entity, who.address) if each)
    law = loaded.group.country.authorisation if loaded.group else None
    if law is None:
        return Authorised(statement, particulars)
    return Authorised(statement, particulars, law.smallest_type_pt, law.cited)


def around(loaded: LoadedBrief, layout: LoadedLayout) -> Around | None:
    """Return every electorate's names and values, for checking documents; None if the brief has no electorates."""
    group = loaded.group
    if group is None:
        return None
    credit = group.notices["map"].short if "map" in group.notices else ""
    texts = (text for _, text in yaml_lines.texts(loaded.tree.data))
    known = belongings.known(group, loaded.locale, texts, layout.words)
    return Around({each.slug: each.name for each in group.electorates}, known, credit)


def own(loaded: LoadedBrief, electorate: str | None, meetings: Iterable[Meeting] = ()) -> belongings.Own:
    """Return the phrases that explain another electorate's values in a place's documents, without map labels.

    The documents of a meeting may name all its recipients, their electorates, and where it is.
    """
    found = belongings.own(loaded.group.by_slug[electorate] if loaded.group and electorate else None)
    if electorate is None:
        found = belongings.beside(found, _strips(loaded))
    for meeting in meetings:
        found = belongings.at_meeting(found, meeting, loaded.group)
    return found


def _strips(loaded: LoadedBrief) -> Iterator[Drawing]:
    """Yield the strips on the nation's page, which name the electorates at their ends, as drawings."""
    if loaded.brief.local is None or loaded.group is None:
        return
    for strip in loaded.brief.local.strips:
        rows = fact_charts.rows(loaded.group, (strip.fact,), loaded.locale)
        yield Drawing("strip", rows, 0.0, 0.0)
