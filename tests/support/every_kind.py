"""A brief with a chart of every kind, in several languages, with the same figures in each."""
# ruff: noqa: RUF001 -- Chinese has full-width marks

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from briefpack import charts, plan
from briefpack.brief import markdown
from briefpack.charts import Ground
from briefpack.layout.look import Look
from briefpack.plan import Drawing
from briefpack.project import Project
from briefpack.text.locale import Locale
from projects import REPOSITORY

LANGUAGES = ("en-AU", "fr", "zh-Hans")
SET = "electorates/au-federal-2025"
YEARS = (2014, 2016, 2018, 2020, 2022, 2024)

WORDS: dict[str, dict[str, str]] = {
    "en-AU": {
        "people": "people", "homes": "homes",
        "law": "A duty of care in law", "train": "Train and pay assessors in every region", "fund": "An insulation fund for rented homes",
        "before": "Before insulation", "after": "After insulation", "bill": "Homes too cold", "damp": "Homes with mould",
        "held": "people live in rented homes", "cold": "of them in homes that are too cold", "ill": "of those fall ill each winter",
        "profits": "spent on heating each year", "lost": "of it lost through roofs and walls", "roofs": "through roofs alone",
        "asks": "A tenant asks", "visits": "An assessor visits", "insulates": "Installers insulate", "checks": "The council checks",
        "asks-how": "The tenant or the owner sends in a form.", "visits-how": "The assessor measures damp, and lists what is missing.",
        "insulates-how": "Roof first, then walls.", "checks-how": "One home in ten has a second visit.",
        "insulated": "homes insulated", "trained": "people trained", "spent": "spent",
        "first": "May 2023", "second": "12 June 2024", "third": "2025",
        "moved": "The tenant moves in", "complained": "She asks the owner for insulation", "settled": "The tribunal orders repairs",
        "rented": "Rented homes", "owned": "Owned homes", "public": "Public housing", "full": "Insulated", "part": "In part", "none": "Not at all",
        "flats": "Flats", "terraces": "Terraces", "houses": "Detached houses",
        "event": "July 2019", "rebates": "Rebates end",
        "NSW": "New South Wales", "VIC": "Victoria", "QLD": "Queensland", "SA": "South Australia", "TAS": "Tasmania", "AUS": "Australia",
        "older": "people aged 65 and over", "rent": "median weekly rent", "ancestry": "people with Filipino ancestry",
        "for-fund": "for the insulation fund", "for-law": "a year for the duty of care",
        "says": "A chart.",
    },
    "fr": {
        "people": "personnes", "homes": "logements",
        "law": "Un devoir de diligence dans la loi", "train": "Former et payer des experts partout", "fund": "Un fonds d’isolation des logements loués",
        "before": "Avant l’isolation", "after": "Après l’isolation", "bill": "Logements trop froids", "damp": "Logements moisis",
        "held": "de personnes sont locataires", "cold": "d’entre elles ont froid l’hiver", "ill": "d’entre elles tombent malades",
        "profits": "dépensés chaque année en chauffage", "lost": "perdus par les toits et les murs", "roofs": "perdus par les seuls toits",
        "asks": "La demande", "visits": "L’expertise", "insulates": "Les travaux", "checks": "Le contrôle",
        "asks-how": "Le locataire ou le propriétaire envoie un formulaire.", "visits-how": "L’expert mesure l’humidité et note ce qui manque.",
        "insulates-how": "Le toit d’abord, puis les murs.", "checks-how": "Un logement sur dix est revu.",
        "insulated": "logements isolés", "trained": "personnes formées", "spent": "dépensés",
        "first": "mai 2023", "second": "12 juin 2024", "third": "2025",
        "moved": "La locataire emménage", "complained": "Elle demande des travaux au propriétaire", "settled": "Le tribunal ordonne les travaux",
        "rented": "Logements loués", "owned": "Propriétaires occupants", "public": "Logements sociaux", "full": "Isolés", "part": "En partie", "none": "Pas du tout",
        "flats": "Appartements", "terraces": "Maisons mitoyennes", "houses": "Maisons individuelles",
        "event": "juillet 2019", "rebates": "Fin des aides",
        "NSW": "Nouvelle-Galles", "VIC": "Victoria", "QLD": "Queensland", "SA": "Australie-Mérid.", "TAS": "Tasmanie", "AUS": "Australie",
        "older": "habitants de 65 ans et plus", "rent": "loyer hebdomadaire médian", "ancestry": "habitants d’ascendance philippine",
        "for-fund": "pour le fonds d’isolation", "for-law": "par an pour le devoir légal",
        "says": "Un graphique.",
    },
    "zh-Hans": {
        "people": "人", "homes": "套住房",
        "law": "立法确立注意义务", "train": "在各地培训评估员", "fund": "租赁住房保温基金",
        "before": "加装保温前", "after": "加装保温后", "bill": "过冷的住房", "damp": "发霉的住房",
        "held": "住在租赁住房中", "cold": "住房冬天过冷", "ill": "每年冬天因此患病",
        "profits": "为每年的取暖开支", "lost": "从屋顶和墙体流失", "roofs": "仅从屋顶流失",
        "asks": "租户申请", "visits": "评估员上门", "insulates": "施工", "checks": "市议会检查",
        "asks-how": "租户或业主提交表格。", "visits-how": "评估员测量湿度，列出缺少的部分。",
        "insulates-how": "先屋顶，后墙体。", "checks-how": "每十套住房复查一套。",
        "insulated": "已加装保温的住房", "trained": "受训人员", "spent": "已支出",
        "first": "2023年5月", "second": "2024年6月12日", "third": "2025年",
        "moved": "租户入住", "complained": "她要求业主加装保温层", "settled": "仲裁庭下令维修",
        "rented": "租赁住房", "owned": "自有住房", "public": "公共住房", "full": "全部保温", "part": "部分保温", "none": "没有保温",
        "flats": "公寓", "terraces": "联排住宅", "houses": "独立住宅",
        "event": "2019年7月", "rebates": "补贴结束",
        "NSW": "新南威尔士州", "VIC": "维多利亚州", "QLD": "昆士兰州", "SA": "南澳大利亚州", "TAS": "塔斯马尼亚州", "AUS": "澳大利亚",
        "older": "65岁及以上居民", "rent": "每周租金中位数", "ancestry": "菲律宾裔居民",
        "for-fund": "用于保温基金", "for-law": "每年用于注意义务",
        "says": "一张图。",
    },
}  # fmt: skip
"""What the charts say in each language."""

PLACES = {
    "TAS": (41.2, 43, 44.5, 47, 45.1, 42), "VIC": (28, 31.5, 34, 38, 41, 43), "NSW": (22, 24, 27.5, 30, 33, 36.4),
    "SA": (30, 31, 31.5, 33, 34, 37), "QLD": (12, 14.5, 16, 19, 22, 24), "AUS": (25, 27, 29.5, 31, 34, 37.5),
}  # fmt: skip
AMOUNTS = {
    "bill-before": (62.5, "%"), "bill-after": (18, "%"), "damp-before": (41.5, "%"), "damp-after": (9, "%"),
    "held": (50_000_000, "people"), "cold": (28_500_000, "people"), "ill": (1_700_000, "people"),
    "each": (1_000_000, "people"),
    "profits": (1_200_000_000, "AU$"), "lost": (640_000_000, "AU$"), "roofs": (395_500_000, "AU$"),
    "fund": (12_000_000, "AU$"), "train": (450_000, "AU$"), "law": (2_250_000, "AU$"),
    "insulated": (42_350, "homes"), "trained": (1_236, "people"), "spent": (16_500_000, "AU$"),
    "y2020": (1_150_000, "AU$"), "y2021": (4_400_000, "AU$"), "y2022": (12_000_000, "AU$"), "y2024": (23_750_000, "AU$"),
    **{f"rented-{part}": (value, "%") for part, value in zip(("full", "part", "none"), (24.5, 38.5, 37), strict=True)},
    **{f"owned-{part}": (value, "%") for part, value in zip(("full", "part", "none"), (58, 31, 11), strict=True)},
    **{f"sum-{place}-{part}": (value, "AU$") for place, values in {
        "rented": (120_000_000, 80_000_000, 50_500_000), "owned": (260_000_000, 90_000_000, 8_000_000),
        "public": (60_000_000, 70_000_000, 41_000_000)}.items()
        for part, value in zip(("full", "part", "none"), values, strict=True)},
    **{f"{kind}-{when}": (value, "%") for kind, values in {"houses": (39, 42.5), "flats": (34, 29), "terraces": (48, 40)}.items()
       for when, value in zip(("then", "now"), values, strict=True)},
    **{f"{kind}-{end}": (value, "%") for kind, values in {"houses": (41.3, 43.7), "flats": (28, 30.1), "terraces": (37.6, 42)}.items()
       for end, value in zip(("low", "high"), values, strict=True)},
    **{f"{place}-{year}".lower(): (value, "%") for place, values in PLACES.items() for year, value in zip(YEARS, values, strict=True)},
    **{f"tas-{year}-{end}": (value + more, "%") for year, value in zip(YEARS, PLACES["TAS"], strict=True)
       for end, more in (("low", -1.5), ("high", 1.5))},
}  # fmt: skip
"""The value and the unit of each figure."""


def _rows(*ids: str, strong: str = "", **more: str) -> list[dict[str, Any]]:
    """Return a row for each figure, labelled with the word that has its id."""
    return [{"label": each, "figure": each, **more, **({"strong": "yes"} if each == strong else {})} for each in ids]


def _over_time(*places: str, strong: str, ranges: bool = False) -> Iterator[dict[str, Any]]:
    for place in places:
        for year in YEARS:
            row = {"label": str(year), "series": place, "figure": f"{place}-{year}".lower()}
            ends = {end: f"tas-{year}-{end}" for end in ("low", "high")} if ranges and place == strong else {}
            yield row | ends | ({"strong": "yes"} if place == strong else {})


def _parts(*places: str, prefix: str) -> list[dict[str, Any]]:
    return [
        {
            "label": place,
            "series": part,
            "figure": f"{prefix}{place}-{part}",
            **({"strong": "yes"} if part == "full" else {}),
        }
        for place in places
        for part in ("full", "part", "none")
    ]


CHARTS: dict[str, dict[str, Any]] = {
    "bars": {"kind": "bars", "rows": [
        *({"label": when, "figure": f"{group}-{when}", "group": group, **({"strong": "yes"} if when == "after" else {})}
          for group in ("bill", "damp") for when in ("before", "after"))]},
    "columns": {"kind": "columns", "rows": [
        *({"label": label, "figure": f"y{label[:4]}"} for label in ("2020–21", "2021–22", "2022–23")),
        {"label": "2024–25", "figure": "y2024", "strong": "yes"}]},
    "cost-of-asks": {"kind": "cost-of-asks", "rows": _rows("fund", "train", "law", strong="fund")},
    "dots": {"kind": "dots", "rows": [
        {"label": kind, "series": year, "figure": f"{kind}-{when}", **({"strong": "yes"} if kind == "houses" else {})}
        for kind in ("houses", "flats", "terraces") for year, when in (("2020", "then"), ("2025", "now"))]},
    "ranges": {"kind": "dots", "rows": [
        {"label": kind, "figure": f"{kind}-now", "low": f"{kind}-low", "high": f"{kind}-high",
         **({"strong": "yes"} if kind == "houses" else {})} for kind in ("houses", "terraces", "flats")]},
    "line": {"kind": "line", "events": [{"when": "event", "label": "rebates"}],
             "rows": [*_over_time("TAS", "QLD", "VIC", "AUS", strong="TAS", ranges=True)]},
    "map-of-nation": {"kind": "map-of-nation", "fact": "filipino-ancestry-share", "measures": ["ancestry"],
                      "classes": [0.8, 1.5, 3], "named": ["chifley", "gorton", "solomon"]},
    "hexagons": {"kind": "map-of-nation", "fact": "filipino-ancestry-share", "measures": ["ancestry"],
                 "classes": [0.8, 1.5, 5], "hexagons": "yes", "named": ["chifley"]},
    "numbers": {"kind": "numbers", "rows": _rows("insulated", "trained", "spent", strong="insulated")},
    "amounts": {"kind": "numbers", "rows": [
        {"label": "spent", "figure": "spent"}, {"label": "for-fund", "figure": "fund", "strong": "yes"},
        {"label": "for-law", "figure": "law"}]},
    "part-of-whole": {"kind": "part-of-whole", "rows": _rows("profits", "lost", "roofs", strong="lost")},
    "process": {"kind": "process", "rows": [
        {"label": step, "note": f"{step}-how", **({"strong": "yes"} if step in ("visits", "insulates") else {})}
        for step in ("asks", "visits", "insulates", "checks")]},
    "small-multiples": {"kind": "small-multiples", "every_cell": "AUS",
                        "rows": [*_over_time("TAS", "VIC", "NSW", "SA", "QLD", "AUS", strong="TAS")]},
    "stacked": {"kind": "stacked", "rows": _parts("rented", "owned", "public", prefix="sum-")},
    "shares": {"kind": "stacked", "shares": "yes", "rows": _parts("rented", "owned", prefix="")},
    "strip": {"kind": "strip", "fact": ["older-people-share", "rent"], "measures": ["older", "rent"],
              "named": ["gilmore"]},
    "timeline": {"kind": "timeline", "rows": [
        {"when": "first", "label": "moved"}, {"when": "second", "label": "complained"},
        {"when": "third", "label": "settled", "strong": "yes"}]},
    "unit-chart": {"kind": "unit-chart", "mark": 1_000_000, "rows": _rows("held", "cold", "ill", strong="cold")},
}  # fmt: skip
"""A chart of each kind; its labels are keys of the words."""


class Told(NamedTuple):
    """A chart as planned, and its alternative text."""

    drawing: Drawing
    alt: str


class Planned(NamedTuple):
    """The charts of the brief in one language, and what they are drawn with."""

    language: str
    charts: dict[str, Told]
    look: Look
    locale: Locale
    ground: Ground
    project: Project

    def draw(self, drawing: Drawing) -> bytes:
        """Draw a chart."""
        return charts.draw(drawing, self.look, self.locale, self.project.root, self.ground)


def write(folder: Path) -> Project:
    """Write a project with the brief in every language."""
    for name in ("layouts", "charts"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "fonts").symlink_to(REPOSITORY / "fonts")
    shutil.copytree(REPOSITORY / "briefs" / SET, folder / "briefs" / SET)
    for language in LANGUAGES:
        target = folder / "briefs" / language / "brief.yaml"
        target.parent.mkdir()
        target.write_text(yaml.safe_dump(_brief(language), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return Project(folder)


def _brief(language: str) -> dict[str, Any]:
    """Return the letter in a language, with a chart of each kind."""
    letter = "en-GB" if language.startswith("en") else language
    found = yaml.load((REPOSITORY / "tests/languages" / letter / "brief.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 -- this loader makes nothing but texts, lists and dicts
    words = WORDS[language]
    found |= {"language": language, "electorates": "au-federal-2025"}
    for figure, (value, unit) in AMOUNTS.items():
        found["figures"][figure] = {
            "value": value, "unit": words.get(unit, unit), "means": f"{words['says']} {figure}", "source": "own"
        }  # fmt: skip
    for name, chart in CHARTS.items():
        found["charts"][name] = {
            "finding": words["says"],
            "subtitle": words["says"],
            "alt": words["says"],
            **_worded(chart, words),
        }
    blocks = [{"chart": name} for name in CHARTS]
    found["appendices"] = [{"id": "charts", "heading": words["says"], "blocks": blocks}]
    return found


def _worded(value: Any, words: dict[str, str], key: str = "") -> Any:
    """Return data with each label, note, series, group, date and measure in words."""
    if isinstance(value, dict):
        return {name: _worded(each, words, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_worded(each, words, key) for each in value]
    return (
        words.get(value, value)
        if key in ("label", "note", "series", "group", "when", "every_cell", "measures")
        else value
    )


def planned(
    project: Project, language: str, layout_name: str = "ijm", edition: str = "screen", sizes_of: str = "pack"
) -> Planned:
    """Plan the brief in a language, with its charts at the sizes that a kind of document gives them."""
    loaded, laid = plan.read(project, language, layout_name, edition)
    specs = laid.layout.documents
    pack = specs["pack"].model_copy(update={"charts": specs[sizes_of].charts})
    laid = replace(laid, layout=laid.layout.model_copy(update={"documents": {**specs, "pack": pack}}))
    documents = plan.make(loaded, laid, plan.Wanted()).documents
    [drawings] = [document.charts for document in documents if not document.ask]
    alts = {name: markdown.plain(chart.alt, loaded.ledger) for name, chart in loaded.brief.charts.items()}
    told = {name: Told(drawings[name], plan.with_values(alts[name], drawings[name], loaded.locale)) for name in CHARTS}
    return Planned(language, told, laid.look, loaded.locale, charts.ground(loaded.group), project)
