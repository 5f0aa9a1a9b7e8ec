"""Draw each distinct chart as SVG, with the chart file of its kind."""

from __future__ import annotations

import functools
import html
import io
import json
import pickle
import re
import sys
import types
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefpack import store
from briefpack.charts import letters, style
from briefpack.charts.faults import Lacking, Undrawable
from briefpack.charts.pen import Pen
from briefpack.geometry import MM_PER_INCH, PT_PER_INCH
from briefpack.problem import heard_from
from briefpack.text import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontEntry, FontProperties

    from briefpack import maps
    from briefpack.charts.letters import Extent
    from briefpack.electorates import ElectorateSet, Settlement, Town
    from briefpack.layout.look import Face, Look
    from briefpack.plan import ChartRow, Drawing
    from briefpack.text.locale import Locale

    Draw = Callable[[Axes, Sequence[ChartRow], Pen], None]


def file(folder: Path, kind: str) -> Path:
    """Return the file of a chart kind: for dot-plot, dot-plot.py or dot_plot.py."""
    path = folder / f"{kind}.py"
    return path if path.is_file() else folder / f"{kind.replace('-', '_')}.py"


@dataclass(frozen=True)
class Ground:
    """The data for maps: an electorate set's boundaries, its states' names by code, its towns, hexagons and places."""

    boundaries: Path
    states: tuple[tuple[str, str], ...]
    towns: tuple[Town, ...]
    hexes: tuple[tuple[str, tuple[int, int]], ...] = ()
    places: tuple[tuple[str, tuple[Settlement, ...]], ...] = ()


def ground(group: ElectorateSet) -> Ground:
    """Return the data that an electorate set's maps are drawn from."""
    states = tuple((code, state.name) for code, state in group.states.items())
    return Ground(
        group.files["boundaries"],
        states,
        group.towns,
        tuple(group.hexes.items()),
        tuple(group.places.items()),
    )


def draw(drawing: Drawing, look: Look, locale: Locale, project: Path, ground: Ground | None = None) -> bytes:
    """Draw one chart as SVG; the same chart always gives the same bytes.

    `ground` is the data for maps. Raises Undrawable if the rows or shapes can't be drawn, Lacking if something is
    missing from the chart file, the tokens, the fonts or the house style.
    """
    import matplotlib.style  # noqa: PLC0415

    fonts, folder = project / "fonts", project / "charts"
    # Again whenever one of their files changes.
    _give(look.faces, fonts, tuple((fonts / face.path).stat().st_mtime_ns for face in look.faces))
    path = file(folder, drawing.kind)
    draw_rows = _load(path)
    house = folder / "house.mplstyle"
    settings = style.settings(house, house.stat().st_mtime_ns)
    with (
        heard_from("matplotlib") as heard,
        matplotlib.style.context(
            # Without a matplotlibrc that the user may have.
            [settings, {"font.family": [look.family]}],
            after_reset=True,
        ),
    ):
        blank = _blank(drawing.width_mm, drawing.height_mm, look.family, house, house.stat().st_mtime_ns)
        figure, axes = pickle.loads(blank)  # noqa: S301 -- this process pickled it
        drawn_by = Pen(look, fonts, locale, drawing.options)
        if ground and drawing.area:
            drawn_by = replace(drawn_by, map=_map(drawing, ground, drawn_by))
        elif ground and drawing.names_electorates:
            drawn_by = replace(drawn_by, nation=_nation(ground))
        draw_rows(axes, drawing.rows, drawn_by)
        drawn = _told(_write(figure, axes), drawn_by.map, locale)
    if heard:
        # Matplotlib substitutes something, such as a face of another weight, and would warn only the first time.
        _forget()
        raise Lacking(f'drawing the chart gives a warning: "{heard[0].rstrip(".")}"', WARNED)
    return drawn


WARNED = "fix it in the chart file, fonts/fonts.css or house.mplstyle"


def _load(path: Path) -> Draw:
    """Run a chart file, and return its function; it is run for each drawing, so that none has another's values."""
    name = f"briefpack_chart_{path.stem}"
    module = types.ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module
    exec(_code(path, path.stat().st_mtime_ns), module.__dict__)  # noqa: S102 -- a chart file is the project's own code
    draw_rows: Draw | None = getattr(module, "draw", None)
    if draw_rows is None:
        message, hint = (
            "the chart file doesn't define draw",
            "add def draw(ax, rows, look):, as in the other files in charts/",
        )
        raise Lacking(message, hint)
    return draw_rows


@functools.lru_cache(maxsize=64)
def _code(path: Path, _changed_ns: int) -> types.CodeType:
    """Return the compiled code of a chart file."""
    return compile(path.read_bytes(), str(path), "exec", dont_inherit=True)


@functools.lru_cache(maxsize=1)
def _give(faces: tuple[Face, ...], fonts: Path, _changed_ns: tuple[int, ...]) -> None:
    """Register these faces and drop earlier ones: a cluster's worker may run on after a font was edited."""
    from matplotlib import font_manager  # noqa: PLC0415

    _forget()
    font_manager.fontManager.ttflist = [*_installed(), *(_entry(face, fonts) for face in faces)]


@functools.cache
def _installed() -> tuple[FontEntry, ...]:
    """Return the faces that matplotlib finds by itself."""
    from matplotlib import font_manager  # noqa: PLC0415

    return tuple(font_manager.fontManager.ttflist)


def _forget() -> None:
    """Clear everything cached about fonts."""
    from matplotlib import font_manager  # noqa: PLC0415

    letters.forget()
    for cached in (font_manager._get_font, font_manager.FontManager._findfont_cached):  # type: ignore[attr-defined]  # noqa: SLF001
        cached.cache_clear()


def _entry(face: Face, fonts: Path) -> FontEntry:
    from matplotlib.font_manager import FontEntry  # noqa: PLC0415

    return FontEntry(
        fname=str(fonts / face.path),
        name=face.family,
        style="italic" if face.italic else "normal",
        variant="normal",
        weight=face.weight,
        stretch="normal",
        size="scalable",
    )


@functools.lru_cache(maxsize=64)
def _blank(width_mm: float, height_mm: float, _family: str, _style: Path, _changed_ns: int) -> bytes:
    """Return an empty chart in the current style, pickled: a copy takes a sixth of the time of a new one."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH), dpi=PT_PER_INCH)
    figure.patch.set_visible(False)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, width_mm), ylim=(0, height_mm), autoscale_on=False)
    for axis in (axes.xaxis, axes.yaxis):
        # Matplotlib makes the ticks again if a chart asks for them.
        del axis.majorTicks, axis.minorTicks
    return pickle.dumps((figure, axes))


def _write(figure: Figure, axes: Axes) -> bytes:
    from matplotlib.backends.backend_svg import RendererSVG  # noqa: PLC0415

    for artist in axes.get_children():
        artist.set_clip_on(False)
    width_pt, height_pt = figure.get_size_inches() * PT_PER_INCH
    buffer, unsaid = io.StringIO(), dict.fromkeys(("Creator", "Date", "Format", "Type"))
    renderer: Any = RendererSVG(width_pt, height_pt, buffer, None, PT_PER_INCH, metadata=unsaid)  # type: ignore[no-untyped-call]
    renderer.get_text_width_height_descent = functools.partial(_extent_pt, renderer.get_text_width_height_descent)
    renderer.draw_text = functools.partial(_from_its_start, renderer.draw_text)
    figure.draw(renderer)
    renderer.finalize()
    return _lean(buffer.getvalue()).encode()


def _from_its_start(draw: Callable[..., None], *line: object, mtext: object = None, **how: object) -> None:  # noqa: ARG001 -- see below
    """Draw a line of text from where it starts.

    Matplotlib writes an anchor for a line whose artist it knows (`mtext`). WeasyPrint makes a group of a text that is
    anchored at its middle or end, and viewers such as Chrome's cut off the edges of letters in a group.
    """
    draw(*line, **how)


def _extent_pt(measure: Callable[..., Extent], text: str, face: FontProperties, is_math: bool) -> Extent:
    """Return a text's width, height and descent, in points, from earlier measurements: shaping it again is slow."""
    from matplotlib.font_manager import findfont  # noqa: PLC0415

    if is_math:
        return measure(text, face, is_math)
    size_pt = face.get_size_in_points()
    width, height, descent = letters.extent(str(findfont(face)), text)
    return width * size_pt, height * size_pt, descent * size_pt


BEHIND = "behind"
"""The `gid` of shapes that only stand behind or between the marks of a chart, such as gridlines, land and seams."""


def _lean(svg: str) -> str:
    drawing = svg[svg.index("<svg") :]
    return re.sub(r"<[^>]*>", _lean_tag, drawing)


def _lean_tag(tag: re.Match[str]) -> str:
    unturned = re.sub(r' transform="rotate\(-0 [^"]*"| id="[a-z0-9]+_\d+"', "", tag[0])
    unturned = unturned.replace(f' id="{BEHIND}"', ' aria-hidden="true"')
    parts = re.split(r"(\d+\.\d{3,})", unturned)
    parts[1::2] = [f"{float(number):.2f}".rstrip("0").rstrip(".") for number in parts[1::2]]
    rounded = "".join(parts)
    return _tight(rounded) if rounded.startswith("<path") else rounded


def _tight(path: str) -> str:
    """Remove the white space that matplotlib puts around the letters of a path."""
    for letter in "MLQC":
        for before in (" \n", "\n", ""):
            path = path.replace(f"{before}{letter} ", letter)
    return path.replace(" \nz", "z")


def _told(svg: bytes, shown: maps.Map | None, locale: Locale) -> bytes:
    """Add the facts that a map shows to its drawing, for the words that describe it on a page.

    Its area is written as it prints, to two digits, since its shapes are simplified.
    """
    if shown is None or shown.told is None:
        return svg
    area = numbers.full(Decimal(f"{shown.told.area_km2:.2g}"), locale)
    text = html.escape(json.dumps({**asdict(shown.told), "area": area}, ensure_ascii=False), quote=False)
    return svg.replace(b">", f"><desc>{text}</desc>".encode(), 1)


def told(svg: bytes) -> Mapping[str, Any]:
    """Return the fields of maps.Told in a drawn map, with its `area` as it prints; none for any other drawing."""
    found = DESCRIPTION.search(svg)
    kept: Mapping[str, Any] = json.loads(html.unescape(found[1].decode())) if found else {}
    return kept


DESCRIPTION = re.compile(rb"<desc>([^<]*)</desc>")


def _map(drawing: Drawing, ground: Ground, measured: Pen) -> maps.Map:
    """Return the map of an electorate or, if the drawing names none, of the whole country."""
    try:
        return _placed(drawing, ground, measured)
    except ValueError as error:
        raise Undrawable(str(error)) from error


def _nation(ground: Ground) -> maps.Nation:
    """Return the electorates of the nation, for a chart to place on a map if it is one."""
    from briefpack import maps  # noqa: PLC0415 -- it loads shapely, as below

    changed_ns = ground.boundaries.stat().st_mtime_ns
    read = functools.partial(_atlas, ground.boundaries, ground.states, changed_ns)
    return maps.Nation(read, ground.towns, dict(ground.hexes), dict(ground.states))


def _placed(drawing: Drawing, ground: Ground, measured: Pen) -> maps.Map:
    from briefpack import maps  # noqa: PLC0415 -- it loads shapely, which only a process that draws maps needs

    slug, size = drawing.area.partition("/")[2], (drawing.width_mm, drawing.height_mm)
    atlas = _atlas(ground.boundaries, ground.states, ground.boundaries.stat().st_mtime_ns)
    options, places = drawing.options, dict(ground.places).get(slug, ())
    if options.style == "nation":
        return maps.nation(atlas, ground.towns, *size, measured.width_mm)
    if slug and options.style in ("locator", "state"):
        lay_out = maps.locator if options.style == "locator" else maps.in_state
        return lay_out(atlas, slug, *size)
    setting = maps.Setting(
        options.style, *size, options.margins_mm, options.band_mm, measured.label("office-of-member")
    )
    return maps.electorate(atlas, places, slug, setting, measured.width_mm) if slug else maps.national(atlas, setting)


@functools.lru_cache(maxsize=4)
def _atlas(boundaries: Path, states: tuple[tuple[str, str], ...], _changed_ns: int) -> maps.Atlas:
    from briefpack import maps  # noqa: PLC0415 -- as above

    try:
        return maps.read(boundaries.read_bytes(), dict(states))
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        # The properties were checked when the set was loaded, so it must be the points.
        raise ValueError("a shape's coordinates are not rings of points, each of two numbers") from error


@dataclass(frozen=True)
class Common:
    """The hashes of everything that the charts of a look share, and its maps."""

    charts: str
    maps: str


def made_from(look: Look, locale: Locale, project: Path, ground: Ground | None) -> Common:
    """Hash everything that the charts of a look share: the engine, look, locale and fonts; for maps, their data too."""
    faces = [project / "fonts" / face.path for face in look.faces]
    charts = store.key(store.engine(), repr(look), locale.key, *map(store.file_key, faces))
    if ground is None:
        return Common(charts, charts)
    return Common(
        charts,
        store.key(
            charts, repr((ground.states, ground.towns, ground.hexes, ground.places)), store.file_key(ground.boundaries)
        ),
    )


def key(drawing: Drawing, common: Common, project: Path) -> str:
    """Return the key of a chart: a hash of its rows, size and chart file, the house style and all that is shared."""
    files = file(project / "charts", drawing.kind), project / "charts" / "house.mplstyle"
    return store.key(
        common.maps if drawing.names_electorates else common.charts, repr(drawing), *map(store.file_key, files)
    )


def labels(svg: bytes) -> tuple[str, ...]:
    """Return the texts of a drawn chart, in drawing order."""
    return tuple(found.decode() for found in LABEL.findall(svg))


def spoken(svg: bytes) -> tuple[str, ...]:
    """Return the words in a map's description that other electorates may share: its neighbours' names, and its area."""
    found = told(svg)
    return (*found["borders"], found["area"]) if found else ()


LABEL = re.compile(rb"<text\b[^>]*>([^<]*)</text>")
