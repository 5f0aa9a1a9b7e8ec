"""Prepare the images on pages in worker processes, and keep them in the store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefpack import schema, store
from briefpack.build.jobs.task import Task
from briefpack.layout.look import Ink
from briefpack.pages import ImageOnPage
from briefpack.pool import Workers, limits
from briefpack.problem import Problem, Problems
from briefpack.store import Store

if TYPE_CHECKING:
    from briefpack.images.preparing import Prepared

# A photograph of 60 megapixels takes 3 s to prepare.
SECONDS_AN_IMAGE = 60.0


@dataclass(frozen=True)
class Inks:
    """The inks of the colours of a drawing, on a press."""

    of: Mapping[str, Ink]


@dataclass(frozen=True)
class Prepare(Task[ImageOnPage, "Prepared", tuple[Problem, ...]]):
    """A task that prepares one image into the store, and returns its problems if it can't be used."""

    store: Store
    seconds: float = SECONDS_AN_IMAGE

    def make(self, image: ImageOnPage) -> "Prepared":
        """Prepare an image. Raises Problems if it can't be used."""
        from briefpack.images import preparing  # noqa: PLC0415 -- a worker without images needs no Pillow

        return preparing.prepare(image.original, image.wanted)

    def keep(self, image: ImageOnPage, done: "Prepared") -> tuple[Problem, ...]:
        """Store an image and its inks."""
        if done.inks:
            self.store.put(_inks_key(image), schema.to_json(Inks(done.inks)))
        self.store.put(image.key, done.data)
        return ()

    def failed(self, image: ImageOnPage, error: BaseException | None) -> tuple[Problem, ...]:
        """Return the problems of an image that can't be prepared."""
        match error:
            case Problems():
                return error.problems
            case None:
                message = "it crashes the process that prepares it"
            case limits.Overdue():
                message = "it takes too long to prepare"
            case MemoryError():
                message = "it needs more memory than an image may use"
            case _:
                raise error
        return (Problem(image.original.shown, None, message, "export it again at a smaller size"),)

    def now(self, images: Iterable[ImageOnPage]) -> tuple[Problem, ...]:
        """Prepare the images that another task needs and the store lacks, without a limit of their own.

        Return the problems of those that can't be used.
        """
        problems: list[Problem] = []
        for image in images:
            try:
                if self.store.get(image.key) is None:
                    self.keep(image, self.make(image))
            except Problems as error:
                problems += error.problems
        return tuple(problems)


def prepare(images: Iterable[ImageOnPage], kept: Store, workers: Workers) -> dict[str, tuple[Problem, ...]]:
    """Prepare the images that aren't in the store, and return the problems of those that can't be, by their keys."""
    distinct = {each.key: each for each in images}
    missing = [image for image in distinct.values() if kept.get(image.key) is None]
    task = Prepare(kept)
    made = workers.map("images", task, missing, task.crashed)
    return {image.key: problems for image, problems in made if problems}


def inks(images: Iterable[ImageOnPage], kept: Store) -> dict[str, Ink]:
    """Return the inks of the colours of the drawings among some images, on a press."""
    found: dict[str, Ink] = {}
    for image in images:
        known = schema.from_json(Inks, kept.get(_inks_key(image)) or b"") if image.original.drawing else None
        found |= known.of if known else {}
    return found


def _inks_key(image: ImageOnPage) -> str:
    return store.key("inks", image.key)
