"""Check that each token's value is valid CSS for its use, as a font family or a length.

Without this check, the messages would name every line of the style sheets that uses a faulty token.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import tinycss2

from briefpack.layout import css
from briefpack.layout.model import Tokens
from briefpack.problem import Problem
from briefpack.project import Project, walk
from briefpack.text.yaml_lines import Loc, Tree

Token = Any
"""A token of tinycss2's, which is untyped."""
UNITS = (
    "mm", "cm", "q", "pt", "pc", "in", "px", "em", "rem", "ex", "ch", "lh", "rlh", "cap", "ic", "vw", "vh", "vmin", "vmax",
    "vi", "vb",
)  # fmt: skip
WORDS = (
    "auto",
    "none",
    "normal",
    "inherit",
    "initial",
    "unset",
    "medium",
    "thin",
    "thick",
    "solid",
    "dotted",
    "dashed",
    "min-content",
    "max-content",
    "fit-content",
    "currentcolor",
    "transparent",
)
LENGTHS = "margin|padding|gap|column-gap|row-gap|width|height|min-|max-|top|left|right|bottom|text-indent|font-size"
"""The properties that take lengths, not bare numbers."""
NUMBER = re.compile(r"-?(?:\d++(?:\.\d++)?|\.\d++)")


def check(project: Project, part: Tokens, tree: Tree, loc: Loc) -> Iterator[Problem]:
    """Yield a problem for each token whose value isn't valid where style sheets or pages use it."""
    for token, value in part.lengths.items():
        parsed = tinycss2.parse_component_value_list(value)
        if fault := _fault(project, token, value, parsed):
            yield tree.problem((*loc, "lengths", token), *fault)


def _fault(project: Project, token: str, value: str, parsed: Sequence[Token]) -> tuple[str, str] | None:
    """Return the message and the hint of a token's value; None if it is sound. Most tokens need no look at their uses."""
    if NUMBER.fullmatch(value) and float(value):
        used = f"{value} has no unit, and style sheets use it as a length", f"{value}mm"
        return used if _is_used(project, token, LENGTHS) else None
    if not _is_family(parsed) and _is_used(project, token, r"font(?:-family)?(?=\s*:)"):
        return f"{value} is not a CSS font family, and style sheets use it as one", _quoted(value)
    if not _may_be_length(parsed) and _is_used(project, token, LENGTHS):
        return f"{value} is not a CSS length, and style sheets use it as one", _meant(value)
    return None


def _is_family(parsed: Sequence[Token]) -> bool:
    """Return whether a value is a list of names with commas between them, each in quotation marks or of words alone."""
    bare = [token for token in parsed if token.type not in css.BLANK]
    names = [[*part] for is_comma, part in groupby(bare, key=lambda each: each == ",") if not is_comma]
    commas = sum(each == "," for each in bare)
    return len(names) == commas + 1 and all(
        (len(name) == 1 and name[0].type == "string") or all(token.type == "ident" for token in name) for name in names
    )


def _may_be_length(parsed: Sequence[Token]) -> bool:
    """Return whether each part of a value is a length, a share, a number, a function or a word of CSS."""
    return all(
        token.type in ("whitespace", "comment", "percentage", "number", "function", "hash")
        or (token.type == "dimension" and token.lower_unit in UNITS)
        or (token.type == "ident" and (token.lower_value in WORDS or token.value.startswith("--")))
        for token in parsed
    )


def _quoted(value: str) -> str:
    """Return a value with each name of a family in quotation marks of its own, and the whole in others."""
    names = (name.strip(" \"'") for name in value.split(","))
    return f"""'{", ".join(f'"{name}"' for name in names if name)}'; a name with a digit or a mark in it needs both pairs"""


def _meant(value: str) -> str:
    """Return the length that a value may be meant for."""
    found = TYPED.fullmatch(value)
    return f"{found[1].replace(',', '.')}mm" if found else "a number and its unit, such as 18mm"


TYPED = re.compile(r"(\d+(?:[.,]\d+)?)\s*[a-zA-Z]*")


def _is_used(project: Project, token: str, properties: str) -> bool:
    """Return whether a style sheet or page gives a token as it is to a property."""
    used = re.compile(
        rf"(?<![\w-])(?:{properties})[\w-]*\s*:[^;{{}}()*/]*(?:var\([^()]*\)[^;{{}}()*/]*)*var\(\s*--{re.escape(token)}\s*\)"
    )
    files = (path for path in walk(project.root / "layouts") if path.suffix in (".css", ".html") and path.is_file())
    return any(used.search(path.read_text(encoding="utf-8", errors="replace")) for path in files)
