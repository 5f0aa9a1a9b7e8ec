"""How soon the preview shows an edit, and whether it stays right and small after hundreds of them.

    python bench/preview.py                       50 edits of each kind, then 500 at random; about ten minutes
    python bench/preview.py --timed 5 --random 20 to see that it works

A preview runs in a copy of the project. An edit puts a word into a text, another one each time; its time ends when the
picture of the page has come, as the browser asks for it. A random edit swaps words, deletes a letter or deletes a line
in the second half of the brief, without waiting for the one before; whatever it breaks is mended by the next. At the
end, the finished files are compared with those of a build that begins with nothing.
"""

import argparse
import contextlib
import filecmp
import http.client
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from rich.table import Table

import bench
from bench import BIN, CONSOLE, Copy

KINDS = {
    "leave-behind": r"    leave_behind:\n(?:.*\n)*?      standfirst: >-\n",
    "pack": r"  - id: .*\n(?:.*\n)*?    why:\n(?:.*\n)*?.*text: \|\n",
}
"""For each kind of document, what comes in the brief before a text that it prints."""
WIDTH_PX = 900
SWAPPED = re.compile(r"([a-z]{3,}) ([a-z]{3,})")


class Browser:
    """What the preview's page asks of the server."""

    def __init__(self, address: str) -> None:
        self.address = urlsplit(address)
        self.events = self.asked("events")
        self.shown = self.next()

    def asked(self, path: str, body: dict | None = None) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port)
        connection.request("POST" if body else "GET", self.address.path + path, json.dumps(body) if body else None)
        return connection.getresponse()

    def next(self) -> dict:
        """What is shown after the next change of it."""
        while not (line := self.events.readline()).startswith(b"data: "):
            if not line:
                raise SystemExit("the preview has stopped")
        self.shown = json.loads(line[len("data: ") :])
        return self.shown

    def until_idle(self) -> None:
        while self.shown["busy"]:
            self.next()

    def until_new(self) -> None:
        """Wait until other pages are shown."""
        key = self.shown["key"]
        while self.next()["key"] == key or self.shown["old"]:
            pass

    def picture(self, page: int) -> bytes:
        return self.asked(f"page/{self.shown['key']}/{page}?width={WIDTH_PX}").read()

    def show(self, kind: str) -> None:
        """Choose the first document of a kind."""
        path = next(path for path, _ in self.shown["documents"] if kind in path)
        if self.shown["choice"]["document"] != path:
            self.asked("show", {**self.shown["choice"], "document": path})
            self.until_new()


def memory_mb(process: int) -> float:
    """The memory of a process and all its descendants; what they share counts once."""
    total = 0
    for each in bench.tree(process):
        with contextlib.suppress(OSError):
            pages = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="utf-8")
            total += int(re.search(r"(?m)^Pss:\s+(\d+)", pages)[1])
    return total / 1000


@contextlib.contextmanager
def previewed(copy: Copy) -> Iterator[tuple[subprocess.Popen, Browser]]:
    """Run a preview, and end it."""
    command = [BIN / "briefpack", "preview", "--no-open"]
    options = {"cwd": copy.root, "env": bench.environment(copy.root / "src"), "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **options) as process:  # noqa: S603 -- our own command
        address = next(line for line in process.stderr if "http" in line).split()[-1]
        try:
            yield process, Browser(address)
        finally:
            process.terminate()


def swapped(text: str, place: int) -> str:
    """A text with two words swapped, the first ones after a place."""
    return text[:place] + SWAPPED.sub(r"\2 \1", text[place:], count=1)


def timed(browser: Browser, copy: Copy, kind: str, count: int) -> list[float]:
    """The seconds from each edit of a text to the picture of its page."""
    browser.show(kind)
    text = copy.brief.read_text(encoding="utf-8")
    place = re.search(KINDS[kind], text).end()
    page = changed_page(browser, copy, swapped(text, place), text)
    first = SWAPPED.search(text, place).start()
    seconds = []
    for number in range(count):
        browser.until_idle()
        began = time.perf_counter()
        word = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")
        write(copy.brief, f"{text[:first]}{word} {text[first:]}")
        browser.until_new()
        browser.picture(page)
        seconds.append(time.perf_counter() - began)
    write(copy.brief, text)
    browser.until_new()
    browser.until_idle()
    return seconds


def changed_page(browser: Browser, copy: Copy, edited: str, text: str) -> int:
    """The first page that an edit changes."""
    browser.until_idle()
    before = [browser.picture(page) for page in range(1, len(browser.shown["sizes"]) + 1)]
    write(copy.brief, edited)
    browser.until_new()
    browser.until_idle()
    changed = next(page for page, picture in enumerate(before, start=1) if browser.picture(page) != picture)
    write(copy.brief, text)
    browser.until_new()
    return changed


def write(file: Path, text: str) -> None:
    """Write a file as an editor does: nobody reads a half of it."""
    new = file.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def edited(text: str, chance: random.Random) -> str:
    """A text with something changed at a place, perhaps for the worse."""
    place = chance.randrange(len(text) // 2, len(text))
    kind = chance.randrange(5)
    if kind == 0:
        return text[:place] + text[place + 1 :]
    if kind == 1:
        return text[:place] + text[place:].partition("\n")[2]
    return swapped(text, place)


def hammered(browser: Browser, copy: Copy, count: int, process: int) -> list[float]:
    """The memory after each tenth of so many random edits, each of which is mended or kept by the next."""
    chance = random.Random(500)  # noqa: S311 -- the same edits each time
    sound, memory = copy.brief.read_text(encoding="utf-8"), []
    for number in range(count):
        write(copy.brief, edited(sound, chance))
        time.sleep(chance.choice((0.02, 0.3, 1.0)))
        if (number + 1) % max(count // 10, 1) == 0:
            memory.append(memory_mb(process))
    write(copy.brief, swapped(sound, len(sound) // 2))
    time.sleep(1)
    drain(browser)
    return memory


def drain(browser: Browser) -> None:
    """Read what the preview has said meanwhile, to the last of it."""
    reader = Browser(browser.address.geturl())
    reader.until_idle()
    browser.shown, browser.events = reader.shown, reader.events


def same(copy: Copy, folder: Path) -> list[str]:
    """The finished files that a build from nothing makes differently."""
    fresh = bench.copied(folder)
    fresh.brief.write_bytes(copy.brief.read_bytes())
    bench.measured([BIN / "briefpack", "build", "--quiet"], fresh.root, fresh.root / "src", (0, bench.NOT_ALL_MADE))
    files = [path.relative_to(fresh.root) for path in (fresh.root / "out").rglob("*.pdf")]
    return [str(path) for path in files if not filecmp.cmp(fresh.root / path, copy.root / path, shallow=False)]


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--timed", type=int, default=50, help="edits of each kind that are timed")
    reader.add_argument("--random", type=int, default=500, help="edits at random")
    asked = reader.parse_args()
    table = Table("", "median s", "95th percentile s", "MB")
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        copy = bench.copied(Path(one))
        began = time.perf_counter()
        with previewed(copy) as (process, browser):
            browser.until_new()
            browser.picture(1)
            table.add_row("cold start", f"{time.perf_counter() - began:.2f}", "", "")
            browser.until_idle()
            for kind in KINDS:
                seconds = timed(browser, copy, kind, asked.timed)
                last = statistics.quantiles(seconds, n=20)[-1]
                table.add_row(
                    f"a text of a {kind}",
                    f"{statistics.median(seconds):.2f}",
                    f"{last:.2f}",
                    f"{memory_mb(process.pid):.0f}",
                )
            memory = hammered(browser, copy, asked.random, process.pid)
            table.add_row(f"{asked.random} random edits", "", "", " ".join(f"{each:.0f}" for each in memory))
        wrong = same(copy, Path(other))
    CONSOLE.print(table)
    CONSOLE.print("The files are those of a build from nothing." if not wrong else f"Different: {', '.join(wrong)}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
