"""Make a piece of a page's HTML: its CSS, its files, and the key that identifies it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from briefpack import store
from briefpack.layout import addresses, look
from briefpack.layout.addresses import MADE
from briefpack.layout.model import Box, Pages
from briefpack.pages import source_map
from briefpack.pages.calls import Composer
from briefpack.pages.model import GROW, Piece
from briefpack.plan import Document


def make(
    writer: Composer,
    document: Document,
    name: str,
    page: str,
    html: str,
    styles: tuple[str, ...],
    limit: Pages,
    *,
    others: tuple[str, ...] = (),
    ends_early: bool = False,
    slots: Mapping[str, Box] | None = None,
    box: Box | None = None,
    tagged: bool = True,
) -> Piece:
    """Return the piece of a page, the size of the paper or of a `box`.

    A composer makes equal pieces once, as nearly all the pieces of a pack are the same in every electorate. Its slots
    follow from its HTML.
    """
    given = (document.kind, page, others, ends_early, html, styles, limit, box, tagged)
    if given not in writer.pieces:
        plain, sources = source_map.separated(html)
        made = _made_of(writer, document, page, plain, styles, limit, slots or {}, box, tagged)
        made = replace(made, others=others, ends_early=ends_early, sources=sources)
        writer.pieces[given] = _keyed(writer, made)
    return replace(writer.pieces[given], name=name)


def _made_of(
    writer: Composer,
    document: Document,
    page: str,
    html: str,
    styles: tuple[str, ...],
    limit: Pages,
    slots: Mapping[str, Box],
    box: Box | None,
    tagged: bool,
) -> Piece:
    """Return a piece without its name and its key."""
    loaded = writer.plan.layout
    used = {fit: spec for fit, spec in loaded.layout.fits.items() if f'data-fit="{fit}"' in html}
    styles = (*styles, *loaded.edition.styles)
    bleed_mm = loaded.edition.bleed_mm if box is None else 0
    size = box or document.spec.paper or loaded.layout.paper
    files = {path: _digest(writer.root, path) for path in _files(writer, page, html, styles)}
    images = tuple(dict.fromkeys(image for path in files if (image := writer.images.get(_made(path)))))
    charts = (
        tuple((key, drawing) for path in files if (drawing := writer.growing.get(key := _made(path))))
        if GROW in html
        else ()
    )
    css = look.css(loaded.look) + _size_css(size, bleed_mm, margin=box is None, slots=slots)
    css += NO_SMOOTHING if images else ""
    return Piece(
        name="", page=page, html=html, css=css, styles=styles, files=files, limit=limit, fits=used, slots=slots,
        room=document.spec.room, smallest_type_pt=document.spec.smallest_type_pt, tagged=tagged, images=images, charts=charts,
        boxed=box is not None,
    )  # fmt: skip


NO_SMOOTHING = "img{image-rendering:crisp-edges}"
"""Stops WeasyPrint from asking viewers to smooth images, which PDF/A doesn't allow (ISO 19005-2, 6.2.8)."""


def _made(path: str) -> str:
    """Return the key in the store of a file that the build makes."""
    return path.removeprefix(MADE).partition(".")[0]


def _keyed(writer: Composer, piece: Piece) -> Piece:
    layout = writer.plan.layout
    made = (
        piece.pages, piece.css, piece.styles, piece.limit, sorted(piece.fits.items()), sorted(piece.slots.items()),
        sorted(piece.room.items()), piece.smallest_type_pt, piece.tagged, piece.ends_early, layout.edition,
        sorted(layout.look.inks.items()),
    )  # fmt: skip
    files = [f"{path}={digest}" for path, digest in sorted(piece.files.items())]
    if not writer.common:
        writer.common.append(store.key(store.engine(), _fonts(writer.root, layout.look)))
    key = store.key(*writer.common, piece.html, repr(made), *files)
    return replace(piece, key=key)


def _fonts(root: Path, made: look.Look) -> str:
    """Return the hash of the fonts that pages can load, without the guides and licences in their folder."""
    files = dict.fromkeys(("fonts.css", *(face.path for face in made.faces)))
    return store.key(*(store.file_key(root / "fonts" / file) for file in files))


def _digest(root: Path, path: str) -> str:
    return path if path.startswith(MADE) else store.file_key(addresses.place(root, path))


def changed(piece: Piece, root: Path) -> str | None:
    """Return the first file of a piece that has changed since the piece was composed; None if none has."""
    for path, digest in piece.files.items():
        try:
            same = _digest(root, path) == digest
        except OSError:
            same = False
        if not same:
            return path.lstrip("/")
    return None


def _size_css(box: Box, bleed_mm: float, *, margin: bool, slots: Mapping[str, Box]) -> str:
    rule = f":root{{--bleed:{bleed_mm:g}mm}}@page{{size:{box.width_mm:g}mm {box.height_mm:g}mm;"
    rule += f"bleed:{bleed_mm:g}mm;{'' if margin else 'margin:0;'}}}"
    held = (
        f"#{name}{{width:{slot.width_mm:g}mm;height:{slot.height_mm:g}mm;display:block}}"
        for name, slot in slots.items()
    )
    return rule + "".join(held)


def _files(writer: Composer, page: str, html: str, styles: tuple[str, ...]) -> Iterator[str]:
    """Yield the files that a page and its style sheets load. Raises Problems for those they may not load."""
    yield from addresses.of_page(writer.root, page, html)
    if styles not in writer.sheets:
        writer.sheets[styles] = addresses.of_styles(writer.root, styles)
    yield from writer.sheets[styles]
