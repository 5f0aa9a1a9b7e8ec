"""Hash everything that a document could show, before it is composed, and everything that it shows, before binding."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack import store
from briefpack.output.inputs import ELECTORATES, Inputs

if TYPE_CHECKING:
    # Finding that nothing has changed needs no plan; not importing it saves a tenth of a second.
    from briefpack.plan import Document, Drawing, Expected, Facts, Plan


def can_show(planned: "Plan", inputs: Inputs, chart_keys: Mapping["Drawing", str]) -> dict[str, str]:
    """Return the hash of everything that each document could show, by the document's path."""
    layout, group = planned.layout, planned.brief.group
    # A page can read the facts that are the same for the whole set, and nothing about other electorates.
    shared = repr(replace(group, electorates=(), towns=(), files={})) if group else ""
    folders = (sha256 for name, sha256 in inputs.folders.items() if name != ELECTORATES)
    common = store.key(store.engine(), layout.name, layout.edition.name, shared, *folders)
    own = {each.slug: store.key(repr(each)) for each in group.electorates} if group else {}
    return {each.path: _document(each, common, own, chart_keys) for each in planned.documents}


def _document(document: "Document", common: str, own: Mapping[str, str], chart_keys: Mapping["Drawing", str]) -> str:
    charts = (f"{name}={chart_keys[drawing]}" for name, drawing in sorted(document.drawings.items()))
    return store.key(common, document.path, own.get(document.electorate or "", ""), *charts)


def shows(facts: "Facts", parts: Iterable[object], expected: "Expected") -> str:
    """Return the hash of everything that a document shows; `parts` are the keys of its pieces, and their places."""
    press, profile = expected.press, expected.profile
    condition = repr(replace(press, profile=Path())) if press else ""
    return store.key(
        store.engine(), condition, store.file_key(profile) if profile else "", repr(facts), *map(repr, parts)
    )
