"""Turns the colours of a laid-out piece into the inks that print them."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator, Pdf

from briefpack.look import Ink

FILL = {"g", "rg", "k"}
SPACE = {"cs", "CS"}
BLACK: Ink = (0, 0, 0, 100)
NO_INK: Ink = (0, 0, 0, 0)
PLAIN = {(0, 0, 0): BLACK, (255, 255, 255): NO_INK}
"""What needs no token: black, and bare paper."""

Instruction = ContentStreamInstruction | pikepdf.ContentStreamInlineImage
Stray = tuple[int, str]
"""Something that no ink is known for: the page, counted from 1, and what it is."""


@dataclass
class _Work:
    """One piece at work: the inks of its colours, what has been turned already, and what is astray."""

    inks: Mapping[tuple[int, int, int], Ink]
    opaque: bool
    done: set[tuple[int, int]] = field(default_factory=set)
    astray: dict[Stray, None] = field(default_factory=dict)


def turn(pdf: bytes, inks: Mapping[str, Ink]) -> tuple[bytes, tuple[Stray, ...]]:
    """A piece's PDF with each colour in its inks, and what has none; `inks` are by stand-in colour.

    Pages, the drawings on them and their patterns are turned into DeviceCMYK, each operator by itself, so that an ink
    prints at the very share that the tokens name; a profile would spread black over four plates.
    """
    with Pdf.open(io.BytesIO(pdf)) as file:
        work = _Work({_parts(colour): ink for colour, ink in inks.items()} | PLAIN, _opaque(file))
        for number, page in enumerate(file.pages, start=1):
            page.Contents = file.make_stream(START + _turned(work, page.obj, number))
            if "/Group" in page.obj:
                _blend_in_inks(work, page.obj)
            _turn_resources(work, page.obj.Resources, number)
        file.remove_unreferenced_resources()
        data = io.BytesIO()
        file.save(data, deterministic_id=True)
    return data.getvalue(), tuple(work.astray)


START = b"0 0 0 1 k\n0 0 0 1 K\n"
"""Where a page names no colour it paints in a grey of its own (ISO 32000-1, 8.4.1): say black ink first."""


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _opaque(file: Pdf) -> bool:
    """Whether nothing in a file shows through: no alpha under one, no mask, no blending."""
    return all(_covers(state) for state in _states(file))


def _states(file: Pdf) -> Iterator[pikepdf.Object]:
    """Every graphics state that a file names, in a page's resources or a drawing's."""
    for item in file.objects:
        if isinstance(item, Dictionary | pikepdf.Stream):
            for held in (item, item.get("/Resources", Dictionary())):
                yield from held.get("/ExtGState", Dictionary()).values()


def _covers(state: pikepdf.Object) -> bool:
    alphas = (state.get("/ca", 1), state.get("/CA", 1))
    blend, mask = state.get("/BM", Name.Normal), state.get("/SMask", Name("/None"))
    return all(alpha == 1 for alpha in alphas) and blend == Name.Normal and mask == Name("/None")


def _turned(work: _Work, stream: pikepdf.Object, page: int) -> bytes:
    """The content of a page, drawing or pattern with its colours turned."""
    made = [_instruction(work, instruction, page) for instruction in pikepdf.parse_content_stream(stream)]
    return pikepdf.unparse_content_stream(made)


def _instruction(work: _Work, instruction: Instruction, page: int) -> Instruction:
    operator, operands = str(instruction.operator), instruction.operands
    if operator in ("rg", "RG", "g", "G"):
        ink = _ink(work, [float(operand) for operand in operands], page)
        return instruction if ink is None else _painted(ink, "k" if operator in FILL else "K")
    if operator in SPACE and operands[0] not in (Name.Pattern, Name.DeviceCMYK):
        work.astray[page, f"a colour in {str(operands[0]).lstrip('/')}"] = None
    if operator == "sh":
        work.astray[page, "a gradient"] = None
    if operator == "INLINE IMAGE":
        work.astray[page, "a picture inside the page's own text"] = None
    return instruction


def _ink(work: _Work, shares: list[float], page: int) -> Ink | None:
    """The ink of a colour given as shares of one; None, noted, if it has none. A grey is that much less black."""
    if len(shares) == 1:
        return (0, 0, 0, round(100 - shares[0] * 100))
    red, green, blue = (round(share * 255) for share in shares)
    ink = work.inks.get((red, green, blue))
    if ink is None:
        work.astray[page, f"the colour #{red:02X}{green:02X}{blue:02X}"] = None
    return ink


def _painted(ink: Ink, operator: str) -> ContentStreamInstruction:
    return ContentStreamInstruction([Decimal(share) / 100 for share in ink], Operator(operator))


def _turn_resources(work: _Work, resources: pikepdf.Object, page: int) -> None:
    """Turn what a page or drawing shows by name; its spare colour spaces go."""
    if "/ColorSpace" in resources:
        del resources["/ColorSpace"]
    for kind in ("/XObject", "/Pattern"):
        for item in resources.get(kind, Dictionary()).values():
            if item.objgen not in work.done:
                work.done.add(item.objgen)
                _turn_item(work, item, page)
    for state in resources.get("/ExtGState", Dictionary()).values():
        if isinstance(state.get("/SMask"), Dictionary):
            work.astray[page, "a mask"] = None


def _turn_item(work: _Work, item: pikepdf.Object, page: int) -> None:
    if item.get("/Subtype") == Name.Image:
        if not _printable(item):
            work.astray[page, "a picture in screen colours"] = None
    elif item.get("/PatternType") == 2:
        work.astray[page, "a gradient"] = None
    else:
        item.write(_turned(work, item, page))
        if "/Group" in item:
            _blend_in_inks(work, item)
        _turn_resources(work, item.get("/Resources", Dictionary()), page)


def _printable(image: pikepdf.Object) -> bool:
    """Whether a picture is a stencil, or in greys or the four inks."""
    space = image.get("/ColorSpace")
    if image.get("/ImageMask", False):
        return True
    if isinstance(space, pikepdf.Array) and space[0] == Name.ICCBased:
        return int(space[1].N) in (1, 4)
    return space in (Name.DeviceGray, Name.DeviceCMYK)


def _blend_in_inks(work: _Work, held: pikepdf.Object) -> None:
    """A group blends in screen colours as WeasyPrint makes it: in inks, or not at all where all is opaque."""
    if work.opaque:
        del held["/Group"]
    else:
        held.Group.CS = Name.DeviceCMYK
