"""What templates get when they place an image: its size, its words, and the version of a logo for its ground."""

from dataclasses import replace as changed

import pytest

from briefpack import build, output
from briefpack.pages.pictures import Images
from briefpack.pages.sandbox import Refused
from illustrated import illustrate
from isles import replace


@pytest.fixture
def project(project):
    return illustrate(project)


def calls(project, edition="screen", brief=()):
    """Return the functions of the sample's pack, after some changes to its brief."""
    for old, new in brief:
        replace(project.root / "briefs/tiny/brief.yaml", old, new)
    planned = build.prepare(output.Request(project, "tiny", "tiny", project.root / "out", edition=edition))
    document = planned.documents[0]
    ledger = planned.brief.ledger
    return Images(planned.brief.images, planned.layout, document.kind, document.spec.images, ledger, {}, {})


def file_of(found, shown):
    """Return the name of the file that an image on a page comes from."""
    return found.found[shown.src.rpartition("/")[2].partition(".")[0]].original.path.name


@pytest.mark.part(name="builds", beyond=2)
@pytest.mark.parametrize(
    ("people", "note"),
    [
        ("people: none", None), ("people: stock", "Stock image. No survivor depicted"),
        ("people: stock, note: Posed by a model", "Posed by a model"),
    ],
)  # fmt: skip
def test_gives_the_note_that_people_print_or_the_authors_own(project, people, note):
    found = calls(project, brief=[("credit: Ann Example, people: none", f"credit: Ann Example, {people}")])
    assert found.image("street", "column").note == note


def test_gives_the_words_of_an_image_without_markup(project):
    found = calls(project, brief=[("caption: A street near a school", 'caption: "Cars drove {speed-before}"')])
    shown = found.image("street", "column")
    assert (shown.alt, shown.credit) == ("A street", "Ann Example")
    assert shown.caption == "Cars drove 48"
    assert found.image("school", "column").caption is None


def test_names_the_field_that_places_an_image_before_its_credit(project):
    """A page that an image fills has no other words that lead back to the brief."""
    found = changed(calls(project), fields={id(name := "street"): "asks.0.image"})
    assert found.image(name, "column").credit == "<!--at asks.0.image-->Ann Example"


@pytest.mark.part(name="builds", beyond=2)
@pytest.mark.parametrize(
    ("image", "place", "edition", "size"),
    [
        ("street", "column", "screen", (119, 79.333)),
        ("crowd", "column", "screen", (108.333, 150)),
        ("street", "full-width", "screen", (170, 90)),
        ("crowd", "full-page", "press", (216, 303)),
    ],
)
def test_keeps_the_proportions_or_fills_the_place_and_the_bleed(project, image, place, edition, size):
    shown = calls(project, edition).image(image, place)
    assert (shown.width_mm, shown.height_mm) == size


@pytest.mark.parametrize(("image", "height_mm", "tall"), [("crowd", 200, True), ("street", 90, False)])
def test_gives_a_tall_image_a_height_of_its_own(project, image, height_mm, tall):
    layout = project.root / "layouts/tiny/layout.yaml"
    replace(
        layout, "full-width: {width_mm: 170, height_mm: 90,", "full-width: {width_mm: 170, height_mm: 90, tall_mm: 200,"
    )
    shown = calls(project).image(image, "full-width")
    assert (shown.width_mm, shown.height_mm, shown.tall) == (170, height_mm, tall)


def test_bleeds_only_on_the_sides_that_the_layout_names(project):
    layout = project.root / "layouts/tiny/layout.yaml"
    replace(layout, "bleed: [top, right, bottom, left]", "bleed: [top, left]")
    shown = calls(project, "press").image("crowd", "full-page")
    assert (shown.width_mm, shown.height_mm) == (213, 300)


@pytest.mark.part(name="builds", beyond=2)
@pytest.mark.parametrize(
    ("edition", "ground", "file"),
    [
        ("screen", "light", "logo.svg"), ("press", "dark", "logo-white.svg"), ("home", "dark", "logo-black.svg"),
    ],
)  # fmt: skip
def test_takes_the_logo_for_its_ground(project, edition, ground, file):
    found = calls(project, edition)
    shown = found.logo("logo", ground)
    assert (file_of(found, shown), shown.alt) == (file, "Walk Safely Australia")


@pytest.mark.parametrize(("ground", "file"), [("light", "partner.png"), ("dark", "logo-white.svg")])
def test_takes_the_logo_of_a_partner_for_its_ground(project, ground, file):
    found = calls(project, brief=[("logo: {file: partner.png}", "logo: {file: partner.png, on_dark: logo-white.svg}")])
    [shown] = found.partner_logos("partner-logo", ground)
    assert file_of(found, shown) == file


def test_has_no_logo_for_a_ground_without_a_file(project):
    found = calls(project, brief=[(", on_dark: logo-white.svg, one_colour: logo-black.svg", "")])
    assert found.logo("logo", "dark") is None
    assert file_of(found, found.logo("logo")) == "logo.svg"


@pytest.mark.parametrize(
    ("file", "grounds"),
    [("logo.svg", ["light"]), ("logo-white.svg", ["dark"]), ("street.jpg", ["light"])],
)
def test_places_a_logo_of_one_version_where_it_stands_out(project, file, grounds):
    own = ("logo: {file: logo.svg, on_dark: logo-white.svg, one_colour: logo-black.svg}", f"logo: {{file: {file}}}")
    found = calls(project, brief=[own])
    assert [ground for ground in ("light", "dark") if found.logo("logo", ground)] == grounds


@pytest.mark.parametrize(("least", "messages"), [(14, []), (60, ["it prints 42 mm wide; its least_width_mm is 60"])])
def test_warns_of_a_logo_that_prints_smaller_than_its_owner_allows(project, least, messages):
    found = calls(project, brief=[("{file: logo.svg,", f"{{file: logo.svg, least_width_mm: {least},")])
    found.logo("logo")
    [image] = found.found.values()
    assert [problem.message for problem in image.problems if problem.warning] == messages


def test_has_no_logo_and_no_signature_without_files(project):
    logo = "\n  logo: {file: logo.svg, on_dark: logo-white.svg, one_colour: logo-black.svg}"
    partners = "partners:\n  - {name: Roads for People, logo: {file: partner.png}}\n"
    found = calls(project, brief=[(logo, ""), (partners, ""), ("\n  signature: signature.png", "")])
    assert (found.logo("logo"), found.partner_logos("partner-logo"), found.signature("signature")) == (None, [], None)
    # A place that doesn't exist does no harm while nothing needs it.
    assert found.logo("nowhere") is None


def test_refuses_a_place_that_the_kind_of_document_lacks(project):
    with pytest.raises(Refused) as found:
        calls(project).image("street", "colum")
    assert found.value.message == 'pack has no place for images called "colum"'
    assert found.value.hint.startswith("column")


def test_refuses_a_place_that_layout_yaml_should_have(project):
    with pytest.raises(Refused) as found:
        calls(project).image("street", "nowhere")
    assert found.value.hint == "add nowhere: {width_mm: 119, height_mm: 90} to images: of pack in layout.yaml"


def test_refuses_an_image_that_the_brief_lacks(project):
    names = calls(project).names
    with pytest.raises(Refused) as found:
        names["image"]("stret", "column")
    assert (found.value.message, found.value.hint) == (
        'there is no image called "stret" here',
        "street, crowd or school",
    )


def test_prints_a_transparent_image_on_the_colour_beneath_it(project):
    found = calls(project, "press")
    inks = found.layout.look.inks[found.layout.look.colours["sand"]]
    found.partner_logos("partner-logo")
    found.signature("signature")
    grounds = {each.original.path.name: each.wanted.ground for each in found.found.values()}
    assert grounds == {"partner.png": inks, "signature.png": None}
