"""Read the guides: their sections, fenced blocks, tables and names in backticks."""

import re
from dataclasses import dataclass
from pathlib import Path

from projects import REPOSITORY

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"<!-- (.*?) -->\n\Z")
HEADING = re.compile(r"^(#{1,6}) (.*)$", re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Fence:
    """A fenced block: its language, text and line, the heading above it, and the comment on the line before it."""

    guide: str
    line: int
    language: str
    text: str
    heading: str
    comment: str

    @property
    def name(self) -> str:
        """Return the place of the block, for a test's name."""
        return f"{self.guide}:{self.line}"


@dataclass(frozen=True)
class Section:
    """A heading with its level, and the text down to the next heading of that level or above."""

    level: int
    heading: str
    text: str


def paths() -> list[Path]:
    """Return the guides: the Markdown files of the project's folders, and those of its parts."""
    patterns = ("*.md", "*/*.md", "briefs/electorates/*.md", "briefs/_examples/*.md", "briefs/_guide/*.md")
    found = [path for pattern in patterns for path in REPOSITORY.glob(pattern) if path.parent.name[:1] != "."]
    return sorted(path for path in found if path.name != "CHANGELOG.md")


def pages(guide: str) -> list[str]:
    """Return the pages of a guide, by its path in the project: those in its folder, or the guide if it is one file."""
    path = REPOSITORY / guide
    return sorted(page.relative_to(REPOSITORY).as_posix() for page in path.glob("*.md")) if path.is_dir() else [guide]


def read(guide: str) -> str:
    """Return the text of a guide, with all of its pages."""
    return "\n".join((REPOSITORY / page).read_text(encoding="utf-8") for page in pages(guide))


def everything() -> str:
    """Return the text of all the guides."""
    return "\n".join(path.read_text(encoding="utf-8") for path in paths())


def fences(guide: str, *languages: str) -> list[Fence]:
    """Return the fenced blocks of a guide's pages in these languages."""
    return [fence for page in pages(guide) for fence in _fences(page) if fence.language in languages]


def _fences(page: str) -> list[Fence]:
    text, found = read(page), []
    for block in FENCE.finditer(text):
        before = FENCE.sub("", text[: block.start()])
        headings = [heading[1] for heading in HEADING.findall(before)]
        comment = COMMENT.search(text[: block.start()])
        line = text[: block.start()].count("\n") + 1
        found.append(
            Fence(page, line, block[1], block[2], headings[-1] if headings else "", comment[1] if comment else "")
        )
    return found


def every_fence(*languages: str) -> list[Fence]:
    """Return the fenced blocks of all the guides in these languages."""
    guides = (path.relative_to(REPOSITORY).as_posix() for path in paths())
    return [fence for guide in guides for fence in fences(guide, *languages)]


def sections(guide: str) -> list[Section]:
    """Return the sections of a guide."""
    text = FENCE.sub(lambda block: "\n" * block[0].count("\n"), read(guide))
    heads = list(HEADING.finditer(text))
    found = []
    for index, head in enumerate(heads):
        below = [after.start() for after in heads[index + 1 :] if len(after[1]) <= len(head[1])]
        found.append(Section(len(head[1]), head[2], text[head.end() : below[0] if below else len(text)]))
    return found


def rows(text: str) -> list[tuple[str, ...]]:
    """Return the rows of the tables in a text, each as its cells."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not re.fullmatch(r"[|\s:-]+", line)]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]


def spans(text: str) -> set[str]:
    """Return what stands in backticks in a text, outside its fenced blocks."""
    return set(SPAN.findall(FENCE.sub("", text)))


def names(text: str) -> set[str]:
    """Return the names in backticks in a text, without the colon, the brackets or the values that follow them."""
    return {found for span in spans(text) if (found := re.split(r"[:=(\s,]", span.strip("{} "))[0])}


def words(text: str) -> set[str]:
    """Return every word in backticks in a text."""
    return {word for span in spans(text) for word in re.findall(r"--[\w-]+|[\w-]+", span)}
