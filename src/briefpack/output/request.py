"""Describe a build: which documents of a brief to make, how, and where to put them."""

from dataclasses import dataclass
from pathlib import Path

from briefpack.project import Project


@dataclass(frozen=True)
class Request:
    """A request to build some documents, and the folder to put them in."""

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

    @property
    def folder(self) -> Path:
        """Return the folder of the finished documents."""
        return self.out / self.brief / self.layout / self.edition
