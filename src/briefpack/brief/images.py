"""Define the keys of images, logos and signatures."""

import re
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from briefpack.schema import Code, Day, Description, Model, Plain, Words

FOLDER = "images"
"""The folder of a brief's images, inside the brief's own."""
PERCENT = re.compile(r"(\d{1,2}(?:\.\d+)?|100)%\s+(\d{1,2}(?:\.\d+)?|100)%")


def _in_the_folder(value: str) -> str:
    """Return the path; refuse one that leads out of the folder of images."""
    path = PurePosixPath(value)
    if path.is_absolute() or "\\" in value or {"..", "."} & {*path.parts}:
        hint = f"put the file in {FOLDER}/, and give its path from there: street.jpg"
        raise PydanticCustomError("image_file", f"is not a path in {FOLDER}/", {"hint": hint})
    return value


ImageFile = Annotated[Code, AfterValidator(_in_the_folder)]
"""The path of a file from the brief's `images/`."""


class Focus(Model):
    """The point of an image that any crop keeps, in per cent from its left and from its top."""

    left: float = Field(ge=0, le=100)
    top: float = Field(ge=0, le=100)


def _read_focus(value: object) -> object:
    if isinstance(value, str):
        found = PERCENT.fullmatch(value.strip())
        if not found:
            hint = "two percentages, from the left and from the top: 40% 30%"
            raise PydanticCustomError("focus", "is not a point of the image", {"hint": hint})
        return {"left": found[1], "top": found[2]}
    return value


class Image(Model):
    """A photograph or drawing, with its rights and, if it shows people, their consent."""

    file: ImageFile = Field(description=f"its file in {FOLDER}/")
    alt: Description
    """the image in words, for readers who can't see it"""
    caption: Plain | None = None
    credit: Plain
    """who made it, and under which licence"""
    people: Literal["stock", "consented", "public", "obscured", "none"]
    """who is in it: stock, consented, public, obscured, or none"""
    note: Annotated[Plain, Words("sentence")] | None = None
    """printed instead of the note that people: prints"""
    focus: Annotated[Focus, BeforeValidator(_read_focus, json_schema_input_type=str)] = Focus(left=50, top=50)
    """the point that any crop keeps: 40% 30%"""
    until: Day | None = None
    """the last day on which it may be published"""


class Logo(Model):
    """An organisation's logo, and its versions for dark grounds and for one colour."""

    file: ImageFile = Field(description=f"its file in {FOLDER}/, an SVG or a PNG")
    on_dark: ImageFile | None = None
    """the version for dark grounds"""
    one_colour: ImageFile | None = None
    """the version in one colour, for home printers"""
    least_width_mm: float | None = Field(default=None, gt=0)
    """the least width that its owner allows in print"""


class Partner(Model):
    """Another organisation that stands behind the brief."""

    name: Plain
    logo: Logo
