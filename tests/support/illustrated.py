"""Photographs, logos, a signature and portraits for the sample, or for the Isles, with a page that shows them all."""

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from briefpack.project import Project
from isles import replace

GPS = 0x8825
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 84 28"><path fill="{}" d="M0 0H28V28H0Z"/>'
    '<circle cx="56" cy="14" r="14" fill="{}"/></svg>'
)
LOGOS = {"logo": ("#E0503A", "#16243A"), "logo-white": ("#FFFFFF", "#FFFFFF"), "logo-black": ("#000000", "#000000")}
OF_ORGANISATION = "\n  logo: {file: logo.svg, on_dark: logo-white.svg, one_colour: logo-black.svg}"
OF_BRIEF = """partners:
  - {name: Roads for People, logo: {file: partner.png}}
cover_image: crowd
images:
  street: {file: street.jpg, alt: A street, caption: A street near a school, credit: Ann Example, people: none}
  school: {file: school.png, alt: A school gate, credit: Bo Example, people: stock}
  crowd:
    {file: crowd.webp, alt: A crowd at a crossing, credit: Cy Example, people: consented, focus: 20% 80%, until: 2099-12-31}
foreword:
  blocks:
    - text: We walk.
  name: Dot Example
  signature: signature.png
electoral_matter: no
"""
BLOCKS = """      - text: We are a small charity.[^school-count]
      - image: street
      - image: {image: school, size: full-width}
"""
PLACES = """    images:
      column: {width_mm: 119, height_mm: 150}
      full-width: {width_mm: 170, height_mm: 90, crop: yes}
      full-page: {width_mm: 210, height_mm: 297, crop: yes, bleed: [top, right, bottom, left]}
      logo: {width_mm: 42, height_mm: 14}
      running-logo: {width_mm: 18, height_mm: 5}
      partner-logo: {width_mm: 30, height_mm: 10, beneath: sand}
      signature: {width_mm: 40, height_mm: 15}
      member-portrait: {width_mm: 30, height_mm: 38, crop: yes}
    citations: footnotes
"""
PAGE = """{% extends "tiny/page.html" %}
{% block kind %}body{% endblock %}
{% macro picture(shown) %}
{% if shown %}
<figure><img src="{{ shown.src }}" alt="{{ shown.alt }}" style="width: {{ shown.width_mm }}mm; height: {{ shown.height_mm }}mm">
<figcaption>{{ shown.caption or "" }} {{ shown.credit or "" }} {{ shown.note or "" }}</figcaption></figure>
{% endif %}
{% endmacro %}
{% block content %}
<div class="part">
{{ picture(logo("logo")) }}
<div class="dark">{{ picture(logo("logo", "dark")) }}</div>
{% for each in partner_logos("partner-logo") %}{{ picture(each) }}{% endfor %}
{{ picture(portrait("member-portrait")) }}
{{ picture(signature("signature")) }}
{% for part in brief.sections %}{% for item in part.blocks if item.image %}{{ picture(image(item.image.image, item.image.size)) }}{% endfor %}{% endfor %}
</div>
{% set cover = image(brief.cover_image, "full-page") %}
<div class="page"><img src="{{ cover.src }}" alt="{{ cover.alt }}" style="width: {{ cover.width_mm }}mm; height: {{ cover.height_mm }}mm"></div>
{% endblock %}
"""
STYLES = """
figure { break-inside: avoid; }
.dark { background: var(--ink); }
.page { break-before: page; }
.page img { position: absolute; left: calc(0mm - var(--outer) - var(--bleed)); top: calc(-20mm - var(--bleed)); }
"""
FOOT = """{% block content %}{% set mark = logo("running-logo") %}{% if mark %}<img src="{{ mark.src }}" alt="" style="float: right; width: {{ mark.width_mm }}mm; height: {{ mark.height_mm }}mm">{% endif %}"""


def illustrate(project: Project) -> Project:
    """Add images to a copy of the sample, places for them to its layout, and a page that shows them."""
    brief, layout = project.root / "briefs/tiny/brief.yaml", project.root / "layouts/tiny"
    shutil.copytree(_drawn(), project.root / "briefs/tiny/images")
    replace(brief, "\n  website: https://walk.example\nelectoral_matter: no\n",
            f"\n  website: https://walk.example{OF_ORGANISATION}\n{OF_BRIEF}")  # fmt: skip
    replace(brief, "      - text: We are a small charity.[^school-count]\n", BLOCKS)
    replace(layout / "layout.yaml", "    citations: footnotes\n", PLACES)
    cover = "      - {id: cover, page: tiny/cover.html, pages: {exactly: 1}}\n"
    own = "      - {id: images, page: tiny/images.html, pages: {at_most: 12}}\n"
    replace(layout / "layout.yaml", cover, cover + own)
    (layout / "images.html").write_text(PAGE, encoding="utf-8")
    (layout / "pack.css").write_text((layout / "pack.css").read_text("utf-8") + STYLES, encoding="utf-8")
    replace(layout / "foot.html", "{% block content %}", FOOT)
    return project


@functools.cache
def _drawn() -> Path:
    """Return a folder with the brief's images, drawn once a process."""
    folder = Path(tempfile.mkdtemp(prefix="briefpack-images-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    photograph(1800, 1200, 1).save(folder / "street.jpg", quality=95, exif=secrets())
    photograph(2200, 2200, 2).save(folder / "school.png")
    # It fills a page, and the running foot prints over it.
    pale(photograph(2600, 3600, 3)).save(folder / "crowd.webp", quality=95)
    for name, colours in LOGOS.items():
        (folder / f"{name}.svg").write_text(LOGO.format(*colours), encoding="utf-8")
    clear((800, 260), "#2F5D62").save(folder / "partner.png")
    clear((900, 330), "#101820").save(folder / "signature.png")
    return folder


def photograph(width: int, height: int, seed: int) -> Image.Image:
    """Return an image with as much detail as a photograph: soft areas of colour, and some grain."""
    numbers = np.random.default_rng(seed)
    soft = Image.fromarray(numbers.integers(0, 256, (9, 12, 3), dtype=np.uint8)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    grain = numbers.normal(0, 6, (height, width, 1))
    return Image.fromarray((np.asarray(soft, dtype=np.float32) + grain).clip(0, 255).astype(np.uint8))


def pale(image: Image.Image) -> Image.Image:
    """Return an image that dark type can be read on."""
    return Image.blend(image, Image.new("RGB", image.size, "white"), 0.85)


def clear(size: tuple[int, int], colour: str) -> Image.Image:
    """Return a stroke of colour on a transparent ground."""
    made = Image.new("RGBA", size)
    made.paste(colour, (size[0] // 8, size[1] // 3, size[0] * 7 // 8, size[1] * 2 // 3))
    return made


def secrets() -> Image.Exif:
    """Return metadata with an author and a place."""
    found = Image.Exif()
    found[0x013B] = "SECRET author"
    found.get_ifd(GPS).update({1: "S", 2: (33.0, 52.0, 4.0), 3: "E", 4: (151.0, 12.0, 36.0)})
    return found


def portray(project: Project, *slugs: str, rows: str = "") -> None:
    """Add a portrait of the member for each of some of the Isles' electorates."""
    folder = project.root / "briefs/electorates/isles/portraits"
    folder.mkdir()
    for seed, slug in enumerate(slugs):
        photograph(500, 640, 10 + seed).save(folder / f"{slug}.jpg", quality=92)
    rows = rows or "".join(f"{slug},Eve Example,2099-06-30\n" for slug in slugs)
    (folder / "credits.csv").write_text(f"slug,credit,until\n{rows}", encoding="utf-8")
