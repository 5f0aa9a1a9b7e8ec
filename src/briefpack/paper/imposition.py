"""Place the pages of a PDF on sheets of A4, two to a side."""

from collections.abc import Sequence

import pikepdf
from pikepdf import Dictionary, Name, Page, Pdf, Rectangle

from briefpack.geometry import PT_PER_MM
from briefpack.paper import printable, tagging
from briefpack.paper.tagging import Shown, Tags

SHEET_WIDTH_MM, SHEET_HEIGHT_MM = 297.0, 210.0  # A4, landscape; each half is A5
SPINE_MM = SHEET_WIDTH_MM / 2
# Home printers leave about 4 mm unprinted at each edge, so a mark must be longer than that.
MARK_MM = 9.0
MARK = f"{{}} G {{}} w {SPINE_MM * PT_PER_MM:.3f} {{:.3f}} m {SPINE_MM * PT_PER_MM:.3f} {{:.3f}} l S\n"

Side = tuple[int | None, int | None]
"""The pages on the left and right halves of one side of a sheet, counted from 0; None is a blank."""


def sheets(pages: int) -> int:
    """Return the number of sheets in a booklet."""
    return -(-pages // 4)


def signature(pages: int) -> tuple[Side, ...]:
    """Return both sides of each folded sheet, the outermost sheet first.

    Blanks come after the last page. A blank in the middle looks like a missing page, and would separate the last page
    from the one it follows on from; a blank back cover leaves room for a stamp or an address.
    """
    total = sheets(pages) * 4
    turned = [(total - 1 - side, side) if side % 2 == 0 else (side, total - 1 - side) for side in range(total // 2)]
    return tuple((_or_blank(left, pages), _or_blank(right, pages)) for left, right in turned)


def _or_blank(page: int, pages: int) -> int | None:
    return page if page < pages else None


def booklet(source: Pdf, name: str, thickness_mm: float) -> bytes:
    """Return the sheets of a booklet to print on both sides and fold; `name` is the title if the file has none."""
    return _imposed(source, signature(len(source.pages)), name, thickness_mm, b"", "DuplexFlipShortEdge")


def two_up(source: Pdf, name: str) -> bytes:
    """Return a sheet with two copies of a single page, to cut apart."""
    return _imposed(source, ((0, 0),), name, 0.0, _cut_marks(), "Simplex")


def _imposed(
    source: Pdf, sides: Sequence[Side], name: str, thickness_mm: float, marks: bytes, duplex: printable.Duplex
) -> bytes:
    """Return the sides of all sheets as landscape pages, with the pages of `source` drawn on their halves."""
    out = Pdf.new()
    forms = [out.copy_foreign(page.as_form_xobject()) for page in source.pages]
    tagged, shown = tagging.is_tagged(source), dict[int, Shown]()
    for number, (left, right) in enumerate(sides):
        sheet = out.add_blank_page(page_size=(SHEET_WIDTH_MM * PT_PER_MM, SHEET_HEIGHT_MM * PT_PER_MM))
        # Nested inner sheets stick out at the fore-edge (creep), so their pages move towards the spine.
        creep_mm = number // 2 * thickness_mm
        drawn = []
        for page, left_mm, moved_mm in ((left, 0.0, creep_mm), (right, SPINE_MM, -creep_mm)):
            if page is not None:
                # A second copy, to cut apart, is read once.
                again = tagged and page in shown
                form, drawn_as = (tagging.silent(out, forms[page]), "/Again") if again else (forms[page], f"/P{page}")
                drawn.append(_drawn(sheet, form, drawn_as, left_mm, moved_mm))
                shown.setdefault(page, Shown(sheet.obj, form))
        sheet.contents_add(b"".join(drawn) + marks)
    _keep_layers(out, source)
    title, language = str(source.docinfo.get("/Title", "")).strip(), str(source.Root.get("/Lang", ""))
    if tagged:
        tags = Tags(out)
        tags.add(source, [shown[page] for page in range(len(forms))])
        tags.write()
    return printable.save(out, title or name, language, duplex, printable.claims([source], tagged=tagged))


def size_mm(page: Page) -> tuple[float, float]:
    """Return the size of a page, cropped to its trim box and rotated as it is viewed."""
    left, bottom, right, top = map(float, page.as_form_xobject().BBox)
    return abs(right - left) / PT_PER_MM, abs(top - bottom) / PT_PER_MM


def _drawn(sheet: Page, form: pikepdf.Object, name: str, left_mm: float, moved_mm: float) -> bytes:
    """Draw a page scaled to fit half the sheet, centred, and shifted for creep; nothing crosses the spine."""
    height_pt, width_pt = SHEET_HEIGHT_MM * PT_PER_MM, SPINE_MM * PT_PER_MM
    left_pt, moved_pt = left_mm * PT_PER_MM, (left_mm + moved_mm) * PT_PER_MM
    place = Rectangle(moved_pt, 0, moved_pt + width_pt, height_pt)
    placed = sheet.calc_form_xobject_placement(form, Name(name), place, allow_expand=True)
    sheet.add_resource(form, Name.XObject, Name(name))
    return b"q %.3f 0 %.3f %.3f re W n\n%sQ\n" % (left_pt, width_pt, height_pt, placed)


def _cut_marks() -> bytes:
    """Return cut marks at both ends of the centre line, black edged with white so that they show on any background.

    They are artifacts.
    """
    ends = ((0.0, MARK_MM), (SHEET_HEIGHT_MM - MARK_MM, SHEET_HEIGHT_MM))
    lines = "".join(
        MARK.format(grey, width_pt, start * PT_PER_MM, end * PT_PER_MM)
        for grey, width_pt in ((1, 2), (0, 0.4))
        for start, end in ends
    )
    return f"/Artifact BMC\n{lines}EMC\n".encode()


def _keep_layers(out: Pdf, source: Pdf) -> None:
    """Keep the visibility of the file's layers; otherwise hidden layers would print."""
    layers = source.Root.get("/OCProperties")
    if isinstance(layers, Dictionary):
        out.Root.OCProperties = out.copy_foreign(layers if layers.is_indirect else source.make_indirect(layers))
