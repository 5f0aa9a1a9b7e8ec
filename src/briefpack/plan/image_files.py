"""Find the images of a brief and its electorate set, judge each file once, and refuse images without consent."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from briefpack import images, schema, store
from briefpack.brief.images import FOLDER, Image, Logo
from briefpack.brief.model import Brief, Letter
from briefpack.electorates import Electorate, ElectorateSet, Portrait, portraits
from briefpack.electorates.portraits import CREDITS
from briefpack.electorates.tables import Folder
from briefpack.images import Original
from briefpack.plan.loaded import LoadedBrief
from briefpack.problem import Problem, Problems
from briefpack.project import Project, within
from briefpack.store import Store
from briefpack.text.yaml_lines import Loc, Tree

FILES: Mapping[type[schema.Model], tuple[str, ...]] = {
    Image: ("file",),
    Logo: ("file", "on_dark", "one_colour"),
    Letter: ("signature",),
}
"""The keys that name a file in a brief's `images/`."""


def named(brief: Brief) -> Iterator[tuple[Loc, str]]:
    """Yield each image file that a brief names, with the place that names it."""
    for loc, part in schema.walk(brief):
        for key in FILES.get(type(part), ()):
            if file := getattr(part, key):
                yield (*loc, key), file


def read(project: Project, name: str, brief: Brief, tree: Tree) -> tuple[dict[str, Original], list[Problem]]:
    """Return the images of a brief by their files, and the problems of unusable images."""
    found: dict[str, Original] = {}
    problems: list[Problem] = []
    kept, folder = Store(project.store), project.root / "briefs" / name / FOLDER
    for loc, file in named(brief):
        try:
            found[file] = found.get(file) or judged(kept, folder, file, shown(name, file))
        except Problems as error:
            problems += [_at(each, file, tree, loc) for each in error.problems]
    return found, problems


def shown(name: str, file: str) -> str:
    """Return the path of a brief's image file as problems name it."""
    return f"briefs/{name}/{FOLDER}/{file}"


def judged(kept: Store, folder: Path, file: str, shown: str) -> Original:
    """Return an image file, judged; the verdict is kept, because decoding a photograph takes up to a second.

    Raises Problems if it can't be used.
    """
    path = folder / file
    if within(folder, file) is None:
        return images.read(path, shown, folder)
    entry = store.key("image file", store.engine(), str(path), shown, store.file_key(path))
    known = schema.from_json(images.Original, kept.get(entry) or b"")
    if known is None:
        known = images.read(path, shown, folder)
        kept.put(entry, schema.to_json(known))
    return known


def portrait(kept: Store, root: Path, each: Portrait) -> Original:
    """Return a member's portrait, judged. Raises Problems if it can't be used."""
    path = root / each.shown
    return judged(kept, path.parent, path.name, each.shown)


def check_portraits(project: Project, electorates: Iterable[Electorate]) -> Iterator[Problem]:
    """Yield the problems of the portraits that can't be used."""
    kept = Store(project.store)
    for each in electorates:
        if each.portrait:
            try:
                portrait(kept, project.root, each.portrait)
            except Problems as error:
                yield from error.problems


def located(problem: Problem, loaded: LoadedBrief) -> Problem:
    """Return a problem with an image at the line of the brief that names its file; any other as it is."""
    for loc, file in named(loaded.brief):
        if problem.path == shown(loaded.name, file):
            return _at(problem, file, loaded.tree, loc)
    return problem


def _at(problem: Problem, file: str, tree: Tree, loc: Loc) -> Problem:
    line = f", line {problem.line}" if problem.line else ""
    message = problem.message if f'{Path(file).name}"' in problem.message else f"{file}{line}: {problem.message}"
    return tree.problem(loc, message, problem.hint, words=file, warning=problem.warning)


def without_logo(html: str, loaded: LoadedBrief) -> Iterator[Problem]:
    """Yield a warning for each ground without a version of the logo, where a page has the organisation's name."""
    for ground, (message, hint) in GROUNDS.items():
        if f'data-without="{ground}"' in html:
            yield loaded.tree.problem(("organisation", "logo"), message, hint, warning=True)


GROUNDS = {
    "dark": (
        "it can't be read on a dark ground, where the name is set in type instead",
        "add its version for dark grounds, as on_dark:",
    ),
    "light": (
        "it can't be read on paper, where the name is set in type instead",
        "name its version for paper as file:, and this one as on_dark:",
    ),
}
"""The message and the hint of a logo that has no version for a ground."""
RENEW = "ask for consent again and change until:, or use another image"


def check_consent(loaded: LoadedBrief, electorates: Iterable[Electorate], today: datetime.date) -> Iterator[Problem]:
    """Yield a problem for each image of a brief, and each of some portraits, that may no longer be published."""
    for image_id, image in loaded.brief.images.items():
        if image.until and image.until < today:
            message = f"consent to publish this image ended on {image.until:%Y-%m-%d}"
            yield loaded.tree.problem(("images", image_id, "until"), message, RENEW)
    for each in electorates:
        if each.portrait and each.portrait.until and each.portrait.until < today:
            message = f"{each.slug}: consent to publish this portrait ended on {each.portrait.until:%Y-%m-%d}"
            hint = "ask again and change until, or delete the portrait"
            yield Problem(str(PurePosixPath(each.portrait.shown).with_name(CREDITS)), each.portrait.line, message, hint)


def consent_ends(loaded: LoadedBrief, electorates: Iterable[Electorate]) -> datetime.date | None:
    """Return the last day on which every image of a brief, and all of some portraits, may be published."""
    days = [image.until for image in loaded.brief.images.values()]
    days += [each.portrait.until for each in electorates if each.portrait]
    return min(filter(None, days), default=None)


def with_portraits(
    project: Project, name: str, group: ElectorateSet | None
) -> tuple[ElectorateSet | None, list[Problem]]:
    """Return the electorates with the portraits in a brief's folder, and the problems of unusable portraits."""
    if group is None:
        return None, []
    folder = Folder(project.root / "briefs" / name, f"briefs/{name}", group.by_slug)
    own = portraits.read(folder)
    if not own:
        return group, folder.problems
    made = (replace(each, portrait=own.get(each.slug, each.portrait)) for each in group.electorates)
    return replace(group, electorates=tuple(made)), folder.problems
