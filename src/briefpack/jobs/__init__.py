"""Do a build's work in worker processes: draw a chart, compose a document, prepare an image, lay out a piece, bind, check."""

from briefpack.jobs.draw import chart_keys, draw_missing, drawer
from briefpack.jobs.line import (
    Line,
    Outcome,
    Setup,
    entries,
    failures,
    in_order,
    report,
    setup,
    start,
    stop,
    up_to_date,
)
from briefpack.jobs.locating import without_repeats
from briefpack.jobs.stages import bind, charts, check, images, pages
from briefpack.jobs.typesetting import typeset

__all__ = [
    "Line", "Outcome", "Setup", "bind", "chart_keys", "charts", "check", "draw_missing", "drawer", "entries", "failures",
    "images", "in_order", "pages", "report", "setup", "start", "stop", "typeset",
    "up_to_date", "without_repeats",
]  # fmt: skip
