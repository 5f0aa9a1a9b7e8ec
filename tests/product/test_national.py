"""The national documents of the real brief in each layout, as read by eye and by screen reader."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest

from briefpack import build, output, plan
from briefpack.brief import figures, markdown
from briefpack.brief.local_page import LocalFact, LocalPanel
from briefpack.brief.model import Ask, Block, Panel
from briefpack.output import manifest
from briefpack.plan import values_in_words
from briefpack.schema import Model, walk
from briefpack.typeset.weasyprint.tree import MOVED
from projects import english, frozen

ROOT = Path(__file__).parents[2]
BRIEF = "ijm-federal-2025"
HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
REFERENCE = re.compile(r"\{([a-z0-9-]+)(?::([a-z]+))?\}")


# ---- Reading a finished PDF: its marked content and its structure tree.


def squash(text: str) -> str:
    """Return a text without spaces and hyphens, which depend on line breaks."""
    return re.sub(r"[\s\u00ad\u0002-]+", "", text).casefold()


@dataclass
class Node:
    """A structure element with all its text in reading order."""

    kind: str
    element: pikepdf.Object
    text: str = ""
    pages: set = field(default_factory=set)
    kids: list = field(default_factory=list)
    links: list = field(default_factory=list)

    def all(self) -> Iterator["Node"]:
        yield self
        for kid in self.kids:
            yield from kid.all()

    def find(self, *kinds: str) -> list["Node"]:
        return [node for node in self.all() if node.kind in kinds]


def _eyebrow(node: Node) -> str:
    """Return the words that were moved into a heading."""
    return "".join(kid.text for kid in node.kids if MOVED in str(kid.element.get("/ID", "")))


class Reading:
    """One finished PDF, read from its content streams and tags."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pdf = pikepdf.Pdf.open(path)
        self.marked: dict[tuple, str] = {}
        self.artifacts: list[list[str]] = [[] for _ in self.pdf.pages]
        self.unmarked: list[str] = []
        self.fonts: dict[str, pikepdf.Object] = {}
        self.numbers = {each.obj.objgen: number for number, each in enumerate(self.pdf.pages)}
        for number, each in enumerate(self.pdf.pages):
            self._read(each.obj, each.obj, number, artifact=False)
        self.tagged: set[tuple] = set()
        self.tree = self._node(self.pdf.Root.StructTreeRoot.K[0], None)
        with pypdfium2.PdfDocument(path) as document:
            self.seen = [each.get_textpage().get_text_bounded() for each in document]

    @property
    def text(self) -> str:
        return self.tree.text

    @property
    def headings(self) -> list[Node]:
        """Return the headings, each without the kind and the number that are read as its first words."""
        return [replace(node, text=node.text.removeprefix(_eyebrow(node))) for node in self.tree.find(*HEADINGS)]

    def _read(self, stream: pikepdf.Object, owner: pikepdf.Object, number: int, *, artifact: bool, above=()) -> None:
        resources, marks, font, saved = stream.Resources, list(above), None, []
        for operands, operator in pikepdf.parse_content_stream(stream, "q Q Tf Tj TJ BMC BDC EMC Do"):
            match str(operator):
                case "q":
                    saved.append(font)
                case "Q":
                    font = saved.pop()
                case "Tf":
                    font = self._cmap(resources.Font[operands[0]])
                case "Tj" | "TJ":
                    self._write(_shown(operands, font), owner, number, marks, artifact=artifact)
                case "BMC" | "BDC":
                    about = operands[1] if len(operands) > 1 else {}
                    marks.append(("/Drawing" if "/Drawing" in about else str(operands[0]), about.get("/MCID")))
                case "EMC":
                    marks.pop()
                case "Do":
                    inside = artifact or any(tag == "/Artifact" for tag, _ in marks)
                    self._draw(resources.XObject[operands[0]], owner, number, artifact=inside, above=marks)
        assert marks == list(above)
        assert not saved

    def _draw(self, form: pikepdf.Object, owner: pikepdf.Object, number: int, *, artifact: bool, above: list) -> None:
        """Read a form: one with its own tags starts without marks, and any other inherits those around it."""
        if form.Subtype == "/Form":
            own = "/StructParents" in form
            self._read(form, form if own else owner, number, artifact=artifact, above=() if own else above)

    def _write(self, text, owner, number, marks, *, artifact) -> None:
        ids = [mcid for _, mcid in marks if mcid is not None]
        if any(tag == "/Drawing" for tag, _ in marks):
            # A list says what such a drawing shows.
            return
        if artifact or any(tag == "/Artifact" for tag, _ in marks):
            self.artifacts[number].append(text)
        elif ids:
            key = (owner.objgen, int(ids[-1]))
            self.marked[key] = self.marked.get(key, "") + text
        else:
            self.unmarked.append(text)

    def _cmap(self, font: pikepdf.Object) -> dict[int, str]:
        self.fonts[str(font.BaseFont)] = font
        return _letters(font.ToUnicode.read_bytes())

    def _node(self, element: pikepdf.Object, above: pikepdf.Object | None) -> Node:
        home = element.get("/Pg", above)
        node = Node(str(element.S), element)
        parts = []
        for kid in _kids(element):
            if isinstance(kid, int):
                parts.append(self._tagged_text(home, home, kid, node))
            elif kid.get("/Type") == "/MCR":
                parts.append(self._tagged_text(kid.get("/Stm", kid.Pg), kid.Pg, int(kid.MCID), node))
            elif kid.get("/Type") == "/OBJR":
                node.links.append(kid.Obj)
                node.pages.add(self.numbers[kid.get("/Pg", home).objgen])
            else:
                made = self._node(kid, home)
                node.kids.append(made)
                node.pages |= made.pages
                parts.append(made.text)
        node.text = " ".join(part for part in parts if part)
        return node

    def _tagged_text(self, stream, sheet, mcid, node) -> str:
        assert (stream.objgen, mcid) not in self.tagged, "one mark hangs in two elements"
        self.tagged.add((stream.objgen, mcid))
        node.pages.add(self.numbers[sheet.objgen])
        return self.marked.get((stream.objgen, mcid), "")


def _kids(element: pikepdf.Object) -> list:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _shown(operands, letters: dict[int, str]) -> str:
    first = operands[0]
    strings = (
        [part for part in first if isinstance(part, pikepdf.String)] if isinstance(first, pikepdf.Array) else [first]
    )
    codes = b"".join(bytes(string) for string in strings)
    return "".join(letters[int.from_bytes(codes[place : place + 2])] for place in range(0, len(codes), 2))


@functools.cache
def _letters(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>\n", cmap)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


# ---- The build, shared by both workers.


@dataclass(frozen=True)
class National:
    layout: str
    folder: Path

    def read(self, name: str) -> Reading:
        return _reading(self.folder / "national" / name)

    @property
    def pack(self) -> Reading:
        return self.read("national-pack.pdf")

    @property
    def leave_behinds(self) -> dict[str, Reading]:
        return {ask.id: self.read(f"national-leave-behind-{ask.id}.pdf") for ask in brief().asks}

    @property
    def all(self) -> list[Reading]:
        return [self.pack, *self.leave_behinds.values()]


@functools.cache
def _reading(path: Path) -> Reading:
    return Reading(path)


@pytest.fixture(scope="session", params=["ijm", pytest.param("plain", marks=pytest.mark.part(name="editions"))])
def national(request, tmp_path_factory) -> National:
    out = tmp_path_factory.mktemp("national")
    wanted = output.Request(project=frozen(), brief=BRIEF, layout=request.param, out=out, jobs=2)
    report = build.run(wanted)
    assert report.exit_code == 0, "\n".join(map(str, report.problems))
    return National(request.param, out / BRIEF / request.param / "screen")


@functools.cache
def loaded() -> plan.LoadedBrief:
    return plan.read_brief(frozen(), BRIEF)


def brief():
    return loaded().brief


def plain(text: str) -> str:
    return markdown.plain(text, figures.Ledger(brief(), english()))


def pieces_of(text: str) -> list[str]:
    """Return the printed runs of a text between citations, list marks and emphasis."""
    filled = REFERENCE.sub(lambda found: figures.Ledger(brief(), english()).written(found[1], found[2] or ""), text)
    bare = re.sub(r"(?m)^\s*(?:-|\d+\.) ", "\n", filled)
    parts = re.split(r"\[\^[^\]]*\]|\*\*|\*|\n\s*\n", bare)
    return [plain(part) for part in parts if part.strip(" .,\n")]


def texts_of(value: Model, *but: str) -> Iterator[str]:
    """Yield every text that a model and its nested models print, except for some models."""
    for _, model in walk(value):
        if not isinstance(model, (Panel, LocalPanel, LocalFact)) and not (set(but) & {type(model).__name__}):
            for name in type(model).model_fields:
                content = getattr(model, name)
                for text in content if isinstance(content, tuple) else (content,):
                    if isinstance(text, str) and name in PRINTED:
                        yield text


PRINTED = {
    "text", "caption", "heading", "standfirst", "headline", "asked", "period", "who_decides", "legislation",
    "buys", "words", "who", "note", "point", "action", "title",
}  # fmt: skip


def assert_contains(reading: Reading, text: str) -> None:
    inside = squash(reading.text)
    missing = [part for part in pieces_of(text) if squash(part) not in inside]
    assert missing == [], f"{reading.path.name} lacks these words"


# ---- Files and pages.


def test_makes_only_the_pack_and_a_leave_behind_for_each_ask(national):
    made = {path.name for path in (national.folder / "national").iterdir()}
    asks = [
        "digital-duty-of-care", "technical-capacity-building", "child-protection-compact", "double-accce",
        "anti-trafficking-training", "p2p-programme", "mekong-working-group",
    ]  # fmt: skip
    assert made == {"national-pack.pdf", *(f"national-leave-behind-{ask}.pdf" for ask in asks)}
    assert {path.name for path in national.folder.iterdir()} == {"national", "manifest.json"}
    assert len(manifest.read(national.folder).documents) == 8


def test_sets_the_headlines_of_all_leave_behinds_on_one_baseline(national):
    """Their second letters sit on it, if they are none of those that reach below it."""
    found = []
    for ask, reading in national.leave_behinds.items():
        text = pypdfium2.PdfDocument(reading.path)[0].get_textpage()
        headline = next(each for each in brief().asks if each.id == ask).leave_behind.headline
        start, _ = text.search(headline.split()[0]).get_next()
        assert headline[1] not in "gjpqy"
        found.append(text.get_charbox(start + 1)[1])
    assert max(found) - min(found) < 1


def test_makes_files_small_enough_to_email(national):
    assert national.pack.path.stat().st_size < 400_000
    for reading in national.leave_behinds.values():
        assert reading.path.stat().st_size < 120_000


# ---- Texts.


def test_opens_the_pack_with_cover_glance_and_contents(national):
    seen = [squash(text) for text in national.pack.seen]
    assert squash("Protect children, stop scams, lead our region") in seen[0]
    assert squash("National edition") in seen[0]
    assert squash("24 November 2026") in seen[0]
    assert squash("Crimes in our region reach into Australian homes") in seen[1]
    glance = _glance(national.pack)
    assert glance in ({1}, {1, 2})
    assert squash("Also in this pack") in seen[max(glance)]
    assert squash(brief().sections[0].heading) in seen[max(glance) + 1]


def _glance(pack: Reading) -> set[int]:
    """Return the pages of the brief at a glance, from its heading to the contents."""
    titles = {squash(node.text): node.pages for node in pack.headings}
    (first,), (last,) = titles[squash(brief().glance.heading)], titles[squash("Also in this pack")]
    return {*range(first, last + 1)}


@pytest.mark.parametrize("part", ["glance", "sections", "themes", "asks", "case_studies"])
def test_prints_every_text_of_the_brief_in_the_pack(national, part):
    content = getattr(brief(), part)
    for item in content if isinstance(content, tuple) else (content,):
        for text in texts_of(item, "LeaveBehind", "Reason" if part == "asks" else "", "National"):
            if text not in _only_left_behind() | (_second_captions() if part == "themes" else set()):
                assert_contains(national.pack, text)


@functools.cache
def _only_left_behind() -> set[str]:
    """Return the texts of the leave-behinds, which the pack doesn't print."""
    return {text for ask in brief().asks for text in texts_of(ask.leave_behind)}


@functools.cache
def _second_captions() -> set[str]:
    """Return the captions of the numbers after the first of a panel: a place for what is local prints one."""
    return {fact.caption for theme in brief().themes for fact in theme.national.facts[1:]}


def _panel(ask: Ask) -> Panel:
    """Return what ties an ask to the nation: its own words or, without any, its theme's."""
    [theme] = [theme for theme in brief().themes if theme.id == ask.theme]
    return ask.national or theme.national


def test_ties_each_ask_to_the_nation_by_one_number_and_one_sentence(national):
    """The same on the ask's page of the pack, or one that goes on from it, and on its leave-behind."""
    book, pack = figures.Ledger(brief(), english()), national.pack
    starts = sorted(min(node.pages) for node in pack.headings if node.kind in ("/H1", "/H2", "/H3"))
    for ask in brief().asks:
        panel, [home] = _panel(ask), _pages_of(pack, ask.headline)
        after = min([page for page in starts if page > home])
        number = "".join(book.large(panel.facts[0].figure))
        tie = squash(f"{number}{plain(panel.facts[0].caption)}.{plain(panel.sentence)}")
        assert tie in squash("".join(pack.seen[home:after])), ask.id
        left = squash(national.leave_behinds[ask.id].text)
        # The names on the map are between them.
        assert 0 <= left.find(squash(plain(panel.heading))) < left.find(tie), ask.id


def _pages_of(pack: Reading, heading: str) -> set[int]:
    return {at for node in pack.headings if squash(node.text) == squash(plain(heading)) for at in node.pages}


def test_prints_every_text_of_a_leave_behind(national):
    for ask in brief().asks:
        reading = national.leave_behinds[ask.id]
        for text in texts_of(ask.leave_behind):
            assert_contains(reading, text)
        panel = _panel(ask)
        for text in (panel.heading, panel.facts[0].caption, panel.sentence):
            assert_contains(reading, text)
        own = squash(" ".join(map(plain, texts_of(ask.leave_behind))))
        for caption in [squash(plain(fact.caption)) for fact in panel.facts[1:]]:
            assert squash(reading.text).count(caption) == own.count(caption)
        for contact in brief().contacts:
            assert_contains(reading, contact.name)
            assert_contains(reading, contact.email)


def test_lists_every_source_with_its_address(national):
    inside = squash(national.pack.text)
    addresses = {str(link.A.URI) for node in national.pack.tree.find("/Link") for link in node.links if "/A" in link}
    places = []
    for source in brief().sources.values():
        entry = plain(source.publisher) + (f", {plain(source.title)}" if source.title else "")
        entry += f", {plain(source.date)}" if source.date else ""
        assert squash(entry) in inside
        places.append(inside.rfind(squash(entry + ".")))
        if source.url:
            assert source.url in addresses
            # The host at least: a longer address is in the link alone.
            assert squash(re.sub(r"^https?://(www\.)?", "", source.url).partition("/")[0]) in inside
    assert -1 not in places
    assert places == sorted(places)


def _tells(items, rows) -> bool:
    """Return whether a list has an item for each row, with its label and its note."""
    told = [[squash(plain(text)).rstrip(".") for text in (row.label, row.note or "")] for row in rows]
    pairs = zip(items, told, strict=False)
    return len(items) == len(rows) and all(text in item for item, texts in pairs for text in texts)


def test_gives_every_chart_its_finding_labels_and_alternative_text(national):
    shown = {model.chart for _, model in walk(brief()) if isinstance(model, Block) and model.chart}
    shown |= {ask.chart for ask in brief().asks if ask.chart} | {study.timeline for study in brief().case_studies}
    inside = squash(national.pack.text)
    alts = [str(node.element.Alt) for node in national.pack.tree.find("/Figure")]
    for name in sorted(shown):
        chart = brief().charts[name]
        assert squash(plain(chart.finding)) in inside
        if chart.kind in values_in_words.LISTED:
            items = [[squash(item.text) for item in each.find("/LI")] for each in national.pack.tree.find("/L")]
            assert [each for each in items if _tells(each, chart.rows)], name
        else:
            # The values that the author's words don't give follow them.
            assert [alt for alt in alts if alt.startswith(plain(chart.alt))], name
        for row in chart.rows:
            assert squash(plain(row.label)) in inside, row.label


def test_never_prints_an_open_query(national):
    for reading in national.all:
        inside = squash(reading.text + "".join(map("".join, reading.artifacts)))
        for query in brief().queries.values():
            sentences = re.split(r"(?<=[.?!])\s+", query.question)
            for sentence in sentences:
                assert len(sentence.split()) < 6 or squash(sentence) not in inside, sentence


# ---- Tags.


def test_makes_valid_pdf_ua_and_pdf_a(national):
    for reading in national.all:
        for profile in ("ua1", "3a"):
            assert page.validate_pdf(str(reading.path), profile=profile).is_compliant, (reading.path.name, profile)


def test_tags_headings_in_reading_order(national):
    wanted = [brief().title, brief().glance.heading, "Also in this pack"]
    wanted += [part.heading for part in brief().sections]
    for theme in brief().themes:
        wanted.append(theme.heading)
        wanted += [ask.headline for ask in brief().asks if ask.theme == theme.id]
        wanted += [study.heading for study in brief().case_studies if study.theme == theme.id]
    wanted += ["Where the facts come from, and whom to ask", "Contacts", english().label("sources-and-pages")]
    found = iter([squash(node.text) for node in national.pack.headings])
    for heading in wanted:
        assert squash(plain(heading)) in found, f"not in its place: {heading}"


def test_gives_table_headers_a_scope_for_columns_and_rows(national):
    tables = national.pack.tree.find("/Table")
    assert tables
    for table in tables:
        scopes = [str(cell.element.A.Scope) for cell in table.find("/TH")]
        assert {"/Column", "/Row"} == set(scopes)
        rows = table.find("/TR")
        widths = {sum(int(cell.element.get("/A", {}).get("/ColSpan", 1)) for cell in row.kids) for row in rows}
        assert len(widths) == 1


def test_prints_the_title_amount_and_decider_of_each_ask_in_the_table(national):
    """An ask that changes the law has no amount; the law is on its page."""
    written, pack = figures.Ledger(brief(), english()).written, national.pack
    for number, ask in enumerate(brief().asks, start=1):
        [row] = [row for row in _rows(pack) if squash(row.text).startswith(squash(f"{number} {plain(ask.title)}"))]
        amount = f"{written(ask.amount)} {plain(ask.period)}" if ask.amount else "No funding sought"
        [home] = _pages_of(pack, ask.headline)
        cells = [str(number), ask.title, ask.who_decides, amount, written(ask.annual) if ask.annual else "–", home + 1]
        assert [squash(cell.text) for cell in row.kids] == [squash(plain(str(cell))) for cell in cells]


def _rows(pack: Reading) -> list[Node]:
    """Return the rows of the table of asks, which may go on to a second page."""
    glance = _glance(pack)
    return [row for table in pack.tree.find("/Table") if table.pages <= glance for row in table.find("/TR")]


def test_ends_the_table_of_asks_with_their_total(national):
    foot = _rows(national.pack)[-1]
    assert squash(foot.text) == squash("Total a year, all six costed asks AU$36.2 million")
    [heading] = foot.find("/TH")
    assert str(heading.element.A.Scope) == "/Row"


def test_gives_every_link_words_and_the_print_flag(national):
    for reading in national.all:
        tagged = [
            link.objgen if link.is_indirect else None for node in reading.tree.find("/Link") for link in node.links
        ]
        on_pages = [link for each in reading.pdf.pages for link in each.obj.get("/Annots", ())]
        assert len(tagged) == len(on_pages) > 0
        for node in reading.tree.find("/Link"):
            assert node.text.strip()
            assert node.links
        for link in on_pages:
            assert int(link.F) & 4
            assert str(link.get("/Contents", "")).strip()


def test_cites_by_the_numbers_of_the_one_list_and_links_to_it(national):
    """A source has one number in the whole pack: its place in the brief, and those of the set follow."""
    labels = (squash(node.text).strip(".") for node in national.pack.tree.find("/Lbl"))
    numbers = {label for label in labels if label.isdigit()}
    assert {str(number) for number in range(1, len(brief().sources) + 1)} <= numbers
    links = [node for node in national.pack.tree.find("/Link") if node.links]
    cited = [squash(node.text) for node in links if str(node.links[0].get("/Contents", "")).startswith("source ")]
    assert len(cited) >= 20
    assert set(cited) <= numbers
    order = [*brief().sources]
    for part in (*brief().sections, *brief().themes):
        for source in {found for text in texts_of(part) for found in re.findall(r"\[\^([^\]]*)\]", text)}:
            assert str(order.index(source) + 1) in cited


def test_tags_running_heads_and_feet_only_as_artifacts(national):
    pack = national.pack
    total = len(pack.pdf.pages)
    for number in range(1, total):
        artifacts = squash("".join(pack.artifacts[number]))
        assert squash(f"{number + 1} of {total}") in artifacts
        assert squash(brief().organisation.name) in artifacts
    assert not re.search(rf"\b2 of {total}\b", pack.text)
    assert squash(f"{brief().label} · National edition") not in squash(pack.text)
    assert squash("".join(pack.artifacts[0])) == ""
    for reading in national.leave_behinds.values():
        # Whom a leave-behind is for is part of it, not a running head.
        assert squash(reading.text).count(squash("National edition")) == 1
        assert squash("National edition") not in squash("".join(reading.artifacts[0]))


BEFORE_HEAD = re.compile(r"listofsources|^(p\.\d+|casestudy|theme\d*)$")


def test_names_the_part_of_each_page_in_its_running_head(national):
    """The kicker above the heading names only the page itself."""
    parts = {part.heading: brief().title for part in brief().sections}
    labels = {theme.id: theme.label for theme in brief().themes}
    parts |= {theme.heading: theme.label for theme in brief().themes}
    parts |= {ask.headline: labels[ask.theme] for ask in brief().asks}
    parts |= {study.heading: labels[study.theme] for study in brief().case_studies}
    parts |= {brief().glance.heading: "At a glance", "Contacts": "Sources and contacts"}
    for heading, part in parts.items():
        (home,) = _pages_of(national.pack, heading)
        # A large numeral, an arrow, the note about the sources and what names a related page may come first.
        shown = [text for text in map(squash, national.pack.artifacts[home]) if not BEFORE_HEAD.search(text)]
        assert next(text for text in shown if any(map(str.isalpha, text))) == squash(plain(part))


def test_reads_the_panel_between_the_reasons_and_the_action(national):
    for ask in brief().asks:
        text, inside = ask.leave_behind, squash(national.leave_behinds[ask.id].text)
        order = [text.headline, text.standfirst, *(reason.point for reason in text.reasons)]
        panel = _panel(ask)
        order += [panel.heading, panel.sentence, pieces_of(text.action)[0]]
        places = [inside.index(squash(plain(words))) for words in order]
        assert places == sorted(places), ask.id


# ---- Fonts, copied text, bookmarks and metadata.


def test_embeds_only_fonts_of_the_project(national):
    css = (ROOT / "fonts" / "fonts.css").read_text(encoding="utf-8")
    families = {family.replace(" ", "-") for family in re.findall(r'font-family: "([^"]+)"', css)}
    for reading in national.all:
        assert reading.fonts
        for name, font in reading.fonts.items():
            # WeasyPrint adds a comma to the name of a family that ends with a number.
            subset, _, family = name.removeprefix("/").rstrip(",").partition("+")
            assert len(subset) == 6
            assert any(family == known or family.startswith(f"{known}-") for known in families), name
            assert {"/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor.keys())


def test_breaks_no_line_between_a_number_and_its_unit(national):
    """A font may draw a no-break space with the glyph of a space, so only line ends tell them apart."""
    for reading in national.all:
        for seen in reading.seen:
            assert not re.search(r"\d\s*[\r\n]+\s*(?:million|billion)\b", seen)
            assert not re.search(r"\b1\s*[\r\n]+\s*in \d|\b1 in\s*[\r\n]+\s*\d", seen)
            assert not re.search(r"\bIDR\s*[\r\n]+\s*\d", seen)


def test_makes_a_bookmark_for_each_heading(national):
    for reading in national.all:
        with reading.pdf.open_outline() as outline:
            items = list(_flat(outline.root, 1))
        names = {destination[0].objgen: reading.numbers[destination[0].objgen] for _, _, destination in items}
        headings = _headings_of_bookmarks()
        titles = ((headings.get(squash(title), squash(title)), *rest) for title, *rest in items)
        found = [(title, level, names[destination[0].objgen]) for title, level, destination in titles]
        wanted = [(squash(node.text), int(node.kind[2:]), min(node.pages)) for node in reading.headings]
        assert [title for title, _, _ in found] == [
            title for title, _, _ in wanted if title in {t for t, _, _ in found}
        ]
        for title, _, at in found:
            assert at in {sheet for heading, _, sheet in wanted if heading == title}
        # The titles of the parts of a single page have none.
        least = 3 if len(reading.pdf.pages) > 1 else 2
        assert {title for title, level, _ in wanted if level < least} <= {title for title, _, _ in found}


def _headings_of_bookmarks() -> dict[str, str]:
    """Return the heading of each bookmark that says more, or something else: what kind of part it is, and which."""
    label = english().label
    said = {label("case-study", label=plain(each.heading)): each.heading for each in brief().case_studies}
    for key, parts, title in (("ask-titled", brief().asks, "headline"), ("theme-titled", brief().themes, "label")):
        for number, part in enumerate(parts, start=1):
            heading = part.headline if key == "ask-titled" else part.heading
            said[label(key, number=number, title=plain(getattr(part, title)))] = heading
    return {squash(bookmark): squash(plain(heading)) for bookmark, heading in said.items()}


def _flat(items, level) -> Iterator[tuple]:
    for item in items:
        yield item.title, level, item.destination
        yield from _flat(item.children, level + 1)


def test_writes_the_same_metadata_in_both_places(national):
    titles = {"national-pack.pdf": brief().title}
    titles |= {f"national-leave-behind-{ask.id}.pdf": ask.leave_behind.headline for ask in brief().asks}
    for reading in national.all:
        info = reading.pdf.docinfo
        assert str(info.Title) == plain(titles[reading.path.name])
        assert str(info.Author) == "International Justice Mission Australia"
        assert str(info.Subject) == plain(brief().subject)
        assert str(info.Keywords) == ", ".join(brief().keywords)
        assert str(reading.pdf.Root.Lang) == "en-AU"
        assert reading.pdf.Root.ViewerPreferences.DisplayDocTitle
        with reading.pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == str(info.Title)
            assert xmp["dc:creator"] == ["International Justice Mission Australia"]
            assert xmp["dc:description"] == str(info.Subject)
            assert xmp["pdf:Keywords"] == str(info.Keywords)
            assert set(xmp["dc:language"]) == {"en-AU"}
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["xmp:CreateDate"].startswith("2026-11-24")
        assert str(info.CreationDate).startswith("D:20261124")


def test_links_inside_the_pack_lead_to_the_pages_that_they_name(national):
    pack = national.pack
    names = pack.pdf.Root.Names.Dests.Names
    targets = {str(names[place]): pack.numbers[names[place + 1][0].objgen] for place in range(0, len(names), 2)}
    headings = {squash(node.text): node for node in pack.headings}
    wanted = {f"section-{part.id}": part.heading for part in brief().sections}
    wanted |= {f"theme-{theme.id}": theme.heading for theme in brief().themes}
    wanted |= {f"ask-{ask.id}": ask.headline for ask in brief().asks}
    wanted |= {f"case-{study.id}": study.heading for study in brief().case_studies}
    wanted |= {"sources": "Where the facts come from, and whom to ask"}
    seen = set()
    for node in pack.tree.find("/Link"):
        for link in node.links:
            if "/Dest" in link:
                name = str(link.Dest)
                seen.add(name)
                assert name in targets
                if name in wanted:
                    assert targets[name] in headings[squash(plain(wanted[name]))].pages, name
    assert set(wanted) <= seen


def test_prints_the_page_numbers_of_the_linked_pages_in_the_contents(national):
    """Each theme and ask ends its row of the table with its page, and each other part its entry below."""
    pack = national.pack
    names = pack.pdf.Root.Names.Dests.Names
    targets = {str(names[place]): pack.numbers[names[place + 1][0].objgen] for place in range(0, len(names), 2)}
    rows = [row for row in _rows(pack) if row.find("/Link")]
    entries = [item for listed in pack.tree.find("/TOC") if listed.pages <= _glance(pack) for item in listed.kids]
    assert len(rows) == len(brief().themes) + len(brief().asks)
    assert len(entries) == len(brief().sections) + len(brief().case_studies) + 1
    for entry in (*rows, *entries):
        links = entry.find("/Link")  # one for each line
        [name] = {str(each.Dest) for node in links for each in node.links}
        assert re.search(rf"\b{targets[name] + 1}$", entry.text)
        assert entry in rows or squash(entry.text) == squash(
            "".join(node.text for node in links) + str(targets[name] + 1)
        )
