"""A slot of a page that is made for each ask is about that page's ask, and its tags are on that page."""

import pikepdf
import pypdfium2
import pytest

from briefpack.checks.read.finished import Finished
from briefpack.plan import Expected

PACK = "out/tiny/tiny/screen/national/national-pack.pdf"
SLOT = """{% extends "tiny/page.html" %}
{% block kind %}slot-page{% endblock %}
{% block content %}{% if ask.theme in filled %}<p>Here, {{ plain(ask.title) }}.</p>{% endif %}{% endblock %}
"""


@pytest.fixture
def slot(project, edit):
    """Return a function that gives each ask's page a slot, filled for the asks of some themes."""

    def add(*themes):
        text = SLOT.replace("filled", repr(list(themes)))
        (project.root / "layouts/tiny/ask-slot.html").write_text(text, "utf-8")
        box = "  ask-slot: {width_mm: 60, height_mm: 20, page: tiny/ask-slot.html, styles: [tiny/base.css]}\n"
        edit("layouts/tiny/layout.yaml", "slots:\n", "slots:\n" + box)
        edit("layouts/tiny/ask.html", "  {{ blocks.run(ask.why", '  {{ slot("ask-slot") }}{{ blocks.run(ask.why')

    return add


def elements(element):
    yield element
    held = element.get("/K", [])
    for kid in held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def printed(path):
    """Return the words after "Here," on each page that has any."""
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    return [text.partition("Here, ")[2].partition(".")[0] for text in texts if "Here, " in text]


@pytest.mark.usefixtures("warm")
def test_each_ask_fills_the_slot_of_its_own_page(command, project, slot):
    slot("safety", "health")
    result = command("build", "--jobs", "1")
    assert result.exit_code == 0, result.stderr
    assert printed(project.root / PACK) == ["A crossing fund", "A slow streets law"]
    with pypdfium2.PdfDocument(project.root / PACK) as pdf:
        heard = [tree.said for tree in Finished(pdf, Expected()).trees if tree]
    assert [text.count("Here, ") for text in heard if "Here, " in text] == [1, 1]


@pytest.mark.usefixtures("warm")
def test_a_slot_that_prints_nothing_leaves_no_placeholder(command, project, slot):
    slot("health")
    result = command("build", "--jobs", "1")
    assert result.exit_code == 0, result.stderr
    assert printed(project.root / PACK) == ["A slow streets law"]
    with pikepdf.Pdf.open(project.root / PACK) as pdf:
        assert not [tag for tag in elements(pdf.Root.StructTreeRoot.K[0]) if "slot" in str(tag.get("/Alt", ""))]
