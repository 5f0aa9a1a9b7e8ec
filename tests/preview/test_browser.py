"""What a writer sees and does in a browser: edits, mistakes, clicks, the contact sheet, the keyboard."""

import random
import re

import pypdfium2 as pdfium
import pytest

import browsers
from previews import BRIEF

pytestmark = pytest.mark.part(name="browser")

MOST_MS = 60_000
"""A test that waits so long has failed."""
CLICKS = 200
WORD = re.compile(r"\b(?:[^\W\d_]{4,}|\d[\d,.]*\d)\b")
"""A word of four letters or more, or a number of two digits or more."""
MOST_MISSED = 4
"""How many clicks may lead to a line of a template that prints the word from elsewhere."""


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with browsers.opened(tmp_path_factory.mktemp("packages")) as opened:
        yield opened


@pytest.fixture
def page(opened, preview):
    context = opened[0].new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(MOST_MS)
    page = context.new_page()
    page.goto(preview.server.address)
    is_drawn(page, 1)
    yield page
    context.close()


def is_drawn(page, number):
    page.locator(f"#page-{number} img[src]").wait_for()


def test_draws_the_page_again_after_an_edit(page, preview):
    is_drawn(page, 2)
    before = page.locator("#page-2 img").get_attribute("src")
    preview.edit("A crossing costs little", "A crossing costs next to nothing")
    page.locator("#page-2.changed").wait_for()
    assert page.locator("#page-2 img").get_attribute("src") != before
    assert page.locator("figure.changed").count() == 1
    page.get_by_role("button", name="Compare").click()
    assert page.locator("#before").get_attribute("src") == before
    page.locator("#slider").fill("20")
    assert "80%" in page.locator("#after").get_attribute("style")


def test_keeps_the_page_below_the_mistakes(page, preview):
    preview.edit("period: Over one year", "perid: Over one year")
    problems = page.locator("#problems.stopped")
    problems.wait_for()
    assert f"{BRIEF}:" in problems.inner_text()
    assert "perid" in problems.inner_text()
    assert page.locator("#page-1 img").is_visible()
    preview.edit("perid: Over one year", "period: Over one year")
    page.locator("#state", has_text="Up to date").wait_for()
    assert not page.locator("#problems.stopped").count()


def test_shows_a_page_of_every_electorate(page, preview):
    page.get_by_label("All electorates").check()
    tiles = page.locator("#tiles li")
    tiles.nth(len(preview.session.shown.electorates) - 1).wait_for()
    page.locator("#state", has_text="Up to date").wait_for()
    by_name = tiles.all_inner_texts()
    page.locator("#order option").nth(1).wait_for(state="attached")
    page.locator("#order").select_option(index=1)
    by_fact = tiles.all_inner_texts()
    assert sorted(by_fact) == sorted(by_name)
    tiles.first.get_by_role("button").click()
    is_drawn(page, 1)
    assert page.locator("#electorate option:checked").inner_text() == by_fact[0]


def test_lays_facing_pages_side_by_side(page):
    page.get_by_label("Spreads").check()
    is_drawn(page, 3)
    left, right = (page.locator(f"#page-{number} img").bounding_box() for number in (2, 3))
    assert (left["y"], left["x"] + left["width"]) == (right["y"], right["x"])


def test_is_used_by_the_keyboard_alone(page):
    page.locator("#document").focus()
    reached = set()
    for _ in range(60):
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.textContent"))
        page.keyboard.press("Tab")
    assert {"document", "electorate", "sheet", "zoom", "grey", "editor", "pages", "list-texts"} <= reached
    page.locator("#list-texts").focus()
    page.keyboard.press("Enter")
    page.locator("#texts button").first.wait_for()
    page.locator("#texts button").first.focus()
    page.keyboard.press("Enter")
    page.locator("#written code").first.wait_for()


@pytest.mark.parametrize("switch", [None, "Margins and lines", "Slots", "Reading order", "All electorates"])
def test_has_no_fault_that_axe_knows(page, opened, switch):
    if switch:
        page.get_by_label(switch).check()
    page.locator("#state", has_text="Up to date").wait_for()
    results = opened[1].Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_leads_from_a_word_to_the_line_that_has_it(page, preview):
    folder = preview.session.request.folder
    documents = [key for key, _ in preview.begun.documents]
    words = [(document, *word) for document in documents for word in words_of((folder / document).read_bytes())]
    missed = []
    for document, number, word, place in sorted(random.Random(50).sample(words, CLICKS)):  # noqa: S311 -- the same each time
        page.locator("#document").select_option(document)
        shown = preview.until(lambda shown, document=document: shown.choice.document == document)
        is_drawn(page, number)
        path, line, field = clicked(page, shown, number, *place)
        text = (preview.project.root / path).read_text().splitlines()[line - 1]
        # A figure's words are made of its value, and a chart's of its rows.
        is_made = field.startswith("charts.") or (path == BRIEF and "{" in text)
        if word not in text and not is_made:
            missed.append(f"{document}, page {number}: {word} isn't in {path}:{line}: {text.strip()}")
    assert len(missed) <= MOST_MISSED, "\n".join(missed)


def words_of(data):
    """Yield the words of a document: the page, the word, and the place of its first letter."""
    for number, page in enumerate(pdfium.PdfDocument(data), start=1):
        text = page.get_textpage()
        whole = text.get_text_range()
        for found in WORD.finditer(whole):
            left, bottom, right, top = text.get_charbox(found.start())
            yield number, found[0], ((left + right) / 2, (bottom + top) / 2)


def clicked(page, shown, number, x, y):
    """Click a place of a page, in points, and return the path, the line and the field that the browser names."""
    width, height = shown.pages.sizes[number - 1]
    image = page.locator(f"#page-{number} img")
    image.scroll_into_view_if_needed()
    size = image.bounding_box()
    page.locator("#written").evaluate("(element) => element.replaceChildren()")
    image.click(position={"x": x / width * size["width"], "y": (1 - y / height) * size["height"]})
    path, _, line = page.locator("#written code").first.inner_text().rpartition(":")
    field = page.locator("#written p").first.inner_text().partition("\n")[2]
    return path, int(line), field
