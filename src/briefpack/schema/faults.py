"""Put the values that a model refuses in plain words, each with a hint."""

import difflib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from briefpack.problem import joined
from briefpack.text.tables.model import NO_RESULT, UNCALCULATED
from briefpack.text.yaml_lines import Data, Loc

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
FILE_NAME = r"^[a-z0-9{}-]+$"
POSTCODE_FORM = r"^[9A]([9A \-]{0,14}[9A])?$"
WEB, EMAIL = r"^https?://[^\s/.]+\.\S+$", r"^[^\s@<>:]+@[^\s@<>]+\.[^\s@<>]+$"


@dataclass(frozen=True)
class Fault:
    """A value that the model refuses."""

    loc: Loc
    message: str
    hint: str

    @property
    def is_id(self) -> bool:
        """Return whether the value should be an id, and can't be one."""
        return self.message.endswith(f"is not {AN_ID}")


def read(detail: ErrorDetails, schema: dict[str, Any], data: Data) -> Fault:
    """Return the fault that an error of pydantic's is about; `schema` is the JSON Schema of the model of the data."""
    loc = tuple(part for part in detail["loc"] if part != "[key]")
    found, kind = detail["input"], detail["type"]
    if kind == "missing":
        about = _at(schema, schema, loc).get("description", "")
        hint = f"add {loc[-1]}:{f' ({about})' if about else ''}"
        return Fault(loc[:-1], f"{loc[-1]} is missing", hint)
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return _unknown_key(schema, loc, _written(data, loc[:-1]))
    if "[key]" in detail["loc"] and kind == "literal_error":
        return Fault(loc, f'there is no "{loc[-1]}"', str(detail["ctx"]["expected"]).replace("'", ""))
    if kind == "string_pattern_mismatch":
        noun, hint = FORMS[detail["ctx"]["pattern"]]
        meant = _id(str(found)) if noun == AN_ID else ""
        return Fault(loc, f"{_shown(found)} is not {noun}", meant or hint)
    message, hint = _unquoted(loc, kind, found) or _message(detail, found)
    if hint == MESSAGES["string_too_short"][1] and _is_required(schema, loc):
        hint = "fill it in"
    if kind in ("model_type", "dict_type") and found is not None:
        hint = _as_a_group(_resolved(schema, _at(schema, schema, loc)), found)
    return Fault((*loc, *detail.get("ctx", {}).get("at", ())), message, hint)


def _unquoted(loc: Loc, kind: str, found: object) -> tuple[str, str] | None:
    """Return the message and the hint for a text that YAML took for a group of one key; None for anything else."""
    if kind != "string_type" or not isinstance(found, dict) or len(found) != 1:
        return None
    [(words, rest)] = found.items()
    if rest is None:
        return f"without quotation marks, {{{words}}} is a group of keys", f'put it in quotation marks: "{{{words}}}"'
    if isinstance(loc[-1], int):
        return "the colon makes a key of the words before it", f'put it in quotation marks: "{words}: {rest}"'
    if " " in words:
        return "a colon makes a key of the words before it", f"write | after {loc[-1]}:"
    return None


def _is_required(schema: dict[str, Any], loc: Loc) -> bool:
    """Return whether a group must have the key at a location."""
    return bool(loc) and loc[-1] in _resolved(schema, _at(schema, schema, loc[:-1])).get("required", ())


def _as_a_group(node: dict[str, Any], found: object) -> str:
    """Return the hint for a list or a text where keys belong: the keys, or an id if the author chooses them."""
    keys = [*node.get("properties", {})]
    key, _, text = str(found).partition(" ")
    if key in keys and text:
        return f"{key}: {text}, with a colon after {key}"
    if keys and re.fullmatch(r"\d+", str(found)):
        return f"{{{keys[0]}: {found}}}"
    if keys := node.get("required") or keys[:MOST_KEYS]:
        return f"write its keys below, each on a line of its own, indented by two spaces: {', '.join(f'{key}:' for key in keys)}"
    items = found if isinstance(found, (list, tuple)) else ()
    name = next((each["id"] for each in items if isinstance(each, dict) and "id" in each), "my-id")
    return f"begin each with its id and a colon instead of a hyphen: {name}:"


def follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Return whether a fault follows from another: a key is missing where it is misspelt.

    Or an id is missing where the keys of what it would name are.
    """
    if detail["type"] != "missing":
        return False
    *group, key = detail["loc"]
    beside = [each for each in details if each["type"] == "extra_forbidden" and [*each["loc"][:-1]] == group]
    names = [str(each["loc"][-1]) for each in beside]
    return bool(names) and (group[-1:] == [key] or bool(difflib.get_close_matches(str(key), names, cutoff=NEAR)))


def _id(typed: str) -> str:
    """Return the id that a name makes, or where the value in its place belongs; nothing if it has no letters."""
    if VALUE.fullmatch(typed):
        return BY_ID
    words = "-".join(re.findall(r"[a-z0-9]+", typed.lower())) if typed.isascii() else ""
    return f"{FORMS[ID][1].partition(':')[0]}: {words}" if words else ""


def _written(data: Data, loc: Loc) -> Collection[str]:
    """Return the keys that the author has written in the group at `loc`."""
    for key in loc:
        data = data[key]
    return data if isinstance(data, dict) else ()


def _unknown_key(schema: dict[str, Any], loc: Loc, written: Collection[str]) -> Fault:
    """Return the fault of a key that doesn't belong where it is; a whole sentence is no key, but has a colon."""
    key = str(loc[-1])
    if len(key.split()) >= A_SENTENCE:
        return Fault(loc, *SENTENCE_AS_KEY)
    # A key that is there already can't be the one that was meant.
    unused = [each for each in _keys(schema, loc[:-1]) if each not in written]
    near = difflib.get_close_matches(key, unused, n=1, cutoff=NEAR)
    message = f'there is no key called "{key}" here'
    hint = _meant_key(schema, loc, unused, near)
    return Fault(loc, message, hint)


def _meant_key(schema: dict[str, Any], loc: Loc, unused: Sequence[str], near: list[str]) -> str:
    """Return the hint for an unknown key: the place where it belongs, or the keys that the group may yet have."""
    key, keys = str(loc[-1]), _keys(schema, loc[:-1])
    name, colon, value = key.partition(":")
    if colon and name in keys:
        return f"{name}: {value}, with a space after the colon"
    if not near:
        for above in (loc[:end] for end in range(len(loc) - 2, -1, -1)):
            if key in _keys(schema, above):
                place = f"beside {loc[len(above)]}:" if isinstance(loc[len(above)], str) else "beside the list"
                return f"indent it less, {place}"
        for name in keys:
            if key in _keys(schema, (*loc[:-1], name)):
                return f"indent it more, under {name}:"
    if near and len(unused) > FEW_KEYS:
        return near[0]
    return joined([*near, *sorted({*unused} - {*near})], "or") or "delete it"


def _keys(schema: dict[str, Any], loc: Loc) -> dict[str, Any]:
    """Return the keys that the group at `loc` may have."""
    found: dict[str, Any] = _resolved(schema, _at(schema, schema, loc)).get("properties", {})
    return found


def _message(detail: ErrorDetails, found: object) -> tuple[str, str]:
    """Return the message and the hint for an error of pydantic's."""
    kind, context = detail["type"], detail.get("ctx", {})
    if found is None:
        return MESSAGES["string_too_short"]
    if kind == "literal_error":
        return f"{_shown(found)} is not one of the options", str(context["expected"]).replace("'", "")
    if kind == "too_short":
        return _too_short(context["actual_length"], context["min_length"])
    if found == NO_RESULT:
        return f"{_shown(found)} is not a number", UNCALCULATED
    if kind in MESSAGES:
        message, hint = MESSAGES[kind]
        return message.format(found=_shown(found), **context), hint.format(found=_shown(found), **context)
    hint = context.get("hint", "see the example in the guide")
    return detail["msg"] if not isinstance(found, str) else f"{_shown(found)} {detail['msg']}", hint


def _too_short(length: int, least: int) -> tuple[str, str]:
    if length == 0:
        return "this list is empty", f"add at least {'one' if least == 1 else least}"
    return f"this list has {length} of the {least} items that it needs", f"add {least - length} more"


def _shown(found: object) -> str:
    if isinstance(found, dict):
        return "a group of keys"
    if isinstance(found, (list, tuple)):
        return "a list"
    words = " ".join(str(found).split())
    return f'"{words if len(words) <= LONG else words[:LONG] + "…"}"'


A_SENTENCE = 4
"""The fewest words, before a colon, that nobody types as a key."""
SENTENCE_AS_KEY = (
    "a colon makes a key of the words before it",
    "if they go on from a text above, indent them as far as that text; or put quotation marks round the whole text",
)
NEAR = 0.75
"""The least similarity, from 0 to 1, between a misspelt key and the key that was meant."""
LONG = 200
FEW_KEYS = 9
"""The most keys that a hint lists although one of them is nearly the same."""
MOST_KEYS = 10
"""The most keys that a hint lists: a block has no more."""
COLOUR_HINT = "a colour such as #16243A: six digits or letters from A to F after the #"
FOUR, COLOUR = "four percentages", "a colour"
VALUE = re.compile(r"(?:[A-Z]{0,3}\$)?\d[\d.,]*(?: ?%| [mb]illion)?")
BY_ID = "name a figure by its id, not by its value"
AN_ID, AN_EMAIL, A_WEB_ADDRESS = "a valid id", "an e-mail address", "a web address"

MESSAGES = {
    "string_type": ("this must be text, not {found}", "write the text after the colon"),
    "string_too_short": ("this is empty", "fill it in, or delete the key"),
    "string_too_long": ("{found} is longer than {max_length} characters", "shorten it"),
    "decimal_parsing": ("{found} is not a number", "use digits only, such as 320000000"),
    "decimal_type": ("this must be a number, not {found}", "use digits only, such as 320000000"),
    "finite_number": ("{found} is not a number that can be printed", "use digits only, such as 46 or 320000000"),
    "float_parsing": ("{found} is not a number", "use digits only, such as 46 or 7.5"),
    "float_type": ("this must be a number, not {found}", "use digits only, such as 46 or 7.5"),
    "int_parsing": ("{found} is not a whole number", "use digits only"),
    "int_type": ("this must be a whole number, not {found}", "use digits only"),
    "greater_than": ("{found} is too small", "use more than {gt:g}"),
    "greater_than_equal": ("{found} is too small", "use at least {ge:g}"),
    "less_than": ("{found} is too large", "use less than {lt:g}"),
    "less_than_equal": ("{found} is too large", "use at most {le:g}"),
    "bool_parsing": ("{found} is neither yes nor no", "yes or no"),
    "bool_type": ("this must be yes or no, not {found}", "yes or no"),
    "too_long": ("this list has {actual_length} items, more than the {max_length} that fit", "remove some"),
    "model_type": ("this must be a group of keys, not {found}", ""),
    "dict_type": ("this must be a group of keys, not {found}", ""),
    "tuple_type": ("this must be a list, not {found}", "put each item on its own line, after a hyphen"),
}
"""The message and the hint for each type of pydantic error."""


FORMS = {
    POSTCODE_FORM: ("a postcode format", "9 for each digit and A for each letter: 9999, or AA9A 9AA"),
    WEB: (A_WEB_ADDRESS, "give the full address, with https://, as in https://www.example.org.au/report"),
    EMAIL: (AN_EMAIL, "name@example.org.au"),
    FILE_NAME: ("a file name", "lower-case words joined by hyphens, with names in braces: {place}-pack"),
    ID: (AN_ID, "use lower-case words joined by hyphens: scam-losses-2024"),
    r"^#[0-9A-F]{6}$": (COLOUR, COLOUR_HINT),
    r"^(\d{1,2}|100)( (\d{1,2}|100)){3}$": (FOUR, "85 70 40 50"),
}
"""The name of the form that each pattern checks, and the hint for a text that doesn't match it."""


def _at(schema: dict[str, Any], node: dict[str, Any], loc: Loc) -> dict[str, Any]:
    """Return the part of a JSON Schema that describes the value at `loc`."""
    node = _resolved(schema, node)
    if not loc:
        return node
    key, rest = loc[0], loc[1:]
    if isinstance(key, int):
        return _at(schema, node.get("items", {}), rest)
    named = next(iter(node.get("patternProperties", {}).values()), node.get("additionalProperties", {}))
    below = node.get("properties", {}).get(key, named)
    found = below if isinstance(below, dict) else {}
    return found if not rest and "description" in found else _at(schema, found, rest)


def _resolved(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    choices = [choice for choice in node.get("anyOf", ()) if choice.get("type") != "null"]
    if choices:
        return _resolved(schema, choices[0])
    if "$ref" in node:
        return _resolved(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    return node
