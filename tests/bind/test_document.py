"""Binding: several PDFs become one, with one structure tree, one outline and one set of links."""

import datetime
import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest

from briefpack import bind
from briefpack.checks.read.finished import Finished
from briefpack.geometry import Frame
from briefpack.plan import Expected, Facts, ValuesFile
from briefpack.typeset import Placed
from printed import FIRST, NOTHING, PANEL, SECOND, SLOT, elements, kids, marks, printed, text_of, tree

FACTS = Facts(
    title="Crossings & <schools>", author="Walk Safely", subject="What's to be done", keywords=("kerbs & <crossings>", "schools"),
    language="en-AU", date=datetime.date(2026, 7, 1), made_by="briefpack test",
)  # fmt: skip
PLACE = Frame(72, 200, 300, 90)


@pytest.fixture(scope="module")
def first() -> bytes:
    return printed(FIRST)


@pytest.fixture(scope="module")
def second() -> bytes:
    return printed(SECOND)


@pytest.fixture(scope="module")
def panel() -> bytes:
    return printed(PANEL, size="300pt 90pt", margin="0")


@pytest.fixture(scope="module")
def folios() -> bytes:
    css = "p { break-after: page } p:last-child { break-after: auto }"
    body = f"<style>{css}</style>" + "".join(f"<p>{number} of 3</p>" for number in (2, 3))
    return printed(body, size="80pt 20pt", margin="0", tagged=False)


@pytest.fixture(scope="module")
def bound(first, second, panel, folios) -> bytes:
    overlays = (
        (Placed("panel", "panel", PLACE, page=0), panel),
        (Placed("folio", "folio", Frame(450, 800, 80, 20), running=True, skip=1), folios),
    )
    return bind.document((first, second), overlays, FACTS)


@pytest.fixture
def pdf(bound) -> Iterator[pikepdf.Pdf]:
    with pikepdf.Pdf.open(io.BytesIO(bound)) as opened:
        yield opened


def parents(pdf) -> dict:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    keys = [int(numbers[place]) for place in range(0, len(numbers), 2)]
    assert keys == sorted(set(keys))
    assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) > keys[-1]
    return dict(zip(keys, (numbers[place] for place in range(1, len(numbers), 2)), strict=True))


def forms(stream) -> Iterator:
    """The form XObjects that a page or form shows."""
    for name, item in stream.Resources.get("/XObject", {}).items():
        if item.get("/Subtype") == "/Form":
            yield name, item


# ---- One tree of tags.


def test_passes_pdf_ua(bound, tmp_path):
    path = tmp_path / "bound.pdf"
    path.write_bytes(bound)
    assert page.validate_pdf(str(path), profile="ua1").is_compliant


def test_every_marked_content_sequence_is_found_through_the_parent_tree(pdf):
    numbers, seen = parents(pdf), []
    for sheet in pdf.pages:
        seen.append(int(sheet.obj.StructParents))
        held = numbers[seen[-1]]
        assert marks(sheet.obj)
        for mark in marks(sheet.obj):
            assert mark in kids(held[mark]), (seen[-1], mark)
            assert held[mark].Pg.objgen == sheet.obj.objgen
    assert len(seen) == len(set(seen)) == 3


def test_every_link_annotation_is_found_through_the_parent_tree(pdf):
    numbers, seen = parents(pdf), []
    for sheet in pdf.pages:
        for link in sheet.obj.get("/Annots", ()):
            seen.append(int(link.StructParent))
            element = numbers[seen[-1]]
            assert element.S == "/Link"
            (held,) = [
                kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
            ]
            assert held.Obj.Rect == link.Rect
            assert held.Obj.StructParent == link.StructParent
            assert held.get("/Pg", element.get("/Pg")).objgen == sheet.obj.objgen
    assert len(seen) == len(set(seen)) == 5


def test_keeps_a_link_that_no_tag_holds_as_it_is():
    body = '<p><a href="https://a.example/">One</a></p><p aria-hidden="true"><a href="https://b.example/">two</a></p>'
    data = bind.document((printed(body),), (), FACTS)
    with pikepdf.Pdf.open(io.BytesIO(data)) as opened:
        assert ["/StructParent" in each for each in opened.pages[0].Annots] == [True, False]


def test_the_tree_has_one_document_with_the_pieces_in_order(pdf):
    assert len(pdf.Root.StructTreeRoot.K) == 1
    found = [str(element.S) for element in elements(tree(pdf))]
    assert found.count("/Document") == 1
    assert [kind for kind in found if kind in ("/H1", "/H2", "/H3", "/Table", "/L")] == [
        "/H1",
        "/L",
        "/H2",
        "/Table",
        "/H3",
        "/L",
    ]


def test_ids_are_unique_and_header_cells_exist(pdf):
    names = [str(element.ID) for element in elements(tree(pdf)) if "/ID" in element]
    assert len(names) == len(set(names)) > 2
    for element in elements(tree(pdf)):
        if "/A" in element and "/Headers" in element.A:
            assert {str(name) for name in element.A.Headers} <= set(names)


def test_a_piece_that_occurs_twice_has_different_ids(first, second, tmp_path):
    data = bind.document((first, second, second), (), FACTS)
    with pikepdf.Pdf.open(io.BytesIO(data)) as opened:
        names = [str(element.ID) for element in elements(tree(opened)) if "/ID" in element]
        assert len(names) == len(set(names))
        notes = [str(element.ID) for element in elements(tree(opened)) if element.S == "/Note"]
        assert len(notes) == 4
        assert len({int(sheet.obj.StructParents) for sheet in opened.pages}) == 5
    path = tmp_path / "twice.pdf"
    path.write_bytes(data)
    assert page.validate_pdf(str(path), profile="ua1").is_compliant


# ---- Slots.


def test_the_tags_of_an_overlay_replace_those_of_its_slot(pdf):
    found = list(elements(tree(pdf)))
    slots = [element for element in found if element.S == "/Div" and "/L" in {each.S for each in elements(element)}]
    slot = slots[-1]
    assert "/Alt" not in slot
    inside = list(elements(slot))
    assert [str(element.S) for element in inside if element.S in ("/P", "/L", "/Link")] == [
        "/P",
        "/Link",
        "/Link",
        "/L",
    ]
    at = [element.objgen for element in found].index(slot.objgen)
    before = [element for element in found[:at] if element.S == "/P"]
    after = [element for element in found[at + len(inside) :] if element.S == "/P"]
    assert len(before) == 1
    assert len(after) >= 2


def test_marks_of_an_overlay_are_numbered_with_those_of_its_page(pdf, bound):
    """Browsers leave out the tags of what is drawn as a form."""
    assert not [name for name, form in forms(pdf.pages[0].obj) if "/StructParents" in form]
    numbers = marks(pdf.pages[0].obj)
    assert len(numbers) == len(set(numbers))
    with pypdfium2.PdfDocument(bound) as opened:
        first = Finished(opened, Expected()).trees[0]
        heard = [" ".join(element.said.split()) for element in first.walk() if element.kind == "Div"]
    assert any(words.startswith("Words of the panel,") for words in heard)


def test_an_overlay_is_drawn_in_its_slot_the_right_way_up(bound):
    inside = text_of(bound, 0, PLACE)
    assert inside.split() == ["Words", "of", "the", "panel,", "its", "site,", "and", "two.", "•", "Panel", "item"]
    assert "Before" not in inside


def test_links_of_an_overlay_cover_their_words(pdf, bound):
    words = {"https://panel.example/": "its site", "https://two.example/": "two"}
    links = {str(link.A.URI): link for link in pdf.pages[0].obj.Annots if "/A" in link}
    for address, word in words.items():
        x1, y1, x2, y2 = (float(value) for value in links[address].Rect)
        left, top = min(x1, x2), 842 - max(y1, y2)
        assert text_of(bound, 0, Frame(left - 1, top - 1, abs(x2 - x1) + 2, abs(y2 - y1) + 2)).strip(" ,.") == word


def test_a_figures_place_is_in_points_from_the_foot_of_its_page():
    """A figure's place is in the page's own units (ISO 32000-1, table 344), also if it was laid over the page."""
    size = "width: 40pt; height: 20pt; position: absolute"
    image = f'<img alt="A square" src="data:image/svg+xml;base64,{NOTHING}" style="{size}; left: 10pt; top: 15pt">'
    overlay = Placed("panel", "panel", PLACE, page=0), printed(image, size="300pt 90pt", margin="0")
    data = bind.document((printed(f"<p>Text</p>{image}{SLOT}"),), (overlay,), FACTS)
    with pikepdf.Pdf.open(io.BytesIO(data)) as opened:
        figures = [element for element in elements(tree(opened)) if element.S == "/Figure"]
        places = [[float(side) for side in figure.A.BBox] for figure in figures]
    # On the page, corners are counted from within its margin of 72 points; in the slot, from the slot's corner.
    own, laid = (82, 842 - 87 - 20), (PLACE.left_pt + 10, 842 - PLACE.top_pt - 15 - 20)
    assert places == [pytest.approx([left, foot, left + 40, foot + 20], abs=0.01) for left, foot in (own, laid)]


def test_graphics_states_are_saved_and_restored_in_pairs(pdf):
    for sheet in pdf.pages:
        for stream in (sheet.obj, *(form for _, form in forms(sheet.obj))):
            depth = 0
            for _, operator in pikepdf.parse_content_stream(stream, "q Q"):
                depth += 1 if str(operator) == "q" else -1
                assert depth >= 0
            assert depth == 0


# ---- What runs.


def test_running_text_starts_after_the_skipped_pages(bound):
    seen = [text_of(bound, number, Frame(450, 800, 80, 20)).strip() for number in range(3)]
    assert seen == ["", "2 of 3", "3 of 3"]


def test_a_single_running_page_repeats_on_every_page(first, second):
    foot = printed("<p>Foot</p>", size="80pt 20pt", margin="0", tagged=False)
    data = bind.document((first, second), ((Placed("foot", "f", Frame(72, 800, 80, 20), running=True), foot),), FACTS)
    assert [text_of(data, number, Frame(72, 800, 80, 20)).strip() for number in range(3)] == ["Foot"] * 3


def test_running_text_is_an_artifact_outside_the_structure_tree(pdf):
    """Its form has no marked content, and the page draws it inside an artifact."""
    for sheet in list(pdf.pages)[1:]:
        ((name, form),) = forms(sheet.obj)
        assert "/StructParents" not in form
        assert marks(form) == []
        open_tags = []
        for operands, operator in pikepdf.parse_content_stream(sheet, "BDC BMC EMC Do"):
            if str(operator) in ("BDC", "BMC"):
                open_tags.append(str(operands[0]))
            elif str(operator) == "EMC":
                open_tags.pop()
            elif operands[0] == name:
                assert open_tags == ["/Artifact"]


# ---- Links and outline.


def destinations(pdf) -> dict[str, int]:
    names = pdf.Root.Names.Dests.Names
    numbers = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages)}
    return {str(names[place]): numbers[names[place + 1][0].objgen] for place in range(0, len(names), 2)}


@pytest.mark.parametrize(
    "forged",
    [
        {"A": {"S": "/JavaScript", "JS": "app.alert(1)"}},
        {"A": {"S": "/URI", "URI": "javascript:alert(1)"}},
        {"AA": {"U": {"S": "/JavaScript", "JS": "app.alert(1)"}}},
        {"Subtype": "/Screen"},
    ],
)
def test_refuses_an_annotation_that_is_more_than_a_link(first, forged):
    with pikepdf.Pdf.open(io.BytesIO(first)) as piece:
        link = next(each for each in piece.pages[0].obj.Annots if "/A" in each)
        for name, value in forged.items():
            link[f"/{name}"] = written(value)
        changed = io.BytesIO()
        piece.save(changed)
    with pytest.raises(ValueError, match="a link may lead only to https://"):
        bind.document((changed.getvalue(),), (), FACTS)


def written(value):
    """The entry of a dictionary, whose names begin with a slash."""
    if isinstance(value, dict):
        return pikepdf.Dictionary({f"/{name}": written(inner) for name, inner in value.items()})
    return pikepdf.Name(value) if value.startswith("/") else pikepdf.String(value)


def test_a_link_to_another_piece_becomes_a_link_within_the_document(pdf):
    inner = [str(link.Dest) for link in pdf.pages[0].obj.Annots if "/Dest" in link]
    assert inner == ["far", "top"]
    assert destinations(pdf) == {"far": 2, "top": 0}
    assert not any("piece:" in str(link.get("/A", "")) for sheet in pdf.pages for link in sheet.obj.get("/Annots", ()))
    assert [str(link.A.URI) for link in pdf.pages[2].obj.Annots] == ["https://walk.example/"]


def test_the_outline_lists_all_pieces_and_leads_to_their_pages(pdf):
    numbers = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        found = [(item.title, numbers[item.destination[0].objgen]) for item in _flat(outline.root)]
    assert found == [("First heading", 0), ("Second heading", 1), ("Third heading", 2)]


def outline_of(*bodies: tuple[str, tuple[int, ...]]):
    """Return the outline of some pieces as nested lists; each piece has the levels of its headings."""
    pieces = tuple(printed(body) for body, levels in bodies)
    with pikepdf.Pdf.open(io.BytesIO(bind.document(pieces, (), FACTS))) as pdf, pdf.open_outline() as outline:
        return _nested(outline.root)


def _nested(items):
    return [[item.title, *_nested(item.children)] for item in items]


def test_the_outline_is_the_same_in_one_piece_and_in_several():
    parts = ("<h2>Asks</h2>", "<h3>One</h3><h4>Why</h4>", "<h3>Two</h3>", "<h2>Sources</h2><h3>Contacts</h3>")
    levels = ((2,), (3, 4), (3,), (2, 3))
    wanted = [["Asks", ["One", ["Why"]], ["Two"]], ["Sources", ["Contacts"]]]
    assert outline_of(("".join(parts), (2, 3, 4, 3, 2, 3))) == wanted
    assert outline_of(*zip(parts, levels, strict=True)) == wanted


def _flat(items) -> Iterator:
    for item in items:
        yield item
        yield from _flat(item.children)


def test_escapes_xml_in_the_metadata_in_both_places(pdf):
    assert str(pdf.docinfo.Title) == FACTS.title
    with pdf.open_metadata() as said:
        assert said["dc:title"] == FACTS.title
        assert said["dc:description"] == FACTS.subject
        assert said["pdf:Keywords"] == str(pdf.docinfo.Keywords) == "kerbs & <crossings>, schools"
        assert said["xmp:CreateDate"] == "2026-07-01T00:00:00Z"
    assert pdf.Root.Lang == "en-AU"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_only_the_home_edition_has_print_settings(first, second):
    """`first` is one page and prints on one side; `second` is two and prints on both."""
    said = {}
    for edition in ("screen", "home"):
        for name, piece in (("one", first), ("two", second)):
            with pikepdf.open(
                io.BytesIO(bind.document((piece,), (), replace(FACTS, print_settings=edition == "home")))
            ) as file:
                preferences = file.Root.ViewerPreferences
                assert preferences.DisplayDocTitle
                said[edition, name] = str(preferences.get("/PrintScaling")), str(preferences.get("/Duplex"))
    assert said["home", "one"] == ("/None", "/Simplex")
    assert said["home", "two"] == ("/None", "/DuplexFlipLongEdge")
    assert said["screen", "one"] == said["screen", "two"] == ("None", "None")


def test_equal_arguments_give_equal_bytes(first, second, panel, folios, bound):
    overlays = (
        (Placed("panel", "panel", PLACE, page=0), panel),
        (Placed("folio", "folio", Frame(450, 800, 80, 20), running=True, skip=1), folios),
    )
    assert bind.document((first, second), overlays, FACTS) == bound
    assert bind.document((second, first), overlays[1:], FACTS) != bound


# ---- To keep for good.


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_passes_pdf_ua_and_pdf_a_with_a_colour_profile(first, second, tmp_path, profile):
    path = tmp_path / "kept.pdf"
    srgb = Path(__file__).parents[2] / "layouts/shared/profiles/srgb.icc"
    path.write_bytes(bind.document((first, second), (), FACTS, profile=srgb.read_bytes()))
    assert page.validate_pdf(str(path), profile=profile).is_compliant


def test_claims_no_pdf_a_without_a_colour_profile(bound, tmp_path):
    path = tmp_path / "bound.pdf"
    path.write_bytes(bound)
    assert b"pdfaid" not in bound
    assert not page.validate_pdf(str(path), profile="3a").is_compliant


# ---- Files with the values of charts.


FILES = (
    ValuesFile("rents.csv", "Values of the chart “Rents rise”", b'"Item","Value"\r\n"2025","5"\r\n'),
    ValuesFile("homes.csv", "Values of the chart “Fewer homes”", b'"Item","Value"\r\n"2025","7"\r\n'),
)


def test_attaches_files_and_associates_them_with_the_document(first):
    with pikepdf.open(io.BytesIO(bind.document((first,), (), FACTS, files=FILES))) as file:
        associated = [(str(each.UF), str(each.Desc), each.EF.F.read_bytes()) for each in file.Root.AF]
        assert associated == [(each.name, each.about, each.data) for each in FILES]
        assert {(each.AFRelationship, each.EF.F.Subtype) for each in file.Root.AF} == {("/Data", "/text/csv")}
        named = list(file.Root.Names.EmbeddedFiles.Names)
        assert [str(name) for name in named[::2]] == ["01 rents.csv", "02 homes.csv"]
        assert [spec.objgen for spec in named[1::2]] == [each.objgen for each in file.Root.AF]


def test_attaches_a_file_as_it_is_though_its_compressed_form_ends_in_a_carriage_return(first):
    texts = (b'"Value"\r\n"' + b"5" * digits + b'"\r\n' for digits in range(256))
    data = next(text for text in texts if zlib.compress(text).endswith(b"\r"))
    with pikepdf.open(
        io.BytesIO(bind.document((first,), (), FACTS, files=[ValuesFile("rents.csv", "", data)]))
    ) as file:
        assert file.Root.AF[0].EF.F.read_bytes() == data


def test_keeps_the_destinations_beside_the_files(first, second):
    with pikepdf.open(io.BytesIO(bind.document((first, second), (), FACTS, files=FILES))) as file:
        assert "/Dests" in file.Root.Names
        assert "/EmbeddedFiles" in file.Root.Names
    with pikepdf.open(io.BytesIO(bind.document((first, second), (), FACTS))) as file:
        assert "/EmbeddedFiles" not in file.Root.Names
        assert "/AF" not in file.Root


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_passes_pdf_ua_and_pdf_a_with_files(first, tmp_path, profile):
    path = tmp_path / "files.pdf"
    srgb = Path(__file__).parents[2] / "layouts/shared/profiles/srgb.icc"
    path.write_bytes(bind.document((first,), (), FACTS, profile=srgb.read_bytes(), files=FILES))
    assert page.validate_pdf(str(path), profile=profile).is_compliant


CITING = '<h1>Title</h1><p>One<a href="piece:source">1</a></p><p style="break-before: page">Two<a href="piece:source">1</a></p>'
SOURCES = (
    '<h2>Sources</h2><p id="source">A source, cited on <a href="back:1:source">1</a>, <a href="back:2:source">2</a> '
    'and <a href="back:3:source">3</a></p>'
)


def test_a_way_back_leads_to_the_first_link_on_its_page():
    """A page without a link to the place has no way back to it."""
    body, listed = (printed(each) for each in (CITING, SOURCES))
    with pikepdf.Pdf.open(io.BytesIO(bind.document((body, listed), (), FACTS))) as pdf:
        named = pikepdf.NameTree(pdf.Root.Names.Dests)
        for index in (0, 1):
            back, [mark, *_] = named[f"back:{index + 1}:source"], pdf.pages[index].Annots
            assert back[0].objgen == pdf.pages[index].obj.objgen
            assert [float(side) for side in back[2:4]] == pytest.approx(
                [float(mark.Rect[0]), float(mark.Rect[3])], abs=0.01
            )
        assert "back:3:source" not in named


def test_a_way_back_leads_to_a_link_in_a_slot():
    body, listed = (printed(each) for each in (f"<h1>Title</h1>{SLOT}", SOURCES))
    panel = printed('<p>One<a href="piece:source">1</a></p>', size="300pt 90pt", margin="0")
    placed = Placed("panel", "panel", PLACE)
    with pikepdf.Pdf.open(io.BytesIO(bind.document((body, listed), ((placed, panel),), FACTS))) as pdf:
        back, [mark, *_] = pikepdf.NameTree(pdf.Root.Names.Dests)["back:1:source"], pdf.pages[0].Annots
        assert back[0].objgen == pdf.pages[0].obj.objgen
        assert [float(side) for side in back[2:4]] == pytest.approx(
            [float(mark.Rect[0]), float(mark.Rect[3])], abs=0.01
        )
        assert float(mark.Rect[0]) > PLACE.left_pt


def test_a_document_of_several_pages_opens_with_its_bookmarks(bound):
    with pikepdf.Pdf.open(io.BytesIO(bound)) as pdf:
        assert pdf.Root.PageMode == "/UseOutlines"
    alone = printed("<h1>Title</h1>")
    with pikepdf.Pdf.open(io.BytesIO(bind.document((alone,), (), FACTS))) as pdf:
        assert "/PageMode" not in pdf.Root
