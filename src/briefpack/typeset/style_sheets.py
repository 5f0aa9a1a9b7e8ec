"""Parse style sheets and fonts, and keep them in the process until a file that they were made from changes."""

import tempfile
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from briefpack import store
from briefpack.layout import added_fonts, addresses, fonts
from briefpack.pages import Piece
from briefpack.problem import heard_from
from briefpack.project import within
from briefpack.store import Store, own_work
from briefpack.typeset.weasyprint import fetchers
from briefpack.typeset.weasyprint.fetchers import BASE, FontFetcher, PieceFetcher

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """A cache of values by everything that they were made from; the oldest is dropped first."""

    def __init__(self, most: int) -> None:
        self.most, self.values = most, dict[Hashable, Value]()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made if it isn't kept."""
        if key not in self.values:
            if len(self.values) >= self.most:
                del self.values[next(iter(self.values))]
            self.values[key] = make()
        return self.values[key]


class Fonts(NamedTuple):
    """The fonts of a project and the sheet that lists them; `digest` is the hash of their files."""

    config: FontConfiguration
    sheet: CSS
    warnings: tuple[str, ...]
    digest: str


class Parsed(NamedTuple):
    """A parsed style sheet, and the warnings about it."""

    sheet: CSS
    warnings: tuple[str, ...]


FONTS = Kept[Fonts](4)
SHEETS = Kept[Parsed](64)
# Rules that the engine wrote: the tokens of each page size, and the settings of each sheet.
RULES = Kept[Parsed](256)


def of_fonts(root: Path, rules: str, kept: Store) -> Fonts:
    """Return the fonts of a project, with the installed ones that the rules of a page name.

    WeasyPrint writes a copy of each font, which is in the user's own store until the process ends; if it is killed,
    until another process needs fonts.
    """
    path = within(root / fonts.FOLDER, "fonts.css")
    text = path.read_text(encoding="utf-8-sig") if path else ""
    text += added_fonts.style(root, rules)
    fetcher = FontFetcher(root, text)
    digest = store.key(text, *map(store.file_key, fetcher.paths))

    def read() -> Fonts:
        config = FontConfiguration()
        copies = store.of_user() or kept
        copies.ready()
        copies.delete_leftovers()
        fetchers.copy_fonts_to(Path(tempfile.mkdtemp(dir=copies.root, prefix=own_work())), config)
        with heard_from("weasyprint") as heard:
            sheet = CSS(string=text, base_url=f"{BASE}/{fonts.SHEET}", font_config=config, url_fetcher=fetcher)
        return Fonts(config, sheet, tuple(heard), digest)

    return FONTS.get((root, digest), read)


def of_layout(style: str, piece: Piece, fetcher: PieceFetcher, known: Fonts) -> Parsed:
    """Return one of a piece's style sheets."""
    # A sheet may import any of the piece's others, and its own files have other addresses in another project.
    paths = (addresses.place(fetcher.root, path) for path in sorted(piece.files) if path.endswith(".css"))
    key = fetcher.root, style, known.digest, *map(store.file_key, paths)

    def parse() -> Parsed:
        # Some editors begin a file with a byte order mark, which would become part of the first selector.
        text = addresses.place(fetcher.root, style).read_text(encoding="utf-8-sig")
        with heard_from("weasyprint") as heard:
            sheet = CSS(string=text, base_url=f"{BASE}/layouts/{style}", font_config=known.config, url_fetcher=fetcher)
        return Parsed(sheet, tuple(heard))

    return SHEETS.get(key, parse)


def of_rules(rules: str, known: Fonts) -> Parsed:
    """Return the style sheet of rules that the engine wrote; many pieces share them."""

    def parse() -> Parsed:
        with heard_from("weasyprint") as heard:
            # WeasyPrint's default fetcher would load any address.
            nothing = URLFetcher(allowed_protocols=set())
            sheet = CSS(string=rules, font_config=known.config, url_fetcher=nothing)
        return Parsed(sheet, tuple(heard))

    return RULES.get((rules, known.digest), parse)


def forget() -> None:
    """Drop the parsed sheets: WeasyPrint reports a value that `var()` makes invalid only once for each."""
    SHEETS.values.clear()
    RULES.values.clear()
