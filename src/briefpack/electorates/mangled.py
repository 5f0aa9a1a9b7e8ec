"""Warn of letters that were read in a wrong encoding and saved again: ProspÃ©ct, O’Connor as Oâ€™Connor."""

import re
from collections.abc import Iterator
from contextlib import suppress

from briefpack.electorates.tables import Files
from briefpack.problem import Problem

FILES = ("electorates", "changes", "towns", "places", "former")
"""The files whose texts print."""
WORD = re.compile(r"\S*(?:[\u00c2\u00c3][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac\u2122]|\u00e2\u20ac)\S*")
ONE_BYTE = "cp1252"


def check(files: Files) -> Iterator[Problem]:
    """Yield a warning for each row with such letters."""
    for file in FILES:
        table = files.table(file)
        for row in table.rows if table else ():
            for column, cell in row.cells.items():
                if table and not cell.isascii() and (found := WORD.search(cell)):
                    hint = f"{_meant(cell)}, and save the file as UTF-8"
                    message = f'{column}: "{found[0]}" was read in a wrong encoding, and saved so'
                    yield Problem(table.shown, row.line, message, hint, warning=True)


def _meant(cell: str) -> str:
    """Return a cell as it was before, if that can be told."""
    with suppress(UnicodeError):
        return cell.encode(ONE_BYTE).decode()
    return "type it again"
