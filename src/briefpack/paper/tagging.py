"""Keep the tags of pages that are copied, or placed on sheets, in the order in which their document is read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

Number = tuple[int, int]
"""The number and generation of an object."""
KEPT = ("/Alt", "/ActualText", "/E", "/Lang", "/T", "/ID", "/A")
"""The entries of an element that are copied as they are."""
UNLINKED = {Name.Link: Name.Span, Name.Annot: Name.Span, Name.Form: Name.Div}
"""The types of elements that hold annotations, which aren't copied, and the types that take their place."""


class Shown(NamedTuple):
    """A page of the new file, and the form on it that shows a document's page, unless it is that page itself."""

    page: Object
    form: Object | None = None


def is_tagged(source: Pdf) -> bool:
    """Return whether a file has tags that can be copied: tags of PDF 1.7, without namespaces of their own."""
    root = source.Root.get("/StructTreeRoot")
    return isinstance(root, Dictionary) and "/K" in root and "/Namespaces" not in root


@dataclass
class Tags:
    """The tags of a file that is being made: its outermost elements, and the elements of each stream's marks."""

    out: Pdf
    elements: list[Object] = field(default_factory=list)
    holders: list[Object] = field(default_factory=list)
    parents: list[dict[int, Object]] = field(default_factory=list)
    roles: dict[str, Object] = field(default_factory=dict)
    keys: dict[Number, int] = field(default_factory=dict)

    def add(self, source: Pdf, shown: Sequence[Shown], forms: Mapping[Number, Object] | None = None) -> None:
        """Add the tags of a document whose pages are shown in order.

        `forms` are the copies of forms that have marks of their own, by the number of the first copy.
        """
        root = source.Root.StructTreeRoot
        for name, role in root.get("/RoleMap", Dictionary()).items():
            self.roles.setdefault(name, Name(str(role)))
        pages = {page.obj.objgen: each for page, each in zip(source.pages, shown, strict=True)}
        copied = _Copy(self, pages, forms or {}, f"{len(self.elements)}-")
        self.elements += (kid for kid in copied.kids(root, None, None) if not isinstance(kid, int))

    def mark(self, holder: Object, mcid: int, element: Object) -> None:
        """Note the element of a mark in the content of a page or a form."""
        if holder.objgen not in self.keys:
            self.keys[holder.objgen] = len(self.parents)
            self.holders.append(holder)
            self.parents.append({})
        self.parents[self.keys[holder.objgen]][mcid] = element

    def write(self) -> None:
        """Write the tree into the file."""
        root = self.out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = Array(self.elements)
        for element in self.elements:
            element.P = root
        if self.roles:
            root.RoleMap = Dictionary(self.roles)
        numbers: list[object] = []
        for key, (holder, marks) in enumerate(zip(self.holders, self.parents, strict=True)):
            holder.StructParents = key
            numbers += (key, self.out.make_indirect(Array([marks.get(each) for each in range(max(marks) + 1)])))
        root.ParentTree = self.out.make_indirect(Dictionary(Nums=Array(numbers)))
        root.ParentTreeNextKey = len(self.parents)
        self.out.Root.StructTreeRoot = root
        self.out.Root.MarkInfo = Dictionary(Marked=True)


@dataclass(frozen=True)
class _Copy:
    """One copy of a document's tags; `ids` begins its ids, which are unique in a file."""

    tags: Tags
    pages: Mapping[Number, Shown]
    forms: Mapping[Number, Object]
    ids: str

    def kids(self, element: Object, own: Object | None, page: Shown | None) -> Iterator[Object | int]:
        """Yield copies of an element's children; `own` is the copy of the element itself."""
        kids = element.get("/K", ())
        for kid in kids if isinstance(kids, Array) else (kids,):
            if isinstance(kid, int):
                yield from self._mark(kid, own, page)
            elif isinstance(kid, Dictionary) and "/S" in kid:
                yield self._element(kid, page)
            elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.MCR:
                yield from self._mark(int(kid.MCID), own, self._shown(kid, page), kid.get("/Stm"))

    def _element(self, element: Object, page: Shown | None) -> Object:
        page = self._shown(element, page)
        made = Dictionary(dict(self._entries(element)))
        own, kind = self.tags.out.make_indirect(made), Name(str(element.S))
        own.Type, own.S = Name.StructElem, UNLINKED.get(kind, kind)
        if page:
            own.Pg = page.page
        kids = [*self.kids(element, own, page)]
        for kid in kids:
            if isinstance(kid, Dictionary) and "/S" in kid:
                kid.P = own
        own.K = Array(kids)
        return own

    def _entries(self, element: Object) -> Iterator[tuple[str, Object]]:
        for key in KEPT:
            value = element.get(key)
            if key == "/ID" and value is not None:
                yield key, String(f"{self.ids}{value}")
            elif value is not None and (text := value.unparse(resolved=True)) and not REFERENCE.search(text):
                copied = Object.parse(text)
                if isinstance(copied, Dictionary) and "/Headers" in copied:
                    copied.Headers = Array([String(f"{self.ids}{each}") for each in copied.Headers])
                yield key, copied

    def _shown(self, found: Object, page: Shown | None) -> Shown | None:
        number = found.Pg.objgen if "/Pg" in found else None
        return self.pages.get(number, page) if number else page

    def _mark(
        self, mcid: int, own: Object | None, page: Shown | None, stream: Object | None = None
    ) -> Iterator[Object | int]:
        """Yield the reference to a mark in the content of a page, of the form that shows it, or of a form on it."""
        if own is None or page is None:
            return
        form = page.form if stream is None else self._form(stream)
        self.tags.mark(page.page if form is None else form, mcid, own)
        if form is None:
            yield mcid
        else:
            yield Dictionary(Type=Name.MCR, Pg=page.page, Stm=form, MCID=mcid)

    def _form(self, stream: Object) -> Object:
        first = self.tags.out.copy_foreign(stream)
        return self.forms.get(first.objgen, first)


REFERENCE = re.compile(rb"\b\d+ \d+ R\b")


def copy_page(out: Pdf, page: Object) -> tuple[Object, dict[Number, Object]]:
    """Return a second copy of a page, and copies of its forms with marks of their own, by the first copies' numbers."""
    made = Dictionary({key: value for key, value in page.items() if key not in ("/Parent", "/StructParents")})
    drawn = page.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    forms = {form.objgen: copy_form(out, form) for _, form in drawn.items() if "/StructParents" in form}
    if forms:
        resources = Dictionary(dict(page.Resources.items()))
        resources.XObject = Dictionary({name: forms.get(form.objgen, form) for name, form in drawn.items()})
        made.Resources = resources
    return made, forms


def copy_form(out: Pdf, form: Object, data: bytes | None = None) -> Object:
    """Return a copy of a form, with other content if that is given."""
    entries = {key: value for key, value in form.stream_dict.items() if key not in ("/Length", "/StructParents")}
    if data is not None:
        entries = {key: value for key, value in entries.items() if key not in ("/Filter", "/DecodeParms")}
    made = Stream(out, form.read_raw_bytes() if data is None else data)
    for key, value in entries.items():
        made[key] = value
    return out.make_indirect(made)


def silent(out: Pdf, form: Object) -> Object:
    """Return a copy of a form, and of the forms on it, as an artifact: its content is read elsewhere."""
    instructions = [_silenced(each) for each in pikepdf.parse_content_stream(form)]
    made = copy_form(out, form, pikepdf.unparse_content_stream(instructions))
    drawn = made.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    if any(each.get("/Subtype") == Name.Form for _, each in drawn.items()):
        resources = Dictionary(dict(made.Resources.items()))
        resources.XObject = Dictionary(
            {name: silent(out, each) if each.get("/Subtype") == Name.Form else each for name, each in drawn.items()}
        )
        made.Resources = resources
    return made


def _silenced(
    instruction: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage,
) -> pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage:
    operands = instruction.operands
    if str(instruction.operator) == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
        return pikepdf.ContentStreamInstruction([Name.Artifact], pikepdf.Operator("BMC"))
    return instruction
