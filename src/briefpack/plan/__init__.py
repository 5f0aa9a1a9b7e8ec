"""Plan a build: its documents, the distinct charts, every file name, and the requirements of each document."""

from briefpack.plan.belongings import beside, with_labels
from briefpack.plan.consent import check as check_consent
from briefpack.plan.consent import ends as consent_ends
from briefpack.plan.documents import make, parts, print_set, without
from briefpack.plan.drawings import MAP, NATION
from briefpack.plan.expected import (
    Around,
    Authorised,
    Expected,
    Ground,
    Part,
    Press,
    Read,
    Type,
    around,
    expected,
    own,
    press,
)
from briefpack.plan.extremes import extremes
from briefpack.plan.fact_charts import MAP_OF_NATION
from briefpack.plan.image_files import check_portraits, located
from briefpack.plan.loaded import LoadedBrief
from briefpack.plan.model import ChartEvent, ChartOptions, ChartRow, Document, Drawing, Facts, Plan, ValuesFile
from briefpack.plan.pieces import EACH, Item, PlannedPiece
from briefpack.plan.read import read, read_brief
from briefpack.plan.selection import select
from briefpack.plan.subjects import Wanted
from briefpack.plan.undecided import UNDECIDED, check_queries, warn_if_printed, warnings_on
from briefpack.plan.undecided import warn as warn_undecided
from briefpack.plan.values_in_words import says, with_values

__all__ = [
    "EACH",
    "MAP",
    "MAP_OF_NATION",
    "NATION",
    "UNDECIDED",
    "Around",
    "Authorised",
    "ChartEvent",
    "ChartOptions",
    "ChartRow",
    "Document",
    "Drawing",
    "Expected",
    "Facts",
    "Ground",
    "Item",
    "LoadedBrief",
    "Part",
    "Plan",
    "PlannedPiece",
    "Press",
    "Read",
    "Type",
    "ValuesFile",
    "Wanted",
    "around",
    "beside",
    "check_consent",
    "check_portraits",
    "check_queries",
    "consent_ends",
    "expected",
    "extremes",
    "located",
    "make",
    "own",
    "parts",
    "press",
    "print_set",
    "read",
    "read_brief",
    "says",
    "select",
    "warn_if_printed",
    "warn_undecided",
    "warnings_on",
    "with_labels",
    "with_values",
    "without",
]
