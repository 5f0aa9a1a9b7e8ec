"""`briefpack find`: electorates, their members, offices and documents."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner

from briefpack import cli, electorates
from briefpack.cli import answers
from briefpack.cli.answers import Found
from briefpack.electorates import search
from briefpack.project import Project

ENTRY = {
    "kind": "pack", "layout": "ijm", "electorate": None, "ask": None, "pages": 1, "bytes": 0, "sha256": "",
    "inputs": {}, "fits": {}, "sources": [], "warnings": [],
}  # fmt: skip


def test_lists_documents_of_each_edition_without_booklets_and_print_sets(project):
    listed = {"screen": ["bean/bean-pack.pdf", "bean/bean-gone.pdf"], "home": ["bean/bean-pack.pdf"]}
    entry = ENTRY
    for edition, paths in listed.items():
        folder = project.root / "out/tiny/tiny" / edition
        (folder / "bean").mkdir(parents=True)
        (folder / "bean/bean-pack.pdf").write_bytes(b"")
        (folder / "bean/bean-pack-booklet.pdf").write_bytes(b"")
        (folder / "manifest.json").write_text(json.dumps({"documents": [{**entry, "path": path} for path in paths]}))
    found = answers.documents(Found(project, ("tiny",), None, None), "bean")
    assert [path.relative_to(project.root / "out/tiny/tiny").as_posix() for path in found] == [
        "home/bean/bean-pack.pdf", "screen/bean/bean-pack.pdf",
    ]  # fmt: skip


SHARED = (
    '4 electorates share the postcode "2620"\n'
    "  try: Bean, Canberra, Eden-Monaro or Riverina; briefpack find 2620 lists the places of each\n"
)


@pytest.mark.part(name="builds", beyond=2)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("build", "-e", "2620"), SHARED),
        (("build", "-e", "hu"), '3 electorates begin with "hu"\n  try: Hughes, Hume or Hunter'),
        (("build", "--state", "NWS"), '--state: there is no state called "NWS"\n  try: NSW'),
        (("find", "Ballaaaratt"), 'nothing is called "Ballaaaratt"\n  try: Ballarat'),
        (("find", "0813"), "0813 is a postcode for PO boxes"),
    ],
)
def test_refuses_an_unknown_place_and_suggests_the_nearest(home, words, said):
    result = CliRunner().invoke(cli.main, ["--project", str(home.root), *words])
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def find(home, *words, columns=80):
    environment = {"COLUMNS": str(columns)}
    result = CliRunner().invoke(cli.main, ["--project", str(home.root), "find", *words], env=environment)
    assert result.exit_code == 0
    return result.stdout


def test_prints_the_certainty_the_member_the_office_and_the_commands(home):
    assert find(home, "6530") == (
        "Durack, Western Australia (certain)\n"
        "  6530 is in Durack.\n"
        "  Member: Melissa Price MP, Liberal Party of Australia\n"
        "  Office: 2B/209 Foreshore Drive, Geraldton WA 6530\n"
        "  Phone: (08) 9964 2195\n"
        "  Email: Melissa.Price.MP@aph.gov.au\n"
        "  To make its documents: briefpack build -e durack\n"
        "  To print them: briefpack print-set -e durack\n"
        "\n"
        "An address near a border may be in a neighbouring electorate: check at\n"
        "https://electorate.aec.gov.au\n"
    )


def test_prints_the_folder_of_the_documents(home):
    folder = home.root / "out/ijm-federal-2025/ijm/screen"
    (folder / "ryan").mkdir(parents=True)
    (folder / "ryan/ryan-pack.pdf").write_bytes(b"")
    entry = {**ENTRY, "path": "ryan/ryan-pack.pdf"}
    (folder / "manifest.json").write_text(json.dumps({"documents": [entry]}), encoding="utf-8")
    said = find(home, "ryan")
    assert (
        "  Documents: out/ijm-federal-2025/ijm/screen/ryan (1)\n  To make them again: briefpack build -e ryan\n" in said
    )
    found = json.loads(find(home, "ryan", "--json"))[0]
    assert found["documents"] == ["out/ijm-federal-2025/ijm/screen/ryan/ryan-pack.pdf"]


@pytest.fixture
def several(tmp_path, home):
    """A project with two briefs that name the same set, and one that names none: the project's folder."""
    shutil.copytree(home.root / "briefs/electorates", tmp_path / "briefs/electorates")
    (tmp_path / "layouts").mkdir()
    for name, words in (("homes", SET), ("rents", SET), ("water", "title: Water\n")):
        (tmp_path / "briefs" / name).mkdir()
        (tmp_path / "briefs" / name / "brief.yaml").write_text(words, encoding="utf-8")
    return tmp_path


SET = "electorates: au-federal-2025\n"


def test_several_briefs_search_the_set_that_they_share(several):
    found = find(Project(several), "3056")
    assert found.startswith("Wills, Victoria (certain)\n")
    assert "  To make its documents: briefpack build BRIEF -e wills\n" in found
    assert "  To print them: briefpack print-set BRIEF -e wills\n" in found
    assert "\nFor BRIEF, write the brief that you want: homes or rents.\n" in found
    assert "briefpack build homes -e wills\n" in find(Project(several), "3056", "--brief", "homes")


def test_lists_electorates_that_share_a_postcode_and_asks_for_the_suburb(home):
    said = find(home, "2620")
    assert said.count("  Places: ") == said.count(" (likely)\n") == 4
    assert "\nMore than one electorate may have this postcode: search for the suburb instead.\n" in said


def test_says_that_an_electorate_was_abolished_then_lists_its_successors(home):
    said = find(home, "Higgins")
    assert said.startswith("Higgins (VIC) was abolished in 2024. Its residents are now in Chisholm, ")
    assert said.index("Chisholm, Victoria (likely)") < said.index("Fenner, Australian Capital Territory (possible)")


@pytest.fixture(scope="module")
def known(home):
    """Return the electorates of the brief, read once for many searches."""
    name, _ = search.set_of(home, home.briefs[0])
    return search.load_directory(home, electorates.load(home, name))


def lines_of(home, known, words, columns):
    found = Found(home, home.briefs[:1], known, search.run(known, words))
    return list(answers.lines(found, columns))


@pytest.mark.parametrize("columns", [24, 80])
@pytest.mark.parametrize("words", ["0872", "Higgins", "Sussan Ley"])
def test_no_line_is_wider_than_the_terminal(home, known, words, columns):
    lines = lines_of(home, known, words, columns)
    assert max(map(len, lines)) <= columns
    assert lines == [line.rstrip() for line in lines]


def test_prints_ten_electorates_and_counts_the_rest(home):
    said = find(home, "Mount")
    heads = re.findall(r"(?m)^[A-Z].*\((?:certain|likely|possible)\)$", said)
    assert len(heads) == 10
    more = len(json.loads(find(home, "Mount", "--json"))) - 10
    assert f"{more} more electorate{'s' * (more != 1)} may match: type more of the name." in " ".join(said.split())


def test_prints_the_same_as_json(home):
    found = json.loads(find(home, "fairfax", "--json"))[0]
    assert (found["slug"], found["member"], found["certainty"]) == ("fairfax", "Ted O’Brien MP", "certain")
    assert found["reasons"] == [{"kind": "electorate", "name": "Fairfax", "text": "the electorate is called Fairfax"}]
    assert found["office"]["postcode"] == "4558"
    assert found["documents"] == []
    certainties = [each["certainty"] for each in json.loads(find(home, "3141", "--json"))]
    assert certainties == ["likely", "possible", "possible"]


def test_reads_only_the_name_of_the_set_in_a_brief(tmp_path, home):
    shutil.copytree(home.root / "briefs", tmp_path / "briefs")
    (tmp_path / "layouts").mkdir()
    path = next(path for path in (tmp_path / "briefs").glob("*/brief.yaml") if path.parent.name[0] != "_")
    path.write_text("title: half written\nelectorates: au-federal-2025\n", encoding="utf-8")
    command = ["--project", str(tmp_path), "find", "3056"]
    assert CliRunner().invoke(cli.main, command).stdout.startswith("Wills, Victoria (certain)\n")
    path.write_text("title: half written\n", encoding="utf-8")
    result = CliRunner().invoke(cli.main, command)
    assert result.exit_code == 3
    assert (
        "brief.yaml:1: the brief names no electorate set\n  try: add electorates: and the name of a set"
        in result.stderr
    )
