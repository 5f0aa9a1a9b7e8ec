"""Turn command lines into requests, and reports into lines and exit codes.

Each command imports its modules when it is called, so that none waits for the modules of another.
"""

import contextlib
import datetime
import errno
import gc
import itertools
import json
import math
import os
import re
import shutil
import sys
import textwrap
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefpack import __version__, pool, project
from briefpack.output import earlier
from briefpack.output.earlier import Report, Request
from briefpack.pool import Say
from briefpack.problem import Owner, Problem, Problems
from briefpack.project import EDITIONS, NATIONAL, Edition, Project
from briefpack.store import Store

if TYPE_CHECKING:
    from briefpack.build import Begun
    from briefpack.electorates import ElectorateSet
    from briefpack.plan import LoadedBrief

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
BRIEF = click.argument("brief", required=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefpack")
@click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path),
    help="The project's folder; else the nearest one from here up.",
)
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """Turn a brief into briefing packs and one-page leave-behinds, as PDF.

    Exit codes: 0 made; 1 stopped by you; 2 wrong command line; 3 a brief or data file must be fixed; 4 a layout, chart or
    font must be fixed; 5 made, but a check failed or some documents could not be made.
    """
    context.obj = folder
    # Commands are short-lived and keep most of what they make: the usual garbage collection would cost 0.25 s.
    gc.set_threshold(100_000, 50, 50)


def _command(run: Callable[..., int]) -> Callable[..., None]:
    """Wrap a command so that its problems print, two lines each, and set its exit code."""

    def guarded(**arguments: Any) -> None:  # noqa: ANN401 -- whatever Click passes
        try:
            code = run(**arguments)
        except Problems as error:
            _print_problems(error.problems)
            _print_count(error.problems, "Nothing was made.")
            code = error.exit_code
        except OSError as error:
            if error.errno not in DISK:
                raise
            click.echo(str(_disk_problem(error)), err=True)
            code = int(Owner.DOCUMENT)
        sys.exit(code)

    guarded.__doc__, guarded.__name__ = run.__doc__, run.__name__
    return guarded


DISK = {
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR, errno.EEXIST,
    errno.ENAMETOOLONG,
}  # fmt: skip


def _disk_problem(error: OSError) -> Problem:
    """Return the problem with a full disk, or with a file or folder that can't be read or written."""
    hint = "make room, give leave to read and write there, or name another folder; what was finished is kept"
    named = Path(os.fsdecode(error.filename2 or error.filename or ""))
    return Problem(_typed(named), None, (error.strerror or "").lower(), hint, Owner.DOCUMENT)


def _typed(path: Path) -> str:
    """Return a path as the user knows it: from the project, or as typed; any other is only "the disk"."""
    context = click.get_current_context()
    typed = [each for value in context.params.values() for each in (value if isinstance(value, tuple) else (value,))]
    if any(isinstance(each, Path) and path.is_relative_to(each) for each in typed):
        return path.as_posix()
    try:
        shown = _project().shown(path)
    except Problems:
        shown = path.as_posix()
    return "the disk" if Path(shown).is_absolute() or shown in ("", ".") else shown


def _project() -> Project:
    folder = click.get_current_context().find_root().obj
    return project.find(Path(folder or Path.cwd()).resolve(), shown=Path(folder or ".").as_posix())


@main.command("build")
@BRIEF
@click.option("--ask", "asks", multiple=True, metavar="ID", help="Only this ask's leave-behind (repeatable).")
@click.option(
    "-e",
    "--electorate",
    "electorates_",
    multiple=True,
    metavar="NAME",
    help="This electorate (repeatable): its name, slug or a unique beginning.",
)
@click.option("--state", "states", multiple=True, metavar="CODE", help="Every electorate of this state (repeatable).")
@click.option("--all", "every", is_flag=True, help="The national edition and every electorate.")
@click.option("--layout", default=None, metavar="NAME", help="The layout; ijm, or the only one.")
@click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(EDITIONS),
    default=("screen",),
    show_default=True,
    help="What it is for (repeatable): a screen, a printer at home, a print shop's press.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where to put the finished files; out/ in the project.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="How many processes; one for each core.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Hand the work to a Dask cluster (tcp://HOST:8786). Start it with `dask scheduler`, and on each machine `dask worker ADDRESS`.",
)
@click.option(
    "--wait",
    "wait_seconds",
    type=click.IntRange(0, 86_400),
    metavar="SECONDS",
    default=10,
    show_default=True,
    help="How long to wait for the cluster's scheduler and a first worker.",
)
@click.option("--quiet", is_flag=True, help="Print nothing but problems.")
@_command
def build_(
    *,
    brief: str | None,
    asks: tuple[str, ...],
    electorates_: tuple[str, ...],
    states: tuple[str, ...],
    every: bool,
    layout: str | None,
    editions: tuple[Edition, ...],
    out: Path | None,
    jobs: int | None,
    scheduler: str | None,
    wait_seconds: int,
    quiet: bool,
) -> int:
    """Make the pack and the leave-behinds of a brief: the national edition, or those of electorates."""
    here = _project()
    request = Request(
        project=here, brief=here.brief(brief), layout=_layout(here, layout), out=out or here.root / "out", asks=asks,
        jobs=jobs or os.cpu_count() or 1, national=every or not (electorates_ or states),
        electorates=electorates_, states=states, every=every, scheduler=scheduler,
        wait_seconds=wait_seconds,
    )  # fmt: skip
    reports, last = [], time.monotonic()
    for report in _reports([replace(request, edition=edition) for edition in dict.fromkeys(editions)], quiet=quiet):
        _print_problems(report.problems)
        _print_report(report, time.monotonic() - last, quiet=quiet)
        reports.append(report)
        last = time.monotonic()
    Store(here.store).prune(time.time())
    return earlier.exit_code(*reports)


def _reports(requests: list[Request], *, quiet: bool) -> Iterator[Report]:
    """Yield each request's report. Up-to-date builds are skipped, and no build starts until all of them can."""
    found = {request: earlier.find(request, earlier.key(request)) for request in requests}
    begun = _begun([request for request, report in found.items() if report is None])
    for request, report in found.items():
        yield report or _finished(begun[request], quiet=quiet)


def _begun(requests: list[Request]) -> "dict[Request, Begun]":
    """Plan the builds that have to be made."""
    if not requests:
        return {}
    # The server of the worker processes imports their modules while this process imports its own.
    pool.ready(requests[0].scheduler)
    from briefpack import build

    return dict(zip(requests, build.begin(requests), strict=True))


def _finished(begun: "Begun", *, quiet: bool) -> Report:
    from briefpack import build

    with _progress(quiet=quiet) as say:
        return build.finish(begun, say)


def _layout(here: Project, name: str | None) -> str:
    if name is None and len(here.layouts) > 1 and DEFAULT in here.layouts:
        return DEFAULT
    return here.layout(name)


DEFAULT = "ijm"


@contextlib.contextmanager
def _progress(*, quiet: bool) -> Iterator[Say]:
    """Show progress as a bar on a terminal, and as plain lines elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield (lambda _stage, _done, _total: None) if quiet else _say_line
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[tuple[str, int], Any] = {}

        def say(stage: str, done: int, total: int) -> None:
            if not total:
                bar.console.print(stage, highlight=False, markup=False)
                return
            if (stage, total) not in tasks:
                tasks[stage, total] = bar.add_task(stage, total=total)
            bar.update(tasks[stage, total], completed=done)

        yield say


def _say_line(stage: str, done: int, total: int) -> None:
    if done == total:
        click.echo(f"{stage}: {total}" if total else stage, err=True)


def _print_problems(problems: Iterable[Problem]) -> None:
    """Print each problem; if many are alike, such as one for every row, print two and the lines of the rest."""
    listed = tuple(problems)
    alike = _alike(listed)
    for problem in listed:
        group = alike[problem]
        if len(group) <= MOST_ALIKE or problem in group[:2]:
            click.echo(str(problem), err=True)
        if len(group) > MOST_ALIKE and problem is group[1]:
            click.echo(_rest(group, 2), err=True)


def _alike(problems: Iterable[Problem]) -> dict[Problem, list[Problem]]:
    """Return, for each problem, its group: those on the same line if many, else those with the same message."""
    places: dict[tuple[object, ...], list[Problem]] = {}
    outlines: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        places.setdefault(_kind(problem, problem.line), []).append(problem)
    for problem in (each for group in places.values() if len(group) <= MOST_ALIKE for each in group):
        outlines.setdefault(_kind(problem, _outline(problem)), []).append(problem)
    many = [group for group in places.values() if len(group) > MOST_ALIKE]
    return {problem: group for group in (*many, *outlines.values()) for problem in group}


def _kind(problem: Problem, more: object) -> tuple[object, ...]:
    """Return the key that problems must share to be alike."""
    return (problem.path, problem.hint, problem.owner, problem.warning, problem.check, more)


def _outline(problem: Problem) -> str:
    """Return a message without the names and numbers that differ from line to line."""
    return re.sub(r'"[^"]*"|“[^”]*”|\d[\d,.]*', "", problem.message.rpartition(": ")[2])


def _rest(problems: Sequence[Problem], shown: int) -> str:
    """Return one line for the problems that aren't printed, with their line numbers."""
    lines = sorted({problem.line for problem in problems[shown:] if problem.line})
    where = f"on lines {_ranges(lines)}" if len(lines) > 1 else "at the same place"
    return f"  and {len(problems) - shown} more like these, {where}"


def _ranges(numbers: Sequence[int]) -> str:
    """Return sorted numbers in short form: 3–5, 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


MOST_ALIKE = 6
"""The most problems of a kind, or paths, to print one by one."""


def _named(paths: Sequence[str]) -> str:
    """Return the paths of documents; if there are many, each electorate with its number of documents."""
    if len(paths) <= MOST_ALIKE:
        return ", ".join(paths)
    folders = itertools.groupby(sorted(paths), key=lambda path: path.partition("/")[0])
    return ", ".join(f"{folder} ({len(list(held))})" for folder, held in folders)


def _print_count(problems: Iterable[Problem], rest: str) -> None:
    count = sum(1 for problem in problems if not problem.warning)
    click.echo(f"{count} problem{'s' * (count != 1)}. {rest}", err=True)


def _print_report(report: Report, seconds: float, *, quiet: bool) -> None:
    folder = _near(report.folder)
    if report.failed:
        rest = "Nothing was made." if not report.made and not report.kept else f"Not made: {_named(report.failed)}."
        old = [path for path in report.failed if (report.folder / path).is_file()]
        left = f" What an earlier build made is still there: {_named(old)}." if old else ""
        _print_count(report.problems, rest + left)
    if not quiet:
        kept = f"; {len(report.kept)} unchanged" if report.kept else ""
        gone = f"; deleted, as the brief has them no more: {_named(report.gone)}" if report.gone else ""
        click.echo(f"{len(report.made)} made in {folder}{kept}{gone} ({seconds:.1f} s)")


def _near(path: Path) -> str:
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()


@main.command("booklet")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--out", type=click.Path(path_type=Path), help="The folder for what is made; else next to each file.")
@click.option(
    "--thickness-mm",
    type=click.FloatRange(0, 1),
    default=0.1,
    show_default=True,
    help="How thick the paper is: inner sheets are moved that much towards the spine, each more than the last.",
)
@_command
def booklet(*, files: tuple[Path, ...], out: Path | None, thickness_mm: float) -> int:
    """Make a PDF printable at home: several pages as an A5 booklet on A4, one page as two copies to cut apart."""
    if math.isnan(thickness_mm):
        raise click.BadParameter("it is not a number", param_hint="--thickness-mm")
    from briefpack.paper import imposition

    made, problems = imposition.files(files, out, thickness_mm, _near)
    _print_problems(problems)
    for path, each in made.items():
        counts = f"{_counted(each.pages, 'page', 'pages')} on {_counted(each.sheets, 'sheet', 'sheets')} of A4"
        click.echo(f"Made {_near(path)}: {counts}. {HOW_TO_PRINT[each.kind]}")
    stopping = [problem for problem in problems if not problem.warning]
    if stopping:
        _print_count(problems, "The others were made." if made else "Nothing was made.")
    return int(Owner.DOCUMENT) if stopping and made else Problems(stopping).exit_code if stopping else 0


HOW_TO_PRINT = {
    "booklet": "Print it at actual size on both sides, flipped on the short edge, and fold it.",
    "two-up": "Print it at actual size on one side, and cut it at the marks.",
}


@main.command("print-set")
@click.argument("electorate")
@click.option(
    "--copies",
    multiple=True,
    metavar="NAME=N",
    help="How many of the pack (pack=2) or of an ask's leave-behind (its id=20); 0 for none, one if not named (repeatable).",
)
@click.option("--brief", default=None, metavar="NAME", help="The brief, if there is more than one.")
@click.option("--layout", default=None, metavar="NAME", help="The layout; ijm, or the only one.")
@click.option(
    "--edition",
    type=click.Choice(["home", "screen"]),
    default="home",
    show_default=True,
    help="Which edition to print.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where to put the finished files; out/ in the project.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="How many processes; one for each core.")
@click.option("--quiet", is_flag=True, help="Print nothing but problems.")
@_command
def print_set(
    *,
    electorate: str,
    copies: tuple[str, ...],
    brief: str | None,
    layout: str | None,
    edition: Edition,
    out: Path | None,
    jobs: int | None,
    quiet: bool,
) -> int:
    """Make one PDF to send to a printer: an electorate's pack and leave-behinds, each as many times as wanted.

    ELECTORATE is a name, a slug or a unique beginning; or national. What is not built yet is built first.
    """
    from briefpack.paper import print_sets

    here = _project()
    nation = electorate.casefold() == NATIONAL
    request = Request(
        project=here, brief=here.brief(brief), layout=_layout(here, layout), out=out or here.root / "out",
        edition=edition, jobs=jobs or os.cpu_count() or 1, national=nation, electorates=() if nation else (electorate,),
    )  # fmt: skip
    with _progress(quiet=quiet) as say:
        made = print_sets.run(request, copies, say)
    _print_problems((*made.report.problems, *made.warnings))
    if made.path is None:
        _print_count(made.report.problems, "The print set was not made.")
    elif not quiet:
        click.echo(f"Made {_near(made.path)}: {_counted(made.sheets, 'sheet', 'sheets')} of A4, on both sides.")
    return made.report.exit_code


@main.command("check")
@BRIEF
@JSON
@_command
def check(*, brief: str | None, as_json: bool) -> int:
    """Read a brief and draw its charts without building: its problems, its warnings, and its author's open queries."""
    from briefpack import build, electorates
    from briefpack.brief import figures

    here = _project()
    try:
        loaded = build.check(Request(here, here.brief(brief), _layout(here, None), here.root / "out")).brief
    except Problems as error:
        if not as_json:
            raise
        click.echo(json.dumps({"problems": [_plain(problem) for problem in error.problems], "queries": []}, indent=2))
        return error.exit_code
    queries = tuple(figures.open_queries(loaded.brief, loaded.tree))
    today = datetime.datetime.now().astimezone().date()
    warnings = (*loaded.warnings, *(electorates.stale(loaded.group, today) if loaded.group else ()))
    if as_json:
        keys = ("line", "id", "about", "question")
        found = {
            "problems": [_plain(problem) for problem in warnings],
            "queries": [dict(zip(keys, query, strict=True)) for query in queries],
        }
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return 0
    _print_problems(warnings)
    for line, query, about, question in queries:
        click.echo(f"{loaded.tree.path}:{line}: query {query}, on {about}\n  {' '.join(question.split())}")
    counts = f"{_counted(len(warnings), 'warning', 'warnings')}, {_counted(len(queries), 'open query', 'open queries')}"
    click.echo(f"No problems, {counts}.")
    return 0


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _plain(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "owner": problem.owner.name.lower()}


@main.command("preflight")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILES]...")
@click.option("--brief", help="The brief whose documents are read, if there is more than one.")
@click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(EDITIONS),
    help="Only this edition (repeatable); a file of another maker is judged for it.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where the finished files are; out/ in the project.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="How many processes; one for each core.")
@JSON
@_command
def preflight_(
    *,
    files: tuple[Path, ...],
    brief: str | None,
    editions: tuple[Edition, ...],
    out: Path | None,
    jobs: int | None,
    as_json: bool,
) -> int:
    """Read finished PDFs and say what is wrong with them: FILES, or else all that the manifests list."""
    from briefpack import preflight

    here = _project()
    request = preflight.Request(
        project=here, brief=brief, editions=editions, out=(out or here.root / "out"), files=files,
        jobs=jobs or os.cpu_count() or 1,
    )  # fmt: skip
    with _progress(quiet=as_json) as say:
        report = preflight.run(request, say)
    rows = [_row(problem) for problem in report.problems]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        _print_rows(rows)
        errors = sum(row["severity"] == "error" for row in rows)
        counts = f"{_counted(errors, 'error', 'errors')}, {_counted(len(rows) - errors, 'warning', 'warnings')}"
        click.echo(f"{_counted(report.files, 'file', 'files')} read: {counts}.")
    return preflight.worst(report.problems)


COLUMNS = ("file", "page", "check", "severity", "said")


def _row(problem: Problem) -> dict[str, Any]:
    """Return a problem as preflight lists it."""
    place = "" if problem.page is None else f"page {problem.page}: "
    said = problem.message.removeprefix(f"{problem.check}: ").removeprefix(place)
    severity = "warning" if problem.warning else "error"
    values = (problem.path, problem.page, problem.check, severity, said)
    return {**dict(zip(COLUMNS, values, strict=True)), "hint": problem.hint}


def _print_rows(rows: list[dict[str, Any]]) -> None:
    """Print problems as an aligned table, each with its hint beneath."""
    cells = [[str(row[column] or "") for column in COLUMNS] for row in rows]
    widths = [max(map(len, column)) for column in zip(*[COLUMNS, *cells], strict=True)]
    for line, row in zip(cells, rows, strict=True):
        click.echo("  ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip())
        click.echo(f"  try: {row['hint']}")


@main.command("explain")
@click.argument("check_id", metavar="[CHECK-ID]", required=False)
@_command
def explain(*, check_id: str | None) -> int:
    """Say why a check exists and what to do; without an id, list the checks."""
    from briefpack import checks

    if check_id is None:
        width = max(len(check.id) for check in checks.CHECKS)
        for check in checks.CHECKS:
            click.echo(f"{check.id:{width}}  {check.severity:7}  {_judged(check.of, check.editions)}")
        return 0
    try:
        check = checks.by_id(check_id)
    except KeyError as error:
        click.echo(f'there is no check called "{check_id}"\n  try: {error.args[0] or "briefpack explain"}', err=True)
        return 2
    click.echo(f"{check.id}: {check.severity}, {_judged(check.of, check.editions)}")
    click.echo(f"  why: {check.reason}\n  try: {check.hint}")
    if check.remedy:
        click.echo(textwrap.fill(check.remedy, 100, initial_indent="  ", subsequent_indent="  "))
    return 0


def _judged(of: str, editions: tuple[Edition, ...]) -> str:
    """Return what a check applies to: the brief, or certain editions."""
    return "the brief" if of == "brief" else ", ".join(editions)


@main.command("find")
@click.argument("words", nargs=-1, required=True)
@click.option("--brief", help="The brief whose electorates are searched.")
@JSON
@_command
def find(*, words: tuple[str, ...], brief: str | None, as_json: bool) -> int:
    """Find an electorate by postcode, address, suburb, member or name, with its office and documents.

    Each answer is certain, likely or possible.
    """
    from briefpack import electorates
    from briefpack.cli import answers
    from briefpack.electorates import directory, search

    here = _project()
    name, typed, width = here.brief(brief), " ".join(words), shutil.get_terminal_size().columns
    known = directory.load(here, electorates.load(here, directory.set_of(here, name)))
    answer = search.search(known, typed)
    if as_json:
        click.echo(json.dumps(answers.plain(here, name, answer), indent=2, ensure_ascii=False))
    else:
        for line in answers.lines(here, name, known, answer, width):
            click.echo(line)
    for line in answers.nothing(answer, typed, width) if not answer.hits else ():
        click.echo(line, err=True)
    return 0 if answer.hits else int(Owner.COMMAND)


def _group(loaded: "LoadedBrief") -> "ElectorateSet":
    if loaded.group is None:
        raise Problems(
            [Problem(loaded.tree.path, 1, "the brief is for no electorate set", "add electorates: with its name")]
        )
    return loaded.group


@main.command("list")
@click.argument("what", type=click.Choice(["asks", "charts", "layouts", "briefs", "electorates"]))
@BRIEF
@JSON
@_command
def list_(*, what: str, brief: str | None, as_json: bool) -> int:
    """List asks, charts, layouts, briefs or electorates: an id and what it is."""
    here = _project()
    rows = LISTS[what](here, brief)
    if as_json:
        click.echo(json.dumps([{"id": name, "title": title} for name, title in rows], indent=2, ensure_ascii=False))
    else:
        width = max((len(name) for name, _ in rows), default=0)
        for name, title in rows:
            click.echo(f"{name:{width}}  {title}".rstrip())
    return 0


def _loaded(here: Project, brief: str | None) -> "LoadedBrief":
    from briefpack import charts, plan

    return plan.read_brief(here, here.brief(brief), charts.kinds(here.root / "charts"))


def _list_asks(here: Project, brief: str | None) -> list[tuple[str, str]]:
    from briefpack.brief import figures, markdown

    loaded = _loaded(here, brief)
    book = figures.Ledger(loaded.brief)
    return [(ask.id, markdown.plain(ask.title, book)) for ask in loaded.brief.asks]


def _list_charts(here: Project, brief: str | None) -> list[tuple[str, str]]:
    from briefpack.brief import figures, markdown

    loaded = _loaded(here, brief)
    book, charts = figures.Ledger(loaded.brief), loaded.brief.charts.items()
    return [(name, f"{chart.kind}: {markdown.plain(chart.finding, book)}") for name, chart in charts]


def _list_layouts(here: Project, _brief: str | None) -> list[tuple[str, str]]:
    from briefpack import layout

    return [(name, layout.load(here, name, "screen").layout.title) for name in here.layouts]


def _list_briefs(here: Project, _brief: str | None) -> list[tuple[str, str]]:
    return [(name, _titled(here, name)) for name in here.briefs]


def _titled(here: Project, name: str) -> str:
    """Return a brief's title; if it has problems, return how to see them instead."""
    try:
        return _loaded(here, name).brief.title
    except Problems as error:
        return f"({_counted(len(error.problems), 'problem', 'problems')}: briefpack check {name})"


def _list_electorates(here: Project, brief: str | None) -> list[tuple[str, str]]:
    from briefpack.cli import answers

    group = _group(_loaded(here, brief))
    return [
        (each.slug, f"{each.name}, {each.state.code}: {answers.styled(each.member) if each.member else 'no member'}")
        for each in group.electorates
    ]


LISTS = {
    "electorates": _list_electorates,
    "asks": _list_asks,
    "charts": _list_charts,
    "layouts": _list_layouts,
    "briefs": _list_briefs,
}


@main.command("new")
@click.argument("name")
@_command
def new(*, name: str) -> int:
    """Make briefs/NAME: a small brief that builds, to write over."""
    from briefpack import schema

    here = _project()
    folder = here.root / "briefs" / name
    faults = schema.read(schema.Named, {"id": name})[1]
    if faults:
        raise Problems(Problem(f"briefs/{name}", None, fault.message, fault.hint, Owner.COMMAND) for fault in faults)
    if folder.exists():
        raise Problems([Problem(f"briefs/{name}", None, "it is there already", "another name", Owner.COMMAND)])
    starter = here.root / "briefs" / "_starter"
    if not (starter / "brief.yaml").is_file():
        said, hint = "there is no brief to begin from", "copy briefs/_starter/ from where briefpack came from"
        raise Problems([Problem("briefs/_starter/brief.yaml", None, said, hint)])
    shutil.copytree(starter, folder)
    path = folder / "brief.yaml"
    text = path.read_text(encoding="utf-8")
    today = datetime.datetime.now().astimezone().date()
    text = re.sub(r"(?m)^date: \S+", f"date: {today}", text)
    path.write_text(text, encoding="utf-8")
    click.echo(f"Made briefs/{name}/brief.yaml. Write over it, then: briefpack build {name}")
    return 0


@main.command("schema")
@_command
def schema() -> int:
    """Write briefs/brief.schema.json, by which an editor completes and underlines a brief."""
    from briefpack import schema
    from briefpack.brief.model import Brief

    here = _project()
    path = here.root / "briefs" / "brief.schema.json"
    path.write_text(json.dumps(schema.schema(Brief), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"Made {here.shown(path)}.")
    return 0
