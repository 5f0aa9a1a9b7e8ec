"""The project that the guides describe: the starter brief with every block that they show."""

import shutil
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from briefpack.project import Project
from guides import reading
from projects import FROZEN, REPOSITORY

STAFF = "briefs/_guide"
STARTER = REPOSITORY / "briefs/_starter/brief.yaml"
BRIEF = "my-brief"
OTHERS = ("other-brief", "_starter", "_examples/housing", "_examples/letter")
ELECTORATES = "briefs/electorates/au-federal-2025"


def load(text: str) -> Any:
    """Return YAML as data whose values are all texts, as the engine reads it."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 -- this loader makes nothing but texts, lists and dicts


def brief(*, tour: bool) -> dict[str, Any]:
    """Return the starter brief with all that the staff guide shows; with its `tour`, each block has a section."""
    found = load(STARTER.read_text(encoding="utf-8"))
    for fence in reading.fences(STAFF, "yaml"):
        shown = load(fence.text)
        if "blocks" in shown and not tour:
            continue
        if fence.comment == "part of a theme":
            found["themes"][0] |= shown
        elif fence.comment == "part of an ask":
            found["asks"][0] |= shown
        elif fence.comment == "part of a leave-behind":
            _replace(found["asks"][0]["leave_behind"], shown)
        elif fence.comment == "part of a section":
            found["appendices"] = [{"id": "more", "heading": fence.heading, "blocks": [{"text": "More."}], **shown}]
        else:
            _add(found, shown, fence.heading)
    return found


def _add(found: dict[str, Any], shown: dict[str, Any], heading: str) -> None:
    """Add what one fenced block shows to a brief."""
    for key, value in shown.items():
        if key == "blocks":
            found["sections"].append(
                {
                    "id": slug(heading),
                    "label": "A tour of the blocks",
                    "heading": heading,
                    "blocks": value,
                    "start": "page",
                }
            )
        elif key == "relations":
            found[key] += [relation for relation in value if relation not in found[key]]
        elif isinstance(value, dict) and isinstance(found.get(key), dict):
            found[key] = found[key] | value
        else:
            found[key] = value


def _replace(found: dict[str, Any], shown: dict[str, Any]) -> None:
    """Put what a fenced block shows into a leave-behind, which has `action:` or `actions:`, not both."""
    if "actions" in shown:
        found.pop("action", None)
    found |= shown


def slug(heading: str) -> str:
    """Return a heading as an id."""
    return heading.strip("`").lower().replace(" ", "-")


def write(folder: Path, *, tour: bool = False) -> Project:
    """Write the project to a folder, with another brief, and with the repository's own layouts, charts and fonts."""
    target = folder / "briefs" / BRIEF
    target.mkdir(parents=True)
    for other in OTHERS:
        shutil.copytree(STARTER.parent, folder / "briefs" / other)
    shutil.copytree(FROZEN / ELECTORATES, folder / ELECTORATES)
    for name in ("layouts", "charts", "fonts"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "added"))
    shown = brief(tour=tour)
    _draw(shown.get("images", {}), target / "images")
    # Without the tour, nothing names some of these files.
    (target / "data").mkdir()
    for fence in reading.fences(STAFF, "csv"):
        (target / "data" / fence.comment).write_text(fence.text, encoding="utf-8")
    text = yaml.safe_dump(shown, allow_unicode=True, sort_keys=False, width=10_000)
    (target / "brief.yaml").write_text(text, encoding="utf-8")
    return Project(folder)


def _draw(images: dict[str, Any], folder: Path) -> None:
    """Write a plain image for each that the guide names."""
    folder.mkdir()
    for image in images.values():
        Image.new("RGB", (1800, 1200), "#8A9BA8").save(folder / image["file"])
