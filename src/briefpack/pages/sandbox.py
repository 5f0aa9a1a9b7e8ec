"""Run templates in a sandbox that limits what they can read and how much they can write, and explains wrong names."""

import difflib
import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefpack.electorates import OF_THE_SET, ElectorateSet
from briefpack.pages import unprintable
from briefpack.pages.model import PageOf
from briefpack.pages.sharing import BUILT_IN, DOCUMENT, Context, Handed, Reads, with_own
from briefpack.problem import nearest
from briefpack.schema import Model
from briefpack.text.yaml_lines import Loc

GIVEN_BY = {
    "page_of": "add lists_pages: true to the piece of this page in layout.yaml, or use another page for the piece",
    "linked_from": "add lists_pages: true to the piece of this page in layout.yaml, or use another page for the piece",
    "position": "add each: to the piece of this page in layout.yaml, or use another page for the piece",
    "first_page": "give every piece before this one pages: {exactly: …} in layout.yaml, or use another page for the piece",
    "numbers": "only the page of a running slot has it",
    "total": "only the page of a running slot has it",
}
"""What gives a page a name that only some pages have."""
COMPARE = "compare the line with the other pages in layouts/"
PASSED = "jinja_pass_arg"
"""The attribute by which Jinja2 knows a function that wants the context or the environment as its first argument."""
MOST_NAMES = 4096
"""The most names of attributes whose safety is remembered."""
MOST_TIMES = 100_000
MOST_TIMES_ITSELF = 64


class Refused(Exception):  # noqa: N818 -- it becomes a Problem
    """A page's request for something that it can't have."""

    def __init__(self, message: str, hint: str, missing: Loc = ()) -> None:
        """Keep the problem's message and hint; `missing` is the part of layout.yaml that should have it, if that is sure."""
        super().__init__(message)
        self.message, self.hint, self.missing = message, hint, missing


def not_in_layout(message: str, name: str, known: Iterable[str], addition: str, place: Loc) -> Refused:
    """Return the refusal of a name that layout.yaml lacks; one that nearly matches another is a mistake of the page."""
    names = [*known]
    near = difflib.get_close_matches(name, names, n=1, cutoff=NEAR)
    return Refused(message, nearest(name, names)) if near else Refused(message, addition, place)


NEAR = 0.7


class _Template(jinja2.Template):
    """A template whose macros and variables are made again for each import, so that no state outlives a page."""

    def _get_default_module(self, ctx: jinja2.runtime.Context | None = None) -> jinja2.environment.TemplateModule:  # noqa: ARG002 -- as Jinja2 has it
        return self.make_module()

    def new_context(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 -- as in Jinja2
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002 -- as in Jinja2
    ) -> jinja2.runtime.Context:
        """Return the names of this template, which knows those that were set by the template that includes it."""
        if isinstance(vars, Handed):
            own = vars.own
        else:
            own = frozenset[str]()
            self.environment.reads.check(vars or {})  # type: ignore[attr-defined]  # pages use our Environment
        return with_own(super().new_context(vars, shared, locals), own, locals)


class _Fixed(dict[str, Any]):
    """Names that are the same for every page."""

    def _refuse(self, *_given: object, **_named: object) -> NoReturn:
        raise TypeError("what all pages can use is fixed: a name that depends on a document needs a scope")

    __setitem__ = __delitem__ = __ior__ = update = setdefault = pop = popitem = clear = _refuse


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which templates can read the fields and properties of a model, but none of pydantic's own names.

    Nothing can be added to its globals, filters and tests later: they have no scope, and whatever depends on a document
    needs one. `reads` belongs to the page that is being written.
    """

    intercepted_binops = frozenset({"*", "**"})
    context_class = Context
    template_class = _Template

    def __init__(
        self,
        loader: jinja2.BaseLoader,
        filters: Mapping[str, Callable[..., Any]],
        compiled: jinja2.BytecodeCache | None = None,
    ) -> None:
        super().__init__(
            loader=loader, autoescape=True, undefined=_Undefined, trim_blocks=True, lstrip_blocks=True,
            bytecode_cache=compiled, finalize=_printed,
        )  # fmt: skip
        # With `random`, the same brief would make a different document each time.
        known = {name: each for name, each in self.filters.items() if name != "random"}
        for name, each in filters.items():
            if hasattr(each, PASSED):
                raise TypeError(f"the filter {name} would read the template's names without recording their scopes")
        checked = {name: _of_values(each) for name, each in (known | dict(filters)).items()}
        self.filters = _Fixed(checked)
        self.tests = _Fixed(self.tests)
        self.globals = _Fixed(BUILT_IN)
        self._safe: dict[tuple[type, str], bool] = {}
        self.reads = Reads()

    def call(self, context: jinja2.runtime.Context, called: Any, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        """Call a function; one that asks for the template's names may read any of them, so the page isn't shared."""
        if hasattr(called, PASSED):
            self.reads.scope(DOCUMENT)
        return super().call(context, called, *given, **named)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a page may read an attribute of an object, which depends on its type and the name alone."""
        known = type(obj), attr
        if known not in self._safe:
            # A page can make up names without end.
            if len(self._safe) == MOST_NAMES:
                self._safe.clear()
            self._safe[known] = self._is_safe(obj, attr, value)
        return self._safe[known]

    def _is_safe(self, obj: object, attr: str, value: object) -> bool:
        # A document may depend on no electorate but its own.
        if isinstance(obj, ElectorateSet) and attr not in OF_THE_SET:
            return False
        if isinstance(obj, Model):
            return attr in type(obj).model_fields or isinstance(getattr(type(obj), attr, None), property)
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Return a product or a power, unless it is so long that it could use up the machine's memory."""
        sizes = [len(side) if hasattr(side, "__len__") else side for side in (left, right)]
        largest = MOST_TIMES if operator == "*" else MOST_TIMES_ITSELF
        if (operator == "**" and abs(right) > largest) or (
            any(hasattr(side, "__len__") for side in (left, right)) and sizes[0] * sizes[1] > largest
        ):
            raise OverflowError("the result is longer than a page can hold")
        return super().call_binop(context, operator, left, right)


def _of_values(filtering: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that refuses what is named without being called: it would change the name in Python."""
    place = 1 if hasattr(filtering, PASSED) else 0

    @functools.wraps(filtering)
    def filtered(*given: Any, **named: Any) -> Any:  # noqa: ANN401 -- a page may filter anything
        if len(given) > place and callable(given[place]):
            _printed(given[place])
        return filtering(*given, **named)

    return filtered


def _printed(value: Any) -> Any:  # noqa: ANN401 -- a page may print anything
    """Return a value that a page prints. Raises Refused if what would print isn't meant for a reader."""
    if found := unprintable.explained(value):
        raise Refused(f"the page can't be written: {found[0]}", found[1])
    return value


def strict(noun: str, known: Mapping[str, object], call: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function for pages that explains which of its arguments is missing or doesn't exist."""

    def checked(*given: object, **named: object) -> Any:  # noqa: ANN401 -- the function can return anything
        for each in (*given, *named.values()):
            if each is None:
                raise Refused("the brief has nothing to print here", "put {% if … %} round it")
            if isinstance(each, jinja2.Undefined):
                str(each)
        try:
            return call(*given, **named)
        except KeyError as error:
            message = f'there is no {noun} called "{error.args[0]}" here'
            raise Refused(message, nearest(str(error.args[0]), known) or COMPARE) from None

    return checked


class _Undefined(jinja2.StrictUndefined):
    """A name that doesn't exist; its message has the hint on a second line."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, held = self._undefined_name, self._undefined_obj
        if self._undefined_exception is jinja2.exceptions.SecurityError:
            return f'a page can\'t read "{name}"\n{COMPARE}'
        if self._undefined_hint or held is jinja2.utils.missing:
            return self._undefined_hint or f'there is no "{name}"\n{GIVEN_BY.get(str(name), COMPARE)}'
        if held is None:
            message = f'"{name}" is read from something that this document doesn\'t have'
            return f"{message}\nput {{% if … %}} round it, or use the slot only in documents that have it"
        if isinstance(held, (tuple, list)):
            return f"the list has {len(held)} items, but none at {name}\n{COMPARE}"
        return f'there is no "{name}" in {called(held)}\n{nearest(str(name), _names(held)) or COMPARE}'


def called(held: object) -> str:
    """Return a page author's word for an object or its type, such as "brief" or "leave behind"; a page goes by its path."""
    if isinstance(held, jinja2.environment.TemplateModule):
        return f"layouts/{held.__name__}"
    if isinstance(held, PageOf):
        return "the document: no piece under pieces: in layout.yaml has this id"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", (held if isinstance(held, type) else type(held)).__name__).lower()


def _names(held: object) -> list[str]:
    """Return the names that can be read from an object."""
    if isinstance(held, Model):
        return list(type(held).model_fields)
    if isinstance(held, Mapping):
        return [str(key) for key in held]
    return [name for name in getattr(held, "__dict__", ()) if not name.startswith("_")]
