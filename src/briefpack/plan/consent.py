"""Refuse images whose consent has ended, and find the day on which the first of the others ends."""

import datetime
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from briefpack.electorates import Electorate, Portrait
from briefpack.electorates.portraits import CREDITS
from briefpack.plan.loaded import LoadedBrief
from briefpack.problem import Problem

RENEW = "ask for consent again and change until:, or use another image"


def check(loaded: LoadedBrief, electorates: Iterable[Electorate], today: datetime.date) -> Iterator[Problem]:
    """Yield a problem for each image of a brief, and each of some portraits, that may no longer be published."""
    for image_id, image in loaded.brief.images.items():
        if image.until and image.until < today:
            message = f"consent to publish this image ended on {image.until:%Y-%m-%d}"
            yield loaded.tree.problem(("images", image_id, "until"), message, RENEW)
    for each in electorates:
        if each.portrait and each.portrait.until and each.portrait.until < today:
            message = f"{each.slug}: consent to publish this portrait ended on {each.portrait.until:%Y-%m-%d}"
            hint = "ask again and change until, or delete the portrait"
            yield Problem(_credits(each.portrait), each.portrait.line, message, hint)


def ends(loaded: LoadedBrief, electorates: Iterable[Electorate]) -> datetime.date | None:
    """Return the last day on which every image of a brief, and all of some portraits, may be published."""
    days = [image.until for image in loaded.brief.images.values()]
    days += [each.portrait.until for each in electorates if each.portrait]
    return min(filter(None, days), default=None)


def _credits(portrait: Portrait) -> str:
    """Return the file of credits beside a portrait, as problems name it."""
    return str(PurePosixPath(portrait.shown).with_name(CREDITS))
