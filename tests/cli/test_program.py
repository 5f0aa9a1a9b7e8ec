"""The program as a whole: its help, its project, and mistakes on the command line."""

import re

import click
import pytest
from click.testing import CliRunner

from briefpack import __version__, cli


def test_prints_the_version():
    assert CliRunner().invoke(cli.main, ["--version"]).stdout == f"briefpack, version {__version__}\n"


@pytest.mark.parametrize("name", cli.main.commands)
def test_every_command_and_each_of_its_options_has_help(name):
    result = CliRunner().invoke(cli.main, [name, "-h"])
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    described = cli.main.commands[name]
    assert described.help
    assert all(option.help for option in described.params if isinstance(option, click.Option))


def test_help_lists_the_commands_in_the_order_of_the_work():
    listed = re.findall(r"(?m)^  ([a-z][a-z-]+) +[A-Z]", CliRunner().invoke(cli.main, ["-h"]).stdout)
    assert listed == list(cli.main.commands)
    assert listed[:3] == ["new", "check", "build"]


def test_refuses_a_folder_outside_any_project(tmp_path):
    result = CliRunner().invoke(cli.main, ["--project", str(tmp_path), "build"])
    assert result.exit_code == 2
    assert "this isn't a project: neither this folder nor any above it has briefs/ and layouts/" in result.stderr


def test_asks_for_the_layout_in_the_brief_if_there_are_two(command, project, copy_layout):
    copy_layout(project)
    result = command("build")
    assert result.exit_code == 3
    assert (
        "the brief must name its layout, because the project has several\n  try: add layout: other or tiny"
        in result.stderr
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("title: Safe crossings\n".encode("utf-16"), "the file is not UTF-8 text"),
        (b"Dear all,\n\nwe want one thing: money: today.\n", "the YAML isn't valid here"),
    ],
)
def test_asks_a_file_that_is_no_brief_for_no_layout(command, copy_layout, project, data, said):
    copy_layout(project)
    (project.root / "briefs/tiny/brief.yaml").write_bytes(data)
    printed = command("check").stderr
    assert said in printed
    assert "layout" not in printed


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("build", "tinny"), 2, 'there is no brief called "tinny"\n  try: tiny'),
        (("build", "--layout", "tinny"), 2, 'there is no layout called "tinny"\n  try: tiny'),
        (
            ("build", "--ask", "slow-street"),
            2,
            'there is no ask called "slow-street"\n  try: slow-streets or crossing-fund',
        ),
        (("build", "--jobs", "0"), 2, "--jobs"),
        (("bild",), 2, "bild"),
        (("list", "everything"), 2, "everything"),
    ],
)
def test_refuses_a_mistake_on_the_command_line(command, words, code, said):
    result = command(*words)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "at", ["briefs/tiny/brief.yaml", "briefs/tiny/brief.yaml:first", "briefs/gone.yaml:1", "/etc/hosts:1"]
)
def test_a_preview_begins_at_a_line_of_a_file_of_the_project(command, at):
    result = command("preview", "--at", at)
    assert result.exit_code == 2
    assert f"--at {at}: name a file of this project and a line" in result.stderr
