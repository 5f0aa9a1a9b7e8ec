"""Drafts that were made to do harm: each is refused in two lines, and nothing is fetched, run or written."""

import io
import socket
import zipfile

import pypandoc
import pytest

from briefpack.importing import tree
from briefpack.problem import Problems
from briefpack.text.tables import archive
from imported import DRAFTS, data, of_file, of_text

DOCUMENT = "word/document.xml"


def parts():
    with zipfile.ZipFile(DRAFTS / "justice.docx") as found:
        return {name: found.read(name) for name in found.namelist()}


@pytest.fixture
def docx(tmp_path):
    """Return a function that writes a draft with some of its parts replaced or added."""

    def write(**changed):
        path = tmp_path / "draft.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name, content in (parts() | changed.pop("parts", {})).items():
                target.writestr(name, content)
        return path

    return write


def refusal(path):
    with pytest.raises(Problems) as caught:
        of_file(path)
    [problem] = caught.value.problems
    assert problem.hint
    assert problem.path == path.name
    return problem.message


def test_a_bomb_is_refused_by_what_its_list_of_contents_says(docx, monkeypatch):
    monkeypatch.setattr(tree, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(archive, "_read", lambda *_: pytest.fail("a part was unpacked"))
    assert refusal(docx(parts={"word/media/zeros.png": bytes(1_000_001)})) == "it unpacks to more than 1 MB"


ENTITIES = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;">]><a>&y;</a>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (DOCUMENT, OUTSIDE.encode()),
        ("word/_rels/document.xml.rels", ENTITIES.encode()),
        ("customXml/item1.xml", ENTITIES.encode("utf-16")),
    ],
)
def test_xml_that_defines_entities_is_refused(docx, name, text):
    assert refusal(docx(parts={name: text})) == f'"{name}" in it defines entities, which could do harm'


@pytest.mark.parametrize("name", ["word/../../evil.png", "/etc/evil.png", "..\\evil.png"])
def test_a_path_that_leads_out_of_the_archive_is_refused(docx, name):
    assert refusal(docx(parts={name: b"x"})) == f'it contains a file whose path points outside it, "{name}"'


def test_xml_nested_without_end_is_refused(docx):
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    assert refusal(docx(parts={DOCUMENT: deep})) == f'"{DOCUMENT}" in it is nested too deeply'


@pytest.mark.parametrize("content", [b"", b"PK", b"%PDF-1.7", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_document_is_refused(tmp_path, content):
    path = tmp_path / "draft.docx"
    path.write_bytes(content)
    assert refusal(path).startswith(("the file is damaged, or isn't a document", "it can't be read"))


def truncated():
    return (DRAFTS / "justice.docx").read_bytes()[:9000]


def packed(**changed):
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in (parts() | changed["parts"]).items():
            target.writestr(name, content)
    return found.getvalue()


HOSTILE = {
    "bomb": lambda: packed(parts={"word/media/zeros.png": bytes(tree.MOST_UNPACKED + 1)}),
    "entity": lambda: packed(parts={DOCUMENT: ENTITIES}),
    "path": lambda: packed(parts={"word/media/../../../images/evil.png": b"x"}),
    "password": lambda: b"\xd0\xcf\x11\xe0" + bytes(2000),
    "truncated": truncated,
    "no archive": lambda: b"<html>a page</html>",
    "nested": lambda: packed(parts={DOCUMENT: "<w>" * 5000 + "</w>" * 5000}),
    "no document": lambda: packed(
        parts={"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>", "_rels/.rels": "<a/>"}
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_draft_is_a_problem_in_two_lines_and_leaves_nothing(command, project, tmp_path, monkeypatch, kind):
    path = tmp_path / "draft.docx"
    path.write_bytes(HOSTILE[kind]())
    before = {each for each in project.root.rglob("*") if each != path}
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("something was fetched"))
    result = command("new", "ours", "--from", str(path))
    problem, fix, *others = result.stderr.splitlines()
    assert (result.exit_code, problem.split(":")[0], fix[:7]) == (2, "draft.docx", "  try: ")
    assert others == ["1 problem. Nothing was made."]
    assert {each for each in project.root.rglob("*") if each != path} == before


def test_a_macro_is_neither_run_nor_kept(docx):
    found = of_file(docx(parts={"word/vbaProject.bin": b"macro", "word/embeddings/run.exe": b"MZ"}))
    assert {name.rpartition(".")[2] for name in found.images} == {"png"}


def test_two_parts_with_one_path_are_refused(docx):
    path = docx()
    with zipfile.ZipFile(path, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr(DOCUMENT, b"<other/>")
    assert refusal(path) == "it contains two files with the same path"


def test_an_image_that_is_only_linked_is_listed_and_not_fetched(docx, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("something was fetched"))
    rels = parts()["word/_rels/document.xml.rels"].decode()
    target = rels[rels.index("media/") : rels.index(".png") + 4]
    linked = rels.replace(f'Target="{target}"', 'Target="https://tracker.example/pixel.png" TargetMode="External"')
    assert linked != rels
    found = of_file(docx(parts={"word/_rels/document.xml.rels": linked.encode()}))
    assert "images" not in data(found)
    [left] = [str(each) for each in found.leftovers if "tracker" in each.words]
    assert "nothing was fetched" in left


def test_an_image_of_markdown_comes_from_its_own_folder_alone(tmp_path):
    (tmp_path / "secret.png").write_bytes((DRAFTS / "map.png").read_bytes())
    folder = tmp_path / "draft"
    folder.mkdir()
    found = of_text(folder, "# A\n\n![a](../secret.png)\n\n![b](/etc/passwd)\n\n![c](http://tracker.example/p.png)\n")
    assert found.images == {}
    assert len([each for each in found.leftovers if "nothing was fetched" in each.reason]) == 3


def test_pandoc_gets_no_media_no_macros_and_no_files(docx):
    path = docx(parts={"word/vbaProject.bin": b"macro"})
    with zipfile.ZipFile(io.BytesIO(tree.open_draft(path, "draft.docx")[1])) as packed:
        sizes = {name: packed.getinfo(name).file_size for name in packed.namelist()}
    assert "word/vbaProject.bin" not in sizes
    assert {size for name, size in sizes.items() if "/media/" in name} == {0}


def test_markdown_can_include_no_file(tmp_path):
    found = of_text(
        tmp_path, "# A\n\n`cat /etc/passwd`{=html} \\input{/etc/passwd}\n\n<iframe src='file:///etc/passwd'>\n"
    )
    assert "root:" not in found.text


def test_pandoc_has_little_time(tmp_path, monkeypatch):
    monkeypatch.setattr(tree, "SECONDS", 1)
    (tmp_path / "draft.md").write_text("> " * 10_000 + "deep\n", encoding="utf-8")
    assert refusal(tmp_path / "draft.md") == "it takes longer than 1 seconds to read"


def test_pandoc_has_little_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(tree, "MOST_MEMORY", "20m")
    (tmp_path / "draft.md").write_text("*word* [x](y) " * 200_000, encoding="utf-8")
    assert refusal(tmp_path / "draft.md").startswith("it can't be read (")


def test_without_pandoc_the_problem_names_the_command_that_installs_it(command, monkeypatch):
    def missing():
        raise OSError

    monkeypatch.setattr(pypandoc, "get_pandoc_path", missing)
    result = command("new", "ours", "--from", str(DRAFTS / "justice.md"))
    assert result.exit_code == 2
    assert (
        "--from: reading a draft needs pandoc, which isn't installed\n  try: pip install pypandoc-binary\n"
        in result.stderr
    )
