"""Describe a build: which documents of a brief to make, how, and where to put them."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from briefpack.project import Project


@dataclass(frozen=True)
class Request:
    """A request to build some documents, and the folder to put them in.

    `today` is the day of the build, as consent to publish an image may end. It is read once for the whole command.
    `proof` asks for proofs of the sound documents too.
    """

    project: Project
    brief: str
    layout: str
    out: Path
    edition: str = "screen"
    asks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    jobs: int = 1
    scheduler: str | None = None
    wait_seconds: float = 10.0
    national: bool = True
    electorates: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    every: bool = False
    proof: bool = False
    today: datetime.date = field(default_factory=lambda: datetime.datetime.now().astimezone().date())

    @property
    def folder(self) -> Path:
        """Return the folder of the finished documents."""
        return self.out / self.brief / self.layout / self.edition
