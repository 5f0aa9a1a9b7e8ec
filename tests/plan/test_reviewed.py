"""Tests of the review of a brief, which the store remembers."""

from dataclasses import replace

import pytest

from briefpack import plan
from briefpack.brief import review
from briefpack.plan import reviewed
from briefpack.store import Store


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
    first, again = (reviewed.warn(loaded.brief, loaded.tree, loaded.locale, loaded.kept) for _ in range(2))
    assert first == again == tuple(review.warn(loaded.brief, loaded.tree, loaded.locale))
    assert first
    assert len(reviews) == 2


@pytest.mark.parametrize("part", ["brief", "tree", "locale"])
@pytest.mark.part(name="builds", beyond=1)
def test_reviews_a_brief_again_if_anything_that_it_reads_has_changed(loaded, reviews, part):
    parts = {"brief": loaded.brief, "tree": loaded.tree, "locale": loaded.locale}
    changed = {
        "brief": loaded.brief.model_copy(update={"title": "Another title"}),
        "tree": replace(loaded.tree, text=(*loaded.tree.text, "# the end")),
        "locale": loaded.locale.with_labels({"page": "Leaf"}),
    }
    reviewed.warn(**parts, kept=loaded.kept)
    reviewed.warn(**parts | {part: changed[part]}, kept=loaded.kept)
    assert len(reviews) == 2


def test_reviews_a_brief_again_if_the_store_holds_something_else(loaded, reviews):
    key = reviewed._key("warn", loaded.brief, loaded.tree, loaded.locale)
    loaded.kept.put(key, b'[{"path": 1}]')
    assert reviewed.warn(loaded.brief, loaded.tree, loaded.locale, loaded.kept)
    assert len(reviews) == 1
