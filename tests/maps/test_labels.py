"""How the name of a neighbour is broken into lines."""

from briefpack.maps import labels


def test_breaks_no_name_after_a_word_of_three_letters():
    assert labels.broken("North Sydney") == [("North Sydney",), ("North", "Sydney")]
    assert labels.broken("New England") == [("New England",)]
