"""Page numbers are right however many pages the contents take themselves."""

import re

import pypdfium2
import pytest

from briefpack import build, output

pytestmark = pytest.mark.usefixtures("warm")

PACK = "out/tiny/tiny/screen/national/national-pack.pdf"
CONTENTS = """{% extends "tiny/page.html" %}
{% block content %}
<h2>Contents</h2>
{% for id in ["contents", "safety", "health", "ask-crossing-fund", "ask-slow-streets", "sources"] %}
<p style="STYLE">Entry {{ id }} is on page {{ page_of[id] }}.</p>
{% endfor %}
{% endblock %}
"""


@pytest.fixture
def with_contents(project, edit):
    """Return a function that adds contents after the cover, with that style for each entry."""

    def add(style: str) -> None:
        cover = "      - {id: cover, page: tiny/cover.html, pages: {exactly: 1}}\n"
        own = "      - {id: listing, page: tiny/listing.html, lists_pages: true, lists_links: true}\n"
        edit("layouts/tiny/layout.yaml", cover, cover + own)
        (project.root / "layouts/tiny/listing.html").write_text(CONTENTS.replace("STYLE", style), encoding="utf-8")

    return add


def pages(project) -> list[str]:
    with pypdfium2.PdfDocument(project.root / PACK) as pdf:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


BREAKS = {
    1: "",
    2: "{{ 'break-before: page' if loop.index == 4 }}",
    3: "{{ 'break-before: page' if loop.index in (3, 5) }}",
    7: "break-before: page",
}
"""A style for each entry that makes the contents take so many pages."""


@pytest.mark.part(name="builds", beyond=1)
@pytest.mark.parametrize("count", BREAKS)
def test_counts_the_pages_of_the_contents_themselves(with_contents, project, command, count):
    with_contents(BREAKS[count])
    assert command("build", "--jobs", "1", "--quiet").exit_code == 0
    found = pages(project)
    numbers = {name: int(page) for text in found for name, page in re.findall(r"Entry (\S+) is on page (\d+)\.", text)}
    assert len(numbers) == 6
    assert numbers["contents"] == 2 + count
    assert numbers["sources"] == next(index for index, text in enumerate(found, 1) if text.startswith("Sources"))


@pytest.mark.part(name="builds")
def test_refuses_contents_whose_pages_change_with_their_numbers(with_contents, project, command):
    """One page if the sources are on an even page, two if they are on an odd one, or the other way round."""
    with_contents("{{ 'break-before: page' if loop.first and (page_of['sources'] | int) % 2 == ODD }}")
    page, results = project.root / "layouts/tiny/listing.html", []
    text = page.read_text(encoding="utf-8")
    for odd in "01":
        page.write_text(text.replace("ODD", odd), encoding="utf-8")
        results.append(command("build", "--jobs", "1", "--quiet"))
    bad, good = sorted(results, key=lambda result: -result.exit_code)
    assert (bad.exit_code, good.exit_code) == (5, 0)
    assert "layouts/tiny/listing.html:3: national-pack: listing: it takes another number of pages" in bad.stderr


def test_tells_a_page_which_pages_link_to_a_place(project, edit, command):
    """Those with a link in a slot are among them."""
    cover = "      - {id: cover, page: tiny/cover.html, pages: {exactly: 1}}\n"
    own = "      - {id: linking, page: tiny/linking.html}\n      - {id: listing, page: tiny/listing.html, lists_pages: true, lists_links: true}\n"
    edit("layouts/tiny/layout.yaml", cover, cover + own)
    for name, text in (("linking", LINKING), ("listing", LISTING), ("panel", PANEL)):
        page = f'{{% extends "tiny/page.html" %}}{{% block content %}}{text}{{% endblock %}}'
        (project.root / f"layouts/tiny/{name}.html").write_text(page, encoding="utf-8")
    result = command("build", "--kind", "pack", "--jobs", "1", "--quiet")
    assert result.exit_code == 0, result.stderr
    assert "Linked from 2, 3, nowhere else." in pages(project)[3]


PANEL = '<p><a href="#target">A slot</a></p>'
LINKING = '<h2>Part</h2><p><a href="#target">A page</a></p><p style="break-before: page">A slot: {{ slot("local-panel") }}</p>'
LISTING = """<h2>Part</h2><p id="target">Linked from {{ linked_from["target"] | join(", ") }}, nowhere{{ linked_from["other"] | join }} else.</p>"""


def test_lays_out_a_list_that_leads_back_once_after_the_pages_that_lead_to_it(project, edit):
    cover = "      - {id: cover, page: tiny/cover.html, pages: {exactly: 1}}\n"
    names = ("linking", "listing")
    own = "".join(
        f"      - {{id: {name}, page: tiny/{name}.html, lists_pages: true, lists_links: true}}\n" for name in names
    )
    edit("layouts/tiny/layout.yaml", cover, cover + own)
    for name, text in (("linking", '<h2>Part</h2><p><a href="#target">A page</a></p>'), ("listing", LEADING_BACK)):
        page = f'{{% extends "tiny/page.html" %}}{{% block content %}}{text}{{% endblock %}}'
        (project.root / f"layouts/tiny/{name}.html").write_text(page, encoding="utf-8")
    rounds = []
    request = output.Request(project, "tiny", "tiny", project.root / "out", kinds=("pack",), jobs=1)
    report = build.run(
        request, lambda stage, done, total: rounds.append(total) if (stage, done) == ("typeset", 1) else None
    )
    assert report.problems == ()
    assert "Linked from 2." in pages(project)[2]
    # The page after the cover and that with the link; then the list, and the running slots for one page more.
    assert rounds == [2, 3]


LEADING_BACK = """<h2>Part</h2><p id="target">Linked from {% for page in linked_from["target"] %}<a href="back:{{ page }}:target">{{ page }}</a>{% endfor %}.</p>"""
