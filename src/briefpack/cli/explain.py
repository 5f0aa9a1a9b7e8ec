"""Explain the checks: `briefpack explain`."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from briefpack.cli.command import command
from briefpack.problem import Owner

if TYPE_CHECKING:
    from briefpack.checks import Check


@command("explain")
@click.argument("check_id", metavar="[CHECK-ID]", required=False)
def explain(*, check_id: str | None) -> int:
    """Explain the reason for a check, and how to fix the problems that it finds.

    Without CHECK-ID, this lists the checks.
    """
    from briefpack import checks

    if check_id is None:
        _print_list(checks.CHECKS)
        return 0
    try:
        _print(checks.by_id(check_id))
    except KeyError as error:
        click.echo(f'there is no check called "{check_id}"\n  try: {error.args[0] or "briefpack explain"}', err=True)
        return int(Owner.COMMAND)
    return 0


def _print_list(checks: Sequence["Check"]) -> None:
    width = max(len(check.id) for check in checks)
    for check in checks:
        click.echo(f"{check.id:{width}}  {check.severity:7}  {_applies_to(check)}")


def _print(check: "Check") -> None:
    click.echo(f"{check.id}: {check.severity}, {_applies_to(check)}\n  why: {check.reason}\n  try: {check.hint}")
    if check.remedy:
        click.echo(textwrap.fill(check.remedy, 100, initial_indent="  ", subsequent_indent="  "))


def _applies_to(check: "Check") -> str:
    """Return the scope of a check: the brief, or certain editions."""
    return "the brief" if check.of == "brief" else ", ".join(check.editions)
