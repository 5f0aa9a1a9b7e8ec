"""A check reads the finished documents, and warns of what the brief gives to print and none of them prints."""

import shutil
from pathlib import Path

import pytest

import illustrated
import isles
from briefpack import build, output, pool
from briefpack.project import Project
from projects import InProcess

BRIEF = "briefs/tiny/brief.yaml"
PHONE = "02 5550 0142"


def _complete(project: Project) -> None:
    """Add a telephone to the brief, and to a page what the sample's layout has no place for."""
    isles.replace(
        project.root / BRIEF, "    email: alex@walk.example\n", f"    email: alex@walk.example\n    phone: {PHONE}\n"
    )
    isles.replace(
        project.root / "layouts/tiny/sources.html",
        "</section>",
        "<p>{{ line(brief.foreword.blocks[0].text) }} {{ plain(brief.foreword.name) }} "
        "{{ plain(brief.images.crowd.credit) }}</p></section>",
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project whose layout prints everything, with the pieces of its documents in its store."""
    project = illustrated.illustrate(isles.copy_isles(tmp_path_factory.mktemp("whole") / "project"))
    _complete(project)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "ProcessPoolExecutor", InProcess)
        assert found(project) == []
    return project


@pytest.fixture
def copy(whole: Project, tmp_path: Path) -> Project:
    """Return a copy of it that the test may change."""
    shutil.copytree(whole.root, tmp_path / "project")
    return Project(tmp_path / "project")


def found(project: Project) -> list[tuple[int | None, str]]:
    """Return the line and the message of everything that a check of the nation and one electorate finds."""
    out = project.root / "out"
    request = output.Request(project, "tiny", "tiny", out, national=True, electorates=("page",), jobs=1)
    return [(each.line, each.message) for each in build.check(request).problems]


def line_of(project: Project, words: str) -> int:
    lines = (project.root / BRIEF).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


PHONE_PRINTED = "{% if contact.phone %}, {{ contact.phone }}{% endif %}"
LOGO = '{{ picture(logo("logo")) }}\n<div class="dark">{{ picture(logo("logo", "dark")) }}</div>\n'
FACTS = (
    "{% for fact in local.facts(theme.local.facts, 2) %}<p>{{ fact.written }} {{ line(fact.caption) }}</p>{% endfor %}"
)
TITLE = "{% if source.title %}, <em>{{ source.title }}</em>{% endif %}"
DROPS = {
    "telephone": ("sources.html", PHONE_PRINTED, f"phone: {PHONE}", f'contacts[0].phone: "{PHONE}"'),
    "logo": ("images.html", LOGO, "logo: {file: logo.svg", "organisation.logo: the logo of Walk Safely Australia"),
    "local fact": ("panel.html", FACTS, "      facts:", 'themes[0].local.facts: "people live here"'),
    "caption": ("images.html", '{{ shown.caption or "" }} ', "street: {file", 'images.street.caption: "A street near a school"'),
    "source": ("note.html", TITLE, "title: Speeds near schools", 'sources.road-report.title: "Speeds near schools"'),
}  # fmt: skip
"""Parts of pages that never print: the file, the part, and the line and the beginning of the first warning."""


@pytest.mark.usefixtures("in_process")
@pytest.mark.part(name="builds", beyond=2)
@pytest.mark.parametrize("drop", DROPS)
def test_names_what_a_layout_leaves_out_at_its_line(copy, drop):
    file, part, line, message = DROPS[drop]
    isles.replace(copy.root / "layouts/tiny" / file, part, f"{{% if not brief.title %}}{part}{{% endif %}}")
    warning = f"{message} prints nowhere: the tiny layout has no place for it here"
    assert found(copy)[0] == (line_of(copy, line), warning)


@pytest.mark.usefixtures("in_process")
@pytest.mark.part(name="builds")
def test_names_a_panel_whose_facts_no_electorate_has(copy):
    brief = copy.root / BRIEF
    text = brief.read_text(encoding="utf-8")
    for fact in ("people", "sheep"):
        text = text.replace(
            f"fact: {fact}, caption: {fact} live", f"fact: {fact}, at_least: 99999999, caption: {fact} live"
        )
    brief.write_text(text, encoding="utf-8")
    message = 'themes[0].local.facts: "people live here" prints nowhere: no electorate has any of these facts'
    assert (line_of(copy, "      facts:"), message) in found(copy)


@pytest.mark.usefixtures("in_process")
def test_says_which_keys_take_the_place_of_facts(copy):
    printed = "{% for fact in local.facts(brief.local.facts, 3) %}"
    isles.replace(copy.root / "layouts/tiny/cover.html", printed, "{% for fact in () %}")
    facts = "  facts:\n    - {fact: people, caption: people}\n"
    strips = "  strips: [{fact: old-share}]\n  asks: [{ask: crossing-fund, sentences: [It is near.]}]\n"
    isles.replace(copy.root / BRIEF, facts, f"{strips}  facts:\n    - {{fact: people, caption: souls all told}}\n")
    isles.replace(copy.root / BRIEF, "    - {fact: sheep, caption: sheep}\n", "")
    isles.replace(copy.root / BRIEF, "    - {fact: old-share, caption: of people are over 65}\n", "")
    warning = (
        'local.facts: "souls all told" prints nowhere: with strips: and asks:, the tiny layout has no place for it here'
    )
    assert found(copy) == [(line_of(copy, "souls all told") - 1, warning)]


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(("colour", "ground"), [("#16243A", "dark"), ("#FFFFFF", "light")])
def test_says_where_the_only_version_of_a_logo_cannot_be_read(project, edit, command, colour, ground):
    images = project.root / "briefs/tiny/images"
    images.mkdir()
    (images / "logo.svg").write_text(illustrated.LOGO.format(colour, colour), encoding="utf-8")
    edit(BRIEF, "  short_name: Walk Safely\n", "  short_name: Walk Safely\n  logo: {file: logo.svg}\n")
    edit(
        "layouts/tiny/layout.yaml",
        "    citations: footnotes\n",
        "    images: {logo: {width_mm: 42, height_mm: 14}}\n    citations: footnotes\n",
    )
    name = "<p>{{ plain(brief.organisation.name) }}</p>"
    shown = '<img src="{{ mark.src }}" alt="{{ mark.alt }}" style="width: {{ mark.width_mm }}mm; height: {{ mark.height_mm }}mm">'
    lines = "".join(
        f'{{% set mark = logo("logo", "{each}") %}}<p>{{% if mark %}}{shown}{{% else %}}<span data-without="{each}">'
        "{{ plain(brief.organisation.name) }}</span>{% endif %}</p>"
        for each in ("light", "dark")
    )
    edit("layouts/tiny/cover.html", name, lines)
    printed = command("check").output
    assert printed.count("organisation.logo: ") == 1, printed
    assert (
        f"organisation.logo: it can't be read on {'paper' if ground == 'light' else 'a dark ground'}, where the name is set in type instead"
        in printed
    )


ACCEPTED = 'accept:\n  - {id: unprinted, where: "contacts[0].phone", reason: It is for us alone.}\n'
SOURCES = "layouts/tiny/sources.html"


@pytest.mark.usefixtures("warm")
def test_is_silenced_by_the_author_s_reason_alone(edit, command):
    edit(BRIEF, "    email: alex@walk.example\n", f"    email: alex@walk.example\n    phone: {PHONE}\n")
    edit(BRIEF, "\nqueries:", f"\n{ACCEPTED}\nqueries:")
    printed = command("check").output
    assert "accept[0]: the brief has no unprinted warning to accept" in printed
    edit(SOURCES, PHONE_PRINTED, "")
    printed = command("check").output
    assert "unprinted" not in printed
    assert "1 warning accepted under accept: in brief.yaml." in printed


@pytest.mark.usefixtures("warm")
def test_advises_nobody_to_delete_a_key_that_is_needed(edit, command):
    edit("layouts/tiny/cover.html", "{{ plain(brief.title) }}", "A pack")
    edit(BRIEF, "title: Safe crossings\nlabel", "title: A long walk home\nlabel")
    assert (
        'title: "A long walk home" prints nowhere: the tiny layout has no place for it here; '
        "try: ask for a place for it in layouts/tiny, or accept this warning\n"
    ) in command("check").stderr


@pytest.mark.usefixtures("warm", "in_process")
@pytest.mark.parametrize("edition", ["screen", "press"])
def test_reads_the_files_that_are_kept(project, edition):
    wanted = {"brief": "tiny", "layout": "tiny", "out": project.root / "out", "edition": edition, "jobs": 1}
    first = build.run(output.Request(project, asks=("crossing-fund",), **wanted))
    assert [each for each in first.noticed if each.check == "unprinted"] == []
    whole = build.run(output.Request(project, **wanted))
    assert whole.kept == first.made
    assert [each.message for each in whole.noticed if each.check == "unprinted"] == []
