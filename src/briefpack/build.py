"""Turn a brief into finished PDFs: load, plan, charts, pages, typeset, bind, check, manifest."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from briefpack import charts, cluster, electorates, plan, pool, store
from briefpack.charts import style
from briefpack.electorates import Electorate, ElectorateSet
from briefpack.geometry import PT_PER_MM, Frame
from briefpack.jobs import composing, numbering, workers
from briefpack.jobs.composing import Desk, Paged
from briefpack.jobs.workers import Job, Set, Undrawn
from briefpack.layout import addresses
from briefpack.layout.model import Layout, PieceSpec
from briefpack.output import Report, Request, earlier, inputs, manifest
from briefpack.output.manifest import Manifest, Warned
from briefpack.pages import Composed, PageOf, Piece, Stamp
from briefpack.plan import Document, Drawing, Expected, LoadedBrief, Plan, Wanted, belongings
from briefpack.pool import Progress, Workers
from briefpack.problem import Owner, Problem, Problems, gather, nearest, raise_any
from briefpack.project import Project
from briefpack.schema import Model
from briefpack.store import Store
from briefpack.text.yaml_lines import Data, Loc, texts
from briefpack.typeset import Placed, Spill

MOST_AT_ONCE = 1600
"""The most documents made at once, enough for a country of 200 electorates; a larger build is split into parts."""


def prepare(request: Request) -> Plan:
    """Load the files that a request names and return its plan. Raises Problems if a file must be fixed first."""
    kinds = charts.kinds(request.project.root / "charts")
    (brief, layout), _ = gather(
        partial(plan.read, request.project, request.brief, kinds, request.layout, request.edition),
        partial(style.check, request.project.root, Store(request.project.store)),
    )
    return plan.make(brief, layout, _wanted(brief, request))


def check(request: Request) -> Plan:
    """Plan a request and draw its charts into the store. Raises Problems for every chart that can't be drawn."""
    planned = prepare(request)
    draw = drawer(planned, request.project)
    missing = _missing(_drawn(planned, draw), draw.kept)
    if missing:
        pool.ready()
        with pool.workers(request.jobs, lambda _stage, _done, _total: None) as processes:
            drawn = processes.map("charts", draw, missing, draw.ended)
            raise_any(_chart_problem(planned, drawing, said, draw.root) for (drawing, _), said in drawn if said)
    return planned


@dataclass(frozen=True)
class Begun:
    """A build that is ready to start: its request, its plan, and the hashes of its files from before they were loaded.

    `made_from` covers the request and every file that the build may read; `content` covers the brief, the layouts, the
    chart files and the fonts; `stamps`, when each of them was written.
    """

    request: Request
    made_from: str
    content: str
    stamps: str
    planned: Plan

    @property
    def unchanged(self) -> bool:
        """Return whether nobody has written to a file of the build since it began."""
        try:
            return inputs.stamps(self.request.project, self.request.brief) == self.stamps
        except OSError:
            # A file went away while it was looked at.
            return False


def begin(requests: Iterable[Request]) -> list[Begun]:
    """Plan several builds. Raises the Problems of all of them at once: none starts while another needs a fix."""
    return gather(*(partial(_begin, request) for request in requests))


def _begin(request: Request) -> Begun:
    # Hash before loading: otherwise an edit made in between would count as built.
    stamps = inputs.stamps(request.project, request.brief)
    made_from, content = earlier.key(request), inputs.content(request.project, request.brief)
    return Begun(request, made_from, content, stamps, prepare(request))


def finish(begun: Begun, progress: Progress) -> Report:
    """Make the documents of a planned build, and return the report."""
    report = _make(begun, manifest.read(begun.request.folder), progress)
    # After an edit during the build, some documents may have the new text and others the old.
    if not report.failed and begun.unchanged and earlier.key(begun.request) == begun.made_from:
        earlier.keep(begun.request, begun.made_from, report)
    return report


def run(request: Request, progress: Progress = lambda _stage, _done, _total: None) -> Report:
    """Build the documents of a request. Raises Problems if a file must be fixed before anything can be made."""
    if found := earlier.find(request, earlier.key(request)):
        return found
    # Workers take the longest to start, so start them first.
    pool.ready(request.scheduler)
    [begun] = begin([request])
    return finish(begun, progress)


@dataclass(frozen=True)
class _Bench:
    """Everything that the parts of a build share: project, output folder, workers, charts and input hashes."""

    project: Project
    folder: Path
    draw: workers.Draw
    processes: Workers
    expected: Expected
    drawn: Mapping[Drawing, str]
    sums: Mapping[str, str]
    begun: Begun

    @property
    def kept(self) -> Store:
        """Return the store."""
        return self.draw.kept


@dataclass
class _Done:
    """The results of a build so far: the documents made, kept and deleted, and the problems.

    `made` and `kept` give the hash of each path. `said` has the keys of the pieces whose problems are already listed.
    """

    made: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    said: set[str] = field(default_factory=set)


def _make(begun: Begun, before: Manifest, progress: Progress) -> Report:
    """Make the documents that are out of date, in parts small enough for memory."""
    planned, request = begun.planned, begun.request
    project, folder = request.project, request.folder
    draw = drawer(planned, project)
    drawn = _drawn(planned, draw)
    sums = inputs.documents(planned, begun.content, drawn)
    held = {path for path, made_from in sums.items() if before.kept(folder, path, {"all": made_from})}
    done = _Done(kept={path: before.documents[path]["sha256"] for path in held})
    done.problems += _warned(
        before, (each.path for each in planned.documents if each.path in held), project.shown(folder), done.said
    )
    try:
        with pool.workers(request.jobs, progress, cluster.connection(request, progress)) as processes:
            bench = _Bench(project, folder, draw, processes, plan.expected(planned), drawn, sums, begun)
            for part in plan.parts(plan.without(planned, held), MOST_AT_ONCE):
                _make_part(part, bench, done)
    except Problems as error:
        # A build that stops early still reports the documents it has made and kept.
        done.problems += error.problems
    return _report(planned.documents, folder, done)


def _make_part(planned: Plan, bench: _Bench, done: _Done) -> None:
    """Take one part of the plan through every stage, from charts to binding."""
    bench.kept.ready()
    with tempfile.TemporaryDirectory(dir=bench.kept.root, prefix=store.own_work()) as folder:
        work = Path(folder)
        desk = composing.desk(work, planned, bench.drawn, bench.project.root, bench.kept)
        drawing = _draw(planned, bench)
        composed, unwritten = _compose(planned, desk, bench.processes)
        root = bench.project.root
        undrawn = {chart: _chart_problem(planned, chart, said, root) for (chart, _), said in drawing if said}
        composed = [each for each in composed if not undrawn.keys() & set(each.document.drawings.values())]
        sets = _typeset((piece for each in composed for piece in _first(each)), bench)
        sets |= _miscounted(planned, composed, sets)
        composed, running, unnumbered = _number(planned, composed, sets, desk, bench.processes)
        last = (piece for each in composed if each.document.path in running for piece in each.listing)
        stamped = (stamp.piece for stamps in running.values() for stamp in stamps)
        sets |= _typeset((*last, *stamped), bench)
        sets |= _numbered(running, sets) | _miscounted(planned, composed, sets)
        owns, ready = _owns(planned), [each for each in composed if each.document.path in running]
        jobs = [_job(each, running[each.document.path], sets, bench, owns) for each in ready]
        unset = _unset(planned, composed, running, sets, root, done.said)
        done.problems += [*undrawn.values(), *unwritten, *unnumbered, *unset]
        sound = [job for job in jobs if all(sets[key].sound for key in _held(job.pieces, job.overlays))]
        _bind(planned, sound, bench, work, done)


def _wanted(brief: LoadedBrief, request: Request) -> Wanted:
    """Return the documents a request asks for. Raises Problems for every unknown ask, electorate and state."""
    asks, places = gather(partial(_known_asks, brief, request.asks), partial(_places, brief, request))
    return Wanted(request.national, places, asks)


def _places(brief: LoadedBrief, request: Request) -> tuple[Electorate, ...]:
    """Return the electorates that a request selects, in the order of their set."""
    group = brief.group
    if not (request.states or request.electorates or (request.every and group)):
        return ()
    if group is None:
        said, hint = (
            "the brief is for no electorate set",
            "add electorates: with the name of one in briefs/electorates/",
        )
        raise Problems([Problem(brief.tree.path, 1, said, hint, Owner.COMMAND)])
    named = (partial(electorates.match, group, words) for words in request.electorates)
    states, *chosen = gather(partial(_states, group, request), *named)
    slugs = {each.slug for each in chosen}
    return tuple(each for each in group.electorates if request.every or each.slug in slugs or each.state.code in states)


def _states(group: ElectorateSet, request: Request) -> set[str]:
    """Return the codes of the states that a request names; upper and lower case are the same."""
    codes = {code.casefold(): code for code in group.states}
    said, hint = 'there is no state called "{}"', "a code of states: in the set's set.yaml"
    raise_any(
        Problem("--state", None, said.format(state), nearest(state, group.states) or hint, Owner.COMMAND)
        for state in request.states
        if state.casefold() not in codes
    )
    return {codes[state.casefold()] for state in request.states}


def _known_asks(brief: LoadedBrief, wanted: tuple[str, ...]) -> tuple[str, ...]:
    known, said = [ask.id for ask in brief.brief.asks], 'there is no ask called "{}"'
    raise_any(
        Problem("--ask", None, said.format(ask), nearest(ask, known) or "briefpack list asks", Owner.COMMAND)
        for ask in wanted
        if ask not in known
    )
    return wanted


Drawn = Iterator[tuple[tuple[Drawing, str], Undrawn | None]]


def drawer(planned: Plan, project: Project) -> workers.Draw:
    """Return a callable that draws the charts of a plan into the store."""
    look, group = planned.layout.look, planned.brief.group
    ground = charts.ground(group) if group else None
    common = charts.made_from(look, project.root, ground)
    kept = Store(project.store)
    kept.ready()
    return workers.Draw(look, project.root, kept, ground, common)


def _drawn(planned: Plan, draw: workers.Draw) -> dict[Drawing, str]:
    """Return the store key of each distinct chart."""
    return {drawing: charts.key(drawing, draw.common, draw.root) for drawing in planned.drawings}


def _draw(planned: Plan, bench: _Bench) -> Drawn:
    """Have workers draw the charts that aren't in the store, and return each result."""
    wanted = {drawing: bench.drawn[drawing] for drawing in planned.drawings}
    return bench.processes.map("charts", bench.draw, _missing(wanted, bench.kept), bench.draw.ended)


def _missing(drawn: Mapping[Drawing, str], kept: Store) -> list[tuple[Drawing, str]]:
    return [(drawing, key) for drawing, key in drawn.items() if kept.get(key) is None]


def _chart_problem(planned: Plan, drawing: Drawing, undrawn: Undrawn, root: Path) -> Problem:
    if undrawn.path:
        problem = Problem(undrawn.path, undrawn.line, undrawn.said, undrawn.hint, Owner.LAYOUT)
        return numbering.lined(problem, root)
    if drawing.area and planned.brief.group:
        shown = electorates.file_name(planned.brief.group, electorates.BOUNDARIES)
        slug = drawing.area.partition("/")[2]
        text = (root / shown).read_text(encoding="utf-8", errors="replace")
        found = addresses.find({shown: text}, f'"{slug}"') or (shown, 1)
        return Problem(*found, undrawn.said, "export it again; or give the map more room in layout.yaml")
    hint = "see what the kind needs at the top of its file in charts/, or give it more room in layout.yaml"
    loc = ("charts", planned.drawings[drawing])
    return planned.brief.tree.problem(loc, f"the chart cannot be drawn: {undrawn.said}", hint)


def _compose(planned: Plan, desk: Desk, processes: Workers) -> tuple[list[Composed], list[Problem]]:
    """Return the pieces of every document that could be written, and the problems of the rest."""
    composed: list[Composed] = []
    problems: list[Problem] = []
    known: dict[str, Piece] = {}
    compose = composing.Compose(desk)
    for index, text in processes.map("pages", compose, range(len(planned.documents)), compose.ended):
        if isinstance(text, tuple):
            problems += text
            continue
        # Each worker sends its own copy of a piece that many documents share. Keep one.
        pieces = tuple(known.setdefault(piece.key, piece) for piece in text.pieces)
        composed.append(Composed(planned.documents[index], pieces, text.stamps, text.cited))
    return composed, problems


def _pieces(composed: Composed) -> Iterator[Piece]:
    yield from composed.pieces
    yield from (stamp.piece for stamp in composed.stamps)


def _first(composed: Composed) -> list[Piece]:
    """Return the pieces that can be laid out before page numbers are known."""
    last = {piece.key for piece in composed.listing}
    return [piece for piece in _pieces(composed) if piece.key not in last]


def _typeset(pieces: Iterable[Piece], bench: _Bench) -> dict[str, Set]:
    """Return each distinct piece laid out, by key, from the store or else by a worker, longest first."""
    distinct: dict[str, Piece] = {}
    for piece in pieces:
        distinct.setdefault(piece.key, piece)
    sets = {key: found for key in distinct if (found := workers.kept_set(bench.kept, key))}
    missing = sorted((piece for key, piece in distinct.items() if key not in sets), key=lambda piece: -len(piece.html))
    lay_out = workers.LayOut(bench.project.root, bench.kept, bench.expected)
    done = bench.processes.map("typeset", lay_out, missing, workers.piece_ended)
    return sets | {piece.key: piece_set for piece, piece_set in done}


def _sound(composed: Composed, sets: Mapping[str, Set]) -> bool:
    return all(sets[piece.key].sound for piece in _first(composed))


Running = dict[str, tuple[Stamp, ...]]
"""The running slots of each document, such as heads and folios, by its path."""


def _number(
    planned: Plan, composed: Iterable[Composed], sets: Mapping[str, Set], desk: Desk, processes: Workers
) -> tuple[list[Composed], Running, list[Problem]]:
    """Return every document with its page numbers filled in, the running slots of each, and any problems.

    A document with a piece that can't be bound is left unnumbered and has no running slots.
    """
    by_path = {each.document.path: each for each in composed}
    places = {document.path: index for index, document in enumerate(planned.documents)}
    wanted = [_paged(each, places[path], sets) for path, each in by_path.items() if _sound(each, sets)]
    running: Running = {}
    number = composing.Number(desk)
    problems: list[Problem] = []
    for paged, text in processes.map("pages", number, wanted, number.ended):
        path = planned.documents[paged.index].path
        if isinstance(text, tuple):
            problems += text
            continue
        pieces = enumerate(by_path[path].pieces)
        listed = tuple(text.pieces.get(index, piece) for index, piece in pieces)
        by_path[path], running[path] = replace(by_path[path], pieces=listed), text.running
    return [*by_path.values()], running, problems


def _paged(composed: Composed, index: int, sets: Mapping[str, Set]) -> Paged:
    total = sum(_count(piece, sets) for piece in composed.pieces)
    page_of = _page_of(composed, sets) if composed.listing else PageOf()
    return Paged(index, page_of, total, composed.sources)


def _page_of(composed: Composed, sets: Mapping[str, Set]) -> PageOf:
    """Return the page of each id in the pieces laid out so far; those that list pages come later."""
    found, first = PageOf(), 1
    for piece in composed.pieces:
        if piece.key in sets:
            found.update({name: first + index for name, index in sets[piece.key].anchors.items()})
        first += _count(piece, sets)
    return found


def _count(piece: Piece, sets: Mapping[str, Set]) -> int:
    """Return the number of pages in a piece; one that lists pages has a fixed number even before layout."""
    return sets[piece.key].pages if piece.key in sets else piece.limit.exactly or 1


def _numbered(running: Mapping[str, tuple[Stamp, ...]], sets: Mapping[str, Set]) -> dict[str, Set]:
    """Return, with a problem, the running pieces with neither one page for the whole document nor one for each page."""
    found = {}
    for stamp in (stamp for stamps in running.values() for stamp in stamps):
        made, total, skip = (
            sets[stamp.piece.key],
            stamp.piece.limit.at_most or 1,
            stamp.running.skip if stamp.running else 0,
        )
        if made.sound and made.pages not in (1, total - skip):
            said = f"{stamp.slot} has {made.pages} pages, and runs on {total - skip} of the document's"
            hint = "one page for all, or one for each of numbers"
            problem = Problem(f"layouts/{stamp.piece.page}", None, said, hint, Owner.LAYOUT)
            found[stamp.piece.key] = replace(made, problems=(problem,))
    return found


def _miscounted(planned: Plan, composed: Iterable[Composed], sets: Mapping[str, Set]) -> dict[str, Set]:
    """Return, with a problem, the pieces with more or fewer pages than the layout allows."""
    found = {}
    for each in composed:
        for spec, piece in zip(each.document.spec.pieces, each.pieces, strict=True):
            made = sets.get(piece.key)
            if made and made.sound and not spec.pages.allow(made.pages):
                said = f"{piece.name} has {made.pages} page{'s' * (made.pages != 1)}, and may have {spec.pages}"
                loc = _limit(planned.layout.layout, each.document.kind, spec)
                problem = planned.layout.tree.problem(loc, said, "other words, or another number of pages here")
                found[piece.key] = replace(made, problems=(problem,))
    return found


def _limit(layout: Layout, kind: str, spec: PieceSpec) -> Loc:
    """Return the place in layout.yaml of a piece's page limit; a document may leave out some of its kind's pieces."""
    [pieces] = [document.pieces for name, document in layout.documents.items() if name == kind]
    return "documents", kind, "pieces", pieces.index(spec), "pages"


def _unset(
    planned: Plan,
    composed: Iterable[Composed],
    running: Mapping[str, tuple[Stamp, ...]],
    sets: Mapping[str, Set],
    root: Path,
    said: set[str],
) -> Iterator[Problem]:
    """Yield the problems found in laying out each piece, once per piece, and skip the pieces already in `said`."""
    for piece, before in numbering.distinct(composed, running, sets):
        if piece.key in said:
            continue
        said.add(piece.key)
        found = (*sets[piece.key].problems, *(_spilled(planned, piece, spill) for spill in sets[piece.key].spills))
        yield from (numbering.lined(numbering.placed(problem, piece, before), root) for problem in found)


def _spilled(planned: Plan, piece: Piece, spill: Spill) -> Problem:
    """Return a problem for overset text: at its field in the brief, or at the page if the layout is at fault."""
    page, tree = f"layouts/{piece.page}", planned.brief.tree
    if not spill.field:
        said, hint = f"{piece.name} runs over its pages", "make room in the page, or let it have more pages"
        return Problem(page, None, said, hint, Owner.LAYOUT)
    try:
        loc = _loc(planned.brief.brief, spill.field)
    except LookupError as error:
        wrong, near = error.args
        said = f'the text of data-field="{spill.field}" runs over, and the brief has no "{wrong}" there'
        return Problem(page, None, said, near or "the field's name as in the brief, or no data-field", Owner.LAYOUT)
    shown = re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", spill.field)
    room, written = piece.room.get(spill.field.rpartition(".")[2], 0), _word_count(tree.data, loc)
    if written <= room:
        said = (
            f'{shown} (data-field="{spill.field}") runs over with {written} words, and the layout has room for {room}'
        )
        return Problem(page, None, said, "more room in the page or its style sheets, or a smaller room:", Owner.LAYOUT)
    words = f"about {spill.words} word{'s' * (spill.words != 1)}"
    over = f"{shown} runs over by {spill.lines} line{'s' * (spill.lines != 1)}, {words}"
    return Problem(tree.path, tree.line(loc), over, f"cut {words} from it")


def _word_count(data: Data, loc: Loc) -> int:
    """Return the number of words in a part of the brief."""
    for key in loc:
        data = data[key]
    return sum(len(text.split()) for _, text in texts(data))


def _loc(brief: Model, field: str) -> Loc:
    """Return the place of a field named by ids, such as `asks.double-accce.leave_behind.reasons`.

    Raises LookupError, with the first unknown name and the known names nearest to it, if there is no such field.
    """
    loc: list[str | int] = []
    here: object = brief
    for name in field.split("."):
        held = _parts(here)
        if name not in held:
            raise LookupError(name, nearest(name, held))
        key, here = held[name]
        loc.append(key)
    return tuple(loc)


def _parts(of: object) -> dict[str, tuple[str | int, object]]:
    """Return the fields or items of a part of a brief, by the names pages use, each with its key in the file."""
    if isinstance(of, tuple):
        named: dict[str, tuple[str | int, object]] = {str(index): (index, item) for index, item in enumerate(of)}
        return named | {item.id: (index, item) for index, item in enumerate(of) if hasattr(item, "id")}
    held = dict(of) if isinstance(of, Model | dict) else {}
    return {name: (name, value) for name, value in held.items()}


def _job(
    composed: Composed,
    running: tuple[Stamp, ...],
    sets: Mapping[str, Set],
    bench: _Bench,
    owns: Mapping[str | None, belongings.Own],
) -> Job:
    """Return the job that binds a document."""
    pieces = tuple(piece.key for piece in composed.pieces)
    overlays = (*_slots(composed, sets), *(_run(stamp) for stamp in running))
    fits = {name: fit for piece in pieces for name, fit in sets[piece].fits.items()}
    facts = composed.document.facts
    made_from = {
        "all": bench.sums[composed.document.path],
        "binder": _binder(bench.expected),
        "facts": store.key(repr(facts)),
        "pieces": store.key(repr((pieces, overlays))),
    }
    total = sum(sets[piece].pages for piece in pieces)
    held = [sets[key] for key in _held(pieces, overlays)]
    reads = tuple(read for each in held for read in each.reads)
    warnings = tuple(dict.fromkeys(_warnings(composed, running, sets, bench.project.root)))
    maps = tuple(bench.drawn[drawing] for drawing in composed.document.drawings.values() if drawing.area)
    return Job(
        composed.document, pieces, overlays, fits, composed.sources, made_from, total, reads, warnings,
        owns[composed.document.electorate], maps,
    )  # fmt: skip


def _warnings(composed: Composed, running: tuple[Stamp, ...], sets: Mapping[str, Set], root: Path) -> Iterator[Warned]:
    """Yield the warnings of a document's pieces, with the document's own page numbers."""
    for piece, before in numbering.firsts(composed, running, sets):
        for problem in sets[piece.key].problems:
            yield Warned(numbering.lined(numbering.placed(problem, piece, before), root), piece.key)


def _owns(planned: Plan) -> Mapping[str | None, belongings.Own]:
    """Return the values that may print in each electorate's documents, by slug; the nation's slug is None."""
    slugs = {document.electorate for document in planned.documents}
    return {slug: plan.own(planned.brief, slug) for slug in slugs}


def _held(pieces: tuple[str, ...], overlays: tuple[Placed, ...]) -> tuple[str, ...]:
    """Return the keys of every piece that a document is bound from."""
    return (*pieces, *(placed.key for placed in overlays))


def _slots(composed: Composed, sets: Mapping[str, Set]) -> Iterator[Placed]:
    stamps = {stamp.slot: stamp.piece.key for stamp in composed.stamps}
    first = 0
    for piece in composed.pieces:
        for name, (page, place) in sets[piece.key].slots.items():
            yield Placed(name, stamps[name], place, first + page)
        first += sets[piece.key].pages


def _run(stamp: Stamp) -> Placed:
    spec = stamp.running
    assert spec is not None  # noqa: S101 -- `pages.run` makes only running stamps
    sizes = (spec.left_mm, spec.top_mm, spec.width_mm, spec.height_mm)
    return Placed(
        stamp.slot, stamp.piece.key, Frame(*(size * PT_PER_MM for size in sizes)), running=True, skip=spec.skip
    )


def _binder(expected: Expected) -> str:
    """Return the hash of everything that binding depends on except the pieces."""
    press, profile = expected.press, expected.profile
    made_to = [repr(replace(press, profile=Path()))] if press else []
    made_to += [store.file_key(profile)] if profile else []
    return store.key(store.engine(), *made_to)


def _bind(planned: Plan, jobs: list[Job], bench: _Bench, work: Path, done: _Done) -> None:
    """Bind, check and publish each document that is out of date."""
    before, layout = manifest.read(bench.folder), planned.layout.name
    held = [job for job in jobs if _holds(before, bench.folder, job)]
    found = {
        path: {"layout": layout, "inputs": dict(job.inputs), "sha256": before.documents[path]["sha256"]}
        for job in held
        for path in [job.document.path]
    }
    wanted = [job for job in jobs if job.document.path not in found]
    shown = bench.project.shown(bench.folder)
    bind = workers.Bind(bench.expected, bench.kept, work, shown, layout)
    bound = [result for _, result in bench.processes.map("bind", bind, wanted, bind.ended)]
    entries = [entry for entry, _ in bound if entry]
    if not bench.begun.unchanged:
        # Some pages may have the new text and others the old, so the next build looks at every piece again.
        entries = [replace(entry, inputs={**entry.inputs, "all": ""}) for entry in entries]
        found = {path: {**entry, "inputs": {**entry["inputs"], "all": ""}} for path, entry in found.items()}
    if entries or found:
        with bench.kept.alone():
            paths = plan.paths(planned.brief)
            done.gone |= {*manifest.publish(bench.folder, work, entries, found, paths)}
    done.made |= {entry.path: entry.sha256 for entry in entries}
    done.kept |= {path: str(entry["sha256"]) for path, entry in found.items()}
    done.problems += [*_warned(before, found, shown, done.said), *(problem for _, said in bound for problem in said)]


def _warned(before: Manifest, paths: Iterable[str], folder: str, said: set[str]) -> Iterator[Problem]:
    """Yield the warnings of documents that are kept; those of a shared piece come once."""
    for path in paths:
        warnings = [each for each in before.warnings(path) if each.piece not in said]
        said |= {each.piece for each in warnings if each.piece}
        yield from (each.shown(f"{folder}/{path}") for each in warnings)


def _holds(before: Manifest, folder: Path, job: Job) -> bool:
    """Return whether a document is up to date, even if a file that doesn't affect it has changed."""
    made_from = {name: value for name, value in job.inputs.items() if name != "all"}
    return before.kept(folder, job.document.path, made_from)


def _report(documents: tuple[Document, ...], folder: Path, done: _Done) -> Report:
    failed = tuple(document.path for document in documents if document.path not in done.made | done.kept)
    problems = tuple(dict.fromkeys(done.problems))
    made, kept, gone = (tuple(sorted(paths)) for paths in (done.made, done.kept, done.gone))
    return Report(folder, made, kept, failed, problems, gone, {**done.kept, **done.made})
