"""The fonts, images and states that each page of a piece has."""

import pytest

from printed import opened, printed

IMAGE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g opacity='0.5'><rect width='9' height='9'/></g></svg>"
BODY = f"""<p>One</p><p style="break-before: page"><b>Two</b></p>
<div style="break-before: page; opacity: 0.5">Three <i>four</i> <img alt="A dot" src="{IMAGE}"></div>"""


def names(resources, kind: str) -> list[str]:
    return sorted(resources.get(kind, {}).keys())


@pytest.mark.parametrize("tagged", [True, False])
def test_a_page_has_what_it_draws_and_nothing_else(tagged):
    with opened(printed(BODY, tagged=tagged)) as pdf:
        first, second, third = (page.obj.Resources for page in pdf.pages)
        assert [len(names(each, "/Font")) for each in (first, second, third)] == [1, 1, 0]
        assert names(first, "/Font") != names(second, "/Font")
        assert [len(names(each, "/XObject")) for each in (first, second, third)] == [0, 0, 1]
        [group] = third.XObject.values()
        assert len(names(group.Resources, "/Font")) == 2
        assert "/ColorSpace" not in first
