"""Plants faults for which a check refuses a document, in any part of a small brief that has every kind of part."""

import copy
import functools
import itertools
import random
import re
import shutil
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

from briefpack.output import Report
from briefpack.text.yaml_lines import Loc
from projects import REPOSITORY
from shapes.briefs import SET, Part, Shape
from shapes.pictures import Picture
from shapes.run import Shapes

TEXT = "The water rises twice a day, and nobody has asked it to."
PLACE = "ostby"


def _panel(heading: str) -> Part:
    facts = [{"figure": "fleet", "caption": "boats that are on the water"}]
    return {"heading": heading, "facts": facts, "sentence": f"{heading}: every boat is on the water."}


def _ask(name: str, **more: Any) -> Part:
    return {"id": name, "title": f"About {name}", "why": [{"text": f"{TEXT} So do {name}."}], **more}


def _leave_behind(name: str) -> Part:
    reasons = [{"point": "They float.", "text": f"All {name} float on the water."}]
    return {"headline": f"Free the {name}", "reasons": reasons, "action": f"Say that you are for the {name}."}


BRIEF: Part = {
    "title": "The river is for everybody",
    "subject": "What the river needs",
    "date": "2026-07-01",
    "electoral_matter": "no",
    "electorates": SET,
    "organisation": {"name": "Friends of the River", "short_name": "Friends"},
    "contacts": [{"name": "Alex Example", "role": "Policy Lead", "email": "alex@river.example"}],
    "sources": {"report": {"publisher": "Example River Institute", "title": "Boats", "date": "2025"}},
    "figures": {"fleet": {"value": "480", "unit": "boats", "means": "boats on the river", "source": "report"}},
    "local": {
        "heading": "{electorate} at a glance",
        "standfirst": "Few ridings have so much water.",
        "facts": [{"fact": "people", "caption": "people"}],
        "nation": {"heading": "Norland at a glance", "sentences": ["All of Norland has a river."]},
    },
    "foreword": {"blocks": [{"text": f"Dear reader. {TEXT}"}], "name": "Alex Example"},
    "glance": {"heading": "All of it", "points": [{"point": "Look.", "text": "There is a river."}]},
    "sections": [{"id": "tides", "heading": "About tides", "blocks": [{"text": f"{TEXT}[^report]"}]}],
    "themes": [
        {
            "id": "water",
            "label": "Water",
            "heading": "About water",
            "blocks": [{"text": f"{TEXT} Water does."}],
            "national": _panel("In Norland"),
        }
    ],
    "asks": [
        _ask("boats", theme="water", leave_behind=_leave_behind("boats")),
        _ask("fish", theme="water"),
        _ask("reeds", leave_behind=_leave_behind("reeds")),
    ],
    "case_studies": [
        {"id": "kim", "theme": "water", "heading": "About Kim", "blocks": [{"text": f"{TEXT} Kim has."}]},
        {"id": "lee", "heading": "About Lee", "blocks": [{"text": f"{TEXT} Lee has."}]},
    ],
    "appendices": [{"id": "maps", "label": "Maps", "heading": "About maps", "blocks": [{"text": f"{TEXT} See maps."}]}],
    "glossary": [{"term": "ebb", "meaning": "the tide that goes"}],
}


@dataclass(frozen=True)
class Kind:
    """A kind of part: a text of it in the brief, its template, and a pattern for the documents that print it.

    A part is `fixed` if it has a number of pages, or the size of its slot, for which a text can be too long.
    """

    text: Loc = ()
    page: str = ""
    documents: str = "-pack"
    fixed: bool = False
    elsewhere: str = ""

    def refused(self, fault: str) -> str:
        """The pattern of the documents that a fault of it has refused; its text may print `elsewhere` too."""
        return self.documents if fault in IN_TEMPLATE or not self.elsewhere else f"{self.documents}|{self.elsewhere}"

    @property
    def blocks(self) -> Loc:
        """The place of its blocks in the brief; no place if it has none."""
        return self.text[:-2] if self.text[-1:] == ("text",) and self.text[-3:-2] in (("blocks",), ("why",)) else ()

    @property
    def faults(self) -> tuple[str, ...]:
        """The faults that can be planted in it."""
        own = ("placeholder", *(("coarse",) if self.blocks else ()), *(("long",) if self.fixed else ()))
        return (*(own if self.text else ()), *(IN_TEMPLATE if self.page else ()))


KINDS = {
    "cover": Kind(("subject",), "cover", fixed=True),
    "place": Kind(("local", "standfirst"), "place", "ostby-pack", fixed=True),
    "nation": Kind(("local", "nation", "sentences", 0), "nation", "national-pack"),
    "foreword": Kind(("foreword", "blocks", 0, "text"), "foreword"),
    "glance": Kind(("glance", "points", 0, "text"), "glance"),
    "section": Kind(("sections", 0, "blocks", 0, "text"), "section"),
    "theme": Kind(("themes", 0, "blocks", 0, "text"), "theme"),
    "ask": Kind(("asks", 0, "why", 0, "text"), "ask"),
    "other-ask": Kind(("asks", 2, "why", 0, "text")),
    "case-study": Kind(("case_studies", 0, "blocks", 0, "text"), "case-studies"),
    "other-case-study": Kind(("case_studies", 1, "blocks", 0, "text")),
    "appendix": Kind(("appendices", 0, "blocks", 0, "text"), "appendix"),
    "glossary": Kind(("glossary", 0, "meaning"), "glossary"),
    "sources": Kind(("contacts", 0, "role"), "sources", elsewhere="leave-behind"),
    "ask-slot": Kind(page="ask-slot"),
    "foot": Kind(page="foot"),
    "folio": Kind(page="folio"),
    "leave-behind": Kind(("asks", 0, "leave_behind", "reasons", 0, "text"), documents="leave-behind-boats", fixed=True),
    "leave-behinds": Kind(page="leave-behind", documents="leave-behind"),
    "panel": Kind(("themes", 0, "national", "sentence"), "panel", "leave-behind-boats", fixed=True, elsewhere="pack"),
}
IN_TEMPLATE = {
    "small": '<p style="font-size: 3pt">Type that nobody can read.</p>',
    "covered": '<div style="position: relative"><p>Words that nobody can see.</p><div style="position: absolute; top: 0; '
    'left: 0; width: 90mm; height: 9mm; background: var(--signal)"></div></div>',
}
"""What a template writes for a fault."""
COARSE = {"file": Picture(60, 40, "png", 1).name, "alt": "A river", "credit": "Friends", "people": "none"}
CASES = [(kind, fault) for kind, each in KINDS.items() for fault in each.faults]
"""Each kind of part with each fault that it can have."""


@dataclass
class Refusals:
    """A project in which faults are planted in the brief and its templates, build by build."""

    shapes: Shapes
    layout: str
    edition: str

    def judge(self, *cases: tuple[str, str]) -> list[str]:
        """Plant faults, build, and return what is wrong with what comes of it."""
        folder = self.shapes.project.root / "layouts/shared"
        brief = copy.deepcopy(BRIEF)
        for name, fault in cases:
            _plant(brief, folder, KINDS[name], fault)
        try:
            places = (PLACE,) if "place" in dict(cases) else ()
            shape = Shape(brief, (Picture(60, 40, "png", 1),), self.layout, self.edition, places)
            self.shapes.write(shape)
            report, problems = self.shapes.build(shape)
        except Exception as error:  # noqa: BLE001 -- whatever a build raises is a fault
            return ["".join(traceback.format_exception(error))]
        finally:
            shutil.copytree(REPOSITORY / "layouts/shared", folder, dirs_exist_ok=True)
        if report is None:
            return [f"makes nothing: {problem}" for problem in problems]
        return [*_faults(report, {KINDS[name].refused(fault) for name, fault in cases})]


def _plant(brief: Part, folder: Path, kind: Kind, fault: str) -> None:
    if fault in IN_TEMPLATE:
        page = folder / f"{kind.page}.html"
        before, end, after = page.read_text(encoding="utf-8").rpartition("{% endblock %}")
        page.write_text(f"{before}{IN_TEMPLATE[fault]}{end}{after}", encoding="utf-8")
    elif fault == "coarse":
        brief["images"] = {"coarse": COARSE}
        _part(brief, kind.blocks).append({"image": "coarse"})
    else:
        part, key = _part(brief, kind.text[:-1]), kind.text[-1]
        part[key] += " TBC" if fault == "placeholder" else f" {TEXT}" * 100


def _part(brief: Any, loc: Loc) -> Any:
    return functools.reduce(lambda part, key: part[key], loc, brief)


def _faults(report: Report, wanted: set[str]) -> Iterator[str]:
    """Yield what is wrong with a report: a document that was or wasn't refused, or a proof that lacks pages."""
    found = "\n".join(map(str, report.problems))
    for path in (*report.made, *report.failed):
        refused = any(re.search(pattern, path) for pattern in wanted)
        if refused != (path in report.failed):
            yield f"{path}: it is {'made' if refused else 'refused'}:\n{found}"
    if {*report.proofs} != {*report.failed}:
        yield f"proofs are of {[*report.proofs]}, not of {[*report.failed]}:\n{found}"
    for path, proof in report.proofs.items():
        yield from (f"{path}: {fault}" for fault in _of_proof(report.folder / proof, pack="-pack" in path))


def _of_proof(path: Path, *, pack: bool) -> Iterator[str]:
    """Yield what a proof lacks: its mark on each page, a part, or the list of problems at its end."""
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    yield from (f"page {number} isn't marked" for number, text in enumerate(texts, 1) if "PROOF" not in text)
    yield from (f"lacks {words!r}" for words in WORDS if pack and not any(words in text for text in texts))
    if "This is not the finished document" not in " ".join(texts):
        yield "lacks the list of problems"


WORDS = (
    "Dear reader.", "There is a river.", "About tides", "Water does.", "So do boats.", "Kim has.",
    "So do reeds.", "Lee has.", "See maps.", "the tide that goes", "Example River Institute",
)  # fmt: skip
"""Words of each part of a pack."""


def drawn(seed: str, count: int) -> Iterator[list[tuple[str, str]]]:
    """Draw so many briefs with one to three faults in each; none comes twice in a kind before all have come once."""
    chance = random.Random(seed)  # noqa: S311 -- no secret
    cases = itertools.chain.from_iterable(chance.sample(CASES, len(CASES)) for _ in range(count))
    for _ in range(count):
        yield [*itertools.islice(cases, chance.randint(1, 3))]
