"""Files made to do harm, or damaged on the way, are problems or come out clean; none is a crash."""

import io
import re
import warnings

import pytest
from PIL import Image, ImageFile

from briefpack import images
from briefpack.images import preparing
from briefpack.problem import Owner, Problems
from images import drawn, hostile

EDITIONS = ("rgb", "grey", "cmyk")


def read(path):
    return images.read(path, f"briefs/b/images/{path.name}")


def problems_of(path):
    with pytest.raises(Problems) as caught:
        read(path)
    return caught.value.problems


def prepared(path, edition="rgb"):
    return preparing.prepare(read(path), images.Wanted(60, 60, colours=edition, dpi=300, profile=drawn.FOGRA39))


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_refuses(tmp_path, name):
    (problem, *others) = problems_of(hostile.write(tmp_path, name))
    assert others == []
    assert hostile.REFUSED[name][1] in problem.message
    assert problem.hint
    assert (problem.path, problem.owner, problem.warning) == (f"briefs/b/images/{name}", Owner.BRIEF, False)


@pytest.mark.part(name="hostile")
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", hostile.CLEAN)
def test_accepts_and_cleans(tmp_path, name, edition):
    found = prepared(hostile.write(tmp_path, name), edition)
    assert b"SECRET" not in found.data
    assert hostile.EVIL not in found.data
    if found.suffix == ".svg":
        assert not re.search(rb"[^:]https?://(?!www\.w3\.org/2000/svg)|<a|DOCTYPE|<\?app", found.data)
    else:
        assert not Image.open(io.BytesIO(found.data)).getexif()


def test_says_what_is_wrong_with_a_path(tmp_path):
    for name, words in hostile.misplaced(tmp_path):
        with pytest.raises(Problems, match=re.escape(words)):
            images.read(tmp_path / "images" / name, name, tmp_path / "images")


def test_suggests_the_right_name_for_a_wrong_extension(tmp_path):
    (problem,) = problems_of(hostile.write(tmp_path, "photo.jpg"))
    assert problem.hint == "rename it to photo.png"


def test_names_the_line_of_each_fault_in_a_drawing(tmp_path):
    path = tmp_path / "mark.svg"
    path.write_bytes(hostile.svg('<script/>\n<path onclick="x"/>\n\n<image/>\n<text/>'))
    assert [problem.line for problem in problems_of(path)] == [3, 4, 6, 7]


@pytest.mark.part(name="hostile")
@pytest.mark.parametrize("share", [n / 40 for n in range(1, 40)])
@pytest.mark.parametrize("made", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_refuses_a_file_cut_anywhere(tmp_path, made, share):
    data = hostile.saved(hostile.photograph(), made)
    path = tmp_path / f"cut{({'JPEG': '.jpg', 'PNG': '.png', 'TIFF': '.tif', 'WEBP': '.webp'})[made]}"
    path.write_bytes(data[: max(12, round(len(data) * share))])
    assert problems_of(path)[0].message == "it is damaged or incomplete"


@pytest.mark.parametrize("made", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_file_with_changed_bytes_is_a_problem_or_a_picture(tmp_path, made):
    """Whatever Pillow raises is a problem."""
    data = hostile.saved(
        hostile.photograph().resize((40, 30)), made, **({"exif": drawn.exif(6)} if made != "TIFF" else {})
    )
    path = tmp_path / f"changed{({'JPEG': '.jpg', 'PNG': '.png', 'TIFF': '.tif', 'WEBP': '.webp'})[made]}"
    outcomes = set()
    for at in range(16, min(len(data), 900), 7):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        try:
            outcomes.add(prepared(path).suffix)
        except Problems as error:
            outcomes.update(type(problem).__name__ for problem in error.problems)
    assert "Problem" in outcomes


def test_writes_nothing_to_the_terminal(tmp_path, capfd):
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        for name in ("huge.png", "broken-exif.jpg", "half-packed.tif", "changed.tif", "half.jpg"):
            try:
                read(hostile.write(tmp_path, name))
            except Problems:
                continue
    assert capfd.readouterr() == ("", "")


def test_a_file_that_changes_after_it_was_read_is_a_problem(tmp_path):
    path = hostile.write(tmp_path, "gps.jpg")
    found = read(path)
    path.write_bytes(hostile.jpeg(quality=20))
    with pytest.raises(Problems, match="it changed while briefpack was running"):
        preparing.prepare(found, images.Wanted(60, 60))


def test_too_little_memory_is_a_problem(tmp_path, monkeypatch):
    def exhausted(*_):
        raise MemoryError

    path = hostile.write(tmp_path, "gps.jpg")
    monkeypatch.setattr(ImageFile.ImageFile, "load", exhausted)
    assert "megapixels" in problems_of(path)[0].message


class TestGuards:
    """Each guard, switched off, lets through the file that it is there for."""

    def lets_through(self, tmp_path, name):
        try:
            read(hostile.write(tmp_path, name))
        except Problems as error:
            return hostile.REFUSED[name][1] not in str(error)
        return True

    def test_a_truncated_file_passes_if_pillow_is_left_as_weasyprint_sets_it(self, tmp_path, monkeypatch):
        path = hostile.write(tmp_path, "half.jpg")
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
        assert problems_of(path)
        assert ImageFile.LOAD_TRUNCATED_IMAGES
        with Image.open(path) as image:
            assert image.load()
