"""Warn of printed copies of a brief while it is undecided whether it is electoral matter."""

from briefpack.plan.loaded import LoadedBrief
from briefpack.plan.model import Plan
from briefpack.problem import Problem

UNDECIDED = "undecided"


def warn_if_printed(planned: Plan) -> tuple[Problem, ...]:
    """Return the warning that goes with every build of an edition that is printed, if there is anything to decide."""
    return warn(planned.brief) if planned.layout.edition.printed else ()


def warn(loaded: LoadedBrief) -> tuple[Problem, ...]:
    """Return the warning that goes with printed copies of a brief, if it is undecided whether it is electoral matter."""
    if loaded.brief.electoral_matter != UNDECIDED:
        return ()
    message = "these files are for printing, and it is undecided whether they are electoral matter"
    hint = "before you hand out copies, set it to no; or to yes, and add authorisation:"
    return (loaded.tree.problem(("electoral_matter",), message, hint, warning=True),)
