"""Writes sample documents as anyone would without briefpack: one HTML file a document, and JSON for Typst.

Run by bench.py in a built copy of the project: `prepare.py FOLDER SLUG...`; the first one's only warm a peer. Nothing
here is timed. The peers get for nothing what briefpack pays for in its own time: written pages, drawn charts, and each
sheet's fit.
"""

import html
import json
import re
import sys
from pathlib import Path

from weasyprint import HTML

from briefpack import charts, pages, plan, problem
from briefpack.output import Request
from briefpack.pages import MADE, Composed, Composer, Piece, Stamp
from briefpack.plan import Plan
from briefpack.project import Project
from briefpack.store import Store
from briefpack.typeset import fit
from briefpack.typeset.typesetter import Typesetter
from briefpack.typeset.weasyprint import patched

BODY = re.compile(r'<body class="([^"]*)">(.*)</body>', re.DOTALL)
SVG = re.compile(rf"{MADE}([0-9a-f]+)\.svg")
TAG = re.compile(r"<[^>]+>")
STYLE = re.compile(r"(\w+): ([\d.]+)(?:mm|%)")
SPACE = re.compile(r"\s+")
HEAD = '<!DOCTYPE html><html lang="{}"><head><meta charset="utf-8"><title>{}</title></head><body>'
FOOT = (
    '@page {{ @bottom-left {{ content: "{}"; font: 400 7.5pt/1 var(--sans); color: var(--grey); white-space: nowrap;'
    " vertical-align: top; padding-top: 10mm }} @bottom-right {{ content: counter(page) ' of ' counter(pages);"
    " font: 600 7.5pt/1 var(--sans); vertical-align: top; padding-top: 10mm }} }}"
    "@page cover {{ @bottom-left {{ content: none }} @bottom-right {{ content: none }} }}"
)
JOINED = (
    ".cover { page: cover } .joined + .joined { break-before: page }"
    ".stamped { position: relative; font-size: var(--size-body) }"
    ".at[data-target]::after { content: target-counter(attr(data-target), page) }"
)
ENTRY = re.compile(r"<(tr|li|p)\b[^>]*>.*?</\1>", re.DOTALL)
"""What names a page: a row, an item or a paragraph with a link to it and a place for its number."""
LINKED = re.compile(r'href="#([^"]+)"')


def main(folder: Path, slugs: list[str]) -> None:
    """Write each document of the electorates named, and an index of them."""
    project = Project(Path.cwd())
    request = Request(
        project, project.brief(None), "ijm", project.root / "out", electorates=tuple(slugs), national=False
    )
    brief, layout = plan.read(project, request.brief, request.layout, "screen")
    planned = plan.make(brief, layout, plan.select(brief, electorates=tuple(slugs), national=False))
    kept = Store(project.store)
    writer = pages.composer(planned, project.root, _drawn(planned, project), kept)
    made = _made(project.root / "out" / request.brief / request.layout / "screen" / "manifest.json")
    settings: dict[str, dict[str, float]] = {}
    (folder / "made").mkdir(parents=True, exist_ok=True)
    (folder / "fonts").symlink_to(project.root / "fonts")
    index = []
    for document in planned.documents:
        composed = pages.compose(writer, document)
        for piece in composed.pieces:
            if piece.key not in settings:
                settings[piece.key] = _settings(piece, project, kept)
        chosen = {sheet: each for piece in composed.pieces for sheet, each in settings[piece.key].items()}
        entry = made[document.path]
        warms = document.electorate == slugs[0]
        index.append(_write(folder, writer, composed, entry, chosen) | {"warms": warms})
    (folder / "index.json").write_text(json.dumps(index))


def _drawn(planned: Plan, project: Project) -> dict[plan.Drawing, str]:
    """The key in the store of each chart, all drawn by the build before."""
    group = planned.brief.group
    common = charts.made_from(
        planned.layout.look, planned.brief.locale, project.root, charts.ground(group) if group else None
    )
    return {drawing: charts.key(drawing, common, project.root) for drawing in planned.drawings}


def _made(manifest: Path) -> dict[str, dict]:
    return {entry["path"]: entry for entry in json.loads(manifest.read_text())["documents"]}


def _settings(piece: Piece, project: Project, kept: Store) -> dict[str, float]:
    """The type size of each sheet of a piece, as a share of its designed size."""
    with patched(), problem.heard_from("weasyprint") as heard:
        return dict(fit.Search(Typesetter(piece, project.root, kept, heard)).sized().settings)


def _write(folder: Path, writer: Composer, composed: Composed, entry: dict, settings: dict[str, float]) -> dict:
    """One document as HTML with its own CSS, and as JSON; and what the index says of it."""
    document = composed.document
    running = pages.run(writer, document, entry["pages"])
    text = _joined(composed, running, writer.plan.brief.brief.language)
    rules = "".join(f"#{sheet}{{font-size:{size * 100:.4g}%}}" for sheet, size in settings.items())
    for key in set(SVG.findall(text)):
        (folder / "made" / f"{key}.svg").write_bytes(writer.kept.get(key) or b"")
    text = text.replace(MADE, "made/")
    own = "".join(dict.fromkeys(piece.css for piece in composed.pieces))
    (folder / f"{document.kind}.css").write_text(own)
    (folder / f"{document.name}.css").write_text(rules + JOINED + _foot(running))
    (folder / f"{document.name}.html").write_text(text)
    (folder / f"{document.name}.json").write_text(_typst(writer, composed, running, text, settings))
    slots = [style for stamp in composed.stamps for style in stamp.piece.styles]
    styles = [str(writer.root / "layouts" / style) for style in dict.fromkeys([*document.spec.styles, *slots])]
    return {
        "name": document.name, "kind": document.kind, "pages": entry["pages"], "bytes": entry["bytes"],
        "styles": ["fonts/fonts.css", f"{document.kind}.css", *styles], "own": f"{document.name}.css",
    }  # fmt: skip


def _joined(composed: Composed, running: tuple[Stamp, ...], language: str) -> str:
    """A document's pieces as one HTML text, with what fills its slots in their places."""
    parts = [HEAD.format(language, html.escape(composed.document.facts.title))]
    for place, piece in enumerate(composed.pieces):
        kind, text = _body(piece)
        for stamp in (each for each in composed.stamps if each.over == place):
            text = _filled(text, stamp)
        parts.append(f'<div class="joined {kind}">{text}</div>')
    whole = "".join(parts).replace('href="piece:', 'href="#')
    # A peer finds the pages of the contents itself.
    whole = ENTRY.sub(_with_target, whole)
    for stamp in running:
        if stamp.slot == "addressee":
            whole += f'<div style="position: fixed; left: 74mm; top: 5.5mm; width: 100mm">{_body(stamp.piece)[1]}</div>'
    return f"{whole}</body></html>"


def _filled(text: str, stamp: Stamp) -> str:
    """A piece's text with what fills its slot."""
    inside = f'<div id="{stamp.slot}" class="stamped">{_body(stamp.piece)[1]}</div>'
    return re.sub(rf'<img id="{stamp.slot}"[^>]*>', lambda _: inside, text)


def _with_target(entry: re.Match[str]) -> str:
    """An entry that says where the page is whose number it prints."""
    linked = LINKED.search(entry[0])
    return re.sub(r'class="at"', f'class="at" data-target="#{linked[1]}"', entry[0]) if linked else entry[0]


def _body(piece: Piece) -> tuple[str, str]:
    found = BODY.search(piece.html)
    if found is None:
        raise ValueError(f"{piece.name} has no body")
    return found[1], found[2]


def _foot(running: tuple[Stamp, ...]) -> str:
    """The running foot of a pack as margin boxes; the addressee of a leave-behind as a class of its own."""
    for stamp in running:
        if stamp.slot == "foot":
            return FOOT.format(_plain(stamp.piece))
    return ".addressee { text-align: right; font-size: 8.5pt; font-weight: 600; line-height: 6mm; color: var(--paper) }"


def _plain(piece: Piece) -> str:
    return html.unescape(TAG.sub("", _body(piece)[1])).strip()


def _typst(
    writer: Composer,
    composed: Composed,
    running: tuple[Stamp, ...],
    text: str,
    settings: dict[str, float],
) -> str:
    """A document's texts as a tree of JSON, with the values of the look and the fits."""
    root = HTML(string=text).etree_element
    body = next(element for element in root.iter() if element.tag == "body")
    said = {stamp.slot: _plain(stamp.piece) for stamp in running if stamp.slot != "folio"}
    tree = {
        "title": composed.document.facts.title,
        "language": writer.plan.brief.brief.language.partition("-")[0],
        "colours": dict(writer.plan.layout.look.colours),
        "fits": settings,
        "running": said,
        "parts": [_node(child) for child in body if "joined" in child.get("class", "")],
    }
    return json.dumps(tree, ensure_ascii=False)


def _node(element: object) -> dict:
    """An element as JSON: its tag, classes, attributes that matter, and what is in it."""
    inside = [SPACE.sub(" ", element.text)] if element.text else []
    for child in element:
        inside.append(_node(child))
        inside += [SPACE.sub(" ", child.tail)] if child.tail else []
    node = {"t": element.tag, "c": element.get("class", "").split(), "k": inside}
    named = {"id": "id", "href": "href", "src": "src", "alt": "alt", "data-target": "target", "colspan": "span"}
    node |= {short: element.get(name) for name, short in named.items() if element.get(name)}
    node |= {name: float(value) for name, value in STYLE.findall(element.get("style", ""))}
    return node


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
