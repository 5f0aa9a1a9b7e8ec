"""Tag repair: adding what WeasyPrint omits from the structure tree of a piece."""

import pikepdf
import pytest

from briefpack.typeset import tags
from printed import FIRST, PANEL, SECOND, elements, kids, marks, opened, printed, text_of, tree


@pytest.fixture(scope="module")
def second() -> bytes:
    return tags.repair(printed(SECOND), {0: 1, 1: 1})


def test_scopes_header_cells_to_their_column_or_row(second):
    with opened(second) as pdf:
        cells = [element for element in elements(tree(pdf)) if element.S == "/TH"]
        assert [str(cell.A.Scope) for cell in cells] == ["/Column", "/Column", "/Row"]


def test_weasyprint_alone_leaves_out_scopes_note_types_and_print_flags():
    """WeasyPrint's issues 2508 (header scopes) and 2482 (PDF/UA in general)."""
    with opened(printed(SECOND)) as pdf:
        every = list(elements(tree(pdf)))
        assert not any("/Scope" in element.get("/A", {}) for element in every if element.S == "/TH")
        assert not any(element.S == "/Note" for element in every)
        assert not any("/F" in link for page in pdf.pages for link in page.obj.get("/Annots", ()))


def test_weasyprint_alone_marks_margin_boxes_without_adding_them_to_the_tree():
    """WeasyPrint's issue 1836."""
    with opened(printed("<p>Body.</p>", "@top-left { content: 'Running head' }")) as pdf:
        (page,) = pdf.pages
        in_tree = {kid for element in elements(tree(pdf)) for kid in kids(element) if isinstance(kid, int)}
        assert set(marks(page)) - in_tree


def test_types_the_footnotes_of_each_page_and_gives_each_an_id(second):
    with opened(second) as pdf:
        notes = [element for element in elements(tree(pdf)) if element.S == "/Note"]
        assert len(notes) == 2
        assert len({str(note.ID) for note in notes}) == 2
        assert all(any(kid.S == "/Lbl" for kid in elements(note)) for note in notes)


def test_types_every_footnote_on_a_page_with_several():
    body = "".join(f'<p>Text<span class="note">Note {number}.</span></p>' for number in range(3)) + "<p>End.</p>"
    with opened(tags.repair(printed(f"<section>{body}</section>"), {0: 3})) as pdf:
        assert sum(element.S == "/Note" for element in elements(tree(pdf))) == 3


def test_types_footnotes_on_every_page_of_a_long_section():
    part = '<p style="break-before: page">Text<span class="note">Note.</span></p>'
    with opened(tags.repair(printed(f"<section>{part * 3}</section>"), {0: 1, 1: 1, 2: 1})) as pdf:
        assert len(pdf.pages) == 3
        notes = [element for element in elements(tree(pdf)) if element.S == "/Note"]
        assert len(notes) == 3
        assert len({next(each.Pg.objgen for each in elements(note) if "/Pg" in each) for note in notes}) == 3


TERMS = "<dl><div><dt>Crossing</dt><dd>A place to cross.</dd></div><div><dt>Gate</dt><dd>A way in.</dd></div></dl>"


def test_makes_one_list_item_of_a_term_and_its_meaning():
    with opened(tags.repair(printed(TERMS), {})) as pdf:
        [listed] = [element for element in elements(tree(pdf)) if element.S == "/L"]
        items = list(tags.children(listed))
        assert [[kid.S for kid in tags.children(item)] for item in items] == [["/Lbl", "/LBody"]] * 2
        assert {item.S for item in items} == {"/LI"}


@pytest.mark.parametrize(
    "body", ["<dl><dt>Crossing</dt><dd>A place to cross.</dd></dl>", "<ul><div>No item</div></ul>"]
)
def test_leaves_other_lists_as_they_are(body):
    with opened(tags.repair(printed(body), {})) as pdf:
        assert not any(element.S == "/Lbl" for element in elements(tree(pdf)))


def test_weasyprint_alone_makes_two_list_items_of_a_term_and_its_meaning():
    with opened(printed(TERMS)) as pdf:
        assert sum(element.S == "/LI" for element in elements(tree(pdf))) == 4


@pytest.mark.parametrize("body", [FIRST, SECOND, PANEL])
def test_sets_the_print_flag_of_links(body):
    with opened(tags.repair(printed(body), {})) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", ())]
        assert links
        assert all(int(link.F) & 4 for link in links)


def test_marks_margin_boxes_as_artifacts():
    css = "@top-left { content: 'Running head' } @bottom-right { content: counter(page) }"
    data = tags.repair(printed("<h1>Title</h1><p>Body.</p>", css), {})
    with opened(data) as pdf:
        (sheet,) = pdf.pages
        tagged = {kid for element in elements(tree(pdf)) for kid in kids(element) if isinstance(kid, int)}
        assert set(marks(sheet)) == tagged
        kinds = [str(operands[0]) for operands, _ in pikepdf.parse_content_stream(sheet, "BDC")]
        assert kinds.count("/Artifact") == 2
        # Readers accept only null as the parent of a mark outside the structure tree.
        (_, led), tagged = pdf.Root.StructTreeRoot.ParentTree.Nums, {*tagged}
        assert {index for index, parent in enumerate(led) if parent is None} == {*range(len(led))} - tagged != set()
    assert "Running head" in text_of(data, 0)


def test_leaves_an_untagged_piece_untagged():
    folios = tags.repair(printed("<p>2 of 3</p>", size="80pt 20pt", margin="0", tagged=False), {})
    with opened(folios) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert len(pdf.pages) == 1


def test_repairs_equal_bytes_to_equal_bytes():
    data = printed(SECOND)
    assert tags.repair(data, {0: 1, 1: 1}) == tags.repair(data, {0: 1, 1: 1})
