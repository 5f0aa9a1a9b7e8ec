"""A noun agrees with the number before it, in the real layouts and with one of everything."""

import datetime
import shutil
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
import yaml

from briefpack.brief.evidence import Figure
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Brief
from projects import english

pytestmark = pytest.mark.usefixtures("warm")

REPOSITORY = Path(__file__).parent.parent.parent
BRIEF = "briefs/tiny/brief.yaml"


def one_of_everything(text: str) -> str:
    """Return the sample brief with one ask, one theme and one year."""
    brief = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- every scalar stays text, as the engine reads it
    brief["asks"], brief["themes"] = brief["asks"][:1], brief["themes"][:1]
    brief["figures"] |= {
        "fund-years": {"value": 1, "unit": "years", "means": "length of the fund", "source": "own"},
        "asks-all": {"value": 1, "unit": "asks", "means": "number of asks", "source": "own"},
    }
    brief["asks_annual"] = "fund-total"
    brief["asks"][0]["period"] = "Over {fund-years:words} years"
    brief["glance"]["standfirst"] = "{asks-all:capital} asks, over {fund-years} years, which began a year ago."
    return yaml.safe_dump(brief, allow_unicode=True, sort_keys=False)


def words_of(path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


@pytest.fixture
def one_ask(project):
    """Return the sample with one of everything, in the repository's own layouts."""
    shutil.rmtree(project.root / "layouts")
    shutil.copytree(REPOSITORY / "layouts", project.root / "layouts")
    path = project.root / BRIEF
    path.write_text(one_of_everything(path.read_text(encoding="utf-8")), encoding="utf-8")
    return project


@pytest.mark.part(name="builds")
@pytest.mark.parametrize("layout", ["ijm", "plain"])
def test_prints_one_ask_and_one_year_in_the_singular_on_every_page(one_ask, command, layout):
    result = command("build", "--layout", layout, "--jobs", "1", "--quiet")
    assert result.exit_code == 0, result.stderr
    pack = words_of(one_ask.root / f"out/tiny/{layout}/screen/national/national-pack.pdf")
    assert "1 asks, over 1 year, which began" not in pack
    for words in ("Over one year", "1 ask, over 1 year, which began a year ago."):
        assert words in pack, words
    # A table lists two asks or more.
    assert "what it costs, and who decides" not in pack


def test_prints_a_unit_in_the_singular_only_after_a_figure_of_one():
    figure = {"unit": "years", "means": "length", "source": "own"}
    brief = Brief.model_construct(
        date=datetime.date(2026, 7, 1),
        figures={"one": Figure(value=Decimal(1), **figure), "two": Figure(value=Decimal(2), **figure)},
    )
    ledger = Ledger(brief, english(), {"electorate": "Moe"})
    filled = {
        "{one} years": "1 year",
        "{one:capital}\nyears": "1\nyear",
        "{one:words} years’ work": "one year’s work",
        "{one} yearsome": "1 yearsome",
        "{one} good years": "1 good years",
        "{two} years": "2 years",
        "{electorate} years": "Moe years",
    }
    assert {text: ledger.fill(text) for text in filled} == filled
