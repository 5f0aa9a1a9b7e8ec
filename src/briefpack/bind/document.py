"""Bind the pieces of a document, and the overlays on them, into one file: its pages, and the marks of a press."""

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pikepdf import Array, Pdf

from briefpack.bind import catalog, fonts, parts, relocate, writer
from briefpack.bind.items import KEYS, SUFFIX, PageItems
from briefpack.bind.parts import PAGES, Part, Parts
from briefpack.bind.writer import Objects
from briefpack.geometry import PT_PER_MM, Rectangle
from briefpack.plan import Facts, Press, ValuesFile
from briefpack.plan.expected import MARKS_MM
from briefpack.typeset import Placed

VERSION = "1.7"


def document(
    pieces: tuple[bytes, ...],
    overlays: tuple[tuple[Placed, bytes], ...],
    facts: Facts,
    press: Press | None = None,
    profile: bytes = b"",
    files: Iterable[ValuesFile] = (),
) -> bytes:
    """Bind prepared pieces in order, with overlays on top, and prepare the result for a press if one is given.

    `profile` is the ICC profile of the screen's colours; with it, the file claims PDF/A-3a. `files` are attached,
    unless it is for a press. Equal arguments give equal bytes. Each font face is embedded once. The largest piece gets
    the first numbers, so a body that many documents share has the same numbers in each and is written once per process.
    """
    tagged = press is None
    bodies = [relocate.read(data, "pages", tagged=tagged) for data in pieces]
    laid = [
        (placed, relocate.read(data, "form" if placed.running else "inlay", tagged=tagged)) for placed, data in overlays
    ]
    bound = parts.number(bodies, laid, tagged=tagged)
    objects = Objects(1 + max(part.last for part in bound.all))
    objects.streams |= {number: fonts.stream(program) for number, program in bound.programs.items()}
    _write_pages(objects, bound, press)
    if press:
        info = catalog.write_for_press(objects, bound, facts, press, _identity(pieces, overlays, facts))
    else:
        info = catalog.write_for_screen(objects, bound, facts, profile, files)
    blocks = [part.block for part in sorted(bound.all, key=lambda part: part.first)]
    version = PRESS_VERSION if press else VERSION
    return writer.file(version, [*blocks, objects.block()], parts.CATALOG, info)


def _identity(pieces: tuple[bytes, ...], overlays: tuple[tuple[Placed, bytes], ...], facts: Facts) -> bytes:
    """Return the hash of everything in a document."""
    digest = hashlib.sha256(repr((facts, [placed for placed, _ in overlays])).encode())
    for pdf in (*pieces, *(pdf for _, pdf in overlays)):
        digest.update(hashlib.sha256(pdf).digest())
    return digest.digest()


def enlarged(data: bytes, head_pt: float, least_width_pt: float) -> bytes:
    """Return a PDF with room above the content of each page, and with no page narrower than a width."""
    changed = io.BytesIO()
    with Pdf.open(io.BytesIO(data)) as file:
        for page in file.pages:
            left, bottom, right, top = map(float, page.trimbox)
            page.mediabox = page.trimbox = Array([left, bottom, max(right, left + least_width_pt), top + head_pt])
        file.save(changed, deterministic_id=True)
    return changed.getvalue()


def _write_pages(objects: Objects, parts: Parts, press: Press | None) -> None:
    """Write every page with its overlays, and the page tree."""
    pages = _Pages(objects, parts, press)
    for index, (number, page, body) in enumerate(parts.pages):
        objects.plain[number] = pages.page(index, number, page, body.numbers)
    kids = b" ".join(b"%d 0 R" % number for number, _, _ in parts.pages)
    objects.plain[PAGES] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(parts.pages), kids)


@dataclass(frozen=True)
class _Pages:
    """The data that every page of a document is written with."""

    objects: Objects
    parts: Parts
    press: Press | None

    def page(self, index: int, number: int, page: PageItems, numbers: Sequence[int]) -> bytes:
        """Return a page's dictionary."""
        inlays = [part for part in self.parts.overlays if part.page == number and part.piece.inlay]
        forms = dict(self._forms(index, page.trim.top))
        entries = [
            b"/Type/Page/Parent %d 0 R" % PAGES,
            self._contents(page, numbers, [*map(_drawn, inlays)], b"".join(forms.values())),
            b"/Resources %d 0 R" % self._resources(page, numbers, inlays, forms),
        ]
        entries += [b"/%b[%b]" % (name.encode(), writer.decimals(box)) for name, box in self._boxes(page).items()]
        if links := [*(numbers[link] for link in page.links), *self._links(number)]:
            entries.append(b"/Annots[%b]" % b" ".join(b"%d 0 R" % link for link in links))
        if page.key is not None:
            entries.append(b"/Tabs/S/StructParents %d" % numbers[KEYS - page.key])
        return b"<<%b>>" % b"".join(entries)

    def _links(self, number: int) -> Iterator[int]:
        """Yield the links of the overlays on a page."""
        for part in self.parts.overlays:
            if part.page == number and part.placed and not part.placed.running:
                yield from (part.numbers[link] for link in part.piece.rectangles)

    def _forms(self, index: int, height_pt: float) -> Iterator[tuple[tuple[bytes, int], bytes]]:
        """Yield what repeats on a page: the name and number of each form, and the operators that draw it."""
        for order, part in enumerate(self.parts.overlays):
            placed = part.placed
            if placed is None or not placed.repeats_on(index):
                continue
            form = index - placed.skip if part.piece.page_count > 1 else 0
            drawn = placed.place.left_pt, placed.place.foot_pt(height_pt), order
            # Running content is an artifact, not part of the text (ISO 14289-1, 7.1).
            marked = b"/Artifact <</Type /Pagination>> BDC\nq 1 0 0 1 %.3f %.3f cm /S%d Do Q\nEMC\n" % drawn
            yield (b"/S%d" % order, part.first + form), marked

    def _contents(self, page: PageItems, numbers: Sequence[int], inlays: Sequence[bytes], forms: bytes) -> bytes:
        """Return a page's content, isolated from later operators, because WeasyPrint leaves the coordinates flipped."""
        start, end = (b"q\n", b"Q\n") if inlays or forms else (b"", b"")
        drawn = [self.objects.add_stream(end + b"".join(inlays))] if inlays else []
        end = forms if inlays else end + forms
        if self.press:
            start = _clip_to_bleed(page.trim, self.press.bleed_mm) + start
            end += _crop_marks(page.trim, self.press.bleed_mm)
        if not start:
            return b"/Contents %d 0 R" % numbers[page.content]
        around = [self.objects.add_operators(start), numbers[page.content], *drawn]
        around += [self.objects.add_operators(end)] if end else []
        return b"/Contents[%b]" % b" ".join(b"%d 0 R" % each for each in around)

    def _resources(
        self, page: PageItems, numbers: Sequence[int], inlays: Iterable[Part], forms: Iterable[tuple[bytes, int]]
    ) -> int:
        entries = {
            kind: b"".join(name.encode() + b" " + item.filled(numbers) for name, item in named.items())
            for kind, named in page.resources.items()
        }
        for part in inlays:
            for kind, named in part.piece.inlay.resources.items() if part.piece.inlay else ():
                suffix = SUFFIX % part.position
                entries[kind] += b"".join(
                    name.encode() + suffix + b" " + item.filled(part.numbers) for name, item in named.items()
                )
        entries["/XObject"] += b"".join(b"%b %d 0 R" % each for each in forms)
        return self.objects.add(
            b"<<%b>>" % b"".join(b"%b<<%b>>" % (kind.encode(), held) for kind, held in entries.items() if held)
        )

    def _boxes(self, page: PageItems) -> Mapping[str, Rectangle]:
        if self.press:
            return _press_boxes(page.trim, self.press.bleed_mm)
        return {"MediaBox": page.media, "BleedBox": page.media, "TrimBox": page.trim}


def _drawn(part: Part) -> bytes:
    """Return the operators that draw an inlay in its place, and nothing beyond its edges."""
    inlay = part.piece.inlay
    assert inlay is not None  # noqa: S101 -- only inlays are drawn
    left, bottom, right, top = inlay.trim
    edges = writer.decimals((left, bottom, right - left, top - bottom))
    return b"q 1 0 0 1 %.3f %.3f cm %b re W n\n%b\nQ\n" % (*part.shift, edges, inlay.content.filled(part.numbers))


# Crop marks stay clear of the bleed, so that none shows on the page if the cut is slightly off.
CLEAR_MM = 1.0
LENGTH_MM = 5.0
MARK_PT = 0.25
PRESS_VERSION = "1.6"
"""The PDF version of PDF/X-4 (ISO 15930-7)."""


def _press_boxes(trim: Rectangle, bleed_mm: float) -> dict[str, Rectangle]:
    """Return a page's trim, bleed and media boxes (ISO 32000-1, 14.11.2), with room for crop marks."""
    return {
        "TrimBox": trim,
        "BleedBox": trim.grown(bleed_mm * PT_PER_MM),
        "MediaBox": trim.grown((bleed_mm + MARKS_MM) * PT_PER_MM),
    }


def _clip_to_bleed(trim: Rectangle, bleed_mm: float) -> bytes:
    """Return the operators that begin a page's content and clip it to the bleed."""
    left, bottom, right, top = trim.grown(bleed_mm * PT_PER_MM)
    return f"q {left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re W n q\n".encode()


def _crop_marks(trim: Rectangle, bleed_mm: float) -> bytes:
    """Return the operators that end a page's content: black crop marks at each corner, in line with the trim."""
    left, bottom, right, top = trim
    near, far = ((bleed_mm + more) * PT_PER_MM for more in (CLEAR_MM, CLEAR_MM + LENGTH_MM))
    across = [(x - away * near, x - away * far, y, y) for x, away in ((left, 1), (right, -1)) for y in (bottom, top)]
    down = [(x, x, y - away * near, y - away * far) for y, away in ((bottom, 1), (top, -1)) for x in (left, right)]
    lines = (f"{x1:.4f} {y1:.4f} m {x2:.4f} {y2:.4f} l S\n" for x1, x2, y1, y2 in (*across, *down))
    return f"Q Q\nq 0 0 0 1 K {MARK_PT:g} w\n{''.join(lines)}Q\n".encode()
