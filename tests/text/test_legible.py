"""Text that git left unmerged, or with a run without end, is refused at its line."""

import pytest

from briefpack.problem import Problems
from briefpack.text import legible


@pytest.mark.parametrize("run", ["a" * 501, "A1_" * 167, "{" * 100_000, "-" * 501, "。" * 501])
def test_refuses_a_run_without_end(run):
    with pytest.raises(Problems) as caught:
        legible.check(f"title: Safe\nlabel: |{run}|\n", "brief.yaml")
    [problem] = caught.value.problems
    assert (problem.path, problem.line) == ("brief.yaml", 2)
    assert problem.message == f'"{run[:10]}…" goes on for {len(run):,} characters'


@pytest.mark.parametrize(
    "text",
    [
        "a" * 500, "word " * 10_000, "中" * 5000, "\n" * 5000,
        f"src: url(data:font/woff2;base64,{'A' * 9000}+/=)",
        f"https://example.org/{'a/b?c=d&' * 200}",
    ],
)  # fmt: skip
def test_reads_what_people_write(text):
    legible.check(text, "brief.yaml")


def test_names_the_first_line_that_git_left_unmerged():
    with pytest.raises(Problems, match=r"brief.yaml:2: git left two versions") as caught:
        legible.check("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n", "brief.yaml")
    assert len(caught.value.problems) == 1
