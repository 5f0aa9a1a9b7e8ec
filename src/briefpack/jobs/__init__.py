"""Do a build's work in worker processes: draw a chart, compose a document, prepare an image, lay out a piece, bind, check."""

from briefpack.jobs.doubted import at_rows
from briefpack.jobs.drawing import chart_keys, draw_missing, drawer
from briefpack.jobs.line import Line, Setup, setup, up_to_date
from briefpack.jobs.listing import entries, failures
from briefpack.jobs.outcome import Outcome, in_order, report, start, stop
from briefpack.jobs.placeholders import without_repeats
from briefpack.jobs.stages import bind, charts, check, images, pages
from briefpack.jobs.typesetting import typeset

__all__ = [
    "Line", "Outcome", "Setup", "at_rows", "bind", "chart_keys", "charts", "check", "draw_missing", "drawer", "entries", "failures",
    "images", "in_order", "pages", "report", "setup", "start", "stop", "typeset",
    "up_to_date", "without_repeats",
]  # fmt: skip
