"""Do a build's work in worker processes: charts, documents, images, layout of pieces, binding and checks."""

from briefpack.build.jobs.draw import chart_keys, draw_missing, drawer
from briefpack.build.jobs.line import entries, failures, in_order, report, setup, start, stop, up_to_date
from briefpack.build.jobs.locating import without_repeats
from briefpack.build.jobs.stages import bind, charts, check, images, pages
from briefpack.build.jobs.typesetting import typeset

__all__ = [
    "bind", "chart_keys", "charts", "check", "draw_missing", "drawer", "entries", "failures",
    "images", "in_order", "pages", "report", "setup", "start", "stop", "typeset",
    "up_to_date", "without_repeats",
]  # fmt: skip
