"""A logo that has no version for a ground is named at its line."""

import pytest

import illustrated

BRIEF = "briefs/tiny/brief.yaml"


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
