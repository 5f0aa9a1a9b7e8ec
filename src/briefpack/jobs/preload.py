"""Import the slow modules that every worker process needs; matplotlib isn't one, as not every worker draws charts.

The server that the workers are forked from imports this module.
"""

import weasyprint

from briefpack import bind, checks
from briefpack.bind import inks
from briefpack.jobs import binding, composing, drawing, laying_out, numbering
