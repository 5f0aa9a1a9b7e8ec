"""Start a brief, and write the schema for editors: `briefpack new` and `briefpack schema`."""

import datetime
import json
import re
import shutil

import click

from briefpack.cli import options
from briefpack.cli.command import command
from briefpack.problem import Owner, Problem, Problems


@command("new")
@click.argument("name")
def new(*, name: str) -> int:
    """Start a new brief.

    The folder briefs/NAME gets a short, complete example, with notes on how to change it.
    """
    from briefpack import schema as schemas

    here = options.project()
    folder = here.root / "briefs" / name
    faults = schemas.read(schemas.Named, {"id": name})[1]
    if faults:
        raise Problems(Problem(f"briefs/{name}", None, fault.message, fault.hint, Owner.COMMAND) for fault in faults)
    if folder.exists():
        raise Problems(
            [Problem(f"briefs/{name}", None, "there is already a brief with this name", "another name", Owner.COMMAND)]
        )
    starter = here.root / "briefs" / "_starter"
    if not (starter / "brief.yaml").is_file():
        message, hint = "the example brief is missing", "copy briefs/_starter/ from briefpack's repository"
        raise Problems([Problem("briefs/_starter/brief.yaml", None, message, hint)])
    shutil.copytree(starter, folder)
    path = folder / "brief.yaml"
    text = path.read_text(encoding="utf-8")
    today = datetime.datetime.now().astimezone().date()
    text = re.sub(r"(?m)^date: \S+", f"date: {today}", text)
    path.write_text(text, encoding="utf-8")
    click.echo(f"Made briefs/{name}/brief.yaml. Edit it, then run: briefpack build {name} --open")
    return 0


@command("schema")
def schema() -> int:
    """Write the schema that lets editors complete and check a brief.

    It is briefs/brief.schema.json. Write it again after you update briefpack.
    """
    from briefpack import schema as schemas
    from briefpack.brief.model import Brief

    here = options.project()
    path = here.root / "briefs" / "brief.schema.json"
    path.write_text(json.dumps(schemas.schema(Brief), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"Made {here.shown(path)}.")
    return 0
