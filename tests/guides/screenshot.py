"""Make the picture of the preview in README.md, from the brief that ships.

PYTHONPATH=tests:tests/support python -m guides.screenshot
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

import browsers
from projects import REPOSITORY

PATH = "briefs/pictures/preview.png"
COMMAND = ("preview", "ijm-federal-2025", "-e", "wentworth", "--no-open")
SIZE = {"width": 1280, "height": 800}
PAGE = 6
WORD = (0.45, 0.50)
"""Where on the page the picture has been clicked, as shares of its width and its height."""


def taken(address: str, folder: Path) -> Image.Image:
    """Return the window with a page, a word of which has been clicked."""
    with browsers.opened(folder) as (browser, _):
        window = browser.new_page(viewport=SIZE)
        window.goto(address)
        window.locator("#state", has_text="Up to date").wait_for(timeout=120_000)
        window.get_by_label("Spreads").check()
        window.locator("#editor").select_option(index=1)
        window.locator("#list li").nth(PAGE - 1).locator("a").click()
        image = window.locator(f"#page-{PAGE} img[src]")
        image.wait_for()
        window.locator(f"#page-{PAGE + 1} img[src]").wait_for()
        size = image.bounding_box()
        image.click(position={"x": size["width"] * WORD[0], "y": size["height"] * WORD[1]}, no_wait_after=True)
        window.locator("#written a").first.wait_for()
        return Image.open(io.BytesIO(window.screenshot()))


def main() -> None:
    """Make the picture."""
    command = [Path(sys.executable).parent / "briefpack", *COMMAND]
    with (
        subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True) as process,  # noqa: S603 -- our own command
        tempfile.TemporaryDirectory() as folder,
    ):
        address = next(line for line in process.stderr if "http" in line).split()[-1]
        try:
            image = taken(address, Path(folder))
        finally:
            process.terminate()
    image.convert("RGB").quantize(128, Image.Quantize.MAXCOVERAGE).save(REPOSITORY / PATH, optimize=True)


if __name__ == "__main__":
    main()
