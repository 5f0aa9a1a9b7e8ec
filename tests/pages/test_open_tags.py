"""A tag of a template that is never closed, at its own line."""

import jinja2
import pytest

from briefpack.pages import open_tags, template_errors


def problem(*lines):
    with pytest.raises(jinja2.TemplateSyntaxError) as caught:
        jinja2.Environment(autoescape=True).from_string("\n".join(lines))
    found = template_errors.of_syntax(caught.value, "page.html")
    return found.line, found.message.removeprefix("the page can't be written: "), found.hint


@pytest.mark.parametrize("tag", ["if a", "for a in b", "call a()", "filter upper", "macro a()", "set a", "with a = 1"])
def test_names_the_line_of_the_opening_tag(tag):
    name = tag.split()[0]
    found = problem("{% block content %}", f"<p>{{% {tag} %}}", "  text</p>", "{% endblock %}")
    assert found == (2, f'"{name}" is never closed', f"close it with {{% end{name} %}} before line 4")


def test_names_a_tag_that_is_open_at_the_end_of_the_page():
    found = problem("{% block content %}", "text")
    assert found == (1, '"block" is never closed', "close it with {% endblock %} before the page ends")


def test_sees_by_the_indent_which_of_two_tags_was_closed():
    found = problem("{% block a %}", "{% if a %}", "  {% if b %}", "  text", "{% endif %}", "{% endblock %}")
    assert found == (3, '"if" is never closed', "close it with {% endif %} before line 6")


def test_names_an_end_tag_that_closes_nothing():
    hint = "delete it, or add the tag that it should close"
    for last in ("{% endblock %}", ""):
        found = problem("{% block a %}", "{% if a %}{% endif %}", "{% endif %}", last)
        assert found == (3, '"endif" has no "if" to close', hint)


def test_names_a_misspelt_end_tag_where_it_is():
    found = problem("{% block a %}", "{% for a in b %}", "{% endfr %}", "{% endblock %}")
    assert found[:2] == (3, 'there should be "endfor" here to close "for", not "endfr"')


@pytest.mark.parametrize(
    ("lines", "line", "begun", "end"),
    [
        (("text", "{{ title }", "{% if a %}{% endif %}"), 2, "{{", "}}"),
        (("{# {{ #}", "{% if a }", "{{ title }}{% endif %}"), 2, "{%", "%}"),
        (("{{ title %}",), 1, "{{", "}}"),
    ],
)
def test_names_a_tag_without_its_end(lines, line, begun, end):
    assert problem(*lines) == (line, f"the {begun} is not closed", f"close it with {end}")


def test_finds_no_fault_in_sound_templates(project):
    pages = sorted((project.root / "layouts").rglob("*.html"))
    assert len(pages) > 10
    assert not [page for page in pages if open_tags.unclosed(page.read_text(encoding="utf-8"))]
    assert not [page for page in pages if open_tags.half(page.read_text(encoding="utf-8"))]
    assert not open_tags.unclosed("{% set a = 1 %}{% raw %}{% if %}{% endraw %}{# {% if a %} #}")
