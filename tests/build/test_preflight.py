"""Preflight reads finished PDFs, compares ours with their plan, and never crashes on a file."""

import io
import json
import math
import shutil
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from briefpack import checks, cli
from briefpack.build import preflight
from briefpack.project import Project

PACK = "out/tiny/tiny/screen/national/national-pack.pdf"
FUND = "out/tiny/tiny/screen/national/national-leave-behind-crossing-fund.pdf"


@pytest.fixture
def built(sample_build, tmp_path, in_process) -> Path:  # noqa: ARG001 -- wanted for what it does
    """Return a copy of the sample and its documents."""
    shutil.copytree(sample_build[0].root, tmp_path / "built")
    return tmp_path / "built"


def run(folder: Path, *words: str):
    result = CliRunner().invoke(cli.main, ["--project", str(folder), "preflight", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rows(folder: Path, *words: str) -> list[dict]:
    return json.loads(run(folder, "--json", *words).stdout)["problems"]


def spoil(path: Path) -> None:
    with pikepdf.Pdf.open(io.BytesIO(path.read_bytes())) as pdf:
        pdf.pages.append(pdf.pages[0])
        del pdf.docinfo["/Title"]
        pdf.save(path)


SPOILT = {"page-count": "error", "metadata": "error", "headings": "error", "tags": "error", "as-made": "warning"}
"""What a page twice, and no title, are found by."""


def test_reads_every_document_of_the_manifests(built):
    result = run(built)
    assert (result.exit_code, result.stdout) == (0, "3 files checked: 0 errors, 0 warnings.\n")
    assert result.stderr == ""
    assert rows(built) == []


def test_the_sample_passes_every_check_in_each_edition(made_before):
    project = Project(made_before.parent)
    found = preflight.run(preflight.Request(project, "tiny", (), project.root / "out"))
    assert (found.problems, found.files) == ((), 9)


def booklets(files: Iterable[Path]) -> None:
    result = CliRunner().invoke(cli.main, ["booklet", *map(str, files)])
    assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("warm")
def test_is_silent_about_all_that_was_made_without_a_problem(project, command):
    """The documents of three editions, the print sets of two, and their booklets and two-ups."""
    folder, editions = project.root / "out/tiny/tiny", ("screen", "home", "press")
    build(project.root, "--edition", ",".join(editions))
    booklets(path for name in editions[:2] for path in sorted((folder / name).rglob("*.pdf")))
    for name in editions[:2]:
        assert command("print-set", "national", "--quiet", "--edition", name).exit_code == 0
    files = [str(path) for path in folder.rglob("*.pdf")]
    assert len(files) == 3 * 3 + 2 * 3 + 2
    assert rows(project.root, *files) == []


def test_compares_a_document_with_its_plan(built):
    spoil(built / FUND)
    result = run(built)
    assert result.exit_code == 5
    lines = result.stdout.splitlines()
    assert lines[-1] == "3 files checked: 4 errors, 1 warning."
    named = [line for line in lines[:-1] if not line.startswith("  try: ")]
    found = {line.split()[1]: line for line in named}
    assert {"page-count", "metadata", "as-made"} <= set(found)
    assert found["page-count"].startswith(FUND)
    assert len(lines) == 2 * len(named), "each error has its fix beneath, and the warning on its line"
    assert {(row["path"], row["id"]): row["severity"] for row in rows(built)} == {
        (FUND, check): severity for check, severity in SPOILT.items()
    }


def test_prints_the_page_and_the_fix_of_a_finding_in_json(built):
    with pikepdf.Pdf.open(io.BytesIO((built / PACK).read_bytes())) as pdf:
        pdf.pages[2].mediabox = [0, 0, 300, 300]
        pdf.save(built / PACK)
    (row,) = [row for row in rows(built, str(built / PACK)) if row["id"] == "paper-size"]
    assert (row["path"], row["page"], row["severity"]) == (PACK, 3, "error")
    assert row["fix"]
    assert row["message"] == "the page is 105.8 × 105.8 mm instead of 210 × 297 mm"


def test_recognises_a_named_file_by_its_manifest(built):
    spoil(built / FUND)
    assert {row["id"] for row in rows(built, str(built / FUND))} == set(SPOILT)
    assert rows(built, str(built / PACK)) == []


def build(folder: Path, *words: str) -> None:
    result = CliRunner().invoke(cli.main, ["--project", str(folder), "build", "--quiet", *words])
    assert result.exit_code == 0, result.output


def test_checks_a_file_from_elsewhere_by_the_rules_for_any_pdf(built, tmp_path):
    shutil.copy(built / PACK, tmp_path / "theirs.pdf")
    spoil(tmp_path / "theirs.pdf")
    found = rows(built, str(tmp_path / "theirs.pdf"))
    assert {row["id"] for row in found} == {"headings", "tags"}
    assert found[0]["path"] == (tmp_path / "theirs.pdf").as_posix()


@pytest.mark.parametrize(
    ("data", "message"),
    [(None, "the file doesn't exist"), (b"", "damaged"), (b"%PDF-1.4\n1 0 obj <<>> endobj trailer <<>>", "damaged")],
)
def test_reports_a_file_that_cannot_be_opened_and_reads_the_others(built, data, message):
    if data is None:
        (built / FUND).unlink()
    else:
        (built / FUND).write_bytes(data)
    result = run(built)
    assert result.exit_code == 5
    assert message in result.stdout
    assert result.stdout.splitlines()[-1].startswith("3 files checked: 1 error")


def test_reports_a_folder(built):
    result = run(built, str(built / "briefs"))
    assert result.exit_code == 5
    assert "the file can't be read: is a directory" in result.stdout


def test_reports_a_file_that_breaks_the_reader(built, monkeypatch):
    def fail(*_arguments) -> None:
        raise RuntimeError

    monkeypatch.setattr(checks, "_problems", fail)
    result = run(built)
    assert result.exit_code == 5
    assert "the file can't be read to its end (RuntimeError)" in result.stdout


def test_repeats_the_warnings_of_the_build(built):
    path = built / "out/tiny/tiny/screen/manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    message = "underfull-page: page 1: national-pack: body: a gap takes 46% of the height of the text area; the maximum is 40%"
    warned = {
        "path": "",
        "line": None,
        "message": message,
        "hint": "write more",
        "owner": 5,
        "warning": True,
        "page": 1,
    }
    content["documents"][-1]["warnings"] = [
        warned | {"check": "underfull-page", "piece": "ab"},
        warned | {"check": "no-such-check", "piece": ""},
    ]
    path.write_text(json.dumps(content), encoding="utf-8")
    (row,) = rows(built)
    assert (row["id"], row["severity"]) == ("underfull-page", "warning")
    assert run(built).exit_code == 0


def test_reads_only_the_edition_given(built):
    assert run(built, "--edition", "screen").stdout.startswith("3 files checked")
    result = run(built, "--edition", "press")
    assert result.exit_code == 5
    assert "there are no finished PDFs to check" in result.stderr


def test_exits_with_3_if_the_brief_cannot_be_loaded(built):
    path = built / "briefs/tiny/brief.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Safe", "titel: Safe", 1), encoding="utf-8")
    assert run(built).exit_code == 3


def test_exits_with_4_if_the_layout_cannot_be_loaded(built):
    path = built / "layouts/tiny/layout.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Tiny", "titel: Tiny", 1), encoding="utf-8")
    assert run(built).exit_code == 4


def test_exits_with_2_if_a_named_file_is_missing(built):
    result = run(built, str(built / PACK), str(built / "gone.pdf"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "gone.pdf: the file doesn't exist" in result.stderr


def test_counts_no_page_for_pieces_that_may_print_nothing(project):
    """A theme with a name alone has no page, which is known once its page is composed."""
    planned = preflight._planned(project, "tiny", "screen", "tiny")
    [pack] = [each for each in planned.documents.values() if each.path == "national/national-pack.pdf"]
    open_ended = [each for each in pack.pieces if each.spec.pages.most == math.inf]
    assert len(open_ended) > 1
    found = planned.expected(pack.path).document.pieces
    assert len(found) == len(pack.pieces) - len(open_ended) + 1
    assert sum(each.spec.pages.most for each in found) == math.inf
