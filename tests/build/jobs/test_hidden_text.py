"""Text that a style sheet hides on purpose isn't lost, in a piece and in its file; any other is."""

import pytest

from briefpack import checks, plan
from briefpack.build.jobs import laying_out
from briefpack.layout.model import Pages
from briefpack.pages import Piece
from briefpack.problem import Problem
from briefpack.store import Store
from sheets import printing

STYLE = 'html { font: 10pt/1.4 "Source Sans 3" } body, p { margin: 0 } '


@pytest.fixture
def problems(project):
    """Return a function that lays out a page, and returns the messages of its checks, and its overset fields."""

    def lay(body: str, style: str) -> list[str]:
        (project.root / "layouts/tiny/own.css").write_text(STYLE + style, encoding="utf-8")
        html = f'<!DOCTYPE html><html lang="en-AU"><head><meta charset="utf-8"><title>T</title></head><body>{body}</body></html>'
        piece = Piece(
            name="a piece", page="tiny/body.html", **printing(html), css="@page{size:210mm 297mm;margin:20mm}",
            styles=("tiny/own.css",), files={"/layouts/tiny/own.css": ""}, limit=Pages(at_most=9), fits={}, slots={},
            room={}, smallest_type_pt=5, tagged=True, key="k", ends_early=True,
        )  # fmt: skip
        task = laying_out.LayOut(project.root, Store(project.store), plan.Expected())
        laid_out, data = task.make(piece)
        if laid_out.sound:
            assert lost(checks.file(data, plan.Expected(), "f.pdf")) == []
        spilled = (f"{spill.field} is overset" for spill in laid_out.spills)
        return [*(problem.text for problem in laid_out.problems), *spilled]

    return lay


def lost(problems: tuple[Problem, ...]) -> list[str]:
    """Return what `words-lost` says of the words on a page; a file alone doesn't tell what its HTML had."""
    return [each.message for each in problems if each.check == "words-lost" and each.page]


SEEN = "<p>A paragraph that everybody reads, the same <b>words</b> in it.</p>"
UNSEEN = SEEN + '<p class="unseen">Some words that the same <b>paragraph</b> hides.</p><p>The end.</p>'
FIELD = UNSEEN.replace('class="unseen"', 'class="unseen" data-field="glance.standfirst"')
READER = "position: absolute; width: 1px; height: 1px; overflow: hidden;"
ON_PURPOSE = {
    "not displayed": ".unseen { display: none }",
    "not displayed in print": "@media print { .unseen { display: none } }",
    "not visible": ".unseen { visibility: hidden }",
    "for screen readers": f".unseen {{ {READER} }}",
    "for screen readers, in a line": f".unseen {{ {READER} white-space: nowrap }}",
    "for screen readers, clipped": ".unseen { position: absolute; clip: rect(0, 0, 0, 0) }",
    "for screen readers, to a pixel": f".unseen {{ {READER} clip: rect(1px, 1px, 1px, 1px); margin: -1px; padding: 0 }}",
}


@pytest.mark.parametrize("body", [FIELD, SEEN.replace("<b>", "<b class='unseen'>")])
@pytest.mark.parametrize("case", ON_PURPOSE)
def test_is_silent_about_text_that_is_hidden_on_purpose(problems, case, body):
    assert problems(body, ON_PURPOSE[case]) == []


BY_MISTAKE = {
    "clipped": (".unseen { height: 0; overflow: hidden }", "is covered or clipped"),
    "in a narrow box": (".unseen { width: 1px; height: 14pt; overflow: hidden; white-space: nowrap; text-indent: 5pt }", "is covered or clipped"),
    "off the page": (".unseen { position: absolute; left: -300mm; width: 90mm }", "is cut off at the edge of the page"),
    "white on white": (".unseen { color: #fff }", "has a contrast of"),
    "under a picture": (".cover { position: absolute; top: 0; left: 0; width: 100%; height: 42pt; background: #fff }", "is covered or clipped"),
    "visible in a hidden box": (".unseen { visibility: hidden } .unseen b { visibility: visible; position: absolute; left: 200mm; white-space: nowrap }", "is cut off at the edge"),
}  # fmt: skip


@pytest.mark.parametrize("case", BY_MISTAKE)
def test_finds_text_that_nobody_meant_to_hide(problems, case):
    style, message = BY_MISTAKE[case]
    assert message in "; ".join(problems(UNSEEN + '<div class="cover"></div>', style))


def test_finds_the_same_words_where_they_are_cut_off(problems):
    """Words that are hidden in one place must still print in another."""
    body = '<p class="unseen">The same words</p><p class="cut">The same words</p>'
    [message] = problems(
        body, ".unseen { display: none } .cut { position: absolute; left: 300mm; white-space: nowrap }"
    )
    assert "is cut off at the edge" in message
