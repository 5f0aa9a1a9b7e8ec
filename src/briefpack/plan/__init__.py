"""Plan a build: its documents, the distinct charts, every file name, and the requirements of each document."""

from briefpack.plan.authorisation import UNDECIDED, check_queries, warn_if_printed, warn_undecided, warnings_on
from briefpack.plan.belongings import beside, with_labels
from briefpack.plan.documents import make, parts, print_set, select, stretching, without
from briefpack.plan.drawings import MAP, NATION
from briefpack.plan.expected import Around, Authorised, Expected, Ground, Part, Press, Read, Type, expected, own
from briefpack.plan.fact_charts import MAP_OF_NATION
from briefpack.plan.image_files import check_consent, check_portraits, consent_ends, located, without_logo
from briefpack.plan.loaded import ISSUED, LoadedBrief
from briefpack.plan.meetings import Meeting, Person
from briefpack.plan.meetings import example as example_meeting
from briefpack.plan.meetings import read as read_meetings
from briefpack.plan.meetings import select as select_meetings
from briefpack.plan.model import ChartEvent, ChartOptions, ChartRow, Document, Drawing, Facts, Plan, ValuesFile
from briefpack.plan.read import read, read_brief
from briefpack.plan.subjects import EACH, MEETINGS, OURS, UNSEEN, Item, PlannedPiece, Seen, Wanted
from briefpack.plan.values_in_words import says, with_values

__all__ = [
    "EACH", "ISSUED",
    "MAP",
    "MAP_OF_NATION",
    "MEETINGS",
    "NATION",
    "OURS",
    "UNDECIDED",
    "UNSEEN",
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
    "Meeting",
    "Part",
    "Person",
    "Plan",
    "PlannedPiece",
    "Press",
    "Read",
    "Seen",
    "Type",
    "ValuesFile",
    "Wanted",
    "beside",
    "check_consent",
    "check_portraits",
    "check_queries",
    "consent_ends", "example_meeting",
    "expected",
    "located",
    "make",
    "own",
    "parts",
    "print_set",
    "read",
    "read_brief",
    "read_meetings",
    "says",
    "select",
    "select_meetings",
    "stretching",
    "warn_if_printed",
    "warn_undecided",
    "warnings_on",
    "with_labels",
    "with_values",
    "without",
    "without_logo",
]  # fmt: skip
