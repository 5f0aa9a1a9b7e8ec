"""No document contains a value of another electorate in its text, links, bookmarks, attachments or metadata."""

import re
import shutil
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from briefpack import build, electorates, output, plan, pool
from briefpack.build import preflight
from briefpack.checks import leak
from briefpack.checks.read.finished import Finished
from briefpack.plan import Expected, Read, belongings
from isles import copy_isles
from isles import replace as edit_file
from projects import InProcess, english, frozen

PACK = "harbour/harbour-pack.pdf"


def make(project, **changes):
    wanted = output.Request(project, "tiny", "tiny", project.root / "out", every=True)
    return build.run(replace(wanted, **changes))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the project of the Isles, built, and the folder of its documents."""
    project = copy_isles(tmp_path_factory.mktemp("isles") / "project")
    report = make(project, jobs=2)
    assert report.problems == ()
    return project, report.folder


@pytest.fixture
def isles(made, tmp_path, monkeypatch):
    """Return a project for the Isles that a test may change; its builds start no process, and make what has changed."""
    monkeypatch.setattr(pool, "ProcessPoolExecutor", InProcess)
    project = copy_isles(tmp_path / "project")
    shutil.copytree(made[0].store, project.store, dirs_exist_ok=True)
    return project


@pytest.fixture
def judge(made, tmp_path, monkeypatch):
    """Return a function that doctors a copy of a document and returns the leaks that preflight reports."""
    monkeypatch.setattr(pool, "ProcessPoolExecutor", InProcess)
    project, folder = made
    copy = tmp_path / "tiny/tiny/screen"
    shutil.copytree(folder, copy)

    def judged(doctor=None, path=PACK):
        if doctor:
            with pikepdf.open(copy / path, allow_overwriting_input=True) as pdf:
                doctor(pdf)
                pdf.save(copy / path)
        report = preflight.run(preflight.Request(project, None, (), tmp_path, (copy / path,)))
        found = [problem.text for problem in report.problems if problem.check == "electorate-leak"]
        return [message.removeprefix("electorate-leak: ") for message in found]

    return judged


def test_reports_no_leak_in_untouched_documents(made, monkeypatch):
    monkeypatch.setattr(pool, "ProcessPoolExecutor", InProcess)
    project, folder = made
    report = preflight.run(preflight.Request(project, "tiny", (), folder.parents[2]))
    assert (report.files, report.problems) == (15, ())


def test_a_text_greets_the_member_of_its_own_electorate(isles):
    """A set may say how a letter greets somebody; others are greeted by their name."""
    folder = isles.root / "briefs/electorates/isles"
    edit_file(folder / "set.yaml", "  towns: towns.csv\n", "  towns: towns.csv\n  forms-of-address: forms.csv\n")
    rows = "slug,member,language,title,salutation\nharbour,Ada Quill,,,Ms Quill\n"
    (folder / "forms.csv").write_text(rows, encoding="utf-8")
    text = "      - text: We are a small charity.[^school-count]\n"
    every, nation = "        only: {electorates: [all]}\n", "        except: {electorates: [all]}\n"
    greeting = f"      - text: Dear {{salutation}},\n{every}      - text: Dear members,\n{nation}"
    edit_file(isles.root / "briefs/tiny/brief.yaml", text, greeting + text)
    report = make(isles, kinds=("pack",))
    assert report.problems == ()
    packs = {path.parent.name: path for path in sorted(report.folder.glob("*/*-pack.pdf"))}
    found = {slug: re.findall(r"Dear ([\w ]+),", text_of(path)) for slug, path in packs.items()}
    names = {"harbour": "Ms Quill", "north-harbour": "Bram Sole", "page": "Dov Marlin", "wick": "Cleo Harbour"}
    assert found == {slug: [name] for slug, name in {**names, "national": "members"}.items()}
    federal = electorates.load(isles, "isles")
    known = belongings.known(federal, english(), (), (frozenset(), frozenset()))
    assert {value.shown: value.owners for value in known.values}["Ms Quill"] == ("harbour",)


def text_of(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(page.get_textpage().get_text_bounded() for page in pdf)


def print_on_first_page(words):
    """Return a function that prints words on the first page of a document."""

    def doctor(pdf):
        page = pdf.pages[0]
        name = page.add_resource(pikepdf.Dictionary(HELVETICA), pikepdf.Name.Font)
        lines = words if isinstance(words, tuple) else (words,)
        shown = b" T* ".join(pikepdf.String(line).unparse() + b" Tj" for line in lines)
        page.contents_add(b"/Artifact BMC BT %b 9 Tf 12 TL 60 20 Td %b ET EMC" % (str(name).encode(), shown))

    return doctor


HELVETICA = {"/Type": pikepdf.Name.Font, "/Subtype": pikepdf.Name.Type1, "/BaseFont": pikepdf.Name.Helvetica}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("In North Harbour too", '"North Harbour", the name of another seat'),
        ("Ask Bram Sole", '"Bram Sole", the member for North Harbour'),
        ("34 Gull Road", '"34 Gull Road", the office address of North Harbour'),
        ("in Saltby E 7004", '"Saltby E 7004", the office address of Wick'),
        ("Telephone: 09 5550-3003", '"(09) 5550 3003", the phone number of Page'),
        ("Write to dov.marlin@isles.example.", '"Dov Marlin", the member for Page, and 1 more of its values'),
    ],
)
def test_finds_each_kind_of_value_in_the_text(judge, words, message):
    [found] = judge(print_on_first_page(words))
    assert message in found
    assert found.startswith("page 1: the text contains")


def add_alternative_text(pdf):
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure":
            each.Alt = pikepdf.String("Map with Wick marked, by Cleo Harbour")
            return


def add_actual_text(pdf):
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/H2":
            each.ActualText = pikepdf.String("Cleo Harbour")
            return


def add_bookmark(pdf):
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Cleo Harbour", 0))


def name_in_information(pdf):
    pdf.docinfo["/Keywords"] = "Cleo Harbour"


def name_in_xmp(pdf):
    packet = pdf.Root.Metadata.read_bytes().replace(
        b"<dc:format>", b"<dc:coverage>Cleo Harbour</dc:coverage><dc:format>"
    )
    pdf.Root.Metadata = pdf.make_stream(packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def link_to(address):
    def doctor(pdf):
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address))
        add_annotation(pdf, pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action))

    return doctor


def add_annotation(pdf, annotation):
    annotation.Type, annotation.Rect = pikepdf.Name.Annot, pikepdf.Array([10, 10, 20, 20])
    page = pdf.pages[0]
    page.Annots = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(annotation)])


def name_a_destination(pdf):
    place = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])
    names = [*pdf.Root.Names.Dests.Names, pikepdf.String("zz-north-harbour"), place]
    pdf.Root.Names.Dests.Names = pikepdf.Array(names)


def attach(name, data):
    def doctor(pdf):
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)

    return doctor


@pytest.mark.parametrize(
    ("doctor", "place"),
    [
        (add_alternative_text, "alternative text"),
        (add_actual_text, "alternative text"),
        (add_bookmark, "a bookmark"),
        (name_in_information, "the metadata"),
        (name_in_xmp, "the metadata"),
        (link_to("https://parliament.example/members/cleo-harbour"), "a link"),
        (link_to("tel:+61955504004"), "a link"),
        (link_to("mailto:cleo.harbour@isles.example"), "a link"),
        (name_a_destination, "a link"),
        (attach("north-harbour.csv", b"1,2"), "an attached file"),
        (attach("rows.csv", b"seat,people\nWick,40444\n"), "an attached file"),
    ],
)
def test_finds_a_value_in_every_part_of_a_file(judge, doctor, place):
    found = judge(doctor)
    assert found
    assert all(f"{place} contains" in message for message in found)


@pytest.mark.parametrize("path", ["national/national-pack.pdf", "national/national-leave-behind-crossing-fund.pdf"])
@pytest.mark.parametrize("words", ["Harbour", "Ada Quill", "(09) 5550 1001"])
def test_finds_a_seats_value_in_a_national_document(judge, path, words):
    assert len(judge(print_on_first_page(words), path)) == 1


@pytest.mark.parametrize(
    ("words", "path", "found"),
    [
        ("North Harbour’s people", "north-harbour/north-harbour-pack.pdf", False),
        ("the Harbour", "north-harbour/north-harbour-pack.pdf", True),
        ("our office in Wick", "north-harbour/north-harbour-pack.pdf", False),
        ("Member for Wick", "north-harbour/north-harbour-pack.pdf", True),
        ("the seat of Harbour", "wick/wick-pack.pdf", True),
        ("page 3", PACK, False),
        ("in Page", PACK, True),
        ("Wicker and Wickham", PACK, False),
        ("Bram Sole-Smith, Abram Sole", PACK, False),
    ],
)
def test_allows_a_name_that_is_part_of_an_electorates_own_values(judge, words, path, found):
    assert bool(judge(print_on_first_page(words), path)) == found


@pytest.mark.part(name="builds")
def test_allows_words_of_the_brief_unless_they_are_called_an_electorate(isles):
    edit_file(
        isles.root / "briefs/tiny/brief.yaml", "We are a small charity.", "We met at Wick Airport with Bram Sole."
    )
    assert make(isles).problems == ()
    edit_file(isles.root / "layouts/tiny/cover.html", "<h1>", "<p>The seat of Wick</p><h1>")
    report = make(isles)
    assert set(report.failed) == {
        f"{slug}/{slug}-pack.pdf" for slug in ("national", "harbour", "north-harbour", "page")
    }


@pytest.mark.part(name="builds")
def test_a_brief_text_that_is_only_a_name_permits_no_leak(isles):
    edit_file(isles.root / "briefs/tiny/brief.yaml", "label: Briefing pack · Sample", "label: Wick")
    edit_file(isles.root / "layouts/tiny/foot.html", '<p class="foot">', '<p class="foot">{{ plain(brief.label) }}. ')
    assert make(isles).problems == ()
    edit_file(isles.root / "layouts/tiny/foot.html", "{{ plain(brief.label) }}. ", "Member for Wick. ")
    report = make(isles)
    assert "harbour/harbour-pack.pdf" in report.failed
    assert not [path for path in report.failed if path.startswith("wick/")]


@pytest.mark.part(name="builds")
def test_ignores_a_name_that_is_a_word_of_the_layout(isles):
    edit_file(isles.root / "layouts/tiny/folio.html", "{{ number }} of", "Page {{ number }} of")
    assert make(isles).problems == ()
    edit_file(isles.root / "layouts/tiny/foot.html", '<p class="foot">', '<p class="foot">Member for Page. ')
    assert make(isles).failed


@pytest.mark.part(name="builds", beyond=1)
@pytest.mark.parametrize(
    "markup",
    [
        "<p>Bram Sole</p>", "<h2>North Harbour</h2>", "<img alt='Bram Sole' style='width: 5mm' src='{{ qr(\"a\") }}'>",
        '<a href="#north-harbour">There</a><p id="north-harbour">There</p>', '<a href="tel:+61955502002">Call</a>', '<a href="mailto:bram.sole@isles.example">Write</a>',
    ],
)  # fmt: skip
def test_a_build_makes_no_document_that_leaks_a_value(isles, markup):
    edit_file(isles.root / "layouts/tiny/cover.html", "<h1>", f"{markup}<h1>")
    report = make(isles, electorates=("harbour",), every=False, asks=())
    assert {"national/national-pack.pdf", PACK} <= set(report.failed)
    assert not (report.folder / PACK).exists()
    assert {problem.check for problem in report.problems if not problem.warning} == {"electorate-leak"}
    assert all(re.match('electorate-leak: .+ contains "', problem.text) for problem in report.problems)


def test_allows_the_labels_of_a_documents_maps(isles):
    """The map of Wick's state labels a town that shares its name with a seat in another state."""
    edit_file(isles.root / "briefs/electorates/isles/towns.csv", "Oxmoor", "Harbour")
    assert make(isles, electorates=("page",), every=False).problems == ()


@pytest.mark.part(name="sharing")
def test_preflight_redraws_a_map_to_read_its_labels(isles):
    edit_file(isles.root / "briefs/electorates/isles/towns.csv", "Oxmoor", "Harbour")
    report = make(isles, electorates=("page",), every=False)
    shutil.rmtree(isles.store)
    assert preflight.run(preflight.Request(isles, "tiny", (), report.folder.parents[2])).problems == ()


# ---- Names in a single text.


@pytest.fixture(scope="module")
def loaded(made):
    return plan.read_brief(made[0], "tiny")


def found(loaded, text, own="harbour", **members):
    """Return the leaks in a text of one seat's document; members of seats may be renamed."""
    group = loaded.group
    renamed = tuple(
        replace(each, member=replace(each.member, name=members[each.slug.replace("-", "_")], elected_name=""))
        if each.slug.replace("-", "_") in members
        else each
        for each in group.electorates
    )
    group = replace(group, electorates=renamed)
    known = belongings.known(group, loaded.locale, (), (frozenset(), frozenset()))
    passage = leak.Passage(leak.TEXT, text)
    leaks = leak.found(known, belongings.own(group.by_slug[own]), [passage])
    return [each.message(known) for each in leaks]


@pytest.mark.parametrize(
    "text",
    [
        "Bram\u00a0Sole", "Bram So- le", "Bram So\ufffe le", "Bram So\u00adle", "Bram\u202fSole’s", "“Bram Sole”",
        "BRAM SOLE", "Bram Sole2",
    ],
)  # fmt: skip
def test_finds_a_name_whatever_its_case_hyphens_and_spaces(loaded, text):
    assert found(loaded, text) == ['the text contains "Bram Sole", the member for North Harbour']


def test_reads_a_ligature_as_its_letters(loaded):
    assert found(loaded, "Jo Lo\ufb04er", north_harbour="Jo Loffler")


@pytest.mark.parametrize(
    ("own", "other", "text", "leaks"),
    [
        ("Jo Smith", "Jo Smith", "Jo Smith", False),
        ("Jo Smith-Jones", "Jo Smith", "Jo Smith-Jones", False),
        ("Ann Lee", "Jo Smith", "Jo Smithson, Mary-Jo Smith", False),
        ("Ann Lee", "Jo Smith", "“Jo Smith’s plan”", True),
        ("Jo Smith-Jones", "Jo Smith", "Jo Smith-Jones, Jo Smith.", True),
        ("Jo Smith", "Mary Jo Smith", "Mary Jo Smith", True),
    ],
)
def test_matches_only_the_whole_name_of_a_member(loaded, own, other, text, leaks):
    assert bool(found(loaded, text, harbour=own, north_harbour=other)) == leaks


def test_reports_several_values_of_one_electorate_as_one_problem(loaded):
    text = "Bram Sole, 34 Gull Road, (09) 5550 2002"
    assert found(loaded, text) == [
        'the text contains "Bram Sole", the member for North Harbour, and 2 more of its values'
    ]


@pytest.mark.parametrize("place", [leak.ALT, leak.TEXT])
@pytest.mark.parametrize(
    ("words", "leaks"),
    [
        ("Borders: North Harbour. Places named: Oxmoor, Wick Park.", 0),
        ("Borders: Page.", 1),
        ("Borders: Bram Sole.", 1),
    ],
)
def test_allows_the_names_on_a_documents_own_map(loaded, place, words, leaks):
    known = belongings.known(loaded.group, loaded.locale, (), (frozenset(), frozenset()))
    mapped = frozenset({("oxmoor",), ("wick", "park"), ("north", "harbour")})
    own = replace(belongings.own(loaded.group.by_slug["harbour"]), mapped=mapped)
    assert len([*leak.found(known, own, [leak.Passage(place, words)])]) == leaks


def test_ignores_apostrophes_in_names():
    federal = electorates.load(frozen(), "au-federal-2025")
    index = belongings.Index(belongings.known(federal, english(), (), (frozenset(), frozenset())).values)
    for words in ("O’Connor", "O'Connor", "O’CONNOR", "O’Connor’s"):
        assert [hit.value.shown for hit in index.scan(words)[1]] == ["O’Connor"], words


def test_reads_what_is_heard_of_a_link_as_text_and_not_as_an_address():
    """In an address, the second half of a member's double name would be another electorate's."""
    note = "Elizabeth Watson-Brown MP: (07) 3378 1599"
    with pypdfium2.PdfDocument.new() as pdf:
        read = Read("", links=("tel:0733781599",), notes=(note,))
        found = {each.text: each.address for each in leak.passages_of(Finished(pdf, Expected(), (read,)))}
    assert (found["tel:0733781599"], found[note]) == (True, False)
