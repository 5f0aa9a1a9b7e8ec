"""The finished documents of several electorates: their names, facts, credits and sizes."""

import dataclasses
import json

import page
import pytest

from briefpack import build, output, plan
from briefpack.checks import speech
from briefpack.electorates import local
from briefpack.text import numbers, typography
from projects import english

pytestmark = pytest.mark.part(name="country")

BRIEF = "ijm-federal-2025"
CHOSEN = ("bean", "farrer", "kingsford-smith", "lingiari", "oconnor")


def make(home, out, *chosen, **changes):
    wanted = output.Request(home, BRIEF, "ijm", out, national=False, electorates=chosen, jobs=2)
    report = build.run(dataclasses.replace(wanted, **changes))
    assert [problem.message for problem in report.problems] == []
    return report.folder


@pytest.fixture(scope="module")
def country(home, tmp_path_factory):
    return make(home, tmp_path_factory.mktemp("out"), *CHOSEN)


@pytest.fixture(scope="module")
def loaded(home):
    return plan.read_brief(home, BRIEF)


def text(path):
    import pypdfium2  # noqa: PLC0415 -- only here

    with pypdfium2.PdfDocument(path) as pdf:
        return [" ".join(each.get_textpage().get_text_bounded().split()) for each in pdf]


def squash(words):
    return "".join(words.split())


@pytest.mark.parametrize("slug", CHOSEN)
def test_every_document_of_an_electorate_passes_pdf_ua_and_pdf_a(country, slug):
    paths = sorted((country / slug).glob("*.pdf"))
    assert len(paths) == 8
    for path in paths:
        for profile in ("ua1", "3a"):
            report = page.validate_pdf(str(path), profile=profile)
            assert report.is_compliant, f"{path.name}: {report}"


@pytest.mark.parametrize("slug", CHOSEN)
def test_prints_only_the_names_of_its_own_electorate_in_a_pack(country, loaded, slug):
    electorate = loaded.group.by_slug[slug]
    pages = text(country / slug / f"{slug}-pack.pdf")
    name = typography.tidy(electorate.name, english())
    assert name in pages[0]
    assert squash(electorate.member.styled) in squash(pages[0])
    as_at = english().label("members-as-at", date=numbers.date(electorate.member.as_at, english()))
    assert squash(as_at) in squash(pages[-1])
    foot = f"{name} {loaded.brief.organisation.name} · "
    assert [number for number, each in enumerate(pages[1:], 2) if foot not in each] == []
    for slug_of_other, other in loaded.group.by_slug.items():
        if slug_of_other != slug:
            assert other.member.name not in " ".join(pages)


@pytest.mark.parametrize("slug", CHOSEN)
def test_prints_each_fact_of_the_data_on_the_page_of_facts(country, loaded, slug):
    electorate = loaded.group.by_slug[slug]
    glance = squash(text(country / slug / f"{slug}-pack.pdf")[1])
    shown = local.known(loaded.brief.local.facts, electorate)[:9]
    assert len(shown) >= 7
    for wanted in shown:
        assert squash(local.written(electorate.facts[wanted.fact], english())) in glance, wanted.fact


@pytest.mark.parametrize("slug", CHOSEN)
def test_fits_a_leave_behind_on_one_page_with_its_member_panel_and_credit(country, loaded, slug):
    electorate = loaded.group.by_slug[slug]
    credit = squash(loaded.group.notices["map"].short)
    for ask in loaded.brief.asks:
        path = country / slug / f"{slug}-leave-behind-{ask.id}.pdf"
        pages = text(path)
        assert len(pages) == 1
        whom = f"{electorate.member.styled}, Member for {electorate.name}"
        assert squash(typography.tidy(whom, english())) in squash(pages[0])
        # A label of the map may be on a line with the credit, so read it in the order of the tags.
        assert credit in squash(" ".join(speech.lines(speech.read(path))))


def test_makes_the_same_bytes_of_one_electorate_alone(country, home, tmp_path):
    alone = make(home, tmp_path, "oconnor", jobs=1)
    for path in sorted((alone / "oconnor").glob("*.pdf")):
        assert path.read_bytes() == (country / "oconnor" / path.name).read_bytes(), path.name


def test_makes_the_same_bytes_of_a_country_in_parts(country, home, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "MOST_AT_ONCE", 17)
    parts = make(home, tmp_path, *CHOSEN)
    listed = [json.loads((folder / "manifest.json").read_text("utf-8"))["documents"] for folder in (country, parts)]
    assert listed[0] == listed[1]
    assert all((parts / each["path"]).read_bytes() == (country / each["path"]).read_bytes() for each in listed[1])


def test_prints_natural_wording_for_a_vacant_seat(home, tmp_path):
    path = home.root / "briefs" / "electorates" / "au-federal-2025" / "electorates.csv"
    before = path.read_text(encoding="utf-8-sig")
    path.write_text(before.replace("David Farley", "vacant"), encoding="utf-8")
    try:
        folder = make(home, tmp_path, "farrer")
    finally:
        path.write_text(before, encoding="utf-8")
    cover = text(folder / "farrer" / "farrer-pack.pdf")[0]
    assert "The next member for Farrer" in cover
    assert "The seat is vacant" in cover


def test_names_an_electorate_whose_map_cannot_be_drawn(home, tmp_path):
    old, new = "[148.7628,-35.9202,149.2064,-35.2183]", "[1.5,1.5,2.5,2.5]"
    message = "no part of the shape of “bean” is inside its focus_bbox"
    path = home.root / "briefs" / "electorates" / "au-federal-2025" / "boundaries.geojson"
    before = path.read_text(encoding="utf-8")
    assert before.count(old) == 1
    path.write_text(before.replace(old, new), encoding="utf-8")
    try:
        report = build.run(
            output.Request(home, BRIEF, "ijm", tmp_path, national=False, electorates=("bean",), asks=("double-accce",))
        )
    finally:
        path.write_text(before, encoding="utf-8")
    assert {(problem.path, problem.text) for problem in report.problems} == {
        ("briefs/electorates/au-federal-2025/boundaries.geojson", message)
    }
    assert report.exit_code == 3
