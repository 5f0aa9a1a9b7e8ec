"""A build judges the contrast of running text as preflight does, on the pages that it prints over."""

import re

import pytest

from briefpack import build, checks, output
from briefpack.build import preflight

PACK = "national/national-pack.pdf"
WHERE = {
    "pale on paper": {"layouts/tiny/running.css": ("line-height: 6mm; margin: 0; }", "line-height: 6mm; margin: 0; color: var(--paper) }")},
    "dark on a band": {
        "layouts/tiny/pack.css": (".part {", ".part::after { content: ''; position: absolute; left: -40mm; width: 260mm; top: 260mm; height: 50mm; background: var(--ink) } .part {")
    },
    "with its own ground": {
        "layouts/tiny/running.css": (".foot, .folio {", ".foot { background: var(--ink) } .foot, .folio {")
    },
}  # fmt: skip


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("in_process", "warm")
@pytest.mark.parametrize("edition", ["screen", "press"])
@pytest.mark.parametrize("case", WHERE)
def test_a_build_finds_what_preflight_finds(project, edit, monkeypatch, case, edition):
    for path, change in WHERE[case].items():
        edit(path, *change)
    request = output.Request(project, "tiny", "tiny", project.root / "out", edition)
    found = [each for each in build.run(request).problems if each.check == "contrast"]
    assert found
    # Preflight needs a finished file, so the build makes one without the check.
    monkeypatch.setattr(checks, "_running_contrast", lambda *_: iter(()))
    report = build.run(request)
    assert PACK in report.made
    checked = preflight.run(preflight.Request(project, "tiny", (edition,), project.root / "out")).problems
    again = [each for each in checked if each.check == "contrast"]
    # A build knows the element too, and names it.
    built = [(each.page, each.message.partition("; it is in")[0]) for each in found]
    assert built == [(each.page, each.message) for each in again]
    for one, two in zip(found, again, strict=True):
        for box, other in zip(one.boxes, two.boxes, strict=True):
            assert box == pytest.approx(other, abs=0.1)


@pytest.mark.usefixtures("in_process")
def test_a_build_judges_running_text_without_rendering_its_pages(project, monkeypatch):
    def fail(*_arguments) -> None:
        raise AssertionError

    monkeypatch.setattr(checks, "_rendered", fail)
    judged = []
    faint = checks._faint
    monkeypatch.setattr(checks, "_faint", lambda runs, ground: judged.append(runs) or faint(runs, ground))
    report = build.run(output.Request(project, "tiny", "tiny", project.root / "out"))
    assert (report.exit_code, report.problems) == (0, ())
    words = " ".join(run.text for runs in judged for run in runs)
    assert re.search(r"\b2\b", words), "the folio of page 2 is judged"
