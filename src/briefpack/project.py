"""Finds the project's folders, and keeps every path inside them."""

import os
from collections.abc import Iterator
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


def find(start: Path, shown: str = ".") -> Project:
    """Return the project that `start` is in: the nearest folder, from there up, that holds briefs/ and layouts/.

    Raises Problems, which name the folder as `shown`, if there is none.
    """
    for folder in (start, *start.parents):
        if (folder / "briefs").is_dir() and (folder / "layouts").is_dir():
            return Project(folder)
    said = "neither this folder nor one above it holds briefs/ and layouts/"
    hint = "change into the project's folder, or name it with --project"
    raise Problems([Problem(shown, None, said, hint, Owner.COMMAND)])


def within(folder: Path, path: str) -> Path | None:
    """Return the file that a path from a folder leads to; None if there is no such file in that folder.

    Every path that a page, a style sheet, a manifest or a link names is resolved here or in `leads_out`. The folder may
    be a link itself. Below it, neither `..` nor a link leads out of it.
    """
    found = _resolved(folder, path)
    try:
        return found if found and found.is_relative_to(_resolved(folder) or "") and found.is_file() else None
    except OSError:
        # No file can have a name as long as that.
        return None


def leads_out(folder: Path, path: str) -> bool:
    """Return whether a path from a folder leads out of it, through `..` or a link."""
    found, base = _resolved(folder, path), _resolved(folder)
    return found is not None and (base is None or not found.is_relative_to(base))


def _resolved(folder: Path, path: str = "") -> Path | None:
    """Return where a path leads once all links are followed; None if it holds a NUL. A circle of links leads to itself."""
    try:
        return Path(os.path.realpath(folder / path))
    except ValueError:
        return None


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files and links below a folder, in order. Links are not followed, so there is no circle to walk in."""
    for place, folders, names in os.walk(os.path.realpath(folder)):
        folders.sort()
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (Path(place, name) for name in sorted([*names, *links]))


def strays(folder: Path, part: str = "") -> Iterator[str]:
    """Yield the path, from a folder, of each link at or below a part of it that leads out of the folder."""
    if leads_out(folder, part):
        yield part
        return
    base = _resolved(folder) or folder
    for path in walk(folder / part):
        shown = path.relative_to(base).as_posix()
        if path.is_symlink() and leads_out(folder, shown):
            yield shown


def check_links(project: Project, folder: str, part: str = "", owner: Owner = Owner.BRIEF) -> Iterator[Problem]:
    """Find the links that lead out of one of the project's folders, at or below a part of it."""
    first, _, rest = folder.partition("/")
    if leads_out(project.root / first, rest):
        yield _link_problem(folder, first, owner)
        return
    for path in strays(project.root / folder, part):
        yield _link_problem(f"{folder}/{path}", folder, owner)


def _link_problem(link: str, folder: str, owner: Owner) -> Problem:
    said, hint = f"the link leads outside {folder}/", "copy the file, or the folder, there instead of the link"
    return Problem(link, None, said, hint, owner)
