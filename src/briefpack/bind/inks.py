"""Convert the colours of a laid-out piece to printing inks."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator, Pdf

from briefpack.layout.look import Ink

COLOURS = {"g": "k", "rg": "k", "G": "K", "RG": "K"}
"""The operator that sets a colour in CMYK, for each operator that sets a grey or an RGB colour."""

BLACK: Ink = (0, 0, 0, 100)
NO_INK: Ink = (0, 0, 0, 0)
PLAIN = {(0, 0, 0): BLACK, (255, 255, 255): NO_INK}
"""The colours that need no token: black, and white for bare paper."""

Stray = tuple[int, str]
"""Something without an ink: its page, counted from 1, and a description."""


@dataclass
class _Conversion:
    """The conversion of one piece: the inks of its colours, the converted streams, and anything without an ink."""

    inks: Mapping[tuple[int, int, int], Ink]
    opaque: bool
    done: set[tuple[int, int]] = field(default_factory=set)
    strays: dict[Stray, None] = field(default_factory=dict)

    def note(self, page: int, what: str) -> None:
        self.strays[page, what] = None


def convert(pdf: bytes, inks: Mapping[str, Ink]) -> tuple[bytes, tuple[Stray, ...]]:
    """Return a piece's PDF with each colour converted to its inks, and a list of everything without an ink.

    `inks` are keyed by the stand-in colours of the layout. Pages, drawings and patterns are converted to DeviceCMYK
    operator by operator, so that each ink prints at exactly the percentage in the tokens; an ICC conversion would
    spread black over four plates.
    """
    with Pdf.open(io.BytesIO(pdf)) as file:
        conversion = _Conversion(
            {_channels(colour): ink for colour, ink in inks.items()} | PLAIN, all(map(_is_opaque, _states(file)))
        )
        for number, page in enumerate(file.pages, start=1):
            resources = page.obj.Resources
            _offer_overprint(resources)
            page.Contents = file.make_stream(START + _converted(conversion, page.obj, resources, number))
            _clean_up(conversion, page.obj, resources)
        file.remove_unreferenced_resources()
        data = io.BytesIO()
        file.save(data, deterministic_id=True)
    return data.getvalue(), tuple(conversion.strays)


START = b"0 0 0 1 k\n/over gs\n0 0 0 1 K\n"
"""A page's initial colour is DeviceGray black (ISO 32000-1, 8.4.1), so we set black ink first."""


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _states(file: Pdf) -> Iterator[pikepdf.Object]:
    """Yield every graphics state in the resources of a page or a drawing."""
    for item in file.objects:
        if isinstance(item, Dictionary | pikepdf.Stream):
            for holder in (item, item.get("/Resources", Dictionary())):
                yield from holder.get("/ExtGState", Dictionary()).values()


def _is_opaque(state: pikepdf.Object) -> bool:
    """Return whether a graphics state has no transparency: no alpha below 1, no soft mask, no blend mode."""
    alphas = (state.get("/ca", 1), state.get("/CA", 1))
    blend, mask = state.get("/BM", Name.Normal), state.get("/SMask", Name("/None"))
    return all(alpha == 1 for alpha in alphas) and blend == Name.Normal and mask == Name("/None")


def _converted(conversion: _Conversion, stream: pikepdf.Object, resources: pikepdf.Object, page: int) -> bytes:
    """Return the converted content of a page, drawing or pattern; convert everything it shows as well."""
    made: list[ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    for instruction in pikepdf.parse_content_stream(stream):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in COLOURS:
            ink = _ink(conversion, [float(operand) for operand in operands], page)
            made += [instruction] if ink is None else _set_ink(ink, COLOURS[operator])
        else:
            made.append(instruction)
            _convert_named(conversion, operator, operands, resources, page)
    return pikepdf.unparse_content_stream(made)


def _convert_named(
    conversion: _Conversion, operator: str, operands: list[Any], resources: pikepdf.Object, page: int
) -> None:
    """Convert the resource that an operator shows by name, and note it if it has no ink."""
    if operator in ("cs", "CS") and operands[0] not in (Name.Pattern, Name.DeviceCMYK):
        conversion.note(page, f"a colour in {str(operands[0])[1:]}")
    elif operator in ("scn", "SCN") and isinstance(operands[-1], Name):
        _convert_pattern(conversion, resources.Pattern[operands[-1]], page)
    elif operator == "Do":
        _convert_drawing(conversion, resources.XObject[operands[0]], resources, page)
    elif operator == "gs" and isinstance(resources.ExtGState[operands[0]].get("/SMask"), Dictionary):
        conversion.note(page, "a mask")
    elif operator == "sh":
        conversion.note(page, "a gradient")
    elif operator == "INLINE IMAGE":
        conversion.note(page, "a picture inside the page's own text")


def _ink(conversion: _Conversion, shares: list[float], page: int) -> Ink | None:
    """Return the ink of a colour given as shares of 1; None, with a note, if it has none. Greys are tints of black."""
    if len(shares) == 1:
        return (0, 0, 0, round(100 - shares[0] * 100))
    red, green, blue = (round(share * 255) for share in shares)
    ink = conversion.inks.get((red, green, blue))
    if ink is None:
        conversion.note(page, f"the colour #{red:02X}{green:02X}{blue:02X}")
    return ink


def _set_ink(ink: Ink, operator: str) -> Iterator[ContentStreamInstruction]:
    """Yield the operators that choose an ink.

    Black overprints the colours beneath, so that no paper shows around letters printed slightly out of register.
    """
    yield ContentStreamInstruction([Decimal(share) / 100 for share in ink], Operator(operator))
    if operator == "k":
        yield ContentStreamInstruction([OVER if ink == BLACK else OUT], Operator("gs"))


OVER, OUT = Name.over, Name.out


def _offer_overprint(resources: pikepdf.Object) -> None:
    """Add the graphics states that turn overprinting on and off for fills to a page or drawing.

    Only overprint mode 1 leaves the other plates beneath untouched (ISO 32000-1, 8.6.7).
    """
    if "/ExtGState" not in resources:
        resources.ExtGState = Dictionary()
    resources.ExtGState[OVER] = Dictionary(op=True, OPM=1)
    resources.ExtGState[OUT] = Dictionary(op=False)


def _convert_pattern(conversion: _Conversion, pattern: pikepdf.Object, page: int) -> None:
    if pattern.PatternType == 2:
        conversion.note(page, "a gradient")
    else:
        _convert_stream(conversion, pattern, Dictionary(), page)


def _convert_drawing(conversion: _Conversion, item: pikepdf.Object, resources: pikepdf.Object, page: int) -> None:
    if item.get("/Subtype") != Name.Image:
        _convert_stream(conversion, item, resources, page)
    elif not _printable(item):
        conversion.note(page, "a picture in screen colours")


def _convert_stream(conversion: _Conversion, stream: pikepdf.Object, around: pikepdf.Object, page: int) -> None:
    """Convert a drawing or pattern once, however often it is shown."""
    if stream.objgen not in conversion.done:
        conversion.done.add(stream.objgen)
        resources = stream.get("/Resources", around)
        _offer_overprint(resources)
        stream.write(_converted(conversion, stream, resources, page))
        _clean_up(conversion, stream, resources)


def _clean_up(conversion: _Conversion, painted: pikepdf.Object, resources: pikepdf.Object) -> None:
    """Remove colour spaces no longer used; blend groups in CMYK, or drop them if everything is opaque."""
    if "/ColorSpace" in resources:
        del resources["/ColorSpace"]
    if "/Group" in painted and conversion.opaque:
        del painted["/Group"]
    elif "/Group" in painted:
        painted.Group.CS = Name.DeviceCMYK


def _printable(image: pikepdf.Object) -> bool:
    """Return whether an image is a stencil, greyscale or CMYK."""
    space = image.get("/ColorSpace")
    if image.get("/ImageMask", False):
        return True
    if isinstance(space, pikepdf.Array) and space[0] == Name.ICCBased:
        return int(space[1].N) in (1, 4)
    return space in (Name.DeviceGray, Name.DeviceCMYK)
