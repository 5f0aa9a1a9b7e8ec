"""Send a brief's words to a colleague, and take the edits back: `briefpack review`."""

from pathlib import Path

import click

from briefpack import store
from briefpack.cli import messages, options
from briefpack.cli.command import command
from briefpack.problem import Problems


@command("review")
@click.argument("what", required=False, metavar="[BRIEF|FILE.docx]")
@click.option("--apply", "applies", is_flag=True, help="Write the edits in the file into the brief.")
@options.OUT
@options.JSON
def review(*, what: str | None, applies: bool, out: Path | None, as_json: bool) -> int:
    """Write a brief's words as a Word file for a colleague, or list the edits in such a file.

    Each text is under the name of its field. With --apply, the edits are written into brief.yaml, and its comments and
    its order stay. A text that has changed in the brief meanwhile is left as it is, and named.
    """
    here = options.project()
    if what is None or not what.lower().endswith(".docx"):
        if applies:
            raise click.UsageError("--apply needs the file with the edits")
        return _write(here.brief(what), out or here.root / "out", as_json=as_json)
    from briefpack.importing import edits

    brief, found = edits.read(here, Path(what), what)
    if applies and found.edits:
        path = here.root / "briefs" / brief / "brief.yaml"
        store.write(path, edits.apply(here, brief, found.edits).encode())
    if as_json:
        listed = [
            {"field": each.field, "line": each.line, "before": "\n".join(each.before), "after": "\n".join(each.after)}
            for each in found.edits
        ]
        messages.print_records(found.problems, brief=brief, edits=listed, applied=applies)
    else:
        for each in found.edits:
            click.echo(f"{each.field} (briefs/{brief}/brief.yaml:{each.line})")
            for sign, lines, others in (("-", each.before, each.after), ("+", each.after, each.before)):
                for line in lines:
                    if line not in others:
                        click.echo(f"  {sign} {line}")
        messages.print_problems(found.problems)
        made = " written in" if applies and found.edits else ""
        count = messages.counted(len(found.edits), "edit") if found.edits else "No edits"
        click.echo(f"{count}{made}: briefs/{brief}/brief.yaml")
    return Problems(found.problems).exit_code if found.problems else 0


def _write(brief: str, out: Path, *, as_json: bool) -> int:
    from briefpack.importing import edits

    here = options.project()
    path = out / brief / f"{brief.rpartition('/')[2]}-review.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    store.write(path, edits.write(here, brief))
    if as_json:
        messages.print_records((), path=messages.near(path))
    else:
        then = messages.typed(f"briefpack review {messages.near(path)}")
        click.echo(f"Made {messages.near(path)}. Have it edited, then run: {then}")
    return 0
