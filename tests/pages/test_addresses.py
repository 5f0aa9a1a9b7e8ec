"""A street address on a page."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

LAYOUTS = Path(__file__).parents[2] / "layouts"
PAGE = """{% import "shared/place-parts.html" as parts with context %}{{ parts.street(address) }}"""


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("Suite 1, Level 2, 280 Pacific Highway", "Suite_1, Level_2, 280_Pacific Highway"),
        ("Suite 302 Level 3, 179–191 New South Head Road", "Suite 302 Level 3, 179–191_New South Head Road"),
        ("2A Main Street", "2A_Main Street"),
        ("Town Hall", "Town_Hall"),
        ("", ""),
    ],
)
def test_a_number_stays_with_the_first_word_of_its_street(address, printed):
    page = Environment(loader=FileSystemLoader(LAYOUTS), autoescape=True).from_string(PAGE)
    assert page.render(address=address).replace("\u00a0", "_") == printed
