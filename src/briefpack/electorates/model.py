"""Define the keys of an electorate set, and what each may contain."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from briefpack.brief.evidence import Source
from briefpack.schema import Id, Model, Plain, Points, Unit, Web, YesNo
from briefpack.schema.faults import POSTCODE_FORM


class Words(Model):
    """The words for an electorate and its member."""

    electorate: Plain
    """electorate, riding, constituency"""
    electorates: Plain
    """the plural of electorate"""
    member: Plain
    """member, deputy, representative"""
    parliament: Plain | None = None
    """the Parliament, the Riksdag, as in a sentence"""
    government: Plain | None = None
    """the Government, as in a sentence"""
    boundaries: Plain | None = None
    """the 2025 boundaries, as in a sentence"""
    post_nominal: Plain | None = None
    """letters after a member's name: MP"""


PostcodeForm = Annotated[str, StringConstraints(pattern=POSTCODE_FORM)]
"""The format of a postcode: 9 is any digit, A any capital letter."""


class AuthorisationLaw(Model):
    """The law on electoral matter: which particulars of its authorisation must be printed, and how legibly."""

    act: Plain
    section: Plain
    requires: tuple[Literal["name", "entity", "address"], ...] = Field(min_length=1)
    smallest_type_pt: Points
    """the smallest type allowed for the particulars"""
    smallest_type_rule: Plain | None = None
    """the section that requires it"""

    @property
    def cited(self) -> str:
        """Return the citation of the law, as a problem gives it."""
        return f"{self.act}, s {self.section}"


class Country(Model):
    """The country that the states belong to: its postcodes, its currency and its law on electoral matter."""

    name: Plain
    the: YesNo = False
    """yes for the Netherlands"""
    key: Plain | None = None
    """the value that means the whole country in a file's state column"""
    postcodes: tuple[PostcodeForm, ...] = ()
    """the forms of a postcode, 9 for a digit and A for a letter: 9999, or AA9A 9AA"""
    currency: Plain | None = None
    """its currency, as in a brief's figures: AU$, £, NZD"""
    authorisation: AuthorisationLaw | None = None
    """the law on who must be named in print"""


class StateSpec(Model):
    """A state, or another part of the country with electorates of its own."""

    name: Plain
    short: Plain | None = None
    """its abbreviation as printed; otherwise its code"""
    the: YesNo = False
    """yes for the Northern Territory"""
    people: Plain | None = None
    """Victorians; without it, "people in" and the name"""


class SetSource(Source):
    """The source of some of a set's data, with its licence."""

    licence: Plain | None = None


class Notice(Model):
    """The attribution that a licence requires; `{product}` is the product that carries it."""

    short: Plain
    """the credit beside a map or a chart"""
    full: Plain
    """the full wording, printed once"""


class MembersSpec(Model):
    """The source of the members' names and offices."""

    as_at: Plain
    """the column of electorates with the day of each member's row"""
    source: Id
    sides: dict[Literal["government", "opposition"], tuple[Plain, ...]] = {}
    """the parties of each side, as the files name them; others are on the cross-bench"""


class Translation(Words):
    """A set's words in another language, and the names of its country and states where that language has its own."""

    country: Plain | None = None
    """the country's name: Australie"""
    states: dict[Plain, StateSpec] = {}
    """by code; a state left out keeps its name"""


class SearchSpec(Model):
    """The ways people write the names they search for, and the answers that are less certain."""

    abbreviations: dict[Plain, tuple[Plain, ...]] = {}
    """short forms in names of places, each with the full forms, the likeliest first"""
    computed_when: dict[Plain, Plain] = {}
    """a row of postcodes with these values was worked out, not taken from an official list"""
    check_at: Web | None = None
    """where to check which electorate an address is in"""


class FactSpec(Model):
    """A number or a text about each electorate or its state, taken from a column of a file."""

    kind: Literal["number", "text"] = "number"
    """text prints as it is, and needs no unit:"""
    file: Id
    """a file's id in files:"""
    column: Plain
    label: Plain
    """its meaning, in a few words"""
    source: Id
    key: Literal["slug", "state"] = "slug"
    """the column that identifies the row: an electorate's slug, or a state's code"""
    where: dict[Plain, Plain] = {}
    """only the rows with these values in these columns"""
    covers: Literal["all", "some"] = "all"
    """some if the file has rows for only some electorates; the others have no value"""
    unit: Unit = ""
    """as in a brief's figures: AU$, %, people, households"""
    as_at: Plain
    estimate_when: dict[Plain, Plain] = {}
    """a row with these values is an estimate"""
    omit_when: dict[Plain, Plain] = {}
    """a row with these values is not to be printed"""
    compare: Literal["sum", "mean", "none"] = "none"
    """how the state and national values are calculated from the rows"""
    weight: Plain | None = None
    """the column that a mean is weighted by"""
    count: Plain | None = None
    """the column with the number that a rounded share is of weight:, which ranks go by"""
    decimals: int | None = Field(default=None, ge=0, le=6)
    """round each number to so many decimal places; by default, as in the file"""
    low: Plain | None = None
    """the column with the low end of an estimate's range"""
    high: Plain | None = None
    """the column with the high end of an estimate's range"""
    range_of: Plain | None = None
    """the column that low and high are the range of, if it isn't the fact's own: persons"""
    error: Plain | None = None
    """the column with a survey's relative standard error, as a percentage of the number"""
    over: Plain | None = None
    """the column that dates the rows: those of other dates are the number's history"""
    break_at: Plain | None = None
    """the first date after a change of method, across which numbers don't compare"""

    @model_validator(mode="after")
    def _agrees(self) -> "FactSpec":
        for wrong, message, hint in self._faults():
            if wrong:
                raise PydanticCustomError("fact", "{message}", {"message": message, "hint": hint})
        return self

    def _faults(self) -> tuple[tuple[object, str, str], ...]:
        """Return every possible conflict of keys: whether it is there, its message and its hint."""
        return (
            (self.kind == "number" and not self.unit,
             "unit is missing",
             "add unit: (as in a brief's figures: AU$, %, people, households), or kind: text"),
            (self.count and not (self.weight and self.unit == "%"),
             "a count is for a share of weight:, in %", 'delete count:, or add weight: and unit: "%"'),
            ((self.low is None) != (self.high is None),
             "a range needs both low and high", "add the column of the other end"),
            (self.over and self.over not in self.where,
             f"where: doesn't say which {self.over} the number is of",
             f"add {self.over}: to where:, with the date of the number itself"),
            ((self.compare == "mean") != (self.weight is not None),
             "a mean needs a weight, and nothing else can have one", "add compare: mean and weight:, or delete both"),
        )  # fmt: skip


class SetFile(Model):
    """A set of electorates: the words for them, their data files, and the facts about each."""

    title: Plain
    language: Plain = "en-AU"
    """the language of its words, and of its states' names"""
    words: Words
    translations: dict[Plain, Translation] = {}
    """the words in other languages, by the language of the brief: fr"""
    country: Country
    states: dict[Plain, StateSpec] = Field(min_length=1)
    """by the code that the files use"""
    files: dict[Id, Plain]
    """electorates, boundaries, roles, recipients, changes, postcodes, localities and so on; and files of facts"""
    members: MembersSpec
    search: SearchSpec = SearchSpec()
    sources: dict[Id, SetSource]
    notices: dict[Id, Notice] = {}
    facts: dict[Id, FactSpec] = {}

    @property
    def numbers(self) -> dict[str, FactSpec]:
        """Return the facts that are numbers."""
        return {name: spec for name, spec in self.facts.items() if spec.kind == "number"}

    @property
    def texts(self) -> dict[str, FactSpec]:
        """Return the facts that are texts."""
        return {name: spec for name, spec in self.facts.items() if spec.kind == "text"}
