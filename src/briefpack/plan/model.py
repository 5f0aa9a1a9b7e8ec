"""Define the parts of a plan: documents, the charts on them, and the metadata that they declare."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefpack.brief.model import Brief
from briefpack.layout import LoadedLayout
from briefpack.layout.model import DocumentSpec
from briefpack.plan.loaded import LoadedBrief
from briefpack.plan.meetings import Meeting
from briefpack.plan.subjects import PlannedPiece


@dataclass(frozen=True)
class ChartRow:
    """One row of a chart, with its figures looked up and written out; `low` and `high` are the ends of its range.

    A row that is an electorate has its slug in `key` and the code of its state in `state`; its rank goes by `exact`,
    which is not rounded, and is `unsure` where the range of an estimate allows another.
    """

    label: str
    value: float | None = None
    written: str = ""
    unit: str = ""
    note: str = ""
    group: str = ""
    when: str = ""
    strong: bool = False
    series: str = ""
    low: float | None = None
    high: float | None = None
    low_written: str = ""
    high_written: str = ""
    key: str = ""
    state: str = ""
    exact: float | None = None
    unsure: bool = False


@dataclass(frozen=True)
class ChartEvent:
    """Something that happened while the values of a chart changed; `when` is its date as it prints."""

    when: str
    label: str


@dataclass(frozen=True)
class ChartOptions:
    """What a chart kind needs to know beside its rows.

    `mark` is how many one mark of a unit chart stands for, `shares` says that stacked parts are shares of 100 %, and
    `every_cell` is the series that every small chart shows. `classes` are the values at which the next class of a map
    of electorates begins; a map of `hexagons` has one an electorate. `style` is the style of an electorate's map, and
    `margins_mm` the room at its left, bottom, right and top that the electorate keeps free; `band_mm` is the strip at
    its top that must stay plain. `breaks` are the moments before which a line is broken.
    """

    mark: float | None = None
    shares: bool = False
    events: tuple[ChartEvent, ...] = ()
    every_cell: str = ""
    classes: tuple[float, ...] = ()
    hexagons: bool = False
    breaks: tuple[str, ...] = ()
    style: str = ""
    margins_mm: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    band_mm: float = 0.0


@dataclass(frozen=True)
class Drawing:
    """One distinct chart: its kind, content and size. A map's `area` is `<set>/<slug>`, or `<set>/` for the nation."""

    kind: str
    rows: tuple[ChartRow, ...]
    width_mm: float
    height_mm: float
    area: str = ""
    options: ChartOptions = ChartOptions()

    @property
    def names_electorates(self) -> bool:
        """Return whether its labels may name any electorate."""
        return bool(self.area or (self.rows and self.rows[0].key))


@dataclass(frozen=True)
class Facts:
    """The metadata of a finished PDF, and whether it opens with print settings."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    language: str
    date: datetime.date | None
    made_by: str
    edition: str = ""
    print_settings: bool = field(default=False, repr=False)


@dataclass(frozen=True)
class ValuesFile:
    """The values of a chart as a file that a document carries: its name, its description and its data, which is CSV."""

    name: str
    about: str
    data: bytes


@dataclass(frozen=True)
class Document:
    """One PDF to make; `electorate` is a slug, or None for the nation, and `ask` is the id of its ask, if it has one.

    `charts` are the same for every electorate; `own` are the maps and charts of this one. `title` is as the brief has
    it, without the electorate's name. `variant` is the place in the plan of the brief that it prints. `files` are the
    values of its charts, by the charts' names, if it is for readers on a screen. `meetings` are those that it is for,
    without what is ours alone unless it is internal.
    """

    kind: str
    path: str
    facts: Facts
    spec: DocumentSpec
    pieces: tuple[PlannedPiece, ...]
    charts: Mapping[str, Drawing]
    own: Mapping[str, Drawing] = field(default_factory=dict)
    ask: str | None = None
    electorate: str | None = None
    title: str = ""
    variant: int = 0
    files: Mapping[str, ValuesFile] = field(default_factory=dict)
    meetings: tuple[Meeting, ...] = ()

    @property
    def place(self) -> str:
        """Return the name of its folder: its electorate's, its meeting's or the nation's."""
        return self.path.split("/")[-2]

    @property
    def drawings(self) -> Mapping[str, Drawing]:
        """Return all the document's charts and maps."""
        return {**self.charts, **self.own}

    @property
    def name(self) -> str:
        """Return the name used in problems and in the log."""
        return self.path.rpartition("/")[2].removesuffix(".pdf")


@dataclass(frozen=True)
class Plan:
    """The documents and charts that a build will make; `paths` has every document of the brief in this layout.

    `variants` are the brief as its documents print it, each without the parts that are for other places. `meetings` are
    those that it makes documents for, with what is ours alone.
    """

    brief: LoadedBrief
    layout: LoadedLayout
    documents: tuple[Document, ...]
    drawings: Mapping[Drawing, str]
    paths: frozenset[str] = frozenset()
    variants: tuple[Brief, ...] = ()
    meetings: tuple[Meeting, ...] = ()

    def brief_of(self, document: Document) -> Brief:
        """Return the brief that a document prints."""
        return self.variants[document.variant]
