"""A quotation mark that is missing after many expressions stops no check: each pattern gives up at once."""

import pytest

from briefpack.layout import classes, templates
from briefpack.typeset import faults

PATTERNS = (classes.CLASS, templates.NAMING, templates.ID, faults.IMAGE)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda each: each.pattern[:20])
@pytest.mark.parametrize("attribute", ["class", "id", "for", "alt"])
def test_gives_up_where_a_quotation_mark_is_missing(pattern, attribute):
    assert pattern.search(f'<img {attribute}="' + "{{ a }} " * 60) is None
