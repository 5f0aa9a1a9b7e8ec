"""Problems as data."""

import json

from briefpack.cli import records
from briefpack.geometry import Rectangle
from briefpack.problem import Owner, Problem

PLACED = Problem(
    "out/a.pdf", None, "contrast: page 4: 2.1:1", "darken it", Owner.DOCUMENT, warning=True, check="contrast", page=4,
    boxes=(Rectangle(1, 2, 3.5, 4), Rectangle(5, 6, 7, 8)),
)  # fmt: skip


def test_the_keys_never_change():
    """Editors and other programs rely on them: add keys if you must, but rename and remove none."""
    assert records.record(PLACED) == {
        "id": "contrast", "severity": "warning", "warning": True, "owner": "document", "path": "out/a.pdf", "line": None,
        "column": None, "page": 4, "box": [1, 2, 3.5, 4], "boxes": [[1, 2, 3.5, 4], [5, 6, 7, 8]], "message": "2.1:1",
        "fix": "darken it",
    }  # fmt: skip


def test_a_problem_without_a_check_or_a_place_has_null():
    found = records.record(Problem("a.yaml", 3, "title: it is empty", "write one", column=8))
    assert (found["id"], found["page"], found["box"], found["boxes"]) == (None, None, None, [])
    assert (found["severity"], found["line"], found["column"]) == ("error", 3, 8)


def test_prints_text_that_no_encoding_has(capsys):
    records.print_problems([Problem("a.yaml", 1, "“\ud800” é", "delete it")], made=[])
    printed = capsys.readouterr().out
    assert "é" in printed
    assert json.loads(printed)["problems"][0]["message"] == "“\ud800” é"
    assert json.loads(printed)["made"] == []
