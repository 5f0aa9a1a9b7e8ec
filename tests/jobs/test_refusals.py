"""Why a check refuses a bound document."""

from types import SimpleNamespace

import pytest

from briefpack.jobs import refusals
from briefpack.problem import Owner, Problem

PAGE = '{% extends "tiny/page.html" %}\n<p>{{ plain("Quay") }}</p>\n'


@pytest.mark.parametrize(
    ("more", "name", "place"),
    [
        ("", "Quay", ("layouts/tiny/one.html", 2)),
        # No template has the name, so a figure or a chart may be the cause.
        ("", "Moor", None),
        # Either of the two lines may be the cause.
        ("<p>Quay</p>\n", "Quay", None),
        # A name in a comment doesn't print.
        ("{# Quay #}\n", "Quay", ("layouts/tiny/one.html", 2)),
    ],
)
def test_names_the_only_line_of_a_template_that_has_what_belongs_to_another_electorate(tmp_path, more, name, place):
    folder = tmp_path / "layouts/tiny"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text("<p>Page</p>\n", encoding="utf-8")
    (folder / "one.html").write_text(PAGE + more, encoding="utf-8")
    message = f'electorate-leak: page 1: the text contains "{name}", the name of Quay'
    problem = Problem("out/a.pdf", None, message, "", Owner.DOCUMENT, check="electorate-leak", page=1)
    piece, line = SimpleNamespace(page="tiny/one.html"), SimpleNamespace(root=tmp_path)
    assert refusals._cause(problem, piece, line) == place
