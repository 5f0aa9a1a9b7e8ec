"""A preview of the sample for each file of tests, and its brief as it was after each test."""

import pytest

from previews import BRIEF, Preview


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    preview = Preview(tmp_path_factory.mktemp("preview") / "project")
    preview.begun = preview.until(lambda shown: shown.view)
    yield preview
    preview.close()


@pytest.fixture(autouse=True)
def unedited(preview):
    file = preview.project.root / BRIEF
    text = file.read_text()
    yield
    preview.write(file, text)
    preview.session.choose(preview.begun.choice)
    preview.until(lambda shown: shown.pages.key == preview.begun.pages.key and not shown.old)
