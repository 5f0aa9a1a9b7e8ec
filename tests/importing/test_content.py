"""A draft's links are written so that Markdown reads the same address again."""

import re

import pytest

from briefpack.importing.content import Writer
from briefpack.importing.draft import Passage, Place, Run


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://a.example/b?c=d&e", "See [the page](https://a.example/b?c=d&e)."),
        ("https://a.example/Crossing_(road)", "See [the page](https://a.example/Crossing_%28road%29)."),
        ("https://a.example/a b{c}", "See [the page](https://a.example/a%20b%7Bc%7D)."),
        ("mailto:jo@a.example", "See [the page](mailto:jo@a.example)."),
        ("file:///home/jo/draft.docx", "See the page."),
    ],
)
def test_keeps_the_whole_address_of_a_link(address, written):
    passage = Passage((Run("See "), Run("the page", link=address), Run(".")), place=Place(0, 0))
    assert Writer().line(passage) == written
    assert re.sub(r"\[[^]]*\]\([^)]*\)", "it", written) in {"See it.", "See the page."}
