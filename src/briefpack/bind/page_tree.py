"""Write the pages of a document, each with its overlays, and the page tree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefpack.bind import press_marks, relocate, writer
from briefpack.bind.parts import PAGES, Parts
from briefpack.bind.relocate import PageItems
from briefpack.bind.writer import Objects
from briefpack.geometry import Rectangle
from briefpack.plan import Press


def write(objects: Objects, parts: Parts, press: Press | None) -> None:
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
        drawn = dict(self._overlays(index, number, page.trim.top))
        entries = [
            b"/Type/Page/Parent %d 0 R" % PAGES,
            self._contents(page, numbers, b"".join(drawn.values())),
            b"/Resources %d 0 R" % self._resources(page, numbers, drawn),
        ]
        entries += [b"/%b[%b]" % (name.encode(), writer.decimals(box)) for name, box in self._boxes(page).items()]
        if links := [*(numbers[link] for link in page.links), *self._links(number)]:
            entries.append(b"/Annots[%b]" % b" ".join(b"%d 0 R" % link for link in links))
        if page.key is not None:
            entries.append(b"/Tabs/S/StructParents %d" % numbers[relocate.KEYS - page.key])
        return b"<<%b>>" % b"".join(entries)

    def _links(self, number: int) -> Iterator[int]:
        """Yield the links of the overlays on a page."""
        for part in self.parts.overlays:
            if part.page == number and part.placed and not part.placed.running:
                yield from (part.numbers[link] for link in part.piece.rectangles)

    def _overlays(self, index: int, number: int, height_pt: float) -> Iterator[tuple[tuple[bytes, int], bytes]]:
        """Yield the overlays of a page: the name and number of each form, and the operators that draw it."""
        for order, part in enumerate(self.parts.overlays):
            placed = part.placed
            if placed is None or not (placed.repeats_on(index) if placed.running else part.page == number):
                continue
            form = index - placed.skip if placed.running and part.piece.page_count > 1 else 0
            at = placed.place.left_pt, placed.place.foot_pt(height_pt)
            drawn = b"q 1 0 0 1 %.3f %.3f cm /S%d Do Q\n" % (*at, order)
            # Running content is an artifact, not part of the text (ISO 14289-1, 7.1).
            marked = b"/Artifact <</Type /Pagination>> BDC\n%bEMC\n" % drawn if placed.running else drawn
            yield (b"/S%d" % order, part.first + form), marked

    def _contents(self, page: PageItems, numbers: Sequence[int], drawn: bytes) -> bytes:
        """Return a page's content, isolated from later operators, because WeasyPrint leaves the coordinates flipped."""
        start, end = (b"q\n", b"Q\n" + drawn) if drawn else (b"", b"")
        if self.press:
            start = press_marks.clip(page.trim, self.press.bleed_mm) + start
            end += press_marks.marks(page.trim, self.press.bleed_mm)
        if not start:
            return b"/Contents %d 0 R" % numbers[page.content]
        around = self.objects.add_operators(start), numbers[page.content], self.objects.add_operators(end)
        return b"/Contents[%d 0 R %d 0 R %d 0 R]" % around

    def _resources(self, page: PageItems, numbers: Sequence[int], drawn: Iterable[tuple[bytes, int]]) -> int:
        drawings = [name.encode() + b" " + item.filled(numbers) for name, item in page.drawings.items()]
        drawings += [b"%b %d 0 R" % each for each in drawn]
        entries = [name.encode() + b" " + item.filled(numbers) for name, item in page.resources.items()]
        if drawings:
            entries.append(b"/XObject<<%b>>" % b"".join(drawings))
        return self.objects.add(b"<<%b>>" % b"".join(entries))

    def _boxes(self, page: PageItems) -> Mapping[str, Rectangle]:
        if self.press:
            return press_marks.boxes(page.trim, self.press.bleed_mm)
        return {"MediaBox": page.media, "BleedBox": page.media, "TrimBox": page.trim}
