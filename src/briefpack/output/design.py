"""Remember the designers' files that documents were made from, and find those that have changed since."""

import json
from collections.abc import Mapping

from briefpack import store
from briefpack.output.inputs import DESIGN, Inputs
from briefpack.store import Store


def key(inputs: Inputs) -> str:
    """Return the hash of the designers' files, as the manifest lists it for each document made from them."""
    return store.key("design", *(inputs.folders[name] for name in DESIGN))


def remember(inputs: Inputs, kept: Store) -> None:
    """Keep the list of the designers' files in the store, unless it is there already."""
    if kept.get(key(inputs)) is None:
        kept.put(key(inputs), json.dumps(dict(inputs.design)).encode())


def changed(before: str, inputs: Inputs, kept: Store) -> tuple[str, ...]:
    """Return the designers' files that aren't as they were in the list with that key; none if the list isn't kept."""
    known = _recalled(kept.get(before) if before else None)
    every = known.keys() | inputs.design.keys()
    return tuple(sorted(path for path in every if known and known.get(path) != inputs.design.get(path)))


def _recalled(data: bytes | None) -> Mapping[str, object]:
    try:
        found = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
