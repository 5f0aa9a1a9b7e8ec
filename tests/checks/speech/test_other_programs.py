"""What a screen reader says of PDFs that other programs made."""

import io

import pytest
import typst
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from PIL import Image

from briefpack.checks import speech

TYPST = """#set document(title: "A report")
#set text(lang: "fr")
= Le rapport
== Une partie
Voir #link("https://walk.example/")[le site]#footnote[Une note.].
- Un
- Deux
#table(columns: 2, table.header[An][Somme], [2024], [5])
#pagebreak()
#figure(rect[1], alt: "Un carré", caption: [Un dessin])
"""


def by_typst() -> bytes:
    return typst.compile(TYPST.encode(), format="pdf")


def by_matplotlib() -> bytes:
    figure, data = Figure(figsize=(3, 2)), io.BytesIO()
    figure.text(0.1, 0.5, "A value of 5")
    FigureCanvasPdf(figure).print_pdf(data, metadata={"Title": "A chart"})
    return data.getvalue()


def by_pillow() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (20, 20), "#224466").save(data, "PDF")
    return data.getvalue()


def said(data: bytes) -> list[str]:
    return [*speech.lines(speech.heard(data))]


@pytest.mark.parametrize("make", [by_typst, by_matplotlib, by_pillow])
def test_says_something_of_a_file_of_another_program(make):
    lines = said(make())
    assert lines[0].startswith("Title: ")
    assert any(line.startswith("— page 1 of ") for line in lines)


def test_says_the_structure_that_typst_gives():
    lines = [line.strip() for line in said(by_typst())]
    assert {"Language: fr", "Heading 1: Le rapport", "Heading 2: Une partie", "List, 2 items"} <= set(lines)
    assert any("opens https://walk.example/" in line for line in lines)
    assert any(line.startswith("Table, 2 rows, 2 columns") for line in lines)
    assert any("Un carré" in line for line in lines)
