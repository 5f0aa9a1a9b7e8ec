"""The structure tree of a piece, with what WeasyPrint omits from it."""

import pikepdf
import pytest

from briefpack.problem import heard_from
from printed import FIRST, PANEL, SECOND, children, elements, kids, marks, opened, printed, text_of, tree


@pytest.fixture(scope="module")
def second() -> bytes:
    return printed(SECOND)


def test_scopes_header_cells_to_their_column_or_row(second):
    with opened(second) as pdf:
        cells = [element for element in elements(tree(pdf)) if element.S == "/TH"]
        assert [str(cell.A.Scope) for cell in cells] == ["/Column", "/Column", "/Row"]


def test_types_the_footnotes_of_each_page_and_gives_each_an_id(second):
    with opened(second) as pdf:
        notes = [element for element in elements(tree(pdf)) if element.S == "/Note"]
        assert len(notes) == 2
        assert len({str(note.ID) for note in notes}) == 2
        assert all(any(kid.S == "/Lbl" for kid in elements(note)) for note in notes)


def test_types_every_footnote_on_a_page_with_several():
    body = "".join(f'<p>Text<span class="note">Note {number}.</span></p>' for number in range(3)) + "<p>End.</p>"
    with opened(printed(f"<section>{body}</section>")) as pdf:
        assert sum(element.S == "/Note" for element in elements(tree(pdf))) == 3


def test_types_footnotes_on_every_page_of_a_long_section():
    part = '<p style="break-before: page">Text<span class="note">Note.</span></p>'
    with opened(printed(f"<section>{part * 3}</section>")) as pdf:
        assert len(pdf.pages) == 3
        notes = [element for element in elements(tree(pdf)) if element.S == "/Note"]
        assert len(notes) == 3
        assert len({next(each.Pg.objgen for each in elements(note) if "/Pg" in each) for note in notes}) == 3


TERMS = "<dl><div><dt>Crossing</dt><dd>A place to cross.</dd></div><div><dt>Gate</dt><dd>A way in.</dd></div></dl>"


def test_makes_one_list_item_of_a_term_and_its_meaning():
    with opened(printed(TERMS)) as pdf:
        [listed] = [element for element in elements(tree(pdf)) if element.S == "/L"]
        items = list(children(listed))
        assert [[kid.S for kid in children(item)] for item in items] == [["/Lbl", "/LBody"]] * 2
        assert {item.S for item in items} == {"/LI"}


@pytest.mark.parametrize(
    "body", ["<dl><dt>Crossing</dt><dd>A place to cross.</dd></dl>", "<ul><div>No item</div></ul>"]
)
def test_leaves_other_lists_as_they_are(body):
    with opened(printed(body)) as pdf:
        assert not any(element.S == "/Lbl" for element in elements(tree(pdf)))


COLUMNS = '<ol style="columns: 2; list-style: none"><li>One</li><li>Two</li><li>Three</li><li>Four</li></ol>'


def test_tags_a_list_in_columns_as_one_list_in_order():
    with opened(printed(COLUMNS)) as pdf:
        [listed] = [element for element in elements(tree(pdf)) if element.S == "/L"]
        items = [*children(listed)]
        assert [str(item.S) for item in items] == ["/LI"] * 4
        assert {item.P.objgen for item in items} == {listed.objgen}
        marked = [kid for item in items for element in elements(item) for kid in kids(element) if isinstance(kid, int)]
        assert marked == sorted(marked)


ITEM = '<li data-tag="TOCI" style="display: flex; break-inside: avoid; padding-bottom: 4pt"><span>{}</span></li>'
# The third item is the first to need two lines, and moves to the second column, found step by step.
MOVED = f"""<ul data-tag="TOC" style="list-style: none; columns: 2">{
    "".join(map(ITEM.format, ("One", "Two", "Three", "Four<br>and more"))).replace("avoid", "auto", 1)
}</ul>"""


def contents(data: bytes) -> list[int]:
    """Return the number of elements in each entry of a piece's contents."""
    with opened(data) as pdf:
        return [len([*children(each)]) for each in elements(tree(pdf)) if each.S == "/TOCI"]


def test_tags_an_item_that_moves_to_the_next_column_once():
    data = printed(MOVED)
    assert len(contents(data)) == 4
    assert all(contents(data))


LABELLED = (
    "<style>li::before {{ content: '–'; display: inline-block }}</style><ul style='list-style: none'><li>\n{}</li></ul>"
)


@pytest.mark.parametrize(
    "inside", ["Say so.", "<p>Say so.</p>", "Say so.<p>And again.</p>", "<div><p>Say so.</p></div>"]
)
def test_puts_the_bullet_of_an_item_beside_its_body_whatever_that_holds(inside):
    with opened(built(LABELLED.format(inside))) as pdf:
        [item] = [element for element in elements(tree(pdf)) if element.S == "/LI"]
        label, body = children(item)
        assert (str(label.S), str(body.S)) == ("/Lbl", "/LBody")
        assert label.P.objgen == item.objgen
        assert not any(element.S == "/Lbl" for element in elements(body))
        assert all(len(kids(element)) for element in elements(item))


@pytest.mark.parametrize("body", [FIRST, SECOND, PANEL])
def test_sets_the_print_flag_of_links(body):
    with opened(printed(body)) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", ())]
        assert links
        assert all(int(link.F) & 4 for link in links)


def test_marks_margin_boxes_as_artifacts():
    css = "@top-left { content: 'Running head' } @bottom-right { content: counter(page) }"
    data = printed("<h1>Title</h1><p>Body.</p>", css)
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
    folios = printed("<p>2 of 3</p>", size="80pt 20pt", margin="0", tagged=False)
    with opened(folios) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert len(pdf.pages) == 1


def test_makes_equal_bytes_of_equal_pieces():
    assert printed(SECOND) == printed(SECOND)


LONG = '<p style="width: 60pt">See <a href="https://walk.example/">the report of the group</a> and {}.</p>'


def links(pdf):
    return [element for element in elements(tree(pdf)) if element.S == "/Link"]


def test_makes_one_element_of_a_link_that_takes_several_lines():
    with opened(printed(LONG.format("more"), patches=False)) as pdf:
        assert len(links(pdf)) > 1
    with opened(printed(LONG.format("more"))) as pdf:
        (link,) = links(pdf)
        annotations = [kid.Obj for kid in kids(link) if isinstance(kid, pikepdf.Dictionary)]
        assert len(annotations) > 1
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = dict(zip(list(numbers)[::2], list(numbers)[1::2], strict=True))
        assert all(parents[each.StructParent].objgen == link.objgen for each in annotations)
        marked = [kid for kid in kids(link) if isinstance(kid, int)]
        assert all(parents[0][mcid].objgen == link.objgen for mcid in marked)


def test_makes_a_joined_link_the_parent_of_all_that_it_holds():
    """A reader that looks for a word's element goes from parent to parent: a printed address is in one of its own."""
    body = '<style>a::after { content: " (a.example)" } p { width: 60pt }</style><p><a href="https://a.example/">{}</a></p>'
    with opened(printed(body.replace("{}", "more words"))) as pdf:
        inner = [
            (element, kid) for element in links(pdf) for kid in kids(element) if "/S" in getattr(kid, "keys", list)()
        ]
        assert inner
        assert all(kid.P.objgen == element.objgen for element, kid in inner)


def test_makes_one_element_of_a_link_in_other_elements_that_takes_several_lines():
    words = '<a href="mailto:a@example.org" aria-label="Write">one@<wbr>two@<wbr>three@<wbr>four@</a>'
    body = (
        f'<p style="width: 40pt">See <strong><em>{words} more</em></strong> <a href="https://b.example/">two</a>.</p>'
    )
    with opened(built(body)) as pdf:
        link, other = links(pdf)
        assert len([kid for kid in kids(link) if "/Obj" in getattr(kid, "keys", list)()]) == 4
        assert len([kid for kid in kids(other) if isinstance(kid, int)]) == 1
        assert [element.objgen for element in elements(tree(pdf)) if "/Alt" in element] == [link.objgen]
        assert all(kids(element) for element in elements(tree(pdf)))


def test_keeps_two_links_to_different_places_apart():
    with opened(printed('<p><a href="https://a.example/">One</a><a href="https://b.example/">two</a></p>')) as pdf:
        assert len(links(pdf)) == 2


def test_puts_the_label_of_an_item_beside_its_body():
    data = printed('<ul style="list-style: none"><li><span data-tag="Lbl">1</span> Say so</li></ul>')
    with opened(data) as pdf:
        (item,) = [element for element in elements(tree(pdf)) if element.S == "/LI"]
        assert [str(kid.S) for kid in kids(item)] == ["/Lbl", "/LBody"]


def test_drops_the_element_of_a_line_break():
    with opened(printed("<p>One<br>two</p>", patches=False)) as pdf:
        assert any(element.S == "/NonStruct" and not kids(element) for element in elements(tree(pdf)))
    with opened(printed("<p>One<br>two</p>")) as pdf:
        assert all(kids(element) for element in elements(tree(pdf)))


def test_names_a_link_by_its_text_or_its_spoken_name():
    data = printed('<p><a href="#far">To the end</a><a href="#far" aria-label="note 5">5</a></p><p id="far">End</p>')
    with opened(data) as pdf:
        found = [
            (str(link.Contents), str(element.get("/Alt", "")))
            for link, element in zip(pdf.pages[0].Annots, links(pdf), strict=True)
        ]
    assert found == [("To the end", ""), ("note 5", "note 5")]


def built(body):
    return printed(body)


def test_tags_a_list_as_contents():
    body = '<ul data-tag="TOC" style="list-style: none; columns: 2">' + "".join(
        f'<li data-tag="TOCI"><span data-tag="Reference"><a href="#far">Part</a></span><span aria-label="page {page}">{page}</span></li>'
        for page in (1, 2)
    )
    with opened(built(f'{body}</ul><p id="far">Far</p>')) as pdf:
        [contents] = [element for element in elements(tree(pdf)) if element.S == "/TOC"]
        assert [str(kid.S) for kid in children(contents)] == ["/TOCI", "/TOCI"]
        kinds = {str(each.S) for each in elements(contents)}
        assert kinds == {"/TOC", "/TOCI", "/Reference", "/Link", "/Span"}
        assert [str(each.Alt) for each in elements(contents) if "/Alt" in each] == [" page 1", " page 2"]


CELLS = """<div data-tag="TOC" style="display: table">{}</div>""".format(
    "".join(
        f'<div data-tag="TOCI" style="display: table-cell"><span data-tag="Reference"><a href="#far">{name}</a></span>'
        '<span style="display: block">What it says</span></div>'
        for name in ("One", "Two", "Three")
    )
)


def test_tags_contents_set_in_the_cells_of_a_row_as_one_list():
    with opened(built(f'{CELLS}<p id="far">Far</p>')) as pdf:
        [contents] = [element for element in elements(tree(pdf)) if element.S == "/TOC"]
        items = [element for element in elements(tree(pdf)) if element.S == "/TOCI"]
        assert [kid.objgen for kid in children(contents)] == [item.objgen for item in items]
        assert len(items) == 3


def test_expands_an_abbreviation():
    with opened(built('<p>Read <abbr title="number">no.</abbr> 5.</p>')) as pdf:
        [short] = [element for element in elements(tree(pdf)) if "/E" in element]
        assert (str(short.S), str(short.E)) == ("/Span", "number")


def test_leaves_a_note_that_the_html_types_as_a_paragraph():
    body = '<section><p>Text<span class="note" data-tag="P">About the whole page.</span></p></section>'
    data = printed(body)
    with opened(data) as pdf:
        assert not any(element.S == "/Note" for element in elements(tree(pdf)))


INNER = '<p><a href="https://a.example/"><strong>The group</strong>, its report. <span>a.example</span></a></p>'


def test_makes_one_link_of_a_link_with_other_elements_in_it():
    with opened(built(INNER)) as pdf:
        (link,) = links(pdf)
        (annotation,) = pdf.pages[0].Annots
        assert str(annotation.Contents) == "The group, its report. a.example"
        assert [kid.Obj.objgen for kid in kids(link) if "/Obj" in getattr(kid, "keys", list)()] == [annotation.objgen]


PRINTED = (
    "<style>p { width: 140px } a::after { content: ' (' attr(href) ')'; overflow-wrap: anywhere }</style>"
    '<p>Some text <a href="https://www.example.org">words here</a>, and more.</p>'
)


def test_makes_one_link_of_a_link_whose_printed_address_takes_two_lines():
    with opened(built(PRINTED)) as pdf:
        (link,) = links(pdf)
        assert [str(each.S) for each in elements(link)][1:] == ["/Span", "/Span"]


BESIDE = (
    '<p><span style="display: block">over</span> 17 million</p>',
    '<p><span style="float: right">over</span> 17 million</p>',
    '<figure><figcaption><span style="display: block">The centre</span> in Manila</figcaption></figure>',
    '<div data-tag="TOC"><p data-tag="TOCI"><span style="float: left">1</span> One</p></div>',
    '<p data-tag="H2"><span style="display: block">The centre</span> in Manila</p>',
)


def within_its_own_type(pdf) -> list[str]:
    """Return the types of the elements that are directly in an element of the same type, and not a span."""
    pairs = [(each, kid) for each in elements(tree(pdf)) for kid in children(each)]
    return [str(kid.S) for each, kid in pairs if each.S == kid.S and kid.S not in ("/Div", "/Span")]


@pytest.mark.parametrize("body", BESIDE)
def test_makes_one_paragraph_of_lines_beside_a_block_or_a_float(body):
    data = printed(body)
    with opened(data) as pdf:
        assert within_its_own_type(pdf) == []


def test_reads_a_paragraph_with_a_float_elsewhere_as_one():
    lines = '<p id="one">One</p><p data-read="before one"><span style="float: right">Two</span>Three</p>'
    data = printed(lines)
    with opened(data) as pdf:
        first, second = [each for each in elements(tree(pdf)) if each.S == "/P"]
        assert [len([*children(each)]) for each in (first, second)] == [2, 1]


@pytest.mark.parametrize(("mark", "heard"), [("–", "•"), ("—", "•"), ("◦", None)])
def test_hears_a_dash_before_an_item_as_a_bullet(mark, heard):
    style = f"<style>li {{ list-style: none }} li::before {{ content: '{mark}' }}</style>"
    data = printed(f"{style}<ul><li>Say so</li></ul>")
    with opened(data) as pdf:
        label = next(element for element in elements(tree(pdf)) if element.S == "/Lbl")
        assert (str(label.ActualText) if "/ActualText" in label else None) == heard


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ("<p>Prepared for</p>", ["Prepared for"]),
        ("<p>For <b>all</b> members</p>", ["For ", "all", " members"]),
        ("<p style='width: 60pt'>Prepared for everybody</p>", ["Prepared ", "for ", "everybody"]),
    ],
)
def test_hears_words_that_a_style_sheet_sets_in_capitals_as_typed(body, heard):
    data = printed(f"<style>p {{ text-transform: uppercase }}</style>{body}")
    with opened(data) as pdf:
        said = [str(each.ActualText) for each in elements(tree(pdf)) if "/ActualText" in each]
        assert "".join(said).split() == "".join(heard).split()
        assert len(said) == len(heard)


def test_gives_a_link_that_is_read_nowhere_no_place_in_the_tree():
    """A check of the finished file then reports it."""
    body = '<p>See <a href="https://a.example/">one</a>.</p><p aria-hidden="true">See <a href="https://b.example/">two</a>.</p>'
    with opened(printed(body)) as pdf:
        assert len(links(pdf)) == 1
        assert ["/StructParent" in link for link in pdf.pages[0].Annots] == [True, False]


def test_makes_one_element_of_a_link_that_goes_on_in_the_next_column():
    body = '<div style="columns: 2; width: 200pt"><p>See <a href="https://a.example/">a long<br>link over<br>lines</a></p></div>'
    with opened(printed(body)) as pdf:
        (link,) = links(pdf)
        assert len([kid for kid in kids(link) if isinstance(kid, int)]) == 3


@pytest.mark.parametrize("style", ["disc", "none"])
def test_puts_a_list_within_an_item_into_the_body_of_the_item(style):
    with opened(printed(f'<ul style="list-style: {style}"><li>One<ul><li>Two</li></ul></li></ul>')) as pdf:
        outer, inner = [element for element in elements(tree(pdf)) if element.S == "/L"]
        bodies = [element for element in elements(outer) if element.S == "/LBody"]
        assert inner.P.objgen == bodies[0].objgen


@pytest.mark.parametrize(("more", "asked"), [("", 1), ('aria-hidden="true"', 0), ('alt="A dot"', 0)])
def test_asks_for_the_words_of_an_image_that_is_heard(more, asked):
    image = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    with heard_from("weasyprint") as heard:
        printed(f'<p>See <img src="{image}" {more}></p>')
    assert sum("alt description" in each for each in heard) == asked
