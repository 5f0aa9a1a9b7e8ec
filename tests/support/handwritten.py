"""Write PDF pages by hand, so that sizes, places and colours are exact, and check them."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

from briefpack import checks
from briefpack.layout.editions import BUILT_IN
from briefpack.plan import Expected

WIDE, HIGH = 595, 842
MM = 72 / 25.4
FONTS = {"F": "Helvetica", "B": "Helvetica-Bold", "S": "Source-Semibold"}
WORDS = "HHHHHHHHHH"


def text(x: float, y: float, words: str = WORDS, size: float = 10, font: str = "F", ink: str = "0 g") -> str:
    return f"{ink} BT /{font} {size} Tf {x:.4f} {y:.4f} Td ({words}) Tj ET "


def rectangle(left: float, bottom: float, right: float, top: float, ink: str = "0 g") -> str:
    return f"{ink} {left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re f "


def image(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return an image of 100 × 100 pixels."""
    keys = {
        "/Type": Name.XObject,
        "/Subtype": Name.Image,
        "/Width": 100,
        "/Height": 100,
        "/ColorSpace": Name.DeviceGray,
        "/BitsPerComponent": 8,
    }
    return pdf.make_stream(bytes(10_000), keys)


def saved(pdf: pikepdf.Pdf) -> bytes:
    data = io.BytesIO()
    pdf.save(data, static_id=True)
    return data.getvalue()


def file(*contents: str, wide: float = WIDE, high: float = HIGH, **resources) -> bytes:
    """Return a PDF with a page for each content stream."""
    pdf = pikepdf.Pdf.new()
    fonts = {
        f"/{key}": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"))
        for key, name in FONTS.items()
    }
    for number, content in enumerate(contents):
        pdf.add_blank_page(page_size=(wide, high))
        keys = {f"/{kind}": Dictionary({"/X": make(pdf)}) for kind, make in resources.items()}
        pdf.pages[number].Contents = pdf.make_stream(content.encode())
        pdf.pages[number].obj.Resources = Dictionary({"/Font": Dictionary(fonts), **keys})
    return saved(pdf)


def found(check: str, data: bytes, edition: str = "screen", **expected) -> list[str]:
    """Return the findings of one check in a file."""
    problems = checks.file(data, Expected(BUILT_IN[edition], **expected), "f.pdf")
    return [problem.text.removeprefix(f"{check}: ") for problem in problems if problem.check == check]


def tagged(*pages: list[tuple[str, list[str]]]) -> bytes:
    """Return a tagged PDF; each page is a list of elements, each a kind of tag and its lines."""
    pdf = pikepdf.Pdf.open(io.BytesIO(file(*(_marked(page) for page in pages))))
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    kids, parents = [], []
    for number, page in enumerate(pages):
        at, own = pdf.pages[number].obj, []
        at.StructParents = number
        for index, (kind, _) in enumerate(page):
            element = Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=root, Pg=at, K=Array([index]))
            own.append(pdf.make_indirect(element))
        kids += own
        parents += [number, Array(own)]
    root.K, root.ParentTree = Array(kids), pdf.make_indirect(Dictionary(Nums=Array(parents)))
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    return saved(pdf)


def _marked(page: list[tuple[str, list[str]]]) -> str:
    return "".join(f"/{kind} <</MCID {index}>> BDC {' '.join(lines)} EMC " for index, (kind, lines) in enumerate(page))
