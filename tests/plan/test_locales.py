"""The locales that ship have every label that templates and charts print, and no others."""

from briefpack.plan import locales
from projects import REPOSITORY, english


def test_ships_no_label_that_never_prints():
    filled = locales._filled(tuple(locales._uses(REPOSITORY)))
    forms = (*english().plurals, "other")
    stems = {name: locales._stem(name, forms, filled) for name in english().labels}
    # A print set looks for the name of each kind of document that the layout makes.
    assert [name for name, stem in stems.items() if stem not in filled and not name.startswith("document-")] == []


def test_ships_every_label_that_a_template_or_a_chart_prints():
    labels = english().labels
    called = {use.label for use in locales._uses(REPOSITORY)}
    assert len(called) > 50
    assert [name for name in sorted(called) if not {name, f"{name}-other"} & labels.keys()] == []


def test_finds_nested_label_calls(tmp_path):
    text = '{{ label("a-b", count=printed) }}\n{{ label(\'c\', blank=label("d", count=f(x)), on=y) if z == 1 }}\n'
    (tmp_path / "layouts/x").mkdir(parents=True)
    (tmp_path / "layouts/x/page.html").write_text(text, encoding="utf-8")
    found = [(use.path, use.line, use.label, use.keys) for use in locales._uses(tmp_path)]
    assert found == [
        ("layouts/x/page.html", 1, "a-b", {"count"}),
        ("layouts/x/page.html", 2, "c", {"blank", "count", "on"}),
        ("layouts/x/page.html", 2, "d", {"count"}),
    ]
