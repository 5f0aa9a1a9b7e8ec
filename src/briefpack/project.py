"""Find the project's folders, and keep every path inside them."""

import glob
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from briefpack.problem import Owner, Problem, nearest, one_problem, raise_any

LAYOUT_KEY = re.compile(r"layout:[ \t]+[\"']?([^\s\"'#]+)")
NATIONAL = "national"
"""The name that national documents have in place of an electorate's."""


@dataclass(frozen=True)
class Project:
    """A folder that contains `briefs/` and `layouts/`."""

    root: Path

    @property
    def store(self) -> Path:
        """Return the folder that keeps pieces and charts between builds."""
        return self.root / ".store"

    def shown(self, path: Path) -> str:
        """Return a path as problems show it: from the project's folder, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def names(self, folder: str, file: str) -> tuple[str, ...]:
        """Return the folders in `folder` that contain `file`, leaving out templates (`_`) and hidden folders (`.`)."""
        held = (self.root / folder).glob(f"*/{file}")
        return tuple(sorted(path.parent.name for path in held if path.parent.name[0] not in "_."))

    @property
    def briefs(self) -> tuple[str, ...]:
        """Return the names of the briefs, without the examples."""
        return self.names("briefs", "brief.yaml")

    @property
    def examples(self) -> tuple[str, ...]:
        """Return the briefs that are used only if somebody names them, such as `_starter` and `_examples/housing`."""
        folder = self.root / "briefs"
        found = {path.parent for path in folder.glob("_*/brief.yaml")}
        found |= {path.parent for path in folder.glob("_*/[!.]*/brief.yaml") if path.parents[1] not in found}
        return tuple(sorted(path.relative_to(folder).as_posix() for path in found))

    @property
    def layouts(self) -> tuple[str, ...]:
        """Return the names of the layouts."""
        return self.names("layouts", "layout.yaml")

    @property
    def chart_kinds(self) -> tuple[str, ...]:
        """Return the chart kinds that the project's chart files offer."""
        folder = self.root / "charts"
        # A link that leads out of the folder is reported as that, so its kind doesn't count as missing.
        names = [path.name for path in folder.glob("[!_]*.py")]
        found = [name for name in names if within(folder, name) or leads_out(folder, name)]
        return tuple(sorted(name.removesuffix(".py").replace("_", "-") for name in found))

    def brief(self, name: str | None) -> str:
        """Return the brief to use: the brief named, or the brief in whose folder the command runs, or the only brief.

        The name may also be a path: a brief's folder, or the file in it. Raises Problems if there is no such brief.
        """
        if name is None or name == ".":
            found, known, name = self._around(Path.cwd()), self.briefs, self._unnamed(Path.cwd())
        else:
            found = self.named_brief(name)
            plain = name.removeprefix("briefs/")
            known = tuple(each for each in self.examples if plain.startswith("_") or each.endswith(f"/{plain}"))
        return found or self._meant("briefs", name, known or self.briefs, "briefpack new NAME")

    def named_brief(self, name: str) -> str | None:
        """Return the brief with this name or path, which may be an example; None if there is none."""
        known, plain = (*self.briefs, *self.examples), name.removeprefix("briefs/").rstrip("/")
        if plain in known:
            return plain
        path = _resolved(Path.cwd(), name) if name else None
        return next((each for each in known if path in (self._folder(each), self._folder(each) / "brief.yaml")), None)

    def _around(self, path: Path) -> str | None:
        """Return the brief whose folder a path is in; None if it is in none."""
        place = Path(os.path.realpath(path))
        return next((each for each in (*self.briefs, *self.examples) if place.is_relative_to(self._folder(each))), None)

    def _unnamed(self, path: Path) -> str | None:
        """Return the folder of `briefs/` that a path is in, if its brief.yaml is misspelt, or None."""
        place, briefs = Path(os.path.realpath(path)), self._folder("")
        below = place.relative_to(briefs).parts if place.is_relative_to(briefs) else ()
        return below[0] if below and self._misspelt("briefs", below[0]) else None

    def _misspelt(self, folder: str, name: str) -> Path | None:
        """Return the file of a brief or layout that has a capital or another ending: brief.yml, brief.yaml.txt."""
        noun = folder[:-1]
        pattern = f"{glob.escape(name)}/[{noun[0]}{noun[0].upper()}]{noun[1:]}.[yYtT]*"
        return next((each for each in (self.root / folder).glob(pattern)), None)

    def _folder(self, brief: str) -> Path:
        """Return the folder of a brief. `briefs/` may be a link."""
        return Path(os.path.realpath(self.root / "briefs")) / brief

    def layout(self, name: str | None, brief: str | None = None) -> str:
        """Return the layout to use: the layout named, or the brief's layout, or the only one.

        Raises Problems if there is no such layout.
        """
        own = self._layout_of(brief) if brief and not name and self.layouts else None
        return self._meant("layouts", name or own, self.layouts, "copy layouts/ from another briefpack project")

    def _layout_of(self, brief: str) -> str | None:
        """Return the layout that a brief names. Raises Problems if it doesn't exist, or if the brief must name one.

        It looks for one line: a build that is up to date needn't read the rest of the brief.
        """
        path = f"briefs/{brief}/brief.yaml"
        file = within(self.root / "briefs", f"{brief}/brief.yaml")
        if file is None:
            raise_any(check_links(self, "briefs", brief))
        text = file.read_text(encoding="utf-8", errors="replace") if file else ""
        for number, line in enumerate(text.splitlines(), start=1):
            if found := LAYOUT_KEY.match(line):
                if found[1] in self.layouts:
                    return found[1]
                message = f'layout: there is no layout called "{found[1]}"'
                raise one_problem(path, number, message, nearest(found[1], self.layouts))
        if len(self.layouts) > 1:
            message = "the brief must name its layout, because the project has several"
            raise one_problem(path, 1, message, f"add layout: {nearest('', self.layouts)}")
        return None

    def _meant(self, folder: str, name: str | None, names: tuple[str, ...], none: str) -> str:
        """Return the name to use. Raises Problems if it is unknown, or if none is given and there isn't just one."""
        noun = folder[:-1]
        if name is None and len(names) == 1:
            return names[0]
        if name is None:
            message = f"the project has several {folder}" if names else f"the project has no {noun}"
            hint = f"name one: {nearest('', names) or f'briefpack list {folder}'}" if names else none
            raise one_problem(folder, None, message, hint, Owner.COMMAND)
        name = name.removeprefix(f"{folder}/").rstrip("/")
        if name not in names:
            hint = self._elsewhere(folder, name) or nearest(name, names) or f"create {folder}/{name}"
            raise one_problem(folder, None, f'there is no {noun} called "{name}"', hint, Owner.COMMAND)
        return name

    def _elsewhere(self, folder: str, name: str) -> str:
        """Return what to do with a brief or layout whose file has another name, or that is in a folder too many."""
        file = f"{folder[:-1]}.yaml"
        if not re.fullmatch(r"[^./\0][^/\0]*", name):
            return ""
        if misspelt := self._misspelt(folder, name):
            return f"rename {self.shown(misspelt)} to {file}"
        deeper = next((self.root / folder).glob(f"[!_.]*/{glob.escape(name)}/{file}"), None)
        return f"move {self.shown(deeper.parent)} to {folder}/{name}" if deeper else ""


def find(start: Path, shown: str = ".") -> Project:
    """Return the project that `start` is in: the nearest folder, from there up, with briefs/ and layouts/.

    Raises Problems, located at `shown`, if there is none.
    """
    for folder in (start, *start.parents):
        if (folder / "briefs").is_dir() and (folder / "layouts").is_dir():
            return Project(folder)
    message = "this isn't a project: neither this folder nor any above it has briefs/ and layouts/"
    hint = "go to the project's folder, or give it with --project"
    raise one_problem(shown, None, message, hint, Owner.COMMAND)


def within(folder: Path, path: str) -> Path | None:
    """Return the file that a path from a folder leads to; None if there is no such file in that folder.

    Every path that a page, a style sheet, a manifest or a link names is resolved here or in `leads_out`. The folder may
    itself be a link. Below it, neither `..` nor a link may lead out.
    """
    # Nearly every file is where its path says, and following links takes ten times as long as ruling them out.
    if folder.is_absolute() and "\\" not in path and (plain := unlinked(folder, path)):
        return plain
    found = _resolved(folder, path)
    try:
        return found if found and found.is_relative_to(_resolved(folder) or "") and found.is_file() else None
    except OSError:
        # The name is too long for any file.
        return None


def unlinked(folder: Path, path: str) -> Path | None:
    """Return the file at a path from a folder; None if it is missing, or if it or a folder on the way is a link.

    It looks at each part of the path alone: a manifest has a thousand documents, and to resolve each takes ten times as
    long. The folder itself may be a link.
    """
    *folders, name = path.split("/")
    if {"", ".", ".."} & {*folders, name}:
        return None
    place = str(folder)
    try:
        for part in folders:
            place = f"{place}{os.sep}{part}"
            if not stat.S_ISDIR(os.lstat(place).st_mode):
                return None
        place = f"{place}{os.sep}{name}"
        return Path(place) if stat.S_ISREG(os.lstat(place).st_mode) else None
    except (OSError, ValueError):
        return None


def leads_out(folder: Path, path: str) -> bool:
    """Return whether a path from a folder leads out of it, through `..` or a link."""
    found, base = _resolved(folder, path), _resolved(folder)
    return found is not None and (base is None or not found.is_relative_to(base))


def _resolved(folder: Path, path: str = "") -> Path | None:
    """Return a path with all links followed, or None if it contains a NUL. A circle of links resolves to itself."""
    try:
        return Path(os.path.realpath(folder / path))
    except ValueError:
        return None


def times(*folders: Path) -> tuple[tuple[str, int, int, int], ...]:
    """Return the path, the size and the times of change of each file below some folders.

    An editor may replace a file while we look at it: it is then missing for a moment.
    """
    found = list[tuple[str, int, int, int]]()
    for path in (path for folder in folders for path in walk(folder)):
        with suppress(FileNotFoundError):
            status = path.lstat()
            found.append((str(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return tuple(found)


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files and links below a folder, in order. Links aren't followed, so circular ones do no harm."""
    for place, folders, names in os.walk(os.path.realpath(folder)):
        folders.sort()
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (Path(place, name) for name in sorted([*names, *links]))


def strays(folder: Path, part: str = "") -> Iterator[str]:
    """Yield each link that leads out of a folder, as a path from it; look only at or below `part`."""
    if leads_out(folder, part):
        yield part
        return
    base = _resolved(folder) or folder
    for path in walk(folder / part):
        shown = path.relative_to(base).as_posix()
        if path.is_symlink() and leads_out(folder, shown):
            yield shown


def check_links(project: Project, folder: str, part: str = "", owner: Owner = Owner.BRIEF) -> Iterator[Problem]:
    """Yield a problem for each link that leads out of a project folder; look only at or below `part`."""
    first, _, rest = folder.partition("/")
    if leads_out(project.root / first, rest):
        yield _link_problem(folder, first, owner)
        return
    for path in strays(project.root / folder, part):
        yield _link_problem(f"{folder}/{path}", folder, owner)


def _link_problem(link: str, folder: str, owner: Owner) -> Problem:
    message, hint = f"the link leads outside {folder}/", "replace the link with a copy of its target"
    return Problem(link, None, message, hint, owner)
