"""Install the large fonts that `fonts/packages.yaml` records: `briefpack fonts add`."""

from pathlib import Path

import click

from briefpack.cli import options
from briefpack.cli.command import command
from briefpack.problem import Owner, Problem, Problems, nearest


@click.group("fonts")
def fonts() -> None:
    """Install fonts that are too large to come with briefpack."""


@command("add")
@click.argument("name")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The font's npm package as a file (.tgz), for a computer without a network.",
)
def add(name: str, source: Path | None) -> int:
    """Install a font: noto-sans-sc, for Chinese.

    It is downloaded from the npm registry, or from the one that NPM_CONFIG_REGISTRY or ~/.npmrc names. Nothing is
    installed unless the package has the hash that fonts/packages.yaml records.
    """
    from briefpack.layout import added_fonts, font_packages

    here = options.project()
    known = added_fonts.read(here.root)
    if name not in known:
        hint = nearest(name, known) or "add it to fonts/packages.yaml"
        raise Problems([Problem(name, None, "fonts/packages.yaml has no font of that name", hint, Owner.COMMAND)])
    package = known[name]
    data = font_packages.from_file(source) if source else font_packages.download(package)
    files = font_packages.checked(package, data, str(source or package.package))
    font_packages.install(here.root, name, files)
    size_mb = sum(map(len, files.values())) / 1_000_000
    click.echo(f"Installed {package.family} {package.version} in fonts/{added_fonts.ADDED}/{name} ({size_mb:.0f} MB).")
    return 0


fonts.add_command(add)
