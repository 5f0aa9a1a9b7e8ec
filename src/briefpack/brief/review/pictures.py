"""Warn of alternative text that says nothing or is about another image, of credits of nobody, and of repeated logos."""

import re
from collections.abc import Iterable, Iterator

from briefpack.brief.figures import ASKS, REFERENCE, Ledger, split
from briefpack.brief.images import Logo
from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

ENDING = re.compile(r"\S+\.(?:jpe?g|png|gif|tiff?|svg|webp|heic|bmp|pdf|eps)", re.IGNORECASE)
CAMERA = re.compile(r"(?:IMG|DSC[NF]?|PXL|DJI|GOPR|P)[-_ ]?\d{3,}[-_\w]*", re.IGNORECASE)
LETTER = "[A-Za-z\u00c0-\u024f\u1ea0-\u1eff]"
"""A letter of a script with spaces between words."""
BEGINNING = 40
"""The characters of an alternative text that say what the image is of."""
HINT = "write what it shows, for readers who can't see it"


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each alternative text that is a file's name or one empty word, and for each repeated logo."""
    empty, files = re.compile(_empty(locale), re.IGNORECASE), files_instead(brief, locale)
    for loc, words in _alternatives(brief):
        shown = words.strip().rstrip(".")
        if loc in files:
            yield tree.problem(loc, f'"{shown}" is the name of a file, not alternative text', HINT, warning=True)
        elif empty.fullmatch(shown):
            yield tree.problem(loc, f'"{shown}" doesn\'t say what there is to see', HINT, warning=True)
    for loc, part in walk(brief):
        if isinstance(part, Logo):
            yield from _logo(tree, loc, part)
    for name, image in brief.images.items():
        if image.caption and _folded(image.caption) == _folded(image.alt):
            message = "the alternative text is the caption: readers who listen hear it twice"
            hint = "say in alt: what the picture shows, or in caption: what nobody can see in it"
            yield tree.problem(("images", name, "alt"), message, hint, warning=True)
    yield from _uncredited(brief, tree, locale)
    yield from _persons(brief, tree, locale)
    yield from _about_another(Ledger(brief, locale), tree)


def _uncredited(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each credit that says where a picture was found, and neither who made it nor its licence."""
    slips = locale.slips
    found = _words(slips.found_at)
    idle = found | _words((*slips.not_alternatives, *slips.credits, *locale.drafts.small_words))
    for name, image in brief.images.items():
        said = _words((image.credit,))
        if said <= idle and said & found:
            message = f'"{image.credit}" names neither who made it nor a licence'
            hint = "ask who made it, and name them and the licence, such as CC BY 4.0; or use another image"
            yield tree.problem(("images", name, "credit"), message, hint, warning=True)


def _words(texts: Iterable[str]) -> set[str]:
    """Return the words of some texts, without the endings of their plurals."""
    return {word.removesuffix("s") for text in texts for word in re.findall(r"[^\W_]+", text.casefold())}


def _persons(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each image without people whose alternative text begins with somebody."""
    persons, absent = (typography.any_of(words) for words in (locale.slips.persons, locale.slips.absent))
    if not persons:
        return
    pattern = re.compile(rf"(?<!{LETTER})({absent})?\s*(?<!{LETTER})({persons})(?!{LETTER})", re.IGNORECASE)
    for name, image in brief.images.items():
        # An alternative text that is the caption has a warning of its own.
        described = image.people == "none" and _folded(image.alt) != _folded(image.caption or "")
        found = pattern.search(image.alt) if described else None
        if found and found.start() < BEGINNING and not found[1]:
            message = f'people is none, but the alternative text has "{found[2]}"'
            hint = "stock, consented, public or obscured; or say in alt: that it is a drawing or a map"
            yield tree.problem(("images", name, "people"), message, hint, warning=True)


def _about_another(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each alternative text that gives only figures which its chart doesn't show."""
    for name, chart in ledger.brief.charts.items():
        named = [split(found)[0] for found in REFERENCE.findall(chart.alt)]
        about = {split(found)[0] for found in REFERENCE.findall(f"{chart.finding} {chart.note or ''}")}
        shown = {*ledger.chart_figures(name), *about, ASKS, ledger.brief.asks_annual}
        others = [each for each in named if each not in shown]
        # Rows that come from the asks or a data file name no figures.
        if others and len(others) == len(named) and ("charts", name, "rows") in tree.lines:
            message, hint = f"the chart doesn't show {others[0]}", "write what this chart shows"
            yield tree.problem(("charts", name, "alt"), message, hint, words=f"{{{others[0]}", warning=True)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")


def files_instead(brief: Brief, locale: Locale) -> frozenset[Loc]:
    """Return the locations of alternative texts that are the names of files."""
    numbered = re.compile(rf"{_empty(locale)}[-_ ]?\d+", re.IGNORECASE)
    patterns = (ENDING, CAMERA, numbered)
    return frozenset(
        loc
        for loc, words in _alternatives(brief)
        if any(each.fullmatch(words.strip().rstrip(".")) for each in patterns)
    )


def _empty(locale: Locale) -> str:
    return rf"(?:an?\s+|the\s+)?(?:{typography.any_of(locale.slips.not_alternatives)})"


def _alternatives(brief: Brief) -> Iterable[tuple[Loc, str]]:
    yield from ((("charts", name, "alt"), chart.alt) for name, chart in brief.charts.items())
    yield from ((("images", name, "alt"), image.alt) for name, image in brief.images.items())


def _logo(tree: Tree, loc: Loc, logo: Logo) -> Iterator[Problem]:
    grounds = (("on_dark", logo.on_dark, "dark grounds"), ("one_colour", logo.one_colour, "one colour"))
    for key, file, use in grounds:
        if file == logo.file:
            message = f'"{file}" is the logo itself, not its version for {use}'
            yield tree.problem((*loc, key), message, f"name another file, or delete {key}:", warning=True)
