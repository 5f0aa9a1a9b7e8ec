"""The manifest: what it says of the finished files, and that it is true."""

import hashlib
import json
import subprocess
import sys

import pikepdf
import pytest

from briefpack import build, output
from briefpack.output import manifest

BRIEF = "briefs/tiny/brief.yaml"
PACK = "national/national-pack.pdf"
FUND = "national/national-leave-behind-crossing-fund.pdf"
STREETS = "national/national-leave-behind-slow-streets.pdf"


def said(folder) -> dict:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def documents(folder) -> dict[str, dict]:
    return {document["path"]: document for document in said(folder)["documents"]}


def make(project, **wanted) -> output.Report:
    return build.run(
        output.Request(**{"project": project, "brief": "tiny", "layout": "tiny", "out": project.root / "out", **wanted})
    )


def test_lists_every_file_in_order_with_its_kind(sample_build):
    listed = said(sample_build[2])["documents"]
    assert [document["path"] for document in listed] == sorted([FUND, STREETS, PACK])
    assert [(document["kind"], document["ask"]) for document in listed] == [
        ("leave-behind", "crossing-fund"), ("leave-behind", "slow-streets"), ("pack", None),
    ]  # fmt: skip


def test_hashes_sizes_and_page_counts_are_correct(sample_build):
    for path, document in documents(sample_build[2]).items():
        data = (sample_build[2] / path).read_bytes()
        assert document["sha256"] == hashlib.sha256(data).hexdigest()
        assert document["bytes"] == len(data)
        with pikepdf.Pdf.open(sample_build[2] / path) as pdf:
            assert document["pages"] == len(pdf.pages)


def test_lists_the_sources_and_the_fits_of_each_file(sample_build):
    listed = documents(sample_build[2])
    assert listed[FUND]["sources"] == ["road-report", "school-count"]
    assert listed[STREETS]["sources"] == ["health-review"]
    assert set(listed[PACK]["sources"]) == {"road-report", "school-count", "health-review"}
    assert set(listed[FUND]["fits"]) == {"leave-behind"}
    assert {"safety", "health", "ask-crossing-fund", "ask-slow-streets", "sources"} <= set(listed[PACK]["fits"])
    assert all(0.9 <= fit <= 1.06 for document in listed.values() for fit in document["fits"].values())


@pytest.mark.usefixtures("in_process")
@pytest.mark.part(name="builds")
def test_keeps_the_entries_of_earlier_builds_while_their_files_exist(project):
    folder = make(project, asks=("slow-streets",)).folder
    first = documents(folder)
    assert set(first) == {STREETS}
    make(project, asks=("crossing-fund",))
    second = documents(folder)
    assert set(second) == {FUND, STREETS}
    assert second[STREETS] == first[STREETS]
    (folder / STREETS).unlink()
    make(project)
    assert set(documents(folder)) == {FUND, STREETS, PACK}
    (folder / PACK).unlink()
    (folder / FUND).unlink()
    make(project, asks=("crossing-fund",))
    assert set(documents(folder)) == {FUND, STREETS}


@pytest.mark.part(name="builds", beyond=1)
@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"documents": 5}', '{"documents": [{}]}', "\x00\xff", None])
def test_replaces_an_unreadable_manifest(project, text):
    folder = make(project, asks=("slow-streets",)).folder
    wanted, path = (folder / "manifest.json").read_bytes(), folder / "manifest.json"
    path.unlink()
    if text is not None:
        path.write_text(text, encoding="latin-1")
    assert manifest.read(folder).documents == {}
    again = make(project, asks=("slow-streets",))
    assert again.made == (STREETS,)
    assert path.read_bytes() == wanted


def test_a_file_is_up_to_date_only_if_it_is_intact_and_has_the_same_inputs(sample_build, tmp_path):
    found, folder = manifest.read(sample_build[2]), sample_build[2]
    inputs = found.documents[FUND]["inputs"]
    assert found.up_to_date(folder, FUND, inputs)
    assert not found.up_to_date(folder, FUND, {**inputs, "shows": "another"})
    assert not found.up_to_date(folder, "national/other.pdf", inputs)
    assert not found.up_to_date(tmp_path, FUND, inputs)
    (tmp_path / "national").mkdir()
    (tmp_path / FUND).write_bytes((folder / FUND).read_bytes()[:-1])
    assert not found.up_to_date(tmp_path, FUND, inputs)


def test_moves_files_out_of_the_work_folder_and_lists_them_last(tmp_path):
    work, folder = tmp_path / "work", tmp_path / "out"
    work.mkdir()
    data = b"%PDF-1.7 small"
    digest = hashlib.sha256(data).hexdigest()
    (work / digest).write_bytes(data)
    entry = manifest.Entry(
        path="national/a.pdf", kind="pack", layout="tiny", electorate=None, ask=None, pages=1, bytes=len(data), sha256=digest,
        inputs={"shows": "f"}, fits={"one": 1.0}, sources=("é",), warnings=(),
    )  # fmt: skip
    assert manifest.write(folder, work, [entry], {}, {"national/a.pdf"}) == output.Written()
    assert list(work.iterdir()) == []
    assert (folder / "national/a.pdf").read_bytes() == data
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "national"]
    assert manifest.read(folder).documents["national/a.pdf"]["sources"] == ["é"]
    assert manifest.read(folder).up_to_date(folder, "national/a.pdf", {"shows": "f"})


def entry(**wanted) -> dict:
    """An entry of a manifest, but for what is wanted otherwise; None leaves a value out."""
    whole = {
        "path": "a.pdf", "kind": "pack", "layout": "l", "electorate": None, "ask": None, "pages": 1, "bytes": 1,
        "sha256": "", "inputs": {}, "fits": {}, "sources": [], "warnings": [],
    }  # fmt: skip
    return {key: value for key, value in {**whole, **wanted}.items() if value is not ...}


UNSOUND = [
    {key: value}
    for key, value in [
        ("path", ...), ("inputs", ...), ("path", 5), ("path", "../a.pdf"), ("path", "/etc/passwd"), ("path", ""),
        ("path", "b/../a.pdf"), ("inputs", []), ("inputs", {"all": 5}), ("warnings", [5]), ("sha256", None), ("pages", "1"),
    ]
]  # fmt: skip


@pytest.mark.parametrize("wanted", UNSOUND, ids=str)
def test_ignores_only_the_entries_that_are_malformed(tmp_path, wanted):
    text = json.dumps({"documents": [entry(**wanted), entry(path="b/c.pdf"), [], None]})
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    assert list(manifest.read(tmp_path).documents) == ["b/c.pdf"]


@pytest.mark.usefixtures("in_process")
def test_deletes_an_obsolete_document_unless_somebody_changed_it(project, edit):
    folder = make(project).folder
    edit(BRIEF, "id: slow-streets", "id: slower-streets")
    again = make(project)
    assert again.gone == (STREETS,)
    assert not (folder / STREETS).exists()
    assert set(documents(folder)) == {PACK, FUND, STREETS.replace("slow", "slower")}
    edit(BRIEF, "id: slower-streets", "id: slow-streets")
    changed = folder / STREETS.replace("slow", "slower")
    changed.write_bytes(b"%PDF with a note in its margin")
    assert make(project).gone == ()
    assert changed.exists()
    assert set(documents(folder)) == {PACK, FUND, STREETS}


@pytest.mark.part(name="builds")
def test_simultaneous_builds_list_all_their_documents(project):
    """Each adds to what the other has published meanwhile."""
    command = (sys.executable, "-c", "from briefpack.cli import main; main()", "--project", str(project.root), "build")
    asks = ("crossing-fund", "slow-streets")
    running = [subprocess.Popen((*command, "--layout", "tiny", "--ask", ask)) for ask in asks]  # noqa: S603
    assert [each.wait(120) for each in running] == [0, 0]
    assert set(documents(project.root / "out/tiny/tiny/screen")) == {FUND, STREETS}
