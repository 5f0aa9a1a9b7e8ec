"""Run the parts of the tests that the gate leaves out: all of them, one, or those that a change needs."""

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).parent
ROW = re.compile(r"\| `([a-z-]+)` \|[^|]*\|([^|]*)\|")
"""A row of the table of parts in README.md: its name, what it tries, and the folders and files that it guards."""
SECONDS_A_TEST = 900


def table() -> dict[str, tuple[str, ...]]:
    """Return the folders and files that each part guards."""
    _, _, text = (TESTS / "README.md").read_text(encoding="utf-8").partition("## Parts\n")
    return {name: tuple(re.findall(r"`([^`]+)`", guarded)) for name, guarded in ROW.findall(text.partition("\n## ")[0])}


def needed(changed: list[str]) -> list[str]:
    """Return the parts that guard any of the changed files."""
    return [name for name, guarded in table().items() if any(_within(path, guarded) for path in changed)]


def _within(path: str, guarded: tuple[str, ...]) -> bool:
    return any(f"{path}/".startswith(f"{each.rstrip('/')}/") for each in guarded)


def _changed_since(commit: str) -> list[str]:
    command = ["git", "-C", str(TESTS.parent), "diff", "--name-only", commit]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()  # noqa: S603 -- git, and a commit that the developer named


def run(part: str) -> int:
    """Run a part by itself, print how long it took, and return pytest's exit code."""
    began = time.monotonic()
    command = [
        sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "-o", f"faulthandler_timeout={SECONDS_A_TEST}",
        "-m", f"part(name='{part}')", str(TESTS),
    ]  # fmt: skip
    code = subprocess.run(command, check=False).returncode  # noqa: S603 -- this Python
    print(f"{part}: {'failed' if code else 'passed'} in {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201 -- a command's output
    return code


def main() -> int:
    """Run the parts that the command line asks for; return 1 if any of them fails."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--part", choices=table(), help="this part alone")
    reader.add_argument("--changed", metavar="COMMIT", help="the parts that the changes since a commit need")
    asked = reader.parse_args()
    names = needed(_changed_since(asked.changed)) if asked.changed else list(table())
    return max([bool(run(name)) for name in ([asked.part] if asked.part else names)], default=False)


if __name__ == "__main__":
    sys.exit(main())
