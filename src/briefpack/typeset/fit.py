"""Find the type size at which each sheet of a piece fits its pages, and the space that fills its last page."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from weasyprint import Document

from briefpack.geometry import MM_PER_INCH
from briefpack.layout.model import Fit
from briefpack.problem import Owner, Problem
from briefpack.typeset.measure import Measure
from briefpack.typeset.model import Setting
from briefpack.typeset.typesetter import Layout, Typesetter

PX_PER_MM = 96 / MM_PER_INCH
# WeasyPrint rounds positions: a sheet that runs over by no more than this still fits.
CLOSE_PX = 1.5
FOOT_PX = 4.0
STEP = 0.01
# Type a tenth larger takes about a sixth more height: lines are taller and each takes fewer words.
HEIGHT_BY_SIZE = 1.6
MOST_BETWEEN_MM = 4.0
"""The most that a space may grow to fill the last page of several: about a line."""
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
    """Find the setting of each sheet.

    A sheet stays at its designed size if its spaces alone can fill the page. All sheets are searched at once, in at
    most five layouts of the piece: all as designed, those not settled, those that haven't fitted at any size, all as
    chosen, and again without added space if a sheet is overset. A piece of one sheet, such as a leave-behind, reuses
    earlier layouts.
    """
    return _Search(typesetter).fitted()


class _Search:
    """The search for the settings of a piece's sheets; `layouts` are those of the whole piece made so far."""

    def __init__(self, typesetter: Typesetter) -> None:
        self.typesetter = typesetter
        self.layouts: dict[tuple[Setting, ...], Layout] = {}
        measures = self._layout({}).measures
        self.hunts = {sheet: _Hunt(fit, measures[sheet]) for sheet, fit in typesetter.sheets.items()}
        self._learn(measures, {})

    def fitted(self) -> Fitted:
        for final in (False, True):
            self._try(final=final)
        for hunt in self.hunts.values():
            hunt.conclude()
        settings = {sheet: hunt.setting() for sheet, hunt in self.hunts.items()}
        over = self._over(settings)
        if any(settings[sheet].give_mm for sheet in over):
            # A hair too much space can push an unbreakable block to the next page, so such a sheet gets no extra space.
            settings |= {sheet: Setting(settings[sheet].fit) for sheet in over}
            over = self._over(settings)
        document, measures = self._layout(settings)
        return Fitted(settings, document, measures, over)

    def _try(self, *, final: bool) -> None:
        """Try another size of each sheet that isn't settled; on the last try, only of those that haven't fitted yet."""
        hunts = {sheet: hunt for sheet, hunt in self.hunts.items() if not hunt.settled and not (final and hunt.holds)}
        tried = {sheet: Setting(hunt.next(final=final)) for sheet, hunt in hunts.items()}
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

    Without a number of pages in its fit, a sheet of two pages also goes on one if its smallest type may be small enough.
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
        over = measure.excess_px(self.pages)
        if over > CLOSE_PX:
            self.spills = min(self.spills, fit)
        elif self.holds is None or fit >= self.holds:
            self.holds, self.best = fit, measure
        used = sum(measure.used_px)
        self.guess = fit * (max(used - over, 1.0) / max(used, 1.0)) ** (1 / HEIGHT_BY_SIZE)
        if over > CLOSE_PX:
            # The gap above an unbreakable block can't be measured exactly, so guess slightly too small.
            self.guess -= 2 * STEP

    @property
    def settled(self) -> bool:
        """Return whether the known fit fills the page or can't be improved."""
        if self.holds is None or self.best is None:
            return False
        fills = self.pages > 1 or self._share_mm(self.best) <= self.give_mm
        return fills or self.spills - self.holds < 1.5 * STEP

    def next(self, *, final: bool) -> float:
        """Return the fit to try next, rounded to a hundredth; on the last try, the smallest if nothing has fitted."""
        if self.holds is None and final:
            return self.limits.smallest
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
