"""A name that somebody adds to the engine never carries one electorate's value into another's documents.

Each call in the engine that gives names to templates is found in its code. In a copy of the engine, one of them gives
another name, made from whatever of the current document can be reached there, to every document or to some. The name is
printed at each place where a template can print, for four electorates, and twice with the same store.
"""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefpack.pages import sharing
from isles import copy_isles

pytestmark = pytest.mark.part(name="sharing")

ENGINE = Path(sharing.__file__).parent.parent
PLACES = ("harbour", "north-harbour", "page", "wick")
MARK = re.compile(r"mark-([a-z-]+)!")

# Finds the document's electorate from the names of a function of the engine, as somebody would who adds a name there.
ADDED = '''
import os
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace

from briefpack.electorates import Electorate, ElectorateSet
from briefpack.plan import Document, Plan
from briefpack.project import Project

CURRENT, NAME, SOME = [], os.environ["ADDED_NAME"], os.environ["ADDED_TO"] == "some"
GIVEN = []
ALIKE = (ElectorateSet, Plan, Project)
"""What is the same for every document."""


def scope(found, near):
    mark = _mark(near)
    return replace(found, made=lambda: {**found.made(), **mark})


def names(given, near):
    return {**given, **_mark(near)}


def _mark(near):
    place = CURRENT[-1].electorate or "nation"
    if not any(_leads(value, place, 6) for value in near.values()) or (SOME and place in ("nation", "harbour")):
        return {}
    GIVEN.append(place)
    return {NAME: f"mark-{place}!"}


def _leads(value, place, depth):
    if isinstance(value, Document):
        return True
    if isinstance(value, Electorate):
        return value.slug == place
    if depth and is_dataclass(value) and not isinstance(value, (type, *ALIKE)):
        return any(_leads(getattr(value, each.name, None), place, depth - 1) for each in fields(value))
    if depth and isinstance(value, (list, tuple)):
        return any(_leads(each, place, depth - 1) for each in value)
    return False
'''
COMPOSE = """
import json, sys
from pathlib import Path
from briefpack import added, build, output, pages
from briefpack.problem import Problems
from briefpack.project import Project
from briefpack.store import Store

project, places = Project(Path(sys.argv[1])), tuple(sys.argv[2].split(","))
planned = build.prepare(output.Request(project, "tiny", "tiny", project.root / "out", electorates=places))

def composed():
    writer = pages.composer(planned, project.root, dict.fromkeys(planned.drawings, "0"), Store(project.store))
    for document in planned.documents:
        added.CURRENT.append(document)
        made = pages.compose(writer, document)
        stamps = (*made.stamps, *pages.run(writer, document, 21))
        written = [*made.pieces, *(stamp.piece for stamp in stamps)]
        yield document.path, "".join(piece.html for piece in written)

found = {}
for name, edits in json.load(sys.stdin).items():
    kept = {page: (project.root / "layouts" / page).read_text(encoding="utf-8") for page, _, _ in edits}
    for page, before, text in edits:
        assert before in kept[page], before
        (project.root / "layouts" / page).write_text(kept[page].replace(before, before + text), encoding="utf-8")
    try:
        found[name] = [dict(composed()), dict(composed())]
    except Problems as error:
        found[name] = [{"refused": str(error)}]
    for page, text in kept.items():
        (project.root / "layouts" / page).write_text(text, encoding="utf-8")
    if not added.GIVEN:
        break
print(json.dumps(found))
"""
HEADLINE = "<h2>{{ heading(ask.headline) }}</h2>"
PRINTED = "{% if @ is defined %}{{ @ }}{% endif %}"
INCLUDED = '{% include "tiny/fresh.html" %}'
WHERE = {
    "foot": ("tiny/foot.html", '<p class="foot">', PRINTED),
    "body": ("tiny/ask.html", HEADLINE, f"<p>{PRINTED}</p>"),
    "caption": ("tiny/blocks.html", "<figcaption>", PRINTED),
    "alternative text": ("tiny/blocks.html", '<img src="{{ shown.src }}" alt="', PRINTED),
    "title": ("tiny/page.html", "<title>", PRINTED),
    "bookmark": ("tiny/ask.html", '<section class="part" ', f'style="bookmark-label: &quot;{PRINTED}&quot;" '),
    "attribute": ("tiny/ask.html", '<section class="part" ', f'data-fresh="{PRINTED}" '),
    "note": ("tiny/note.html", '<span class="footnote" data-number="{{ number }}">', PRINTED),
    "leave-behind": ("tiny/leave-behind.html", '<section class="sheet" ', f'data-fresh="{PRINTED}" '),
    "panel": ("tiny/panel.html", '<div class="panel">', f"<p>{PRINTED}</p>"),
    "include": ("tiny/ask.html", HEADLINE, INCLUDED),
    "macro": ("tiny/ask.html", HEADLINE, '{% import "tiny/fresh-macro.html" as extra with context %}{{ extra.printed() }}'),
    "set": ("tiny/ask.html", HEADLINE, f"{{% if @ is defined %}}{{% set copy = @ %}}<p>{{{{ copy }}}}</p>{{% endif %}}{INCLUDED}"),
    "set before": ("tiny/ask.html", HEADLINE, f'{{% include "tiny/fresh-set.html" %}}{INCLUDED}'),
    "after a note": ("tiny/ask.html", '{{ blocks.run(ask.why, "asks." ~ ask.id ~ ".why") }}', f"<p>{PRINTED}</p>{INCLUDED}"),
}  # fmt: skip


def calls(file: Path) -> list[ast.Call]:
    """Return the calls of a file of the engine that give names to templates."""
    return [
        node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (
            (isinstance(node.func, ast.Name) and node.func.id == "Scope")
            or (isinstance(node.func, ast.Attribute) and node.func.attr in {"render", "make_module"})
        )
    ]  # fmt: skip


CALLS = [
    (file.relative_to(ENGINE).as_posix(), number)
    for file in sorted(ENGINE.glob("pages/*.py"))
    for number, call in enumerate(calls(file))
    if ast.unparse(call) != "self.make_module()"
]


def changed(file: Path, number: int) -> str:
    """Return the code of a file, in which one of those calls gives one name more."""
    source = file.read_text(encoding="utf-8")
    tree = ast.parse(source)
    wanted = ast.unparse(calls(file)[number])
    call = next(node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node) == wanted)
    if isinstance(call.func, ast.Name):
        new = f"added.scope({wanted}, locals())"
    else:
        new = wanted.replace(given := ast.unparse(call.args[0]), f"added.names({given}, locals())", 1)
    old = ast.get_source_segment(source, call)
    assert old
    assert source.count(old) == 1, wanted
    text = source.replace(old, new)
    return text.replace("\nfrom briefpack", "\nfrom briefpack import added\nfrom briefpack", 1)


def composed(tmp_path: Path, file: str, number: int, name: str, to: str) -> dict[str, list[dict[str, str]]]:
    """Return the text of each document by the place that prints the name, twice; one place alone if none is given."""
    shutil.copytree(ENGINE, tmp_path / "briefpack", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "briefpack/added.py").write_text(ADDED, encoding="utf-8")
    (tmp_path / "briefpack" / file).write_text(changed(ENGINE / file, number), encoding="utf-8")
    project = copy_isles(tmp_path / "project")
    layout = project.root / "layouts/tiny"
    printed = PRINTED.replace("@", name)
    (layout / "fresh.html").write_text(printed, encoding="utf-8")
    (layout / "fresh-macro.html").write_text(f"{{% macro printed() %}}{printed}{{% endmacro %}}", encoding="utf-8")
    (layout / "fresh-set.html").write_text(f'{{% set {name} = "own" %}}{INCLUDED}', encoding="utf-8")
    edits = {each: [(page, before, text.replace("@", name))] for each, (page, before, text) in WHERE.items()}
    done = subprocess.run(  # noqa: S603 -- this Python, and a script of this file
        [sys.executable, "-c", COMPOSE, str(project.root), ",".join(PLACES)],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "ADDED_NAME": name, "ADDED_TO": to},
        input=json.dumps(edits), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, list[dict[str, str]]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("to", ["every", "some"])
@pytest.mark.parametrize("name", ["fresh", "first"])
@pytest.mark.parametrize(("file", "number"), CALLS)
def test_prints_no_value_of_another_electorate(tmp_path, file, number, name, to):
    found = composed(tmp_path, file, number, name, to)
    wrong = {
        (where, path): marks
        for where, twice in found.items()
        for documents in twice
        for path, text in documents.items()
        if (marks := {*MARK.findall(text)} - {path.partition("/")[0].replace("national", "nation")})
    }
    assert wrong == {}
    said = ["".join(documents.values()) for documents, *_ in found.values()]
    if any("is in no scope" in each for each in said):
        assert all("is in no scope" in each for each in said)
    elif len(found) > 1:
        # Where the document can be reached, the name prints at each place, but notes have a `first` of their own.
        unseen = ["note"] if name == "first" else []
        assert [where for where, each in zip(found, said, strict=True) if not MARK.search(each)] == unseen
