"""Turn what was guessed, and the remarks on a draft, into the open queries of its brief."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefpack.importing import names
from briefpack.importing.draft import Place, Remark
from briefpack.importing.figures import Figure
from briefpack.importing.pictures import Kept
from briefpack.importing.sources import Source
from briefpack.importing.yaml_text import Entry, Group, Line

SENTENCE = 8
"""In words: a note of this length without a title, a date and an address may be a remark."""


@dataclass(frozen=True)
class Query:
    """An open query: its id, its subject and its question."""

    name: str
    about: str
    question: str

    @property
    def entry(self) -> Entry:
        """Return its entry under `queries:`."""
        return Entry(self.name, Group((Entry("about", Line(self.about)), Entry("question", Line(self.question)))))


def named(asked: Iterable[tuple[str, str, str]]) -> tuple[Query, ...]:
    """Return queries of their own ids; each comes with the words for its id, its subject and its question."""
    found: list[Query] = []
    for words, about, question in asked:
        name = names.new(words, {each.name for each in found}, "query")
        found.append(Query(name, plain(about), plain(question)))
    return tuple(found)


def plain(words: str) -> str:
    """Return words on one line, without braces, which would name a figure."""
    return " ".join(words.replace("{", "(").replace("}", ")").split())


def of_remarks(remarks: Iterable[Remark]) -> Iterator[tuple[str, str, str]]:
    """Yield a query for each comment and each tracked change."""
    for remark in remarks:
        who = remark.who or "Somebody"
        about = f"{remark.place}" + (f": “{remark.about}”" if remark.about else "")
        if remark.kind == "comment":
            yield "comment", about, f"{who} commented: “{remark.words}”. What should the text say?"
        elif remark.kind == "insertion":
            yield "insertion", about, f"{who} inserted “{remark.words}”, and the brief includes it. Is that right?"
        else:
            yield "deletion", about, f"{who} deleted “{remark.words}”, and the brief leaves it out. Is that right?"


def of_figure(figure: Figure) -> tuple[str, str, str]:
    """Return the query about a figure that the draft writes in several ways."""
    wordings = ", ".join(f"“{each}”" for each in figure.wordings)
    return f"figure {figure.name}", f"The figure {figure.name}", f"The draft writes {wordings}. Are they one figure?"


def of_source(source: Source) -> tuple[str, str, str] | None:
    """Return the query about a source that has only an address, or only a sentence; None for another one."""
    about = f"The source {source.name}"
    if source.words.strip("<> ") == source.url or (source.url and not source.title and source.publisher in source.url):
        return (
            f"source {source.name}",
            about,
            "The note gives only an address. Who published it, under what title, and when?",
        )
    if not (source.title or source.date or source.url) and len(source.publisher.split()) >= SENTENCE:
        return f"source {source.name}", about, "The note names no title, date or address. Is it a source, or a remark?"
    return None


def of_image(image: Kept) -> tuple[str, str, str]:
    """Return the query about the rights in an image and the people in it."""
    who = "Under what licence may it print?" if image.picture.credit else "Who made it, and under what licence?"
    keys = "people:" if image.picture.credit else "credit: and people:"
    question = f"{who} Who is in it, and did they consent? Fill in {keys}."
    return f"image {image.name}", f"The image {image.file} ({image.picture.place})", question


def of_part(kind: str, title: str, reason: str, place: Place | None) -> tuple[str, str, str]:
    """Return the query about a part whose kind was guessed."""
    noun = kind.replace("_", " ")
    article = "an" if noun[0] in "aeiou" else "a"
    about = f"“{title}” ({place})" if place else f"“{title}”"
    return f"{kind} {title}", about, f"This part was read as {article} {noun} because {reason}. Is it one?"
