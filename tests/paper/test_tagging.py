"""The tags of pages that are copied to a print set, or placed on the sheets of a booklet."""

import io

import page
import pytest
from pikepdf import Pdf

from briefpack.checks import speech
from briefpack.checks.speech import tree
from briefpack.paper import booklet, copies
from numbered import made
from printed import elements, kids

PACK = "national/national-pack.pdf"
LEAVE_BEHIND = "national/national-leave-behind-slow-streets.pdf"


def heard(data: bytes) -> list[str]:
    """Return what a screen reader says, in order, without the numbers of pages and the targets of links."""
    lines = (line for line in speech.lines(tree.read(data)) if not line.startswith("—"))
    found = (line.replace("[link: ", "").split("; opens")[0] for line in lines)
    return [" ".join(line.replace("]", "").split()) for line in found if "http" not in line]


def in_order(data: bytes) -> list[str]:
    """Return the text of each element that has any, in the order of the tree and not of the pages."""
    found = tree.read(data).tree
    return [kid.text for element in found.walk() for kid in element.kids if isinstance(kid, tree.Words)]


@pytest.fixture(scope="module")
def pack(sample_build) -> bytes:
    return (sample_build[2] / PACK).read_bytes()


@pytest.fixture(scope="module")
def leave_behind(sample_build) -> bytes:
    return (sample_build[2] / LEAVE_BEHIND).read_bytes()


def test_a_booklet_is_read_in_the_order_of_its_document(pack):
    made_of = booklet.impose(pack, "pack.pdf", "pack").data
    assert in_order(made_of) == in_order(pack)


def test_the_second_copy_on_a_sheet_is_not_read(leave_behind):
    made_of = booklet.impose(leave_behind, "page.pdf", "page").data
    assert heard(made_of) == heard(leave_behind)
    assert in_order(made_of) == in_order(leave_behind)


def test_every_copy_in_a_print_set_is_read(pack, leave_behind):
    data = copies.join([(leave_behind, 3), (pack, 2)], "Set", "en-AU")
    assert in_order(data) == in_order(leave_behind) * 3 + in_order(pack) * 2


def test_imposed_and_copied_files_keep_to_pdf_ua(pack, leave_behind, tmp_path):
    both = [booklet.impose(each, "some.pdf", "some").data for each in (pack, leave_behind)]
    for data in (*both, copies.join([(leave_behind, 2), (pack, 2)], "Set", "en-AU")):
        (tmp_path / "made.pdf").write_bytes(data)
        assert [str(each) for each in page.validate_pdf(str(tmp_path / "made.pdf"), profile="ua1").failures] == []


def test_every_mark_has_its_element_in_the_parent_tree(pack):
    with Pdf.open(io.BytesIO(copies.join([(pack, 2)], "Set", "en-AU"))) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = dict(zip(list(numbers)[::2], list(numbers)[1::2], strict=True))
        assert len(parents) == int(pdf.Root.StructTreeRoot.ParentTreeNextKey)
        found = 0
        for element in (each for top in pdf.Root.StructTreeRoot.K for each in elements(top)):
            for kid in kids(element):
                if isinstance(kid, int):
                    assert parents[int(element.Pg.StructParents)][kid].objgen == element.objgen
                    found += 1
                elif "/Stm" in kid:
                    assert parents[int(kid.Stm.StructParents)][int(kid.MCID)].objgen == element.objgen
                    found += 1
        assert found > 100


def test_the_ids_of_copies_are_unique(pack):
    with Pdf.open(io.BytesIO(copies.join([(pack, 2)], "Set", "en-AU"))) as pdf:
        every = [str(each.ID) for top in pdf.Root.StructTreeRoot.K for each in elements(top) if "/ID" in each]
        assert every
        assert len(every) == len(set(every))


def test_a_set_with_a_document_without_tags_has_none(pack):
    data = copies.join([(made(1), 1), (pack, 1)], "Set", "en-AU")
    with Pdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
        assert "/StructTreeRoot" not in pdf.Root
        assert not metadata.get("pdfuaid:part")
