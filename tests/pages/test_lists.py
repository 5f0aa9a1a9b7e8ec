"""The lists of a text: each item has its dash or its number on the first line of its words."""

import io

import pypdfium2
import pytest

from briefpack.brief.model import Section
from sections import Bench


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Bench:
    return Bench("ijm", tmp_path_factory.mktemp("ijm"))


def lines(bench: Bench, text: str) -> list[str]:
    """Return the lines that a section with a text prints, after its heading; no check may refuse it."""
    section = Section.model_validate({"id": "one", "label": "One", "heading": "Heading", "blocks": [{"text": text}]})
    planned, pieces = bench.pieces(section)
    [piece] = [each for each in pieces if 'id="section-one"' in each.html]
    made, pdf = bench.lay_out(planned, piece)
    assert [problem.message for problem in made.problems if not problem.warning] == []
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        printed = document[0].get_textpage().get_text_range().splitlines()
    return [line.strip() for line in printed[printed.index("Heading") + 1 :]]


@pytest.mark.part(name="builds", beyond=1)
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Words.\n\n- One.\n- Two.\n", ["– One.", "– Two."]),
        ("Words.\n\n- One.\n\n- Two.\n\n  More of it.\n", ["– One.", "– Two.", "More of it."]),
        ("Words.\n\n1. One.\n2. Two.\n", ["1. One.", "2. Two."]),
        ("Words.\n\n9. One.\n\n10. Two.\n", ["9. One.", "10. Two."]),
        ("- **One.** Words.\n\n- **Two.** Words.\n", ["One.", "Words.", "Two.", "Words."]),
    ],
)
def test_prints_the_dash_or_the_number_of_an_item_beside_its_words(bench, text, printed):
    found = lines(bench, text)
    assert found[found.index(printed[0]) :][: len(printed)] == printed
