"""A planned chart has the rows, events and size that the brief and the layout give it."""

from briefpack import layout, plan
from briefpack.plan import ChartEvent, Wanted

BARS = """
    kind: bars
    finding: A crossing slowed cars by {speed-saved} km an hour
"""
LINES = """
    kind: line
    finding: A crossing slowed cars by {speed-saved} km an hour
    every_cell: Australia
    events:
      - {when: May 2025, label: "{crossings} schools have none"}
      - {when: June 2025, label: It *opens*}
"""
ROWS = """
      - {label: Before, figure: speed-before}
      - {label: After, figure: speed-after, strong: yes}
"""
SERIES = """
      - {label: 2024, series: Victoria, figure: speed-before}
      - {label: 2025, series: Victoria, figure: speed-after}
      - {label: 2024, series: Australia, figure: speed-before}
      - {label: 2025, series: Australia, figure: speed-after}
"""


def planned(project, size):
    """Return the plan of a chart with two series in the sample, for a size in its layout."""
    for path, changes in (
        ("briefs/tiny/brief.yaml", ((BARS, LINES), (ROWS, SERIES))),
        ("layouts/tiny/layout.yaml", (("      timeline: {width_mm: 170, height_mm: 30}\n", f"      line: {size}\n"),)),
    ):
        text = (project.root / path).read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1
            text = text.replace(old, new)
        (project.root / path).write_text(text, encoding="utf-8")
    brief = plan.read_brief(project, "tiny")
    made = plan.make(brief, layout.load(project, "tiny", "screen"), Wanted(national=True))
    return next(drawing for drawing in made.drawings if drawing.kind == "line")


def test_a_chart_has_its_events_with_figures_filled_in(project):
    drawing = planned(project, "{width_mm: 119, height_mm: 60}")
    assert drawing.options.events == (
        ChartEvent("May 2025", "about 800 schools have none"),
        ChartEvent("June 2025", "It opens"),
    )
    assert drawing.options.every_cell == "Australia"
    assert (drawing.width_mm, drawing.height_mm) == (119, 60)
