"""Print sets: one PDF with the copies asked for, behind a first sheet that lists them."""

import json
import shutil

import pypdfium2
import pytest
from click.testing import CliRunner
from pikepdf import Pdf

from briefpack import build, cli, output, plan
from briefpack.build import print_set as print_sets
from briefpack.build.print_set import Row
from isles import copy_isles, replace

BRIEF = "ijm-federal-2025"
SET = "national/national-print-set.pdf"


def texts(data) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [" ".join(each.get_textpage().get_text_bounded().split()) for each in pdf]


@pytest.fixture
def built(sample_build, tmp_path):
    """A copy of the sample with its screen documents built: the project's folder."""
    shutil.copytree(sample_build[0].root, tmp_path / "built")
    return tmp_path / "built"


@pytest.fixture
def print_set(built, in_process):  # noqa: ARG001 -- wanted for what it does
    """Run `briefpack print-set` on the copy."""

    def run(*words, edition="screen"):
        options = ("--edition", edition, "--jobs", "1")
        result = CliRunner().invoke(cli.main, ["--project", str(built), "print-set", *words, *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


def test_contains_one_copy_of_each_document_by_default_each_on_its_own_sheets(print_set, built):
    result = print_set("national")
    folder = built / "out/tiny/tiny/screen"
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"Made {folder.as_posix()}/{SET}: 7 sheets of A4, printed on both sides.\n"
    found = texts(folder / SET)
    pack, streets, fund = (
        texts(folder / f"national/national-{name}.pdf")
        for name in ("pack", "leave-behind-slow-streets", "leave-behind-crossing-fund")
    )
    in_order = [
        each
        for _, each in sorted(
            [(asks(built).index("slow-streets"), streets), (asks(built).index("crossing-fund"), fund)]
        )
    ]
    assert found[1:] == ["", *pack, "", *in_order[0], "", *in_order[1], ""]


def asks(folder) -> list[str]:
    lines = (folder / "briefs/tiny/brief.yaml").read_text(encoding="utf-8").partition("\nasks:")[2].splitlines()
    return [line.partition("id: ")[2] for line in lines if line.startswith("  - id: ")]


def test_leaves_out_and_does_not_list_a_document_with_0_copies(print_set, built):
    assert print_set("national", "--copies", "pack=0", "--copies", "crossing-fund=0").exit_code == 0
    first, *rest = texts(built / "out/tiny/tiny/screen" / SET)
    assert [bool(text) for text in rest] == [False, True, False]
    assert (first.count("1 copy"), "Pack," in first) == (1, False)


def test_prints_on_both_sides(print_set, built):
    print_set("national")
    with Pdf.open(built / "out/tiny/tiny/screen" / SET) as pdf:
        wishes = pdf.Root.ViewerPreferences
        assert (str(wishes.Duplex), str(wishes.PrintScaling)) == ("/DuplexFlipLongEdge", "/None")
        assert (pdf.docinfo.Title, pdf.Root.Lang) == ("Safe crossings", "en-AU")


def test_equal_requests_give_equal_bytes_and_lay_nothing_out(print_set, built):
    print_set("national", "--copies", "pack=2")
    before = (built / "out/tiny/tiny/screen" / SET).read_bytes()
    result = print_set("national", "--copies", " pack = 2 ")
    assert result.stderr == ""
    assert (built / "out/tiny/tiny/screen" / SET).read_bytes() == before


def test_builds_missing_documents_first(print_set, built):
    (built / "out/tiny/tiny/screen/national/national-pack.pdf").unlink()
    shutil.rmtree(built / "out/tiny/tiny/home", ignore_errors=True)
    assert print_set("national").exit_code == 0
    assert (built / "out/tiny/tiny/screen/national/national-pack.pdf").is_file()
    assert print_set("national", edition="home").exit_code == 0
    assert sorted(path.name for path in (built / "out/tiny/tiny/home/national").iterdir()) == [
        "national-leave-behind-crossing-fund.pdf",
        "national-leave-behind-slow-streets.pdf",
        "national-pack.pdf",
        "national-print-set.pdf",
    ]


def test_the_manifest_lists_the_documents_but_not_the_print_set(print_set, built):
    print_set("national")
    listed = json.loads((built / "out/tiny/tiny/screen/manifest.json").read_text(encoding="utf-8"))["documents"]
    assert len(listed) == 3


@pytest.mark.parametrize(
    ("copies", "said"),
    [
        (
            ["slow-street=2"],
            'the print set has no document called "slow-street"\n  try: slow-streets, crossing-fund or pack',
        ),
        (["=2"], 'the print set has no document called ""\n  try: crossing-fund, pack or slow-streets'),
        (["pack"], '"pack" doesn\'t give a document and a number of copies\n  try: pack=2'),
        ([""], '"" doesn\'t give a document and a number of copies\n  try: pack=2'),
        (["pack=two"], '"two" is not a number of copies\n  try: pack=20, or pack=0 to leave it out'),
        (["pack="], '"" is not a number of copies\n  try: pack=20'),
        (["pack=-1"], '"-1" is not a number of copies\n  try: pack=20'),
        (["pack=1.5"], '"1.5" is not a number of copies\n  try: pack=20'),
        (["pack=²"], '"²" is not a number of copies\n  try: pack=20'),
        (["pack=2=3"], '"2=3" is not a number of copies\n  try: pack=20'),
        (["pack=501"], '"pack=501" asks for too many copies\n  try: use at most 500'),
        (["pack=" + "9" * 5000], "asks for too many copies\n  try: use at most 500"),
        (["pack=1", "pack=2"], '"pack" is named twice\n  try: name it once'),
        (
            ["pack=0", "slow-streets=0", "crossing-fund=0"],
            "every document has 0 copies\n  try: ask for at least one copy",
        ),
    ],
)
def test_refuses_a_number_of_copies_that_cannot_be_printed(print_set, built, copies, said):
    result = print_set("national", *(word for each in copies for word in ("--copies", each)))
    assert result.exit_code == 2
    assert "--copies: " in result.stderr
    assert said in result.stderr
    assert result.stderr.endswith("1 problem. Nothing was made.\n")
    assert not (built / "out/tiny/tiny/screen" / SET).exists()


def test_makes_no_print_set_if_a_document_fails(print_set, built):
    cover = built / "layouts/tiny/cover.html"
    cover.write_text(cover.read_text(encoding="utf-8").replace("brief.title", "brief.titel"), encoding="utf-8")
    result = print_set("national")
    assert (result.exit_code, result.stdout) == (5, "")
    assert 'there is no "titel" in brief' in result.stderr
    assert "1 problem. No print set was made of these, which failed: " in result.stderr
    assert not (built / "out/tiny/tiny/screen" / SET).exists()


@pytest.mark.part(name="builds")
def test_several_electorates_have_a_print_set_each_unless_a_document_of_theirs_fails(tmp_path, in_process):  # noqa: ARG001 -- wanted for what it does
    project = copy_isles(tmp_path / "project")
    folder = project.root / "out/tiny/tiny/home"
    sets = [folder / "harbour/harbour-print-set.pdf", folder / "wick/wick-print-set.pdf"]
    words = ("--project", str(project.root), "print-set", "tiny", "harbour", "-e", "7004", "--jobs", "1")
    result = CliRunner().invoke(cli.main, words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line.partition(": ")[0] for line in result.stdout.splitlines()] == [f"Made {path}" for path in sets]
    assert ["Ada Quill" in " ".join(texts(path)) for path in sets] == [True, False]
    for path in sets:
        path.unlink()
    fault = '{% if electorate and electorate.slug == "harbour" %}{{ none.at_all }}{% endif %}'
    replace(project.root / "layouts/tiny/cover.html", "{% block content %}", f"{{% block content %}}{fault}")
    result = CliRunner().invoke(cli.main, words)
    assert result.exit_code == 5
    assert "No print set was made of these, which failed: harbour/harbour-pack.pdf. Send " in result.stderr
    assert [path.exists() for path in sets] == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "{{ sheets }}",
            "{{ sheet_count }}",
            'layouts/tiny/print-set.html:5: the page can\'t be written: there is no "sheet_count"\n  try: ',
        ),
        (
            "<ul>",
            '<p style="position: absolute; left: 185mm; white-space: nowrap">Off the page</p><ul>',
            "layouts/tiny/print-set.html:",
        ),
    ],
)
def test_a_mistake_on_the_first_sheet_is_a_layout_problem(print_set, built, old, new, said):
    sheet = built / "layouts/tiny/print-set.html"
    text = sheet.read_text(encoding="utf-8")
    assert text.count(old) == 1 or old == "{{ sheets }}"
    sheet.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = print_set("national")
    assert result.exit_code in (4, 5)
    assert said in result.stderr
    assert result.stderr.endswith("1 problem. Nothing was made.\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("print_set: {page: tiny/print-set.html, styles: [tiny/base.css]}\n", "",
         "layouts/tiny/layout.yaml:1: the layout has no first sheet for a print set\n  try: add print_set: {page, styles}"),
        ("print_set: {page: tiny/print-set.html", "print_set: {page: tiny/print-sets.html",
         'print_set.page: there is no file "tiny/print-sets.html"'),
        ("print_set: {page: tiny/print-set.html,", "print_set: {pages: tiny/print-set.html,",
         'print_set.pages: there is no key called "pages" here'),
    ],
)  # fmt: skip
def test_the_layout_must_name_the_page_of_the_first_sheet(print_set, built, old, new, said):
    path = built / "layouts/tiny/layout.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    result = print_set("national")
    assert result.exit_code == 4
    assert said in result.stderr
    assert result.stderr.endswith("Nothing was made.\n")


def test_refuses_an_electorate_if_the_brief_has_none(print_set):
    result = print_set("durack")
    assert result.exit_code == 2
    assert "the brief names no electorate set" in result.stderr


# The project's own layouts.


def sheet(home, layout, edition, rows, *electorates):
    """The first sheet alone, without the documents that it lists."""
    request = output.Request(
        home, BRIEF, layout, home.root / "out", edition=edition, national=not electorates, electorates=electorates
    )
    planned = build.prepare(request)
    document = plan.print_set(planned, planned.layout.layout.print_set)
    [made] = print_sets.lay_out_first(planned, [(document, rows)], request, lambda *_: None)
    return made


ROWS = (Row("Briefing pack", "Protect children", 11, 3), Row("Leave-behind", "Hold platforms to a duty", 1, 25))


@pytest.mark.part(name="builds")
@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("layout", ["ijm", "plain"])
@pytest.mark.parametrize("edition", ["screen", "home"])
def test_the_first_sheet_gives_the_electorate_the_contents_and_how_to_print(home, layout, edition):
    made = sheet(home, layout, edition, ROWS, "kingsford")
    [text] = texts(made.pdf)
    assert (made.sheets, made.warnings) == (44, ())
    for words in (
        "Print set", "Kingsford Smith", "New South Wales", "44 sheets of A4 paper", "This sheet What is here, and how",
        "Briefing pack Protect children 11 3 18", "Leave-behind Hold platforms to a duty 1 25 25", "In all 44",
        "Actual size, or 100%", "Both sides, flipped on the long edge", "One. Every copy", "begins on a new sheet",
        "it takes 59 sheets; 29 more come out blank", "International Justice Mission Australia", "Member details as at",
    ):  # fmt: skip
        assert words.casefold() in text.casefold()
