"""The platform of twelve asks has the same figures in French as in English."""

import pytest
import yaml

import sections
from briefpack.project import Project
from projects import REPOSITORY

pytestmark = pytest.mark.part(name="languages")

UNITS = {
    "people": "personnes", "months": "mois", "days": "jours", "pairs": "paires", "places": "places", "trips": "trajets",
    "mentors": "médiateurs", "households": "ménages", "years": "ans",
}  # fmt: skip


@pytest.fixture(scope="module")
def briefs():
    paths = (REPOSITORY / "briefs/_examples" / name / "brief.yaml" for name in ("platform", "platform-fr"))
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]


def test_has_the_same_figures_and_sums(briefs):
    english, french = briefs
    kept = ("value", "hedge", "form", "source")
    for one, two in zip(english["figures"].items(), french["figures"].items(), strict=True):
        assert one[0] == two[0]
        assert [one[1].get(key) for key in kept] == [two[1].get(key) for key in kept]
        assert UNITS.get(one[1]["unit"], one[1]["unit"]) == two[1]["unit"]
        assert one[1]["means"] != two[1]["means"]
    assert english["relations"] == french["relations"]


def shape(data):
    """Return data with its keys, ids and numbers, and without its words."""
    if isinstance(data, dict):
        return {key: value if _is_name(key, value) else shape(value) for key, value in data.items()}
    return [shape(value) for value in data] if isinstance(data, list) else None


def _is_name(key, value):
    """Return whether a value is an id or the like; a block has a key `figure`, and so has what is in it."""
    return key in NAMES and not (key == "figure" and isinstance(value, dict))


NAMES = {"id", "theme", "figure", "chart", "fact", "kind", "amount", "annual", "strong", "rows_from", "only", "except"}


@pytest.mark.parametrize("part", ["charts", "glance", "local", "sections", "themes", "asks", "appendices", "sources"])
def test_has_the_same_parts(briefs, part):
    english, french = briefs
    assert shape(english[part]) == shape(french[part])


def test_has_as_many_words_explained(briefs):
    assert len(briefs[0]["glossary"]) == len(briefs[1]["glossary"])


@pytest.mark.parametrize(("name", "marked"), [("platform-fr", True), ("platform", False)])
def test_keeps_the_notices_of_the_set_in_their_language(name, marked, tmp_path, monkeypatch):
    """The notices are legal texts in English, so French spaces before a colon would be wrong in them."""
    monkeypatch.setattr(sections, "BRIEF", f"_examples/{name}")
    bench = sections.Bench("ijm", tmp_path, Project(REPOSITORY))
    nothing = dict.fromkeys(("asks", "themes", "appendices"), ())
    _, pieces = bench.pieces(**nothing, asks_annual=None, glance=None, local=None, charts={})
    html = "".join(piece.html for piece in pieces)
    assert "incorporates data that is: ©" in html
    assert ('<span lang="en-AU">This product (' in html) == marked
