"""The names that style sheets and pages use."""

import pytest

from briefpack import layout
from briefpack.layout import names
from briefpack.problem import Problems


@pytest.fixture
def counted(monkeypatch):
    """Return the style sheets that were split into tokens."""
    read = []
    check = names._in_sheets
    monkeypatch.setattr(names, "_in_sheets", lambda sheets, *more: read.extend(sheets) or check(sheets, *more))
    return read


def test_checks_the_names_of_a_layout_once_until_a_file_changes(project, edit, counted):
    edit("layouts/tiny/base.css", "img {", "/* As yet unread. */ img {")
    layout.load(project, "tiny", "screen")
    assert counted
    counted.clear()
    layout.load(project, "tiny", "screen")
    assert counted == []
    edit("layouts/tiny/base.css", "img {", "img { color: var(--inq);")
    for _ in range(2):
        with pytest.raises(Problems) as caught:
            layout.load(project, "tiny", "screen")
        assert [problem.path for problem in caught.value.problems] == ["layouts/tiny/base.css"]
