"""PDFs with page numbers as their text, for tests of imposition."""

import io

from pikepdf import Dictionary, Name, Pdf

MM = 72 / 25.4
A4_PT = (210 * MM, 297 * MM)


def made(pages, size_pt=A4_PT, *, text="Page {} of the pack", change=None, **saved) -> bytes:
    """Return a PDF with its page number in the middle of each page."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=size_pt)
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        content = f"BT /F 12 Tf {size_pt[0] / 2 - 60} {size_pt[1] / 2} Td ({text.format(number)}) Tj ET"
        page.obj.Contents = pdf.make_stream(content.encode())
    if change:
        change(pdf)
    data = io.BytesIO()
    pdf.save(data, **saved)
    return data.getvalue()


def page(number) -> str:
    return f"Page {number} of the pack"
