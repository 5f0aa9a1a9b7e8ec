"""Find records that nothing uses, that are there twice or out of order, old sources, empty keys, slips in images."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from briefpack.brief import relations, roles
from briefpack.brief.figures import CITATION, REFERENCE, split
from briefpack.brief.review.reading import Reading, Slip
from briefpack.text import entry, typography
from briefpack.text.locale import Locale
from briefpack.text.tables import NO_RESULT, UNCALCULATED
from briefpack.text.yaml_lines import Data, Loc, Place, texts

OLDEST_YEARS = 5
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# May 2024, 3 May 2024, 2024.
DATE = re.compile(r"(?:(?:(?P<day>\d{1,2})\s+)?(?P<month>[^\W\d_]+)\.?\s+)?(?P<year>[12]\d{3})")
FEWEST_BACKWARDS = 3
"""The fewest events in reverse order that are meant so: two may be swapped by mistake."""


def cells(reading: Reading) -> Iterator[Slip]:
    """Find each cell of a data file that a text names by its place, and each formula without a result."""
    tree = reading.tree
    for loc, text in texts(tree.data) if tree.origins else ():
        if tree.is_filled(loc):
            if text == NO_RESULT and loc[0] != "figures":
                yield Slip(loc, "the formula has no result yet", UNCALCULATED)
            continue
        for name in _named_figures(loc, text):
            if name in reading.cells:
                message = f'"{name}" is the cell of a data file, which a new row would move'
                hint = "add a figure with data: and the column and row of the cell, and name that"
                yield Slip(loc, message, hint, name)


def _named_figures(loc: Loc, text: str) -> Iterator[str]:
    yield from (split(reference)[0] for reference in REFERENCE.findall(text))
    if roles.part_named(loc) == "figures":
        yield text
    if loc[-1] == "holds":
        yield from relations.terms(text)


def unused_data(reading: Reading) -> Iterator[Slip]:
    """Find each data file that nothing uses."""
    tree = reading.tree
    used = {origin[1] for origin in tree.origins.values() if isinstance(origin, tuple) and origin[0] == "data"}
    for part in (tree.data.get("local_data"), tree.data.get("local_lists")):
        used |= {text for loc, text in texts(part) if loc[1:] == ("data", "from")}
    for name in tree.data.get("data") or ():
        if name not in used:
            hint = f"use it with data: {{from: {name}, …}}, or delete it"
            yield Slip(("data", name), "this data file is never used", hint)


def unused_images(reading: Reading) -> Iterator[Slip]:
    """Find each image that the brief places nowhere."""
    placed = _named(reading, "images")
    for image in reading.brief.images:
        if image not in placed:
            hint = f"place it with a block, - image: {image}, or delete it"
            yield Slip(("images", image), "this image is never placed", hint)


def unused_sources(reading: Reading) -> Iterator[Slip]:
    """Find each source that is never cited."""
    cited = _named(reading, "sources")
    for _, text in texts(reading.tree.data):
        cited.update(CITATION.findall(text))
    for chart in reading.brief.charts:
        cited.update(reading.ledger.chart_sources(chart))
    for source in reading.brief.sources:
        if source not in cited:
            yield Slip(("sources", source), "this source is never cited", f"cite it as [^{source}], or delete it")


def _named(reading: Reading, part: str) -> set[str]:
    """Return the ids of the things of a part that the brief names by a key."""
    return {name for _, of, name in roles.named(reading.brief) if of == part}


def empty_keys(data: Data, loc: Loc = ()) -> Iterator[Slip]:
    """Find each key with nothing after it."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        if value is None and isinstance(key, str):
            yield Slip((*loc, key), f"there is nothing after {key}:", f"fill it in, or delete {key}:")
        yield from empty_keys(value, (*loc, key))


def outdated(reading: Reading) -> Iterator[Slip]:
    """Find each figure or source over `OLDEST_YEARS` years older than the brief.

    Laws are excepted, and those whose year is in every text that prints or cites them.
    """
    brief = reading.brief
    if not brief.date:
        return
    law = re.compile(rf"\b(?:{typography.any_of(reading.locale.slips.laws)})\b")
    dated: list[tuple[Loc, str]] = [(("figures", name), each.as_at or "") for name, each in brief.figures.items()]
    for name, source in brief.sources.items():
        if not law.search(f"{source.publisher} {source.title}"):
            dated.append((("sources", name), source.date or ""))
    for loc, date in dated:
        years = YEAR.findall(date)
        age = brief.date.year - max(map(int, years), default=brief.date.year)
        if age > OLDEST_YEARS and not _is_said(reading, loc, years):
            message = f'its date is "{date}", {age} years before the brief'
            yield Slip(loc, message, "use a newer one, or state its age in the text")


def _is_said(reading: Reading, loc: Loc, years: Collection[str]) -> bool:
    """Return whether every text that prints a figure, or cites a source, says one of some years."""
    name = re.escape(str(loc[1]))
    # {name} or {name:variant} for a figure, [^name] for a source, perhaps after others.
    mark = re.compile(rf"\{{{name}[:}}]" if loc[0] == "figures" else rf"\[\^(?:[^\]]*[\s,;])?{name}(?![\w-])")
    naming = [text.words for text in reading.texts if mark.search(text.words)]
    return bool(naming) and all(any(year in words for year in years) for words in naming)


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


def timelines(reading: Reading) -> Iterator[Slip]:
    """Find each event of a timeline that comes after a later one, unless the whole timeline runs backwards."""
    for name, chart in reading.brief.charts.items():
        if chart.kind != "timeline":
            continue
        whens = [row.when or "" for row in chart.rows]
        dated = [(index, date) for index, when in enumerate(whens) if (date := _date(when, reading.locale))]
        late = [(one[0], two[0]) for one, two in pairwise(dated) if _is_before(two[1], one[1])]
        if len(dated) >= FEWEST_BACKWARDS and len(late) == len(dated) - 1:
            continue
        for earlier, row in late:
            message = f'"{whens[row]}" comes after "{whens[earlier]}"'
            yield Slip(("charts", name, "rows", row, "when"), message, "put the events in the order of their dates")


def _date(when: str, locale: Locale) -> tuple[int, ...]:
    """Return the year, month and day of a date as far as it has them; nothing for other words."""
    typed = DATE.fullmatch(when.strip())
    month = entry.month(typed["month"] or "", locale) if typed else 0
    if not typed or bool(month) != bool(typed["month"]):
        return ()
    return tuple(number for number in (int(typed["year"]), month, int(typed["day"] or 0)) if number)


def _is_before(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    shared = min(len(one), len(two))
    return one[:shared] < two[:shared]


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
