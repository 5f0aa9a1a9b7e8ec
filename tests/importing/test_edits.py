"""A colleague edits a brief's words in Word: each edit comes back to its field, and nothing else changes."""

import difflib
import random
import shutil

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from briefpack.importing import edits
from briefpack.problem import Problems
from briefpack.project import Project
from projects import REPOSITORY

EXAMPLES = ["_examples/platform", "_examples/letter", "_examples/housing", "_starter"]


@pytest.fixture
def project(tmp_path):
    for name in ("briefs", "layouts"):
        shutil.copytree(REPOSITORY / name, tmp_path / name, ignore=shutil.ignore_patterns("electorates"))
    return Project(tmp_path)


@pytest.fixture
def edit(project, tmp_path):
    """Return a function that writes a brief's words, has them edited by another function, and reads them again."""

    def edited(brief, change):
        path = tmp_path / "words.docx"
        path.write_bytes(edits.write(project, brief))
        letter = docx.Document(str(path))
        change(letter)
        letter.save(str(path))
        return edits.read(project, path, path.name)[1]

    return edited


def words_of(letter):
    """Return the paragraphs that are words of the brief, each with the name of its field."""
    found, field = [], ""
    for each in letter.paragraphs:
        if each.style.name == edits.FIELD:
            field = each.text.partition(" ")[0]
        elif not each.style.name.startswith("Heading"):
            found.append((field, each))
    return found


@pytest.mark.parametrize("brief", EXAMPLES)
def test_nothing_changed_gives_no_edit(edit, brief):
    found = edit(brief, lambda _letter: None)
    assert (found.edits, found.problems) == ((), ())


@pytest.mark.parametrize("brief", EXAMPLES)
def test_thirty_edits_come_back_to_their_fields_and_change_no_other_line(project, edit, brief):
    chosen = {}

    def change(letter):
        every = words_of(letter)
        for field, paragraph in random.Random(7).sample(every, min(30, len(every))):  # noqa: S311 -- the same each time
            if field not in chosen:
                chosen[field] = f"{paragraph.text} And so: “more words”, as it’s said."
                paragraph.text = chosen[field]

    found = edit(brief, change)
    assert found.problems == ()
    assert {each.field: each.after for each in found.edits}.keys() == chosen.keys()
    assert all(chosen[each.field] in each.after for each in found.edits)
    path = project.root / "briefs" / brief / "brief.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(edits.apply(project, brief, found.edits), encoding="utf-8")
    again = edit(brief, lambda _letter: None)
    assert again.edits == ()
    comments = [line for line in before.splitlines() if line.lstrip().startswith("#")]
    now = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in now if line.lstrip().startswith("#")] == comments
    changed = [line for line in difflib.ndiff(before.splitlines(), now) if line.startswith("- ")]
    assert len(changed) < 12 * len(chosen)


def test_tracked_changes_count_as_accepted(edit):
    def change(letter):
        _, paragraph = words_of(letter)[0]
        [run] = paragraph.runs
        deleted, inserted = OxmlElement("w:del"), OxmlElement("w:ins")
        text = run._r.find(qn("w:t"))
        text.tag = qn("w:delText")
        run._r.addprevious(deleted)
        deleted.append(run._r)
        new = OxmlElement("w:r")
        words = OxmlElement("w:t")
        words.text = "A new title"
        new.append(words)
        inserted.append(new)
        deleted.addnext(inserted)

    [found] = edit("_examples/letter", change).edits
    assert (found.field, found.after) == ("title", ("A new title",))


def test_refuses_what_no_longer_fits(project, edit):
    path = project.root / "briefs/_examples/letter/brief.yaml"

    def change(letter):
        paragraphs = dict(reversed(words_of(letter)))
        paragraphs["title"].text = "A title by a colleague"
        paragraphs["subject"].text = "A subject by a colleague"
        text = path.read_text(encoding="utf-8")
        [line] = [line for line in text.splitlines() if line.startswith("title:")]
        path.write_text(text.replace(line, "title: A title by the author"), encoding="utf-8")

    found = edit("_examples/letter", change)
    assert [each.field for each in found.edits] == ["subject"]
    [problem] = found.problems
    assert problem.message == "title: the brief's own words have changed since the file was made"


def test_a_line_that_named_a_field_and_is_gone_is_a_problem(edit):
    def change(letter):
        named = [each for each in letter.paragraphs if each.style.name == edits.FIELD]
        named[1]._p.getparent().remove(named[1]._p)

    found = edit("_examples/letter", change)
    assert found.edits == ()
    assert ["the line that names it is gone" in each.message for each in found.problems] == [True]


def test_refuses_a_file_of_something_else(project, tmp_path):
    path = tmp_path / "other.docx"
    docx.Document().save(str(path))
    with pytest.raises(Problems, match="this file has no words of a brief"):
        edits.read(project, path, "other.docx")
    with pytest.raises(Problems, match="there is no such file"):
        edits.read(project, tmp_path / "none.docx", "none.docx")
    path.write_text("no archive", encoding="utf-8")
    with pytest.raises(Problems, match="the file is damaged, or isn't a document"):
        edits.read(project, path, "other.docx")
