"""Reads the finished documents of a whole country without the engine's code, and looks for misplaced values."""

import csv
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from projects import copy_frozen

BRIEF, ROWS = "ijm-federal-2025", "briefs/electorates/au-federal-2025/electorates.csv"

pytestmark = pytest.mark.part(name="country")


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """Build every document of the frozen brief; return their folder, and the rows of the electorates by slug."""
    root = tmp_path_factory.mktemp("country") / "project"
    copy_frozen(root)
    command = [sys.executable, "-c", "from briefpack.cli import main; main()", "--project", str(root), "build", BRIEF]
    subprocess.run([*command, "--layout", "ijm", "--all", "--quiet"], check=True)  # noqa: S603 -- this Python
    with (root / ROWS).open(encoding="utf-8-sig", newline="") as file:
        rows = {row["slug"]: row for row in csv.DictReader(file)}
    [folder] = {path.parents[1] for path in root.glob("out/**/*.pdf")}
    return folder, rows


def squeezed(text):
    """Return only the letters and digits of a text, in lower case, which typesetting can't change."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def belongings(row):
    """Return the values in an electorate's row: members, office, telephone number and e-mail address."""
    street = row["office_address"].rpartition(",")[2]
    values = [row["member"], row["current_member"], street, row["office_address"], row["office_phone"], row["email"]]
    return {squeezed(value): value for value in values if value and value != "vacant"}


def read(path):
    """Return the text of a file's pages and every string in the file."""
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    with pikepdf.open(path) as pdf:
        for each in (*pdf.objects, pdf.trailer):
            texts += strings(each)
        texts.append(pdf.Root.Metadata.read_bytes().decode("utf-8"))
    return "\n".join(texts)


def strings(thing, depth=0):
    """Yield every string of a PDF object and of the objects directly in it."""
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array) and depth < 9:
        for each in thing:
            if not getattr(each, "is_indirect", False):
                yield from strings(each, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and depth < 9:
        for each in (thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing).values():
            if not getattr(each, "is_indirect", False):
                yield from strings(each, depth + 1)


def misplaced(texts, own, rows):
    """Return the values of other electorates in the text of a document."""
    text = squeezed(texts)
    mine = "\n".join(belongings(rows[own])) if own in rows else ""
    theirs = {value: shown for slug, row in rows.items() if slug != own for value, shown in belongings(row).items()}
    return [shown for value, shown in theirs.items() if value in text and value not in mine]


def test_prints_no_value_of_another_electorate(country):
    folder, rows = country
    paths = sorted(folder.rglob("*.pdf"))
    assert len(paths) == 8 * (len(rows) + 1)
    wrong = {}
    for path in paths:
        texts, own = read(path), path.parent.name
        if found := misplaced(texts, own, rows):
            wrong[path.name] = found
        member = rows[own]["current_member"] or rows[own]["member"] if own in rows else ""
        if path.name.endswith("-pack.pdf") and member != "vacant" and squeezed(member) not in squeezed(texts):
            wrong[path.name] = f"its own member, {member}, isn't in it"
    assert wrong == {}


def print_it(pdf, words):
    page = pdf.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    name = str(page.add_resource(font, pikepdf.Name.Font)).encode()
    page.contents_add(b"BT %b 9 Tf 60 20 Td %b Tj ET" % (name, pikepdf.String(words).unparse()))


def bookmark_it(pdf, words):
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(words, 0))


def link_it(pdf, words):
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(f"mailto:{words}"))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[1, 1, 9, 9], A=action)
    pdf.pages[0].Annots = pikepdf.Array([*pdf.pages[0].get("/Annots", []), pdf.make_indirect(link)])


def say_it(pdf, words):
    pdf.docinfo["/Subject"] = words


@pytest.mark.parametrize("doctor", [print_it, bookmark_it, link_it, say_it])
@pytest.mark.parametrize("column", ["current_member", "office_address", "office_phone", "email"])
def test_finds_values_of_another_electorate_in_a_doctored_document(country, tmp_path, doctor, column):
    folder, rows = country
    path = Path(shutil.copy(folder / "bean/bean-pack.pdf", tmp_path))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        doctor(pdf, rows["wills"][column])
        pdf.save(path)
    assert rows["wills"][column] in misplaced(read(path), "bean", rows)
