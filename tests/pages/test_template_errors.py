"""A page that fails is reported at its line, in the words of Jinja2 and with the tag that is open."""

import jinja2
import pytest

from briefpack.pages import template_errors

CLOSE = "close the {{% {0} %}} of line {1} with {{% end{0} %}}"
COMPARE = template_errors.COMPARE


def problem(*lines):
    with pytest.raises(jinja2.TemplateSyntaxError) as caught:
        jinja2.Environment(autoescape=True).from_string("\n".join(lines))
    found = template_errors.of_syntax(caught.value, "page.html")
    return found.line, found.message.removeprefix("the page can't be written: "), found.hint


@pytest.mark.parametrize("tag", ["if a", "for a in b", "set a"])
def test_names_the_innermost_tag_that_is_open(tag):
    name = tag.split()[0]
    found = problem("{% block content %}", f"<p>{{% {tag} %}}", "  {% if b %}{% endif %}</p>", "{% endblock %}")
    assert found == (4, "unknown tag 'endblock'", CLOSE.format(name, 2))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("{% if a %}", "{% else %}", "{% else %}", "{% endif %}"), (3, "unknown tag 'else'", CLOSE.format("if", 1))),

        (("{% for b in c %}", "{% endfr %}"), (2, "unknown tag 'endfr'", CLOSE.format("for", 1))),
        (("text", "{{ title }", "{% if a %}{% endif %}"), (2, "unexpected '}'", COMPARE)),
        (("text", "{# A remark."), (2, "missing end of comment tag", COMPARE)),

        (("text", "{{ a | upperr }}"), (2, 'there is no filter called "upperr"', "upper")),
    ],
)  # fmt: skip
def test_gives_the_message_and_the_line_of_jinja(lines, expected):
    line, message, hint = problem(*lines)
    assert (line, message, hint.split(",")[0].split(" or ")[0]) == expected
