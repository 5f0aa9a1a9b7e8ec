"""Places contest the room on a map: which of them are named, and with which of their names."""

from dataclasses import replace

from briefpack.maps.contest import Entrant, settle


def entrant(x, y, *names, costs=None, must=False):
    """Return a place with a dot at a point and names at boxes."""
    return Entrant(
        (x, y), (x - 1, y - 1, x + 1, y + 1), names, costs or tuple(float(n) for n in range(len(names))), must
    )


def test_gives_up_the_best_name_of_one_so_that_both_are_named():
    first = entrant(0, 0, (2, -1, 12, 1), (-12, -1, -2, 1))
    second = entrant(15, 0, (3, -1, 13, 1))
    assert settle([first, second], 8, 3) == {0: 1, 1: 0}


def test_always_names_an_office():
    office = entrant(0, 0, (-30, -3, 30, 3), must=True)
    assert settle([office, entrant(-20, 0, (-19, -1, -11, 1)), entrant(20, 0, (11, -1, 19, 1))], 8, 3) == {0: 0}


def test_takes_no_name_that_is_nearer_to_the_dot_of_another():
    far = entrant(0, 0, (8, -1, 18, 1), (-12, -1, -2, 1), costs=(0.0, 9.0))
    assert settle([far, entrant(7, 3, (9, 2, 19, 4))], 8, 3) == {0: 1, 1: 0}


def test_a_name_far_from_its_dot_and_nearer_to_another_needs_a_line():
    far, other = entrant(0, 0, (0, 5, 10, 7)), entrant(5, 10, (7, 9, 17, 11))
    assert settle([far, other], 8, 3) == {0: 0}
    assert settle([replace(far, led=True), other], 8, 3) == {0: 0, 1: 0}
