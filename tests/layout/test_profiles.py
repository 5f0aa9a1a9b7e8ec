"""Colour profiles: intact ones are accepted; damaged ones are reported in a layout and in a finished file."""

import struct
from pathlib import Path

import pytest
from PIL import ImageCms

from briefpack.layout import profiles

PROFILES = Path(__file__).parents[2] / "layouts/shared/profiles"
NAMES = sorted(path.name for path in PROFILES.glob("*.icc"))
SCREEN, PRESS = "srgb.icc", "fogra39-coated.icc"


def read(name: str, *, named: bool = True) -> bytes:
    """Return a profile of the repository, by default with its ID, which by itself reveals most damage."""
    data = bytearray((PROFILES / name).read_bytes())
    if not named:
        data[84:100] = bytes(16)
    return bytes(data)


def put(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_accepts_the_profiles_of_the_layouts(name, named):
    assert profiles.fault(read(name, named=named)) == ""


@pytest.mark.parametrize("space", ["sRGB", "LAB", "XYZ"])
def test_accepts_a_profile_made_by_other_software(space):
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes()
    assert profiles.fault(made) == ""


DAMAGE = {
    "empty": (SCREEN, lambda _: b"", "it is not an ICC profile"),
    "not a profile": (SCREEN, lambda _: b"body { margin: 0 }" * 20, "it is not an ICC profile"),
    "cut short": (SCREEN, lambda data: data[:-40], "it has 440 bytes, but its header says 480"),
    "cut in its header": (SCREEN, lambda data: data[:100], "it is not an ICC profile"),
    "a wrong size in the header": (SCREEN, lambda data: put(data, 0, struct.pack(">I", 99)), "its header says 99"),
}  # fmt: skip


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("case", DAMAGE)
def test_explains_how_a_profile_is_damaged(case, named):
    name, damage, message = DAMAGE[case]
    assert message in profiles.fault(damage(read(name, named=named)))


@pytest.mark.parametrize("at", range(440, 480, 3))
def test_detects_a_changed_byte_in_a_profile_with_an_id(at):
    data = read(SCREEN)
    assert profiles.fault(put(data, at, bytes([data[at] ^ 1])))


def test_reads_a_cut_or_corrupted_profile_without_crashing():
    for name in (SCREEN, PRESS):
        data = read(name, named=False)
        for at in range(0, 700, 7):
            profiles.fault(data[:at])
            profiles.fault(put(data, at, b"\xff\xff\xff\xff"))
            profiles.fault(put(data, at, bytes(4)))


@pytest.mark.parametrize(("edition", "name"), [("screen", SCREEN), ("home", SCREEN), ("press", PRESS)])
def test_names_a_damaged_profile_at_its_line_of_the_layout(project, command, edition, name):
    path = project.root / "layouts/shared/profiles" / name
    path.write_bytes(path.read_bytes()[:-40])
    result = command("build", "--edition", edition, "--jobs", "1")
    lines = (project.root / "layouts/tiny/layout.yaml").read_text(encoding="utf-8").splitlines()
    messages = [line for line in result.stderr.splitlines() if "is damaged: it has" in line]
    assert f"layouts/tiny/layout.yaml:{next(n for n, line in enumerate(lines, 1) if name in line)}: " in messages[0]
    assert result.exit_code == 4
    assert not (project.root / "out").exists()
