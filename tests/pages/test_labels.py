"""A label is written once where it is the same on every page, and anew for each value and count."""

from briefpack.pages import calls
from projects import english


def test_fills_in_a_label_for_each_value_and_keeps_one_that_needs_none():
    locale, written = english(), {}
    said = [calls._label(locale, written, "page-spoken", page=page) for page in (4, 15)]
    assert [text.split()[-1] for text in said] == ["4", "15"]
    assert written == {}
    comma = calls._label(locale, written, "comma")
    assert written == {"comma": comma}
    assert calls._label(locale, written, "comma") is comma


def test_gives_a_label_the_form_of_its_count():
    locale, written = english(), {}
    one, two = (calls._label(locale, written, "related-asks", count=count) for count in (1, 2))
    assert one != two
    assert written == {}
