"""Imported drafts, for several tests."""

import datetime
import functools
import json
import re
from pathlib import Path

import pypandoc
import yaml

from briefpack import importing
from briefpack.brief import load
from briefpack.brief.figures import Ledger
from briefpack.project import Project
from briefpack.text import words, yaml_lines
from projects import REPOSITORY, english

DRAFTS = Path(__file__).parent / "importing/drafts"
TODAY = datetime.date(2026, 7, 1)


@functools.cache
def draft(name):
    """Return a draft of the folder as imported."""
    return of_file(DRAFTS / name)


def of_file(path):
    return importing.read(path, path.name, Project(REPOSITORY), "ijm", TODAY)


def of_text(folder, text):
    """Return a draft in Markdown as imported."""
    path = folder / "draft.md"
    path.write_text(text, encoding="utf-8")
    return of_file(path)


def data(imported):
    """Return the brief as plain data."""
    return yaml.load(imported.text, Loader=yaml.BaseLoader)  # noqa: S506 -- scalars as text, as the engine reads them


def brief(imported):
    """Return the brief as the engine reads it."""
    return load.model(yaml_lines.parse(imported.text, "brief.yaml"), english())


NOT_PRINTED = {"id", "theme", "website", "legislation", "source"}


def printed(imported):
    """Return the words of a brief's texts in the order in which they print, with its figures written out."""
    found, read = brief(imported), data(imported)
    ledger = Ledger(found, english())
    texts = []
    for part in in_order(read):
        for loc, text in yaml_lines.texts(part):
            shown = f"{{{text}}}" if loc[-1] == "amount" else text
            shown = read["images"][text]["alt"] if loc[-1] == "image" else shown
            texts += [] if loc[-1] in NOT_PRINTED else [ledger.fill(re.sub(r"\[\^[^\]]*\]", "", shown))]
    return [word for text in texts for word in folded(text)]


def in_order(read):
    """Yield the parts of a brief in the order in which they print: a theme, then its asks and its case studies."""
    yield {key: read[key] for key in ("title", "subject", "organisation", "label") if key in read}
    yield from (read.get("foreword", {}), read.get("sections", []))
    pieces = [(key, each) for key in ("asks", "case_studies") for each in read.get(key, [])]
    yield [each for _, each in pieces if "theme" not in each]
    for theme in read.get("themes", []):
        yield theme
        yield [each for _, each in pieces if each.get("theme") == theme["id"]]
    yield from (read.get("appendices", []), read.get("glossary", []), read.get("contacts", []))


def folded(text):
    """Return the words of a text as they are compared: without currencies, which a figure writes in full."""
    return words.fold(text.replace("AU$", "$"))


def spoken(name):
    """Return the words of a draft without its notes, in order, as pandoc reads them: a table column by column."""
    tree = json.loads(pypandoc.convert_file(str(DRAFTS / name), "json", extra_args=["--sandbox"]))
    start = [part for key in ("title", "subtitle") for part in (tree["meta"].get(key, []), {"t": "Space"})]
    return folded("".join(_strings([*start, tree["blocks"]])))


def _strings(node):
    if isinstance(node, list):
        for each in node:
            yield from _strings(each)
    elif isinstance(node, dict) and node.get("t") == "Table":
        _, caption, _, (_, head), bodies, _ = node["c"]
        rows = [[cell[-1] for cell in row[1]] for row in (*head, *(row for body in bodies for row in body[3]))]
        yield from _strings([caption, [*zip(*rows, strict=True)]])
    elif isinstance(node, tuple):
        yield from _strings([*node])
    elif isinstance(node, dict) and node.get("t") == "Figure":
        yield from _strings([{"t": "Para", "c": node["c"][1]}])
    elif isinstance(node, dict) and node.get("t") in ("Str", "Code", "Math"):
        yield node["c"] if node["t"] == "Str" else node["c"][1]
    elif isinstance(node, dict) and node.get("t") in (
        "Space",
        "SoftBreak",
        "LineBreak",
        "Para",
        "Plain",
        "Header",
        "Note",
    ):
        yield " "
        yield from _strings(node.get("c", []) if node["t"] != "Note" else [])
        yield " "
    elif isinstance(node, dict):
        yield from _strings(node.get("c", []))
