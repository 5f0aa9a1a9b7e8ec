"""Explain the checks: `briefpack explain`."""

import textwrap

import click

from briefpack.cli.command import command


@command("explain")
@click.argument("check_id", metavar="[CHECK-ID]", required=False)
def explain(*, check_id: str | None) -> int:
    """Explain why a check exists and how to fix what it finds.

    Without CHECK-ID, this lists the checks.
    """
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


def _judged(of: str, editions: tuple[str, ...]) -> str:
    """Return what a check applies to: the brief, or certain editions."""
    return "the brief" if of == "brief" else ", ".join(editions)
