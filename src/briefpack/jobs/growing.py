"""Make charts and images taller where a page has room, and put them in their piece."""

import re
from collections.abc import Mapping
from dataclasses import replace

from briefpack import charts, images, store
from briefpack.jobs.draw import Draw
from briefpack.jobs.imaging import Prepare
from briefpack.pages import MADE, ImageOnPage, Piece
from briefpack.plan import Drawing

CLOSE_DPI = 0.5
HEIGHT = re.compile(r"height:\s*([\d.]+)mm")


def taller(piece: Piece, growth: Mapping[str, float], draw: Draw) -> Piece:
    """Return a piece with some charts and images taller by `growth`, in mm by their keys; each is drawn into the store.

    One that can't be drawn at its new height keeps its old one.
    """
    drawings, placed = dict(piece.charts), {image.key: image for image in piece.images}
    for key, more_mm in growth.items():
        if key in drawings:
            new = _chart(drawings[key], more_mm, draw)
        else:
            new, image = _image(placed[key], more_mm, draw)
            piece = replace(piece, images=tuple(image if each.key == key else each for each in piece.images))
        piece = _exchanged(piece, key, new, more_mm) if new else piece
    return piece


def _chart(drawing: Drawing, more_mm: float, draw: Draw) -> str:
    """Return the key of a chart drawn taller; nothing if it can't be."""
    new = replace(drawing, height_mm=round(drawing.height_mm + more_mm, 1))
    key = charts.key(new, draw.common, draw.root)
    if draw.store.get(key) is None:
        try:
            draw.store.put(key, draw.drawn(new))
        except (charts.Undrawable, charts.Lacking):
            return ""
    return key


def _image(image: ImageOnPage, more_mm: float, draw: Draw) -> tuple[str, ImageOnPage]:
    """Return the key of an image with more of what its crop cuts off, and the image; no key if nothing is cut off there."""
    wanted = replace(image.wanted, height_mm=round(image.wanted.height_mm + more_mm, 1))
    enlarged = images.dpi(image.original, wanted) < images.dpi(image.original, image.wanted) - CLOSE_DPI
    key = store.key(store.engine(), images.key(image.original, wanted))
    new = replace(image, key=key, wanted=wanted)
    if enlarged or (draw.store.get(key) is None and Prepare(draw.store).prepared(new)):
        return "", image
    return key, new


def _exchanged(piece: Piece, key: str, new: str, more_mm: float) -> Piece:
    """Return a piece that shows a taller file in place of another."""
    old = next(path for path in piece.files if path.startswith(f"{MADE}{key}."))
    path = old.replace(key, new)
    tag = re.compile(rf"<img\b[^>]*{re.escape(old)}[^>]*>")
    html = tag.sub(lambda found: _with_height(found[0].replace(old, path), more_mm), piece.html)
    files = {path if each == old else each: path if each == old else digest for each, digest in piece.files.items()}
    return replace(piece, html=html, files=files)


def _with_height(tag: str, more_mm: float) -> str:
    return HEIGHT.sub(lambda found: f"height: {float(found[1]) + more_mm:.4g}mm", tag, count=1)
