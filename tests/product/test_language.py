"""A language is one file: every word that prints comes from the brief, its set or its locale."""

import codecs
import itertools
import re
import shutil

import pypdfium2
import pytest
import yaml
from click.testing import CliRunner

from briefpack import cli, pool
from briefpack.checks import leak
from briefpack.checks.read.finished import Finished
from briefpack.plan import Expected
from briefpack.text.locale import LISTS, placeholders
from isles import LOCAL, PANEL
from projects import REPOSITORY, TESTS, InProcess, copy_sample, english

pytestmark = pytest.mark.part(name="languages")

WORD = re.compile(r"[^\W\d_]+")
# Everything but prose: references to figures and sources, and addresses.
KEPT = re.compile(r"\{[^{}]*\}|\[\^[^\]]*\]|\S+@\S+|https?:\S+")
ADDRESS = re.compile(r"(?:https?|mailto|tel|piece|back):\S+$")
PROSE = {
    "title", "label", "short_title", "subject", "keywords", "name", "short_name", "role", "publisher", "date", "finding", "alt",
    "heading", "standfirst", "caption", "point", "text", "sentence", "sentences", "headline", "asked", "period",
    "who_decides", "buys", "action", "legislation", "note", "when", "entity", "address",
}  # fmt: skip
"""The keys of a brief whose texts print."""


def foreign(text: str) -> str:
    """Return a text with nonsense words."""
    parts = KEPT.split(text)
    kept = [*KEPT.findall(text), ""]
    return "".join(codecs.encode(part, "rot13") + each for part, each in zip(parts, kept, strict=True))


def translated(data, key=""):
    """Return a brief with nonsense words for its prose."""
    if isinstance(data, dict):
        return {name: translated(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [translated(value, key) for value in data]
    return foreign(data) if key in PROSE and not re.fullmatch(r"\d{4}-\d\d-\d\d", data) else data


def marks() -> dict[str, str]:
    """Return a unique nonsense word for each label of the locale that ships."""
    letters = itertools.product("bcdfghjklmnprstvwz", repeat=2)
    return {name: f"Qx{one}{two}" for name, (one, two) in zip(english().labels, letters, strict=False)}


def marked(name: str, text: str, mark: str) -> str:
    """Return a label made of marks, with the placeholders of the original text."""
    if not WORD.search(text):
        return text
    if name in LISTS:
        return ", ".join(f"{mark}{number:x}".translate(DIGITS) for number in range(text.count(",") + 1))
    return " ".join([mark, *(f"{{{each}}}" for each in sorted(placeholders(text)))])


DIGITS = str.maketrans("0123456789", "ghijklmnop")


def words(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(text)}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return the sample in nonsense words, for the Isles, in the layouts that ship."""
    project = copy_sample(tmp_path_factory.mktemp("language") / "project")
    root = project.root
    shutil.rmtree(root / "layouts")
    shutil.copytree(REPOSITORY / "layouts", root / "layouts")
    shutil.copytree(TESTS / "sets/isles", root / "briefs/electorates/isles")
    shipped = root / "layouts/shared/locales/en-AU.yaml"
    locale = yaml.load(shipped.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- every scalar stays text
    locale["labels"] = {name: marked(name, text, marks()[name]) for name, text in locale["labels"].items()}
    locale |= {"hyphenation": "zxx"}
    (root / "layouts/shared/locales/zxx.yaml").write_text(yaml.safe_dump(locale, allow_unicode=True), encoding="utf-8")
    shipped.unlink()
    path = root / "briefs/tiny/brief.yaml"
    text = path.read_text(encoding="utf-8").replace("\n    national:", f"{PANEL}    national:") + LOCAL
    brief = translated(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 -- as above
    brief |= {"language": "zxx", "electoral_matter": "yes"}
    brief["authorisation"] = {"name": "Nyrk", "entity": "Jnyx", "address": "Pbheg"}
    brief["printer"] = {"name": "Cevag", "address": "Fgerrg"}
    path.write_text(yaml.safe_dump(brief, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def printed(project):
    """Return every text in the finished documents of the nation and one electorate, by its place in the file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "ProcessPoolExecutor", InProcess)
        for command in (
            ["build", "--layout", "ijm", "--edition", "screen", "--quiet"],
            ["build", "--layout", "ijm", "--edition", "screen", "--quiet", "-e", "wick"],
            ["print-set", "wick", "--layout", "ijm", "--edition", "screen"],
        ):
            done = CliRunner().invoke(cli.main, ["--project", str(project.root), *command])
            assert done.exit_code == 0, done.output
    found: dict[str, list[str]] = {}
    for path in sorted((project.root / "out").rglob("*.pdf")):
        data = path.read_bytes()
        with pypdfium2.PdfDocument(data) as pdf:
            finished = Finished(pdf, Expected(), data=data)
            for passage in leak.passages_of(finished):
                if not passage.address:
                    found.setdefault(passage.place, []).append(passage.text)
            # WeasyPrint describes a link by its address, which is in no language.
            found.setdefault("annotation", []).extend(
                note for note in finished.reads[0].notes if not ADDRESS.match(note)
            )
    return found


def test_prints_only_words_of_the_brief_its_set_or_its_locale(project, printed):
    data = [*(project.root / "briefs").rglob("*.yaml"), *(project.root / "briefs").rglob("*.csv")]
    data += (project.root / "layouts/shared/locales").glob("*.yaml")
    known = words("".join(path.read_text(encoding="utf-8") for path in data))
    for place, texts in printed.items():
        if place != leak.METADATA:
            assert {word: text for text in texts for word in words(text) - known} == {}, place


def test_prints_labels_in_pages_tags_outlines_and_titles(printed):
    found = {place: words(" ".join(texts)) for place, texts in printed.items()}
    expected = {
        leak.TEXT: (
            "also-in-this-pack",
            "members-as-at",
            "page-of",
            "prepared-for",
            "authorised-by",
            "print-paper",
            "million",
            "date",
            "credit",
        ),
        leak.ALT: ("map-of-electorate",),
        leak.OUTLINE: ("also-in-this-pack", "place-map", "sources-headline"),
        leak.METADATA: ("document-title",),
    }
    for place, names in expected.items():
        assert {name: marks()[name] for name in names if marks()[name].casefold() not in found[place]} == {}, place
