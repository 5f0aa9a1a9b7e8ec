"""Run templates in a sandbox that limits what they can read and how much they can write, and explains wrong names."""

import functools
import re
import types
from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any, NoReturn

import jinja2
from jinja2.bccache import Bucket
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.runtime import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefpack import store
from briefpack.electorates import OF_THE_SET, ElectorateSet
from briefpack.pages.model import PageOf
from briefpack.problem import nearest
from briefpack.schema import Model
from briefpack.store import Store
from briefpack.text.locale import Locale

GIVEN_BY = {
    "page_of": "add lists_pages: true to the piece of this page in layout.yaml, or use another page for the piece",
    "linked_from": "add lists_links: true to the piece of this page in layout.yaml, or use another page for the piece",
    "position": "add each: to the piece of this page in layout.yaml, or use another page for the piece",
    "first_page": "give every piece before this one pages: {exactly: …} in layout.yaml, or use another page for the piece",
    "numbers": "only the page of a running slot has it",
    "total": "only the page of a running slot has it",
}
"""How to give a page each name that only some pages have."""
COMPARE = "compare the line with the other pages in layouts/"
OF_PLACE = "add place: yes to the piece of this page in layout.yaml, or put it into a slot"
GIVEN_BY["open_queries"] = "only a document with internal: yes in layout.yaml has it"
GIVEN_BY |= dict.fromkeys(
    ("electorate", "local", "drawn", "strip", "strips", "map", "portrait", "meeting", "meetings"), OF_PLACE
)
BUILT_IN = {name: value for name, value in DEFAULT_NAMESPACE.items() if name != "lipsum"}
"""Jinja's own names, without `lipsum`, which returns a different text each time."""
PASSED = "jinja_pass_arg"
"""The attribute by which Jinja2 knows a function that wants the context or the environment as its first argument."""
MOST_NAMES = 4096
"""The most names of attributes whose safety is remembered."""
MOST_TIMES = 100_000
MOST_TIMES_ITSELF = 64


class Refused(Exception):  # noqa: N818 -- it becomes a Problem
    """A page's request for something that it can't have."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep the problem's message and hint."""
        super().__init__(message)
        self.message, self.hint = message, hint


class _Template(jinja2.Template):
    """A template whose macros and variables are made again for each import, so that no state outlives a page."""

    def _get_default_module(self, ctx: jinja2.runtime.Context | None = None) -> jinja2.environment.TemplateModule:  # noqa: ARG002 -- as Jinja2 has it
        return self.make_module()


class _Fixed(dict[str, Any]):
    """Names that are the same for every page."""

    def _refuse(self, *_given: object, **_named: object) -> NoReturn:
        raise TypeError("what all pages can use is fixed: a page is given what depends on its document")

    __setitem__ = __delitem__ = __ior__ = update = setdefault = pop = popitem = clear = _refuse


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which templates can read the fields and properties of a model, but none of pydantic's own names.

    Nothing can be added to its globals, filters and tests later: a page is given what depends on its document.
    """

    intercepted_binops = frozenset({"*", "**"})
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
        checked = {name: _of_values(each) for name, each in (known | dict(filters)).items()}
        self.filters = _Fixed(checked)
        self.tests = _Fixed(self.tests)
        self.globals = _Fixed(BUILT_IN)
        self._safe: dict[tuple[type, str], bool] = {}

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
    """Return a filter that refuses a function that isn't called: it would change the function's Python name."""
    place = 1 if hasattr(filtering, PASSED) else 0

    @functools.wraps(filtering)
    def filtered(*given: Any, **named: Any) -> Any:  # noqa: ANN401 -- a page may filter anything
        if len(given) > place and callable(given[place]):
            _printed(given[place])
        return filtering(*given, **named)

    return filtered


def _printed(value: Any) -> Any:  # noqa: ANN401 -- a page may print anything
    """Return a value that a page prints. Raises Refused if its text isn't meant for a reader."""
    if found := explained(value):
        raise Refused(f"the page can't be written: {found[0]}", found[1])
    return value


def explained(value: Any) -> tuple[str, str] | None:  # noqa: ANN401 -- a page may print anything
    """Return why a value can't be printed, and what to do instead; None if it can."""
    # A name that doesn't exist explains itself once it prints.
    if isinstance(value, (str, int, float, Undefined)) or hasattr(value, "__html__"):
        return None
    if value is None:
        return 'it prints "None", for the brief has nothing to print here', "put {% if … %} round it"
    if callable(value):
        return f"it names {getattr(value, 'name', 'a function')} without calling it", "add its brackets: name(…)"
    if isinstance(value, (Model, Mapping, *LISTS)) or not _has_words(value):
        return "it prints a whole record or list, as it is in Python", "name one of its fields, or loop over it"
    return None


def _has_words(value: object) -> bool:
    """Return whether the type of a value says how it is written, as dates and numbers do."""
    return any("__str__" in vars(kind) for kind in type(value).__mro__ if kind is not object)


LISTS = (list, tuple, set, frozenset, range, types.GeneratorType, map, filter)


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
            name = str(error.args[0])
            message = f'there is no {noun} called "{name}" here'
            raise Refused(message, nearest(name, known) or COMPARE) from None

    return checked


class _Undefined(jinja2.StrictUndefined):
    """A name that doesn't exist, which explains itself where a page uses it."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = jinja2.utils.missing,
        name: str | None = None,
        exc: type[Exception] = jinja2.UndefinedError,
    ) -> None:
        explained = functools.partial(_refused, hint, obj, str(name), is_unsafe=exc is jinja2.exceptions.SecurityError)
        super().__init__(hint, obj, name, explained)  # type: ignore[arg-type]  # Jinja2 only calls it, with its message


def _refused(hint: str | None, held: object, name: str, _message: str, *, is_unsafe: bool) -> Refused:
    """Return the refusal of a name that doesn't exist."""
    if is_unsafe:
        return Refused(f"the page can't be written: a page can't read \"{name}\"", COMPARE)
    if hint:
        return Refused(f"the page can't be written: {hint[:1].lower()}{hint[1:].rstrip('.')}", COMPARE)
    if held is jinja2.utils.missing:
        return Refused(f'the page can\'t be written: there is no "{name}"', GIVEN_BY.get(name, COMPARE))
    if held is None:
        message = f"the page can't be written: \"{name}\" is read from something that this document doesn't have"
        return Refused(message, "put {% if … %} round it, or use the slot only in documents that have it")
    if isinstance(held, (tuple, list)):
        message = f"the page can't be written: the list has {len(held)} items, but none at {name}"
        return Refused(message, COMPARE)
    message = f'the page can\'t be written: there is no "{name}" in {called(held)}'
    return Refused(message, nearest(name, _names(held)) or COMPARE)


def called(held: object) -> str:
    """Return a page author's word for an object, such as "leave behind"; a page goes by its path."""
    if isinstance(held, jinja2.environment.TemplateModule):
        return f"layouts/{held.__name__}"
    if isinstance(held, PageOf):
        return "the document: no piece under pieces: in layout.yaml has this id"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(held).__name__).lower()


def _names(held: object) -> list[str]:
    """Return the names that can be read from an object."""
    if isinstance(held, Model):
        return list(type(held).model_fields)
    if isinstance(held, Mapping):
        return [str(key) for key in held]
    return [name for name in getattr(held, "__dict__", ()) if not name.startswith("_")]


def compiled(locale: Locale) -> "Compiled | None":
    """Return the user's compiled templates in a language; None if the system has no safe folder for them.

    Compiling the templates of a layout takes as long as composing ten documents. They are code, and a project's store
    may be shared. So they are kept where nobody else can write: in the user's own store.
    """
    own = store.of_user()
    return Compiled(own, locale) if own else None


class Compiled(jinja2.BytecodeCache):
    """The compiled templates of this user in one language; a template that was edited since is compiled again."""

    def __init__(self, kept: Store, locale: Locale) -> None:
        self.kept, self.language = kept, store.key(locale.key)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 -- as in Jinja2
        """Return the key of a template: the same in each project, for most have the same templates.

        Jinja2 computes constant expressions as it compiles, so the words of a number are part of the code.
        """
        return store.key("template", store.engine(), self.language, name)

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the code of a template, which fails at the path that the template has in this project."""
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code is not None and filename:
            bucket.code = _at(bucket.code, filename)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read the code of a template, if it is kept."""
        if data := self.kept.get(bucket.key):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, if the disk allows."""
        try:
            self.kept.put(bucket.key, bucket.bytecode_to_string())
        except OSError:
            return


def _at(code: CodeType, filename: str) -> CodeType:
    """Return code as if it were compiled from another path."""
    constants = (_at(each, filename) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_filename=filename, co_consts=tuple(constants))
