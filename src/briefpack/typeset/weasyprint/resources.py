"""Give each page and drawing of a piece the resources that it uses; WeasyPrint gives all of them the same."""

from typing import Any

from weasyprint.pdf.tags import pydyf

File = Any
"""A PDF before it is written; pydyf's objects are untyped."""


def share_out(_document: object, file: File) -> None:
    """Replace the resources of each content stream, once a document is complete."""
    pages = [_at(file, reference) for reference in file.page_references]
    forms = [each for each in file.objects if isinstance(each, pydyf.Stream) and "Resources" in each.extra]
    contents = [(page, _at(file, page["Contents"])) for page in pages]
    for owner, stream in (*contents, *((form.extra, form) for form in forms)):
        # A name comes first in its operator's text.
        parts = (part for part in stream.stream if isinstance(part, bytes) and part.startswith(b"/"))
        used = {part[1:].split(maxsplit=1)[0].decode() for part in parts}
        resources = _at(file, owner["Resources"])
        owner["Resources"] = pydyf.Dictionary()
        for kind, named in resources.items():
            values = named if isinstance(named, dict) else _at(file, named)
            kept = {name: value for name, value in values.items() if name in used}
            if kept:
                owner["Resources"][kind] = pydyf.Dictionary(kept)


def _at(file: File, reference: bytes) -> Any:  # noqa: ANN401 -- as above
    return file.objects[int(reference.split()[0])]
