"""Find what a declaration in a style sheet was meant to be: a correction that WeasyPrint accepts."""

import difflib
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

import tinycss2
from weasyprint.css.validation import preprocess_declarations
from weasyprint.css.validation.expanders import EXPANDERS
from weasyprint.css.validation.properties import PROPERTIES

from briefpack.problem import heard_from
from briefpack.typeset.weasyprint import calculations

UNITS = ("mm", "cm", "pt", "em", "rem", "ex", "ch", "in", "pc", "px", "deg", "dpi", "fr")
KEYWORDS = (
    *("absolute", "after", "all", "always", "anywhere", "auto", "avoid", "avoid-page", "balance", "baseline", "before", "block", "bold"),
    *("bolder", "border-box", "both", "bottom", "break-word", "capitalize", "center", "circle", "clip", "clone", "collapse"),
    *("column", "contain", "content-box", "cover", "currentcolor", "dashed", "decimal", "disc", "dotted", "double"),
    *("ellipsis", "end", "fixed", "flex", "flex-end", "flex-start", "flow-root", "footnote", "full-width", "grid"),
    *("hidden", "inherit", "initial", "inline", "inline-block", "inline-flex", "inside", "italic", "justify", "larger"),
    *("last", "left", "lighter", "line", "line-through", "lining-nums", "list-item", "lowercase", "manual", "medium"),
    *("middle", "no-repeat", "none", "normal", "nowrap", "oblique", "oldstyle-nums", "outside", "padding-box", "page"),
    *("pre", "pre-line", "pre-wrap", "relative", "repeat", "right", "row", "running", "scroll", "separate", "slice"),
    *("small", "small-caps", "smaller", "solid", "space-around", "space-between", "square", "start", "static", "stretch"),
    *("sub", "super", "table", "table-cell", "table-row", "tabular-nums", "text-bottom", "text-top", "thick", "thin", "top"),
    *("transparent", "underline", "uppercase", "visible", "wrap", "black", "white", "grey", "red"),
)  # fmt: skip
WORDS = {
    "thin": "100", "light": "300", "regular": "400", "semibold": "600", "demibold": "600", "extrabold": "800",
    "heavy": "900", "off": "none", "on": "auto",
}  # fmt: skip
"""Values that other programs have, with those of CSS."""
NEAR = 0.7


def of_property(name: str) -> str:
    """Return the property that a misspelt one is meant for; nothing if none is like it."""
    american = name.replace("colour", "color").replace("centre", "center")
    if american in ("text-color", "font-color"):
        return "color"
    known = (*PROPERTIES, *EXPANDERS)
    return next(iter(difflib.get_close_matches(american, known, n=1, cutoff=NEAR)), "")


@lru_cache(maxsize=256)
def of_value(name: str, value: str) -> str:
    """Return the value that a property is meant to have; nothing if no correction of it is allowed."""
    return next((each for each in _candidates(value) if each != value and _is_allowed(name, each)), "")


def _candidates(value: str) -> Iterator[str]:
    """Yield values that may have been meant: the nearest first."""
    yield value.translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"})
    yield re.sub(r"(?<=\d) +(?=(?:mm|cm|pt|em|%)(?!\w))", "", value)
    yield re.sub(r"(?<=\d),(?=\d)", ".", value)
    yield re.sub(r"(?<=\d)([a-zA-Z]+)\b", lambda found: _near(found[1], UNITS), value)
    yield re.sub(r"\s*\+\s*|(?<=\))-\s*|\s*-(?=var\()", lambda found: f" {found[0].strip()} ", value)
    yield re.sub(r"(?<![\w#-])([0-9A-Fa-f]{6})(?!\w)", r"#\1", value)
    yield re.sub(
        r"(?<![\w.#-])(-?(?:\d*\.)?\d+)(?![\w.%])", lambda found: found[1] + "mm" * (float(found[1]) != 0), value
    )
    yield " ".join(value.replace(",", " ").split())
    yield WORDS.get(next(iter(difflib.get_close_matches(value.lower(), WORDS, n=1, cutoff=NEAR)), ""), value)
    for word in re.findall(r"(?<![\w(#-])[a-zA-Z-]{3,}(?![\w(])", value):
        for near in difflib.get_close_matches(word.lower(), KEYWORDS, n=3, cutoff=NEAR):
            yield re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", near, value)


def _near(word: str, known: tuple[str, ...]) -> str:
    return word if word in known else next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.5)), word)


def _is_allowed(name: str, value: str) -> bool:
    """Return whether WeasyPrint allows a value for a property, with some value in place of each token."""
    with heard_from("weasyprint"), suppress(*calculations.CRASHES):
        return any(
            [*preprocess_declarations("", tinycss2.parse_blocks_contents(f"{name}: {TOKEN.sub(stand_in, value)}"))]
            for stand_in in STAND_INS
        )
    return False


TOKEN = re.compile(r"var\(\s*--[\w-]+\s*\)")
STAND_INS = ("1mm", "red", "serif")
"""A length, a colour and a family: what a token may be."""
