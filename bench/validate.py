"""Reads every finished document by another program's rules: PDF/UA-1 and PDF/A-3a (page-validation).

    make validate                               what is in out/; run make packs first

Prints the files that do not pass, and how many there are. Not a part of make test, which makes a few documents alone.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import page

PROFILES = ("ua1", "3a")
PRINTED_BY_A_SHOP = "press"


def failing(path: Path) -> list[str]:
    """The profiles that a file does not pass, or why it cannot be read."""
    try:
        return [profile for profile in PROFILES if not page.validate_pdf(str(path), profile=profile).is_compliant]
    except page.ParseError as error:
        return [f"read: {error}"]


def main(out: Path) -> int:
    """Read all the manifests' documents; 1 if one does not pass, or if there are none."""
    files = sorted(path for path in out.rglob("*.pdf") if path.parts[-3] != PRINTED_BY_A_SHOP)
    with ProcessPoolExecutor() as executor:
        found = dict(zip(files, executor.map(failing, files, chunksize=20), strict=True))
    for path, profiles in found.items():
        for profile in profiles:
            print(f"{path}: not {profile}")  # noqa: T201 -- a command
    passed = sum(not profiles for profiles in found.values())
    print(f"{passed} of {len(files)} pass {' and '.join(PROFILES)}")  # noqa: T201 -- as above
    return int(not files or passed < len(files))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out")))
