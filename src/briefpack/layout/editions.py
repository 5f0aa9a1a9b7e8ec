"""Define the editions: how each is tagged, coloured, checked and printed, and the changes a layout makes to them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from briefpack import schema
from briefpack.layout.model import Editions, EditionSpec, LikeSpec, PressSpec
from briefpack.problem import Owner, Problem, Problems, nearest, one_problem
from briefpack.text.yaml_lines import Loc, Tree

Property = Literal["tagged", "printed", "process-inks"]
"""A property of an edition that a check may need."""


@dataclass(frozen=True)
class Edition:
    """An edition: the use that a document is made for, and everything that depends on it.

    `standards` are the standards that a file declares. `least_dpi` is the lowest resolution that an image may have,
    `image_dpi` the highest that it keeps. `print_settings` presets a viewer's print dialog. The last four are the
    printing condition of an edition in process inks.
    """

    name: str
    tagged: bool
    printed: bool
    colours: Literal["rgb", "grey", "cmyk"]
    standards: tuple[str, ...]
    smallest_type_pt: float
    least_dpi: float
    image_dpi: float
    print_settings: bool = False
    refuses_undecided: bool = False
    refuses_open_queries: bool = False
    styles: tuple[str, ...] = ()
    profile: str | None = None
    bleed_mm: float = 0.0
    ink_limit_percent: int = 0
    condition: str = ""
    text: tuple[str, ...] = ()

    @property
    def process_inks(self) -> bool:
        """Return whether it prints in cyan, magenta, yellow and black."""
        return self.colours == "cmyk"

    @property
    def properties(self) -> frozenset[Property]:
        """Return the properties that decide which checks apply to it."""
        held: dict[Property, bool] = {
            "tagged": self.tagged, "printed": self.printed, "process-inks": self.process_inks,
        }  # fmt: skip
        return frozenset(name for name, has in held.items() if has)


SCREEN = Edition("screen", tagged=True, printed=False, colours="rgb", standards=("PDF/UA-1", "PDF/A-3a"),
                 smallest_type_pt=6.0, least_dpi=150.0, image_dpi=170.0)  # fmt: skip
HOME = replace(SCREEN, name="home", printed=True, colours="grey", smallest_type_pt=7.0, image_dpi=200.0,
               print_settings=True)  # fmt: skip
PRESS = Edition("press", tagged=False, printed=True, colours="cmyk", standards=("PDF/X-4",),
                smallest_type_pt=6.0, least_dpi=150.0, image_dpi=300.0, refuses_undecided=True, refuses_open_queries=True)  # fmt: skip
BUILT_IN = {each.name: each for each in (SCREEN, HOME, PRESS)}


def of(specs: Editions) -> dict[str, Edition]:
    """Return the editions of a layout by name, leaving out editions whose `like:` leads to none."""
    found = {name: _changed(BUILT_IN[name], name, spec) for name, spec in specs if name in BUILT_IN and spec}
    waiting = dict(specs.__pydantic_extra__)
    while ready := [name for name, spec in waiting.items() if spec.like in found]:
        found |= {name: _changed(found[waiting[name].like], name, waiting.pop(name)) for name in ready}
    return found


def _changed(edition: Edition, name: str, spec: EditionSpec) -> Edition:
    """Return an edition with a layout's changes; the layout's style sheets come after the edition's own."""
    given = spec.model_fields_set - {"like", "styles"}
    return replace(
        edition, name=name, styles=(*edition.styles, *spec.styles), **{key: getattr(spec, key) for key in given}
    )


def named(specs: Editions, tree: Tree, name: str) -> Edition:
    """Return the edition of that name. Raises Problems if the layout doesn't have it."""
    known = of(specs)
    if name in known:
        return known[name]
    if name in BUILT_IN:
        hint = f"add {name}: under editions:, with {', '.join(PRINTING)} and profile"
        raise Problems([tree.problem(("editions",), f"the layout has no {name} edition", hint)])
    message = f'the layout has no edition called "{name}"'
    raise one_problem("--edition", None, message, nearest(name, known), Owner.COMMAND)


def check(specs: Editions, tree: Tree) -> Iterator[Problem]:
    """Check that each edition has a valid name and a valid `like:`, and changes only keys that it can have."""
    known = of(specs)
    for name, spec in specs:
        loc: Loc = ("editions", name)
        if isinstance(spec, LikeSpec) and name not in known:
            yield tree.problem((*loc, "like"), f'there is no edition called "{spec.like}"', nearest(spec.like, known))
        elif spec:
            base = known[spec.like] if isinstance(spec, LikeSpec) else BUILT_IN[name]
            yield from _check_keys(base, spec, tree, loc)
        for fault in schema.read(schema.Named, {"id": name})[1]:
            yield tree.problem(loc, fault.message, fault.hint)


def _check_keys(edition: Edition, spec: EditionSpec, tree: Tree, loc: Loc) -> Iterator[Problem]:
    if edition.process_inks:
        foreign, message = {"colours"}, "an edition in process inks can't print in RGB or grey"
    else:
        foreign, message = {*PRINTING}, "only an edition in process inks, such as press, has this key"
    for key in sorted(spec.model_fields_set & foreign):
        yield tree.problem((*loc, key), message, f"delete {key}:")


PRINTING = tuple(key for key in PressSpec.model_fields if key not in EditionSpec.model_fields)
"""The keys that only editions in process inks have."""
