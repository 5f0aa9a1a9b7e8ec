"""Pages raise the endings of ordinal numbers where the language does."""

import pytest

from briefpack.pages import composing
from projects import language

ENDING = '<span class="ordinal-ending">{}</span>'


@pytest.mark.parametrize(
    ("page", "raised"),
    [
        ("<p>1er\u00a0juillet 2026</p>", f"<p>1{ENDING.format('er')}\u00a0juillet 2026</p>"),
        ("<p>le <b>22e</b> rang</p>", f"<p>le <b>22{ENDING.format('e')}</b> rang</p>"),
        ('<img alt="a > 1er">', '<img alt="a > 1er">'),
        ("<p>1erreur, A4e, 3.1e, /2e</p>", "<p>1erreur, A4e, 3.1e, /2e</p>"),
    ],
)
def test_raises_the_ending_of_an_ordinal_in_the_text(page, raised):
    assert composing._with_raised_ordinals(page, language("fr")) == raised
