"""Find what a link opens: a page of the same file, or an address."""

from collections.abc import Mapping
from typing import Any

from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String


class Targets:
    """The destinations of a file, by their names."""

    def __init__(self, file: Pdf, pages: Mapping[tuple[int, int], int]) -> None:
        """Read the names; `pages` gives the index of each page's object."""
        self.pages = pages
        names, old = file.Root.get("/Names"), file.Root.get("/Dests")
        by_name = names.get("/Dests") if isinstance(names, Dictionary) else None
        self.tree: Mapping[str, Any] = NameTree(by_name) if by_name is not None else {}
        self.old: Mapping[str, Any] = dict(old.items()) if isinstance(old, Dictionary) else {}

    def of(self, annotation: Dictionary) -> str:
        """Return where a link leads, in words: `page 6`, or its address; nothing if it can't be told."""
        action = annotation.get("/A", Dictionary())
        if "/URI" in action:
            return str(action.URI)
        destination = annotation.get("/Dest", action.get("/D"))
        return self._page(destination)

    def _page(self, destination: Any) -> str:  # noqa: ANN401 -- pikepdf's
        if isinstance(destination, String):
            destination = self.tree.get(str(destination))
        elif isinstance(destination, Name):
            destination = self.old.get(str(destination))
        if isinstance(destination, Dictionary):
            destination = destination.get("/D")
        if not isinstance(destination, Array) or not len(destination):
            return ""
        index = self.pages.get(destination[0].objgen) if isinstance(destination[0], Dictionary) else None
        return "" if index is None else f"page {index + 1}"
