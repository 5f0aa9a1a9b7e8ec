"""Bind a proof: the document's own pieces, the marks over its pages, and the lists at its end."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from briefpack.jobs import worker
from briefpack.jobs.outcome import Bound
from briefpack.plan import Expected, Facts
from briefpack.proofs import refused
from briefpack.proofs.content import Content
from briefpack.store import Store, write
from briefpack.typeset import Placed


@dataclass(frozen=True)
class Job:
    """A proof that is ready to be bound from the store; `path` is the document's.

    The marks are laid `over` the document's own pages, and the pages with the lists are at the `end`.
    """

    path: str
    facts: Facts
    content: Content
    over: Placed
    end: str


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

        found = refused.pdfs(self.store, job.content)
        over, end = (refused.pdf(self.store, key) for key in (job.over.key, job.end))
        if not (found and over and end):
            return None
        pieces, overlays = found
        # Without a profile, the file doesn't claim PDF/A.
        data = bind.document((*pieces, end), (*overlays, (job.over, over)), job.facts, self.expected.press)
        bound = Bound((), hashlib.sha256(data).hexdigest(), len(data))
        write(self.work / bound.sha256, data)
        return bound
