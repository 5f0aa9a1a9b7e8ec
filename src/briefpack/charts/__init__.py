"""Draw each distinct chart as SVG, with the chart file of its kind."""

from __future__ import annotations

import functools
import importlib.machinery
import importlib.util
import io
import math
import os
import pickle
import re
import sys
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from briefpack import maps, store
from briefpack.charts import style
from briefpack.problem import heard_from, nearest
from briefpack.project import leads_out, within
from briefpack.text import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontEntry, FontProperties
    from matplotlib.ft2font import FT2Font

    from briefpack.electorates import ElectorateSet
    from briefpack.layout.look import Face, Look
    from briefpack.plan import ChartRow, Drawing

    Extent = tuple[float, float, float]
    Draw = Callable[[Axes, Sequence[ChartRow], "Pen"], None]

Value = TypeVar("Value")
POINTS_AN_INCH = 72
POINT_MM = 25.4 / POINTS_AN_INCH
LEADING = 1.22
ROLES = {
    "value": ("chart-value", 600, "ink"),
    "signal": ("chart-value", 600, "signal"),
    "plain": ("chart-value", 400, "ink"),
    "label": ("chart-label", 400, "ink"),
    "heading": ("chart-label", 600, "ink"),
    "quiet": ("chart-label", 400, "grey"),
    "note": ("chart-note", 400, "grey"),
}
"""The size, weight and colour of each role that a piece of chart text can have."""


HATCHED_PT = 0.5
HATCHES = {"diagonal": "///", "crossed": "xxx", "level": "----"}
"""Matplotlib's code for each pattern; its own dots are hundreds of curves, which are slow to draw on a page."""


def kinds(folder: Path) -> tuple[str, ...]:
    """Return the chart kinds that a folder of chart files offers."""
    # A link that leads out of the folder is reported as that, so its kind doesn't count as missing.
    names = [path.name for path in folder.glob("[!_]*.py")]
    found = [name for name in names if within(folder, name) or leads_out(folder, name)]
    return tuple(sorted(name.removesuffix(".py").replace("_", "-") for name in found))


def file(folder: Path, kind: str) -> Path:
    """Return the file of a chart kind: for dot-plot, dot-plot.py or dot_plot.py."""
    path = folder / f"{kind}.py"
    return path if path.is_file() else folder / f"{kind.replace('-', '_')}.py"


@dataclass(frozen=True)
class Ground:
    """The data for maps: the boundaries of an electorate set, its states' names by code, and its towns."""

    boundaries: Path
    states: tuple[tuple[str, str], ...]
    towns: tuple[maps.Town, ...]


def ground(group: ElectorateSet) -> Ground:
    """Return the data that an electorate set's maps are drawn from."""
    towns = (maps.Town(town.name, town.state.code, town.longitude, town.latitude, town.rank) for town in group.towns)
    states = tuple((code, state.name) for code, state in group.states.items())
    return Ground(group.files["boundaries"], states, tuple(towns))


def draw(drawing: Drawing, look: Look, project: Path, ground: Ground | None = None) -> bytes:
    """Draw one chart as SVG; the same chart always gives the same bytes.

    `ground` is the data for maps. Raises Undrawable if the rows or shapes can't be drawn, Lacking if something is
    missing from the chart file, the tokens, the fonts or the house style.
    """
    import matplotlib.style  # noqa: PLC0415

    fonts, folder = project / "fonts", project / "charts"
    _register(look.faces, fonts)
    path = file(folder, drawing.kind)
    draw_rows = _load(path, path.stat().st_mtime_ns)
    house = folder / "house.mplstyle"
    settings = style.settings(house, house.stat().st_mtime_ns)
    with heard_from("matplotlib") as heard, matplotlib.style.context([settings, {"font.family": [look.family]}]):
        blank = _blank(drawing.width_mm, drawing.height_mm, look.family, house, house.stat().st_mtime_ns)
        figure, axes = pickle.loads(blank)  # noqa: S301 -- this process pickled it
        pen = Pen(look, fonts, drawing.mark)
        draw_rows(axes, drawing.rows, replace(pen, map=_map(drawing, ground, pen)) if ground and drawing.area else pen)
        drawn = _write(figure, axes)
    if heard:
        # Matplotlib substitutes something, such as a face of another weight, and would warn only the first time.
        _forget()
        raise Lacking(f'the chart draws with a warning: "{heard[0].rstrip(".")}"', WARNED)
    return drawn


WARNED = "what it names, in the chart file, fonts/fonts.css or house.mplstyle"


@dataclass(frozen=True)
class Pen:
    """A look that can also measure, wrap and write text in its own fonts."""

    look: Look
    fonts: Path
    mark: float | None = None
    map: maps.Map | None = None

    @functools.cached_property
    def colours(self) -> Mapping[str, str]:
        """Return the colours by name."""
        return _Tokens(self.look.colours)

    def fill(self, name: str) -> Mapping[str, Any]:
        """Return how to fill a mark with a colour: solid or, where the look says so, hatched with an outline."""
        colour = self.colours[name]
        if name not in self.look.patterns:
            return {"facecolor": colour}
        hatch = HATCHES[self.look.patterns[name]]
        paper = self.colours["paper"]
        return {"facecolor": paper, "edgecolor": colour, "linewidth": HATCHED_PT, "hatch": hatch, "hatchcolor": colour}

    def hatched(self, name: str) -> bool:
        """Return whether marks of a colour are hatched, so that words on them need paper behind them."""
        return name in self.look.patterns

    @functools.cached_property
    def sizes_pt(self) -> Mapping[str, float]:
        """Return the type sizes by name, in points."""
        return _Tokens(self.look.sizes_pt)

    @property
    def family(self) -> str:
        """Return the font family of the charts."""
        return self.look.family

    def counted(self, value: float, unit: str) -> str:
        """Write a number with its unit: 500 people, 1 person, £500, 5%."""
        return numbers.counted(Decimal(f"{value:.10g}"), unit)

    def width_mm(self, text: str, size_pt: float, weight: int = 400) -> float:
        """Measure a line of text."""
        return _em_extent(self._font_path(weight), text)[0] * size_pt * POINT_MM

    def word_mm(self, text: str, size_pt: float, weight: int = 400) -> float:
        """Measure the widest word of a text: no column narrower than that can hold it."""
        return max((self.width_mm(word, size_pt, weight) for word in text.split(" ")), default=0.0)

    def wrap(self, text: str, width_mm: float, size_pt: float, weight: int = 400) -> list[str]:
        """Break a text into as few lines as the width allows, as even in length as possible."""
        words = [(word, self.width_mm(word, size_pt, weight)) for word in text.split(" ")]
        space_mm = self.width_mm("n n", size_pt, weight) - self.width_mm("nn", size_pt, weight)
        lines = _broken(words, space_mm, width_mm)
        for step in range(1, 20 if len(lines) > 1 else 1):
            narrower = _broken(words, space_mm, width_mm * (1 - step / 40))
            if len(narrower) > len(lines):
                break
            lines = narrower
        return lines

    def cap_mm(self, size_pt: float) -> float:
        """Measure the cap height."""
        return _em_reach(self._font_path(400), "H")[1] * size_pt * POINT_MM

    def rise_mm(self, size_pt: float) -> float:
        """Measure how far an ascender rises above the baseline."""
        return _em_reach(self._font_path(400), "f")[1] * size_pt * POINT_MM

    def drop_mm(self, size_pt: float) -> float:
        """Measure how far a descender drops below the baseline."""
        return -_em_reach(self._font_path(400), "g")[0] * size_pt * POINT_MM

    def write(self, axes: Axes, text: str, x_mm: float, baseline_mm: float, role: str, colour: str = "") -> None:
        """Write one line from a point on its baseline; `colour` overrides the colour of the role."""
        size, weight, own = ROLES[role]
        axes.text(
            x_mm,
            baseline_mm,
            text,
            fontsize=self.sizes_pt[size],
            fontweight=weight,
            color=self.colours[colour or own],
        )

    def column(self, width_mm: float, *parts: tuple[str, str]) -> Column:
        """Set texts, each with its role, one below another in a column; an empty text takes no room."""
        lines = []
        for text, role in parts:
            size, weight, _ = ROLES[role]
            wrapped = self.wrap(text, width_mm, self.sizes_pt[size], weight) if text else []
            lines += [(line, role) for line in wrapped]
        return Column(self, tuple(lines))

    def apart(
        self,
        wanted_mm: Sequence[float],
        heights_mm: Sequence[float],
        gap_mm: float,
        top_mm: float,
    ) -> list[float]:
        """Move boxes just far enough to keep them apart and inside the chart.

        Takes and returns the tops of the boxes, from the top down.
        """
        tops, limit_mm = [], top_mm
        for wanted, height in zip(wanted_mm, heights_mm, strict=True):
            tops.append(min(wanted, limit_mm))
            limit_mm = tops[-1] - height - gap_mm
        floor_mm = 0.0
        for place in reversed(range(len(tops))):
            tops[place] = max(tops[place], floor_mm + heights_mm[place])
            floor_mm = tops[place] + gap_mm
        return tops

    def check_room(self, axes: Axes, needed_mm: float) -> None:
        """Refuse rows that need more height than the chart has."""
        if needed_mm > axes.get_ylim()[1] + 0.01:
            self.refuse_room(axes, needed_mm)

    def refuse_room(self, axes: Axes, needed_mm: float) -> NoReturn:
        """Refuse the rows, saying how much height they need and how much there is."""
        self.refuse_rows(f"its rows need {math.ceil(needed_mm)} mm of height, and there are {axes.get_ylim()[1]:g} mm")

    def refuse(self, row: ChartRow, reason: str) -> NoReturn:
        """Refuse a row, by its label, for a reason."""
        self.refuse_rows(f"the row “{row.label}” {reason}")

    def refuse_rows(self, reason: str) -> NoReturn:
        """Refuse to draw the rows, for a reason that their author can do something about."""
        raise Undrawable(reason)

    def _font_path(self, weight: int) -> str:
        if weight in self._upright:
            return self._upright[weight]
        said = f"{self.family} has no face of weight {weight} in fonts/fonts.css, which the chart needs"
        raise Lacking(said, "add the face to fonts.css, or name another family in tokens.yaml")

    @functools.cached_property
    def _upright(self) -> Mapping[int, str]:
        """Return the paths of the family's upright faces by weight; the first face of each weight counts."""
        faces = (face for face in reversed(self.look.faces) if face.family == self.family and not face.italic)
        return {face.weight: str(self.fonts / face.path) for face in faces}


@dataclass(frozen=True)
class Column:
    """Lines of text, one below another, each with its role."""

    pen: Pen
    lines: tuple[tuple[str, str], ...]

    @property
    def height_mm(self) -> float:
        """Return the height from the first line's ascenders to the last line's descenders."""
        if not self.lines:
            return 0.0
        return self._baselines_mm()[-1] + self.pen.drop_mm(self._size_pt(self.lines[-1]))

    def draw(self, axes: Axes, x_mm: float, top_mm: float, *, centred: bool = False) -> None:
        """Write the lines so that the top of the first, and their left edge or centre line, are at a point."""
        for line, baseline_mm in zip(self.lines, self._baselines_mm(), strict=True):
            left_mm = x_mm - self._width_mm(line) / 2 if centred else x_mm
            self.pen.write(axes, line[0], left_mm, top_mm - baseline_mm, line[1])

    def top_mm(self, middle_mm: float) -> float:
        """Return the top that centres the lines on a height, measured from the first capitals to the last baseline."""
        if not self.lines:
            return middle_mm
        above_mm = self._baselines_mm()[0] - self.pen.cap_mm(self._size_pt(self.lines[0]))
        return middle_mm + (above_mm + self._baselines_mm()[-1]) / 2

    def _width_mm(self, line: tuple[str, str]) -> float:
        return self.pen.width_mm(line[0], self._size_pt(line), ROLES[line[1]][1])

    def _size_pt(self, line: tuple[str, str]) -> float:
        return self.pen.sizes_pt[ROLES[line[1]][0]]

    def _baselines_mm(self) -> list[float]:
        sizes_pt = [self._size_pt(line) for line in self.lines]
        baselines_mm = [self.pen.rise_mm(sizes_pt[0])] if sizes_pt else []
        for size_pt in sizes_pt[1:]:
            baselines_mm.append(baselines_mm[-1] + size_pt * LEADING * POINT_MM)
        return baselines_mm


def _broken(words: Sequence[tuple[str, float]], space_mm: float, limit_mm: float) -> list[str]:
    lines: list[list[str]] = []
    used_mm = 0.0
    for word, width_mm in words:
        if lines and used_mm + space_mm + width_mm <= limit_mm:
            lines[-1].append(word)
            used_mm += space_mm + width_mm
        else:
            lines.append([word])
            used_mm = width_mm
    return [" ".join(line) for line in lines]


class Undrawable(ValueError):  # noqa: N818 -- it becomes a Problem
    """A fault in the rows of a chart or the shapes of a map; any other error is a fault in the chart file."""


class Lacking(Exception):  # noqa: N818 -- it becomes a Problem
    """Something that the chart file, tokens or fonts lack, and how to fix it."""


class _Tokens(dict[str, Value]):
    """Tokens by name; a missing name raises Lacking."""

    def __missing__(self, name: str) -> Value:
        said = f'layouts/tokens.yaml has no "{name}", which the chart needs'
        near = nearest(name, self)
        raise Lacking(said, f"add it to tokens.yaml{f', or another of its kind: {near}' if near else ''}")


class _FreshLoader(importlib.machinery.SourceFileLoader):
    """A loader that reads a chart file afresh and leaves no compiled copy in the designer's folder."""

    def path_stats(self, path: str) -> Mapping[str, float]:
        raise OSError(path)


@functools.lru_cache(maxsize=64)
def _load(path: Path, changed_ns: int) -> Draw:
    name = f"briefpack_chart_{path.stem}_{changed_ns}"
    spec = importlib.util.spec_from_loader(name, _FreshLoader(name, str(path)))
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    draw_rows: Draw | None = getattr(module, "draw", None)
    if draw_rows is None:
        said, hint = "the chart file has no function draw", "def draw(ax, rows, look): as in the other files of charts/"
        raise Lacking(said, hint)
    return draw_rows


def _register(faces: tuple[Face, ...], fonts: Path) -> None:
    """Register a project's faces with matplotlib, again whenever one of their files changes."""
    _give(faces, fonts, tuple((fonts / face.path).stat().st_mtime_ns for face in faces))


@functools.lru_cache(maxsize=1)
def _give(faces: tuple[Face, ...], fonts: Path, _changed_ns: tuple[int, ...]) -> None:
    """Register these faces and drop earlier ones: a cluster's worker outlives the edit of a font."""
    from matplotlib import font_manager  # noqa: PLC0415

    _forget()
    manager = font_manager.fontManager
    others = [entry for entry in manager.ttflist if not entry.fname.startswith(f"{fonts}{os.sep}")]
    manager.ttflist = [*others, *(_entry(face, fonts) for face in faces)]


def _forget() -> None:
    """Clear everything cached about fonts."""
    from matplotlib import font_manager  # noqa: PLC0415

    for cached in (_font, _em_extent, _em_reach, font_manager._get_font, font_manager.FontManager._findfont_cached):  # type: ignore[attr-defined]  # noqa: SLF001
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


@functools.cache
def _font(path: str) -> FT2Font:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    font = FT2Font(path)
    font.set_size(1000, 72)
    return font


@functools.lru_cache(maxsize=8192)
def _em_extent(path: str, text: str) -> Extent:
    """Return a text's width, height and descent in ems."""
    from matplotlib.ft2font import LoadFlags  # noqa: PLC0415

    font = _font(path)
    font.set_text(text, 0, flags=LoadFlags.NO_HINTING)
    width, height = font.get_width_height()
    return width / 64 / 1000, height / 64 / 1000, font.get_descent() / 64 / 1000


@functools.lru_cache(maxsize=64)
def _em_reach(path: str, letter: str) -> tuple[float, float]:
    """Return how far a letter reaches below its baseline, as a negative number, and above it, in ems."""
    glyph = _font(path).load_char(ord(letter))
    return glyph.bbox[1] / 64 / 1000, glyph.bbox[3] / 64 / 1000


@functools.lru_cache(maxsize=64)
def _blank(width_mm: float, height_mm: float, _family: str, _style: Path, _changed_ns: int) -> bytes:
    """Return an empty chart in the current style, pickled: a copy takes a sixth of the time of a new one."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(width_mm / 25.4, height_mm / 25.4), dpi=POINTS_AN_INCH)
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
    width_pt, height_pt = figure.get_size_inches() * POINTS_AN_INCH
    buffer, unsaid = io.StringIO(), dict.fromkeys(("Creator", "Date", "Format", "Type"))
    renderer: Any = RendererSVG(width_pt, height_pt, buffer, None, POINTS_AN_INCH, metadata=unsaid)  # type: ignore[no-untyped-call]
    renderer.get_text_width_height_descent = functools.partial(_extent_pt, renderer.get_text_width_height_descent)
    figure.draw(renderer)
    renderer.finalize()
    return _lean(buffer.getvalue()).encode()


def _extent_pt(measure: Callable[..., Extent], text: str, face: FontProperties, is_math: bool) -> Extent:
    """Return a text's width, height and descent from what has already been measured: shaping it again is slow."""
    from matplotlib.font_manager import findfont  # noqa: PLC0415

    if is_math:
        return measure(text, face, is_math)
    size_pt = face.get_size_in_points()
    width, height, descent = _em_extent(str(findfont(face)), text)
    return width * size_pt, height * size_pt, descent * size_pt


def _lean(svg: str) -> str:
    drawing = svg[svg.index("<svg") :]
    return re.sub(r"<[^>]*>", _lean_tag, drawing)


def _lean_tag(tag: re.Match[str]) -> str:
    unturned = re.sub(r' transform="rotate\(-0 [^"]*"| id="[a-z0-9]+_\d+"', "", tag[0])
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


def _map(drawing: Drawing, ground: Ground, pen: Pen) -> maps.Map:
    """Return the map of an electorate or, if the drawing names none, of the whole country."""
    try:
        return _placed(drawing, ground, pen)
    except ValueError as error:
        raise Undrawable(str(error)) from error


def _placed(drawing: Drawing, ground: Ground, pen: Pen) -> maps.Map:
    slug, size = drawing.area.partition("/")[2], (drawing.width_mm, drawing.height_mm)
    atlas = _atlas(ground.boundaries, ground.states, ground.boundaries.stat().st_mtime_ns)
    if not slug:
        return maps.nation(atlas, ground.towns, *size, pen.width_mm)
    return maps.locate(atlas, ground.towns, slug, *size, pen.width_mm)


@functools.lru_cache(maxsize=4)
def _atlas(boundaries: Path, states: tuple[tuple[str, str], ...], _changed_ns: int) -> maps.Atlas:
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


def made_from(look: Look, project: Path, ground: Ground | None) -> Common:
    """Hash everything that the charts of a look share: the engine, the look and the fonts; for maps, their data too."""
    faces = [project / "fonts" / face.path for face in look.faces]
    charts = store.key(store.engine(), repr(look), *map(store.file_key, faces))
    if ground is None:
        return Common(charts, charts)
    return Common(charts, store.key(charts, repr((ground.states, ground.towns)), store.file_key(ground.boundaries)))


def key(drawing: Drawing, common: Common, project: Path) -> str:
    """Return the key of a chart: a hash of its rows, size and chart file, the house style and all that is shared."""
    files = file(project / "charts", drawing.kind), project / "charts" / "house.mplstyle"
    return store.key(common.maps if drawing.area else common.charts, repr(drawing), *map(store.file_key, files))
