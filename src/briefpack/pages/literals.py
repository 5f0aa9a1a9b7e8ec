"""Find the text that a template has itself, outside its tags and in their strings."""

from collections.abc import Iterator

import jinja2


def lines(source: str) -> Iterator[tuple[int, str]]:
    """Yield each line of a template's own text, or the part of a line beside its tags, with its number."""
    try:
        for first, kind, value in jinja2.Environment(autoescape=True).lex(source):
            if kind in ("data", "string"):
                text = value if kind == "data" else value[1:-1]
                yield from enumerate(text.splitlines(), start=first)
    except jinja2.TemplateSyntaxError:
        # A page that another one may include, but hasn't.
        return
