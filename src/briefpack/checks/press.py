"""List the checks for printing in process inks."""

from briefpack.checks import separations
from briefpack.checks.check import Check

CHECKS = (
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
