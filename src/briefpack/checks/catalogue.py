"""List the checks of briefs and finished PDFs: the id, reason, hint and severity of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from briefpack.checks import appearance, breaks, leak, links, separations, structure, text
from briefpack.checks.findings import Findings
from briefpack.checks.read.finished import Finished
from briefpack.layout import editions
from briefpack.layout.editions import Edition, Property
from briefpack.problem import nearest


def _nothing(_finished: Finished) -> Findings:
    return iter(())


@dataclass(frozen=True)
class Check:
    """A rule for finished PDFs: a stable id, the reason for it, and what to do when a file breaks it.

    `of` says what the rule is checked on: a piece alone, the whole document, the file (in `preflight` only), or the
    brief (in `briefpack check`, without a PDF). `needs` is the property of the editions that it is for; without one, it
    is for all. `remedy` adds to the hint, if there is more to say.
    """

    id: str
    of: Literal["piece", "document", "file", "brief"]
    reason: str
    hint: str
    look: Callable[[Finished], Findings] = _nothing
    severity: Literal["error", "warning"] = "error"
    needs: Property | None = None
    remedy: str = ""

    @property
    def editions(self) -> tuple[str, ...]:
        """Return the names of the editions that it is for, of those that every layout may have."""
        return tuple(name for name, edition in editions.BUILT_IN.items() if self.judges(edition))

    def judges(self, edition: Edition) -> bool:
        """Return whether it is for an edition."""
        return self.needs is None or self.needs in edition.properties


CHECKS = (
    Check(
        "opens",
        "file",
        "a file that is missing, damaged or locked cannot be printed (ISO 15930-7 allows no encryption)",
        "build it again; ask a stranger's file of its maker without a password",
    ),
    Check(
        "as-made",
        "file",
        "a file that was changed after it was made and checked is not the one that the manifest lists",
        "build it again",
        severity="warning",
    ),
    Check(
        "output-profile",
        "file",
        "without a whole profile of the screen or the press, nobody knows which colours are meant (ISO 32000-1, 14.11.5)",
        "copy the ICC profile to layouts/ again from its source, and build again",
        separations.output_profile,
    ),
    Check(
        "page-count",
        "document",
        "a leave-behind is one page, and a pack has no stray page",
        "cut text, or let the layout have more pages",
        structure.page_count,
    ),
    Check(
        "paper-size",
        "document",
        "a page of another size prints shrunk, or not at all",
        "set paper: in layout.yaml and no size in @page",
        structure.paper_size,
    ),
    Check(
        "fonts-embedded",
        "piece",
        "a font that is not in the file is replaced by the reader's (ISO 15930-7 6.2.5, ISO 14289-1 7.21.4.1)",
        "name only families of fonts/fonts.css",
        appearance.fonts,
    ),
    Check(
        "glyphs-missing",
        "piece",
        "a character without a glyph prints as a box (ISO 14289-1 7.21.8)",
        "another character, or a font that has it",
        text.glyphs,
    ),
    Check(
        "words-lost",
        "piece",
        "a word that the brief has and the page hides, cuts off or overprints is a word that nobody reads",
        "give the text room: no fixed height, nothing on top of it, nothing beyond the page's edge",
        text.words_lost,
        remedy="WeasyPrint clips and overprints without a word what does not fit a box of fixed height. Let the box "
        "grow, or let the sheet have a fit. Text that is not meant for paper does not belong in the page's HTML: leave "
        "it out in the template rather than hide it in the style sheet.",
    ),
    Check(
        "placeholder-left",
        "piece",
        "a stand-in such as TK or {{ … }} in print says that nobody read the page",
        "write what it stands for, or delete it",
        text.placeholder,
    ),
    Check(
        "type-size",
        "piece",
        "type under 7 pt, from a printer at home, or under 6 pt anywhere, is not read but guessed",
        "set it larger in the style sheet or tokens.yaml; in a chart, give the chart more width",
        appearance.type_size,
        remedy="The smallest is the larger of the edition's (6 pt; at home 7 pt) and smallest_type_pt of the document in "
        "layout.yaml. It is measured on the page: a chart or a drawing that is shown smaller shrinks its type.",
    ),
    Check(
        "contrast",
        "piece",
        "text needs 4.5:1 against what is really beneath it, or 3:1 from 18 pt, or 14 pt bold (WCAG 2.2, 1.4.3)",
        "darken the text or lighten its ground in tokens.yaml, or move it off the picture",
        appearance.contrast,
        remedy="The page is looked at without its text; each column of pixels in the box of a line counts if more than "
        "half of it is too close to the text's colour. Half bold does not count as bold.",
    ),
    Check(
        "image-resolution",
        "piece",
        "an image under 300 dpi on a press, or 150 dpi elsewhere, at its size on the page is seen as blocks",
        "a larger image, a smaller place for it, or a drawing (SVG)",
        appearance.image_resolution,
    ),
    Check(
        "links-alive-on-paper",
        "document",
        "a link dies in print unless its address can be read, or a QR code opens it",
        "print the address, or a QR code whose alternative text says it",
        links.links_alive,
        severity="warning",
        needs="printed",
        remedy="The address counts as read without https:// and www., wherever in the document it stands: a list of sources "
        "at the end will do. It is a warning: a reader at home can search for a title, and the document is still true.",
    ),
    Check(
        "tagged",
        "document",
        "a screen reader reads the tags, in their order (ISO 14289-1 7.1)",
        "build again",
        structure.tagged,
        needs="tagged",
    ),
    Check(
        "tags",
        "piece",
        "what has no tag, no alternative text, no scope or no order is lost on a screen reader (ISO 14289-1 7.1, 7.3, 7.5)",
        "write alt text, use th with a scope in a table's head, keep the order of reading in the HTML, and build again",
        structure.reading_order,
        needs="tagged",
    ),
    Check(
        "headings",
        "document",
        "a screen reader goes from heading to heading: one H1, and no level left out (ISO 14289-1 7.4.2)",
        "h1 for the title alone, h2 under it, h3 under h2",
        structure.headings,
        needs="tagged",
    ),
    Check(
        "outline",
        "document",
        "a long document is found by its bookmarks (WCAG 2.2, 2.4.5)",
        "head the pages with h1 and h2",
        structure.outline,
        needs="tagged",
    ),
    Check(
        "metadata",
        "document",
        "title and language are what a reader's software announces first (ISO 14289-1 7.1, 7.2)",
        "do not set them in the page; the brief has them",
        structure.metadata,
    ),
    Check(
        "electorate-leak",
        "document",
        "a document that carries another electorate's name, member, office or figures is worse than none",
        "let the template take it from {{ electorate }}, or write it in the brief if every document may have it",
        leak.electorate,
        remedy="Page text, alternative texts, outline, properties, links and attached files are compared with every "
        "electorate's name, member, office address, telephone number, e-mail address and figures. Words of the brief and of "
        "the set are allowed between the same words, labels of the document's maps beside other labels, and whatever the "
        "document's own electorate says of itself.",
    ),
    Check(
        "map-credit",
        "document",
        "the licence of the boundaries asks for its credit beside each map",
        'print group.notices["map"].short on the page with the map',
        text.map_credit,
    ),
    Check(
        "authorisation",
        "document",
        "electoral matter ends with who authorised it, as the law that the electorate set names requires",
        'end the last page with {% include "shared/authorisation.html" %}, in larger type if need be',
        text.authorisation,
        remedy="Only a brief with electoral_matter: yes needs it. 8 pt was held legible in AEC v Kelly [2023] FCA 854. "
        "The particulars stand at the end of the document, in a colour that stands out, and not over a picture.",
    ),
    Check(
        "widow-or-orphan",
        "piece",
        "a paragraph's single line at the head or the foot of a page reads as a mistake",
        "widows: 2 and orphans: 2 in the style sheet, or a few words more or fewer",
        breaks.widow_or_orphan,
        severity="warning",
    ),
    Check(
        "stranded-heading",
        "piece",
        "a heading with less than two lines beneath it at the foot of a page heads nothing",
        "break-after: avoid on the heading, and orphans: 2 on what follows",
        breaks.stranded_heading,
        severity="warning",
    ),
    Check(
        "underfull-page",
        "piece",
        "a page that ends early, or has a hole, looks unfinished; the last of a pack is at least a third full",
        "write more, or let the sheet's fit or give_mm go further in layout.yaml",
        breaks.underfull_page,
        severity="warning",
        remedy="What counts is the largest empty stretch between the first line of the page and its bottom margin "
        f"({breaks.MARGIN_MM:g} mm): over a quarter of that height is too much. Pages are judged when they are made, where "
        "their sheet's fit has give_mm, or pages of exactly so many.",
    ),
    Check(
        "figure-unsourced",
        "brief",
        "a figure without a source is an assertion; the first journalist to ask will say so",
        "source: the id of one in sources:, or query: the open question about it",
    ),
    Check(
        "source-age",
        "brief",
        "a figure more than five years old at the brief's date may no longer be so",
        "a newer figure or source; or say in the text how old it is",
        severity="warning",
    ),
    Check(
        "number-not-from-ledger",
        "brief",
        "a number typed into the text is not changed when the figure changes, and nobody can ask where it is from",
        "add it to figures: and write {its-id} in the text",
        severity="warning",
    ),
    # For a press.
    Check(
        "boxes",
        "document",
        "a printer's software lays out sheets by the trim box, and cuts art at the bleed box",
        "bleed_mm: in layout.yaml, and no bleed or marks in @page",
        separations.boxes,
        needs="process-inks",
    ),
    Check(
        "bleed-art",
        "piece",
        "sheets are cut a hair off now and then: art that ends at the edge leaves a white line",
        "let it go on by var(--bleed), or end it inside the sheet",
        separations.bleed_art,
        needs="process-inks",
    ),
    Check(
        "rgb-in-press",
        "piece",
        "a press has four inks; what is in other colours is turned into them by someone who does not know the design",
        "var(--…) of a colour in layouts/tokens.yaml",
        separations.colour_spaces,
        needs="process-inks",
    ),
    Check(
        "text-ink",
        "piece",
        "small type on several plates blurs when they are a hair out of register",
        "a colour of editions: press: text: in layout.yaml, or add it there",
        separations.text_ink,
        needs="process-inks",
    ),
    Check(
        "ink-limit",
        "piece",
        "paper takes so much ink and no more: beyond it, it stays wet and marks the next sheet",
        "less of each ink in cmyk: of tokens.yaml, with more black",
        separations.ink_limit,
        needs="process-inks",
    ),
    Check(
        "hairline",
        "piece",
        "a line thinner than a quarter of a point breaks up in print",
        "0.25pt or more",
        separations.hairline,
        needs="process-inks",
    ),
    Check(
        "transparency",
        "piece",
        "what shows through is worked out by the printer's software, and may come out otherwise than on a screen",
        "a colour of its own in tokens.yaml in place of opacity",
        separations.transparency,
        severity="warning",
        needs="process-inks",
    ),
    Check(
        "pdf-x",
        "document",
        "a print shop takes PDF/X-4: inks for a named condition, and nothing to click (ISO 15930-7)",
        "briefpack build --edition press",
        separations.pdf_x,
        needs="process-inks",
    ),
)
"""Every check, in the order in which problems are listed."""


def by_id(check_id: str) -> Check:
    """Return the check with that id. Raises KeyError with the nearest ids if there is none."""
    for check in CHECKS:
        if check.id == check_id:
            return check
    raise KeyError(nearest(check_id, (check.id for check in CHECKS), most=0))
