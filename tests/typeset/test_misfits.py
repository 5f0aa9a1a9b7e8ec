"""Columns that keep apart are sound, and so is text that flows round a float; a slot as high as its content is, too."""

import pytest

pytestmark = pytest.mark.usefixtures("warm")

ASK = "layouts/tiny/ask.html"
CSS = "layouts/tiny/pack.css"
BUILD = ("build", "--jobs", "1", "--kind", "pack")


@pytest.fixture
def columns(edit, project):
    edit(ASK, "<h2>{{ heading(ask.headline) }}</h2>", '<h2 class="narrow">{{ heading(ask.headline) }}</h2>')
    edit(ASK, "<p>{{ line(ask.asked) }}", '<p class="wide">{{ line(ask.asked) }}')

    def styled(rules: str) -> None:
        with (project.root / CSS).open("a", encoding="utf-8") as file:
            file.write(rules)

    return styled


@pytest.mark.parametrize(
    "rules",
    [
        ".narrow { float: left; width: 60mm; } .wide { margin-left: 60mm; }",
        ".narrow { float: left; width: 60mm; } .wide { margin-left: 64mm; }",
        ".narrow { float: left; width: 60mm; } .wide { color: var(--ink); }",
        ".narrow { float: right; width: 60mm; } .wide { margin-right: 60mm; }",
    ],
)
@pytest.mark.part(name="lengths", beyond=1)
def test_takes_columns_that_keep_apart(command, columns, rules):
    columns(rules)
    result = command(*BUILD)
    assert result.exit_code == 0, result.stderr


@pytest.mark.part(name="lengths")
def test_names_a_block_that_ends_inside_the_column_at_its_right(command, columns):
    columns(".narrow { float: right; width: 60mm; } .wide { margin-right: 45mm; }")
    stderr = command(*BUILD).stderr
    assert '<p class="wide"> ends 15 mm inside the column beside it, which is 60 mm wide' in stderr
    assert "too long" not in stderr


def test_takes_a_slot_that_is_just_as_high_as_its_content(command, edit):
    edit(
        "layouts/tiny/layout.yaml",
        "local-panel: {width_mm: 170, height_mm: 45",
        "local-panel: {width_mm: 170, height_mm: 44.6",
    )
    result = command("build", "--jobs", "1", "--kind", "leave-behind")
    assert result.exit_code == 0, result.stderr
