"""Warn of alternative text that says nothing or is about another image and of credits that name nobody."""

import re
from collections.abc import Iterable, Iterator

from briefpack.brief.model import Brief
from briefpack.brief.review.reading import Reading
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc

ENDING = re.compile(r"\S+\.(?:jpe?g|png|gif|tiff?|svg|webp|heic|bmp|pdf|eps)", re.IGNORECASE)
CAMERA = re.compile(r"(?:IMG|DSC[NF]?|PXL|DJI|GOPR|P)[-_ ]?\d{3,}[-_\w]*", re.IGNORECASE)
LETTER = "[A-Za-z\u00c0-\u024f\u1ea0-\u1eff]"
"""A letter of a script with spaces between words."""
BEGINNING = 40
"""The characters of an alternative text that say what the image is of."""
HINT = "write what it shows, for readers who can't see it"


def undescribed(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each alternative text that is a file's name or one empty word."""
    tree, empty, files = reading.tree, re.compile(_empty(reading.locale), re.IGNORECASE), files_instead(reading)
    for loc, words in _alternatives(reading.brief):
        shown = words.strip().rstrip(".")
        if loc in files:
            yield tree.problem(loc, f'"{shown}" is the name of a file, not alternative text', HINT, warning=True)
        elif empty.fullmatch(shown):
            yield tree.problem(loc, f'"{shown}" doesn\'t say what there is to see', HINT, warning=True)


def uncredited(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each credit that says where a picture was found, and neither who made it nor its licence."""
    slips = reading.locale.slips
    found = _words(slips.found_at)
    idle = found | _words((*slips.not_alternatives, *slips.credits, *reading.locale.drafts.small_words))
    for name, image in reading.brief.images.items():
        said = _words((image.credit,))
        if said <= idle and said & found:
            message = f'"{image.credit}" names neither who made it nor a licence'
            hint = "ask who made it, and name them and the licence, such as CC BY 4.0; or use another image"
            yield reading.tree.problem(("images", name, "credit"), message, hint, warning=True)


def _words(texts: Iterable[str]) -> set[str]:
    """Return the words of some texts, without the endings of their plurals."""
    return {word.removesuffix("s") for text in texts for word in re.findall(r"[^\W_]+", text.casefold())}


def persons(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each image without people whose alternative text begins with somebody."""
    slips = reading.locale.slips
    somebody, absent = (typography.any_of(words) for words in (slips.persons, slips.absent))
    if not slips.persons:
        return
    pattern = re.compile(rf"(?<!{LETTER})({absent})?\s*(?<!{LETTER})({somebody})(?!{LETTER})", re.IGNORECASE)
    for name, image in reading.brief.images.items():
        # An alternative text that is the caption has a warning of its own.
        described = image.people == "none" and _folded(image.alt) != _folded(image.caption or "")
        found = pattern.search(image.alt) if described else None
        if found and found.start() < BEGINNING and not found[1]:
            message = f'people is none, but the alternative text has "{found[2]}"'
            hint = "stock, consented, public or obscured; or say in alt: that it is a drawing or a map"
            yield reading.tree.problem(("images", name, "people"), message, hint, warning=True)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")


def files_instead(reading: Reading) -> frozenset[Loc]:
    """Return the locations of alternative texts that are the names of files."""
    numbered = re.compile(rf"{_empty(reading.locale)}[-_ ]?\d+", re.IGNORECASE)
    patterns = (ENDING, CAMERA, numbered)
    return frozenset(
        loc
        for loc, words in _alternatives(reading.brief)
        if any(each.fullmatch(words.strip().rstrip(".")) for each in patterns)
    )


def _empty(locale: Locale) -> str:
    return rf"(?:an?\s+|the\s+)?(?:{typography.any_of(locale.slips.not_alternatives)})"


def _alternatives(brief: Brief) -> Iterable[tuple[Loc, str]]:
    yield from ((("charts", name, "alt"), chart.alt) for name, chart in brief.charts.items())
    yield from ((("images", name, "alt"), image.alt) for name, image in brief.images.items())
