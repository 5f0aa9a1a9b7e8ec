"""The examples in briefs/_examples: each builds in every edition of each layout that ships, without any problem."""

import re
import shutil
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest

from briefpack import build, output, plan
from briefpack.brief.blocks import Block, PlacedImage
from briefpack.project import Project
from briefpack.schema import walk
from briefpack.text.words import fold
from projects import REPOSITORY

examples = pytest.mark.part(name="examples")
on_paper = pytest.mark.part(name="examples-on-paper")

FOLDER = REPOSITORY / "briefs/_examples"
EXAMPLES = sorted(path.name for path in FOLDER.glob("[!.]*") if path.is_dir())
LAYOUTS = ("ijm", "plain")
EDITIONS = (
    pytest.param("screen", marks=examples), pytest.param("home", marks=on_paper), pytest.param("press", marks=on_paper),
)  # fmt: skip
DECIDED = re.compile(r"(?m)^electoral_matter: *(yes|no)\b")
UNDECIDED = re.compile(r"(?m)^electoral_matter:.*\n")
MOST_BYTES_ON_SCREEN = 1_500_000


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """A trial copy of what ships, whose authors have decided that no example is electoral matter, as press requires."""
    root = tmp_path_factory.mktemp("shipped") / "project"
    for name in ("layouts", "charts", "fonts", "briefs"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
    for brief in root.glob("briefs/_examples/*/brief.yaml"):
        text = brief.read_text(encoding="utf-8")
        if not DECIDED.search(text):
            brief.write_text(f"{UNDECIDED.sub('', text)}\nelectoral_matter: no\n", encoding="utf-8")
    return Project(root)


def request(project, example, layout="ijm", edition="screen", **wanted):
    """Return a request for an example's documents; by default, the national ones."""
    out = project.root / "out"
    return output.Request(project, f"_examples/{example}", layout, out, edition=edition, jobs=2, **wanted)


def one_of_each_state(project, example):
    """Return the electorate of each state whose member has the longest roles; none without electorates."""
    group = build.prepare(request(project, example)).brief.group
    found = sorted(group.electorates, key=_letters_of_roles) if group else ()
    return tuple({each.state.code: each.slug for each in found}.values())


def _letters_of_roles(electorate):
    return sum(len(role.title) for role in electorate.member.roles) if electorate.member else 0


def check(report: output.Report, documents: int):
    assert report.problems == (), "\n".join(map(str, report.problems))
    assert report.failed == ()
    assert len(report.made) + len(report.kept) == documents > 0


@examples
def test_every_folder_of_examples_has_a_brief_and_is_in_their_guide():
    assert EXAMPLES
    guide = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in EXAMPLES if f"[`{name}`]({name}/brief.yaml)" not in guide] == []
    assert Project(REPOSITORY).examples == (*(f"_examples/{name}" for name in EXAMPLES), "_starter")


@examples
def test_an_example_fills_every_place_that_a_brief_has_for_an_image():
    found = plan.read_brief(Project(REPOSITORY), "_examples/housing")
    brief = found.brief
    assert any(each.portrait for each in found.group.electorates)
    sizes = {block.image.size for _, block in walk(brief) if isinstance(block, Block) and block.image}
    assert sizes == set(get_args(PlacedImage.model_fields["size"].annotation))
    parts = (brief.themes, brief.asks, brief.case_studies)
    assert [part for part in parts if not any(item.image for item in part)] == []
    assert all((brief.cover_image, brief.foreword.portrait, brief.foreword.signature, brief.organisation.logo))
    assert any(partner.logo for partner in brief.partners)


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_example_builds_in_every_edition_of_each_layout(shipped, example, layout, edition):
    # Editions differ in colours and papers, which one place shows as well as eight.
    places = one_of_each_state(shipped, example)[: None if edition == "screen" else 1]
    asked = request(shipped, example, layout, edition, electorates=places)
    planned = build.prepare(asked)
    assert planned.brief.warnings == ()
    report = build.run(asked)
    check(report, len(planned.documents))
    if edition == "screen":
        sizes = {path: Path(report.folder, path).stat().st_size for path in (*report.made, *report.kept)}
        assert {path: size for path, size in sizes.items() if size > MOST_BYTES_ON_SCREEN} == {}


@examples
@examples
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_document_of_a_day_of_meetings_is_made_and_ours_stay_ours(shipped, layout):
    """Six members, two senators, an adviser and a committee on one day, three asks each."""
    report = build.run(request(shipped, "platform", layout, national=False, meetings=()))
    errors = [str(problem) for problem in report.problems if not problem.warning]
    assert (errors, report.failed, len(report.made)) == ([], (), 40)
    brief = plan.read_brief(shipped, "_examples/platform").brief
    ours = [" ".join(fold(each.answer)) for ask in brief.asks for each in ask.questions]
    ours += ["the chair has half an hour and no more", "she holds the budget bring the costings"]
    words = {}
    for path in report.made:
        with pypdfium2.PdfDocument(report.folder / path) as pdf:
            words[path] = " ".join(word for page in pdf for word in fold(page.get_textpage().get_text_bounded()))
    assert [
        each for each in ours if not any(each in said for path, said in words.items() if path[:9] == "internal/")
    ] == []
    assert [
        path for path, said in words.items() if path[:9] != "internal/" and any(each in said for each in ours)
    ] == []


def test_every_layout_that_ships_is_tested():
    assert Project(REPOSITORY).layouts == LAYOUTS
