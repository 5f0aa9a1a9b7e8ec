"""Start a brief, and write the schema for editors: `briefpack new` and `briefpack schema`."""

import datetime
import json
import re
import shutil

import click

from briefpack.cli import options
from briefpack.cli.command import command
from briefpack.problem import Owner, Problem, Problems, raise_any
from briefpack.project import Project


@command("new")
@click.argument("name")
def new(*, name: str) -> int:
    """Start a new brief.

    The folder briefs/NAME gets a short, complete example, with notes on how to change it.
    """
    here = options.project()
    _check(here, name)
    path = here.root / "briefs" / name / "brief.yaml"
    shutil.copytree(here.root / EXAMPLE, path.parent)
    today = datetime.datetime.now().astimezone().date()
    text = re.sub(r"(?m)^date: \S+", f"date: {today}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    click.echo(f"Made briefs/{name}/brief.yaml. Edit it, then run: briefpack build {name} --open")
    return 0


EXAMPLE = "briefs/_starter"


def _check(here: Project, name: str) -> None:
    """Raise Problems if there can be no new brief of this name."""
    from briefpack import schema as schemas

    place, faults = f"briefs/{name}", schemas.read(schemas.Named, {"id": name})[1]
    raise_any(Problem(place, None, fault.message, fault.hint, Owner.COMMAND) for fault in faults)
    if (here.root / "briefs" / name).exists():
        message, hint = "there is already a brief with this name", "choose another name"
        raise Problems([Problem(place, None, message, hint, Owner.COMMAND)])
    if not (here.root / EXAMPLE / "brief.yaml").is_file():
        message, hint = "the example brief is missing", f"copy {EXAMPLE}/ from briefpack's repository"
        raise Problems([Problem(f"{EXAMPLE}/brief.yaml", None, message, hint)])


@command("schema")
def schema() -> int:
    """Write the schema that lets editors complete and check a brief.

    It is briefs/brief.schema.json. Write it again after you update briefpack.
    """
    from briefpack import schema as schemas
    from briefpack.brief.model import Brief

    here = options.project()
    path = here.root / "briefs" / "brief.schema.json"
    path.write_text(json.dumps(schemas.json_schema(Brief), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"Made {here.shown(path)}.")
    return 0
