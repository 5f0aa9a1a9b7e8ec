"""Prepare the images on pages in worker processes, and keep them in the store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefpack import limits, schema, store
from briefpack.jobs import worker
from briefpack.layout.look import Ink
from briefpack.pages import ImageOnPage
from briefpack.pool import Workers
from briefpack.problem import Problem, Problems
from briefpack.store import Store

# A photograph of 60 megapixels takes 3 s to prepare.
SECONDS_AN_IMAGE = 60.0


@dataclass(frozen=True)
class Inks:
    """The inks of the colours of a drawing, on a press."""

    of: Mapping[str, Ink]


@dataclass(frozen=True)
class Prepare:
    """A task that prepares one image into the store."""

    store: Store
    seconds: float = SECONDS_AN_IMAGE

    def __call__(self, image: ImageOnPage) -> tuple[Problem, ...]:
        """Prepare an image. Return its problems, if it can't be used."""
        worker.prepare()
        try:
            with limits.within(self.seconds):
                return self.prepared(image)
        except limits.Overdue:
            return _failed(image, "it takes too long to prepare")
        except MemoryError:
            return _failed(image, "it needs more memory than an image may use")

    def prepared(self, image: ImageOnPage) -> tuple[Problem, ...]:
        """Prepare an image without a limit of its own on the time. Return its problems, if it can't be used."""
        from briefpack.images import preparing  # noqa: PLC0415 -- a worker without images needs no Pillow

        try:
            prepared = preparing.prepare(image.original, image.wanted)
        except Problems as error:
            return error.problems
        if prepared.inks:
            self.store.put(_inks_key(image), schema.to_json(Inks(prepared.inks)))
        self.store.put(image.key, prepared.data)
        return ()

    def crashed(self, image: ImageOnPage) -> tuple[Problem, ...]:
        """Return the problem of an image that crashed its worker process."""
        return _failed(image, "it crashes the process that prepares it")


def _failed(image: ImageOnPage, message: str) -> tuple[Problem, ...]:
    return (Problem(image.original.shown, None, message, "export it again at a smaller size"),)


def prepare(images: Iterable[ImageOnPage], kept: Store, workers: Workers) -> dict[str, tuple[Problem, ...]]:
    """Prepare the images that aren't in the store, and return the problems of each image, by its key."""
    distinct = {each.key: each for each in images}
    found = {image.key: image.problems for image in distinct.values()}
    missing = [image for image in distinct.values() if kept.get(image.key) is None]
    task = Prepare(kept)
    if missing:
        found |= {image.key: new for image, new in workers.map("images", task, missing, task.crashed) if new}
    return found


def inks(images: Iterable[ImageOnPage], kept: Store) -> dict[str, Ink]:
    """Return the inks of the colours of the drawings among some images, on a press."""
    found: dict[str, Ink] = {}
    for image in images:
        known = schema.from_json(Inks, kept.get(_inks_key(image)) or b"") if image.original.drawing else None
        found |= known.of if known else {}
    return found


def _inks_key(image: ImageOnPage) -> str:
    return store.key("inks", image.key)
