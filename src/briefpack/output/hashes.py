"""Hash everything that a document could show, before it is composed, and everything that it shows, before binding."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack import store
from briefpack.output.inputs import DESIGN, ELECTORATES, Inputs

if TYPE_CHECKING:
    # Finding that nothing has changed needs no plan; not importing it saves a tenth of a second.
    from briefpack.plan import Document, Drawing, Expected, Facts, Plan


def contents(planned: "Plan", inputs: Inputs) -> dict[str | None, str]:
    """Return the hash of the brief and the data that documents could show, by electorate; None is the nation."""
    group = planned.brief.group
    # A page can read the facts that are the same for the whole set, and nothing about other electorates.
    shared = repr(replace(group, electorates=(), towns=(), files={})) if group else ""
    folders = (sha256 for name, sha256 in inputs.folders.items() if name not in (ELECTORATES, *DESIGN))
    common = store.key(shared, *folders)
    found: dict[str | None, str] = {None: common}
    for each in group.electorates if group else ():
        found[each.slug] = store.key(common, repr(each))
    return found


def can_show(
    planned: "Plan", inputs: Inputs, chart_keys: Mapping["Drawing", str], by_place: Mapping[str | None, str]
) -> dict[str, str]:
    """Return the hash of everything that each document could show, by its path; `by_place` is from `contents`."""
    layout, folders = planned.layout, (inputs.folders[name] for name in DESIGN)
    common = store.key(store.engine(), layout.name, layout.edition.name, *folders)
    return {
        each.path: _document(each, store.key(common, by_place[each.electorate]), chart_keys)
        for each in planned.documents
    }


def _document(document: "Document", common: str, chart_keys: Mapping["Drawing", str]) -> str:
    charts = (f"{name}={chart_keys[drawing]}" for name, drawing in sorted(document.drawings.items()))
    return store.key(common, document.path, *charts)


def shows(facts: "Facts", parts: Iterable[object], expected: "Expected") -> str:
    """Return the hash of everything that a document shows.

    `parts` are the keys of its pieces, their places, and the files that it carries.
    """
    press, profile = expected.press, expected.profile
    condition = repr(replace(press, profile=Path())) if press else ""
    return store.key(
        store.engine(), condition, store.file_key(profile) if profile else "", repr(facts), *map(repr, parts)
    )
