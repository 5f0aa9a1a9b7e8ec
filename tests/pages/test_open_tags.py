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
    assert found == (2, f'"{name}" is never closed', f"close it with {{% end{name} %}} before </p> in line 3")


def test_names_a_tag_that_is_open_at_the_end_of_the_page():
    found = problem("{% block content %}", "text")
    assert found == (1, '"block" is never closed', "close it with {% endblock %} before the page ends")


def test_sees_by_the_indent_which_of_two_tags_was_closed():
    found = problem("{% block a %}", "{% if a %}", "  {% if b %}", "  text", "{% endif %}", "{% endblock %}")
    assert found == (3, '"if" is never closed', "close it with {% endif %} before line 5")


def test_names_the_innermost_of_several_tags_that_were_closed_by_the_next():
    found = problem("{% if a %}", "  {% if b %}", "    {% if c %}", "    text", "  {% endif %}", "{% endif %}")
    assert found == (3, '"if" is never closed', "close it with {% endif %} before line 5")


def test_sees_by_the_elements_of_a_page_where_a_tag_was_left_open():
    lines = [
        "{% if a %}",
        "<div>",
        '<p class="{% if b %}c{% endif %}">',
        "{% if d %}<b>text</b>",
        "</div>",
        "{% endif %}",
    ]
    assert problem(*lines) == (4, '"if" is never closed', "close it with {% endif %} before </div> in line 5")
    # An element that is opened and closed on a condition tells nothing.
    lines[3:4] = ["{% if d %}<a>{% endif %}{% if e %}", "text</a>", "{% endif %}", "{% for f in g %}"]
    assert problem(*lines) == (7, '"for" is never closed', "close it with {% endfor %} before </div> in line 8")


def test_names_the_inner_of_two_tags_if_nothing_tells_them_apart():
    lines = ["{% block a %}", "{% if b %}", "text", "{% if c %}", "text", "{% endif %}"]
    found = problem(*lines, "{% endblock %}")
    assert found == (4, '"if" is never closed', "close it with {% endif %} before line 6")
    found = problem(*lines, "", "text", "{% endblock %}")
    assert found == (2, '"if" is never closed', "close it with {% endif %} before line 9")


def test_names_a_macro_that_is_open_where_the_next_begins():
    found = problem("{% macro a() %}", "text", "", "{% macro b() %}", "text", "{% endmacro %}")
    assert found == (1, '"macro" is never closed', "close it with {% endmacro %} before line 4")


def test_names_a_tag_that_is_open_where_the_branch_of_another_begins():
    found = problem("{% if a %}", "{% if b %}", "text", "{% else %}", "text", "{% else %}", "text", "{% endif %}")
    assert found == (2, '"if" is never closed', "close it with {% endif %} before line 6")


def test_names_a_branch_that_an_if_has_already():
    found = problem("{% if a %}", "{% else %}", "{% else %}", "{% endif %}")
    assert found == (3, 'its "if" has an "else" already', "delete one of the two")
    found = problem("{% if a %}", "{% else %}", "{% elif b %}", "{% endif %}")
    assert found == (3, 'there is an "elif" after the "else" of its "if"', "put it before {% else %}")


def test_names_an_end_tag_that_closes_nothing():
    hint = "delete it, or add the tag that it should close"
    for last in ("{% endblock %}", ""):
        found = problem("{% block a %}", "{% if a %}{% endif %}", "{% endif %}", last)
        assert found == (3, '"endif" has no "if" to close', hint)


def test_names_an_end_tag_with_the_name_of_another():
    found = problem("{% if a %}", "{% for b in c %}", "{% endif %}", "{% endif %}")
    assert found == (3, 'there should be "endfor" here, not "endif"', "it closes the {% for %} of line 2")


def test_names_a_misspelt_end_tag_where_it_is():
    found = problem("{% block a %}", "{% for a in b %}", "{% endfr %}", "{% endblock %}")
    assert found[:2] == (3, 'there should be "endfor" here to close "for", not "endfr"')


@pytest.mark.parametrize(
    ("lines", "line", "begun", "end"),
    [
        (("text", "{{ title }", "{% if a %}{% endif %}"), 2, "{{", "}}"),
        (("{# {{ #}", "{% if a }", "{{ title }}{% endif %}"), 2, "{%", "%}"),
        (("{{ title %}",), 1, "{{", "}}"),
        (("it's", '{{ label("it\'s") }}', '{{ label("title) }}', "</p>"), 3, '"', '"'),
        (("text", "{# A remark."), 2, "{#", "#}"),
    ],
)
def test_names_a_tag_without_its_end(lines, line, begun, end):
    assert problem(*lines) == (line, f"the {begun} is not closed", f"close it with {end}")


@pytest.mark.parametrize(
    ("tag", "message", "hint"),
    [
        ("{% if a %}{% else if b %}{% endif %}", 'there is no tag called "else if"', "{% elif … %}"),
        (
            "{% if a %}{% elseif b %}{% endif %}",
            'there is no tag called "elseif" here',
            "{% elif … %}, between {% if %} and {% endif %}",
        ),
        ('{% if a = "b" %}{% endif %}', 'one "=" sets a name, and doesn\'t compare', "=="),
        ("{% if a && b %}{% endif %}", 'there is no "&" in a tag', "and"),
        ("{% if a || b %}{% endif %}", 'there is no "||" in a tag', "or"),
        ("{% if !a %}{% endif %}", 'there is no "!" in a tag', "not, or != between two values"),
        ("{{ a(b }}", 'there should be ")" before "}"', "add the )"),
    ],
)
def test_knows_the_slips_of_other_languages(tag, message, hint):
    assert problem("text", tag) == (2, message, hint)


def test_finds_no_fault_in_sound_templates(project):
    pages = sorted((project.root / "layouts").rglob("*.html"))
    assert len(pages) > 10
    assert not [page for page in pages if open_tags.explained(page.read_text(encoding="utf-8"))]
    assert not [page for page in pages if open_tags.half(page.read_text(encoding="utf-8"))]
    assert not open_tags.explained("{% set a = 1 %}{% raw %}{% if %}{% endraw %}{# {% if a %} #}")
