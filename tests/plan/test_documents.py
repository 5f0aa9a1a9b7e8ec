"""The electorates that a check lays out: those that stretch a layout the most."""

from dataclasses import replace

from briefpack import electorates, plan
from briefpack.electorates import Role
from briefpack.store import Store


def test_chooses_the_extremes_of_names_areas_and_members(home):
    group = electorates.load(home, "au-federal-2025")
    chosen = plan.extremes(group, Store(home.store))
    # The smallest name is Bass, and the longest is Kingsford Smith. Durack is the largest, and Wentworth the smallest.
    assert [each.slug for each in chosen] == ["bass", "durack", "kingsford-smith", "ryan", "wentworth"]
    longest = max((each.member.styled for each in group.electorates if each.member), key=len)
    assert [each.slug for each in chosen if each.member and each.member.styled == longest] == ["ryan"]


def test_adds_the_member_with_the_longest_roles(home):
    group = electorates.load(home, "au-federal-2025")
    bean = group.by_slug["bean"]
    roles = (Role("Minister for Lighthouses", bean.member.as_at),)
    holder = replace(bean, member=replace(bean.member, roles=roles))
    everyone = tuple(holder if each is bean else each for each in group.electorates)
    chosen = plan.extremes(replace(group, electorates=everyone), Store(home.store))
    assert [each.slug for each in chosen] == ["bass", "bean", "durack", "kingsford-smith", "ryan", "wentworth"]
