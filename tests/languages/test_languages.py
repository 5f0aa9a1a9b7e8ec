"""Each language that ships prints a letter of two pages and a leave-behind, in every edition."""
# ruff: noqa: RUF001 -- Chinese has full-width marks

import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from briefpack import cli, pool
from briefpack.checks import leak
from briefpack.checks.read.finished import Finished
from briefpack.checks.text import MISSING
from briefpack.layout import added_fonts
from briefpack.plan import Expected
from briefpack.project import Project
from projects import LANGUAGES, REPOSITORY, InProcess, language

HERE = Path(__file__).parent
EDITIONS = ("screen", "home", "press")
PAGES = {"national-pack": 2, "national-leave-behind-crossing-fund": 1}
NO_BREAK, NARROW = "\u00a0", "\u202f"
PRINTED = {
    "en-GB": (
        "1 July 2026", "31.5 km/h", "1,200 schools", "1.5 million pupils", "62.5% of parents", "£50,000", "£60 million",
        "or one calendar year of work", "“We can breathe again,”", "‘good morning’", "Source: Example Road Institute",
        "1 in 20", "2 of 2", "it is the first,",
    ),
    "fr": (
        "1er juillet 2026", "31,5 km/h", f"1{NARROW}200 écoles", "1,5 million d’élèves", f"62,5{NO_BREAK}% des parents",
        f"50{NARROW}000{NO_BREAK}$AU", "60 millions de dollars australiens", "soit 1 année civile de travaux",
        f"«{NO_BREAK}On respire enfin{NO_BREAK}»", f"l’«{NO_BREAK}école du pont{NO_BREAK}»",
        f"l’accident{NARROW}?", f"évitable{NARROW}!", f"Source{NO_BREAK}: Institut", "1 sur 20", "2 sur 2", "au premier rang",
    ),
    "vi": (
        "1 tháng 7, 2026", "31,5 km/h", "1.200 trường", "1,5 triệu học sinh", "62,5% phụ huynh", f"50.000{NO_BREAK}AU$",
        "60 triệu đô la Úc", "“Chúng tôi thở phào”", "‘Bác tài", "Nguồn: Viện", "1 trên 20", "Trang 2/2",
        "nguyên nhân thứ nhất",
    ),
    "zh-Hans": (
        "2026年7月1日", "每小时31.5公里", "1,200所学校", "150万名学生", "62.5%的家长", "需要5万澳元", "6000万澳元", "工期一年",
        "“我们终于松了一口气，”", "‘斑马线’", "资料来源：示例道路研究所", "20分之1", "第2页，共2页", "排名第一", "《学校统计》",
    ),
}  # fmt: skip
"""What the letter of each language prints: numbers, money, dates, quotation marks, spaces, labels."""


@pytest.fixture(
    scope="module",
    params=[
        ("fr", ("screen",)),
        *(pytest.param((each, EDITIONS), marks=pytest.mark.part(name="languages")) for each in LANGUAGES[1:]),
    ],
    ids=lambda param: "-".join((param[0], *param[1])),
)
def built(request, tmp_path_factory):
    """Return a language, and the project with its brief built: for the screen, or in every edition."""
    name, editions = request.param
    if language(name).family and not added_fonts.every(REPOSITORY):
        pytest.skip("its font is not installed: run .ci/set-up --dev")
    root = tmp_path_factory.mktemp("languages") / "project"
    for folder in ("layouts", "charts", "fonts"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(HERE / name, root / "briefs" / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "ProcessPoolExecutor", InProcess)
        for edition in editions:
            done = CliRunner().invoke(cli.main, ["--project", str(root), "build", "--edition", edition, "--quiet"])
            assert (done.exit_code, done.output) == (0, "")
    return name, Project(root)


def files(project: Project, edition: str) -> dict[str, Path]:
    return {path.stem: path for path in in_every_edition(project) if path.parts[-3] == edition}


def in_every_edition(project: Project) -> list[Path]:
    return sorted((project.root / "out").rglob("national/*.pdf"))


def words_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join("".join(page.get_textpage().get_text_bounded() for page in pdf).split(" "))


def test_prints_two_pages_and_a_leave_behind(built):
    _, project = built
    assert {path.stem for path in in_every_edition(project)} == set(PAGES)
    for path in in_every_edition(project):
        with pypdfium2.PdfDocument(path) as pdf:
            assert len(pdf) == PAGES[path.stem]
            assert not any(MISSING.search(page.get_textpage().get_text_bounded()) for page in pdf)


def test_names_its_language_in_the_tags(built):
    name, project = built
    for path in files(project, "screen").values():
        with pikepdf.Pdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == name
            assert f"<rdf:li>{name}</rdf:li>" in pdf.Root.Metadata.read_bytes().decode()


def test_tags_the_passage_in_another_language(built):
    name, project = built
    with pikepdf.Pdf.open(files(project, "screen")["national-pack"]) as pdf:
        found = [
            str(each.Lang)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/Lang" in each
        ]
    assert set(found) == ({"tl"} if name == "en-GB" else set())


def test_prints_numbers_money_dates_and_quotations_in_the_language(built):
    name, project = built
    text = flat("".join(map(words_of, files(project, "screen").values())))
    assert [words for words in PRINTED[name] if flat(words) not in text] == []


def flat(text: str) -> str:
    """Return a text without line breaks, which may come anywhere."""
    return "".join(text.replace("\ufffe", "").split())


def test_prints_no_english_label(built):
    name, project = built
    if name.startswith("en"):
        pytest.skip("it is English")
    phrases = {
        text
        for text in language("en-AU").labels.values()
        if " " in text.strip() and "{" not in text and "," not in text
    }
    for path in in_every_edition(project):
        data = path.read_bytes()
        with pypdfium2.PdfDocument(data) as pdf:
            read = " ".join(each.text for each in leak.passages_of(Finished(pdf, Expected(), data=data)))
        assert [phrase for phrase in phrases if phrase in read] == []
