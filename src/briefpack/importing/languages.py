"""Find the language of a draft, and choose the project's language for it."""

import re
from collections.abc import Iterable

from briefpack.importing.archive import Archive

DEFAULT = "en-AU"
WORD = re.compile(rb'<w:lang\b[^>]*\bw:val="([A-Za-z-]{2,12})"')
OPEN_DOCUMENT = re.compile(rb'fo:language="([a-z]{2,3})"[^>]*?fo:country="([A-Za-z]{2})"')
CHINESE = {"zh-cn": "zh-hans", "zh-sg": "zh-hans", "zh": "zh-hans"}


def tag(archive: Archive | None, said: str) -> str:
    """Return the tag of a draft's language, such as fr-FR: what it says itself, or what its styles say."""
    if said or archive is None:
        return said
    if found := WORD.search(archive.parts.get("word/styles.xml", b"")):
        return found[1].decode()
    found = OPEN_DOCUMENT.search(archive.parts.get("styles.xml", b""))
    return f"{found[1].decode()}-{found[2].decode()}" if found else ""


def choose(tag: str, known: Iterable[str]) -> str:
    """Return the project's language for a tag: the same one, or one of its family, or the default."""
    names = {name.lower(): name for name in sorted(known)}
    exact = CHINESE.get(tag.lower(), tag.lower())
    family = exact.partition("-")[0]
    if exact in names:
        return names[exact]
    if not family or DEFAULT.startswith(f"{family}-"):
        return DEFAULT
    return next((name for low, name in names.items() if low.partition("-")[0] == family), DEFAULT)
