"""Impose finished PDFs on A4 for a home printer: a folded booklet, or two copies of a single page to cut apart.

The result is for paper, and has no tags: a screen reader reads the document that it was made from.
"""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pikepdf
from pikepdf import Dictionary, Name, Page, Pdf, Rectangle

from briefpack import output, plan, store
from briefpack.checks.read import opening, page_objects
from briefpack.geometry import PT_PER_MM
from briefpack.output import manifest
from briefpack.paper import printable
from briefpack.problem import Owner, Problem, Problems, heard_from, one_problem, raise_any

PAPER_THICKNESS_MM = 0.1  # of office paper, 80 g/m²
MOST_SHEETS = 20

Kind = Literal["booklet", "two-up"]


@dataclass(frozen=True)
class Imposed:
    """An imposed PDF, with the number of pages it was made from, its sheets, and any warnings."""

    kind: Kind
    data: bytes
    pages: int
    sheets: int
    warnings: tuple[Problem, ...] = ()


def make(
    paths: Iterable[Path], out: Path | None, thickness_mm: float, shown: Callable[[Path], str]
) -> tuple[dict[Path, Imposed], tuple[Problem, ...]]:
    """Impose each file, next to it or in the folder `out`; return the imposed files, by path, and every problem.

    `shown` returns a path as problems print it.
    """
    made: dict[Path, Imposed] = {}
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            raise_any(filter(None, [output.refusal(path, shown)]))
            imposed = read(path, shown(path), thickness_mm)
            target = (out or path.parent) / f"{path.stem}-{imposed.kind}.pdf"
            _write(target, imposed.data, made, shown)
        except Problems as error:
            problems += error.problems
        else:
            made[target] = imposed
            problems += (*_undecided(path, shown(path)), *imposed.warnings)
    return made, tuple(problems)


def _undecided(path: Path, shown: str) -> Iterator[Problem]:
    """Warn of a document that was made while it was undecided whether its brief is electoral matter."""
    folder = path.absolute().parent
    listed = manifest.read(folder.parent).documents.get(f"{folder.name}/{path.name}", {})
    if listed.get("electoral_matter") == plan.UNDECIDED:
        message = "when this was made, it was undecided whether it is electoral matter"
        hint = "before you hand out copies, set electoral_matter: in its brief, and build it again"
        yield Problem(shown, None, message, hint, warning=True)


def _write(target: Path, data: bytes, made: Iterable[Path], shown: Callable[[Path], str]) -> None:
    if target in made:
        message, hint = "two files would both be written here", "use another --out for one of them"
        raise one_problem(shown(target), None, message, hint, Owner.COMMAND)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        store.write(target, data)
    except OSError as error:
        message = f"this file can't be written: {opening.reason(error)}"
        hint = "choose another folder with --out"
        raise one_problem(shown(target), None, message, hint, Owner.DOCUMENT) from None


def read(path: Path, shown: str, thickness_mm: float = PAPER_THICKNESS_MM) -> Imposed:
    """Impose a file: several pages as a booklet, a single page as two copies on a sheet.

    Raises Problems if the file can't be read.
    """
    data = opening.data(path, shown)
    return impose(data, shown, path.stem, thickness_mm)


def impose(data: bytes, shown: str, name: str, thickness_mm: float = PAPER_THICKNESS_MM) -> Imposed:
    """Impose a PDF from its bytes; `name` is the title if it has none of its own."""
    with opening.reading(data, shown), heard_from("pikepdf") as heard, Pdf.open(io.BytesIO(data)) as source:
        return _impose(source, shown, name, thickness_mm, heard)


def _impose(source: Pdf, shown: str, name: str, thickness_mm: float, heard: list[str]) -> Imposed:
    _check(source, shown)
    # Annotations that print, such as filled-in form fields, become part of the page.
    source.flatten_annotations(mode="print")
    count = len(source.pages)
    if count == 1:
        data, sheets = _imposed(source, ((0, 0),), name, 0.0, _cut_marks(), "two-up"), 1
    else:
        data = _imposed(source, signature(count), name, thickness_mm, b"", "booklet")
        sheets = _sheets_for(count)
    damaged = bool(heard or source.get_warnings())
    kind: Kind = "two-up" if count == 1 else "booklet"
    return Imposed(
        kind, data, count, sheets, (*_warn(shown, sheets, damaged=damaged), *_warn_of_small_type(shown, kind, data))
    )


def _check(source: Pdf, shown: str) -> None:
    """Raise Problems if a file can't be imposed."""
    if not source.pages:
        raise opening.refused(shown, "this PDF has no pages", "make it again")
    if opening.arranged(str(source.docinfo.get("/Creator", ""))) == "print-set":
        message = "this is a print set: a booklet would have its first sheet and the blank backs of its documents in it"
        raise opening.refused(
            shown, message, "print it as it is, or name the documents to fold: briefpack booklet …-pack.pdf"
        )
    if not source.allow.print_highres:
        raise opening.refused(shown, "this PDF doesn't allow printing", "ask its author for a copy that does")
    for number, page in enumerate(source.pages, start=1):
        width_mm, height_mm = size_mm(page)
        if not all(LEAST_MM < side < MOST_MM for side in (width_mm, height_mm)):
            message = f"page {number} is {width_mm:.0f} × {height_mm:.0f} mm"
            raise opening.refused(shown, message, "make it again, in a size that can be printed")


LEAST_MM, MOST_MM = 0.35, 35_000.0


def _warn(shown: str, sheets: int, *, damaged: bool) -> Iterator[Problem]:
    if damaged:
        message, hint = (
            "this PDF is damaged, and parts may be missing",
            "look through the result, or download the PDF again",
        )
        yield Problem(shown, None, message, hint, warning=True)
    if sheets > MOST_SHEETS:
        message = f"this takes {sheets} sheets, and no more than {MOST_SHEETS} fold well together"
        yield Problem(shown, None, message, "print it as it is, on both sides", warning=True)


def _warn_of_small_type(shown: str, kind: Kind, data: bytes) -> Iterator[Problem]:
    if message := _said_of_type(page_objects.count_letters(data)):
        hint = "for readers who need larger type, print it as it is, on A4"
        yield Problem(shown, None, f"{kind}: {message}", hint, warning=True)


LEAST_PT = 8.0
"""Below this, type strains the eyes of many readers."""


def _said_of_type(letters: Counter[float]) -> str | None:
    """Return how small body type and the smallest type print; None if neither is small, or there is no type."""
    if not letters or min(letters) >= LEAST_PT:
        return None
    smallest_pt, body_pt = min(letters), _body_pt(letters)
    if smallest_pt == body_pt:
        return f"body type prints at {body_pt:g} pt"
    return f"body type prints at {body_pt:g} pt, and the smallest type at {smallest_pt:g} pt"


def _body_pt(letters: Counter[float]) -> float:
    """Return the size of body type: the largest size that at least a third of the letters have or exceed.

    Headings have fewer letters than that. The commonest size won't do: a page may have more letters in notes than in
    text.
    """
    enough, larger = letters.total() / 3, 0
    for size_pt in sorted(letters, reverse=True):
        larger += letters[size_pt]
        if larger >= enough:
            break
    return size_pt


SHEET_WIDTH_MM, SHEET_HEIGHT_MM = 297.0, 210.0  # A4, landscape; each half is A5
SPINE_MM = SHEET_WIDTH_MM / 2
# Home printers leave about 4 mm unprinted at each edge, so a mark must be longer than that.
MARK_MM = 9.0
MARK = f"{{}} G {{}} w {SPINE_MM * PT_PER_MM:.3f} {{:.3f}} m {SPINE_MM * PT_PER_MM:.3f} {{:.3f}} l S\n"

Side = tuple[int | None, int | None]
"""The pages on the left and right halves of one side of a sheet, counted from 0; None is a blank."""


def _sheets_for(pages: int) -> int:
    """Return the number of sheets in a booklet."""
    return -(-pages // 4)


def signature(pages: int) -> tuple[Side, ...]:
    """Return both sides of each folded sheet, the outermost sheet first.

    Blanks come after the last page. A blank in the middle looks like a missing page, and would separate the last page
    from the one it follows on from; a blank back cover leaves room for a stamp or an address.
    """
    total = _sheets_for(pages) * 4
    turned = [(total - 1 - side, side) if side % 2 == 0 else (side, total - 1 - side) for side in range(total // 2)]
    return tuple((_or_blank(left, pages), _or_blank(right, pages)) for left, right in turned)


def _or_blank(page: int, pages: int) -> int | None:
    return page if page < pages else None


def _imposed(source: Pdf, sides: Sequence[Side], name: str, thickness_mm: float, marks: bytes, kind: Kind) -> bytes:
    """Return the sides of all sheets as landscape pages, with the pages of `source` drawn on their halves.

    `name` is the title if the file has none.
    """
    out = Pdf.new()
    forms = [out.copy_foreign(page.as_form_xobject()) for page in source.pages]
    for number, (left, right) in enumerate(sides):
        sheet = out.add_blank_page(page_size=(SHEET_WIDTH_MM * PT_PER_MM, SHEET_HEIGHT_MM * PT_PER_MM))
        # Nested inner sheets stick out at the fore-edge (creep), so their pages move towards the spine.
        creep_mm = number // 2 * thickness_mm
        drawn = b""
        for page, left_mm, moved_mm in ((left, 0.0, creep_mm), (right, SPINE_MM, -creep_mm)):
            if page is not None:
                drawn += _drawn(sheet, forms[page], f"/P{page}", left_mm, moved_mm)
        sheet.contents_add(drawn + marks)
    _keep_layers(out, source)
    title, language = str(source.docinfo.get("/Title", "")).strip(), str(source.Root.get("/Lang", ""))
    return printable.save(out, title or name, language, kind)


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
    """Return cut marks at both ends of the centre line, black edged with white so that they show on any background."""
    ends = ((0.0, MARK_MM), (SHEET_HEIGHT_MM - MARK_MM, SHEET_HEIGHT_MM))
    lines = "".join(
        MARK.format(grey, width_pt, start * PT_PER_MM, end * PT_PER_MM)
        for grey, width_pt in ((1, 2), (0, 0.4))
        for start, end in ends
    )
    return lines.encode()


def _keep_layers(out: Pdf, source: Pdf) -> None:
    """Keep the visibility of the file's layers; otherwise hidden layers would print."""
    layers = source.Root.get("/OCProperties")
    if isinstance(layers, Dictionary):
        out.Root.OCProperties = out.copy_foreign(layers if layers.is_indirect else source.make_indirect(layers))
