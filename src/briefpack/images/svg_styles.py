"""Read the style sheets and attributes of an SVG drawing: the properties that draw, with colours in one form."""

import re
from collections.abc import Iterable, Iterator

import tinycss2
from tinycss2.ast import Node
from tinycss2.color5 import parse_color

PROPERTIES = frozenset({
    "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "color", "stop-color",
    "stop-opacity", "opacity", "display", "visibility", "overflow", "clip-path", "clip-rule", "mask", "marker",
    "marker-start", "marker-mid", "marker-end", "transform", "transform-origin", "paint-order",
})  # fmt: skip
"""The properties that are kept, as attributes and in styles."""
COLOURS = ("fill", "stroke", "color", "stop-color")
"""The properties whose value is a colour."""
BLACK = "#" + 6 * "0"
WORDS = {"none": "none", "inherit": "inherit", "currentcolor": "currentColor", "context-fill": "context-fill",
         "context-stroke": "context-stroke"}  # fmt: skip
"""The values of a colour that name none."""
LOADING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "element"})
"""The functions that load an address."""
REFERENCE = re.compile(r"url\(\s*[\"']?#([^\"')]*)[\"']?\s*\)", re.IGNORECASE)
PROFILE = re.compile(r"\bicc-color\(.*", re.IGNORECASE)


def declarations(text: str) -> list[tuple[str, str]]:
    """Return the properties that a style sets and that are kept, with their values."""
    found = tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)
    return [
        (each.lower_name, tinycss2.serialize(each.value).strip())
        for each in found
        if each.type == "declaration" and each.lower_name in PROPERTIES
    ]


def rules(text: str) -> tuple[list[tuple[str, str]], bool]:
    """Return the selector and the contents of each rule in a style sheet, and whether it imports another sheet."""
    found = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    kept = [
        (tinycss2.serialize(each.prelude).strip(), tinycss2.serialize(each.content))
        for each in found
        if each.type == "qualified-rule"
    ]
    return kept, any(each.type == "at-rule" and each.lower_at_keyword == "import" for each in found)


def loads(text: str) -> bool:
    """Return whether a value loads anything but a part of the same drawing."""
    # Only a function loads; a path without one, perhaps a megabyte long, needn't be read as CSS.
    return "(" in text and any(address is None or not address.startswith("#") for address in _addresses(text))


def _addresses(text: str) -> Iterator[str | None]:
    """Yield each address in a value; None for an address that is put together from parts."""
    waiting: list[Node] = list(tinycss2.parse_component_value_list(text))
    while waiting:
        node = waiting.pop()
        if node.type == "url":
            yield node.value.strip()
        elif node.type == "error":
            yield None
        elif node.type == "function":
            waiting += node.arguments
            if node.lower_name in LOADING:
                yield _only_string(node.arguments)
        elif hasattr(node, "content") and isinstance(node.content, list):
            waiting += node.content


def _only_string(arguments: Iterable[Node]) -> str | None:
    values = [each for each in arguments if each.type != "whitespace"]
    return values[0].value if len(values) == 1 and values[0].type == "string" else None


def colour(value: str) -> str | None:
    """Return a colour as six digits, or eight with its opacity; a reference or a word as it is; None if unknown."""
    plain = PROFILE.sub("", value).strip()
    if found := REFERENCE.match(plain):
        rest = plain[found.end() :].strip()
        fallback = colour(rest) if rest else ""
        return None if fallback is None else f"url(#{found[1]}) {fallback}".strip()
    return WORDS[plain.lower()] if plain.lower() in WORDS else _hexadecimal(plain)


def _hexadecimal(value: str) -> str | None:
    try:
        found = parse_color(value)
        if found is None:
            return None
        *channels, alpha = found.to("srgb")
        shares = [*channels, alpha] if alpha < 1 else channels
        return "#" + "".join(f"{round(min(max(share, 0), 1) * 255):02X}" for share in shares)
    except (ValueError, NotImplementedError, TypeError):
        return None
