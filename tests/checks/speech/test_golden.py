"""What a screen reader says of each kind of page, compared with what it said when somebody last read it in full."""

import re

import pytest

import spoken_pages

pytestmark = pytest.mark.part(name="speech")
PAGE = re.compile(r"— page \d+ of \d+ —\n")


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict[str, str]:
    return dict(spoken_pages.texts(tmp_path_factory.mktemp("spoken")))


@pytest.fixture(scope="module")
def pages(found) -> list[str]:
    """Return what is said of each page of the pack."""
    return PAGE.split(found["pack.txt"])[1:]


def test_says_of_each_kind_of_page_what_it_said_when_it_was_read(found):
    kept = {path.name: path.read_text(encoding="utf-8") for path in spoken_pages.GOLDEN.glob("*.txt")}
    assert found == kept, "read what has changed, then run: PYTHONPATH=tests/support .venv/bin/python -m spoken_pages"


def test_says_the_kind_the_number_and_the_name_of_a_part_in_its_heading(pages):
    assert [page for page in pages if page.startswith("Heading 2: Theme 1 of 3, Protect children: ")]
    assert [page for page in pages if page.startswith("Heading 3: Ask 2 of 7: ")]
    assert [page for page in pages if page.startswith("Heading 3: Case study, ")]
