"""The words that a screen reader hears of each document are those of its HTML, in order, but for named differences.

Neither reader shares code with the engine: one reads the tags and the fonts' own tables, the other the HTML.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest

import composed_words
import heard
from briefpack import build, output
from briefpack.build import jobs
from briefpack.project import Project
from projects import REPOSITORY, copy_sample, frozen

Words = list[str]
DRAWN, CALL = re.compile(r"[–•]|\d{1,2}\.?"), re.compile(r"(?<=[.,”’])\d{1,2}$")
"""A bullet or a number alone, and the number of a footnote after a sentence."""
HEAD = {"NO.", "ASK", "WHO", "DECIDES", "AMOUNT", "A", "YEAR", "PAGE"}
ELECTORATES = ("Durack", "Macquarie", "Melbourne", "Sydney", "Solomon")
DIFFERENCES: dict[str, Callable[[Words, Words], bool]] = {
    # A style sheet sets some words in capitals, and they are heard as typed but where they are parted.
    "capitals": lambda html, pdf: [each.casefold() for each in html] == [each.casefold() for each in pdf],
    # A style sheet draws the bullets and numbers of lists and of footnotes.
    "drawn": lambda html, pdf: (
        html == [each for each in (CALL.sub("", each) for each in pdf) if not DRAWN.fullmatch(each)]
    ),
    # A style sheet sets elements apart between which the HTML has no space, and so are they read.
    "apart": lambda html, pdf: "".join(html) == "".join(pdf) and len(pdf) > len(html),
    # A table that goes on over a page repeats its head there.
    "head": lambda html, pdf: not html and HEAD.issuperset(each.upper() for each in pdf),
    # A line broken within a word ends with a hyphen.
    "hyphen": lambda html, pdf: len(html) == len(pdf) and "".join(html) == "".join(pdf).replace("-", ""),
}
"""The differences that are meant, by their names: whether words of the HTML may be heard as others."""


def build_recording(request: output.Request) -> Iterator[tuple[Path, Words]]:
    """Build documents, and yield each with the words of the HTML that it was made from."""
    typeset, outcomes = jobs.typeset, {}

    def record(given, line):
        made = typeset(given, line)
        outcomes.update({each.document.path: each for each in made})
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "typeset", record)
        report = build.run(request)
    assert report.failed == (), "\n".join(map(str, report.problems))
    for path, outcome in outcomes.items():
        pieces = enumerate(outcome.pieces)
        html = [_words(piece, [each for each in outcome.stamps if each.over == index]) for index, piece in pieces]
        yield report.folder / path, [word for part in zip(*html, strict=True) for words in part for word in words]


def _words(piece, stamps) -> tuple[Words, Words]:
    return composed_words.words(piece.html, {each.slot: each.piece.html for each in stamps})


def differences(html: Words, pdf: Words) -> Iterator[tuple[str, str]]:
    """Yield the differences that have no name, each as the words of the HTML and those that are heard."""
    for _, start, end, first, last in SequenceMatcher(None, html, pdf, autojunk=False).get_opcodes():
        one, two = html[start:end], pdf[first:last]
        if one != two and not any(allows(one, two) for allows in DIFFERENCES.values()):
            yield " ".join(html[max(0, start - 3) : end]), " ".join(pdf[max(0, first - 3) : last])


def test_the_sample_is_heard_as_it_is_written(tmp_path, in_process):  # noqa: ARG001 -- wanted for what it does
    project = copy_sample(tmp_path / "project")
    made = [*build_recording(output.Request(project, "tiny", "tiny", tmp_path / "out"))]
    assert len(made) == 3
    assert {path.name: [*differences(html, heard.words(path))] for path, html in made} == {
        path.name: [] for path, _ in made
    }


@pytest.mark.part(name="speech")
def test_five_electorates_are_heard_as_they_are_written(tmp_path):
    request = output.Request(
        frozen(), "ijm-federal-2025", "ijm", tmp_path / "out", electorates=ELECTORATES, national=False, jobs=2
    )
    made = [*build_recording(request)]
    assert len(made) == 8 * len(ELECTORATES)
    found = {path.name: [*differences(html, heard.words(path))] for path, html in made}
    assert {name: each for name, each in found.items() if each} == {}
    assert sum(len(html) for _, html in made) > 5000 * len(ELECTORATES)


@pytest.mark.part(name="speech")
def test_every_word_for_listeners_of_a_country_is_heard(tmp_path):
    """A table of what a chart shows stands below the chart, and may run over the end of the page."""
    for name in ("briefs", "layouts", "charts", "fonts"):
        shutil.copytree(REPOSITORY / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
    request = output.Request(
        Project(tmp_path), "ijm-federal-2025", "ijm", tmp_path / "out", electorates=("Durack", "Kingsford Smith"),
        kinds=("pack",), jobs=2,
    )  # fmt: skip
    made = [*build_recording(request)]
    assert len(made) == 3
    assert {path.name: each for path, html in made if (each := [*differences(html, heard.words(path))])} == {}


@pytest.mark.parametrize(
    ("html", "pdf"),
    [
        ("Demand per head", "Demand perhead"),
        ("One two three", "One three two"),
        ("over 36 million", "over36 million"),
        ("It was 2014 source 5", "It was 20145"),
        ("One two", "One"),
        ("One", "One two"),
    ],
)
def test_finds_words_that_are_heard_otherwise(html, pdf):
    assert [*differences(html.split(), pdf.split())]
