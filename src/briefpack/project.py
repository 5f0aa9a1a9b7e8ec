"""Finds the project's folders, and keeps every path inside them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from briefpack.problem import Owner, Problem, Problems, nearest

Edition = Literal["screen", "home", "press"]
"""What a document is made for: reading on a screen, a volunteer's printer, or a print shop."""

EDITIONS: tuple[Edition, ...] = get_args(Edition)
NATIONAL = "national"
"""What the edition of no electorate is called."""


@dataclass(frozen=True)
class Project:
    """A folder that holds `briefs/` and `layouts/`."""

    root: Path

    @property
    def store(self) -> Path:
        """Where pieces and charts are kept between builds."""
        return self.root / ".store"

    def shown(self, path: Path) -> str:
        """A path as problems name it: from the project's folder, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def names(self, folder: str, file: str) -> tuple[str, ...]:
        """The folders of `folder` that hold `file`; those that begin with _ are templates, not content."""
        held = (self.root / folder).glob(f"*/{file}")
        return tuple(sorted(path.parent.name for path in held if path.parent.name[0] not in "_."))

    @property
    def briefs(self) -> tuple[str, ...]:
        """The names of the briefs."""
        return self.names("briefs", "brief.yaml")

    @property
    def layouts(self) -> tuple[str, ...]:
        """The names of the layouts."""
        return self.names("layouts", "layout.yaml")

    def brief(self, name: str | None) -> str:
        """The brief that is meant: the one named, or the only one."""
        return self._meant("briefs", name, self.briefs, "briefpack new NAME")

    def layout(self, name: str | None) -> str:
        """The layout that is meant: the one named, or the only one."""
        return self._meant("layouts", name, self.layouts, "copy layouts/ from where briefpack came from")

    def _meant(self, folder: str, name: str | None, names: tuple[str, ...], none: str) -> str:
        """One of the names; Problems if it is none of them, or none is given where there is not one alone."""
        noun = folder[:-1]
        if name is None and len(names) == 1:
            return names[0]
        if name is None:
            said = f"there is more than one {noun}" if names else f"there is no {noun}"
            hint = f"name one: {nearest('', names) or f'briefpack list {folder}'}" if names else none
            raise Problems([Problem(folder, None, said, hint, Owner.COMMAND)])
        name = name.removeprefix(f"{folder}/").rstrip("/")
        if name not in names:
            hint = nearest(name, names) or f"make {folder}/{name}"
            raise Problems([Problem(folder, None, f'there is no {noun} called "{name}"', hint, Owner.COMMAND)])
        return name


def find(start: Path) -> Project:
    """The project that `start` is in: the nearest folder, from there up, that holds briefs/ and layouts/."""
    for folder in (start, *start.parents):
        if (folder / "briefs").is_dir() and (folder / "layouts").is_dir():
            return Project(folder)
    said = "neither this folder nor one above it holds briefs/ and layouts/"
    hint = "change into the project's folder, or name it with --project"
    raise Problems([Problem(start.as_posix(), None, said, hint, Owner.COMMAND)])


def locate(folder: Path, path: str) -> Path | None:
    """Where a path from a folder leads; None if no file can have it (too long, or with a null character)."""
    try:
        found = (folder / path).resolve()
        found.is_file()
    except (OSError, ValueError):
        return None
    return found
