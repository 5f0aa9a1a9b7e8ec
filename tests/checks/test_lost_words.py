"""The words of a page's HTML are found however they are printed, and a word that is on no page is named."""

import functools
import random
import re

import pytest
import weasyprint

from briefpack import checks
from briefpack.layout.editions import BUILT_IN
from briefpack.plan import Expected, Part
from briefpack.typeset.weasyprint import patched

CLAUSES = """the department has reported what every family can do and what it cannot
a decision on compensation took more than eleven months in remote communities
internationally comparable statistics are not published in any of the states
an independent review of safeguarding responsibilities began in 2019 and ended in 2021
the counter-trafficking programme relies on well-trained officers in 12 cities
nobody had asked for the records of the same kind before the inquiry opened""".splitlines()
STYLE = """@page { size: 105mm 148mm; margin: 12mm 12mm 14mm; }
html { font: 9pt/1.3 "DejaVu Sans", sans-serif; } p { margin: 0 0 2mm; widows: 2; orphans: 2; }"""


def prose(count: int, seed: int = 1) -> str:
    """Return a paragraph of that many words, which repeats its clauses in another order for each seed."""
    choice, found = random.Random(seed), list[str]()  # noqa: S311 -- no secret
    while len(found) < count:
        found += choice.choice(CLAUSES).split()
    return " ".join(found[:count]).capitalize() + "."


def page(body: str, style: str = "") -> str:
    return (
        '<!DOCTYPE html><html lang="en-AU"><head><meta charset="utf-8"><title>Title</title>'
        f"<style>{STYLE}{style}</style></head><body>{body}</body></html>"
    )


@functools.lru_cache(maxsize=64)
def finished(html: str, *, tagged: bool) -> bytes:
    """Return the PDF of a page, laid out once for all the texts that it is compared with."""
    options = {"pdf_variant": "pdf/ua-1", "pdf_tags": True} if tagged else {}
    with patched():
        return weasyprint.HTML(string=html).write_pdf(**options)


def lost(body: str, style: str = "", *, drawn: str | None = None, tagged: bool = True) -> str:
    """Return what `words-lost` reports of a body, if the PDF is of what was `drawn` instead of it; "" if nothing."""
    data = finished(page(drawn if drawn is not None else body, style), tagged=tagged)
    part = Part(page(body, style), 0.0, over=not tagged)
    problems, _ = checks.piece(data, Expected(BUILT_IN["screen"], tagged=tagged, part=part), "layouts/p.html")
    return "; ".join(problem.text for problem in problems if problem.check == "words-lost")


def hidden(text: str) -> str:
    return f'<span style="display: none">{text}</span>'


NOTE = '<span class="note">See the report of the department, what it cannot do and what every family can do.</span>'
NOTED = "".join(f"<p>{prose(60, n)}{NOTE} {prose(50, n + 1)}{NOTE} {prose(30, n + 2)}</p>" for n in range(8))
ROWS = "".join(f"<tr><td>{prose(9, n)}</td><td>{n}</td><td>Yes</td></tr>" for n in range(60))
TABLE = f"<table><thead><tr><th>Case</th><th>Number</th><th>Done</th></tr></thead><tbody>{ROWS}</tbody></table>"
ADDRESS = "https://www.example.org/" + "/".join(f"reports-of-the-year-{n}" for n in range(60))

ALIKE = "Numbers 漢字かな交じり文 and \u2206x, \u02bbokina \u2019t Hooft \u02bcn \u02bcs. "
"""With letters that a font draws with one glyph, though they have two numbers in Unicode."""
ACCENTED = "Cafe\u0301 Nai\u0308ve A\u030angstro\u0308m Vie\u0323\u0302t. "

SOURCE = ("The Roads Institute, ", "Speeds near schools", ", 2025")

PRINTED = {
    "a text of many pages": (f"<p>{prose(1500)}</p>", ""),
    "hyphens": (f"<p>{prose(900)}</p>", "p { hyphens: auto; text-align: justify; hyphenate-limit-chars: 5 2 2 }"),
    "hyphens in columns": (f"<div>{''.join(f'<p>{prose(200, n)}</p>' for n in range(6))}</div>", "div { columns: 2 } p { hyphens: auto }"),
    "soft hyphens": (f"<p>{prose(250).replace('ati', 'a&shy;ti').replace('ing', '&shy;ing')}</p>", "p { width: 22mm }"),
    "words divided anywhere": (f"<p>{ADDRESS}</p><p>{prose(300)}</p>", "p { overflow-wrap: anywhere; width: 30mm }"),
    "notes between two halves of a paragraph": (NOTED, ".note { float: footnote; font-size: 6pt }"),
    "a running head with words of the text": (
        f'<section data-label="What every family can do">{NOTED}</section>',
        """section { string-set: head attr(data-label) } .note { float: footnote }
        @page { @top-left { content: string(head) } @bottom-right { content: counter(page) } }""",
    ),
    "a table with its head on each page": (TABLE, ""),
    "an initial beside the text": (
        "".join(f"<p><b>{prose(120, n)[0]}</b>{prose(120, n)[1:]}</p>" for n in range(8)),
        "b { float: left; font-size: 2.4em; line-height: 0.8; padding: 1mm 1mm 0 0 }",
    ),
    "spaced letters": (f"<p>{prose(600)}</p>", "p { letter-spacing: 0.3em; text-transform: uppercase }"),
    "ligatures": (f"<p>{'The office finds official files of efficient staff. ' * 60}</p>", 'html { font-family: "Source Serif 4", serif; font-variant-ligatures: common-ligatures discretionary-ligatures }'),
    "capitals of another length": (f"<p>{'Straße und Maß, ﬁnd ŉ İstanbul. ' * 40}</p>", "p { text-transform: uppercase }"),
    "accents apart": (f"<p>{ACCENTED * 60}</p>", ""),
    "characters of several fonts": (f"<p>{ALIKE * 60}</p>", ""),
    "a text without spaces": (f"<p>{'漢字かな交じり文の組版は改行がどこでも起こります' * 60}</p>", ""),
    "a float between two lines": ("".join(f"<p>{prose(90, n)}<span class='side'>the family and what it can do</span></p>" for n in range(8)), ".side { float: right; width: 20mm }"),
    "a text drawn before, and again in parts": (
        f"<p>{prose(12)}</p><aside>{''.join(SOURCE)}</aside><p>{SOURCE[0]}<em>{SOURCE[1]}</em>{SOURCE[2]}</p>",
        "aside { float: right; width: 90mm }",
    ),
    "generated text": ("<ol>" + "".join(f"<li>{prose(12, n)}</li>" for n in range(40)) + "</ol>", "li::before { content: 'and ' } li::after { content: ' the family' }"),
}  # fmt: skip


@pytest.mark.part(name="builds", beyond=4)
@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize("case", PRINTED)
def test_finds_all_words_however_they_are_printed(case, tagged):
    assert lost(*PRINTED[case], tagged=tagged) == ""


@pytest.mark.part(name="builds", beyond=7)
@pytest.mark.parametrize("case", PRINTED)
def test_names_a_word_that_is_lost_among_words_printed_in_that_way(case):
    body, style = PRINTED[case]
    for word in ("unprinted", "familiar"):
        assert f'"{word}" is not on any page' in lost(f"{body}<p>{hidden(word)}</p>", style, drawn=body)


@pytest.mark.part(name="builds", beyond=3)
@pytest.mark.parametrize("case", PRINTED)
def test_names_a_word_that_is_lost_from_the_middle_of_a_text(case):
    body, style = PRINTED[case]
    spaces = [found.start() for found in re.finditer(r"(?<=[a-z]) (?=[a-z])(?![^<]*>)", body)]
    for place in random.Random(case).sample(spaces, min(3, len(spaces))):  # noqa: S311 -- no secret
        message = lost(f"{body[:place]} unprinted{body[place:]}", style, drawn=body)
        assert '"unprinted" is not on any page' in message
        assert "more word" not in message


LOST = {
    "printed once but wanted twice": (f"<p>The only point.</p>{hidden('The only point.')}", "", '"point."'),
    "only in a running head": (
        f'<section data-label="Responsibility"><p>{prose(900)}</p>{hidden("Responsibility")}</section>',
        "section { string-set: head attr(data-label) } @page { @top-left { content: string(head) } }",
        '"Responsibility"',
    ),
    "only within a longer word": (f"<p>Information is responsibility.</p>{hidden('form')}", "", '"form"'),
    "only across two words": (f"<p>What we can do is known.</p>{hidden('ando')} {hidden('and')}", "", '"ando"'),
}  # fmt: skip


@pytest.mark.parametrize("case", LOST)
def test_names_words_that_are_on_no_page(case):
    body, style, message = LOST[case]
    assert message in lost(body, style)


SILENT = '<p>Heard</p><p aria-hidden="true">Seventeen of<sup>e</sup> many</p>'


@pytest.mark.parametrize(("gone", "found"), [("", ""), (" style='display: none'", "Seventeen")])
def test_seeks_what_is_not_heard_among_the_artifacts(gone, found):
    with patched():
        data = weasyprint.HTML(string=page(SILENT.replace(">Sev", f"{gone}>Sev"), "")).write_pdf(
            pdf_variant="pdf/ua-1", pdf_tags=True
        )
    part = Part(page(SILENT, ""), 0.0, over=False)
    problems, _ = checks.piece(data, Expected(BUILT_IN["screen"], tagged=True, part=part), "layouts/p.html")
    lost_words = [problem.text for problem in problems if problem.check == "words-lost"]
    assert [found in message for message in lost_words] == [True] * bool(found)
