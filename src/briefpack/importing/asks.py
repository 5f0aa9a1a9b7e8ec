"""Read an ask: its title, its amount, its period and its text."""

import re
from collections.abc import Mapping, Sequence

from briefpack.importing import markdown, words
from briefpack.importing.draft import Block
from briefpack.importing.figures import Figure
from briefpack.importing.parts import Part
from briefpack.importing.yaml_text import Key
from briefpack.text import typography
from briefpack.text.locale import Locale

KEYS = ("amount", "annual", "legislation", "period", "who_decides")
# The end of a sentence, with another after it.
END = re.compile(r"(?:[^\W\d_]{3}|\d{2}|\})[.!?][”’)]*(?:\[\^\d+\])*\s+(?=[^\Wa-z]|\*)|[。！？]”?(?=.)")  # noqa: RUF001 -- Chinese marks
GUESSED = "guessed: the only one in the sentence that asks, or in the text"
MARKS = " \n():,.–—-*"
"""What is around an amount in a heading."""


def read(part: Part, proposed: Mapping[str, Figure], locale: Locale) -> tuple[dict[str, str], Sequence[Block]]:
    """Return the fields of an ask in order, and the rest of its text; `proposed` are the figures that its texts name.

    Its amount is in its heading, in a line such as “Cost: …”, in the sentence that asks, or the only one in its text.
    """
    heading = part.heading.text if part.heading else ""
    given, blocks = _given(part.blocks, proposed, locale)
    asked, rest = _asked(blocks, locale)
    among = "\n".join(block.text for block in blocks)
    fields = given | _costs(heading, proposed, locale)
    if "amount" not in fields:
        guess = _costs(asked, proposed, locale) or _costs(among, proposed, locale)
        fields |= {Key(key, *([GUESSED] if key == "amount" else [])): cost for key, cost in guess.items()}
    named = _money(among, proposed, locale)
    is_open = named and "amount" not in fields
    title = Key("title", *([f"amount: left out; is it {' or '.join(named)}?"] if is_open else []))
    for name in _money(heading, proposed, locale):
        heading = heading.partition(f"{{{name}}}")[0].strip(MARKS) or heading
    ordered = {key: fields[key] for key in sorted(fields, key=KEYS.index)}
    return {title: markdown.line(heading).rstrip("."), "asked": markdown.line(asked), **ordered}, rest


def _given(
    blocks: Sequence[Block], proposed: Mapping[str, Figure], locale: Locale
) -> tuple[dict[str, str], list[Block]]:
    """Return the fields that lines such as “Cost: …” give, and the other blocks."""
    given: dict[str, str] = {}
    rest: list[Block] = []
    for block in blocks:
        key, value = words.field(block.text, locale) if block.kind == "paragraph" else ("", "")
        fields = {key: markdown.line(value)}
        if key == "amount":
            fields = _costs(value, proposed, locale)
        if key and fields and key not in given:
            given |= fields
        else:
            rest.append(block)
    return given, rest


def _asked(blocks: Sequence[Block], locale: Locale) -> tuple[str, Sequence[Block]]:
    """Return the first sentence if it says what is asked for, and the other blocks."""
    if not blocks or blocks[0].kind != "paragraph":
        return "", blocks
    text = blocks[0].text
    end = END.search(text)
    stop = end.start() + len(end[0].rstrip()) if end else len(text)
    if not words.leads_to_ask(text[:stop], locale):
        return "", blocks
    rest = text[stop:].strip()
    below = [Block("paragraph", (rest,), blocks[0].place)] if rest else []
    return text[:stop], [*below, *blocks[1:]]


def _money(text: str, proposed: Mapping[str, Figure], locale: Locale) -> dict[str, str]:
    """Return the amounts of money in a text, each with the words after it if it is for one year: a year."""
    yearly = typography.any_of(locale.slips.yearly)
    amounts = re.findall(rf"\{{([\w-]+)\}}(?:\s({yearly})(?!\w))?", text, re.IGNORECASE)
    return {name: year.lower() for name, year in amounts if name in proposed and proposed[name].is_money}


def _costs(text: str, proposed: Mapping[str, Figure], locale: Locale) -> dict[str, str]:
    """Return the only whole cost in a text, the only yearly one, and their period: over five years."""
    amounts = _money(text, proposed, locale)
    annual = [name for name, year in amounts.items() if year]
    whole = [name for name in amounts if name not in annual]
    slips = locale.slips
    over, years, counted = map(typography.any_of, (slips.over, slips.years, locale.listed("number-words")))
    period = rf"(?<!\w)(?:{over})\s(?:\d\d?|{counted})\s(?:{years})(?!\w)"
    periods = {years.lower() for years in re.findall(period, text, re.IGNORECASE)}
    if not whole:
        whole, annual, periods = annual, [], {*amounts.values()}
    if len(whole) != 1 or len(annual) > 1:
        return {}
    costs = dict(zip(("amount", "annual"), (*whole, *annual), strict=False))
    return costs | ({"period": periods.pop().capitalize()} if len(periods) == 1 else {})
