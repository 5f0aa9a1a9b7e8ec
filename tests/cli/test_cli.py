"""The command: what it prints, what it makes, and its exit codes."""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from briefpack import __version__, cli
from briefpack.cli import answers

REPOSITORY = Path(__file__).parent.parent.parent

ENTRY = {
    "kind": "pack", "layout": "ijm", "electorate": None, "ask": None, "pages": 1, "bytes": 0, "sha256": "",
    "inputs": {}, "fits": {}, "sources": [], "warnings": [],
}  # fmt: skip


def run(*words):
    """The real command, in a process of its own."""
    line = [sys.executable, "-m", "briefpack", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.fixture
def built(sample_build, tmp_path):
    """A copy of the sample and its documents: the folder."""
    shutil.copytree(sample_build[0].root, tmp_path / "built")
    return tmp_path / "built"


def test_build_says_what_it_made_and_where(command, project):
    result = command("build", "--jobs", "1")
    assert result.exit_code == 0
    assert re.fullmatch(r"3 made in \S+/out/tiny/tiny/screen \(\d+\.\d s\)\n", result.stdout)
    assert re.fullmatch(r"((charts|pages|typeset|bind): \d+\n)+", result.stderr)
    made = sorted(path.name for path in (project.root / "out/tiny/tiny/screen/national").iterdir())
    assert made == [
        "national-leave-behind-crossing-fund.pdf",
        "national-leave-behind-slow-streets.pdf",
        "national-pack.pdf",
    ]


def test_each_edition_has_a_folder_of_its_own(command, project):
    result = command("build", "--edition", "home", "--edition", "screen", "--jobs", "1")
    assert result.exit_code == 0
    assert [line.split()[3] for line in result.stdout.splitlines()] == [
        f"{project.root}/out/tiny/tiny/home",
        f"{project.root}/out/tiny/tiny/screen",
    ]
    for edition in ("home", "screen"):
        assert len(list((project.root / "out/tiny/tiny" / edition / "national").glob("*.pdf"))) == 3


@pytest.mark.parametrize("standing", [False, True])
def test_nothing_is_made_while_an_edition_that_is_asked_for_cannot_be(command, edit, project, standing):
    edit("briefs/tiny/brief.yaml", "electoral_matter: no", "electoral_matter: undecided")
    if standing:
        command("build", "--quiet", "--jobs", "1")
    result = command("build", "--edition", "screen", "--edition", "press", "--jobs", "1")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "a press edition is not made while it is undecided" in result.stderr
    assert result.stderr.endswith("1 problem. Nothing was made.\n")
    assert (project.root / "out").exists() == standing


def test_an_edition_of_which_nothing_can_be_made_beside_one_that_is_made_is_5(command, project):
    """Whatever its own code would be: the other is there, and the store is pruned."""
    (project.root / "layouts/tiny/press.css").write_text("body { colr: red }", encoding="utf-8")
    result = command("build", "--edition", "screen", "--edition", "press", "--jobs", "1")
    assert command("build", "--edition", "press", "--jobs", "1").exit_code == 4
    assert result.exit_code == 5
    assert [line.split(" in ")[0] for line in result.stdout.splitlines()] == ["3 made", "0 made"]


def test_an_edition_that_there_is_not_is_a_wrong_command_line(command):
    assert command("build", "--edition", "fax").exit_code == 2


def test_a_second_build_makes_nothing(built):
    result = CliRunner().invoke(cli.main, ["--project", str(built), "build"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.fullmatch(r"0 made in \S+; 3 unchanged \(\d+\.\d s\)\n", result.stdout)


@pytest.mark.usefixtures("in_process")
def test_a_document_that_is_gone_or_changed_is_made_again(built):
    folder = built / "out/tiny/tiny/screen/national"
    pack, leave_behind = folder / "national-pack.pdf", folder / "national-leave-behind-crossing-fund.pdf"
    before = pack.read_bytes(), leave_behind.read_bytes()
    pack.unlink()
    leave_behind.write_bytes(b"spoiled")
    result = CliRunner().invoke(cli.main, ["--project", str(built), "build", "--jobs", "1"])
    assert result.exit_code == 0
    assert result.stdout.startswith("2 made in ")
    assert (pack.read_bytes(), leave_behind.read_bytes()) == before


def test_quiet_prints_nothing_on_success(built):
    result = run("--project", built, "build", "--quiet")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_quiet_prints_problems(command, edit):
    edit("briefs/tiny/brief.yaml", "kind: bars", "kind: bar")
    result = command("build", "--quiet")
    assert result.exit_code == 3
    assert 'there is no chart kind called "bar"' in result.stderr
    assert result.stderr.endswith("\n1 problem. Nothing was made.\n")


def test_out_is_where_the_documents_go(command, project, tmp_path):
    result = command("build", "--jobs", "1", "--quiet", "--ask", "slow-streets", "--out", str(tmp_path / "elsewhere"))
    assert result.exit_code == 0
    assert [path.name for path in (tmp_path / "elsewhere").rglob("*.pdf")] == ["national-leave-behind-slow-streets.pdf"]
    assert not (project.root / "out").exists()


def test_a_file_in_the_place_of_the_folder_for_what_is_made_is_a_problem(command, project):
    place = project.root / "briefs/tiny/brief.yaml"
    result = command("build", "--jobs", "1", "--quiet", "--out", str(place))
    assert result.exit_code == 5
    assert result.stderr.splitlines()[-2].endswith(": not a directory")


def test_out_may_be_on_another_disk(command, project):
    """As a stick is, which somebody takes to the meeting."""
    other = Path("/dev/shm")  # noqa: S108 -- a disk of its own on most machines
    if not other.is_dir() or other.stat().st_dev == project.root.stat().st_dev:
        pytest.skip("this machine has one disk alone")
    with tempfile.TemporaryDirectory(dir=other) as out:
        assert command("build", "--quiet", "--out", out).exit_code == 0
        assert len(list(Path(out).rglob("*.pdf"))) == 3
        assert {path.suffix for path in Path(out).rglob("*") if path.is_file()} == {".pdf", ".json"}


@pytest.mark.parametrize("writes", [0, 1, 5, 9, 14])
def test_a_full_disk_is_said_and_leaves_nothing_half_made(writes, command, project, monkeypatch):
    left = iter(range(writes))

    replace = os.replace

    def refuse(path: str, place: str) -> None:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(path, place)

    with monkeypatch.context() as full:
        full.setattr(os, "replace", refuse)
        result = command("build", "--jobs", "1", "--quiet")
    hint = "make room, give leave to read and write there, or name another folder; what was finished is kept"
    assert (result.exit_code, result.stderr) == (5, f"the disk: no space left on device\n  try: {hint}\n")
    files = [path for folder in ("out", ".store") for path in (project.root / folder).rglob("*") if path.is_file()]
    assert not [path for path in files if path.name.startswith(".") or path.suffix in (".pdf", ".json")]
    assert command("build", "--jobs", "1", "--quiet").exit_code == 0


def test_the_project_is_the_one_from_here_up(project, monkeypatch):
    monkeypatch.chdir(project.root / "briefs" / "tiny")
    assert "crossing-fund" in CliRunner().invoke(cli.main, ["list", "asks"]).stdout


def test_no_project(tmp_path):
    result = CliRunner().invoke(cli.main, ["--project", str(tmp_path), "build"])
    assert result.exit_code == 2
    assert "neither this folder nor one above it holds briefs/ and layouts/" in result.stderr


def test_the_only_brief_need_not_be_named(command):
    assert command("check").stdout == command("check", "tiny").stdout == command("check", "briefs/tiny/").stdout


def test_one_of_two_briefs_must_be_named(command, project):
    shutil.copytree(project.root / "briefs/tiny", project.root / "briefs/other")
    result = command("check")
    assert result.exit_code == 2
    assert "name one: other or tiny" in result.stderr
    assert command("check", "other").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("build", "tinny"), 2, 'there is no brief called "tinny"\n  try: tiny'),
        (("build", "--layout", "tinny"), 2, 'there is no layout called "tinny"\n  try: tiny'),
        (
            ("build", "--ask", "slow-street"),
            2,
            'there is no ask called "slow-street"\n  try: slow-streets or crossing-fund',
        ),
        (("build", "--jobs", "0"), 2, "--jobs"),
        (("build", "--colour"), 2, "--colour"),
        (("build", "one", "two"), 2, "two"),
        (("bild",), 2, "bild"),
        (("list", "everything"), 2, "everything"),
        (("new",), 2, "NAME"),
    ],
)
def test_a_wrong_command_line(command, words, code, said):
    result = command(*words)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "ends"),
    [
        ("briefs/tiny/brief.yaml", "kind: bars", "kind: bar", 3, "1 problem. Nothing was made."),
        ("layouts/tiny/layout.yaml", "title: Tiny", "titel: Tiny", 4, "2 problems. Nothing was made."),
        (
            "layouts/tiny/cover.html",
            "brief.title",
            "brief.titel",
            5,
            "1 problem. Not made: national/national-pack.pdf. What an earlier build made is still there: national/national-pack.pdf.",
        ),
    ],
)
def test_exit_codes_of_the_real_command(built, path, old, new, code, ends):
    file = built / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    result = run("--project", built, "build", "--jobs", "1")
    assert result.returncode == code
    assert result.stderr.splitlines()[-1] == ends
    assert "Traceback" not in result.stderr


def test_what_can_be_made_is_made_beside_what_cannot(command, edit, project):
    """A problem of one document leaves no half of it behind, and costs no other."""
    edit("layouts/tiny/cover.html", "brief.title", "brief.titel")
    result = command("build", "--jobs", "1")
    assert result.exit_code == 5
    assert result.stdout.startswith("2 made in ")
    listed = json.loads((project.root / "out/tiny/tiny/screen/manifest.json").read_text())["documents"]
    found = {
        path.relative_to(project.root / "out/tiny/tiny/screen").as_posix()
        for path in (project.root / "out").rglob("*.pdf")
    }
    assert {document["path"] for document in listed} == found
    assert len(found) == 2


NO_OUTLINE = ("layouts/tiny/base.css", "a { color", "h1, h2, h3 { bookmark-level: none; }\na { color")


def test_a_check_that_fails_is_5_and_names_the_check(command, edit, project):
    edit(*NO_OUTLINE)
    result = command("build", "--jobs", "1")
    assert result.exit_code == 5
    assert result.stderr.splitlines()[-3:] == [
        "out/tiny/tiny/screen/national/national-pack.pdf: outline: it is long and has no outline",
        "  try: head the pages with h1 and h2",
        "1 problem. Not made: national/national-pack.pdf.",
    ]
    assert not (project.root / "out/tiny/tiny/screen/national/national-pack.pdf").exists()


def test_a_problem_names_the_document_where_it_would_be(command, edit, tmp_path):
    edit(*NO_OUTLINE)
    result = command("build", "--jobs", "1", "--out", str(tmp_path / "stick"))
    assert f"{tmp_path}/stick/tiny/tiny/screen/national/national-pack.pdf: outline: " in result.stderr


def test_check_lists_queries_and_counts(command):
    result = command("check")
    assert (result.exit_code, result.stderr) == (0, "")
    first, second, last = result.stdout.splitlines()
    assert first == "briefs/tiny/brief.yaml:19: query how-many, on Number of children hurt"
    assert second == "  Is this for one year or for all?"
    assert last.startswith("No problems, 0 warnings, 1 open quer")


def test_check_as_json(command, edit):
    edit("briefs/tiny/brief.yaml", "Their drivers *can* slow down.", "There were 7,331 of them.")
    found = json.loads(command("check", "--json").stdout)
    assert found["queries"] == [
        {
            "line": 19,
            "id": "how-many",
            "about": "Number of children hurt",
            "question": "Is this for one year or for all?",
        }
    ]
    [problem] = found["problems"]
    assert problem["path"] == "briefs/tiny/brief.yaml"
    assert (problem["line"], problem["warning"], problem["owner"]) == (94, True, "brief")
    assert "7,331" in problem["message"]


def test_check_as_json_of_a_brief_with_problems(command, edit):
    edit("briefs/tiny/brief.yaml", "kind: bars", "kind: bar")
    result = command("check", "--json")
    assert (result.exit_code, result.stderr) == (3, "")
    [problem] = json.loads(result.stdout)["problems"]
    assert problem["message"] == 'charts.speeds.kind: there is no chart kind called "bar"'
    assert set(problem) == {"path", "line", "message", "hint", "owner", "warning", "check", "page"}


@pytest.mark.parametrize(
    ("what", "listed"),
    [
        ("asks", {"crossing-fund": "A crossing fund", "slow-streets": "A slow streets law"}),
        ("charts", {
            "speeds": "bars: A crossing slowed cars by 17 km an hour",
            "hurt": "unit-chart: Too many children are hurt",
            "kim-timeline": "timeline: One year from a crash to a crossing",
        }),
        ("layouts", {"tiny": "Tiny"}),
        ("briefs", {"tiny": "Safe crossings"}),
    ],
)  # fmt: skip
def test_list(command, what, listed):
    lines = command("list", what).stdout.replace("\u00a0", " ").splitlines()
    assert dict(re.split(r"  +", line, maxsplit=1) for line in lines) == listed
    data = json.loads(command("list", what, "--json").stdout.replace("\u00a0", " "))
    assert {row["id"]: row["title"] for row in data} == listed


def test_schema_is_written_and_fits_the_sample(command, project):
    result = command("schema")
    assert (result.exit_code, result.stdout) == (0, "Made briefs/brief.schema.json.\n")
    schema = json.loads((project.root / "briefs/brief.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    text = (project.root / "briefs/tiny/brief.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- scalars as text, as the engine reads them
    validator = jsonschema.Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(data)] == []
    assert not validator.is_valid({**data, "titel": "x"})


def test_version():
    assert CliRunner().invoke(cli.main, ["--version"]).stdout == f"briefpack, version {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ("-h",),
        ("build", "--help"),
        ("check", "--help"),
        ("list", "-h"),
        ("new", "-h"),
        ("schema", "-h"),
        ("booklet", "-h"),
        ("print-set", "-h"),
    ],
)
def test_help(words):
    result = CliRunner().invoke(cli.main, words)
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


@pytest.fixture
def whole(tmp_path):
    """The project's own layouts, charts, fonts and starter brief, and no other brief."""
    for folder in ("layouts", "charts", "fonts", "briefs/_starter"):
        shutil.copytree(REPOSITORY / folder, tmp_path / "whole" / folder)
    return tmp_path / "whole"


@pytest.mark.usefixtures("in_process")
def test_new_makes_a_brief_that_builds(whole):
    def briefpack(*words):
        return CliRunner().invoke(cli.main, ["--project", str(whole), *words])

    result = briefpack("new", "warm-homes")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Made briefs/warm-homes/brief.yaml. Write over it, then: briefpack build warm-homes\n"
    assert briefpack("check", "warm-homes").exit_code == 0
    result = briefpack("build", "--jobs", "1")
    assert (result.exit_code, result.stderr.count("problem")) == (0, 0), result.stderr
    assert len(list((whole / "out").rglob("*.pdf"))) == 3


@pytest.mark.parametrize("name", ["Warm Homes", "../warm", "/warm", "warm_homes", "", ".", "_starter"])
def test_new_takes_an_id_alone(command, project, name):
    before = sorted(project.root.rglob("*"))
    assert command("new", name).exit_code == 2
    assert sorted(project.root.rglob("*")) == before


def test_new_needs_a_brief_to_begin_from(command, project):
    result = command("new", "warm-homes")
    assert result.exit_code == 3
    assert result.stderr.startswith("briefs/_starter/brief.yaml: there is no brief to begin from\n  try: copy")
    assert not (project.root / "briefs/warm-homes").exists()


def test_new_writes_over_nothing(whole):
    (whole / "briefs/mine").mkdir()
    result = CliRunner().invoke(cli.main, ["--project", str(whole), "new", "mine"])
    assert result.exit_code == 2
    assert "briefs/mine: it is there already\n  try: another name" in result.stderr
    assert list((whole / "briefs/mine").iterdir()) == []


def test_explain_lists_every_check_with_its_severity_and_editions(command):
    lines = command("explain").stdout.splitlines()
    assert len(lines) > 25
    listed = {line.split()[0]: line.split(maxsplit=2)[1:] for line in lines}
    assert listed["contrast"] == ["error", "screen, home, press"]
    assert listed["links-alive-on-paper"] == ["warning", "home, press"]
    assert listed["source-age"] == ["warning", "the brief"]


def test_explain_says_why_a_check_is_there_and_what_to_do(command):
    result = command("explain", "contrast")
    assert result.exit_code == 0
    assert result.stdout.startswith("contrast: error, screen, home, press\n  why: text needs 4.5:1 ")
    assert "(WCAG 2.2, 1.4.3)" in result.stdout
    assert "\n  try: darken the text" in result.stdout


def test_explain_offers_the_nearest_check_to_one_there_is_not(command):
    result = command("explain", "contrst")
    assert result.exit_code == 2
    assert result.stderr == 'there is no check called "contrst"\n  try: contrast\n'


def test_what_check_finds_in_a_brief_has_ids_that_explain_knows(command, edit):
    edit("briefs/tiny/brief.yaml", "We are a small charity.", "We are 12 people.")
    edit("briefs/tiny/brief.yaml", 'date: "2025"', 'date: "2019"')
    found = json.loads(command("check", "--json").stdout)["problems"]
    ids = {problem["check"] for problem in found if problem["check"]}
    assert ids == {"number-not-from-ledger", "source-age"}
    assert all(command("explain", each).exit_code == 0 for each in ids)


def test_a_figure_without_a_source_has_an_id_that_explain_knows(command, edit):
    edit("briefs/tiny/brief.yaml", "means: fall in speed, source: road-report", "means: fall in speed")
    (problem,) = json.loads(command("check", "--json").stdout)["problems"]
    assert problem["check"] == "figure-unsourced"
    assert command("explain", problem["check"]).exit_code == 0


def test_all_of_a_brief_for_no_electorates_is_the_nation(command):
    assert command("build", "--all", "--quiet").exit_code == 0
    assert command("build", "--all").stdout.startswith("0 made")


def test_the_documents_of_a_place_are_those_of_each_edition_and_not_what_was_made_of_them(project):
    listed = {"screen": ["bean/bean-pack.pdf", "bean/bean-gone.pdf"], "home": ["bean/bean-pack.pdf"]}
    entry = ENTRY
    for edition, paths in listed.items():
        folder = project.root / "out/tiny/tiny" / edition
        (folder / "bean").mkdir(parents=True)
        (folder / "bean/bean-pack.pdf").write_bytes(b"")
        (folder / "bean/bean-pack-booklet.pdf").write_bytes(b"")
        (folder / "manifest.json").write_text(json.dumps({"documents": [{**entry, "path": path} for path in paths]}))
    found = answers.documents(project, "tiny", "bean")
    assert [path.relative_to(project.root / "out/tiny/tiny").as_posix() for path in found] == [
        "home/bean/bean-pack.pdf", "screen/bean/bean-pack.pdf",
    ]  # fmt: skip


def test_a_brief_that_must_be_mended_is_listed_beside_the_others(command, project):
    shutil.copytree(project.root / "briefs/tiny", project.root / "briefs/worn")
    worn = project.root / "briefs/worn/brief.yaml"
    worn.write_text(worn.read_text(encoding="utf-8").replace("kind: bars", "kind: bar"), encoding="utf-8")
    listed = command("list", "briefs")
    assert listed.exit_code == 0
    assert re.search(r"(?m)^tiny  \w", listed.stdout)
    assert re.search(r"(?m)^worn  \(1 problem: briefpack check worn\)$", listed.stdout)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("build", "-e", "Durak"), 'there is no electorate called "Durak"\n  try: Durack'),
        (("build", "-e", "hu"), '3 electorates begin with "hu"\n  try: Hughes, Hume or Hunter'),
        (("build", "--state", "NWS"), '--state: there is no state called "NWS"\n  try: NSW'),
        (("find", "Ballaaaratt"), 'nothing is called "Ballaaaratt"\n  try: Ballarat'),
        (("find", "xyzzy"), 'nothing is called "xyzzy"\n  try: a postcode, a suburb, a member or an electorate\n'),
        (("find", "0813"), "0813 is a postcode for PO boxes"),
    ],
)
def test_a_place_that_there_is_not_is_a_wrong_command_line(home, words, said):
    result = CliRunner().invoke(cli.main, ["--project", str(home.root), *words])
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def find(home, *words, columns=80):
    environment = {"COLUMNS": str(columns)}
    result = CliRunner().invoke(cli.main, ["--project", str(home.root), "find", *words], env=environment)
    assert result.exit_code == 0
    return result.stdout


def test_find_says_how_certain_the_member_the_office_and_how_to_make_the_documents(home):
    assert find(home, "6530") == (
        "Durack, Western Australia (certain)\n"
        "  6530 is in it.\n"
        "  Member: Melissa Price MP, Liberal Party of Australia\n"
        "  Office: 2B/209 Foreshore Drive, Geraldton WA 6530\n"
        "  Phone: (08) 9964 2195\n"
        "  Email: Melissa.Price.MP@aph.gov.au\n"
        "  To make its documents: briefpack build -e durack\n"
        "  To print them: briefpack print-set durack\n"
        "\n"
        "An address near a border may be in the next electorate: check at\n"
        "https://electorate.aec.gov.au\n"
    )


def test_find_says_where_the_documents_are(home):
    folder = home.root / "out/ijm-federal-2025/ijm/screen"
    (folder / "ryan").mkdir(parents=True)
    (folder / "ryan/ryan-pack.pdf").write_bytes(b"")
    entry = {**ENTRY, "path": "ryan/ryan-pack.pdf"}
    (folder / "manifest.json").write_text(json.dumps({"documents": [entry]}), encoding="utf-8")
    said = find(home, "member for ryan")
    assert (
        "  Documents: out/ijm-federal-2025/ijm/screen/ryan (1)\n  To make them again: briefpack build -e ryan\n" in said
    )
    found = json.loads(find(home, "member for ryan", "--json"))[0]
    assert found["documents"] == ["out/ijm-federal-2025/ijm/screen/ryan/ryan-pack.pdf"]


def test_find_lists_the_electorates_that_share_a_postcode_and_asks_for_the_suburb(home):
    said = find(home, "2620")
    assert said.count("  Places: ") == said.count(" (likely)\n") == 4
    assert "\nMore than one electorate may have this postcode: search for the suburb instead.\n" in said


def test_find_says_that_an_electorate_was_abolished_before_its_successors(home):
    said = find(home, "Higgins")
    assert said.startswith("Higgins (VIC) was abolished in 2024. Its people are now in Chisholm, ")
    assert said.index("Chisholm, Victoria (likely)") < said.index("Fenner, Australian Capital Territory (possible)")


@pytest.mark.parametrize("columns", [24, 40, 80, 200])
@pytest.mark.parametrize("words", ["0872", "Higgins", "1001", "Sydney", "Sussan Ley"])
def test_no_line_of_find_is_wider_than_the_terminal(home, words, columns):
    lines = find(home, words, columns=columns).splitlines()
    assert max(map(len, lines)) <= columns
    assert lines == [line.rstrip() for line in lines]


def test_find_prints_ten_electorates_and_says_how_many_more_there_are(home):
    said = find(home, "Mount")
    heads = re.findall(r"(?m)^[A-Z].*\((?:certain|likely|possible)\)$", said)
    assert len(heads) == 10
    more = len(json.loads(find(home, "Mount", "--json"))) - 10
    assert f"{more} more electorate{'s' * (more != 1)} may be meant: type more of the name." in " ".join(said.split())


def test_find_tells_a_program_the_same(home):
    found = json.loads(find(home, "member for durack", "--json"))[0]
    assert (found["slug"], found["member"], found["certainty"]) == ("durack", "Melissa Price MP", "certain")
    assert found["reasons"] == [{"kind": "electorate", "name": "Durack", "text": "the electorate is called Durack"}]
    assert found["office"]["postcode"] == "6530"
    assert found["documents"] == []
    certainties = [each["certainty"] for each in json.loads(find(home, "3141", "--json"))]
    assert certainties == ["likely", "possible", "possible"]


def test_find_tells_a_program_that_nothing_was_found(home):
    result = CliRunner().invoke(cli.main, ["--project", str(home.root), "find", "--json", "xyzzy"])
    assert (result.exit_code, json.loads(result.stdout)) == (2, [])


def test_find_needs_nothing_of_a_brief_but_the_name_of_its_set(tmp_path, home):
    shutil.copytree(home.root / "briefs", tmp_path / "briefs")
    (tmp_path / "layouts").mkdir()
    path = next(path for path in (tmp_path / "briefs").glob("*/brief.yaml") if path.parent.name[0] != "_")
    path.write_text("title: half written\nelectorates: au-federal-2025\n", encoding="utf-8")
    command = ["--project", str(tmp_path), "find", "3056"]
    assert CliRunner().invoke(cli.main, command).stdout.startswith("Wills, Victoria (certain)\n")
    path.write_text("title: half written\n", encoding="utf-8")
    result = CliRunner().invoke(cli.main, command)
    assert result.exit_code == 3
    assert "brief.yaml:1: the brief is for no electorate set\n  try: add electorates: with its name" in result.stderr


def test_check_draws_the_charts_and_names_all_that_cannot_be_drawn(command, edit, project):
    edit(
        "briefs/tiny/brief.yaml",
        "{label: After, figure: speed-after, strong: yes}",
        "{label: After, figure: crossings}",
    )
    edit("briefs/tiny/brief.yaml", "figure: children-hurt}", "figure: speed-after}")
    result = command("check")
    assert result.exit_code == 3
    assert "charts.speeds: the chart cannot be drawn: the row “After” is in" in result.stderr
    assert "charts.hurt: the chart cannot be drawn: " in result.stderr
    assert result.stderr.endswith("2 problems. Nothing was made.\n")
    assert not (project.root / "out").exists()


def test_one_of_two_layouts_must_be_named(command, project, copy_layout):
    copy_layout(project)
    result = command("build")
    assert result.exit_code == 2
    assert "layouts: there is more than one layout\n  try: name one: other or tiny" in result.stderr


@pytest.mark.parametrize("out", ["o" * 300, "folder"])
def test_a_place_that_cannot_be_written_is_said(command, tmp_path, out):
    (tmp_path / "folder/tiny/tiny/screen/national/national-pack.pdf").mkdir(parents=True)
    result = command("build", "--jobs", "1", "--quiet", "--out", str(tmp_path / out))
    assert result.exit_code == 5
    assert "\n  try: make room, give leave to read and write there, or name another folder" in result.stderr


def test_check_prints_a_warning_of_every_row_twice(command, edit):
    rows = "".join(f"\n          - [Year {year}, {year * 3}]" for year in range(2, 40))
    block = f"      - table:\n          caption: Hurt\n          columns: [Year, Hurt]\n          rows:{rows}\n"
    old = "      - text: We are a small charity.[^school-count]\n"
    edit("briefs/tiny/brief.yaml", old, old + block.replace("\n          - ", "\n            - "))
    result = command("check")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.count("is not from the ledger") == 2
    assert "more like these, on lines " in result.stderr


def test_a_name_too_long_for_any_file_is_a_problem_of_the_set_without_a_path_of_the_machine(command, edit, project):
    shutil.copytree(REPOSITORY / "tests/sets/norland", project.root / "briefs/electorates/norland")
    edit("briefs/electorates/norland/set.yaml", "electorates: ridings.csv", f"electorates: {'r' * 300}.csv")
    edit("briefs/tiny/brief.yaml", "electoral_matter: no", "electoral_matter: no\nelectorates: norland")
    result = command("check")
    assert result.exit_code == 3
    assert (
        f'briefs/electorates/norland/set.yaml:19: files.electorates: there is no file "{"r" * 300}.csv"'
        in result.stderr
    )
    assert str(project.root) not in result.stderr


def test_a_disk_problem_names_a_place_in_the_project_by_its_path_there(command, project, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(project.root / ".store/ab"))

    monkeypatch.setattr("briefpack.build.check", full)
    assert command("check").stderr.startswith(".store/ab: no space left on device\n")
