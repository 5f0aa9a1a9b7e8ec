"""Find slips in images and charts: alternative text, credits, consent, rows twice."""

import re
from collections.abc import Iterable, Iterator

from briefpack.brief.review.reading import Reading, Slip
from briefpack.text import typography
from briefpack.text.yaml_lines import Loc, Place

# The name of a file, or the number that a camera gives: walk.jpg, IMG_2034, DSC00412.
FILE = r"\S+\.(?:jpe?g|png|gif|tiff?|svg|webp|heic|bmp|pdf|eps)|(?:IMG|DSC[NF]?|PXL|DJI|GOPR|P)[-_ ]?\d{3,}[-_\w]*"
LETTER = "[A-Za-z\u00c0-\u024f\u1ea0-\u1eff]"
"""A letter of a script with spaces between words."""
BEGINNING = 40
"""The characters of an alternative text that say what the image is of."""


def undescribed(reading: Reading) -> Iterator[Slip]:
    """Find each alternative text that is a file's name or one empty word."""
    empty = rf"(?:an?\s+|the\s+)?(?:{typography.any_of(reading.locale.slips.not_alternatives)})"
    file = re.compile(rf"{FILE}|{empty}[-_ ]?\d+", re.IGNORECASE)
    for part in ("charts", "images"):
        for name, each in getattr(reading.brief, part).items():
            shown, loc = each.alt.strip().rstrip("."), (part, name, "alt")
            hint = "write what it shows, for readers who can't see it"
            if file.fullmatch(shown):
                yield Slip(loc, f'"{shown}" is the name of a file, not alternative text', hint)
            elif re.fullmatch(empty, shown, re.IGNORECASE):
                yield Slip(loc, f'"{shown}" doesn\'t say what there is to see', hint)


def uncredited(reading: Reading) -> Iterator[Slip]:
    """Find each credit that says where a picture was found, and neither who made it nor its licence."""
    slips = reading.locale.slips
    finds = _words(slips.found_at)
    idle = finds | _words((*slips.not_alternatives, *slips.credits, *reading.locale.drafts.small_words))
    for name, image in reading.brief.images.items():
        words = _words((image.credit,))
        if words <= idle and words & finds:
            message = f'"{image.credit}" names neither who made it nor a licence'
            hint = "ask who made it, and name them and the licence, such as CC BY 4.0; or use another image"
            yield Slip(("images", name, "credit"), message, hint)


def _words(texts: Iterable[str]) -> set[str]:
    """Return the words of some texts, without the endings of their plurals."""
    return {word.removesuffix("s") for text in texts for word in re.findall(r"[^\W_]+", text.casefold())}


def persons(reading: Reading) -> Iterator[Slip]:
    """Find each image without people whose alternative text begins with somebody."""
    slips = reading.locale.slips
    absent, persons = typography.any_of(slips.absent), typography.any_of(slips.persons)
    pattern = re.compile(rf"(?<!{LETTER})({absent})?\s*(?<!{LETTER})({persons})(?!{LETTER})", re.IGNORECASE)
    for name, image in reading.brief.images.items():
        person = pattern.search(image.alt) if image.people == "none" else None
        if person and person.start() < BEGINNING and not person[1]:
            message = f'people is none, but the alternative text has "{person[2]}"'
            hint = "stock, consented, public or obscured; or say in alt: that it is a drawing or a map"
            yield Slip(("images", name, "people"), message, hint)


def rows_twice(reading: Reading) -> Iterator[Slip]:
    """Find each row of a data file with the label of an earlier one, in the same series and group."""
    tree = reading.tree
    told: set[Place] = set()
    for name, chart in reading.brief.charts.items():
        first: dict[tuple[str | None, ...], Loc] = {}
        for index, row in enumerate(chart.rows):
            loc: Loc = ("charts", name, "rows", index)
            place = tree.origins.get(loc)
            earlier = first.setdefault((row.label, row.series, row.group, row.when), loc)
            if isinstance(place, Place) and place not in told and place != tree.origins.get(earlier):
                told.add(place)
                message = f'"{row.label}" is here twice, first on {tree.shown(earlier)}'
                yield Slip(loc, message, "delete one of the two rows, or correct its label")
