"""Write the letters of a meeting as Word files: the request for it, and the thanks afterwards."""

import datetime
import hashlib
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.shared import Cm, Pt

from briefpack.brief import markdown
from briefpack.brief.model import Ask
from briefpack.plan import LoadedBrief, Meeting
from briefpack.text import numbers

LINE = "_" * 60
"""A line to write on."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest date in an archive: a letter made again is the same file."""


def request(meeting: Meeting, loaded: LoadedBrief, asks: Sequence[Ask]) -> bytes:
    """Return the letter that asks for a meeting, with what it would be about and who would come."""
    label = loaded.locale.label
    letter = _begun(meeting, loaded)
    letter.add_paragraph(label("letter-asks", minutes=str(meeting.minutes), moment=_moment(meeting, loaded)))
    letter.add_paragraph(label("letter-about", title=markdown.plain(loaded.brief.title, loaded.ledger)))
    _list(letter, (markdown.plain(ask.asked or ask.title, loaded.ledger) for ask in asks))
    if meeting.people:
        names = (each.name for each in meeting.people)
        letter.add_paragraph(label("letter-people", names=label("comma").join(names)))
    letter.add_paragraph(label("letter-close"))
    return _finished(letter, loaded)


def thanks(meeting: Meeting, loaded: LoadedBrief, asks: Sequence[Ask]) -> bytes:
    """Return the letter of thanks, with what was promised left open."""
    label = loaded.locale.label
    letter = _begun(meeting, loaded)
    letter.add_paragraph(label("letter-thanks", moment=numbers.date(meeting.date, loaded.locale)))
    _list(letter, (markdown.plain(ask.title, loaded.ledger) for ask in asks))
    for promised in ("letter-you-promised", "letter-we-promised"):
        letter.add_paragraph(label(promised))
        _list(letter, (LINE, LINE))
    letter.add_paragraph(label("letter-thanks-close"))
    return _finished(letter, loaded)


def _begun(meeting: Meeting, loaded: LoadedBrief) -> Document:
    """Return a letter with its address and its greeting."""
    letter, label = docx.Document(), loaded.locale.label
    letter.styles["Normal"].font.size = Pt(11)
    section = letter.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    letter.add_paragraph(markdown.plain(loaded.brief.organisation.name, loaded.ledger)).runs[0].bold = True
    for each in meeting.recipients:
        seat = label("member-for", name=each.seat) if each.seat else ""
        letter.add_paragraph("\n".join(filter(None, (each.styled, each.office or seat, each.address))))
    names = (each.salutation or each.name for each in meeting.recipients)
    letter.add_paragraph(label("letter-greeting", names=label("comma").join(names)))
    return letter


def _moment(meeting: Meeting, loaded: LoadedBrief) -> str:
    """Return the day, the time and the place of a meeting, as far as they are known."""
    locale = loaded.locale
    day = f"{numbers.weekday(meeting.date, locale)} {numbers.date(meeting.date, locale)}".strip()
    time = numbers.clock(meeting.time, locale) if meeting.time else ""
    return locale.label("comma").join(filter(None, (day, time, meeting.place)))


def _list(letter: Document, items: Iterable[str]) -> None:
    for each in items:
        letter.add_paragraph(each, style="List Bullet")


def _finished(letter: Document, loaded: LoadedBrief) -> bytes:
    """Return a letter as a file, signed by the brief's first contact."""
    letter.add_paragraph(loaded.locale.label("letter-yours"))
    for contact in loaded.brief.contacts[:1]:
        told = filter(None, (contact.name, contact.role, contact.email, contact.phone))
        letter.add_paragraph("\n\n" + "\n".join(markdown.plain(each, loaded.ledger) for each in told))
    about = letter.core_properties
    about.author, about.language = markdown.plain(loaded.brief.organisation.name, loaded.ledger), loaded.brief.language
    about.created = about.modified = datetime.datetime(*FIRST_DAY, tzinfo=datetime.UTC)
    about.identifier = hashlib.sha256(letter.part.blob).hexdigest()
    made = io.BytesIO()
    letter.save(made)
    return _undated(made)


def hashes(letter: Path | io.BytesIO) -> tuple[str, str]:
    """Return the hash of a letter's words, and that of the words it was written with, which editing leaves as it is.

    A file that can't be read counts as edited.
    """
    try:
        found = docx.Document(str(letter) if isinstance(letter, Path) else letter)
    except (OpcError, OSError, KeyError, ValueError, zipfile.BadZipFile):
        return "", "unknown"
    return hashlib.sha256(found.part.blob).hexdigest(), str(found.core_properties.identifier)


def _undated(made: io.BytesIO) -> bytes:
    """Return an archive whose files have no date of their own."""
    again = io.BytesIO()
    with zipfile.ZipFile(made) as packed, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in packed.namelist():
            copy.writestr(zipfile.ZipInfo(name, FIRST_DAY), packed.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()
