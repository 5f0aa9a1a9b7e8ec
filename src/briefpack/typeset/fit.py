"""Find the type size at which each sheet of a piece fits its pages, and fill its last page."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from weasyprint import Document

from briefpack.geometry import PX_PER_MM
from briefpack.layout.model import Fit
from briefpack.problem import Owner, Problem
from briefpack.typeset.measure import Measure
from briefpack.typeset.typesetter import Layout, Typesetter
from briefpack.typeset.weasyprint import spread

# WeasyPrint rounds positions: a sheet that runs over by no more than this still fits.
CLOSE_PX = 1.5
FOOT_PX = 4.0
STEP, LOOSE = 0.01, 2.5
# Type a tenth larger takes about a sixth more height: lines are taller and each takes fewer words.
HEIGHT_BY_SIZE = 1.6
ABOUT_HALF = 0.6
"""How full a page may be and still want another piece on it: from here on, none is warned of as too empty."""
FULL_ENOUGH = 1 / 3
"""How full the last page of several should be."""


@dataclass(frozen=True)
class Fitted:
    """A piece with each sheet fitted: their type sizes, the layout, and the height to cut from any overset sheet."""

    settings: Mapping[str, float]
    document: Document
    measures: Mapping[str, Measure]
    over_px: Mapping[str, float]


class Search:
    """The search for the sizes of a piece's sheets; `layouts` are the layouts of the whole piece made so far.

    A sheet stays at its designed size if its spaces alone can fill the page. All sheets are searched at once, in at
    most six layouts of the piece: all sheets as designed; the sheets that aren't settled; the sheets that haven't
    fitted yet; the same sheets at their smallest; the sheets whose type may be larger still; and all as chosen. A
    piece of one sheet, such as a leave-behind, reuses earlier layouts.
    """

    def __init__(self, typesetter: Typesetter) -> None:
        self.typesetter = typesetter
        self.layouts: dict[tuple[float, ...], Layout] = {}
        measures = self._layout({}).measures
        self.hunts = {
            sheet: _Hunt(fit, measures[sheet], spread.most_px(typesetter.elements[sheet], _give_px(fit)))
            for sheet, fit in typesetter.sheets.items()
        }
        self._learn(measures, {})
        self._try({sheet: hunt.next() for sheet, hunt in self.hunts.items() if not hunt.settled})
        self._try({sheet: hunt.next() for sheet, hunt in self.hunts.items() if not hunt.found})
        self._try({sheet: hunt.limits.smallest for sheet, hunt in self.hunts.items() if not hunt.found})
        self._try({sheet: hunt.next() for sheet, hunt in self.hunts.items() if hunt.loose})
        for hunt in self.hunts.values():
            hunt.conclude()

    @property
    def half(self) -> bool:
        """Return whether the piece is one sheet that takes about half of a page as designed, or less."""
        designed = [hunt.designed for hunt in self.hunts.values()]
        return len(designed) == 1 and designed[0].pages == 1 and designed[0].last_share <= ABOUT_HALF

    def sized(self) -> Fitted:
        """Return the piece with each sheet at the size found, before its last page is filled."""
        settings = {sheet: hunt.size for sheet, hunt in self.hunts.items()}
        document, measures = self._layout(settings)
        over = {sheet: measures[sheet].excess_px(hunt.pages) for sheet, hunt in self.hunts.items()}
        over = {sheet: px for sheet, px in over.items() if px > CLOSE_PX}
        return Fitted(settings, document, measures, over)

    def _try(self, tried: Mapping[str, float]) -> None:
        """Try other sizes of some sheets."""
        if tried.keys() == self.hunts.keys():
            self._learn(self._layout(tried).measures, tried)
        elif tried:
            self._learn(self.typesetter.trial(tried), tried)

    def _learn(self, measures: Mapping[str, Measure], settings: Mapping[str, float]) -> None:
        for sheet, measure in measures.items():
            self.hunts[sheet].learn(settings.get(sheet, 1.0), measure)

    def _layout(self, settings: Mapping[str, float]) -> Layout:
        """Lay out the whole piece, or return the layout with these settings that was made before."""
        key = tuple(settings.get(sheet, 1.0) for sheet in self.typesetter.sheets)
        if key not in self.layouts:
            self.layouts[key] = self.typesetter.layout(settings)
        return self.layouts[key]


def fill(typesetter: Typesetter, sized: Fitted) -> None:
    """Fill the last page of each sheet of a piece, whose boxes only move: it isn't laid out again."""
    for sheet, measure in sized.measures.items():
        free_px = measure.flow_px - FOOT_PX
        if sheet not in sized.over_px and free_px > 0:
            element = typesetter.elements[sheet]
            give_px = _give_px(typesetter.sheets[sheet]) if measure.pages == 1 else 0.0
            spread.fill(sized.document, element, give_px, free_px, typesetter.images)


def _give_px(fit: Fit) -> float:
    return fit.give_mm * PX_PER_MM


def _target(fit: Fit, measure: Measure) -> int:
    """Return the number of pages for a sheet: one fewer than at its designed size if the last is nearly empty.

    Without a number of pages in its fit, a sheet of two pages also goes on one if its smallest type may be small
    enough.
    """
    limit, count = fit.pages, measure.pages
    if limit.exactly:
        return limit.exactly
    share = sum(measure.used_px[1:]) / max(sum(measure.used_px), 1.0)
    fits_one = limit.most == math.inf and count == 2 and share < 1 - fit.fit.smallest**HEIGHT_BY_SIZE
    fewer = count > 1 and (measure.last_share < FULL_ENOUGH or fits_one)
    return max(1, int(min(limit.most, count - fewer)))


class _Hunt:
    """The search for one sheet's fit: the largest that fits, the smallest that is overset, and the next to try.

    `designed` is its measure at its designed size.
    """

    def __init__(self, fit: Fit, designed: Measure, spaces_px: float) -> None:
        self.limits, self.spaces_px, self.pages = fit.fit, spaces_px, _target(fit, designed)
        self.most, self.designed = fit.pages.most, designed
        self.holds: float | None = None
        self.spills = fit.fit.largest + STEP
        self.best: Measure | None = None
        self.guess = 1.0

    def learn(self, fit: float, measure: Measure) -> None:
        over, guessed = measure.excess_px(self.pages), fit != 1.0
        if over > CLOSE_PX:
            self.spills = min(self.spills, fit)
        elif self.holds is None or fit >= self.holds:
            self.holds, self.best = fit, measure
        used = sum(measure.used_px)
        self.guess = fit * (max(used - over, 1.0) / max(used, 1.0)) ** (1 / HEIGHT_BY_SIZE)
        if over > CLOSE_PX:
            # The gap above an unbreakable block can't be measured exactly, so guess slightly too small, and twice as
            # much so if the guess before was too large.
            self.guess -= (4 if guessed else 2) * STEP

    @property
    def found(self) -> bool:
        """Return whether a fit is known, or none fits: even the smallest type is overset."""
        return self.holds is not None or self.spills <= self.limits.smallest

    @property
    def loose(self) -> bool:
        """Return whether type that was made smaller may be clearly larger and still fit."""
        return self.holds is not None and self.holds < 1.0 and self.spills - self.holds > LOOSE * STEP

    @property
    def settled(self) -> bool:
        """Return whether the known fit fills the page or can't be improved."""
        if self.holds is None or self.best is None:
            return self.found
        fills = self.pages > 1 or self.best.flow_px - FOOT_PX <= self.spaces_px
        return fills or self.spills - self.holds < 1.5 * STEP

    def next(self) -> float:
        """Return the fit to try next, rounded to a hundredth."""
        guess = max(self.limits.smallest, min(self.guess, self.spills - STEP))
        if self.holds is not None and guess <= self.holds:
            guess = (self.holds + self.spills) / 2
        return round(int(round(guess / STEP, 6)) * STEP, 4)

    def conclude(self) -> None:
        """Leave a sheet its pages at the designed size if it can't go on one page fewer."""
        if self.holds is None and self.pages < self.designed.pages <= self.most:
            self.pages, self.holds, self.best = self.designed.pages, 1.0, self.designed

    @property
    def size(self) -> float:
        """Return the largest size known to keep to its pages; the smallest, if none is."""
        return self.limits.smallest if self.holds is None else self.holds


def underfull(typesetter: Typesetter, fitted: Fitted) -> Iterator[Problem]:
    """Yield a problem for each sheet that fills fewer pages than its fit asks for."""
    piece = typesetter.piece
    path = f"layouts/{piece.page}"
    lines = (typesetter.root / path).read_text(encoding="utf-8", errors="replace").splitlines()
    for sheet, fit in typesetter.sheets.items():
        count, wanted = fitted.measures[sheet].pages, fit.pages.exactly
        if wanted and count < wanted:
            name = next(name for name, spec in piece.fits.items() if spec is fit)
            line = next((number for number, text in enumerate(lines, start=1) if f'"{name}"' in text), None)
            message = f'{piece.name}: "{sheet}" has {count} page{"s" * (count != 1)}, but its fit says {fit.pages}'
            hint = f"set at_most: {wanted} under fits: {name}: in layout.yaml, or write more text"
            yield Problem(path, line, message, hint, Owner.LAYOUT)
