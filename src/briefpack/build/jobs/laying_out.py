"""Lay out one piece: its pages, its tags, its inks and its checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefpack import charts, images, pages, schema, store, typeset
from briefpack.build.jobs import prepare
from briefpack.build.jobs.draw import Draw
from briefpack.build.jobs.prepare import Prepare
from briefpack.build.jobs.task import Task
from briefpack.geometry import PT_PER_MM, Frame
from briefpack.layout import addresses, css
from briefpack.pages import ImageOnPage, Piece, source_map
from briefpack.plan import Drawing, Expected, Part, Read
from briefpack.pool import limits
from briefpack.problem import Owner, Problem
from briefpack.store import Store
from briefpack.typeset import Area, Spill, Typeset

# The body of a pack takes a few seconds to lay out. A piece that reaches this limit would probably never end.
SECONDS_A_PIECE = 180.0


@dataclass(frozen=True)
class LaidOut:
    """A piece after layout. Its PDF is in the store, under the piece's key or, if it was refused, its refused key."""

    pages: int
    slots: Mapping[str, tuple[int, Frame]]
    fits: Mapping[str, float]
    anchors: Mapping[str, int]
    links: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    reads: tuple[Read, ...] = ()
    problems: tuple[Problem, ...] = ()
    spills: tuple[Spill, ...] = ()
    half: bool = False
    heads: tuple[str, ...] = ()
    shown: str = ""
    areas: tuple[Area, ...] = ()

    @property
    def sound(self) -> bool:
        """Return whether the piece can be bound."""
        return not self.spills and all(problem.warning for problem in self.problems)


def _without_problems(made: Typeset) -> LaidOut:
    """Return a piece after layout, before its problems are known."""
    return LaidOut(
        made.pages, made.slots, made.fits, made.anchors, made.links, half=made.half, heads=made.heads, shown=made.shown,
        areas=made.areas,
    )  # fmt: skip


@dataclass(frozen=True)
class LayOut(Task[Piece, tuple[LaidOut, bytes], LaidOut]):
    """A task that lays out one piece into the store, tidies it and checks its pages.

    With `draw`, charts and images that may grow are made taller where the page has room. A piece that is refused isn't
    stored under its own key, so that the next build reports its problems again; its PDF is kept for a proof.
    """

    root: Path
    store: Store
    expected: Expected
    seconds: float = SECONDS_A_PIECE
    draw: Draw | None = None

    def make(self, piece: Piece) -> tuple[LaidOut, bytes]:
        """Lay out a piece, and check it."""
        from briefpack import checks  # noqa: PLC0415 -- only workers need pikepdf and PDFium

        # Running heads, and pieces that share pages, aren't known when the images are prepared.
        if problems := Prepare(self.store).now(piece.images):
            return LaidOut(0, {}, {}, {}, problems=problems), b""
        piece = replace(piece, html=source_map.numbered(piece.html))
        made = typeset.piece(piece, self.root, self.store, _taller(piece, self.draw) if self.draw else None)
        laid_out = _without_problems(made)
        if made.problems or made.spills:
            return replace(laid_out, problems=made.problems, spills=self._spills(made)), self._for_proof(piece, made)
        pdf, without_ink = self._completed(piece, made)
        if without_ink:
            return replace(laid_out, problems=tuple(_without_ink(piece, self.root, *each) for each in without_ink)), pdf
        expected = replace(self.expected, tagged=piece.tagged, part=_part(piece, made))
        problems, reads = checks.piece(pdf, expected, f"layouts/{piece.page}")
        return replace(laid_out, reads=reads, problems=problems), pdf

    def keep(self, piece: Piece, done: tuple[LaidOut, bytes]) -> LaidOut:
        """Store a piece, unless one of its files has changed meanwhile: the pages may not match their key."""
        laid_out, pdf = done
        if path := pages.changed(piece, self.root):
            message = f"the file changed while {piece.name} was laid out"
            return replace(laid_out, problems=(Problem(path, None, message, "build again", Owner.DOCUMENT),))
        if pdf:
            entry = piece.key if laid_out.sound else refused_key(piece.key)
            self.store.put(entry, schema.to_json(laid_out) + b"\n" + pdf)
        return laid_out

    def failed(self, piece: Piece, error: BaseException | None) -> LaidOut:
        """Return the failure of a piece."""
        hint = "simplify its page, and look for endless text or an endless table"
        match error:
            case None:
                message = "crashes the process that lays it out"
            case limits.Overdue():
                message = f"takes longer than {self.seconds:g} seconds"
            case MemoryError():
                message = "needs more memory than a piece is allowed"
            case _:
                cause = f"{type(error).__name__}: {error}".removesuffix(": ").replace(f"{self.root}/", "")
                message, hint = f"can't be laid out ({cause})", "undo the last change to its page or its style sheets"
        problem = Problem(f"layouts/{piece.page}", 1, f"{piece.name} {message}", hint, Owner.LAYOUT)
        return LaidOut(0, {}, {}, {}, problems=(problem,))

    def _spills(self, made: Typeset) -> tuple[Spill, ...]:
        """Return the overset text of a piece, with its boxes on the whole of a finished page, as checks give them."""
        beyond_pt = self.expected.beyond_trim_mm * PT_PER_MM
        return tuple(
            replace(spill, places=tuple((page, box.moved(beyond_pt, beyond_pt)) for page, box in spill.places))
            for spill in made.spills
        )

    def _completed(self, piece: Piece, made: Typeset) -> tuple[bytes, tuple[tuple[int, str], ...]]:
        """Return the PDF of a piece in its inks, and everything that has no ink."""
        from briefpack.bind import inks  # noqa: PLC0415 -- only workers need pikepdf and PDFium

        if not self.expected.press:
            return made.pdf, ()
        return inks.convert(made.pdf, {**prepare.inks(piece.images, self.store), **self.expected.press.inks})

    def _for_proof(self, piece: Piece, made: Typeset) -> bytes:
        """Return the PDF of a refused piece; no bytes if its faults keep it from being completed."""
        try:
            return self._completed(piece, made)[0]
        except Exception:  # noqa: BLE001 -- the piece's own faults are reported, and this one may follow from them
            return b""


def _without_ink(piece: Piece, root: Path, page: int, what: str) -> Problem:
    """Return the problem of a colour without an ink, at its line if only one of the piece's style sheets has it."""
    hint = "use var(--name) of a colour in layouts/tokens.yaml"
    places = set[tuple[str, int]]()
    for style in dict.fromkeys(piece.styles):
        path = f"{addresses.FOLDER}/{style}"
        text = addresses.place(root, path).read_text(encoding="utf-8-sig", errors="replace")
        places |= {(path, line) for line, colour in css.colours(text) if colour in what.upper()}
    if len(places) == 1:
        return Problem(*places.pop(), f"{what} has no ink", hint, Owner.LAYOUT)
    return Problem(f"layouts/{piece.page}", 1, f"{what} has no ink", hint, Owner.LAYOUT, page=page, finished=True)


def _part(piece: Piece, made: typeset.Typeset) -> Part:
    """Return the facts about a piece that its checks need."""
    ends = tuple(page for page in made.ends if piece.ends_early or page < made.pages - 1)
    return Part(
        source_map.OF_NUMBER.sub("", made.html or piece.html), piece.smallest_type_pt, not piece.tagged, tuple(made.slots.values()), ends, made.hidden,
        piece.boxed,
    )  # fmt: skip


def refused_key(piece_key: str) -> str:
    """Return the key under which the store has a piece that was refused, for proofs."""
    return store.key("refused", piece_key)


def stored(store: Store, key: str) -> LaidOut | None:
    """Return a piece that has already been laid out; None if the store has no intact copy."""
    head, _, data = (store.get(key) or b"").partition(b"\n")
    return schema.from_json(LaidOut, head) if data else None


def pdf(store: Store, key: str) -> bytes:
    """Return the PDF of a piece that has been laid out; no bytes if the store has no intact copy."""
    return (store.get(key) or b"").partition(b"\n")[2]


CLOSE_DPI = 0.5


def _taller(piece: Piece, draw: Draw) -> typeset.Grow:
    """Return a function that makes a chart or an image of a piece taller, in the store."""
    drawings, placed = dict(piece.charts), {image.key: image for image in piece.images}

    def taller(key: str, more_mm: float) -> str:
        return _chart(drawings[key], more_mm, draw) if key in drawings else _image(placed[key], more_mm, draw)

    return taller


def _chart(drawing: Drawing, more_mm: float, draw: Draw) -> str:
    """Return the key of a chart drawn taller; nothing if it can't be."""
    new = replace(drawing, height_mm=round(drawing.height_mm + more_mm, 1))
    key = charts.key(new, draw.common, draw.root)
    if draw.store.get(key) is None:
        try:
            draw.store.put(key, draw.drawn(new))
        except (charts.Undrawable, charts.Lacking):
            return ""
    return key


def _image(image: ImageOnPage, more_mm: float, draw: Draw) -> str:
    """Return the key of an image that shows more of what its crop cuts off; nothing if it would have to be enlarged."""
    wanted = replace(image.wanted, height_mm=round(image.wanted.height_mm + more_mm, 1))
    enlarged = images.dpi(image.original, wanted) < images.dpi(image.original, image.wanted) - CLOSE_DPI
    key = store.key(store.engine(), images.key(image.original, wanted))
    new = replace(image, key=key, wanted=wanted)
    return "" if enlarged or Prepare(draw.store).now([new]) else key
