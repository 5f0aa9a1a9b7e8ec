"""A token that nothing reads is a warning where it is defined; one that is read in any way is none."""

import pytest

from briefpack import layout

TOKENS = "layouts/tokens.yaml"


def unread(project) -> list[tuple[int | None, str]]:
    warnings = layout.load(project, "tiny", "screen").warnings
    return [(each.line, each.message) for each in warnings if "nothing reads" in each.message]


def line(project, word) -> int:
    lines = (project.root / TOKENS).read_text(encoding="utf-8").splitlines()
    return next(number for number, text in enumerate(lines, start=1) if word in text)


def append(project, path, text):
    with (project.root / path).open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.fixture
def spare(project, edit):
    edit(TOKENS, "    outer: 20mm", "    outer: 20mm\n    spare: 3mm")
    edit(TOKENS, "    body: 10\n", "    body: 10\n    spare-note: 7.5\n")
    edit(TOKENS, "  colours:", '  colours:\n    spare-colour: {screen: "#13579B", grey: "#000000", cmyk: 0 0 0 90}')
    return project


def test_the_sample_has_none(project):
    assert unread(project) == []


def test_names_each_kind_at_its_line(spare):
    assert unread(spare) == [
        (line(spare, "spare-colour"), "shared.colours.spare-colour: nothing reads the colour spare-colour"),
        (line(spare, "spare-note"), "shared.sizes_pt.spare-note: nothing reads the size spare-note"),
        (line(spare, "spare: 3mm"), "shared.lengths.spare: nothing reads the length spare"),
    ]


def test_a_style_sheet_of_any_layout_a_page_or_another_token_reads_one(spare, edit):
    append(spare, "layouts/tiny/pack.css", "\np { font-size: var(--size-spare-note) }\n")
    start = "{% block content %}\n"
    edit("layouts/tiny/cover.html", start, f'{start}<p style="color: var(--spare-colour)"></p>\n')
    edit(TOKENS, "    spare: 3mm", "    spare: 3mm\n    wide: calc(2 * var(--spare))")
    assert [message for _, message in unread(spare)] == ["shared.lengths.wide: nothing reads the length wide"]


def test_a_chart_reads_one_by_its_name_or_by_how_it_begins(spare):
    append(spare, "charts/bars.py", '\nNOTE = "spare-note"\nCOLOURS = [f"spare-{kind}" for kind in ("colour",)]\n')
    assert [message for _, message in unread(spare)] == ["shared.lengths.spare: nothing reads the length spare"]


def test_a_drawing_reads_a_colour_by_its_value(spare):
    (spare.root / "briefs/tiny/images").mkdir(exist_ok=True)
    (spare.root / "briefs/tiny/images/route.svg").write_text('<svg><path fill="#13579b"/></svg>', encoding="utf-8")
    assert "spare-colour" not in repr(unread(spare))


def test_a_layout_that_changes_a_shared_token_does_not_repeat_it(spare):
    append(spare, TOKENS, "    lengths: {spare: 4mm, more: 1mm}\n")
    assert [message for _, message in unread(spare)][2:] == [
        "shared.lengths.spare: nothing reads the length spare",
        "layouts.tiny.lengths.more: nothing reads the length more",
    ]
