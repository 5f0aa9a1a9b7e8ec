"""Find the files that pages and style sheets load, and refuse any outside `layouts/`."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from pathlib import Path

import jinja2
from jinja2.loaders import split_template_path

from briefpack.layout import css, drawings
from briefpack.problem import Owner, Problem, Problems, raise_any
from briefpack.project import leads_out, walk, within

LOADING = re.compile(r"<([a-z]+)\b[^>]*?\b(?:src|data|poster|href|style)\s*=[^>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"""\s(src|data|poster|(?:xlink:)?href|style)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE
)
ATTACHING = re.compile(r"""<(?:a|link)\b[^>]*?\s(rel\s*=\s*["']?(?:[^"'>]*\s)?attachment)\b""", re.IGNORECASE)
STYLE = re.compile(r"<style\b[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)
LOADED_BY_HREF = {"link", "image", "use", "feimage"}
MADE = "/made/"
FOLDER = "layouts"
LONG_ADDRESS = 120


class PageLoader(jinja2.BaseLoader):
    """A template loader that reads only from `layouts/`, wherever the links in it lead."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER

    def get_source(self, _environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, the path for its errors, and a function that checks if the file is unchanged."""
        name = "/".join(split_template_path(template))
        path = within(self.folder, name)
        if path is None:
            raise jinja2.TemplateNotFound(template)
        changed_ns = path.stat().st_mtime_ns
        return path.read_text(encoding="utf-8-sig"), str(self.folder / name), lambda: _changed_ns(path) == changed_ns


def _changed_ns(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def of_page(root: Path, page: str, html: str) -> tuple[str, ...]:
    """Return the files that the HTML of a page loads, as paths from the project's folder.

    Raises Problems for every address that leads outside layouts/ or to no file, and for every attached file.
    """
    found: list[str] = []
    problems: list[Problem] = []
    for address in _addresses(html):
        try:
            found.append(_file(root, FOLDER, address, page=page))
        except Problems as error:
            problems += error.problems
    raise_any((*problems, *_attached(root, page, html)))
    return tuple(found)


def _attached(root: Path, page: str, html: str) -> Iterator[Problem]:
    """Yield a problem for each attached file: PDF/A and PDF/X-4 restrict these (ISO 19005-3 6.8, ISO 15930-7 6.8)."""
    for found in ATTACHING.finditer(html):
        yield _problem(root, found[1], "a page can't attach a file", "link to an address on the web", "", page)


@lru_cache(maxsize=64)
def _addresses(html: str) -> tuple[str, ...]:
    """Return every address that a page's HTML loads a file from, each once."""
    return tuple(dict.fromkeys(_loaded(html)))


def _loaded(html: str) -> Iterator[str]:
    """Yield every address that an attribute, a style or an SVG in a page loads a file from."""
    for tag in LOADING.finditer(html):
        for name, *values in ATTRIBUTE.findall(tag[0]):
            value = unescape("".join(values))
            if name.lower() == "style":
                yield from css.addresses(value)
            elif not name.lower().endswith("href") or tag[1].lower() in LOADED_BY_HREF:
                yield value.strip()
    for style in STYLE.findall(html):
        yield from css.addresses(style)


def of_styles(root: Path, styles: tuple[str, ...]) -> frozenset[str]:
    """Return the style sheets, the sheets that they import, and every file that any of these loads.

    Raises Problems for an address that leads outside layouts/ or to no file.
    """
    return frozenset(path for style in styles for path in _of_sheet(root, f"{FOLDER}/{style}", ()))


def _of_sheet(root: Path, sheet: str, importing: tuple[str, ...]) -> Iterator[str]:
    """Yield a style sheet and the files it loads; `importing` are the sheets that led to it."""
    yield f"/{sheet}"
    text = place(root, sheet).read_text(encoding="utf-8", errors="replace")
    for address in css.addresses(text):
        file = _file(root, posixpath.dirname(sheet), address, sheet)
        if not file.endswith(".css"):
            yield file
        elif file in (f"/{sheet}", *importing):
            message = f'"{address}" imports this style sheet again'
            raise Problems([_problem(root, address, message, "delete the @import", sheet)])
        else:
            yield from _of_sheet(root, file[1:], (*importing, f"/{sheet}"))


def _file(root: Path, folder: str, address: str, sheet: str = "", page: str = "") -> str:
    """Return the path of an address that a page or a style sheet loads. Raises Problems if the file can't be used."""
    if address.startswith(("data:", "#")):
        return MADE
    if address.startswith(MADE):
        return address
    # Resolve `..` in the text alone, even where a folder is a link: WeasyPrint asks for this path.
    path = posixpath.normpath(posixpath.join(folder, address.partition("#")[0]))
    first, _, below = path.partition("/")
    if ":" in address or first != FOLDER or leads_out(root / FOLDER, below):
        reason, hint = "leads outside layouts/", "copy the file into the layout's folder"
        raise Problems([_problem(root, address, f'"{_short(address)}" {reason}', hint, sheet, page)])
    if within(root / FOLDER, below) is None:
        hint = (
            "use a path from the style sheet's folder" if sheet else "use a path from layouts/, such as shared/mark.svg"
        )
        raise Problems([_problem(root, address, f'there is no file "{_short(address)}"', hint, sheet, page)])
    if path.lower().endswith(".svg") and drawings.elements(place(root, path)) > drawings.MOST_ELEMENTS:
        message = (
            f'the drawing "{_short(address)}" has more than {drawings.MOST_ELEMENTS:,} parts once <use> repeats them'
        )
        raise Problems([_problem(root, address, message, "repeat fewer parts, or export it as a PNG", sheet, page)])
    return f"/{path}"


def place(root: Path, path: str) -> Path:
    """Return the location of a file in layouts/, given its path from the project, or raise FileNotFoundError."""
    found = within(root / FOLDER, path.lstrip("/").removeprefix(f"{FOLDER}/"))
    if found is None:
        raise FileNotFoundError(path)
    return found


def _short(address: str) -> str:
    return address if len(address) <= LONG_ADDRESS else f"{address[:LONG_ADDRESS]}…"


def _problem(root: Path, address: str, message: str, hint: str, sheet: str, page: str = "") -> Problem:
    """Return a problem at the line that contains the address, in the style sheet or in a template of the page."""
    texts = {sheet: place(root, sheet).read_text(encoding="utf-8", errors="replace")} if sheet else taken_in(root, page)
    # No line contains the address if the page puts it together from parts.
    found = find(texts, address) or (sheet or f"{FOLDER}/{page}", 1)
    return Problem(*found, message, hint, Owner.LAYOUT)


def find(texts: Mapping[str, str], words: str) -> tuple[str, int] | None:
    """Return the path and line where some words first occur in the texts; None if they don't."""
    for shown, text in texts.items() if words else ():
        for number, line in enumerate(text.splitlines(), start=1):
            if words in line:
                return shown, number
    return None


def taken_in(root: Path, *names: str) -> dict[str, str]:
    """Return the text of some pages and of every page that they extend, include or import, by path from the project."""
    return taken_among(pages(root), *names)


def taken_among(every: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return some pages and every page that they take in, from the texts that `pages` has read."""
    found = dict[str, str]()
    waiting = [f"{FOLDER}/{name}" for name in names]
    while waiting:
        shown = waiting.pop(0)
        if shown in every and shown not in found:
            found[shown] = every[shown]
            waiting += [f"{FOLDER}/{name}" for name in TAKES_IN.findall(every[shown])]
    return found


TAKES_IN = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"']+)""")


def pages(root: Path) -> dict[str, str]:
    """Return the text of every page in every layout, by path from the project: any page may include any other."""
    base = (root / FOLDER).resolve()
    paths = (path for path in walk(root / FOLDER) if path.suffix == ".html")
    names = ((path, path.relative_to(base).as_posix()) for path in paths)
    return {
        f"{FOLDER}/{name}": path.read_text(encoding="utf-8", errors="replace")
        for path, name in names
        if within(root / FOLDER, name)
    }
