"""Debian's Chromium and the packages that drive it: only the part `browser` needs them, so it brings them itself."""

import importlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGES = {
    "playwright==1.65.3": "playwright.sync_api",
    "axe-playwright-python==0.1.8": "axe_playwright_python.sync_playwright",
}
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


@contextmanager
def opened(folder: Path) -> Iterator[tuple]:
    """Open a browser, with its packages in a folder of their own; yield it, and the module of axe."""
    _install_chromium()
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), *PACKAGES]
    subprocess.run(command, check=True)  # noqa: S603 -- this Python
    sys.path.insert(0, str(folder))
    playwright, axe = (importlib.import_module(module) for module in PACKAGES.values())
    try:
        with playwright.sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=list(OPTIONS))
            yield browser, axe
            browser.close()
    finally:
        sys.path.remove(str(folder))


def _install_chromium() -> None:
    if not shutil.which("chromium"):
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-q", *arguments], check=True)  # noqa: S603, S607 -- Debian's own, by name
