"""The value of a token: sound for what it is used for, or named where it is defined."""

import pytest

from briefpack import layout
from briefpack.problem import Problems

TOKENS = "layouts/tokens.yaml"
CSS = "layouts/tiny/pack.css"


def loaded(project) -> list[str]:
    try:
        layout.load(project, "tiny", "screen")
    except Problems as error:
        return [each.message for each in error.problems]
    return []


@pytest.mark.parametrize("value", ["20mm", "5%", "1.5EM"])
def test_takes_any_length(project, edit, value):
    edit(TOKENS, "outer: 20mm", f'outer: "{value}"')
    assert loaded(project) == []


@pytest.mark.parametrize("value", ["20mn", "20,5mm", "mm20", "twenty"])
def test_names_what_is_no_length(project, edit, value):
    edit(TOKENS, "outer: 20mm", f'outer: "{value}"')
    assert loaded(project) == [f"shared.lengths.outer: {value} is not a CSS length, and style sheets use it as one"]


@pytest.mark.parametrize("value", ["'\"Source Sans 3\"'", "'\"Source Sans 3\", sans-serif'", "sans-serif"])
def test_takes_any_list_of_families(project, edit, value):
    edit(TOKENS, "sans: '\"Source Sans 3\"'", f"sans: {value}")
    assert loaded(project) == []


@pytest.mark.parametrize("value", ["Source Sans 3", "Source Sans 3, serif", "'\"Source Sans 3\",'", '\'"A" "B"\''])
def test_names_what_is_no_family(project, edit, value):
    edit(TOKENS, "sans: '\"Source Sans 3\"'", f"sans: {value}")
    assert loaded(project)[0].endswith(" is not a CSS font family, and style sheets use it as one")
