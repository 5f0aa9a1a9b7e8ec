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
from briefpack.plan import locales
from briefpack.project import Project
from briefpack.text import numbers, words, yaml_lines
from projects import REPOSITORY

DRAFTS = Path(__file__).parents[1] / "importing/drafts"
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
    return load.model(yaml_lines.parse(imported.text, "brief.yaml"), locale_of(imported))


def locale_of(imported):
    """Return the locale that a brief names."""
    language = data(imported).get("language", "en-AU")
    return locales.read(Project(REPOSITORY), yaml_lines.parse_parts(f"language: {language}\n", "brief.yaml"))[0]


NOT_PRINTED = {"id", "theme", "website", "source"}


def printed(imported):
    """Return the words of a brief's texts in the order in which they print, with its figures written out."""
    found, read = brief(imported), data(imported)
    ledger = Ledger(found, locale_of(imported))
    texts = []
    notes = re.compile(r"\[\^[^\]]*\]")
    for part in in_order(read):
        for loc, text in yaml_lines.texts(part):
            shown = f"{{{text}}}" if loc[-1] == "amount" else text
            shown = _image(read["images"][text]) if loc[-1] == "image" else shown
            shown = numbers.date(found.date, locale_of(imported)) if loc == ("date",) else shown
            texts += [] if loc[-1] in NOT_PRINTED else [ledger.fill(notes.sub("", shown))]
    return [word for text in texts for word in folded(text)]


def _image(image):
    return " ".join(dict.fromkeys(image[key] for key in ("alt", "caption") if key in image))


def in_order(read):
    """Yield the parts of a brief in the order in which they print: a theme, then its asks and its case studies."""
    yield {key: read[key] for key in ("title", "subject", "organisation", "date", "label") if key in read}
    yield from (read.get("foreword", {}), read.get("sections", []))
    pieces = [(key, each) for key in ("asks", "case_studies") for each in read.get(key, [])]
    yield [each for _, each in pieces if "theme" not in each]
    for theme in read.get("themes", []):
        yield theme
        yield [each for _, each in pieces if each.get("theme") == theme["id"]]
    yield from (read.get("appendices", []), read.get("glossary", []))
    yield [*read.get("sources", {}).values()]
    yield read.get("contacts", [])


def folded(text):
    """Return the words of a text as they are compared: without currencies, which a figure writes in full."""
    return words.fold(text.replace("AU$", "$"))


def spoken(name, *, notes=False):
    """Return the words of a draft in order, as pandoc reads them; a table of asks column by column."""
    tree = json.loads(pypandoc.convert_file(str(DRAFTS / name), "json", extra_args=["--sandbox"]))
    start = [part for key in ("title", "subtitle") for part in (tree["meta"].get(key, []), {"t": "Space"})]
    text = "".join(_strings([*start, tree["blocks"]], notes))
    return folded(re.sub(r"\[\d+(?:, \d+)*\]", "", text))


def _strings(node, notes):
    """Yield the words inside a node of pandoc's tree, with a space between its paragraphs."""
    kind, inside = (node.get("t"), node.get("c", [])) if isinstance(node, dict) else (None, node)
    if kind == "Table":
        _, caption, _, (_, head), bodies, _ = inside
        rows = [[cell[-1] for cell in row[1]] for row in (*head, *(row for body in bodies for row in body[3]))]
        yield from _strings(
            [caption, [list(each) for each in zip(*rows, strict=True)] if "$" in str(head) else rows], notes
        )
    elif kind in ("Str", "Code"):
        yield inside if kind == "Str" else inside[1]
    elif kind == "Superscript" or (kind == "Note" and not notes):
        # The mark of a note.
        yield " "
    elif kind in ("Space", "SoftBreak", "LineBreak", "Para", "Plain", "Header", "Note"):
        yield " "
        yield from _strings(inside, notes)
        yield " "
    elif kind == "Figure":
        yield from _strings({"t": "Para", "c": inside[1]}, notes)
    elif isinstance(inside, list):
        for each in inside:
            yield from _strings(each, notes)
