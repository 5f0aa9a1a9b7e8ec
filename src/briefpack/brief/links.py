"""Find the web addresses that a brief prints, and report those that fail."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from briefpack.brief.load import UNPRINTED
from briefpack.brief.requests import Answer
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree, texts

ADDRESS = re.compile(r"https?://[^\s<>\"“”|]+", re.IGNORECASE)
CHECK = "link-fails"
GONE = (404, 410)
UNSURE = "open it in a browser: some sites refuse every program"


def addresses(tree: Tree) -> dict[str, Loc]:
    """Return every web address that a brief prints, with the place where it comes first."""
    found: dict[str, Loc] = {}
    for loc, text in texts(tree.data):
        for address in ADDRESS.findall(text) if loc[0] not in UNPRINTED else ():
            found.setdefault(_trimmed(address), loc)
    return found


def _trimmed(address: str) -> str:
    """Return an address without the punctuation after it, and without a bracket that it doesn't open."""
    while address[-1] in ".,;:!?'’*_]" or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address


def problems(tree: Tree, answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """Yield a problem for each address that fails; only one if there seems to be no network."""
    if answers and not any(answer.reached for answer in answers.values()):
        message = "no address could be reached, so the links weren't checked: there seems to be no network"
        yield Problem(tree.path, None, message, "connect to the internet, then check again", warning=True, check=CHECK)
        return
    for address, loc in addresses(tree).items():
        if address in answers and not answers[address].found:
            message, hint, warning = _fault(address, answers[address])
            yield tree.problem(loc, message, hint, words=address, warning=warning, check=CHECK)


def _fault(address: str, answer: Answer) -> tuple[str, str, bool]:
    """Return the message and the hint for an address that fails, and whether it is only a warning."""
    host = urlsplit(address).netloc
    match answer.kind:
        case "host":
            return f'there is no server called "{host}": {address}', "correct the address, or find its new one", False
        case "certificate":
            return (
                f'the certificate of "{host}" isn\'t valid: {address}',
                "open it in a browser, and tell its owner",
                True,
            )
        case "timeout":
            return f"this address didn't answer in time: {address}", "open it in a browser, or check again later", True
        case "unreachable":
            return (
                f'no connection to "{host}" could be made: {address}',
                "open it in a browser, or check again later",
                True,
            )
    if answer.status in GONE:
        return (
            f"there is no page at this address ({answer.status}): {address}",
            "correct the address, or find its new one",
            False,
        )
    return f"this address answers with an error ({_status(answer.status)}): {address}", UNSURE, True


def _status(status: int) -> str:
    """Return the number of a status, with its name if it has one."""
    named = {each.value: each.phrase for each in HTTPStatus}
    return f"{status} {named[status]}" if status in named else str(status)
