"""Read the sample brief after some edits, and list the messages of the warnings about it."""

from briefpack import schema
from briefpack.brief import review
from briefpack.brief.model import Brief
from briefpack.text import yaml_lines
from projects import REPOSITORY, english

LOCALE = english()
BRIEF = (REPOSITORY / "tests/sample/briefs/tiny/brief.yaml").read_text(encoding="utf-8")
REPLACED = "Their drivers *can* slow down."


def read(*edits: tuple[str, str]) -> tuple[Brief, yaml_lines.Tree]:
    """Return the sample brief after some edits, each of a text that it has once."""
    text = BRIEF
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    tree = yaml_lines.parse(text, "brief.yaml")
    return schema.read_tree(Brief, tree), tree


def warned(*edits: tuple[str, str]) -> list[str]:
    """Return the messages of the warnings about a brief after some edits, without their locations.

    A figure may be in the edits alone, so those that are never printed aren't listed; nor is an edited date that the
    alternative text of its timeline doesn't have.
    """
    messages = (problem.message.split(": ", 1)[-1] for problem in review.warn(*read(*edits), LOCALE))
    return [each for each in messages if each != "this figure is never printed" and not each.endswith("date of no row")]


def in_a_text(words: str) -> list[str]:
    """Return the messages of the warnings about words in a text of the body."""
    return warned(
        (f"- text: Cars drove {{speed-before}} km an hour near schools.[^road-report] {REPLACED}", block(words))
    )


def block(words: str) -> str:
    """Return a block of the body with some words as its second paragraph."""
    lines = "\n".join(f"          {line}" for line in words.split("\n"))
    return f"- text: |\n          Cars drove {{speed-before}} km an hour.[^road-report]\n\n{lines}"
