"""Whatever a check refuses, a build fails the documents that print it, proves them, and makes the others."""

import pytest

from shapes.briefs import EDITIONS, LAYOUTS
from shapes.refusals import CASES, Refusals, drawn
from shapes.run import Shapes, project

BRIEFS = 50
"""How many are built in each layout and edition."""


@pytest.mark.part(name="refusals")
@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_document_that_is_refused_has_its_proof_and_each_other_is_made(tmp_path, layout, edition):
    tried = Refusals(Shapes(project(tmp_path / "project")), layout, edition)
    briefs = [*drawn(f"{layout} {edition}", BRIEFS)]
    assert {case for brief in briefs for case in brief} == {*CASES}
    assert {str(brief): faults for brief in briefs if (faults := tried.judge(*brief))} == {}
