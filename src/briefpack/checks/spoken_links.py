"""Check that a screen reader can name each link of a finished PDF, and hears it once."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefpack.checks.findings import Findings, Found, boxes, others, quoted
from briefpack.checks.read.aloud import Aloud
from briefpack.checks.read.annotations import Link
from briefpack.checks.read.finished import CLOSE_PT, Finished
from briefpack.checks.read.tags import Element
from briefpack.geometry import Rectangle

ADDRESS = re.compile(r"[a-z][a-z+.-]*:\S|www\.\S|\S*%[0-9a-f]{2}|[\w.-]+\.[a-z]{2,}/\S{13,}", re.IGNORECASE)
"""A name that is an address. A site alone, or an email address, is what people say."""
IDENTIFIER = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")


def link_name(finished: Finished) -> Findings:
    """Find links whose name is nothing, an address, or the id of what they open."""
    for number, (aloud, links) in enumerate(zip(finished.aloud, finished.annotated, strict=True), start=1):
        unnamed = [link for link in links if not link.name.strip()]
        if unnamed:
            message = f"a link has no description{others(len(unnamed), 'link')}"
            yield Found(number, message, boxes(unnamed))
        named = [(link.name, link) for link in links if _says_nothing(link.name, link.opens)]
        if named:
            name, _ = named[0]
            message = f"a link is called {quoted(name)}{others(len(named), 'link')}"
            yield Found(number, message, boxes(link for _, link in named))
        yield from _unspoken(number, aloud) if aloud else ()


def _unspoken(number: int, aloud: Aloud) -> Findings:
    """Yield the links of a page whose words say nothing."""
    for element in _links(aloud.tree):
        said, runs = " ".join(aloud.said(element).split()), aloud.drawn(element)
        if runs and not said:
            yield Found(number, "a link has no words", boxes(runs))
        elif (runs and element.name and _says_nothing(said, said)) or (runs and ADDRESS.match(said)):
            yield Found(number, f"a link is read as {quoted(said)}", boxes(runs))


def _says_nothing(name: str, opens: str) -> bool:
    name = name.strip()
    return bool(ADDRESS.match(name)) or (bool(IDENTIFIER.fullmatch(name)) and name == opens)


def one_link(finished: Finished) -> Findings:
    """Find links that are heard as two, or that no element or no words belong to."""
    for number, (aloud, links) in enumerate(zip(finished.aloud, finished.annotated, strict=True), start=1):
        if loose := [link for link in links if not link.held]:
            yield Found(number, f"a link is in no tag{others(len(loose), 'link')}", boxes(loose))
        if flat := [link for link in links if min(link.box.width, link.box.height) < CLOSE_PT]:
            message = f"the link {quoted(flat[0].name)} has no area that can be clicked{others(len(flat), 'link')}"
            yield Found(number, message, boxes(flat))
        yield from _apart(number, aloud, links) if aloud else ()


def _apart(number: int, aloud: Aloud, links: Sequence[Link]) -> Findings:
    """Yield the links of a page that are read one after the other, open the same, and are one on the page."""
    for one, two in pairwise(_links(aloud.tree)):
        words = [aloud.said(each) for each in (one, two)]
        opened = [_opens(aloud, each, links) for each in (one, two)]
        if opened[0] and opened[0] == opened[1] and _follows(aloud, one, two):
            both = [*aloud.drawn(one), *aloud.drawn(two)]
            yield Found(number, f"{quoted(words[0])} and {quoted(words[1])} are one link, but two tags", boxes(both))


def _links(tree: Element) -> Iterator[Element]:
    return (element for element in tree.walk() if element.kind == "Link")


def _opens(aloud: Aloud, element: Element, links: Sequence[Link]) -> str:
    """Return what an element of a link opens: the annotation over its words says it."""
    runs = aloud.drawn(element)
    return next((link.opens for run in runs for link in links if _is_over(link.box, run.box)), "")


def _is_over(annotation: Rectangle, run: Rectangle) -> bool:
    middle = (run.left + run.right) / 2
    return annotation.left - CLOSE_PT <= middle <= annotation.right + CLOSE_PT and annotation.meets(run)


def _follows(aloud: Aloud, one: Element, two: Element) -> bool:
    """Return whether nothing is read between two elements."""
    content = aloud.tree.content
    end, start = one.content[-1:], two.content[:1]
    return bool(end and start) and content.index(start[0]) == content.index(end[0]) + 1
