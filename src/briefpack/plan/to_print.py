"""List a brief's texts, numbers, contacts and pictures to print, each with words that show whether it is there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefpack.brief import markdown, roles, variants
from briefpack.brief.blocks import ForPlaces
from briefpack.brief.figures import CITATION, REFERENCE, Ledger, split
from briefpack.brief.local_page import LocalFact
from briefpack.brief.model import Brief, Contact
from briefpack.electorates import Electorate, local
from briefpack.plan.loaded import LoadedBrief
from briefpack.schema import SEVERAL, walk
from briefpack.text import yaml_lines
from briefpack.text.yaml_lines import Loc

BREAK = "\ue005"
"""Where a note's number or a field of an electorate prints, which the brief alone doesn't say."""
NOT_TYPE = frozenset({"keywords", "subject", "labels", "accept", "queries", "partners"})
"""The parts of a brief that are for a file's metadata, for its author alone, or for logos."""
STANDING_IN = frozenset({"short_name", "short_title"})
"""The keys of words that only stand in for others."""
TOLD = frozenset({"sections", "themes", "case_studies", "appendices"})
"""The parts whose `label:` stands in for their heading, in running heads and contents."""
PICTURED = "description"
"""The role of the words that stand for a picture."""
LONGEST = 40
"""The most letters of a text that a message quotes."""


@dataclass(frozen=True)
class Given:
    """Something that a brief gives to print, at a location; `shown` is what a message calls it.

    Any one of its `ways` will do, such as a number in short; each is the texts that print one after another. Those of a
    picture are in the words that stand for it.
    """

    loc: Loc
    shown: str
    ways: tuple[tuple[str, ...], ...]
    is_picture: bool = False


def of(loaded: LoadedBrief, places: Sequence[Electorate | None]) -> tuple[Given, ...]:
    """Return what the documents of some places must print; None is the nation."""
    had = variants.ruled(loaded.brief)
    every = (*_texts(loaded), *_numbers(loaded), *_contacts(loaded.brief), *_logos(loaded), *_facts(loaded, places))
    return tuple(each for each in every if any(is_for(each.loc, place, had) for place in places))


def is_for(loc: Loc, place: Electorate | None, had: Mapping[Loc, ForPlaces]) -> bool:
    """Return whether a place has every part that something is in."""
    state, slug = (place.state.code, place.slug) if place else (None, None)
    return all(variants.is_in(part, state, slug) for part in variants.around(loc, had))


def _texts(loaded: LoadedBrief) -> Iterator[Given]:
    """Yield each text that prints as typed, except those about electorates and in parts that nothing names."""
    idle = _idle(loaded)
    for loc, words in yaml_lines.texts(loaded.tree.data):
        role = "" if loc[:2] in idle or _is_left_out(loc) else roles.role(loc)
        if role and (runs := _runs(words, loaded.ledger)):
            yield Given(loc, _quoted(words), (runs,), role == PICTURED)


def _is_left_out(loc: Loc) -> bool:
    """Return whether a text isn't for readers, replaces another, is about electorates, or labels a chart's mark.

    A chart may leave labels out; its values have a check of their own.
    """
    part, key = loc[0], loc[-1]
    stands_in = key in STANDING_IN or (part in TOLD and key == "label")
    return part in NOT_TYPE or stands_in or _is_local(loc) or (part == "charts" and "rows" in loc and key == "label")


def _quoted(words: str) -> str:
    words = " ".join(words.split())
    return f'"{words if len(words) <= LONGEST else words[:LONGEST] + "…"}"'


def _is_local(loc: Loc) -> bool:
    return any(part in ("local", "local_data", "local_lists") for part in loc)


def _idle(loaded: LoadedBrief) -> set[Loc]:
    """Return the locations of the charts, images and sources that are never used, of which a warning tells."""
    brief, tree = loaded.brief, loaded.tree
    used: set[Loc] = {(part, name) for _, part, name in roles.named(brief)}
    used |= {("sources", name) for _, text in yaml_lines.texts(tree.data) for name in CITATION.findall(text)}
    used |= {("sources", name) for chart in brief.charts for name in loaded.ledger.chart_sources(chart)}
    every: set[Loc] = {(part, name) for part in ("charts", "images", "sources") for name in getattr(brief, part)}
    return every - used


def _runs(words: str, ledger: Ledger) -> tuple[str, ...]:
    """Return the runs of a text as they print: between its notes, electorate fields and list items."""
    marked = CITATION.sub(BREAK, REFERENCE.sub(lambda found: _kept(found[0], found[1], ledger), words))
    plain = (markdown.plain(part, ledger) for part in SEVERAL.split(marked) if part.strip())
    return tuple(run for part in plain for run in part.split(BREAK) if run.strip())


def _kept(reference: str, name: str, ledger: Ledger) -> str:
    return reference if ledger.figure(split(name)[0]) else BREAK


def _numbers(loaded: LoadedBrief) -> Iterator[Given]:
    """Yield each figure that a key names, except those of charts, which have a check of their own."""
    ledger = loaded.ledger
    for loc, part, name in roles.named(loaded.brief):
        if part == "figures" and loc[0] != "charts" and not _is_local(loc):
            written = (ledger.written(name, variant) for variant in ("", "short", "bare"))
            ways = dict.fromkeys((*written, ledger.large(name)[1]))
            yield Given(loc, _quoted(ledger.written(name)), tuple((way,) for way in ways))


def _contacts(brief: Brief) -> Iterator[Given]:
    for loc, contact in walk(brief.contacts, ("contacts",)):
        assert isinstance(contact, Contact)  # noqa: S101 -- the list has nothing else
        for key in ("email", "phone"):
            if reached := getattr(contact, key):
                yield Given((*loc, key), _quoted(reached), ((reached,),))


def _logos(loaded: LoadedBrief) -> Iterator[Given]:
    brief = loaded.brief
    partners = ((("partners", index), each.name, each.logo) for index, each in enumerate(brief.partners))
    for loc, name, logo in ((("organisation",), brief.organisation.name, brief.organisation.logo), *partners):
        if logo:
            alt = markdown.plain(name, loaded.ledger)
            yield Given((*loc, "logo"), f"the logo of {alt}", ((alt,),), is_picture=True)


def _facts(loaded: LoadedBrief, places: Sequence[Electorate | None]) -> Iterator[Given]:
    """Yield each list of facts, of which one prints for an electorate, if a place has one or none anywhere does."""
    found: dict[Loc, list[LocalFact]] = {}
    for loc, part in walk(loaded.brief):
        if isinstance(part, LocalFact):
            found.setdefault(loc[:-1] if isinstance(loc[-1], int) else loc, []).append(part)
    every = loaded.group.electorates if loaded.group else ()
    for loc, facts in found.items():
        known = [fact for fact in facts if any(place and local.known((fact,), place) for place in places)]
        if known or not any(local.known(facts, place) for place in every):
            ways = tuple(_runs(fact.caption, loaded.ledger) for fact in known)
            yield Given(loc, _quoted(facts[0].caption), ways)
