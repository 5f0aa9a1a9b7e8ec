"""The stages of a build come one after the other where one reads what another makes."""

import pytest

from briefpack import build, output, speech
from projects import copy_frozen


@pytest.mark.part(name="country")
def test_says_the_places_of_a_map_however_long_it_takes_to_draw(tmp_path):
    project = copy_frozen(tmp_path / "project")
    drawn = project.root / "charts/_electorate_map.py"
    text = drawn.read_text(encoding="utf-8")
    line = "    palette = FIELD if"
    assert line in text
    slow = text.replace(line, f"    import time\n    time.sleep(8 * (shown.style == 'cover'))\n{line}")
    drawn.write_text(slow, encoding="utf-8")
    request = output.Request(
        project, "ijm-federal-2025", "ijm", project.root / "out", kinds=("pack",), electorates=("durack",), national=False, jobs=2
    )  # fmt: skip
    report = build.run(request)
    spoken = "\n".join(speech.lines(speech.read(report.folder / "durack/durack-pack.pdf")))
    assert "Picture: Map of Durack, Western Australia." in spoken.split("— page 2")[0]
