"""Imports what every worker process needs, the slow things of its trade; charts are not for every one.

The server that the workers are forked from imports it. What it imports is large and stays: while that lasts, nothing
is looked through for waste.
"""

import gc

gc.disable()

import weasyprint

from briefpack import bind, checks, inks, workers

gc.enable()
