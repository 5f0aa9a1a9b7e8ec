"""Read the people whom a meeting may be with from a table: senators, advisers, committees, anybody."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from briefpack.electorates.electorate import Electorate, Recipient, State
from briefpack.electorates.tables import COLUMNS, ONCE, RECIPIENTS, Folder, iso, items
from briefpack.text.tables import Row, Table


def read(files: Folder, table: Table, states: Mapping[str, State]) -> tuple[Recipient, ...]:
    """Return the people in a table; add a problem for each cell that can't be read, and for each name that is twice."""
    return tuple(_recipient(row, states) for row in files.checked(table, COLUMNS[RECIPIENTS], ONCE[RECIPIENTS]))


def _recipient(row: Row, states: Mapping[str, State]) -> Recipient:
    return Recipient(
        row["name"], row["title"], "", row["salutation"], row["office"], row["side"], row["party"],
        items(row["committees"]), items(row["roles"]), electorate=row["electorate"], state=states.get(row["state"]), address=row["address"],
        phone=row["phone"], email=row["email"], source=row["source"], as_at=row["as_at"], until=iso(row["until"]),
    )  # fmt: skip


def of_members(electorates: Iterable[Electorate], listed: Iterable[Recipient]) -> Iterator[Recipient]:
    """Yield the member of each electorate that has one, with what a table of recipients adds to them."""
    added = {(each.electorate, each.name): each for each in listed}
    for electorate in electorates:
        if member := electorate.member:
            own, office = added.get((electorate.slug, member.name)), electorate.office
            where = ", ".join(
                filter(None, (office.address, f"{office.suburb} {office.state} {office.postcode}".strip()))
            )
            found = Recipient(
                member.name, post_nominal=member.post_nominal or "", salutation=member.salutation, side=member.side, party=member.party,
                roles=tuple(role.title for role in member.roles), electorate=electorate.slug, seat=electorate.name,
                state=electorate.state, address=where, phone=office.phone, email=office.email,
            )  # fmt: skip
            if own:
                found = replace(
                    found, salutation=own.salutation or found.salutation, committees=own.committees,
                    source=own.source, as_at=own.as_at,
                )  # fmt: skip
            yield found
