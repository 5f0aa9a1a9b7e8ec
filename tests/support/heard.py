"""The words of a PDF's tag tree in order, read with pikepdf and the fonts' tables, for tests that trust no more."""

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

FLOWING = {"/Span", "/NonStruct", "/Link", "/Reference", "/Em", "/Strong", "/Quote"}
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


def words(path) -> list[str]:
    """Return the words of a PDF as its tags give them, and then those of its notes, which stand wherever a page ends.

    An alternative text stands for what it describes.
    """
    with pikepdf.open(path) as pdf:
        reader = _Reader(pdf)
        text = "".join(reader.texts(pdf.Root.StructTreeRoot))
        return clean(text + "".join(reader.notes)).split()


def clean(text: str) -> str:
    """Return a text with plain spaces, and without the characters that only allow or forbid a line's break."""
    return re.sub("[\u00ad\u200b\u2060\u200c\ufeff]", "", text).replace("\u00a0", " ").replace("\u202f", " ")


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.fonts: dict = {}
        self.notes: list[str] = []
        self.marked: dict = {}
        for page in pdf.pages:
            self._read(page.obj, page.obj.get("/Resources", Dictionary()), page.obj.objgen)

    def texts(self, element, page=None) -> Iterator[str]:
        """Yield the texts of an element in reading order, with a space around each block; notes are kept apart."""
        page = element.Pg.objgen if "/Pg" in element else page
        if element.get("/S") == Name.Note:
            self.notes += self._inside(element, page)
        else:
            yield from self._inside(element, page)

    def _inside(self, element, page) -> Iterator[str]:
        flowing = str(element.get("/S", "")) in FLOWING
        if "/Alt" in element or "/ActualText" in element:
            yield f" {element.get('/ActualText', element.get('/Alt'))} "
            return
        yield "" if flowing else " "
        kids = element.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, int):
                yield self.marked.get((page, kid), "")
            elif kid.get("/Type") == Name.MCR:
                within = kid.Stm.objgen if "/Stm" in kid else kid.get("/Pg", element.get("/Pg")).objgen
                yield self.marked.get((within, int(kid.MCID)), "")
            elif "/S" in kid:
                yield from self.texts(kid, page)
        yield "" if flowing else " "

    def _read(self, stream, resources, key, outer=None) -> None:
        marks, font = [outer], None
        for operands, operator in pikepdf.parse_content_stream(stream):
            name = str(operator)
            if name in ("BDC", "BMC"):
                own = operands[1] if name == "BDC" and isinstance(operands[1], Dictionary) else {}
                marks.append((key, int(own["/MCID"])) if "/MCID" in own else marks[-1])
            elif name == "EMC":
                marks.pop()
            elif name == "Tf":
                font = self._font(resources.Font[str(operands[0])])
            elif name in ("Tj", "TJ", "'"):
                strings = operands[0] if name == "TJ" else operands
                self._add(marks[-1], "".join(map(font, (each for each in strings if isinstance(each, pikepdf.String)))))
            elif name == "Do":
                self._form(resources.XObject[str(operands[0])], marks[-1])

    def _form(self, form, mark) -> None:
        if form.get("/Subtype") == Name.Form:
            self._read(form, form.get("/Resources", Dictionary()), form.objgen, mark)

    def _add(self, mark, text: str) -> None:
        if mark:
            self.marked[mark] = self.marked.get(mark, "") + text

    def _font(self, font):
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = _decoder(font)
        return self.fonts[font.objgen]


def _decoder(font):
    """Return a function that turns the strings of a font into text, by its `ToUnicode` table."""
    table, wide = {}, font.get("/Subtype") == Name.Type0
    for kind, block in BLOCK.findall(font.ToUnicode.read_bytes()):
        if kind == b"bfchar":
            table |= {int(code, 16): _text(text) for code, text in PAIR.findall(block)}
        for low, high, text in RANGE.findall(block) if kind == b"bfrange" else ():
            first = _text(text)
            for code in range(int(low, 16), int(high, 16) + 1):
                table[code] = first[:-1] + chr(ord(first[-1]) + code - int(low, 16))
    size = 2 if wide else 1

    def decode(string) -> str:
        data = bytes(string)
        codes = (int.from_bytes(data[at : at + size]) for at in range(0, len(data), size))
        return "".join(table.get(code, "\ufffd") for code in codes)

    return decode


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
