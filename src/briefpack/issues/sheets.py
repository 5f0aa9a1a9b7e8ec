"""Make PDFs of changed pages: before and after side by side, and one to print again."""

import io
from collections.abc import Iterable
from pathlib import Path

import pikepdf
from pikepdf import Pdf

from briefpack.checks import wording
from briefpack.geometry import PT_PER_MM, Rectangle
from briefpack.issues import comparing
from briefpack.issues.comparing import Change
from briefpack.issues.record import Issue, kept_file
from briefpack.paper import copies, printable

WIDTH_PT, HEIGHT_PT, GAP_PT = 297 * PT_PER_MM, 210 * PT_PER_MM, 6.0
"""The size of a sheet, and the gap around each of its two pages."""
BEFORE, AFTER = b"0.8 0.2 0.1 RG", b"0.1 0.5 0.2 RG"
"""The colours of the boxes round words that were there, and round those that are."""


def beside(
    changes: Iterable[Change], before: Issue, after: Issue, out: Path, brief: str, numbered: tuple[str, ...]
) -> bytes | None:
    """Return a PDF with each changed page before and after, side by side, and a box round each word that differs.

    A change that many documents have is shown once. None if no file of what was handed out is there.
    """
    made, seen = Pdf.new(), set[tuple[str, str]]()
    for change in changes:
        old_file, new_file = kept_file(out, brief, before.number, change.path), out / brief / change.path
        if not old_file.is_file():
            continue
        data = old_file.read_bytes(), new_file.read_bytes()
        old_keys, new_keys = before.documents[change.path].pages, after.documents[change.path].pages
        for old, new in change.pages:
            keys = (old_keys[old - 1] if old else "", new_keys[new - 1] if new else "")
            if keys in seen:
                continue
            seen.add(keys)
            words = [issue.words(key) if key else () for issue, key in zip((before, after), keys, strict=True)]
            sheet = made.add_blank_page(page_size=(WIDTH_PT, HEIGHT_PT))
            differences = comparing.differences(words[0], words[1])
            for side, (number, colour) in enumerate(((old, BEFORE), (new, AFTER))):
                if number:
                    marked = (place for parts in differences for place in range(parts[side].start, parts[side].stop))
                    page = _marked(data[side], number, wording.placed(data[side], number, marked, numbered), colour)
                    left = side * WIDTH_PT / 2
                    room = pikepdf.Rectangle(left + GAP_PT, GAP_PT, left + WIDTH_PT / 2 - GAP_PT, HEIGHT_PT - GAP_PT)
                    sheet.add_overlay(page.pages[0], room)
    return printable.save(made, "Changed pages, before and after", "", "booklet") if made.pages else None


def _marked(data: bytes, number: int, boxes: Iterable[Rectangle], colour: bytes) -> Pdf:
    """Return one page of a document, with a box round each of some places."""
    page = Pdf.new()
    with Pdf.open(io.BytesIO(data)) as source:
        copies.without_links(source)
        page.pages.append(source.pages[number - 1])
    drawn = b"".join(
        b"%.2f %.2f %.2f %.2f re\n" % (each.left - 1, each.bottom - 1, each.width + 2, each.height + 2)
        for each in boxes
    )
    page.pages[0].contents_add(b"q 0.8 w %s\n%sS Q\n" % (colour, drawn))
    return page


def print_file(changes: Iterable[Change], folder: Path, language: str) -> bytes:
    """Return one PDF of the changed pages, with the other side of each sheet, in the order of the documents."""
    made = Pdf.new()
    # Kept open until the result is saved, because pages are read lazily.
    opened = []
    for change in changes:
        source = Pdf.open(io.BytesIO((folder / change.path).read_bytes()))
        copies.without_links(source)
        opened.append(source)
        for sheet in sorted({(number - 1) // 2 for number in change.now}):
            sides = source.pages[2 * sheet : 2 * sheet + 2]
            made.pages.extend(sides)
            if len(sides) == 1:
                made.add_blank_page(page_size=(float(sides[0].mediabox[2]), float(sides[0].mediabox[3])))
    return printable.save(made, "Pages to print again", language, "print-set")
