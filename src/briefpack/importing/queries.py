"""Turn the guesses about a draft, and the remarks on it, into the open queries of its brief."""

from collections.abc import Iterable, Iterator

from briefpack.importing import names
from briefpack.importing.draft import Place, Remark
from briefpack.importing.markdown import plain
from briefpack.importing.pictures import Kept
from briefpack.importing.sources import Source

SENTENCE = 8
"""In words: a note of this length without a title, a date and an address may be a remark."""
MOST_SHOWN = 20
ONLY_ADDRESS = "The note gives only an address. Who published it, under what title, and when?"
NO_SOURCE = "The note names no title, date or address. Is it a source, or a remark?"

Query = tuple[str, str, str]
"""The words for the id of a query, its subject and its question."""


def entries(asked: Iterable[Query]) -> dict[str, dict[str, str]]:
    """Return queries as they are in a brief, by their ids."""
    found: dict[str, dict[str, str]] = {}
    for words, about, question in asked:
        found[names.new(words, found, "query")] = {"about": plain(about), "question": plain(question)}
    return found


def of_remarks(remarks: Iterable[Remark]) -> Iterator[Query]:
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


def of_numbers(unclear: list[str]) -> Iterator[Query]:
    """Yield a query about the numbers that stay as typed, if there are any."""
    if unclear:
        more = f" and {len(unclear) - MOST_SHOWN} more" if len(unclear) > MOST_SHOWN else ""
        question = f"Is any of these a figure: {', '.join(unclear[:MOST_SHOWN])}{more}?"
        yield "numbers", "Numbers that stay as typed", question


def of_sources(sources: Iterable[Source]) -> Iterator[Query]:
    """Yield a query for each source that has only an address, or only a sentence."""
    for source in sources:
        bare = source.words.strip("<> ") == source.url or (not source.title and source.publisher in source.url)
        remark = not (source.title or source.date or source.url) and len(source.publisher.split()) >= SENTENCE
        if (source.url and bare) or remark:
            question = ONLY_ADDRESS if source.url else NO_SOURCE
            yield f"source {source.name}", f"The source {source.name}", question


def of_sets(names: tuple[str, ...]) -> Iterator[Query]:
    """Yield a query about the electorates if the project has several sets of them."""
    if len(names) > 1:
        question = (
            f"Does each electorate get a pack of its own? If so, name the set under electorates: {' or '.join(names)}."
        )
        yield "electorates", "Whom the packs are for", question


def of_images(images: Iterable[Kept]) -> Iterator[Query]:
    """Yield a query for each image about the rights in it and the people in it."""
    for image in images:
        question = (
            "Who made it, and under what licence? Who is in it, and did they consent? Fill in credit: and people:."
        )
        yield f"image {image.name}", f"The image {image.file} ({image.picture.place})", question


def of_part(kind: str, title: str, reason: str, place: Place | None) -> Query:
    """Return the query about a part whose kind was guessed."""
    noun = kind.replace("_", " ")
    article = "an" if noun[0] in "aeiou" else "a"
    about = f"“{title}” ({place})" if place else f"“{title}”"
    return f"{kind} {title}", about, f"This part was read as {article} {noun} because {reason}. Is it one?"
