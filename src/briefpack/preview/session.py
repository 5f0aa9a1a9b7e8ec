"""Keep one document up to date while its files are edited."""

import threading
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from briefpack import build, output, pool
from briefpack.build import Begun, View, origins
from briefpack.build.origins import Found
from briefpack.layout import editions
from briefpack.output import Inputs, Request
from briefpack.plan import Plan
from briefpack.pool import Kept, Progress
from briefpack.preview.pictures import Pages, Picture
from briefpack.problem import Owner, Problem, Problems, distinct

LOOK_SECONDS = 0.05
"""How long a session waits between two looks at the files; a look takes two thousandths of a second."""
LOOKS = 6
"""How often it looks at the files before it makes the other documents."""
TILE_PX = 240
"""The width of a page on a contact sheet."""
AT_ONCE = 10
"""How many documents of a contact sheet are made between two looks at it."""


class Choice(NamedTuple):
    """The document in view: its layout, its edition, its electorate and its path; each may be empty.

    Without an electorate it is a national one, and without a path the first. With a `sheet`, this page of it is shown
    for every electorate.
    """

    layout: str
    edition: str
    electorate: str = ""
    document: str = ""
    sheet: int = 0


class Named(NamedTuple):
    """Something that a reader may choose: what the program calls it, and its name."""

    key: str
    name: str


class Tile(NamedTuple):
    """A page of one electorate on a contact sheet; it has no picture if its document couldn't be made."""

    electorate: str
    picture: Picture | None


@dataclass(frozen=True)
class Shown:
    """What the browser shows: the document in view, everything that may be chosen, and the problems.

    `number` grows with each change. `pages` and `view` are the last that could be made: they are `old` if the files
    have a problem since. Others are still being made while it is `busy`. `target` is the place to
    begin at, until something else is shown.
    """

    number: int
    choice: Choice
    layouts: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    electorates: tuple[Named, ...] = ()
    documents: tuple[Named, ...] = ()
    pages: Pages | None = None
    view: View | None = field(default=None, repr=False)
    problems: tuple[Problem, ...] = ()
    busy: bool = True
    old: bool = False
    sheet: tuple[Tile, ...] = ()
    target: Found | None = None


class StaleError(Exception):
    """A file or the choice has changed, so what is being made isn't wanted any more."""


class Session:
    """A thread that makes the document in view whenever a file or the choice changes, and then all others.

    The finished files are those of `briefpack build`, which then has nothing left to do.
    """

    def __init__(self, request: Request, line: tuple[str, int] | None = None) -> None:
        """Begin with the first document that a request asks for, or with the one that prints a line of a file."""
        self._request = request
        electorate = next(iter(request.electorates), "")
        self._choice = Choice(request.layout, request.edition, electorate)
        self._line = line
        self._shown = Shown(0, self._choice, request.project.layouts)
        self._changed = threading.Condition()
        self._closed = False
        self._error: BaseException | None = None
        self._begun: Begun | None = None
        self._thread = threading.Thread(target=self._run, name="session", daemon=True)

    def start(self) -> None:
        """Begin to make documents."""
        self._thread.start()

    def close(self) -> None:
        """Stop as soon as the work in progress allows; raise what has gone wrong in the thread, if anything has."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()
        if self._error:
            raise self._error

    @property
    def shown(self) -> Shown:
        """Return what the browser shows."""
        return self._shown

    @property
    def ended(self) -> bool:
        """Return whether the session has stopped."""
        return self._closed

    @property
    def request(self) -> Request:
        """Return the request that the session began with."""
        return self._request

    def after(self, number: int, seconds: float) -> Shown | None:
        """Wait for something newer than this number, for so many seconds; None if there is nothing newer."""
        with self._changed:
            self._changed.wait_for(lambda: self._shown.number > number or self._closed, seconds)
            return self._shown if self._shown.number > number else None

    def choose(self, choice: Choice) -> None:
        """Show another document."""
        with self._changed:
            self._choice = choice
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            with pool.kept() as stay:
                while not self._closed:
                    self._step(stay)
        except BaseException as error:  # noqa: BLE001 -- the main thread raises it
            self._error = error
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _step(self, stay: Kept) -> None:
        """Make what is in view, then all documents of the request, and wait until a file or the choice changes."""
        choice = self._choice
        inputs = Inputs.read(self._chosen(choice))
        try:
            self._make(inputs, choice, stay)
        except StaleError:
            return
        except Problems as error:
            self._show(choice=choice, problems=error.problems, busy=False, old=True)
        except OSError as error:
            problem = Problem("preview", None, str(error), "free some space, or check the permissions", Owner.DOCUMENT)
            self._show(choice=choice, problems=(problem,), busy=False, old=True)
        key = inputs.key
        with self._changed:
            while not self._is_stale(inputs, choice) or (choice == self._choice and self._same(inputs, key)):
                self._changed.wait(LOOK_SECONDS)
                if self._closed:
                    return

    def _same(self, inputs: Inputs, key: str) -> bool:
        """Return whether files that have been written to are the same as before."""
        return Inputs.read(inputs.request).key == key

    def _is_stale(self, inputs: Inputs, choice: Choice) -> bool:
        return self._closed or choice != self._choice or not inputs.unchanged

    def _chosen(self, choice: Choice) -> Request:
        """Return the request for all documents of a choice's place."""
        named = (choice.electorate,) if choice.electorate and not choice.sheet else ()
        return replace(
            self._request, layout=choice.layout, edition=choice.edition, national=not named, electorates=named,
            every=choice.sheet > 0,
        )  # fmt: skip

    def _make(self, inputs: Inputs, choice: Choice, stay: Kept) -> None:
        """Make the document in view, and then all of its place. Raises Problems, or StaleError after a change."""

        def progress(_stage: str, _done: int, _total: int) -> None:
            if self._is_stale(inputs, choice):
                raise StaleError

        self._show(choice=choice, busy=True)
        begun = self._begun = self._begin(inputs)
        path = _path(begun.planned, choice.document)
        if choice.sheet:
            self._make_sheet(begun, choice._replace(document=path), progress, stay)
            return
        target = None
        if self._line:
            path, target = self._to_line(begun, self._line, path, progress, stay)
            self._line = None
        last = self._shown.view
        [view] = build.view(begun, [path], progress, stay, [last.outcome] if last else [])
        self._show_view(view, begun, choice._replace(document=path), target)
        self._pause(inputs, choice)
        report = output.find(inputs) or build.finish(begun, progress, stay)
        self._show(problems=distinct((*report.problems, *report.noticed)), busy=False)

    def _to_line(
        self, begun: Begun, line: tuple[str, int], path: str, progress: Progress, stay: Kept
    ) -> tuple[str, Found | None]:
        """Return the document that prints the line to begin with, and where; the one at `path` if none does."""
        paths = [each.path for each in begun.planned.documents]
        views = build.view(begun, paths, progress, stay)
        found = {name: origins.line(view, *line) for name, view in zip(paths, views, strict=True) if view.data}
        places = {name: place for name, place in found.items() if place}
        if not places:
            return path, None
        # The text that the line belongs to begins closest before it.
        nearest = max(places, key=lambda name: places[name].line)
        return nearest, places[nearest]

    def _make_sheet(self, begun: Begun, choice: Choice, progress: Progress, stay: Kept) -> None:
        """Show a page of every electorate, a few at a time; one that is there stays until the new one is made."""
        documents = [each for each in begun.planned.documents if each.electorate and _alike(each.path, choice.document)]
        tiles = {each.electorate: each for each in self._shown.sheet}
        problems = list[Problem]()
        for first in range(0, len(documents), AT_ONCE):
            some = documents[first : first + AT_ONCE]
            views = build.view(begun, [each.path for each in some], progress, stay)
            for view in views:
                tile = _tile(view, choice.sheet)
                tiles[tile.electorate] = tile
                problems += view.problems
            self._show(sheet=tuple(tiles.values()), problems=distinct(problems))
        self._show(busy=False, old=False)

    def _pause(self, inputs: Inputs, choice: Choice) -> None:
        """Leave the processor to the browser's pictures for a moment. Raises StaleError after a change."""
        with self._changed:
            for _ in range(LOOKS):
                self._changed.wait(LOOK_SECONDS)
                if self._is_stale(inputs, choice):
                    raise StaleError

    def _begin(self, inputs: Inputs) -> Begun:
        """Plan the documents, unless the last plan is still right: that of a long brief takes a quarter of a second."""
        if self._begun and self._begun.inputs.key == inputs.key:
            return replace(self._begun, inputs=inputs)
        [begun] = build.begin([inputs])
        return begun

    def _show_view(self, view: View, begun: Begun, choice: Choice, target: Found | None = None) -> None:
        """Show a document; one without pages leaves the last ones where they are.

        The warnings stay until all documents are made, since those of the brief take as long to find as the page.
        """
        planned, request = begun.planned, begun.inputs.request
        group = planned.brief.group
        warnings = [each for each in self._shown.problems if each.warning]
        problems = distinct((*view.problems, *warnings))
        made = {"pages": Pages(view.data), "view": view} if view.data else {}
        self._show(
            choice=choice, layouts=request.project.layouts, editions=tuple(editions.of(planned.layout.layout.editions)),
            electorates=tuple(Named(each.slug, each.name) for each in group.electorates) if group else (),
            documents=tuple(Named(each.path, each.name) for each in planned.documents),
            problems=problems, old=not view.data, sheet=(), target=target, **made,
        )  # fmt: skip

    def _show(self, **changed: object) -> None:
        with self._changed:
            self._shown = replace(self._shown, number=self._shown.number + 1, **changed)  # type: ignore[arg-type]
            self._changed.notify_all()


def _path(planned: Plan, wanted: str) -> str:
    """Return the path of the document in view: the one wanted or, if there is none, the first of its kind or of all.

    Another electorate or layout has the same documents under other paths.
    """
    paths = [document.path for document in planned.documents]
    if wanted in paths:
        return wanted
    alike = [path for path in paths if _alike(path, wanted)]
    return (*alike, *paths)[0]


def _tile(view: View, page: int) -> Tile:
    pages = Pages(view.data) if view.data else None
    picture = pages.picture(page, TILE_PX) if pages and page <= len(pages.sizes) else None
    return Tile(view.outcome.document.electorate or "", picture)


def _alike(path: str, other: str) -> bool:
    return _kind(path) == _kind(other)


def _kind(path: str) -> str:
    """Return what the path of a document has after its place: pack.pdf of acton/acton-pack.pdf."""
    place, _, name = path.partition("/")
    return name.removeprefix(place)
