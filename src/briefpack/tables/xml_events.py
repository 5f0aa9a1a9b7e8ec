"""Go through XML from a stranger: without its namespaces, and without definitions of entities."""

from collections.abc import Callable, Mapping
from xml.parsers import expat

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


class RefusedError(ValueError):
    """XML that is malformed, or that defines entities."""


def read(data: bytes, start: Start, end: End = lambda _name: None) -> None:
    """Call `start` with each element's name and attributes, and `end` with its name. Raises RefusedError."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, given: start(
        _local(name), {_local(key): text for key, text in given.items()}
    )
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise RefusedError(str(error)) from None


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_declared: object) -> None:
    message = "the XML defines a document type"
    raise RefusedError(message)
