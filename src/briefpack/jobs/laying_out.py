"""Lay out one piece: its PDF, its tags, its inks and its checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefpack import limits, pages, schema, typeset
from briefpack.geometry import PT_PER_MM, Frame
from briefpack.jobs import fewer_rows, growing, imaging, tracing, worker
from briefpack.jobs.draw import Draw
from briefpack.pages import Piece
from briefpack.plan import Expected, Part, Read
from briefpack.problem import Owner, Problem
from briefpack.store import Store, key
from briefpack.typeset import Crowded, Oversized, Spill, Typeset

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
    crowded: Mapping[str, Crowded] = field(default_factory=dict)
    oversized: Oversized | None = None

    @property
    def sound(self) -> bool:
        """Return whether the piece can be bound."""
        return not self.spills and all(problem.warning for problem in self.problems)


def _without_problems(made: Typeset) -> LaidOut:
    """Return a piece after layout, before its problems are known."""
    return LaidOut(
        made.pages, made.slots, made.fits, made.anchors, made.links, crowded=made.crowded, oversized=made.oversized
    )


@dataclass(frozen=True)
class LayOut:
    """A task that lays out one piece into the store, repairs its tags and checks its pages.

    With `draw`, charts and images that may grow are made taller where the page has room.
    """

    root: Path
    store: Store
    expected: Expected
    seconds: float = SECONDS_A_PIECE
    draw: Draw | None = None

    def __call__(self, piece: Piece) -> LaidOut:
        """Lay out a piece.

        One that is refused isn't stored under its own key, so that the next build reports its problems again; its PDF
        is kept for a proof.
        """
        worker.prepare()
        try:
            with limits.within(self.seconds):
                laid_out, pdf = self._lay_out(piece)
        except limits.Overdue:
            return _failed(piece, f"takes longer than {self.seconds:g} seconds")
        except MemoryError:
            return _failed(piece, "needs more memory than a piece is allowed")
        except Exception as error:  # noqa: BLE001 -- one piece must not stop the others
            return _failed(piece, f"fails: {type(error).__name__}: {error}")
        if path := pages.changed(piece, self.root):
            # The pages may not match their key.
            message = f"the file changed while {piece.name} was laid out"
            return replace(laid_out, problems=(Problem(path, None, message, "build again", Owner.DOCUMENT),))
        if pdf:
            entry = piece.key if laid_out.sound else refused_key(piece.key)
            self.store.put(entry, schema.to_json(laid_out) + b"\n" + pdf)
        return laid_out

    def _lay_out(self, piece: Piece) -> tuple[LaidOut, bytes]:
        from briefpack import checks  # noqa: PLC0415 -- only workers need pikepdf and PDFium

        piece, made = self._fitted(piece)
        laid_out = _without_problems(made)
        if made.problems or made.spills:
            return replace(laid_out, problems=made.problems, spills=self._spills(made)), self._for_proof(piece, made)
        pdf, without_ink = self._completed(piece, made)
        if without_ink:
            return replace(laid_out, problems=tuple(_without_ink(piece, self.root, *each) for each in without_ink)), pdf
        expected = replace(self.expected, tagged=piece.tagged, part=_part(piece, made))
        problems, reads = checks.piece(pdf, expected, f"layouts/{piece.page}")
        beyond_pt = self.expected.beyond_trim_mm * PT_PER_MM
        problems, whole = tracing.traced(piece, self.root, self.store, problems, beyond_pt)
        if whole:
            laid_out = replace(_without_problems(whole), crowded=made.crowded, oversized=made.oversized)
            pdf = self._for_proof(piece, whole) or pdf
        return replace(laid_out, reads=reads, problems=problems), pdf

    def _fitted(self, piece: Piece) -> tuple[Piece, Typeset]:
        """Lay out a piece with as many rows in its lists as fit, and its charts as tall as they may be; return it so."""
        made = typeset.piece(piece, self.root, self.store, growing=self.draw is not None)
        while made.spills and (fewer := fewer_rows.of(piece)):
            piece, made = fewer, typeset.piece(fewer, self.root, self.store, growing=self.draw is not None)
        if made.growth and self.draw:
            piece = growing.taller(piece, made.growth, self.draw)
            made = typeset.piece(piece, self.root, self.store, foreseen=made.foreseen)
        return piece, made

    def _spills(self, made: Typeset) -> tuple[Spill, ...]:
        """Return the overset text of a piece, with its boxes on the whole of a finished page, as checks give them."""
        beyond_pt = self.expected.beyond_trim_mm * PT_PER_MM
        return tuple(
            replace(spill, places=tuple((page, box.moved(beyond_pt, beyond_pt)) for page, box in spill.places))
            for spill in made.spills
        )

    def _completed(self, piece: Piece, made: Typeset) -> tuple[bytes, tuple[tuple[int, str], ...]]:
        """Return the PDF of a piece with its tags repaired and in its inks, and everything that has no ink."""
        from briefpack.bind import inks  # noqa: PLC0415 -- only workers need pikepdf and PDFium
        from briefpack.typeset import tags  # noqa: PLC0415 -- only workers need pikepdf and PDFium

        pdf = tags.repair(made.pdf, made.notes, made.levels)
        if not self.expected.press:
            return pdf, ()
        return inks.convert(pdf, {**imaging.inks(piece.images, self.store), **self.expected.press.inks})

    def _for_proof(self, piece: Piece, made: Typeset) -> bytes:
        """Return the PDF of a refused piece; no bytes if its faults keep it from being completed."""
        try:
            return self._completed(piece, made)[0]
        except Exception:  # noqa: BLE001 -- the piece's own faults are reported, and this one may follow from them
            return b""


def _without_ink(piece: Piece, root: Path, page: int, what: str) -> Problem:
    hint = "use var(--name) of a colour in layouts/tokens.yaml"
    if place := tracing.of_colour(piece, root, what):
        return Problem(*place, f"{what} has no ink", hint, Owner.LAYOUT)
    message = f"page {page}: {what} has no ink"
    return Problem(f"layouts/{piece.page}", None, message, hint, Owner.LAYOUT, page=page)


def _part(piece: Piece, made: typeset.Typeset) -> Part:
    """Return the facts about a piece that its checks need."""
    slots = tuple((page, place.top_pt, place.height_pt) for page, place in made.slots.values())
    fitted = any(fit.give_mm or fit.pages.exactly for fit in piece.fits.values())
    return Part(
        piece.html, piece.smallest_type_pt, fitted, not piece.tagged, slots, made.ends, made.hidden, piece.composition,
        made.empty_mm, made.stretched_mm, piece.boxed,
    )  # fmt: skip


def crashed(piece: Piece) -> LaidOut:
    """Return the failure of a piece that crashed its worker process."""
    return _failed(piece, "crashes the process that lays it out")


def _failed(piece: Piece, message: str) -> LaidOut:
    hint = "simplify its page, and look for endless text or an endless table"
    problem = Problem(f"layouts/{piece.page}", None, f"{piece.name} {message}", hint, Owner.LAYOUT)
    return LaidOut(0, {}, {}, {}, problems=(problem,))


def refused_key(piece_key: str) -> str:
    """Return the key under which the store has a piece that was refused, for proofs."""
    return key("refused", piece_key)


def stored(store: Store, key: str) -> LaidOut | None:
    """Return a piece that has already been laid out; None if the store has no intact copy."""
    head, _, data = (store.get(key) or b"").partition(b"\n")
    return schema.from_json(LaidOut, head) if data else None


def pdf(store: Store, key: str) -> bytes:
    """Return the PDF of a piece that has been laid out; no bytes if the store has no intact copy."""
    return (store.get(key) or b"").partition(b"\n")[2]
