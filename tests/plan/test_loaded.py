"""Tests of the review of a brief, which the store remembers."""

from dataclasses import replace

import pytest

from briefpack import plan
from briefpack.brief import review
from briefpack.plan.loaded import reviewed
from briefpack.store import Store
from briefpack.text import yaml_lines


@pytest.fixture
def loaded(home, tmp_path):
    found = plan.read_brief(home, "ijm-federal-2025")
    return replace(found, kept=Store(tmp_path))


@pytest.fixture
def reviews(monkeypatch):
    """Count the reviews."""
    made = []
    real = review.warn
    monkeypatch.setattr(review, "warn", lambda *parts: made.append(parts) or real(*parts))
    return made


def test_remembers_the_warnings(loaded, reviews):
    parts = loaded.brief, loaded.tree, loaded.locale
    first, again = (reviewed("warn", loaded.kept, *parts) for _ in range(2))
    assert len(reviews) == 1
    assert first == again == tuple(review.warn(*parts))
    assert first


@pytest.mark.parametrize("part", ["brief", "tree", "locale"])
@pytest.mark.part(name="builds", beyond=1)
def test_reviews_a_brief_again_if_anything_that_it_reads_has_changed(loaded, reviews, part):
    parts = {"brief": loaded.brief, "tree": loaded.tree, "locale": loaded.locale}
    changed = {
        "brief": loaded.brief.model_copy(update={"title": "Another title"}),
        "tree": replace(loaded.tree, text=(*loaded.tree.text, "# the end")),
        "locale": loaded.locale.with_labels({"page": "Leaf"}),
    }
    reviewed("warn", loaded.kept, *parts.values())
    reviewed("warn", loaded.kept, *(parts | {part: changed[part]}).values())
    assert len(reviews) == 2


def test_warns_of_a_fact_beside_its_own_unit(loaded):
    fact = next(fact for fact in loaded.group.electorates[0].facts.values() if fact.unit == "%")
    line = "standfirst: >-\n"
    text = "\n".join(loaded.tree.text).replace(line, f"{line}    About {{{fact.id}}} per cent. ", 1)
    edited = replace(loaded, tree=yaml_lines.parse(text, loaded.tree.path))
    assert any(f"{{{fact.id}}} per cent" in problem.message for problem in edited.warnings)
