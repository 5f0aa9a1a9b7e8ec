"""Warn of style sheets and pages that nothing uses, which a list in layout.yaml may have lost."""

import re
from collections.abc import Container, Iterator
from pathlib import Path

from briefpack.layout import unlisted_sheets
from briefpack.layout.model import Layout
from briefpack.problem import Owner, Problem
from briefpack.project import Project, walk
from briefpack.text.yaml_lines import Tree

OF_THE_ENGINE = "proof"
"""How the names of the files begin that the engine itself uses, to write proofs."""


def check(project: Project, name: str, found: Layout, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each style sheet and page in a layout's folder that no other file of layouts/ names."""
    root = (project.root / "layouts").resolve()
    read = {
        path: path.read_text(encoding="utf-8", errors="replace")
        for path in walk(root)
        if path.suffix in (".css", ".html", ".yaml") and path.parent.name != "locales" and path.is_file()
    }
    for path in sorted(read):
        shown = path.relative_to(root).as_posix()
        own = path.suffix != ".yaml" and shown.startswith(f"{name}/") and not path.name.startswith(OF_THE_ENGINE)
        if own and not any(_names(text, other, path, shown) for other, text in read.items() if other != path):
            yield _of_another(project, name, tree, path.name) or _unused(project, found, tree, path, shown)
    yield from _of_editions(
        tree, {path.relative_to(root).as_posix() for path in read}, read.get(root / name / "layout.yaml", "")
    )


def _of_editions(tree: Tree, known: Container[str], listed: str) -> Iterator[Problem]:
    """Yield a warning for each edition of a layout without the shared style sheet of its name."""
    for edition in tree.data.get("editions") or ():
        style = f"shared/{edition}.css"
        if style in known and style not in listed:
            message = f"this edition doesn't list the style sheet of its name, {style}"
            hint = f"styles: [{style}, …]"
            yield tree.problem(("editions", edition), message, hint, warning=True)


def _names(text: str, of: Path, path: Path, shown: str) -> bool:
    """Return whether a file names another: by its path from layouts/ or, in a style sheet, from itself."""
    beside = path.suffix == of.suffix == ".css" and re.search(rf"(?<![\w/-]){re.escape(path.name)}", text)
    return shown in text or bool(beside) or f"../{shown}" in text


def _unused(project: Project, found: Layout, tree: Tree, path: Path, shown: str) -> Problem:
    """Return the warning of a file that nothing uses, at the list of style sheets that it may be missing from."""
    kind, place = ("style sheet", "styles:") if path.suffix == ".css" else ("page", "a piece, a slot or a page")
    text = path.read_text(encoding="utf-8", errors="replace")
    loc = unlisted_sheets.home(project.root, found, text) if path.suffix == ".css" else None
    message = f"nothing uses the {kind} {shown}"
    hint = f"add {shown} to this list, or delete the file" if loc else f"add it to {place}, or delete the file"
    return tree.problem((*loc, "styles") if loc else (), message, hint, warning=True)


def _of_another(project: Project, name: str, tree: Tree, file: str) -> Problem | None:
    """Return the warning of a layout that was copied, and names a file of the one that it was copied from."""
    others = "|".join(map(re.escape, sorted({*project.layouts} - {name})))
    text = (project.root / tree.path).read_text(encoding="utf-8", errors="replace")
    found = re.search(rf"(?<![\w/-])(?:{others})/{re.escape(file)}", text) if others else None
    if not found:
        return None
    line = text.count("\n", 0, found.start()) + 1
    message = f"it names {found[0]} of another layout, and nothing uses {name}/{file}"
    return Problem(tree.path, line, message, f"{name}/{file}", Owner.LAYOUT, warning=True)
