"""Record what was handed out, and list what must be printed again: `briefpack issue` and `briefpack changes`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefpack import store
from briefpack.cli import messages, options
from briefpack.cli.command import command

if TYPE_CHECKING:
    from briefpack.issues import Cause, Change, Comparison, Issue
    from briefpack.plan import LoadedBrief


@command("issue")
@options.BRIEF
@click.option("--note", default="", metavar="TEXT", help="A note to yourself: whom it went to, or why.")
@options.OUT
@options.JSON
def issue(*, brief: str | None, note: str, out: Path | None, as_json: bool) -> int:
    """Record the finished files as handed out.

    The record is in the brief's folder, in issued/. The next build prints the number of the next edition, where the
    layout places it; `briefpack changes` lists the pages that differ from the record.
    """
    from briefpack import issues, plan

    here = options.project()
    loaded = plan.read_brief(here, here.brief(brief))
    place = out or here.root / "out"
    found = issues.current(here, loaded, place, note)
    path = issues.write(here, loaded, place, found)
    if as_json:
        messages.print_records((), number=found.number, path=messages.near(path), documents=[*found.documents])
        return 0
    counts = messages.counted(len(found.documents), "document")
    click.echo(f"Recorded edition {found.number}: {counts}, in {messages.near(path)}")
    return 0


@command("changes")
@options.BRIEF
@click.option(
    "--since", type=click.IntRange(1), metavar="NUMBER", help="The edition to compare with; by default, the last."
)
@click.option("--print-file", "prints", is_flag=True, help="Also make one PDF of the pages to print again.")
@options.OUT
@options.JSON
def changes(*, brief: str | None, since: int | None, prints: bool, out: Path | None, as_json: bool) -> int:
    """List the pages that must be printed again since an edition was handed out, by what has changed.

    Build first: the finished files are compared, word for word. A PDF shows each changed page before and after, side by
    side, with a box round each word that differs.
    """
    from briefpack import issues, plan
    from briefpack.issues import record

    here = options.project()
    loaded = plan.read_brief(here, here.brief(brief))
    place = out or here.root / "out"
    before, after = issues.read(here, loaded, since), issues.current(here, loaded, place)
    found = issues.compare(before, after)
    folder, files = place / loaded.name / "changes", dict[Path, bytes]()
    numbered = record.numbered_words(loaded)
    if shown := issues.beside(found.changed, before, after, place, loaded.name, numbered):
        files[folder / f"since-edition-{before.number}.pdf"] = shown
    if prints and found.changed:
        data = issues.print_file(found.changed, place / loaded.name, loaded.brief.language)
        files[folder / "print-again.pdf"] = data
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        store.write(path, data)
    if as_json:
        messages.print_records((), since=before.number, **_plain(found), files=[messages.near(path) for path in files])
        return 0
    click.echo("\n".join(_lines(found, before, loaded)))
    for path in files:
        click.echo(f"Made {messages.near(path)}")
    return 0


def _plain(found: "Comparison") -> dict[str, Any]:
    changed = [
        {
            "path": each.path, "pages": each.now,
            "edits": [
                {"cause": cause.kind, "of": cause.name, "before": " ".join(edit.before), "after": " ".join(edit.after)}
                for cause, edit in each.edits
            ],
        }
        for each in found.changed
    ]  # fmt: skip
    return {"changed": changed, "new": found.new, "gone": found.gone, "redrawn": found.redrawn, "same": len(found.same)}


def _lines(found: "Comparison", before: "Issue", loaded: "LoadedBrief") -> Iterator[str]:
    """Yield the lines of the report: each cause with its edits and its documents, and what has stayed as it was."""
    from briefpack.issues import comparing

    note = f", {before.note}" if before.note else ""
    total = sum(len(each.now) for each in found.changed)
    again = f"{messages.counted(len(found.changed), 'document')} to print again, {messages.counted(total, 'page')}"
    yield f"Since edition {before.number} ({before.date}{note}): {again if found.changed else 'nothing to print again'}"
    for cause, changes in comparing.grouped(found.changed).items():
        yield f"{HEADS[cause.kind]}{f' {cause.name}' if cause.name else ''}{_line_of(cause.name, loaded)}"
        edits = dict.fromkeys(str(edit) for change in changes for own, edit in change.edits if own == cause)
        yield from (f"  {edit}" for edit in [*edits][:MOST_EDITS])
        if len(edits) > MOST_EDITS:
            yield f"  and {len(edits) - MOST_EDITS} more"
        yield from (f"  {each}" for each in _documents(changes, cause))
    for word, paths in (("New", found.new), ("No longer made", found.gone)):
        if paths:
            yield f"{word}: {messages.named(paths)}"
    if found.redrawn:
        yield f"{messages.counted(len(found.redrawn), 'document')} in a new file with the same words on the same pages: only the look may differ."
    yield f"{messages.counted(len(found.same), 'document')} exactly as handed out."


HEADS = {
    "figure": "A figure:",
    "member": "A member:",
    "text": "A text:",
    "layout": "The layout, a label, or words that moved to another page",
}
MOST_EDITS, MOST_DOCUMENTS = 4, 6


def _line_of(field: str, loaded: "LoadedBrief") -> str:
    loc = tuple(int(part) if part.isdigit() else part for part in field.split("."))
    return f" ({loaded.tree.path}:{loaded.tree.line(loc)})" if loc in loaded.tree.lines else ""


def _documents(changes: "Sequence[Change]", cause: "Cause") -> Iterator[str]:
    for each in changes[:MOST_DOCUMENTS]:
        pages = each.pages_of(cause)
        yield f"{each.path}: page{'s' * (len(pages) > 1)} {', '.join(map(str, pages))}"
    if len(changes) > MOST_DOCUMENTS:
        yield f"and {messages.counted(len(changes) - MOST_DOCUMENTS, 'more document')}"
