"""The writer: any number of objects becomes a file that other programs read."""

import io
import zlib

import pikepdf
import pytest

from briefpack.bind import writer

ROOT = {
    1: b"<</Type/Catalog/Pages 2 0 R>>",
    2: b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
    3: b"<</Title(T)>>",
    4: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>",
}
FIRST = 6


def written(*blocks: writer.Block) -> bytes:
    return writer.file("1.7", [writer.block(ROOT, {}, FIRST - 1), *blocks], 1, 3)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.Pdf.open(io.BytesIO(data))


def test_qpdf_reads_the_file_without_a_warning():
    with opened(written()) as file:
        assert file.check_pdf_syntax() == []
        assert str(file.docinfo.Title) == "T"
        assert file.pdf_version == "1.7"


@pytest.mark.parametrize("count", [1, writer.MOST_IN_A_STREAM, writer.MOST_IN_A_STREAM + 1])
def test_every_object_is_found_by_its_number(count):
    plain = {FIRST + index: b"<</Own %d>>" % index for index in range(count)}
    data = written(writer.block(plain, {}, FIRST + count))
    with opened(data) as file:
        assert [int(file.get_object(FIRST + index, 0).Own) for index in range(count)] == list(range(count))
    assert data.count(b"/ObjStm") == 1 + writer.count_of_streams(count)


@pytest.mark.parametrize("squeeze", [True, False])
def test_a_stream_is_as_it_was_whichever_byte_its_data_ends_in(squeeze):
    """Compressed data can end in any byte."""
    ended = [b"q Q\r", *(b"%d" % number for number in range(99_000, 100_000))]
    assert any(zlib.compress(data).endswith(b"\r") for data in ended)
    for data in ended:
        text, held = writer.stream(data, squeeze=squeeze)
        assert b"/Length %d>>" % len(held) in text
        assert (zlib.decompress(held) if squeeze else held) == data


@pytest.mark.parametrize("held", [b"q Q", b"q Q\r", b"q Q\r\n"])
def test_data_that_ends_in_a_carriage_return_keeps_its_length_for_any_reader_of_line_ends(held):
    """A stream of WeasyPrint's is copied as it is, whichever byte it ends in."""
    block = writer.block({}, {FIRST: (b"<</Length %d>>" % len(held), held)}, FIRST + 1)
    ended = block.data.split(b"\nstream\n")[1].split(b"endstream")[0]
    end = b"\r\n" if ended.endswith(b"\r\n") else b"\n"
    assert ended.removesuffix(end) == held
    with opened(written(block)) as file:
        assert file.get_object(FIRST, 0).read_bytes() == held


def test_equal_objects_give_equal_bytes_and_others_another_id():
    assert written() == written()
    other = written(writer.block({6: b"[1]"}, {}, 7))
    with opened(written()) as one, opened(other) as two:
        assert one.trailer.ID[0] != two.trailer.ID[0]
