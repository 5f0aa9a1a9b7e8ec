"""Makes whole valid briefs of any shape. Hypothesis draws the size of each, and shrinks it; chance decides the rest."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from shapes.english import Writer
from shapes.pictures import Picture

Part = dict[str, Any]
LAYOUTS = ("ijm", "plain")
EDITIONS = ("screen", "home", "press")
SET = "norland"
PLACES = {"ostby": "V", "marsh-flats": "V", "marsh-head": "V", "outer-isles": "I"}
"""The electorates of the set, each with its state."""
FACTS = ("people", "old-share", "boats", "sheep")
LABELS = {
    "what-we-ask": "What we seek",
    "contents": "What is in this pack",
    "sources": "Where the facts come from",
    "asks-heading-other": "{Words} requests, what each costs, and who decides",
    "contacts": "People to talk to",
}
UNITS = (
    ("AU$", (1250, 50_000, 4_200_000, 1_234_500_000), "auto"),
    ("%", (4, 12.5, 67, 100), "auto"),
    ("one in", (2, 5, 20, 33), "auto"),
    ("people", (7, 480, 93_000, 50_000_000), "auto"),
    ("reports", (12, 1904, 250_000), "full"),
    ("years", (2, 7, 15), "words"),
    ("per thousand people", (1.5, 12, 30), "auto"),
)
"""Units, each with values and a form."""
SUFFIXES = ("jpg", "png", "webp", "tif", "svg")
RATIOS = ((1200, 1200), (1600, 1200), (1200, 1700), (2400, 1200), (1200, 2400), (3000, 1100), (1100, 3000))
LENGTHS = (40, 90, 150, 220, 330, 480, 700, 1000, 1500)
"""The most words of a text, of which one is taken first: so a text is as often short as long."""


@dataclass(frozen=True)
class Size:
    """What hypothesis draws of a brief: how many of each part, how long texts may be, and what they may have.

    `seed` decides all else, part by part: the other parts stay as they are if one is left out.
    """

    seed: int
    layout: str
    edition: str
    places: tuple[str, ...]
    sections: int
    themes: int
    asks: int
    studies: int
    appendices: int
    contacts: int
    glossary: int
    most_words: int
    images: bool
    charts: bool
    other_blocks: bool
    leave_behinds: bool
    letter: bool
    glance: bool
    logo: bool
    only: bool
    labels: bool
    optional: bool
    mistake: str = ""


def sizes(mistakes: st.SearchStrategy[str]) -> st.SearchStrategy[Size]:
    """Draw the sizes of briefs; the simplest has a title and an organisation, and nothing else."""
    yes = st.booleans()
    return st.builds(
        Size,
        seed=st.integers(0, 99_999),
        layout=st.sampled_from(LAYOUTS),
        edition=st.sampled_from(EDITIONS),
        places=st.sampled_from(((), ("ostby",), ("marsh-flats", "outer-isles"), ("marsh-head",))),
        sections=st.sampled_from((0, 1, 2, 3, 4, 6, 12)),
        themes=st.sampled_from((0, 1, 2, 3, 5)),
        asks=st.sampled_from((0, 1, 2, 3, 4, 5, 7, 12, 30)),
        studies=st.sampled_from((0, 0, 1, 2, 4)),
        appendices=st.sampled_from((0, 0, 1, 3)),
        contacts=st.integers(0, 12),
        glossary=st.sampled_from((0, 0, 1, 3, 12, 40)),
        most_words=st.sampled_from(LENGTHS),
        images=yes, charts=yes, other_blocks=yes, leave_behinds=yes, letter=yes, glance=yes, logo=yes, only=yes,
        labels=yes, optional=yes,
        mistake=mistakes,
    )  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """A brief with its images, and how to build it; `mistake` and `blamed` say what was planted in it, and where."""

    brief: Part
    pictures: tuple[Picture, ...]
    layout: str
    edition: str
    electorates: tuple[str, ...]
    mistake: str = ""
    blamed: str = ""


@dataclass
class Kept:
    """What the parts of a brief refer to: figures, charts and images by their ids, and the files of images."""

    figures: dict[str, Part] = field(default_factory=dict)
    charts: dict[str, Part] = field(default_factory=dict)
    images: dict[str, Part] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)


class Maker:
    """Makes one part of a brief by chance, and keeps what it refers to."""

    def __init__(self, size: Size, name: str, kept: Kept, sources: tuple[str, ...], cited: tuple[str, ...]) -> None:
        self.size, self.name, self.kept, self.sources = size, name, kept, sources
        self.chance = random.Random(f"{size.seed} {name}")  # noqa: S311 -- no secret
        self.writer = Writer(self.chance, sources, cited)
        self.made = 0

    def one_of(self, *values: Any) -> Any:
        """Take one of some values."""
        return self.chance.choice(values)

    def maybe(self) -> bool:
        """Answer no or yes."""
        return self.chance.random() < 0.5

    def count(self, least: int, most: int) -> int:
        """Take a number."""
        return self.chance.randint(least, most)

    def line(self, least: int, most: int) -> str:
        """Return a line of some words."""
        return self.writer.line(self.count(least, most))

    def plain(self, least: int, most: int) -> str:
        """Return a phrase without markup."""
        return self.writer.plain(self.count(least, most))

    def prose(self, least: int = 20, most: int = 1500) -> str:
        """Return Markdown of some words."""
        limit = self.one_of(*(each for each in LENGTHS if each <= max(40, min(most, self.size.most_words))))
        return self.writer.prose(self.count(least, limit))

    def optional(self, part: Part, **makes: Callable[[], Any]) -> Part:
        """Return the part with any of these keys."""
        return part | {key: make() for key, make in makes.items() if self.size.optional and self.maybe()}

    # What parts refer to

    def _new(self, kind: str) -> str:
        """Return an id of a figure, chart or image that no other has."""
        self.made += 1
        return f"{self.name}-{kind}-{self.made}"

    def figure(self, unit: tuple[str, tuple[float, ...], str] | None = None, value: float | None = None) -> str:
        """Add a figure, and return its id."""
        name, values, form = unit or self.one_of(*UNITS)
        figure: Part = {"value": str(self.one_of(*values) if value is None else value), "unit": name, "form": form}
        if unit is None and name in {"AU$", "people", "%"} and self.maybe():
            figure["hedge"] = self.one_of("about", "nearly", "over", "more than", "at least", "up to", "less than")
        found = self._new("figure")
        self.kept.figures[found] = figure | {"means": "a number", "source": self.one_of("own", *self.sources)}
        return found

    def key_figure(self) -> Part:
        """Return a figure to set large, with its caption."""
        return {"figure": self.figure(), "caption": self.line(2, 12)}

    def image(self, *suffixes: str) -> str:
        """Add an image, and return its id."""
        wide, high = self.one_of(*RATIOS)
        picture = Picture(wide, high, self.one_of(*(suffixes or SUFFIXES)), self.count(0, 5))
        self.kept.pictures.append(picture)
        found = self._new("image")
        people = self.one_of("none", "stock", "consented", "public", "obscured")
        image = {"file": picture.name, "alt": self.plain(4, 15), "credit": self.plain(1, 6), "people": people}
        self.kept.images[found] = self.optional(
            image, caption=lambda: self.plain(2, 20), note=lambda: self.plain(2, 8), focus=lambda: "40% 30%"
        )
        return found

    def file(self, wide: int, high: int, *suffixes: str) -> str:
        """Add a file to images/ that isn't under images:, such as a logo; return its name."""
        picture = Picture(wide, high, self.one_of(*suffixes), self.count(0, 5))
        self.kept.pictures.append(picture)
        return picture.name

    def chart(self, kind: str = "") -> str:
        """Add a chart, and return its id."""
        kind = kind or self.one_of("bars", "unit-chart", "part-of-whole", "timeline", "shares")
        rows = ROWS[kind](self)
        part = {"kind": "unit-chart" if kind == "shares" else kind, "finding": self.plain(3, 12)}
        part |= {"alt": self.plain(5, 20), "rows": rows} | ({"mark": "10"} if kind == "shares" else {})
        found = self._new("chart")
        self.kept.charts[found] = self.optional(part, note=lambda: self.line(4, 15))
        return found

    def places(self, part: Part) -> Part:
        """Return the part, perhaps for some places only, or for all but some."""
        if not self.size.places or not self.size.only or self.chance.random() > 0.25:
            return part
        key = self.one_of("only", "except")
        where = self.one_of({"states": ["V"]}, {"electorates": ["ostby"]}, {"states": ["I"], "electorates": ["ostby"]})
        return {**part, key: where}

    # Blocks

    def text(self, most: int = 1500) -> Part:
        """Return a block of text."""
        return {"text": self.prose(20, most)}

    def block(self) -> Part:
        """Return a block of one of the kinds that the brief has."""
        kinds: list[Callable[[], Part]] = [lambda: self.text(220)]
        if self.size.other_blocks:
            kinds += [self.quoted, lambda: {"figure": self.key_figure()}, lambda: {"table": self.table()}]
        if self.size.charts:
            kinds.append(lambda: {"chart": self.chart()})
        if self.size.images:
            kinds += [lambda: {"image": self.placed()}] * 2
        return self.one_of(*kinds)()

    def quoted(self) -> Part:
        """Return a block with somebody's words."""
        quote = {"words": self.plain(5, 40), "who": self.plain(2, 6), "source": self.one_of(*self.sources)}
        return {"quote": quote}

    def placed(self) -> Any:
        """Return an image block's value."""
        size = self.one_of("", "column", "full-width", "full-page")
        # A drawing of any size is sharp; a photograph on a whole page needs more pixels than most here have.
        image = self.image("svg") if size == "full-page" else self.image()
        return {"image": image, "size": size} if size else image

    def table(self) -> Part:
        """Return a table."""
        columns, rows = self.count(2, 4), self.count(1, 8)
        made = [[self.line(1, 6) for _ in range(columns)] for _ in range(rows)]
        return {"caption": self.plain(3, 10), "columns": [self.plain(1, 3) for _ in range(columns)], "rows": made}

    def blocks(self, most_words: int, most_others: int = 3) -> list[Part]:
        """Return the blocks of a part: text first, then others, with text between them or not."""
        found = [self.text(most_words)]
        for _ in range(self.count(0, most_others)):
            found.append(self.places(self.block()))
            if self.maybe():
                found.append(self.places(self.text(min(most_words, 220))))
        return found


def _bars(maker: Maker) -> list[Part]:
    unit = maker.one_of(*UNITS)
    return [
        maker.optional({"label": maker.plain(1, 5), "figure": maker.figure(unit)}, strong=lambda: "yes")
        for _ in range(maker.count(1, 6))
    ]


def _one_in(maker: Maker) -> list[Part]:
    return [{"label": maker.plain(1, 6), "figure": maker.figure(UNITS[2])} for _ in range(maker.count(1, 3))]


def _shares(maker: Maker) -> list[Part]:
    values = [each * 10 for each in (90, 40, 12)[: maker.count(2, 3)]]
    return [{"label": maker.plain(1, 4), "figure": maker.figure(UNITS[3], each)} for each in values]


def _parts(maker: Maker) -> list[Part]:
    values = (100, 45, 30, 20)[: maker.count(2, 4)]
    return [{"label": maker.plain(1, 4), "figure": maker.figure(UNITS[1], each)} for each in values]


def _dates(maker: Maker) -> list[Part]:
    return [{"when": f"May {2001 + 2 * each}", "label": maker.plain(1, 9)} for each in range(maker.count(1, 6))]


ROWS: dict[str, Callable[[Maker], list[Part]]] = {
    "bars": _bars, "unit-chart": _one_in, "shares": _shares, "part-of-whole": _parts, "timeline": _dates,
}  # fmt: skip
"""The rows of each kind of chart."""


def _section(maker: Maker) -> Part:
    part = {"id": maker.name, "heading": maker.line(1, 8), "blocks": maker.blocks(1500)}
    return maker.places(maker.optional(part, label=lambda: maker.plain(1, 4), standfirst=lambda: maker.line(9, 30)))


def _panel(maker: Maker) -> Part:
    facts = [{"figure": maker.figure(), "caption": maker.line(2, 6)} for _ in range(maker.count(1, 3))]
    return maker.optional({"heading": maker.plain(1, 5), "facts": facts}, sentence=lambda: maker.line(9, 20))


def _local_facts(maker: Maker) -> list[Part]:
    return [{"fact": fact, "caption": maker.plain(1, 5)} for fact in FACTS[: maker.count(1, 4)]]


def _local_panel(maker: Maker) -> Part:
    sentences = ["{people} people live in {electorate}, {state}.", "{electorate} has boats."]
    part = {"heading": "In {electorate}", "facts": _local_facts(maker)}
    return maker.optional(part, sentences=lambda: sentences)


def _theme(maker: Maker) -> Part:
    theme = {"id": maker.name, "heading": maker.line(2, 8)}
    theme = maker.optional(
        theme,
        label=lambda: maker.plain(1, 4),
        standfirst=lambda: maker.line(9, 25),
        blocks=lambda: maker.blocks(330, 2),
        national=lambda: _panel(maker),
    )
    return maker.optional(theme, local=lambda: _local_panel(maker)) if maker.size.places else theme


def _leave_behind(maker: Maker) -> Part:
    reasons = maker.count(1, 6)
    words = max(6, 100 // reasons - 6)
    part = {
        "headline": maker.plain(2, 8),
        "reasons": [{"point": maker.line(2, 5), "text": maker.line(5, words)} for _ in range(reasons)],
    }
    evidence = maker.one_of("", "figure", "chart" if maker.size.charts else "")
    if evidence:
        part[evidence] = maker.chart(maker.one_of("bars", "unit-chart")) if evidence == "chart" else maker.key_figure()
    return maker.optional(part, standfirst=lambda: maker.line(9, 26), action=lambda: maker.line(6, 40))


def _ask(maker: Maker) -> Part:
    ask = {"id": maker.name, "title": maker.plain(2, 6)}
    ask = maker.optional(
        ask,
        headline=lambda: maker.line(3, 8),
        asked=lambda: maker.line(9, 28),
        amount=lambda: maker.figure(UNITS[0]),
        legislation=lambda: maker.plain(2, 6),
        period=lambda: maker.plain(1, 4),
        annual=lambda: maker.figure(UNITS[0]),
        who_decides=lambda: maker.plain(1, 5),
        why=lambda: _why(maker),
        buys=lambda: [maker.line(2, 14) for _ in range(maker.count(1, 5))],
        key_figure=maker.key_figure,
    )
    if maker.size.leave_behinds and maker.chance.random() < 0.7:
        ask["leave_behind"] = _leave_behind(maker)
    if maker.size.images and maker.chance.random() < 0.2:
        ask["image"] = maker.image()
    elif maker.size.charts and maker.chance.random() < 0.2:
        ask["chart"] = maker.chart()
    return maker.places(_themed(maker, ask))


def _why(maker: Maker) -> list[Part]:
    """Return the blocks of an ask: most are short, and a few take several pages."""
    limit = maker.one_of(90, 90, 150, 150, 150, 700)
    return [maker.text(limit), *([maker.block()] if maker.chance.random() < 0.2 else [])]


def _themed(maker: Maker, part: Part) -> Part:
    """Return the part, perhaps of a theme."""
    named = maker.size.themes and maker.maybe()
    return part | {"theme": f"theme-{maker.count(1, maker.size.themes)}"} if named else part


def _study(maker: Maker) -> Part:
    study = {"id": maker.name, "heading": maker.line(2, 8), "blocks": maker.blocks(480, 1)}
    study = maker.optional(
        study,
        label=lambda: maker.plain(1, 4),
        standfirst=lambda: maker.line(9, 25),
        note=lambda: maker.line(3, 15),
        source=lambda: maker.one_of(*maker.sources),
    )
    if maker.size.charts and maker.maybe():
        study["timeline"] = maker.chart("timeline")
    if maker.size.images and maker.maybe():
        study["image"] = maker.image()
    return maker.places(_themed(maker, study))


def _letter(maker: Maker) -> Part:
    letter = {"blocks": maker.blocks(480, 1), "name": maker.writer.name()}
    return maker.optional(
        letter,
        heading=lambda: maker.line(2, 7),
        role=lambda: maker.plain(1, 5),
        signature=lambda: maker.file(800, 300, "png", "jpg"),
        **({"portrait": maker.image} if maker.size.images else {}),
    )


def _glance(maker: Maker) -> Part:
    figures = [maker.key_figure() for _ in range(maker.count(0, 3))]
    points = [{"point": maker.line(2, 6), "text": maker.line(5, 25)} for _ in range(maker.count(0, 5))]
    part = {"heading": maker.line(2, 8), "figures": figures, "points": points}
    return maker.optional(part, standfirst=lambda: maker.line(9, 25))


def _local_glance(maker: Maker) -> Part:
    part = {"heading": "{electorate} at a glance", "facts": _local_facts(maker)}
    chart = {"fact": "people", "finding": "{people} people live in {electorate}", "alt": "Bars."}
    return maker.optional(part, standfirst=lambda: maker.line(9, 25), charts=lambda: [chart])


def _contact(maker: Maker) -> Part:
    return maker.optional(
        {"name": maker.writer.name()},
        role=lambda: maker.plain(1, 6),
        email=lambda: f"{maker.name}@example.org",
        phone=lambda: f"02 5550 {maker.count(1000, 9999)}",
    )


def _source(maker: Maker) -> Part:
    return maker.optional(
        {"publisher": maker.plain(1, 5)},
        title=lambda: maker.plain(2, 12),
        date=lambda: maker.one_of("2025", "May 2026"),
        url=lambda: "https://www.example.org/reports/a-rather-long-address-of-a-page/2025/summary.html",
    )


def _logo(maker: Maker) -> Part:
    def file() -> str:
        return maker.file(*maker.one_of((900, 300), (600, 600), (1600, 200)), "svg", "png")

    return maker.optional({"file": file()}, on_dark=file, one_colour=file)


def _organisation(maker: Maker) -> Part:
    part = {"name": maker.plain(1, 7)} | ({"logo": _logo(maker)} if maker.size.logo else {})
    return maker.optional(part, short_name=lambda: maker.plain(1, 3), website=lambda: maker.one_of(*WEBSITES))


WEBSITES = ("https://walk.example", "https://www.a-long-name-of-an-organisation.example.org/start")


def _about(maker: Maker) -> Part:
    """Return what a brief says of itself: all of it is optional, except that a press needs two decisions."""
    decided = {"date": "2026-07-01", "electoral_matter": maker.one_of("no", "yes")}
    found = decided if maker.size.edition == "press" else {}
    found |= {"labels": dict(LABELS)} if maker.size.labels else {}
    found |= {"cover_image": maker.image()} if maker.size.images and maker.maybe() else {}
    found |= {"partners": [_partner(maker) for _ in range(maker.count(1, 4))]} if maker.size.logo else {}
    if found.get("electoral_matter") == "yes":
        found["authorisation"] = {"name": maker.writer.name(), "entity": "An entity", "address": "1 Quay Street, Østby"}
    return found | maker.optional(
        {},
        label=lambda: maker.plain(1, 6),
        short_title=lambda: maker.plain(1, 4),
        subject=lambda: maker.plain(3, 15),
        date=lambda: "2026-07-01",
        keywords=lambda: ["crossings", "schools"],
    )


def _partner(maker: Maker) -> Part:
    return {"name": maker.plain(1, 4), "logo": _logo(maker)}


def _term(maker: Maker) -> Part:
    return {"term": maker.plain(1, 3), "meaning": maker.line(4, 25)}


class Making:
    """Makes a brief of a size, part by part."""

    def __init__(self, size: Size) -> None:
        self.size, self.kept = size, Kept()
        self.sources: dict[str, Part] = {}
        self.cited: tuple[str, ...] = ()

    def maker(self, name: str) -> Maker:
        """Return the maker of one part."""
        return Maker(self.size, name, self.kept, tuple(self.sources), self.cited)

    def several(self, make: Callable[[Maker], Part], name: str, number: int) -> list[Part]:
        """Return a number of parts of one kind."""
        return [make(self.maker(f"{name}-{each}")) for each in range(1, number + 1)]

    def brief(self) -> Part:
        """Return the whole brief."""
        size, first = self.size, self.maker("first")
        names = [f"source-{number}" for number in range(1, 1 + first.count(1, 6))]
        self.sources = {name: _source(self.maker(name)) for name in names}
        self.cited = tuple(first.figure() for _ in range(first.count(0, 4)))
        about = self.maker("about")
        brief = {"title": about.plain(1, 9), "organisation": _organisation(about), **_about(about)}
        brief |= {"electorates": SET} if size.places else {}
        brief |= {
            "sections": self.several(_section, "section", size.sections),
            "themes": self.several(_theme, "theme", size.themes),
            "asks": self.several(_ask, "ask", size.asks),
            "case_studies": self.several(_study, "study", size.studies),
            "appendices": self.several(_section, "appendix", size.appendices),
            "contacts": self.several(_contact, "contact", size.contacts),
            "glossary": self.several(_term, "term", size.glossary),
        }
        brief = {key: value for key, value in brief.items() if value}
        brief |= {"foreword": _letter(self.maker("letter"))} if size.letter else {}
        brief |= {"glance": _glance(self.maker("glance"))} if size.glance else {}
        brief |= {"local": _local_glance(self.maker("local"))} if size.glance and size.places else {}
        brief |= self._total(brief.get("asks", []))
        parts = {"sources": self.sources, "figures": self.kept.figures, "charts": self.kept.charts}
        parts["images"] = self.kept.images
        return brief | {key: value for key, value in parts.items() if value}

    def _total(self, asks: list[Part]) -> Part:
        """Return the total of the asks' yearly costs, if any has one and every place has every ask."""
        costs = [float(self.kept.figures[ask["annual"]]["value"]) for ask in asks if "annual" in ask]
        varied = any(key in ask for ask in asks for key in ("only", "except"))
        total = self.maker("total")
        return {"asks_annual": total.figure(UNITS[0], int(sum(costs)))} if costs and not varied else {}


def shape(size: Size) -> Shape:
    """Make the brief of a size, and say how to build it."""
    making = Making(size)
    brief = making.brief()
    return Shape(brief, tuple(dict.fromkeys(making.kept.pictures)), size.layout, size.edition, size.places)
