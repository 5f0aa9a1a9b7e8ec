"""The bar of a build: one for the whole, which never runs backwards, and only on a terminal."""

import io
import re
import sys

import pytest

from briefpack.cli import progress

STAGES = (
    "charts", "pages", "images", "typeset", "pages", "images", "typeset", "pages", "typeset", "pages", "typeset",
    "typeset", "bind",
)  # fmt: skip
"""The stages of a build whose running heads have an image, and which lays its contents out once more than usual."""
LAST = "Binding 3 documents"
EDITIONS = 2


class Terminal(io.StringIO):
    def isatty(self):
        return True


def build(show, stages=STAGES):
    for stage in stages:
        for done in range(4):
            show(stage, done, 3)


@pytest.mark.parametrize("stages", [STAGES, ("pages", "pages", "pages"), ("typeset", "images", "bind")])
def test_never_runs_backwards(stages):
    place, reached = progress.Place(builds=EDITIONS), []
    for _ in range(EDITIONS):
        place.begin()
        build(lambda *args: reached.append(place.reach(*args)), stages)
    assert reached == sorted(reached)
    assert 0 <= reached[0] < reached[len(reached) // 2 - 1] <= place.total / 2
    assert place.total / 2 < reached[-1] <= place.total


def test_one_bar_has_the_stages_and_the_time_left_of_every_edition(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    place = progress.Place(builds=EDITIONS)
    for _ in range(EDITIONS):
        with progress.shown(place) as show:
            build(show)
    printed = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.getvalue())
    shown = re.findall(r"(\d+)% ([-\d:]+) (\w[\w ]+)", printed)
    percentages = [int(percentage) for percentage, _, _ in shown]
    assert percentages == sorted(percentages)
    assert (percentages[0], percentages[-1]) == (0, 100)
    assert ("50", LAST) in {(percentage, stage) for percentage, _, stage in shown}
    assert re.fullmatch(r"\d:\d\d:\d\d", shown[-1][1])


def test_prints_messages_alone_where_nobody_watches(capsys):
    with progress.shown(progress.Place()) as show:
        build(show)
        show("waiting for a worker", 0, 0)
    assert capsys.readouterr() == ("", "waiting for a worker\n")
