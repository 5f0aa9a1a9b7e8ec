"""Treat a calculation that has no value as an invalid value, which the log reports.

WeasyPrint crashes on `calc(1em + )` and `sqrt(-1)`, as it does on other calculations (issues 2673 and 2896).
"""

import math
from collections.abc import Iterator
from typing import Any

from weasyprint import css
from weasyprint.css.tokens import PercentageInMath, RelativeLengthInMath

from briefpack.typeset.weasyprint.replacement import Replacement

CRASHES = (AssertionError, ArithmeticError, TypeError, ValueError)
"""The errors that WeasyPrint leaves by at a calculation without a value."""


def replacements() -> Iterator[Replacement]:
    """Yield a `resolve_math` that returns no value in place of a crash, and initial values that go with it."""
    solve = css.resolve_math

    def solved(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401 -- as above
        try:
            found = solve(*arguments, **more)
        except (PercentageInMath, RelativeLengthInMath):
            raise
        except CRASHES:
            return None
        return found if found is None or math.isfinite(getattr(found, "value", 0)) else None

    class Initial(dict[str, Any]):
        def __missing__(self, name: str) -> list[Any]:
            if name.startswith("__"):
                return []
            raise KeyError(name)

    yield Replacement(css, "resolve_math", solved)
    # WeasyPrint looks here for the initial value of a custom property that is set to such a calculation.
    yield Replacement(css, "INITIAL_VALUES", Initial(css.INITIAL_VALUES))
