"""Download the npm package of a font, check it against its recorded hash, and install its files."""

import base64
import hashlib
import io
import os
import re
import shutil
import tarfile
import tempfile
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from briefpack.layout.added_fonts import ADDED, Package
from briefpack.problem import Owner, Problem, Problems

REGISTRY = "https://registry.npmjs.org/"
"""The public registry of npm, unless the environment or npm's own settings name another."""
SETTING = re.compile(r"^\s*registry\s*=\s*(\S+)", re.MULTILINE)
MOST_BYTES = 200_000_000
TIMEOUT_SECONDS = 60


def registry(environment: Mapping[str, str], home: Path) -> str:
    """Return the address of the npm registry: from the environment, from ~/.npmrc, or the public one."""
    named = next((value for key, value in environment.items() if key.lower() == "npm_config_registry" and value), "")
    settings = home / ".npmrc"
    if not named and settings.is_file():
        found = SETTING.search(settings.read_text(encoding="utf-8", errors="replace"))
        named = found[1] if found else ""
    return f"{(named or REGISTRY).rstrip('/')}/"


def download(package: Package) -> bytes:
    """Return the package from the registry. Raises Problems if it can't be downloaded."""
    name = package.package.rpartition("/")[2]
    address = f"{registry(os.environ, Path.home())}{package.package}/-/{name}-{package.version}.tgz"
    hint = "connect to the internet, or download the package elsewhere and add --from FILE"
    if not address.startswith(("https://", "http://")):
        raise Problems(
            [Problem(address, None, "the registry has no web address", "correct NPM_CONFIG_REGISTRY", Owner.COMMAND)]
        )
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 -- http or https
            data: bytes = answer.read(MOST_BYTES + 1)
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise Problems([Problem(address, None, f"it can't be downloaded: {reason}", hint, Owner.COMMAND)]) from None
    return data


def from_file(path: Path) -> bytes:
    """Return the package from a file. Raises Problems if there is none."""
    if not path.is_file():
        raise Problems(
            [Problem(str(path), None, "there is no such file", "name the package's .tgz file", Owner.COMMAND)]
        )
    return path.read_bytes()


def checked(package: Package, data: bytes, shown: str) -> dict[str, bytes]:
    """Return the files to install, by name. Raises Problems unless the package has its recorded hash."""
    found = f"sha512-{base64.b64encode(hashlib.sha512(data).digest()).decode()}"
    if found != package.integrity:
        message = f"it is not {package.package} {package.version}: its hash differs from the one in fonts/packages.yaml"
        raise Problems([Problem(shown, None, message, "download it again", Owner.COMMAND)])
    files = {}
    # A package with the right hash holds what was recorded, so its files are what they claim to be.
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        for member in package.members:
            try:
                held = archive.extractfile(f"package/{member}")
            except KeyError:
                held = None
            if held is None:
                message = f"the package has no file {member}"
                raise Problems([Problem("fonts/packages.yaml", None, message, "correct weights:", Owner.LAYOUT)])
            files[Path(member).name] = held.read()
    return files


def install(root: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Write the files to the font's folder in fonts/added/, in place of any that were there."""
    folder = root / "fonts" / ADDED
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as work:
        made = Path(work) / name
        made.mkdir()
        for file, data in files.items():
            (made / file).write_bytes(data)
        shutil.rmtree(folder / name, ignore_errors=True)
        made.rename(folder / name)
