"""Load a set of electorates from its files, find one by its name, and warn of data that is out of date."""

from briefpack.electorates.boundaries import BOUNDARIES, areas_km2
from briefpack.electorates.electorate import (
    OF_THE_SET,
    Electorate,
    ElectorateSet,
    Fact,
    ListedRow,
    Member,
    Moment,
    Office,
    Portrait,
    Recipient,
    Role,
    Settlement,
    State,
    Town,
    is_own,
    translated,
    translation,
)
from briefpack.electorates.gazetteer import match
from briefpack.electorates.load import file_name, fresh_until, load, names, stale

__all__ = [
    "BOUNDARIES", "OF_THE_SET", "Electorate", "ElectorateSet", "Fact", "ListedRow", "Member", "Moment",
    "Office", "Portrait", "Recipient", "Role", "Settlement", "State", "Town", "areas_km2", "file_name", "fresh_until", "is_own",
    "load", "match", "names", "stale", "translated", "translation",
]  # fmt: skip
