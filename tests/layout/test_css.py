"""Reading style sheets: names, addresses and unclosed brackets."""

import pytest

from briefpack.layout import css


@pytest.mark.parametrize(
    ("sheet", "variables"),
    [
        ("", []),
        ("a {\n  color: var(--ink);\n  margin: calc(1em + var( --gutter ));\n}", [(2, "--ink"), (3, "--gutter")]),
        ("a { color: var(--ink, red) }", []),
        ("/* var(--ink)\n*/ a { color: VAR(--paper) }", [(2, "--paper")]),
    ],
)
def test_finds_each_variable_without_a_fallback(sheet, variables):
    assert list(css.variables(sheet)) == variables


@pytest.mark.parametrize(
    ("sheet", "line", "mark"),
    [
        ("a { b: c }\n@media print { a { b: c(1) } }\n[href] { d: e }", None, ""),
        ("p { }\na { b: c;\nd { e: f }", 2, "{"),
        ("a { b: c(1; }\nd { e: f }", 1, "("),
        ("p { }\n/* a\nb { c: d }", 2, "/*"),
    ],
)
def test_names_the_first_unclosed_bracket(sheet, line, mark):
    found = css.unclosed(sheet)
    assert (found and found[0]) == line
    assert mark in (found[1] if found else "")


@pytest.mark.parametrize("text", ["( " * 3000 + ") " * 3000, "a{" * 3000 + "} " * 3000])
def test_reads_no_style_sheet_that_is_nested_without_end(command, project, text):
    with (project.root / "layouts/tiny/base.css").open("a", encoding="utf-8") as file:
        file.write(f"\np {{ color: {text} }}\n")
    result = command("check", "--quick")
    assert "layouts/tiny/base.css:14: brackets are nested more than 100 deep" in result.stderr
    assert result.exit_code == 4


def test_finds_the_custom_properties_of_a_sheet_or_a_page():
    assert css.properties("a { --one: 1mm; margin: var(--two) } /* --three: 3mm */") == {"--one"}
    [(above, style)] = css.of_page('\n<p style="--rows: {{ rows }}">A</p>')
    assert (above, css.properties(style)) == (1, {"--rows"})


def test_finds_the_address_of_each_file():
    sheet = """@import "one.css"; @import url(two.css);
        a { background: URL( "three.png" ), \\75rl(four.png); content: "url(none.png)" } /* url(no.png) */"""
    assert list(css.addresses(sheet)) == ["one.css", "two.css", "three.png", "four.png"]
