"""The electorates that a check lays out: those that stretch a layout the most."""

from briefpack import electorates, plan
from briefpack.store import Store


def test_chooses_the_extremes_of_names_areas_and_members(home):
    group = electorates.load(home, "au-federal-2025")
    chosen = plan.extremes(group, Store(home.store))
    # The smallest name is Bass, and the longest is Kingsford Smith. Durack is the largest, and Wentworth the smallest.
    assert [each.slug for each in chosen] == ["bass", "durack", "kingsford-smith", "ryan", "wentworth"]
    longest = max((each.member.styled for each in group.electorates if each.member), key=len)
    assert [each.slug for each in chosen if each.member and each.member.styled == longest] == ["ryan"]
