"""Define the records from which the names of a scope are made; a record has nothing narrower than the scope."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from briefpack import store
from briefpack.brief.figures import Ledger
from briefpack.electorates import Electorate, ElectorateSet, local
from briefpack.images import Original
from briefpack.layout import LoadedLayout
from briefpack.layout.addresses import MADE
from briefpack.layout.model import DocumentSpec
from briefpack.pages.model import ImageOnPage
from briefpack.pages.sandbox import Environment
from briefpack.pages.sources import SourceList
from briefpack.plan import Drawing, Meeting, ValuesFile
from briefpack.store import Store
from briefpack.text.locale import Locale


@dataclass
class Citations:
    """The sources cited so far, each once, in this document, on this sheet and on this page; and the figures printed.

    If the next sheet `follows` on the same page, its notes carry on from this one's. `looks_back` says whether the
    page shows something of the sources that pages before it cite, such as a number in a list of all.

    `foot` says whether the pages have a foot for notes, which a slot hasn't, and `noted` whether this sheet says by
    itself where the sources are.
    """

    style: str
    order: list[str] = field(default_factory=list)
    sheet: list[str] = field(default_factory=list)
    here: list[str] = field(default_factory=list)
    figures: dict[str, None] = field(default_factory=dict)
    follows: bool = False
    foot: bool = True
    noted: bool = False
    looks_back: bool = False

    def so_far(self) -> list[str]:
        """Return the sources cited so far in this document, and note that the page looks back."""
        self.looks_back = True
        return self.order


@dataclass(frozen=True)
class OfAll:
    """The values that all documents of a brief in one layout share.

    `images` and `labels` collect the images and labels that pages have used; `key` returns the key of a chart or map
    in the store. `issue` is the number of the next edition, or 0 if none was handed out. `fields` are the names of the
    brief's texts, by their identity.
    """

    layout: LoadedLayout
    locale: Locale
    group: ElectorateSet | None
    pictures: Mapping[str, Original]
    listed: SourceList
    abbreviations: Mapping[str, str]
    environment: Environment
    root: Path
    kept: Store
    images: dict[str, ImageOnPage]
    labels: dict[str, Markup]
    key: Callable[[Drawing], str]
    issue: int

    def made(self, svg: bytes) -> str:
        """Keep a drawing in the store, and return its address."""
        key = store.key(svg)
        if self.kept.get(key) is None:
            self.kept.put(key, svg)
        return f"{MADE}{key}.svg"

    fields: Mapping[int, str]


@dataclass(frozen=True)
class OfKind:
    """The values that documents of one kind and one variant of the brief share.

    `ledger` also has the fields of an electorate, if the page may name them; `plain` has none. `figures` collects the
    figures that a page prints.
    """

    every: OfAll
    kind: str
    spec: DocumentSpec
    variant: int
    ledger: Ledger
    plain: Ledger
    citations: Citations
    figures: dict[str, None]


@dataclass(frozen=True)
class OfCharts:
    """The values that the documents of one kind and one ask share."""

    of_kind: OfKind
    ask: str | None
    charts: Mapping[str, Drawing]


@dataclass(frozen=True)
class OfPlace:
    """The values that the documents of one kind and one place share; `own` are its maps and charts.

    `meetings` are those that the document is for: one, those of a day, or none.
    """

    of_kind: OfKind
    electorate: Electorate | None
    content: local.LocalContent | None
    own: Mapping[str, Drawing]
    files: Mapping[str, ValuesFile]
    meetings: tuple[Meeting, ...] = ()
