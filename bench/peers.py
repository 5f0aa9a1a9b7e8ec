"""Makes the sample documents without briefpack, in one warm process: `peers.py weasyprint|typst FOLDER`.

Prints JSON: for each document its kind, seconds, pages and bytes. What the process needs before its first
document (imports, fonts, style sheets, another electorate's documents) is not timed.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

HERE = Path(__file__).resolve().parent
Make = Callable[[dict], bytes]


def weasyprint_maker(folder: Path) -> Make:
    """WeasyPrint with its fonts and shared style sheets read once."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 -- the other peer does without
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- as above

    fonts = FontConfiguration()
    sheets: dict[str, CSS] = {}

    def sheet(name: str) -> CSS:
        if name not in sheets:
            sheets[name] = CSS(filename=folder / name, font_config=fonts)
        return sheets[name]

    def make(entry: dict) -> bytes:
        own = CSS(filename=folder / entry["own"], font_config=fonts)
        page = HTML(filename=folder / f"{entry['name']}.html", media_type="print")
        styles = [*map(sheet, entry["styles"]), own]
        return page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True)

    return make


def typst_maker(folder: Path) -> Make:
    """Typst with one compiler, which remembers what it set before."""
    import typst  # noqa: PLC0415 -- the other peer does without

    for template in HERE.glob("*.typ"):
        (folder / template.name).write_bytes(template.read_bytes())
    compilers = {
        kind: typst.Compiler(
            folder / f"{kind}.typ", root=folder, font_paths=[folder / "fonts"], ignore_system_fonts=True
        )
        for kind in ("pack", "leave-behind")
    }

    def make(entry: dict) -> bytes:
        inputs = {"document": f"/{entry['name']}.json"}
        return compilers[entry["kind"]].compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1")

    return make


MAKERS = {"weasyprint": weasyprint_maker, "typst": typst_maker}


def main(peer: str, folder: Path) -> None:
    """Make every document of the index, and say what each took."""
    index = json.loads((folder / "index.json").read_text())
    make = MAKERS[peer](folder)
    for entry in index:
        if entry["warms"]:
            make(entry)
    timed = [_timed(make, entry, folder / peer) for entry in index if not entry["warms"]]
    print(json.dumps(timed))  # noqa: T201 -- for bench.py


def _timed(make: Make, entry: dict, out: Path) -> dict:
    start, used = time.perf_counter(), time.process_time()
    data = make(entry)
    out.mkdir(exist_ok=True)
    (out / f"{entry['name']}.pdf").write_bytes(data)
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    pages = len(pypdfium2.PdfDocument(data))
    return {"kind": entry["kind"], "seconds": seconds, "cpu": cpu, "pages": pages, "bytes": len(data)}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve())
