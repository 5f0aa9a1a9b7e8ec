"""Write what a screen reader says of the documents that the frozen brief makes: the goldens of `speak`.

PYTHONPATH=tests/support .venv/bin/python -m spoken_pages      renews tests/checks/speech/golden
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from briefpack import build, output
from briefpack.checks import speech
from projects import frozen

GOLDEN = Path(__file__).parents[1] / "checks/speech/golden"
ELECTORATE = "Durack"
DOCUMENTS = ("pack", "leave-behind-double-accce", "leave-behind-mekong-working-group")
"""A pack has every kind of page; the leave-behinds are one with a chart, and one with a panel of its state."""


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Build the documents in a folder, and yield the name of each golden and its text."""
    request = output.Request(
        frozen(), "ijm-federal-2025", "ijm", folder, electorates=(ELECTORATE,), national=False, jobs=2
    )
    report = build.run(request)
    for name in DOCUMENTS:
        spoken = speech.read(report.folder / ELECTORATE.lower() / f"{ELECTORATE.lower()}-{name}.pdf")
        yield f"{name}.txt", "\n".join(speech.lines(spoken)) + "\n"


def renew() -> None:
    """Write the goldens again."""
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts(Path(folder)):
            (GOLDEN / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    renew()
