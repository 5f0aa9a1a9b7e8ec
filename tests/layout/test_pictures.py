"""Pictures on a page: a style sheet that limits one side of a picture doesn't squeeze it."""

import base64
import io

import pypdfium2
import pytest
from PIL import Image
from weasyprint import CSS, HTML

from projects import TESTS

BASE = TESTS.parent / "layouts/shared/base.css"
MM = 72 / 25.4


@pytest.mark.parametrize(("rule", "size_mm"), [("", (40, 20)), ("img { max-width: 30mm }", (30, 15))])
def test_a_rule_that_limits_one_side_leaves_a_picture_in_its_proportions(rule, size_mm):
    field = io.BytesIO()
    Image.new("RGB", (400, 200), "black").save(field, "png")
    address = "data:image/png;base64," + base64.b64encode(field.getvalue()).decode()
    page = f'<img src="{address}" alt="A field" style="width: 40mm; height: 20mm">'
    data = HTML(string=page).write_pdf(stylesheets=[CSS(filename=BASE), CSS(string=rule)])
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        picture = pdf[0].render(scale=4).to_pil().convert("L").point(lambda grey: 255 * (grey < 128))
    left, top, right, bottom = picture.getbbox()
    assert ((right - left) / 4 / MM, (bottom - top) / 4 / MM) == pytest.approx(size_mm, abs=0.3)
