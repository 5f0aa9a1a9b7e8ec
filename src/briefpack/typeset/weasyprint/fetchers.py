"""Load the files of a piece for WeasyPrint, and nothing else."""

import shutil
from collections.abc import Iterator
from functools import cached_property
from multiprocessing.util import Finalize
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from briefpack.layout import addresses, fonts
from briefpack.layout.addresses import MADE
from briefpack.pages import Piece
from briefpack.project import within
from briefpack.store import Store

BASE = "https://project.invalid"
"""The address that stands for the project's folder."""


class FontFetcher:
    """A fetcher that loads only the font files listed in fonts.css, whatever else the file refers to."""

    # As below.
    _fail_on_errors = False

    def __init__(self, root: Path, text: str) -> None:
        self.folder, self.files = root / fonts.FOLDER, {face.path for _, face in fonts.parse(text).faces}

    @property
    def paths(self) -> Iterator[Path]:
        """Yield the path of each font file that exists."""
        return filter(None, (within(self.folder, name) for name in sorted(self.files)))

    def __call__(self, url: str) -> URLFetcherResponse:
        """Return a font file. Raises ValueError for any other address."""
        name = unquote(url.removeprefix(f"{BASE}/{fonts.FOLDER}/"))
        path = within(self.folder, name) if name in self.files else None
        if path is None:
            raise ValueError("only the font files of an @font-face rule may be loaded")
        return URLFetcherResponse(url, path.read_bytes(), {})


class PieceFetcher:
    """A fetcher that loads only the piece's own files, and nothing from the network."""

    # WeasyPrint reads this attribute, which isn't documented: it reports a file that can't be loaded, and goes on.
    _fail_on_errors = False

    def __init__(self, piece: Piece, root: Path, store: Store) -> None:
        self.root, self.store = root, store
        self.paths = {*piece.files}

    def add(self, path: str) -> str:
        """Let a piece load another file made for it, and return its address."""
        self.paths.add(path)
        return f"{BASE}{path}"

    def __call__(self, url: str) -> URLFetcherResponse:
        """Return a file of the piece. Raises ValueError for any other address."""
        if url.startswith("data:"):
            return self._embedded(url)
        path = urlsplit(url).path
        if not url.startswith(f"{BASE}/") or path not in self.paths:
            raise ValueError("a page may load only files of its layout")
        kind = "image/svg+xml" if path.endswith(".svg") else None
        return URLFetcherResponse(url, self._data(path), {"Content-Type": kind} if kind else {})

    def _data(self, path: str) -> bytes:
        if path.startswith(MADE):
            return self.store.get(path.removeprefix(MADE).partition(".")[0]) or b""
        return addresses.place(self.root, path).read_bytes()

    @cached_property
    def _embedded(self) -> URLFetcher:
        """A fetcher for data: addresses."""
        return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


def copy_fonts_to(folder: Path, config: FontConfiguration) -> None:
    """Have WeasyPrint write its copies of fonts to a folder, and delete it when the process ends.

    WeasyPrint would use the system's folder for temporary files, and delete it along with `config`; but a worker
    process ends without freeing the objects that its modules keep.
    """
    config._folder = folder  # noqa: SLF001 -- WeasyPrint has no option for it
    Finalize(None, shutil.rmtree, (folder, True), exitpriority=0)
