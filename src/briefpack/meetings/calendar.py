"""Write a meeting as an entry for a calendar (RFC 5545), at the time of whatever place it is in."""

import datetime

from briefpack.brief import markdown
from briefpack.plan import LoadedBrief, Meeting

MOST_OCTETS = 74
"""The most octets of a line, without the space that continues it (RFC 5545, 3.1)."""


def entry(meeting: Meeting, loaded: LoadedBrief) -> bytes:
    """Return the file of one meeting; without a time, it takes the whole day."""
    names = ", ".join(each.styled for each in meeting.recipients)
    title = f"{markdown.plain(loaded.brief.title, loaded.ledger)}: {names}"
    if meeting.time:
        ends = meeting.starts + datetime.timedelta(minutes=meeting.minutes)
        when = [f"DTSTART:{meeting.starts:%Y%m%dT%H%M%S}", f"DTEND:{ends:%Y%m%dT%H%M%S}"]
    else:
        when = [f"DTSTART;VALUE=DATE:{meeting.date:%Y%m%d}"]
    who = "; ".join(f"{each.name} ({each.role})" if each.role else each.name for each in meeting.people)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//briefpack//meetings//EN", "BEGIN:VEVENT",
        f"UID:{meeting.folder}@{loaded.name.rpartition('/')[2]}.briefpack",
        # A file made again from the same row is the same file.
        f"DTSTAMP:{meeting.date:%Y%m%d}T000000Z",
        *when, f"SUMMARY:{_escaped(title)}",
        *([f"LOCATION:{_escaped(meeting.place)}"] if meeting.place else []),
        *([f"DESCRIPTION:{_escaped(who)}"] if who else []),
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _escaped(text: str) -> str:
    """Return a text with the signs escaped that separate values (RFC 5545, 3.3.11)."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line broken so that no part of it is too long, and no letter is cut in two."""
    parts, length = [""], 0
    for letter in line:
        size = len(letter.encode())
        if length + size > MOST_OCTETS:
            parts.append("")
            length = 0
        parts[-1] += letter
        length += size
    return "\r\n ".join(parts)
