"""Impose finished PDFs for printing at home: a folded booklet, two copies on a sheet, or a print set."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pikepdf
from pikepdf import Dictionary, Name, Page, PasswordError, Pdf, PdfError, Rectangle, String

from briefpack import __version__, store
from briefpack.geometry import PT_PER_MM
from briefpack.problem import Owner, Problem, Problems, heard_from

SHEET_WIDTH_MM, SHEET_HEIGHT_MM = 297.0, 210.0  # A4, landscape; each half is A5
SPINE_MM = SHEET_WIDTH_MM / 2
PAPER_THICKNESS_MM = 0.1  # of office paper, 80 g/m²
MOST_SHEETS = 20
# Home printers leave about 4 mm unprinted at each edge, so a mark must be longer than that.
MARK_MM = 9.0
MARK = f"{{}} G {{}} w {SPINE_MM * PT_PER_MM:.3f} {{:.3f}} m {SPINE_MM * PT_PER_MM:.3f} {{:.3f}} l S\n"

Side = tuple[int | None, int | None]
"""The pages on the left and right halves of one side of a sheet, counted from 0; None is a blank."""


@dataclass(frozen=True)
class Imposed:
    """An imposed PDF, with the number of pages it was made from, its sheets, and any warnings."""

    kind: Literal["booklet", "two-up"]
    data: bytes
    pages: int
    sheets: int
    warnings: tuple[Problem, ...] = ()


def signature(pages: int) -> tuple[Side, ...]:
    """Return both sides of each folded sheet, the outermost sheet first.

    Blanks come after the last page. A blank in the middle looks like a missing page, and would separate the last page
    from the one it follows on from; a blank back cover leaves room for a stamp or an address.
    """
    total = -(-pages // 4) * 4
    turned = [(total - 1 - side, side) if side % 2 == 0 else (side, total - 1 - side) for side in range(total // 2)]
    return tuple((_held(left, pages), _held(right, pages)) for left, right in turned)


def _held(page: int, pages: int) -> int | None:
    return page if page < pages else None


def files(
    paths: Iterable[Path], out: Path | None, thickness_mm: float, shown: Callable[[Path], str]
) -> tuple[dict[Path, Imposed], tuple[Problem, ...]]:
    """Impose each file, next to it or in the folder `out`; return what was made, by path, and every problem.

    `shown` returns a path as problems print it.
    """
    made: dict[Path, Imposed] = {}
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            imposed = read(path, shown(path), thickness_mm)
            target = (out or path.parent) / f"{path.stem}-{imposed.kind}.pdf"
            _write(target, imposed.data, made, shown)
        except Problems as error:
            problems += error.problems
        else:
            made[target] = imposed
            problems += imposed.warnings
    return made, tuple(problems)


def _write(target: Path, data: bytes, made: Iterable[Path], shown: Callable[[Path], str]) -> None:
    if target in made:
        said = "two of the files would be written here"
        raise Problems([Problem(shown(target), None, said, "another --out for one of them", Owner.COMMAND)])
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        store.write(target, data)
    except OSError as error:
        said = f"it cannot be written: {(error.strerror or 'the disk refuses').lower()}"
        raise Problems([Problem(shown(target), None, said, "another folder with --out", Owner.DOCUMENT)]) from None


def read(path: Path, shown: str, thickness_mm: float = PAPER_THICKNESS_MM) -> Imposed:
    """Impose a file: several pages as a booklet, a single page as two copies on a sheet.

    Raises Problems if the file can't be read.
    """
    try:
        if path.is_dir():
            raise _refused(shown, "it is a folder", "the PDFs in it by their names")
        data = path.read_bytes() if path.is_file() else None
    except OSError as error:
        said = f"it cannot be read: {(error.strerror or 'the disk refuses').lower()}"
        raise _refused(shown, said, "a copy that you may read") from None
    if data is None:
        hint = "its path from this folder, or build it first: briefpack build"
        raise Problems([Problem(shown, None, "there is no such file", hint, Owner.COMMAND)])
    return pdf(data, shown, path.stem, thickness_mm)


def pdf(data: bytes, shown: str, name: str, thickness_mm: float = PAPER_THICKNESS_MM) -> Imposed:
    """Impose a PDF from its bytes; `name` is the title if it has none of its own."""
    if b"%PDF-" not in data[:1024]:
        said = "it is not a PDF" if data else "the file is empty"
        raise _refused(shown, said, "save it as a PDF, or make it again")
    try:
        with heard_from("pikepdf") as heard, Pdf.open(io.BytesIO(data)) as source:
            return _impose(source, shown, name, thickness_mm, heard)
    except PasswordError:
        raise _refused(shown, "it is locked with a password", "a copy that is saved without one") from None
    except BROKEN:
        raise _refused(shown, "it is too damaged to read", "make it again, or fetch it again") from None


BROKEN = (PdfError, TypeError, ValueError)
"""What pikepdf raises for a damaged file, in which objects are missing or of the wrong type."""


def _refused(shown: str, said: str, hint: str) -> Problems:
    return Problems([Problem(shown, None, said, hint, Owner.DOCUMENT)])


def _impose(source: Pdf, shown: str, name: str, thickness_mm: float, heard: list[str]) -> Imposed:
    count = len(source.pages)
    if not count:
        raise _refused(shown, "it has no pages", "make it again")
    if not source.allow.print_highres:
        raise _refused(shown, "its maker does not let it be printed", "ask its maker for another copy")
    # Annotations that print, such as filled-in form fields, become part of the page.
    source.flatten_annotations(mode="print")
    kind, sides, shift_mm = _plan(count, thickness_mm)
    data = _sheets(source, sides, shift_mm, shown, name, cut=kind == "two-up")
    sheets = -(-len(sides) // 2)
    damaged = bool(heard or source.get_warnings())
    return Imposed(kind, data, count, sheets, tuple(_warn(shown, sheets, damaged=damaged)))


def _plan(count: int, thickness_mm: float) -> tuple[Literal["booklet", "two-up"], tuple[Side, ...], float]:
    return ("two-up", ((0, 0),), 0.0) if count == 1 else ("booklet", signature(count), thickness_mm)


def _warn(shown: str, sheets: int, *, damaged: bool) -> Iterator[Problem]:
    if damaged:
        said, hint = "it is damaged, and something may be missing", "look through what was made, or fetch it again"
        yield Problem(shown, None, said, hint, warning=True)
    if sheets > MOST_SHEETS:
        said = f"it comes to {sheets} sheets, more than can be folded at once ({MOST_SHEETS})"
        yield Problem(shown, None, said, "print it flat, on both sides", warning=True)


def _sheets(source: Pdf, sides: Sequence[Side], thickness_mm: float, shown: str, name: str, *, cut: bool) -> bytes:
    """Return the sides of all sheets as landscape pages, with the pages of `source` drawn on their halves."""
    out = Pdf.new()
    forms = [_form(out, page, f"page {number}", shown) for number, page in enumerate(source.pages, start=1)]
    for number, (left, right) in enumerate(sides):
        sheet = out.add_blank_page(page_size=(SHEET_WIDTH_MM * PT_PER_MM, SHEET_HEIGHT_MM * PT_PER_MM))
        # Nested inner sheets stick out at the fore-edge (creep), so their pages move towards the spine.
        creep_mm = number // 2 * thickness_mm
        drawn = [
            _drawn(sheet, forms[page], f"/P{page}", left_mm, moved_mm)
            for page, left_mm, moved_mm in ((left, 0.0, creep_mm), (right, SPINE_MM, -creep_mm))
            if page is not None
        ]
        sheet.contents_add(b"".join(drawn) + (_cut_marks() if cut else b""))
    _keep_layers(out, source)
    title, language = str(source.docinfo.get("/Title", "")).strip(), str(source.Root.get("/Lang", ""))
    return _finished(out, title or name, language, "Simplex" if cut else "DuplexFlipShortEdge")


def _form(out: Pdf, page: Page, name: str, shown: str) -> pikepdf.Object:
    """Return a page as a form XObject, cropped to its trim box and rotated as it is viewed."""
    form = page.as_form_xobject()
    left, bottom, right, top = map(float, form.BBox)
    if not all(LEAST_PT < side < MOST_PT for side in (abs(right - left), abs(top - bottom))):
        size = f"{abs(right - left) / PT_PER_MM:.0f} × {abs(top - bottom) / PT_PER_MM:.0f} mm"
        raise _refused(shown, f"{name} is {size}", "make it again, with pages of a size that can be printed")
    return out.copy_foreign(form)


LEAST_PT, MOST_PT = 1.0, 100_000.0


def _drawn(sheet: Page, form: pikepdf.Object, name: str, left_mm: float, moved_mm: float) -> bytes:
    """Draw a page scaled to fit half the sheet, centred, and shifted for creep; nothing crosses the spine."""
    height_pt, width_pt = SHEET_HEIGHT_MM * PT_PER_MM, SPINE_MM * PT_PER_MM
    left_pt, moved_pt = left_mm * PT_PER_MM, (left_mm + moved_mm) * PT_PER_MM
    place = Rectangle(moved_pt, 0, moved_pt + width_pt, height_pt)
    placed = sheet.calc_form_xobject_placement(form, Name(name), place, allow_expand=True)
    sheet.add_resource(form, Name.XObject, Name(name))
    return b"q %.3f 0 %.3f %.3f re W n\n%sQ\n" % (left_pt, width_pt, height_pt, placed)


def _cut_marks() -> bytes:
    """Return cut marks at both ends of the centre line, black edged with white so that they show on any background."""
    ends = ((0.0, MARK_MM), (SHEET_HEIGHT_MM - MARK_MM, SHEET_HEIGHT_MM))
    return "".join(
        MARK.format(grey, width_pt, start * PT_PER_MM, end * PT_PER_MM)
        for grey, width_pt in ((1, 2), (0, 0.4))
        for start, end in ends
    ).encode()


def _keep_layers(out: Pdf, source: Pdf) -> None:
    """Keep the visibility of the file's layers; otherwise hidden layers would print."""
    layers = source.Root.get("/OCProperties")
    if isinstance(layers, Dictionary):
        out.Root.OCProperties = out.copy_foreign(layers if layers.is_indirect else source.make_indirect(layers))


def print_set(parts: Iterable[tuple[bytes, int]], title: str, language: str) -> bytes:
    """Return one PDF for two-sided printing, with that many copies of each part, each copy beginning on a front side.

    It is for paper, so its pages have no links or tags.
    """
    out = Pdf.new()
    opened = []  # kept open until the whole is saved, because pages are read lazily
    for part, copies in parts:
        opened.append(Pdf.open(io.BytesIO(part)))
        _repeat(out, opened[-1], copies)
    return _finished(out, title, language, "DuplexFlipLongEdge")


def _repeat(out: Pdf, source: Pdf, copies: int) -> None:
    """Add a document that many times, padding an odd number of pages with a blank."""
    for page in source.pages:
        for key in UNPRINTED:
            if key in page.obj:
                del page.obj[key]
    if len(source.pages) % 2:
        source.add_blank_page(page_size=_size(source.pages[-1]))
    first = len(out.pages)
    out.pages.extend(source.pages)
    once = list(out.pages)[first:]
    for _ in range(copies - 1):
        out.pages.extend(once)


UNPRINTED = ("/Annots", "/StructParents", "/Tabs")


def _size(page: Page) -> tuple[float, float]:
    left, bottom, right, top = map(float, page.mediabox)
    return right - left, top - bottom


def _finished(out: Pdf, title: str, language: str, duplex: str) -> bytes:
    """Return the bytes of a titled PDF that asks to be printed at full size; equal arguments give equal bytes."""
    out.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"), Duplex=Name(f"/{duplex}"))
    if language:
        out.Root.Lang = String(language)
    made_by = f"briefpack {__version__}"
    out.docinfo = out.make_indirect(Dictionary(Title=title, Creator=made_by, Producer=made_by))
    with out.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["pdf:Producer"] = metadata["xmp:CreatorTool"] = made_by
        if language:
            metadata["dc:language"] = [language]
    data = io.BytesIO()
    packed = pikepdf.ObjectStreamMode.generate
    # The Duplex preference needs PDF 1.7 (ISO 32000-1, table 150).
    out.save(data, min_version="1.7", deterministic_id=True, object_stream_mode=packed, compress_streams=True)
    return data.getvalue()
