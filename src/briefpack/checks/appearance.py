"""Check the appearance of a finished PDF: fonts, type sizes, contrast and images."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from briefpack.checks.findings import Findings, Found, begun, boxes, others, quoted
from briefpack.checks.read.background import Background, Pixels
from briefpack.checks.read.finished import Finished
from briefpack.checks.read.page_objects import ROUNDED_PT, Colour, Image, Run
from briefpack.layout import luminance
from briefpack.plan import Type

LEAST_CONTRAST, LEAST_CONTRAST_LARGE = 4.5, 3.0
WIDE_PX = 3

AnyRun = TypeVar("AnyRun", Run, Type)
Shares = npt.NDArray[np.floating]


def type_size(finished: Finished) -> Findings:
    """Find type smaller than the edition or the layout allows."""
    expected = finished.expected
    own = expected.part.smallest_type_pt if expected.part else 0.0
    own = expected.document.spec.smallest_type_pt if expected.document else own
    least = max(expected.edition.smallest_type_pt, own)
    for number, objects in enumerate(finished.objects, start=1):
        small = [run for run in objects.runs if run.size_pt < least - ROUNDED_PT and run.text.strip()]
        if small:
            run, *rest = sorted(small, key=lambda each: each.size_pt)
            message = f"{quoted(run.text)} is set in {run.size_pt:.3g} pt; the minimum is {least:g} pt"
            yield Found(number, message, boxes((run, *rest)), begun(run.text))


def contrast(finished: Finished) -> Findings:
    """Find text with too little contrast against its background as rendered."""
    for number, (objects, background) in enumerate(zip(finished.objects, finished.backgrounds, strict=True), start=1):
        if background:
            yield from too_faint(number, faint((run for run in objects.runs if run.shown), background))


def too_faint(page: int, found: Iterable[tuple[float, Run | Type]]) -> Findings:
    """Yield one finding for all the faint type of a page, given with its contrast."""
    ordered = sorted(found, key=lambda each: each[0])
    if ordered:
        ratio, run = ordered[0]
        message = f"{quoted(run.text)} has a contrast of {ratio:.2f}:1 with its background; it needs {_least(run):g}:1"
        message += others(len(ordered), "piece of text", "pieces of text")
        yield Found(page, message, boxes(run for _, run in ordered), begun(run.text))


def _least(run: Run | Type) -> float:
    return LEAST_CONTRAST_LARGE if run.large else LEAST_CONTRAST


def faint(runs: Iterable[AnyRun], background: Background) -> Iterator[tuple[float, AnyRun]]:
    """Yield each run with too little contrast over at least a letter's width, and its contrast."""
    plain: dict[tuple[Colour, tuple[int, ...]], float] = {}
    for run in runs:
        beneath = background.pixels[background.area(run.box)]
        if not (run.printed and beneath.size and run.text.strip()):
            continue
        key = run.colour, tuple(beneath[0, 0].tolist())
        if beneath.min() != beneath.max() and not (beneath == beneath[0, 0]).all():
            poor = _poor(run, beneath)
        else:
            if key not in plain:
                plain[key] = float(ratio(run.colour, beneath[:1, :1])[0, 0])
            poor = plain[key] if plain[key] < _least(run) else None
        if poor is not None:
            yield poor, run


def _poor(run: Run | Type, beneath: Pixels) -> float | None:
    """Return the contrast of a run over the columns where it is too low, or None if there are too few of them."""
    ratios = ratio(run.colour, beneath)
    columns = (ratios < _least(run)).mean(axis=0) > 0.5
    return float(np.median(ratios[:, columns])) if columns.sum() >= min(WIDE_PX, len(columns)) else None


def ratio(colour: Colour, beneath: Pixels) -> Shares:
    """Return the contrast of a colour with each pixel (WCAG 2.2, 1.4.3)."""
    share = colour[3] / 255
    own = np.array(colour[:3], dtype=np.uint8)
    mixed = own if share == 1 else np.rint(own * share + beneath * (1 - share)).astype(np.uint8)
    return luminance.contrast(mixed, beneath)


def image_resolution(finished: Finished) -> Findings:
    """Find bitmap images with too low a resolution at the size they are placed."""
    least = finished.expected.edition.least_dpi
    for number, images in _coarse(finished, 0, least):
        yield Found(number, f"an image has {images[0].dpi:.0f} dpi; the minimum is {least:.0f} dpi", boxes(images))


def image_sharpness(finished: Finished) -> Findings:
    """Find bitmap images that are allowed, but print less sharply than the edition could."""
    edition = finished.expected.edition
    for number, images in _coarse(finished, edition.least_dpi, edition.image_dpi):
        message = f"an image has {images[0].dpi:.0f} dpi; from {edition.image_dpi:.0f} dpi it prints sharp"
        yield Found(number, message, boxes(images))


def _coarse(finished: Finished, least: float, most: float) -> Iterator[tuple[int, list[Image]]]:
    """Yield each page with images whose resolution is from `least` up to `most`, and these, the coarsest first."""
    for number, objects in enumerate(finished.objects, start=1):
        coarse = [image for image in objects.images if least - ROUNDED_DPI <= image.dpi < most - ROUNDED_DPI]
        if coarse:
            yield number, sorted(coarse, key=lambda image: image.dpi)


ROUNDED_DPI = 1.0


def fonts(finished: Finished) -> Findings:
    """Find fonts that are not embedded, or are not the project's."""
    faces = finished.expected.faces
    families = tuple(face.family.replace(" ", "-") for face in faces) if faces is not None else ("",)
    pages = {
        run.font: number for number, objects in reversed([*enumerate(finished.objects, 1)]) for run in objects.runs
    }
    for font in dict.fromkeys(run.font for objects in finished.objects for run in objects.runs):
        faults = ([] if font.embedded else ["isn't embedded"]) + (
            [] if font.family.startswith(families) else ["isn't in fonts/fonts.css"]
        )
        number = pages[font]
        set_in_it = [run for run in finished.objects[number - 1].runs if run.font == font] if faults else []
        yield from (Found(number, f"the font {font.family} {fault}", boxes(set_in_it)) for fault in faults)
