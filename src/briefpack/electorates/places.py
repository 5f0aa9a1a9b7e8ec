"""Read the places that a set's maps show: each electorate's towns and suburbs, the nation's towns, and hexagons."""

from collections.abc import Iterator, Mapping

from briefpack.electorates.electorate import Settlement, State, Town
from briefpack.electorates.tables import Files, degrees, few

YES = "yes"


def read(files: Files) -> Mapping[str, tuple[Settlement, ...]]:
    """Return each electorate's places by its slug, most important first; empty if the set has no file of places."""
    found: dict[str, list[Settlement]] = {}
    for row in files.rows("places")[1]:
        longitude, latitude, rank = degrees(row, "lon", "lat", "rank")
        office = row["office_suburb"] == YES
        place = Settlement(row["name"], longitude, latitude, int(rank), row["kind"], office)
        found.setdefault(row["slug"], []).append(place)
    return {slug: tuple(sorted(places, key=lambda place: place.rank)) for slug, places in found.items()}


def towns(files: Files, states: Mapping[str, State]) -> Iterator[Town]:
    """Yield the towns that maps of states and of the nation may name."""
    for row in files.rows("towns")[1]:
        longitude, latitude, rank = degrees(row, "longitude", "latitude", "rank")
        yield Town(row["name"], states[row["state"]], longitude, latitude, int(rank))


def hexagons(files: Files) -> Mapping[str, tuple[int, int]]:
    """Return the axial coordinates of each electorate's hexagon, by its slug; none if the set has no such file."""
    table, rows = files.rows("hexes")
    found = {row["slug"]: (int(row["q"]), int(row["r"])) for row in rows}
    missing = [slug for slug in files.slugs if slug not in found]
    if rows and missing and len(rows) == len(table.rows):
        files.say(table, None, f"there is no hexagon for {few(missing)}", "add a row for each electorate")
    return found
