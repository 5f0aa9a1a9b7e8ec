"""Bind a proof: the document's own pieces, the marks over its pages, and the lists at its end."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from briefpack.jobs import worker
from briefpack.jobs.outcome import Bound
from briefpack.plan import Expected, Facts
from briefpack.proofs import refused
from briefpack.store import Store, write
from briefpack.typeset import Placed


@dataclass(frozen=True)
class Job:
    """A proof that is ready to be bound from the store; `path` is the document's."""

    path: str
    facts: Facts
    pieces: tuple[str, ...]
    overlays: tuple[Placed, ...]


@dataclass(frozen=True)
class Bind:
    """A task that binds one proof, and writes it to the work folder under its hash."""

    expected: Expected
    store: Store
    work: Path

    def __call__(self, job: Job) -> Bound | None:
        """Bind a proof. Return None if its pieces can't be bound."""
        worker.prepare()
        try:
            return self._bind(job)
        except OSError:
            # A full disk is reported once, for the whole build.
            raise
        except Exception:  # noqa: BLE001 -- the document's own problems are reported, and this one may follow from them
            return None

    def crashed(self, _job: Job) -> None:
        """Return None for a proof that crashes the process binding it."""

    def _bind(self, job: Job) -> Bound | None:
        from briefpack import bind  # noqa: PLC0415 -- only workers need pikepdf

        pieces, overlays = refused.pdfs(self.store, job.pieces, job.overlays)
        if not all((*pieces, *(data for _, data in overlays))):
            return None
        # Without a profile, the file doesn't claim PDF/A.
        data = bind.document(pieces, overlays, job.facts, self.expected.press)
        bound = Bound((), hashlib.sha256(data).hexdigest(), len(data))
        write(self.work / bound.sha256, data)
        return bound
