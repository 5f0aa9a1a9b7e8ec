"""Rows of lists that a piece has no room for are left out from the end, and a line below the list counts them."""

from xml.etree import ElementTree

import pytest

from briefpack.pages.source_map import NUMBER
from briefpack.typeset import rows

LIST = f"""<div><ul><li>Ostby</li><li {rows.SPARE}="and 2 more" {NUMBER}="7">Wick</li>
<li {rows.SPARE}="and 1 more" {NUMBER}="8">Harbour</li></ul><p>After</p></div>"""
SHORT = f'<ol><li>One</li><li {rows.SPARE}="and others">Two</li><li>Three</li></ol>'


def parsed(*lists: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<body>{''.join(lists)}</body>")  # noqa: S314 -- our own HTML


def items(root: ElementTree.Element) -> list[str]:
    return [item.text or "" for item in root.iter("li")]


def more(root: ElementTree.Element) -> list[tuple[str | None, str | None]]:
    """Return the text and the number of each line that counts the rows left out."""
    return [(each.text, each.get(NUMBER)) for each in root.iter("p") if each.get("class") == rows.MORE]


def test_leaves_out_one_row_at_a_time_and_counts_them_in_one_line():
    root = parsed(LIST)
    assert rows.leave_out(root)
    assert (items(root), more(root)) == (["Ostby", "Wick"], [("and 1 more", "8")])
    assert rows.leave_out(root)
    assert (items(root), more(root)) == (["Ostby"], [("and 2 more", "7")])
    assert [each.text for each in root.iter("p")] == ["and 2 more", "After"]


def test_leaves_out_of_the_list_that_has_most_to_spare():
    root = parsed(SHORT, LIST)
    assert rows.leave_out(root)
    assert items(root) == ["One", "Two", "Three", "Ostby", "Wick"]


def test_leaves_out_what_comes_after_a_row():
    root = parsed(SHORT)
    assert rows.leave_out(root)
    assert (items(root), more(root)) == (["One"], [("and others", None)])


@pytest.mark.parametrize("body", ["<ul><li>One</li></ul>", "<p>No list</p>"])
def test_changes_nothing_where_no_row_may_go(body):
    root = parsed(body)
    before = ElementTree.tostring(root)
    assert not rows.leave_out(root)
    assert ElementTree.tostring(root) == before
