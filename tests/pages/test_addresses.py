"""A street address on a page, and the address of a website beside its code."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from sections import Bench

LAYOUTS = Path(__file__).parents[2] / "layouts"
PAGE = """{% import "shared/place-parts.html" as parts with context %}{{ parts.street(address) }}"""


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("Suite 1, Level 2, 280 Pacific Highway", "Suite_1, Level_2, 280_Pacific Highway"),
        ("Suite 302 Level 3, 179–191 New South Head Road", "Suite 302 Level 3, 179–191_New South Head Road"),
        ("", ""),
    ],
)
def test_a_number_stays_with_the_first_word_of_its_street(address, printed):
    page = Environment(loader=FileSystemLoader(LAYOUTS), autoescape=True).from_string(PAGE)
    assert page.render(address=address).replace("\u00a0", "_") == printed


@pytest.mark.part(name="builds")
@pytest.mark.parametrize(
    ("website", "kind"), [("https://ijm.org.au", "code"), ("https://homesforall.example.org", "code long")]
)
def test_a_long_address_is_below_its_code(website, kind, tmp_path):
    bench = Bench("ijm", tmp_path)
    organisation = bench.brief.brief.organisation.model_copy(update={"website": website})
    _, pieces = bench.pieces(organisation=organisation)
    [html] = [each.html for each in pieces if 'class="who-we-are"' in each.html]
    assert f'<div class="{kind}"><img class="qr"' in html
