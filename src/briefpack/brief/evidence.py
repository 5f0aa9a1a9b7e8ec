"""Define the keys of a brief's evidence: figures, sources, relations, open queries, and the warnings it accepts."""

from typing import Literal

from briefpack.brief.data.keys import Cell, may_leave_out
from briefpack.schema import Amount, Code, Id, Model, Plain, QueryId, SourceId, Unit, Web, YesNo


class Query(Model):
    """One of the author's open questions about the text; `check` lists it, and it never prints."""

    about: Code
    """its subject; name the figures that it is about as {figure-id}"""
    question: Code
    press: Literal["allow"] | None = None
    """allow prints its figures at a print shop before it is answered"""
    reason: Code | None = None
    """why press: allow is right"""


class Accepted(Model):
    """A warning that the author has read and accepts; without `where`, all warnings with the id."""

    id: Id
    """the warning's id, as in briefpack explain"""
    where: Code | None = None
    """the key that the warning's message names, or words that it quotes"""
    reason: Code
    """why the brief is right as it is"""


class Source(Model):
    """The source of a fact, as a citation prints it."""

    publisher: Plain
    title: Plain | None = None
    what: Plain | None = None
    """what it is, such as a report on scams: for one without a title"""
    date: Plain | None = None
    url: Web | None = None


class Figure(Model):
    """A number, written once, with its unit, date and source."""

    unit: Unit
    """AU$, £, IDR, %, one in, per thousand people, or the things counted: people, reports, years"""
    # After its unit, so that a currency or percent sign typed with the number can be compared with it.
    value: Amount
    data: Cell | None = None
    """a cell of a data file, in place of value:"""
    hedge: Literal["about", "nearly", "over", "more than", "at least", "up to", "less than"] | None = None
    plus: YesNo = False
    """yes prints 480,000+"""
    form: Literal["auto", "full", "words", "ordinal"] = "auto"
    """auto writes 50 million; full writes 50,000,000; words writes seven"""
    means: Code
    """the number's meaning, in a few words"""
    as_at: Code | None = None
    source: SourceId | None = None
    """a source's id, or own for the organisation's own number"""
    query: QueryId | None = None
    """the open query about it, in place of a source"""

    model_config, _filled = may_leave_out(unit="-", value="0")


class Relation(Model):
    """An equation or comparison that must be true of the figures, such as `total = annual × years`."""

    holds: Code
    query: QueryId | None = None
    """the open query that explains why it is false"""
