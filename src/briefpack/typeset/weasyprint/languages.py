"""Tag the language of each passage that is in another language than its document.

WeasyPrint writes the language of the document alone (pull request 1695). We found no issue about passages.
"""

from collections.abc import Iterator

from weasyprint.pdf import tags

from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.replacement import Replacement


def replacements() -> Iterator[Replacement]:
    """Yield a `_build_box_tree` that gives the element of each passage its language."""
    build = tags._build_box_tree  # noqa: SLF001 -- it has no public name

    def build_with_language(box: Box, *others: object) -> Iterator[dict[str, object]]:
        language = _language(box)
        for element in build(box, *others):
            if language:
                element["Lang"] = tags.pydyf.String(language)
            yield element

    yield Replacement(tags, "_build_box_tree", build_with_language)


def _language(box: Box) -> str:
    """Return the language of the span that a box is of; an empty text for any other box."""
    element = getattr(box, "element", None)
    return element.get("lang", "") if element is not None and element.tag == "span" else ""
