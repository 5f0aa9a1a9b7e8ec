"""A draft's words are written as Markdown that prints them as they were."""

import pytest

from imported import data, of_text


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://a.example/b?c=d&e", "See [the page](https://a.example/b?c=d&e)."),
        ("<https://a.example/Crossing_(road)>", "See [the page](https://a.example/Crossing_%28road%29)."),
        ("<https://a.example/a b{c}>", "See [the page](https://a.example/a%20b%7Bc%7D)."),
        ("mailto:jo@a.example", "See [the page](mailto:jo@a.example)."),
        ("file:///home/jo/draft.docx", "See the page."),
    ],
)
def test_keeps_the_whole_address_of_a_link(tmp_path, address, written):
    found = of_text(tmp_path, f"# Roads\n\nSee [the page]({address}).\n")
    assert data(found)["sections"][0]["blocks"] == [{"text": written}]
