"""Find the type size at which each sheet of a piece fits its pages, and the space that fills its last page."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from weasyprint import Document

from briefpack.geometry import PX_PER_MM
from briefpack.layout.model import Fit
from briefpack.problem import Owner, Problem
from briefpack.typeset.measure import Measure
from briefpack.typeset.model import Setting
from briefpack.typeset.typesetter import Layout, Typesetter

# WeasyPrint rounds positions: a sheet that runs over by no more than this still fits.
CLOSE_PX = 1.5
FOOT_PX = 4.0
FORESEEN_PX = 0.5
"""How close to its foot, in px, a page must end if it was laid out with foreseen space."""
FORESEEN_IN = 2
"""The most layouts in which the foreseen space is sought; the second corrects the first."""
STEP, LOOSE = 0.01, 2.5
# Type a tenth larger takes about a sixth more height: lines are taller and each takes fewer words.
HEIGHT_BY_SIZE = 1.6
MOST_BETWEEN_MM = 4.0
"""The most that a space may grow to fill the last page of several: about a line."""
ABOUT_HALF = 0.6
"""How full a page may be and still want another piece on it: from here on, none is warned of as too empty."""
FULL_ENOUGH = 1 / 3
"""How full the last page of several should be."""


@dataclass(frozen=True)
class Fitted:
    """A piece with each sheet fitted: the settings, the final layout, and the height to cut from each overset sheet."""

    settings: Mapping[str, Setting]
    document: Document
    measures: Mapping[str, Measure]
    over_px: Mapping[str, float]


def search(typesetter: Typesetter) -> Fitted:
    """Find the setting of each sheet: its size, and the space that fills its last page."""
    return Search(typesetter).fitted()


class Search:
    """The search for the settings of a piece's sheets; `layouts` are the layouts of the whole piece made so far.

    A sheet stays at its designed size if its spaces alone can fill the page. All sheets are searched at once, in at
    most eight layouts of the piece: all sheets as designed; the sheets that aren't settled; the sheets that haven't
    fitted yet; the same sheets at their smallest; the sheets whose type may be larger still; all as chosen; all
    without added space if a sheet is overset; and one that moves the content at a foot. A piece of one sheet, such as
    a leave-behind, reuses earlier layouts. Measures that are `foreseen` spare the first.
    """

    def __init__(self, typesetter: Typesetter, foreseen: Mapping[str, Measure] | None = None) -> None:
        self.typesetter = typesetter
        self.layouts: dict[tuple[Setting, ...], Layout] = {}
        measures = foreseen or self._layout({}).measures
        self.hunts = {sheet: _Hunt(fit, measures[sheet]) for sheet, fit in typesetter.sheets.items()}
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
        """Return the piece with each sheet at the size found, without the space that fills its last page."""
        settings = {sheet: Setting(hunt.setting().fit) for sheet, hunt in self.hunts.items()}
        return self._fitted(settings, self._over(settings))

    def fitted(self) -> Fitted:
        """Return the piece with each sheet at the size found and its last page filled."""
        settings = {sheet: hunt.setting() for sheet, hunt in self.hunts.items()}
        if lowered := self._foreseen(settings):
            return lowered
        over = self._over(settings)
        if any(settings[sheet].give_mm for sheet in over):
            # A hair too much space can push an unbreakable block to the next page, so such a sheet gets no extra space.
            settings |= {sheet: Setting(settings[sheet].fit) for sheet in over}
            over = self._over(settings)
        return self._fitted(*self._footed(settings, over))

    def _fitted(self, settings: Mapping[str, Setting], over: Mapping[str, float]) -> Fitted:
        document, measures = self._layout(settings)
        return Fitted(settings, document, measures, over)

    def _foreseen(self, settings: Mapping[str, Setting]) -> Fitted | None:
        """Return the piece with space in its text and above the content at a foot, if one layout or two get both right.

        Space in the text nearly always moves the rest by as much, so the height left for the foot is known before.
        """
        lowered = {sheet: replace(each, foot_mm=self._left_mm(sheet, each)) for sheet, each in settings.items()}
        for _ in range(FORESEEN_IN if lowered != settings else 0):
            over, measures = self._over(lowered), self._layout(lowered).measures
            missed_px = {sheet: measures[sheet].flow_px - FOOT_PX for sheet, each in lowered.items() if each.foot_mm}
            if not over and max(map(abs, missed_px.values()), default=0.0) < FORESEEN_PX:
                return self._fitted(lowered, {})
            moved = {sheet: lowered[sheet].foot_mm + px / PX_PER_MM for sheet, px in missed_px.items()}
            lowered |= {sheet: replace(lowered[sheet], foot_mm=round(max(0.0, mm), 3)) for sheet, mm in moved.items()}
        return None

    def _left_mm(self, sheet: str, setting: Setting) -> float:
        """Return the height that a sheet's spaces leave above the content at the foot of its only page."""
        best = self.hunts[sheet].best
        if best is None or best.pages > 1:
            return 0.0
        return round(max(0.0, _foot_mm(best) - best.gives * setting.give_mm), 3)

    def _footed(
        self, settings: dict[str, Setting], over: dict[str, float]
    ) -> tuple[dict[str, Setting], dict[str, float]]:
        """Move the content meant for the foot of a page down to it, unless its sheet is overset, or would be then."""
        measures = self._layout(settings).measures
        lowered = settings | {
            sheet: replace(setting, foot_mm=_foot_mm(measures[sheet]))
            for sheet, setting in settings.items()
            if sheet not in over
        }
        if lowered == settings or (spilt := self._over(lowered)).keys() - over.keys():
            return settings, over
        return lowered, spilt

    def _try(self, fits: Mapping[str, float]) -> None:
        """Try other sizes of some sheets."""
        tried = {sheet: Setting(fit) for sheet, fit in fits.items()}
        if tried.keys() == self.hunts.keys():
            self._learn(self._layout(tried).measures, tried)
        elif tried:
            self._learn(self.typesetter.trial(tried), tried)

    def _learn(self, measures: Mapping[str, Measure], settings: Mapping[str, Setting]) -> None:
        for sheet, measure in measures.items():
            self.hunts[sheet].learn(settings.get(sheet, Setting()).fit, measure)

    def _layout(self, settings: Mapping[str, Setting]) -> Layout:
        """Lay out the whole piece, or return the layout with these settings that was made before."""
        key = tuple(settings.get(sheet, Setting()) for sheet in self.typesetter.sheets)
        if key not in self.layouts:
            self.layouts[key] = self.typesetter.layout(settings)
        return self.layouts[key]

    def _over(self, settings: Mapping[str, Setting]) -> dict[str, float]:
        """Return the sheets that don't fit their pages, and the height in px to cut from each."""
        measures = self._layout(settings).measures
        over = {sheet: measures[sheet].excess_px(hunt.pages) for sheet, hunt in self.hunts.items()}
        return {sheet: px for sheet, px in over.items() if px > CLOSE_PX}


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

    def __init__(self, fit: Fit, designed: Measure) -> None:
        self.limits, self.give_mm, self.pages = fit.fit, fit.give_mm, _target(fit, designed)
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
        fills = self.pages > 1 or self._share_mm(self.best) <= self.give_mm
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

    def setting(self) -> Setting:
        """Return the largest fit known to keep to its pages, with the free height shared among the spaces."""
        if self.holds is None or self.best is None:
            return Setting(self.limits.smallest)
        share_mm = 0.0
        if self.pages > 1:
            share_mm = min(_fill_mm(self.best), MOST_BETWEEN_MM)
        elif self.best.gives:
            share_mm = self._share_mm(self.best)
        return Setting(self.holds, round(min(share_mm, self.give_mm), 3))

    def _share_mm(self, measure: Measure) -> float:
        return max(0.0, measure.flow_px - FOOT_PX) / PX_PER_MM / max(1, measure.gives)


def _fill_mm(measure: Measure) -> float:
    """Return the height to add to each space on the pages before the last, for the last to be full enough."""
    used, free = measure.used_px[-1], measure.free_px[-1]
    wanted = FULL_ENOUGH * (used + free) - used
    return max(0.0, wanted) / PX_PER_MM / measure.gives_before if measure.gives_before else 0.0


def _foot_mm(measure: Measure) -> float:
    """Return the height to add above the content at the foot of the last page."""
    return round(max(0.0, measure.flow_px - FOOT_PX) / PX_PER_MM, 3) if measure.footed else 0.0


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
