"""Tests of the line of a page that a failure is reported at."""

from briefpack.pages import template_errors

PAGE = '{% macro mark(place) %}{{ fail(place) }}{% endmacro %}\n\n{{ mark("nowhere") }}'


def test_names_the_line_that_gives_a_macro_the_name_of_a_place(tmp_path):
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts/page.html").write_text(PAGE, encoding="utf-8")
    frames = [template_errors._Frame("page.html", 3), template_errors._Frame("page.html", 1, in_macro=True)]
    assert template_errors._cause(tmp_path, frames, "nowhere").line == 3
