"""Load the postcodes of PO boxes, which are in no electorate, with the nearest delivery postcode to each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefpack.electorates import tables
from briefpack.electorates.electorate import ElectorateSet
from briefpack.electorates.postcodes import Places
from briefpack.electorates.tables import Files
from briefpack.project import Project
from briefpack.tables import Row, Table

FILE = "po-boxes"


@dataclass(frozen=True)
class PoBoxPostcode:
    """A postcode used only for PO boxes; the nearest postcode and place are empty if the source gives none."""

    code: str
    places: tuple[str, ...]
    state: str
    nearest_code: str
    nearest_place: str


def load(project: Project, group: ElectorateSet, places: Places) -> Mapping[str, PoBoxPostcode]:
    """Return the PO box postcodes of a set by code; none if the set lists no such file.

    Raises Problems, all at once.
    """
    files = tables.open_set(project, group.name)
    found = dict(_read(files, places))
    files.raise_any()
    return found


def _read(files: Files, places: Places) -> Iterator[tuple[str, PoBoxPostcode]]:
    table, rows = files.rows(FILE)
    tables.check_codes(files, table, rows, "postcode")
    tables.check_once(files, table, rows, "postcode")
    for row in rows:
        tables.check_state(files, table, row, files.spec.states)
        _check_codes(files, table, row, places)
        code, nearest_code = row["postcode"], row["nearest_delivery_postcode"]
        names = tables.items(row["place"])
        yield code, PoBoxPostcode(code, names, row["state"], nearest_code, row["nearest_delivery_place"])


def _check_codes(files: Files, table: Table, row: Row, places: Places) -> None:
    code, nearest_code = row["postcode"], row["nearest_delivery_postcode"]
    if code in places.postcodes:
        message = f'postcode "{code}" is also a delivery postcode, in {files.spec.files["postcodes"]}'
        files.say(table, row, message, "delete one of the two rows")
    if nearest_code and nearest_code not in places.postcodes:
        message = f'nearest_delivery_postcode: there is no delivery postcode "{nearest_code}"'
        files.say(table, row, message, "use a delivery postcode, or leave the cell empty")
