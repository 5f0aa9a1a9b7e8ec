"""A copy of the sample for an invented country of four seats that share no value."""

import shutil
from pathlib import Path

from briefpack.project import Project
from projects import TESTS, copy_sample

LOCAL = """
electorates: isles
local:
  heading: "{electorate} in numbers"
  standfirst: Counted beside {state} and {country}.
  facts:
    - {fact: people, caption: people}
    - {fact: sheep, caption: sheep}
    - {fact: old-share, caption: of people are over 65}
  charts:
    - {fact: old-share, finding: "{old-share} of people in {electorate} are over 65", alt: Bars.}
"""
PANEL = """
    local:
      heading: In {electorate}
      facts:
        - {fact: people, caption: people live here}
        - {fact: sheep, caption: sheep live here}
      sentences:
        - Every street of {electorate} can have a crossing.
"""
PLACE = """
{% if electorate %}
{% set placed = map("cover") %}
<h2>{{ electorate.name }}</h2>
<p>{{ electorate.member.styled }}, Member for {{ electorate.name }}</p>
<p>{{ electorate.office.address }}<br>{{ electorate.office.suburb }} {{ electorate.office.state }} {{ electorate.office.postcode }}</p>
<p><a href="tel:{{ electorate.office.phone }}">{{ electorate.office.phone }}</a>
<a href="mailto:{{ electorate.office.email }}">{{ electorate.office.email }}</a></p>
<p>{% for fact in local.facts(brief.local.facts, 3) %}{{ fact.written }} {{ fact.caption }} ({{ fact.state }}, {{ fact.nation }}). {% endfor %}</p>
<img src="{{ placed.src }}" alt="Map with {{ electorate.name }} marked" style="width: {{ placed.width_mm }}mm; height: {{ placed.height_mm }}mm">
<p>{{ group.notices["map"].short }}</p>
{% endif %}
{% endblock %}
"""
INKS = """  colours:
    map-ground: {screen: "#DDE5E8", grey: "#DEDEDE", cmyk: 12 5 6 0}
    map-line: {screen: "#FFFFFF", grey: "#FFFFFF", cmyk: 0 0 0 0}
    map-mark: {screen: "#16243A", grey: "#1F1F1F", cmyk: 0 0 0 100}
    map-text: {screen: "#16243A", grey: "#1F1F1F", cmyk: 0 0 0 100}
    map-quiet-text: {screen: "#5B6470", grey: "#636363", cmyk: 0 0 0 72}
"""
BESIDE = """
{% if local %}
<div class="panel">
  <p>{{ plain(theme.local.heading) }}</p>
  {% for fact in local.facts(theme.local.facts, 2) %}<p>{{ fact.written }} {{ line(fact.caption) }}</p>{% endfor %}
  <p>{{ line(local.sentence(theme.local.sentences)) }}</p>
</div>
{% else %}
<div class="panel">"""


def copy_isles(folder: Path) -> Project:
    """Copy the sample to a folder, with the four seats of the Isles, which share no value."""
    project = copy_sample(folder)
    shutil.copytree(TESTS / "sets/isles", folder / "briefs/electorates/isles")
    brief = folder / "briefs/tiny/brief.yaml"
    text = brief.read_text(encoding="utf-8").replace("\n    national:", f"{PANEL}    national:")
    brief.write_text(text + LOCAL, encoding="utf-8")
    replace(folder / "layouts/tiny/layout.yaml", "page: tiny/cover.html,", "page: tiny/cover.html, place: yes,")
    replace(folder / "layouts/tiny/cover.html", "\n{% endblock %}\n", PLACE)
    replace(folder / "layouts/tiny/panel.html", '\n<div class="panel">', BESIDE)
    replace(folder / "layouts/tiny/panel.html", "</div>\n{% endblock %}", "</div>\n{% endif %}\n{% endblock %}")
    replace(folder / "layouts/tokens.yaml", "  colours:\n", INKS)
    sizes = "    charts:\n      timeline:"
    replace(
        folder / "layouts/tiny/layout.yaml",
        sizes,
        f"    maps:\n      cover: {{width_mm: 100, height_mm: 110}}\n{sizes}",
    )
    return project


def replace(file: Path, old: str, new: str) -> None:
    """Replace a text that occurs once in a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file} has {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")
