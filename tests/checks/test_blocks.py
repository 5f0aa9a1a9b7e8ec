"""Blocks: the paragraphs, headings and list items of a page, and the runs of type in each."""

import pytest

from briefpack.checks.read import tags
from briefpack.checks.read.page_objects import Font, Run
from briefpack.checks.read.tags import Block, Element
from briefpack.geometry import Rectangle


def run(mcid: int = 0, box: tuple = (0, 0, 100, 10), size_pt: float = 10) -> Run:
    font = Font("A", embedded=True)
    return Run("Words", Rectangle(*box), size_pt, (0, 0, 0, 255), font, mcid, upright=True, printed=True, clipped=False)


def kinds(*kids: Element) -> list[str]:
    """Return the kinds of the blocks of a page with these elements."""
    return [block.kind for block in tags.blocks(Element("Root", [*kids]))]


@pytest.mark.parametrize("kind", ["P", "H1", "H6", "Table", "Figure"])
def test_a_block_contains_the_elements_in_it(kind):
    assert kinds(Element(kind, [Element("P", [0])])) == [kind]


def test_reads_the_blocks_inside_sections_and_lists():
    item = Element("LI", [Element("LBody", [Element("P", [1]), Element("P", [2])])])
    assert kinds(Element("Sect", [Element("H2", [0]), Element("L", [item])])) == ["H2", "P", "P"]


@pytest.mark.parametrize("kind", ["Span", "Lbl", "Link", "Em"])
def test_counts_no_inline_element_as_a_block(kind):
    assert kinds(Element("Div", [Element(kind, [0]), 1])) == ["Div"]


def test_an_eyebrow_that_is_read_in_a_heading_is_a_block_of_its_own():
    runs = {0: [run(0)], 1: [run(1, size_pt=27)]}
    eyebrow = Element("Span", [0], runs, id="elsewhere-0")
    found = tags.blocks(Element("Root", [Element("H2", [eyebrow, 1], runs)]))
    assert [(block.kind, block.moved, [each.mcid for each in block.runs]) for block in found] == [
        ("P", True, [0]),
        ("H2", False, [1]),
    ]


@pytest.mark.parametrize(("size_pt", "body"), [(8.1, 1), (8.0, 0), (7, 0)])
def test_ignores_a_superscript_as_the_body_of_a_block(size_pt, body):
    runs = [run(), run(size_pt=size_pt)]
    assert Block("P", runs).body is runs[body]
