"""List the checks of briefs and finished PDFs: the id, reason, hint and severity of each."""

from briefpack.checks import appearance, composition, leak, marks, separations, spoken, structure, text
from briefpack.checks.findings import Check

CHECKS = (
    Check(
        "opens",
        "file",
        "a missing, damaged or password-protected file can't be printed (ISO 15930-7 allows no encryption)",
        "build it again; if you didn't make it, ask for a copy without a password",
    ),
    Check(
        "as-made",
        "file",
        "a file that was edited after it was checked is not the file that the manifest lists",
        "build it again",
        severity="warning",
    ),
    Check(
        "page-count",
        "document",
        "a leave-behind is one page, and a pack must not end with a stray page",
        "cut or add text, or change the number of pages in layout.yaml",
        structure.page_count,
    ),
    Check(
        "paper-size",
        "document",
        "a page of another size is scaled or cropped when it prints",
        "set paper: in layout.yaml, and no size in @page",
        structure.paper_size,
    ),
    Check(
        "fonts-embedded",
        "piece",
        "a font that isn't embedded is replaced by another (ISO 15930-7, 6.2.5; ISO 14289-1, 7.21.4.1)",
        "use only the font families in fonts/fonts.css",
        appearance.fonts,
    ),
    Check(
        "glyphs-missing",
        "piece",
        "a character that its font lacks prints as a box (ISO 14289-1, 7.21.8)",
        "use another character, or a font that has it",
        text.glyphs,
    ),
    Check(
        "words-lost",
        "piece",
        "nobody can read text that is hidden, cut off or overprinted",
        "make room for the text: no fixed height, nothing on top of it, nothing beyond the edge of the page",
        text.words_lost,
        remedy="WeasyPrint gives no warning when it clips or overprints text that doesn't fit a box of fixed height. Let "
        "the box grow, or give the piece a fit. Text that a style sheet hides on purpose isn't counted: display: none, "
        "visibility: hidden, and text for screen readers only, in a box of 1px or clipped to nothing. Letters are covered if a "
        "shape or an image that is drawn later hides three tenths of their ink.",
    ),
    Check(
        "placeholder-left",
        "piece",
        "a placeholder such as TK or {{ … }} in print shows that nobody read the page",
        "replace it with the text, or delete it",
        text.placeholder,
    ),
    Check(
        "type-size",
        "piece",
        "type under 6 pt is too small to read, and so is type under 7 pt from a home printer",
        "make it larger in the style sheet or tokens.yaml; in a chart, give the chart more width",
        appearance.type_size,
        remedy="The minimum is set by the edition, or by smallest_type_pt of the document in layout.yaml if that is "
        "larger. Type is measured as it prints: when a chart or drawing is scaled down, so is its type.",
    ),
    Check(
        "contrast",
        "piece",
        "text needs a contrast of 4.5:1 with its background, or 3:1 from 18 pt, or from 14 pt bold (WCAG 2.2, 1.4.3)",
        "darken the text or lighten its background in tokens.yaml, or move the text off the picture",
        appearance.contrast,
        remedy="The page is rendered without its text. A column of pixels behind a line of text counts if more than half "
        "of it is too close to the colour of the text. Semibold doesn't count as bold.",
    ),
    Check(
        "image-resolution",
        "piece",
        "an image needs 150 dpi at the size at which it prints; below that, its pixels show",
        "use a larger image, print it smaller, or use a drawing (SVG)",
        appearance.image_resolution,
    ),
    Check(
        "image-sharpness",
        "piece",
        "a press prints details that an image of less than 300 dpi doesn't have",
        "use a larger image, or print it smaller",
        appearance.image_sharpness,
        severity="warning",
        needs="process-inks",
    ),
    Check(
        "links-alive-on-paper",
        "document",
        "a reader on paper can follow a link only by its printed address or a QR code",
        "print the address, or add a QR code with the address as its alternative text",
        structure.links_alive,
        severity="warning",
        needs="printed",
        remedy="The address may be printed anywhere in the document, without https:// and www., for example in a list of "
        "sources at the end. This is only a warning, because readers can also search for the title.",
    ),
    Check(
        "tagged",
        "document",
        "screen readers need tags, in reading order (ISO 14289-1, 7.1)",
        "build again",
        structure.tagged,
        needs="tagged",
    ),
    Check(
        "tags",
        "piece",
        "without tags, alternative text and header scopes, a screen reader skips or misreads content "
        "(ISO 14289-1, 7.1, 7.3, 7.5)",
        "write alt text, give each th a scope, and build again",
        structure.complete_tags,
        needs="tagged",
    ),
    Check(
        "link-name",
        "piece",
        "a list of links is read by their names, so an id or a long address tells nobody where a link leads (WCAG 2.2, 2.4.4)",
        "put words into the link, or give it an aria-label; leave out aria-hidden around it",
        spoken.link_name,
        needs="tagged",
        remedy="A site alone, such as example.org, and an email address count as words.",
    ),
    Check(
        "words-apart",
        "piece",
        'words without a space between them are read, searched and copied as one: "Perhead" (ISO 14289-1, 7.1)',
        "write a space between the elements, or make them blocks",
        spoken.words_apart,
        needs="tagged",
    ),
    Check(
        "empty-element",
        "piece",
        "a screen reader stops at an element that says nothing, or announces it (ISO 14289-1, 7.1)",
        "leave out the element if it has no text, and build again",
        spoken.empty_element,
        needs="tagged",
    ),
    Check(
        "reading-order",
        "piece",
        "text that is heard in another order than it stands in makes no sense (ISO 14289-1, 7.2; WCAG 2.2, 1.3.2)",
        "write the HTML in the order in which the page is read: each column from top to bottom",
        spoken.reading_order,
        needs="tagged",
        remedy="What the page itself moves, with data-read, isn't judged.",
    ),
    Check(
        "mark-contrast",
        "piece",
        "a mark of a chart or a map needs a contrast of 3:1 with what is behind it, or few can see it (WCAG 2.2, 1.4.11)",
        "use a darker colour of tokens.yaml, or give the mark an outline; in a drawing, darken the shape",
        marks.contrast,
        needs="tagged",
        remedy="The page is rendered without the mark. What only stands behind marks or between them isn't judged: in a chart "
        'file, gid=BEHIND says so; in a drawing, aria-hidden="true". A drawing that says so of no shape is not judged at all: '
        "it may be a logo.",
    ),
    Check(
        "alt-holds-numbers",
        "document",
        "a reader who can't see a chart gets its values from its alternative text (WCAG 2.2, 1.1.1)",
        "print {{ chart(…).alt }} or {{ chart(…).items }} with the chart, and build again",
        spoken.values,
        needs="tagged",
        remedy="It has all values of a chart up to twelve, as they print; of more, the first, the last, the lowest and the "
        "highest of each series.",
    ),
    Check(
        "headings",
        "document",
        "screen-reader users move from heading to heading: they need one H1, and no skipped level (ISO 14289-1, 7.4.2)",
        "use h1 for the title only, h2 below it, and h3 below h2",
        structure.headings,
        needs="tagged",
    ),
    Check(
        "outline",
        "document",
        "readers find their way around a long document by its bookmarks (WCAG 2.2, 2.4.5)",
        "use h1 and h2 for the headings of its pages, and no bookmark-level: none for them",
        structure.outline,
        needs="tagged",
    ),
    Check(
        "metadata",
        "document",
        "a screen reader announces the title first, and reads in the language given (ISO 14289-1, 7.1, 7.2)",
        "don't set a title or language in a template: both come from the brief",
        structure.metadata,
    ),
    Check(
        "electorate-leak",
        "document",
        "a document with another electorate's name, member, office or telephone number is worse than no document",
        "use {{ electorate }} in the template, or write the text in the brief if every document may have it",
        leak.electorate,
        remedy="Text, alternative text, bookmarks, metadata, links and attached files are compared with the name, member, "
        "office address, phone number and email address of every electorate. A match is allowed if the brief or the "
        "electorate set prints it, or if it is part of a name on the document's maps or of the electorate's own data; but "
        "a name beside the word for a member or an electorate must be the document's own.",
    ),
    Check(
        "private-words",
        "document",
        "an answer, an open query or a note of a meeting is for our own sheet alone",
        "delete it here; a page of a document with internal: yes may have it",
        leak.private,
        remedy="The texts of questions: and queries: in the brief, and the notes of a meeting, are compared with the words "
        "of every document that others get.",
    ),
    Check(
        "map-credit",
        "document",
        "the licence of the boundaries requires a credit with each map",
        'print group.notices["map"].short on the page with the map',
        text.map_credit,
        remedy="A document needs it only if one of its pages shows a map. It is checked when it is made.",
    ),
    Check(
        "authorisation",
        "document",
        "electoral matter must end with legible authorisation particulars, by the law that the electorate set names",
        'end the last page with {% include "shared/authorisation.html" %}, in larger type if it is too small',
        text.authorisation,
        remedy="Only a brief with electoral_matter: yes needs it. The smallest type allowed is in the electorate set, with "
        "the law. Print the particulars at the end of the document, in a colour that contrasts with the background, and "
        "not over a picture.",
    ),
    Check(
        "widow-or-orphan",
        "piece",
        "a single line of a paragraph at the head or foot of a page looks like a mistake",
        "set widows: 2 and orphans: 2 in the style sheet, or add or cut a few words",
        composition.widow_or_orphan,
        severity="warning",
    ),
    Check(
        "stranded-heading",
        "piece",
        "a heading at the foot of a page needs two lines of its text below it",
        "set break-after: avoid on the heading, and orphans: 2 on the text that follows",
        composition.stranded_heading,
        severity="warning",
    ),
    Check(
        "underfull-page",
        "piece",
        "a page with a large gap looks unfinished",
        "in the brief, write more or less, move what begins the next page, or begin the next part with start: page",
        composition.underfull_page,
        severity="warning",
        remedy="The largest gap between the first line of the page and its bottom margin "
        f"({composition.MARGIN_MM:g} mm) may take up two fifths of that height. The last page before a part that always "
        "starts a page (start: page in the brief, starts: page in layout.yaml), and the last of all, may be as empty as "
        "they are; but if a part runs over onto one, only four fifths of it.",
    ),
    Check(
        "figure-unsourced",
        "brief",
        "a figure without a source is only a claim, and a journalist will ask where it comes from",
        "add source: with the id of one in sources:, or query: with the id of the open question about it",
    ),
    Check(
        "link-fails",
        "brief",
        "a reader who follows an address or scans a QR code, perhaps years later, must find the page",
        "correct the address, or find its new one",
        remedy="`briefpack check --links` requests each address. A missing page or server is an error. A server that takes "
        "too long, refuses programs or has an invalid certificate is only a warning, because a browser may still open it.",
    ),
    Check(
        "member-details",
        "brief",
        "a pack must not go to a member who has left, or name a party that a member has left",
        "check who the member is now, and update the electorate set",
        severity="warning",
        remedy="The electorate set lists a member who has changed or a vacant seat, or its list is over 90 days old. If the "
        "set is right as it is, accept the warning under accept:, with where: and the electorate's name.",
    ),
    Check(
        "boxes",
        "document",
        "imposition software positions pages by the trim box, and cuts off artwork at the bleed box",
        "set bleed_mm: in layout.yaml, and no bleed or marks in @page",
        separations.boxes,
        needs="process-inks",
    ),
    Check(
        "bleed-art",
        "piece",
        "cutting is never exact: artwork that ends at the edge of the page can leave a white line",
        "extend it by var(--bleed), or end it inside the page",
        separations.bleed_art,
        needs="process-inks",
    ),
    Check(
        "rgb-in-press",
        "piece",
        "a press prints four inks, and any other colour is converted by someone who doesn't know the design",
        "use a colour from layouts/tokens.yaml, as var(--…)",
        separations.colour_spaces,
        needs="process-inks",
    ),
    Check(
        "text-ink",
        "piece",
        "small type in several inks blurs when the plates are slightly out of register",
        "use a colour listed under text: of the edition in layout.yaml, or add the colour there",
        separations.text_ink,
        needs="process-inks",
    ),
    Check(
        "ink-limit",
        "piece",
        "with more ink than the paper can take, a sheet stays wet and marks the next one",
        "use less of each ink, and more black, under cmyk: in tokens.yaml",
        separations.ink_limit,
        needs="process-inks",
    ),
    Check(
        "hairline",
        "piece",
        "a line thinner than a quarter of a point breaks up in print",
        "make it 0.25pt or thicker",
        separations.hairline,
        needs="process-inks",
    ),
    Check(
        "transparency",
        "piece",
        "the print shop's software flattens transparency, and the result can differ from the screen",
        "use a solid colour from tokens.yaml instead of opacity",
        separations.transparency,
        severity="warning",
        needs="process-inks",
    ),
    Check(
        "pdf-x",
        "document",
        "print shops ask for PDF/X-4: inks for a named printing condition, and nothing to click (ISO 15930-7)",
        "build it again; if you didn't make it, ask for a PDF/X-4 file",
        separations.pdf_x,
        needs="process-inks",
    ),
)
"""Every check, in the order in which problems are listed."""


def by_id(check_id: str) -> Check:
    """Return the check with that id, which must exist."""
    return next(check for check in CHECKS if check.id == check_id)
