"""A set has its own names for its country and states in each language that it is translated into."""

from briefpack import electorates
from briefpack.electorates import local
from projects import REPOSITORY, Project, language


def test_names_the_country_and_states_in_the_language_of_a_brief():
    group = electorates.load(Project(REPOSITORY), "au-federal-2025")
    french = electorates.translated(group, "fr-CA")
    assert french.country.name == "Australie"
    assert french.states["NSW"].name == "Nouvelle-Galles du Sud"
    assert french.states["NSW"].short == "NSW"
    assert {each.state.name for each in french.electorates} == {state.name for state in french.states.values()}
    darwin = next(town for town in french.towns if town.name == "Darwin")
    assert darwin.state.name == "Territoire du Nord"
    fields = local.fields(french, french.by_slug["solomon"], language("fr"))
    assert fields["people"] == "habitants du Territoire du Nord"
    assert fields["state"] == "le Territoire du Nord"


def test_keeps_its_names_in_a_language_without_a_translation():
    group = electorates.load(Project(REPOSITORY), "au-federal-2025")
    assert electorates.translated(group, "en-AU") == group
    found = electorates.translated(group, "vi")
    assert (found.states, found.country, found.towns) == (group.states, group.country, group.towns)
