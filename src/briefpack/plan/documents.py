"""Choose the documents to make, plan them, and split or cut down a plan."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import groupby

from briefpack import __version__
from briefpack.brief import markdown
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Brief
from briefpack.electorates import Electorate, ElectorateSet, areas_km2, match
from briefpack.layout import LoadedLayout
from briefpack.layout.editions import Edition
from briefpack.layout.model import DocumentSpec, PieceSpec, PrintSetSpec
from briefpack.plan import drawings, subjects, values_files
from briefpack.plan.loaded import NO_SET, LoadedBrief
from briefpack.plan.meetings import Meeting
from briefpack.plan.model import Document, Drawing, Facts, Plan, ValuesFile
from briefpack.plan.subjects import PlannedPiece, Subject, Wanted
from briefpack.problem import Owner, Problem, Problems, gather, nearest, one_problem, raise_any
from briefpack.project import NATIONAL
from briefpack.store import Store
from briefpack.text import typography


def make(brief: LoadedBrief, layout: LoadedLayout, wanted: Wanted) -> Plan:
    """Plan the wanted documents of a brief.

    Raises Problems if two documents of the brief would have the same file.
    """
    # Most electorates share a variant of the brief, which is one object; models have no hash.
    briefs = [brief.variant(each) for each in (None, *wanted.electorates)]
    briefs += [brief.variant(each.electorate, each.asks) for each in subjects.of_meetings(brief, wanted)]
    variants = tuple({id(variant): variant for variant in briefs}.values())
    documents = tuple(_documents(brief, layout, wanted, variants))
    drawn = {drawing: chart_id for document in documents for chart_id, drawing in document.drawings.items()}
    return Plan(brief, layout, documents, drawn, _paths(brief, layout, wanted.every_meeting), variants, wanted.meetings)


def _paths(brief: LoadedBrief, layout: LoadedLayout, meetings: tuple[Meeting, ...]) -> frozenset[str]:
    """Return the path of every document that a layout can make of a brief. Raises Problems if two are one."""
    electorates = brief.group.electorates if brief.group else ()
    every = Wanted(electorates=electorates, meetings=meetings, every_meeting=meetings)
    places = [NATIONAL, *(electorate.slug for electorate in every.electorates)]
    print_sets = dict.fromkeys(map(_print_set_path, places), "print-set")
    kinds = print_sets.copy()
    for kind, spec in layout.layout.documents.items():
        for subject in subjects.of(spec, brief, every):
            path = subjects.path(kind, spec, subject)
            if path in kinds:
                message, hint = f'"{kinds[path]}" already writes {path}', "use another file:, or another for:"
                raise Problems([layout.tree.problem(("documents", kind, "file"), message, hint)])
            kinds[path] = kind
    return frozenset(kinds.keys() - print_sets)


def parts(planned: Plan, most: int) -> Iterator[Plan]:
    """Split a plan into parts of at most `most` documents, but keep the documents of a place together."""
    held: list[Document] = []
    for _, documents in groupby(planned.documents, lambda document: document.place):
        more = list(documents)
        if held and len(held) + len(more) > most:
            yield _only(planned, tuple(held))
            held = []
        held += more
    if held:
        yield _only(planned, tuple(held))


def without(planned: Plan, paths: Container[str]) -> Plan:
    """Return a plan without the documents at some paths, and without charts that no other document shows."""
    return _only(planned, tuple(document for document in planned.documents if document.path not in paths))


def _only(planned: Plan, documents: tuple[Document, ...]) -> Plan:
    shown = {drawing for document in documents for drawing in document.drawings.values()}
    drawn = {drawing: chart_id for drawing, chart_id in planned.drawings.items() if drawing in shown}
    return replace(planned, documents=documents, drawings=drawn)


def _documents(
    loaded: LoadedBrief, layout: LoadedLayout, wanted: Wanted, variants: tuple[Brief, ...]
) -> list[Document]:
    """Return the wanted documents, sorted by place and then by kind."""
    facts = _facts(loaded, layout.edition)
    numbers = {id(variant): number for number, variant in enumerate(variants)}
    tagged = layout.edition.tagged
    places = [NATIONAL, *(each.slug for each in wanted.electorates), *(each.folder for each in wanted.meetings)]
    places += [str(each.date) for each in wanted.meetings]
    planned: list[Document] = []
    for kind, spec in _kinds(layout, wanted).items():
        charts: dict[tuple[int, str], tuple[Mapping[str, Drawing], Mapping[str, ValuesFile]]] = {}
        for subject in subjects.of(spec, loaded, wanted):
            brief = loaded.variant(subject.electorate, subject.asks)
            key = numbers[id(brief)], subject.ask.id if subject.ask else ""
            ledger = Ledger(brief, loaded.locale)
            if key not in charts:
                drawn = {} if spec.internal else drawings.shared(ledger, spec, subject.ask, loaded.group)
                charts[key] = drawn, values_files.shared(ledger, drawn, loaded.group) if tagged else {}
            shared, files = charts[key]
            document = _document(loaded, facts, kind, spec, subject, shared)
            files = {**files, **values_files.local(loaded, document.own)} if tagged else {}
            planned.append(replace(document, variant=numbers[id(brief)], files=files))
    order = {place: number for number, place in reversed([*enumerate(places)])}
    return sorted(planned, key=lambda document: order[document.place])


def _kinds(layout: LoadedLayout, wanted: Wanted) -> dict[str, DocumentSpec]:
    known = layout.layout.documents
    _refuse("--kind", "the layout has no document", (kind for kind in wanted.kinds if kind not in known), known)
    return {kind: spec for kind, spec in known.items() if not wanted.kinds or kind in wanted.kinds}


def _document(
    loaded: LoadedBrief, facts: Facts, kind: str, spec: DocumentSpec, subject: Subject, charts: Mapping[str, Drawing]
) -> Document:
    title, electorate = subject.title(loaded.brief), subject.electorate
    plain = markdown.plain(title, loaded.ledger)
    named = [str(subject.day)] if subject.day else [each.styled for one in subject.meetings for each in one.recipients]
    if name := ", ".join(named) or (electorate.name if electorate else ""):
        plain = loaded.locale.label("document-title", title=plain, name=typography.tidy(name, loaded.locale))
    return Document(
        kind,
        subjects.path(kind, spec, subject),
        replace(facts, title=plain),
        spec,
        subjects.pieces(spec, loaded.variant(electorate, subject.asks), subject),
        charts,
        {} if spec.internal else drawings.own(loaded, spec, subject),
        subject.ask.id if subject.ask else None,
        electorate.slug if electorate else None,
        title,
        meetings=subject.meetings if spec.internal else tuple(each.public for each in subject.meetings),
    )


def _facts(loaded: LoadedBrief, edition: Edition) -> Facts:
    """Return the metadata that all documents of a brief share: everything but the title."""
    brief, plain = loaded.brief, partial(markdown.plain, ledger=loaded.ledger)
    return Facts(
        title="", author=plain(brief.organisation.name), subject=plain(brief.subject),
        keywords=tuple(map(plain, brief.keywords)), language=brief.language, date=brief.date,
        made_by=f"briefpack {__version__}", edition=edition.name, print_settings=edition.print_settings,
    )  # fmt: skip


def print_set(planned: Plan, spec: PrintSetSpec) -> Document:
    """Return the cover sheet of a place's print set, as a document with the facts of that place's first one."""
    first = planned.documents[0]
    sheet = PieceSpec(id="first-sheet", page=spec.page)
    own = {"styles": spec.styles, "running": (), "paper": None}
    return replace(
        first,
        kind="print-set",
        path=f"{first.path.rpartition('/')[0]}/{first.place}-print-set.pdf",
        spec=first.spec.model_copy(update=own),
        pieces=(PlannedPiece(sheet),),
        charts={},
        own={},
        files={},
        ask=None,
    )


def _print_set_path(place: str) -> str:
    return f"{place}/{place}-print-set.pdf"


def select(
    loaded: LoadedBrief,
    *,
    national: bool = True,
    electorates: tuple[str, ...] = (),
    states: tuple[str, ...] = (),
    asks: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    every: bool = False,
    kept: Store | None = None,
) -> Wanted:
    """Return the part of a brief to make. Raises Problems for every unknown ask, electorate and state.

    With a store, an electorate may be called `longest`, `shortest`, `largest` or `smallest`.
    """
    group = loaded.group
    if (electorates or states) and group is None:
        message, hint = NO_SET
        raise one_problem(loaded.tree.path, 1, message, f"{hint} in briefs/electorates/", Owner.COMMAND)
    if group and kept and set(electorates) & {*EXTREMES}:
        known = extremes(group, kept)
        electorates = tuple(known[each].slug if each in known else each for each in electorates)
    places = partial(_electorates, group, electorates, states, every=every) if group else tuple
    named, chosen = gather(partial(_asks, loaded, asks), places)
    return Wanted(national, chosen, named, kinds)


def _asks(loaded: LoadedBrief, named: tuple[str, ...]) -> tuple[str, ...]:
    known = [ask.id for ask in loaded.brief.asks]
    _refuse("--ask", "there is no ask", (ask for ask in named if ask not in known), known)
    return named


def _refuse(option: str, none: str, unknown: Iterable[str], known: Iterable[str]) -> None:
    """Raise Problems for the unknown names, and suggest the nearest known ones."""
    names = [*known]
    problems = []
    for name in unknown:
        message = f'{none} called "{name}"'
        problems.append(Problem(option, None, message, nearest(name, names), Owner.COMMAND))
    raise_any(problems)


def _electorates(
    group: ElectorateSet, named: tuple[str, ...], states: tuple[str, ...], *, every: bool
) -> tuple[Electorate, ...]:
    codes, *chosen = gather(partial(_codes, group, states), *(partial(match, group, words) for words in named))
    slugs = {each.slug for each in chosen}
    return tuple(each for each in group.electorates if every or each.slug in slugs or each.state.code in codes)


def _codes(group: ElectorateSet, named: tuple[str, ...]) -> set[str]:
    """Return the codes of the states that are named, in upper or lower case."""
    known = {code.casefold(): code for code in group.states}
    unknown = (state for state in named if state.casefold() not in known)
    _refuse("--state", "there is no state", unknown, group.states)
    return {known[state.casefold()] for state in named}


EXTREMES = ("longest", "shortest", "largest", "smallest")
"""The electorates with the most and the least text, and with the most and the least area."""


def extremes(group: ElectorateSet, kept: Store) -> dict[str, Electorate]:
    """Return the electorates that stretch a layout, by EXTREMES."""
    sizes = areas_km2(group, kept)
    by_text = sorted(group.electorates, key=_letters)
    by_area = sorted(group.electorates, key=lambda each: sizes[each.slug])
    return dict(zip(EXTREMES, (by_text[-1], by_text[0], by_area[-1], by_area[0]), strict=True))


def stretching(group: ElectorateSet, kept: Store) -> tuple[Electorate, ...]:
    """Return the electorates that stretch a layout the most, in the order of their set.

    The smallest isn't among them: its map is drawn at its own scale, like any other.
    """
    found = extremes(group, kept)
    slugs = {found[each].slug for each in EXTREMES if each != "smallest"}
    return tuple(each for each in group.electorates if each.slug in slugs)


def _letters(electorate: Electorate) -> int:
    """Return how many letters the names and the texts of an electorate have."""
    rows = [row.words for rows in electorate.lists.values() for row in rows]
    texts = [electorate.name, *electorate.texts.values(), *rows]
    if member := electorate.member:
        texts += [member.styled, *(role.title for role in member.roles)]
    return sum(map(len, texts))
