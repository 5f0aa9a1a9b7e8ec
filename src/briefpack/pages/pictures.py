"""Show a page its charts, maps and images: their addresses, sizes and words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from briefpack import charts, images, store
from briefpack.brief import markdown
from briefpack.brief.figures import OWN, Ledger
from briefpack.brief.images import Image, Logo
from briefpack.electorates import Electorate
from briefpack.images import Original, Wanted
from briefpack.layout import LoadedLayout
from briefpack.layout.addresses import MADE
from briefpack.layout.model import ImagePlace
from briefpack.pages import source_map, sources
from briefpack.pages.model import ImageOnPage
from briefpack.pages.owners import OfCharts, OfPlace
from briefpack.pages.sandbox import Refused, strict
from briefpack.pages.sources import ShownSource
from briefpack.plan import MAP_OF_NATION, drawings, image_files, values_in_words, with_values
from briefpack.problem import nearest
from briefpack.store import Store


@dataclass(frozen=True)
class ShownChart:
    """A chart as a page shows it.

    `items` are its rows in words, if it is heard as a list in place of `alt`; the last words of an emphasised one say
    why it is, and then `subtitle` is for the eye alone if it is `keyed`. `shapes` says that it is a map of boundaries,
    which need a credit. `far_parts` are the islands that such a map leaves out, and `grow_mm` how much taller it may
    be, to fill its page.
    """

    id: str
    kind: str
    src: str
    width_mm: float
    height_mm: float
    finding: str
    subtitle: str | None
    alt: str
    note: str | None
    sources: tuple[ShownSource, ...]
    own: bool
    shapes: bool
    far_parts: str
    grow_mm: float = 0
    items: tuple[str, ...] = ()
    keyed: bool = False


@dataclass(frozen=True)
class ShownDrawing:
    """A map or a chart of one place, as a page shows it; `alt` is the text that it was asked with, and its values.

    `file` is the name of the attached file with values that are too many for the text. A survey has a `table`, a header
    and rows, and then `told` is the text alone. A map of an electorate has its area, the electorates that it borders,
    the places that it names, and how many islands it leaves out.
    """

    src: str
    width_mm: float
    height_mm: float
    alt: str
    grow_mm: float = 0
    file: str = ""
    told: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    area: str = ""
    borders: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    office: str = ""
    left_out: int = 0


def chart(of_charts: OfCharts, chart_id: str) -> ShownChart:
    """Return a chart of the brief, drawn at the size that a kind of document gives its kind."""
    of_kind, drawing = of_charts.of_kind, of_charts.charts[chart_id]
    ledger, group, listed = of_kind.plain, of_kind.every.group, of_kind.every.listed
    for figure_id in ledger.chart_figures(chart_id):
        of_kind.figures[figure_id] = None
    chart = ledger.brief.charts[chart_id]
    source_ids = ledger.chart_sources(chart_id)
    named = (sources.of_brief(ledger, listed, source) for source in source_ids if source != OWN)
    return ShownChart(
        id=chart_id, kind=chart.kind, src=f"{MADE}{of_kind.every.key(drawing)}.svg",
        width_mm=drawing.width_mm, height_mm=drawing.height_mm,
        finding=chart.finding, subtitle=chart.subtitle, alt=with_values(markdown.plain(chart.alt, ledger), drawing, ledger.locale), note=chart.note,
        sources=tuple(named) or sources.of_facts(group, listed, chart.fact), own=OWN in source_ids,
        shapes=chart.kind == MAP_OF_NATION and not chart.hexagons, far_parts=sources.far_parts(group, ledger.locale),
        grow_mm=drawings.size_of(
            drawing.kind, drawing.options, drawings.sizes_of(ledger.brief, chart_id, of_kind.spec.charts)
        ).grow_mm,
        items=values_in_words.listed(drawing, markdown.plain(chart.marked or "", ledger), ledger.locale), keyed=bool(chart.marked),
    )  # fmt: skip


def drawing(place: OfPlace, name: str, alt: str = "") -> ShownDrawing | None:
    """Return a map or chart of the document's own place; None if it has none of that name."""
    if (drawing := place.own.get(name)) is None:
        return None
    every = place.of_kind.every
    words, key = with_values(alt, drawing, every.locale), every.key(drawing)
    shown = ShownDrawing(f"{MADE}{key}.svg", drawing.width_mm, drawing.height_mm, words)
    if drawing.area:
        return _with_words(shown, charts.told(every.kept.get(key) or b""))
    table = values_in_words.table(drawing, every.locale) if drawing.kind == drawings.SURVEY else ()
    grow_mm = drawings.size_of_own(drawing, place.of_kind.spec.charts).grow_mm
    file = place.files[name].name if name in place.files and len(drawing.rows) > values_in_words.MOST else ""
    return replace(shown, grow_mm=grow_mm, file=file, told=alt, table=table)


def _with_words(shown: ShownDrawing, told: Mapping[str, Any]) -> ShownDrawing:
    """Return a map with its area, neighbours, places and office, and what it leaves out, if its drawing tells them."""
    if not told:
        return shown
    return replace(
        shown,
        area=told["area"],
        borders=tuple(told["borders"]),
        places=tuple(told["places"]),
        office=told["office"],
        left_out=told["left_out"],
    )


GROUNDS = ("light", "dark")
LEGIBLE, LEGIBLE_ON_DARK = 0.1, 0.9
"""The least share of a logo with one version that stands out: on paper, as some parts may be light, and on dark."""
NOTED = ("stock", "consented", "obscured")
"""The kinds of people on an image that a note explains; the other kinds are nobody, and people in public."""


@dataclass(frozen=True)
class ShownImage:
    """An image as a page shows it; without a caption, a credit or a note, the page prints none.

    `grow_mm` is how much taller it may be, to fill its page. `tall` says whether the whole image is taller than wide.
    """

    src: str
    width_mm: float
    height_mm: float
    alt: str
    grow_mm: float
    tall: bool
    caption: str | None = None
    credit: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Images:
    """The images that the pages of one kind of document can show; `found` collects the images that they do show."""

    pictures: Mapping[str, Original]
    layout: LoadedLayout
    kind: str
    places: Mapping[str, ImagePlace]
    ledger: Ledger
    found: dict[str, ImageOnPage]
    fields: Mapping[int, str]

    @property
    def names(self) -> Mapping[str, object]:
        """Return the functions whose results are the same in every place."""
        return {
            "image": strict("image", self.ledger.brief.images, self.image),
            "logo": strict("logo", {}, self.logo),
            "partner_logos": strict("logo", {}, self.partner_logos),
            "signature": strict("signature", {}, self.signature),
        }

    def image(self, image_id: str, place: str) -> ShownImage:
        """Return an image of the brief at the size of a place."""
        image = self.ledger.brief.images[image_id]
        plain = self._plain
        words = source_map.named(image_id, escape(plain(image.credit)), self.fields)
        credit = Markup(words)  # noqa: S704 -- escaped above
        return self._shown(
            image.file, place, plain(image.alt), focus=(image.focus.left / 100, image.focus.top / 100),
            caption=plain(image.caption) if image.caption else None, credit=credit, note=self._note(image),
        )  # fmt: skip

    def logo(self, place: str, ground: str = "light") -> ShownImage | None:
        """Return the organisation's logo for a light or a dark ground; None if there is no file for it."""
        organisation = self.ledger.brief.organisation
        return self._logo(organisation.logo, place, ground, self._plain(organisation.name))

    def partner_logos(self, place: str, ground: str = "light") -> list[ShownImage]:
        """Return the partners' logos, in their order."""
        partners = self.ledger.brief.partners
        shown = (self._logo(each.logo, place, ground, self._plain(each.name)) for each in partners)
        return [each for each in shown if each]

    def signature(self, place: str) -> ShownImage | None:
        """Return the signature under the foreword; None if it has none."""
        letter = self.ledger.brief.foreword
        if letter is None or letter.signature is None:
            return None
        alt = self.ledger.locale.label("image-signature", name=self._plain(letter.name))
        return self._shown(letter.signature, place, alt)

    def _logo(self, logo: Logo | None, place: str, ground: str, name: str) -> ShownImage | None:
        if ground not in GROUNDS:
            raise Refused(f'"{ground}" is not a ground for a logo', " or ".join(GROUNDS))
        if logo is None:
            return None
        is_grey = self.layout.edition.colours == "grey"
        file = _version(logo, ground, grey=is_grey)
        is_alone = not (logo.on_dark or (is_grey and logo.one_colour))
        if is_alone and not self._is_legible(logo.file, is_dark=ground == "dark" and not is_grey):
            return None
        return self._shown(file or logo.file, place, name, least_width_mm=logo.least_width_mm or 0.0)

    def _is_legible(self, file: str, *, is_dark: bool) -> bool:
        """Return whether a logo's only version can be read on a ground."""
        from briefpack.images import legibility  # noqa: PLC0415 -- only a logo with one version needs Pillow

        beneath = self.layout.look.colours.get("ink" if is_dark else "paper")
        least = LEGIBLE_ON_DARK if is_dark else LEGIBLE
        return beneath is None or legibility.share(self.pictures[file], beneath) >= least

    def _note(self, image: Image) -> str | None:
        if image.note:
            return self._plain(image.note)
        return self.ledger.locale.label(f"image-note-{image.people}") if image.people in NOTED else None

    @property
    def _plain(self) -> Callable[[str], str]:
        return partial(markdown.plain, ledger=self.ledger)

    def _shown(self, file: str, place: str, alt: str, **more: Any) -> ShownImage:  # noqa: ANN401 -- as `placed` has it
        return self.placed(self.pictures[file], place, alt, **more)

    def placed(
        self,
        original: Original,
        place: str,
        alt: str,
        *,
        focus: tuple[float, float] = (0.5, 0.5),
        least_width_mm: float = 0.0,
        **words: str | None,
    ) -> ShownImage:
        """Return an image at the size of a place, and remember to prepare it."""
        tall = original.height > original.width
        wanted = self._wanted(place, focus, tall=tall)
        key = store.key(store.engine(), images.key(original, wanted))
        width_mm, height_mm = images.size_mm(original, wanted)
        edition = self.layout.edition
        least = edition.least_dpi
        sharp = edition.image_dpi if edition.process_inks else least
        problems = tuple(images.judge(original, wanted, least, sharp, least_width_mm))
        self.found[key] = ImageOnPage(key, original, wanted, problems)
        suffix = "svg" if original.drawing else "image"
        grow_mm = self._place(place).grow_mm if wanted.crop else 0
        return ShownImage(f"{MADE}{key}.{suffix}", round(width_mm, 3), round(height_mm, 3), alt, grow_mm, tall, **words)

    def _wanted(self, place: str, focus: tuple[float, float], *, tall: bool) -> Wanted:
        """Return the size, the crop and the colours that a place and the edition want of an image."""
        spec, layout = self._place(place), self.layout
        edition, bleed = layout.edition, [*spec.bleed]
        width_mm = spec.width_mm + edition.bleed_mm * (bleed.count("left") + bleed.count("right"))
        place_mm = spec.tall_mm if tall and spec.tall_mm else spec.height_mm
        height_mm = place_mm + edition.bleed_mm * (bleed.count("top") + bleed.count("bottom"))
        beneath = layout.look.colours[spec.beneath] if spec.beneath else ""
        return images.Wanted(
            width_mm, height_mm, spec.crop, focus, edition.colours, max(edition.image_dpi, edition.least_dpi),
            layout.press_profile, edition.ink_limit_percent or 300, layout.look.inks.get(beneath),
            greys=tuple(layout.look.greys.items()),
        )  # fmt: skip

    def _place(self, place: str) -> ImagePlace:
        if place not in self.places:
            addition = f"add {place}: {{width_mm: 119, height_mm: 90}} to images: of {self.kind} in layout.yaml"
            message = f'{self.kind} has no place for images called "{place}"'
            raise Refused(message, nearest(place, self.places, most=0) or addition)
        return self.places[place]


def _version(logo: Logo, ground: str, *, grey: bool) -> str | None:
    """Return the version of a logo for a ground; in grey, the ground is always paper."""
    if grey:
        return logo.one_colour or logo.file
    return logo.on_dark if ground == "dark" else logo.file


def member_portrait(
    images: Images, electorate: Electorate | None, root: Path, kept: Store
) -> Callable[[str], ShownImage | None]:
    """Return the function that shows the portrait of an electorate's member; it shows nothing if there is none."""

    def portrait(place: str) -> ShownImage | None:
        if electorate is None or electorate.portrait is None or electorate.member is None:
            return None
        original = image_files.portrait(kept, root, electorate.portrait)
        named = images.ledger.locale.label("image-portrait", name=electorate.member.styled)
        return images.placed(original, place, electorate.portrait.alt or named, credit=electorate.portrait.credit)

    return strict("portrait", {}, portrait)
