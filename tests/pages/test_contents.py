"""The contents of a pack name each part as its own page does."""

from collections import defaultdict

import pytest
import yaml

from briefpack import build, output, pages
from briefpack.project import Project
from briefpack.store import Store
from projects import REPOSITORY

SHIPPED = yaml.safe_load((REPOSITORY / "briefs/ijm-federal-2025/brief.yaml").read_text(encoding="utf-8"))
ENTRIES = {"nation": SHIPPED["local"]["nation"]["heading"], "place": "How your electorate compares"}
"""The words of the page of the nation, and of that of an electorate, in the brief that ships."""


@pytest.mark.part(name="builds")
@pytest.mark.parametrize(("name", "other"), [("nation", "place"), ("place", "nation")])
def test_the_page_of_the_nation_has_its_own_entry(tmp_path, name, other):
    places = ("durack",) if name == "place" else ()
    asked = output.Request(
        Project(REPOSITORY),
        "ijm-federal-2025",
        "ijm",
        tmp_path,
        kinds=("pack",),
        national=not places,
        electorates=places,
    )
    planned = build.prepare(asked)
    writer = pages.composer(planned, REPOSITORY, dict.fromkeys(planned.drawings, "0"), Store(tmp_path / "store"))
    numbered = pages.number(writer, planned.documents[0], defaultdict(lambda: 9, {name: 2}), pages.LinkedFrom(), ())
    listed = "".join(piece.html for piece in numbered.values()).replace("\u00a0", " ")
    assert f'{name}">{ENTRIES[name]}</a></span><span class="at" aria-label="page 2">2</span>' in listed
    assert ENTRIES[other] not in listed
