"""Warn of a source whose date or title is another's by its address, and of a figure that names another source."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from briefpack.brief.figures import OWN
from briefpack.brief.model import Brief, Source
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DAY = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})(?:/(\d{1,2}))?(?=/)")
"""The day, or the month, in an address that dates what it has: /2024/05/17/."""
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{4,}")
INNER_CAPITAL = re.compile(r"\b[A-Z][a-z]+[A-Z][A-Za-z]+\b")
LONG_NAME = 6
"""In letters: the shortest name of a publisher that isn't also another word."""
FEWEST_WORDS = 2


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each part of a source that another part contradicts, and each figure with another's source."""
    for name, source in brief.sources.items():
        yield from _date(name, source, tree, locale)
        for key, words in (("publisher", source.publisher), ("title", source.title or "")):
            if ADDRESS.fullmatch(words.strip()):
                message = f'"{words}" is an address, and not the name of the {key}'
                yield tree.problem(
                    ("sources", name, key),
                    message,
                    "write who or what it is, and the address under url:",
                    warning=True,
                )
        if source.url and source.url.rstrip()[-1:] in ".,;:":
            message = f'the address ends in "{source.url.rstrip()[-1]}"'
            yield tree.problem(
                ("sources", name, "url"), message, "delete it, unless the page opens only with it", warning=True
            )
    yield from _exchanged(brief, tree)
    yield from _titles(brief, tree)
    yield from _named(brief, tree)


def _date(name: str, source: Source, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for a date that is before what the title and the address say, or isn't the address's day."""
    years, url = YEAR.findall(source.date or ""), unquote(source.url or "")
    if len(years) != 1:
        return
    date, path = source.date or "", urlsplit(url).path
    in_path, in_title = {*YEAR.findall(path)}, {*YEAR.findall(source.title or "")}
    dated = DAY.search(path)
    message = ""
    if len(in_title) == 1 and in_title <= in_path and int(years[0]) < int(min(in_title)):
        message = f'"{date}" is before {min(in_title)}, which the title and the address say'
    elif dated and int(years[0]) > int(dated[1]):
        message = f'"{date}" is after {dated[1]}, when its address was made'
    elif dated and dated[3] and not _is_day(date, dated, locale):
        message = f'"{date}" isn\'t the day in its address, {dated[0].strip("/")}'
    if message:
        yield tree.problem(
            ("sources", name, "date"), message, "correct the date, or the address", words=date, warning=True
        )


def _is_day(date: str, dated: re.Match[str], locale: Locale) -> bool:
    """Return whether a date is the day of an address, as far as it says; the day after may be another time zone's."""
    months = [month.casefold()[:3] for month in locale.listed("months")]
    named = next((n for n, month in enumerate(months, 1) if month in date.casefold()), 0)
    day = next((int(each) for each in re.findall(r"(?<!\d)\d{1,2}(?!\d)", date)), 0)
    return dated[1] in date and named in (0, int(dated[2])) and (not day or abs(day - int(dated[3] or 0)) <= 1)


def _exchanged(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each two sources of one publisher whose addresses have the words of each other's titles."""
    names = [name for name, source in brief.sources.items() if source.url and source.title]
    for index, one in enumerate(names):
        for two in names[index + 1 :]:
            own = _alike(brief, one, one), _alike(brief, two, two)
            crossed = _alike(brief, one, two), _alike(brief, two, one)
            if min(c - o for c, o in zip(crossed, own, strict=True)) > 0 and min(crossed) >= FEWEST_WORDS:
                message = f"the address has the words of the title of {two}, and the address of {two}, line {tree.line(('sources', two, 'url'))}, has those of this one"
                yield tree.problem(("sources", one, "url"), message, "exchange the two", warning=True)


def _alike(brief: Brief, titled: str, addressed: str) -> int:
    """Return how many words of a source's title are in the address of another."""
    path = urlsplit(unquote(brief.sources[addressed].url or "")).path.casefold()
    return sum(word in path for word in {*WORD.findall((brief.sources[titled].title or "").casefold())})


def _titles(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for a title that is another source's too, if only the other's address has its words."""
    first: dict[str, str] = {}
    for name, source in brief.sources.items():
        other = first.setdefault((source.title or name).casefold(), name)
        if other == name or source.url == brief.sources[other].url:
            continue
        fits = _alike(brief, name, name), _alike(brief, name, other)
        if fits[0] != fits[1] and source.publisher != brief.sources[other].publisher:
            copy, kept = (name, other) if fits[0] < fits[1] else (other, name)
            line = tree.line(("sources", kept, "title"))
            message = f'"{source.title}" is also the title of {kept}, on line {line}, whose address has its words'
            yield tree.problem(("sources", copy, "title"), message, f"write the title of {copy}", warning=True)


def _named(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure whose meaning names the one source that it doesn't come from."""
    known = {name: {*_names(source)} for name, source in brief.sources.items()}
    for name, figure in brief.figures.items():
        if figure.source in (None, OWN) or ("figures", name, "source") not in tree.lines:
            continue
        said = [source for source, names in known.items() if any(_has(figure.means, each) for each in names)]
        if len(said) == 1 and said[0] != figure.source:
            message = f"means: names the source {said[0]}, and the source is {figure.source}"
            yield tree.problem(
                ("figures", name, "source"), message, f"is {said[0]} meant?", words=figure.source or "", warning=True
            )


def _has(words: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words))


def _names(source: Source) -> Iterator[str]:
    """Yield the names by which a sentence may call a source: its publisher, and a name such as CyberTipline."""
    if len(source.publisher) >= LONG_NAME:
        yield source.publisher
    yield from INNER_CAPITAL.findall(source.title or "")
