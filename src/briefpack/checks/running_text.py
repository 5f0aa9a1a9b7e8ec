"""Judge the contrast of running text, which is laid out by itself and printed over the pages of other pieces.

The look of those pages where it prints was kept when they were laid out, so that a build needn't render them again. A
page is rendered only if something else is behind its running text: a shape of the running slot itself, or the piece in
another slot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from briefpack.checks import appearance
from briefpack.checks.findings import Findings
from briefpack.checks.read import background
from briefpack.checks.read.finished import Finished
from briefpack.geometry import Frame
from briefpack.plan import Ground, Read, Type


@dataclass(frozen=True)
class Over:
    """A piece that is printed over pages of a document: its frame, its own pages, and where they print.

    `page` is the index of the page that a slot is on; the pages from `skip` on have a running slot, which has none.
    """

    frame: Frame
    reads: tuple[Read, ...]
    page: int | None = None
    skip: int = 0

    def type(self, number: int) -> tuple[Type, ...]:
        """Return the type of a running slot on a page of the document."""
        index = number - 1 - self.skip
        if self.page is not None or index < 0:
            return ()
        return self.reads[index if len(self.reads) > 1 else 0].type


def contrast(finished: Finished, pages: Sequence[Read], over: Sequence[Over]) -> Findings:
    """Find running text with too little contrast to the pages that it prints over."""
    for number in range(1, len(finished.pdf) + 1 if over else 1):
        held = [each.frame for each in over if each.page == number - 1]
        shown = [each for each in over if each.type(number)]
        grounds = [_ground(pages[number - 1], each, held) for each in shown]
        faint = (
            chain.from_iterable(
                _faint(each.type(number), ground) for each, ground in zip(shown, grounds, strict=True) if ground
            )
            if all(grounds)
            else _rendered(finished, number, shown)
        )
        yield from appearance.too_faint(number, faint)


def _ground(page: Read, over: Over, held: Sequence[Frame]) -> Ground | None:
    """Return the ground of a running slot on a page; None if it isn't all that is behind its type."""
    alone = all(each.alone for read in over.reads for each in read.type)
    if not alone or any(map(over.frame.meets, held)):
        return None
    return next((each for each in page.grounds if each.frame == over.frame), None)


@lru_cache(maxsize=1024)
def _faint(runs: tuple[Type, ...], ground: Ground) -> tuple[tuple[float, Type], ...]:
    """Return the faint type of a running slot, where it is on the page, each with its contrast."""
    placed = [replace(run, box=run.box.moved(ground.place.left, ground.place.bottom)) for run in runs]
    return tuple(appearance.faint(placed, background.kept(ground)))


def _rendered(finished: Finished, number: int, over: Sequence[Over]) -> Iterator[tuple[float, Type]]:
    """Yield the faint type of running slots on a page as it is bound, each with its contrast."""
    trim, behind = finished.trims[number - 1], finished.background(number)
    for each in over:
        left, foot = trim.left + each.frame.left_pt, trim.bottom + each.frame.foot_pt(trim.height)
        placed = [replace(run, box=run.box.moved(left, foot)) for run in each.type(number)]
        yield from appearance.faint(placed, behind)
