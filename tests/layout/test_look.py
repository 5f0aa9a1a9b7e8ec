"""The look: tokens as CSS names, what a layout changes in them, and the faces of fonts.css."""

from briefpack.layout import look
from briefpack.layout.editions import BUILT_IN
from briefpack.layout.model import TokensFile


def colour(screen):
    return {"screen": screen, "grey": "#555555", "cmyk": "0 0 0 100"}


TOKENS = TokensFile.model_validate(
    {
        "shared": {
            "family": "Source Sans 3",
            "colours": {"ink": colour("#16243A"), "paper": colour("#FFFFFF")},
            "sizes_pt": {"body": "10", "large-figure": "27.5"},
            "lengths": {"outer": "18mm"},
        },
        "layouts": {
            "plain": {"colours": {"ink": colour("#111111")}, "sizes_pt": {"body": "11"}, "lengths": {"gap": "1mm"}}
        },
    }
)


def test_a_layout_has_the_shared_tokens():
    made = look.make(TOKENS, "other", BUILT_IN["screen"], ())
    assert made.colours == {"ink": "#16243A", "paper": "#FFFFFF"}
    assert made.sizes_pt == {"body": 10, "large-figure": 27.5}
    assert (made.lengths, made.family) == ({"outer": "18mm"}, "Source Sans 3")


def test_a_home_printer_gets_each_colours_grey():
    assert look.make(TOKENS, "other", BUILT_IN["home"], ()).colours == {"ink": "#555555", "paper": "#555555"}


def test_a_colour_is_hatched_where_it_is_printed_in_grey_and_there_alone():
    tokens = TOKENS.model_dump()
    tokens["shared"]["colours"]["ink"]["pattern"] = "diagonal"
    hatched = TokensFile.model_validate(tokens)
    assert look.make(hatched, "other", BUILT_IN["home"], ()).patterns == {"ink": "diagonal"}
    assert look.make(hatched, "plain", BUILT_IN["home"], ()).patterns == {}
    for edition in ("screen", "press"):
        assert look.make(hatched, "other", BUILT_IN[edition], ()).patterns == {}


def test_a_layout_lays_its_own_tokens_over_them():
    made = look.make(TOKENS, "plain", BUILT_IN["screen"], ())
    assert made.colours == {"ink": "#111111", "paper": "#FFFFFF"}
    assert made.sizes_pt == {"body": 11, "large-figure": 27.5}
    assert made.lengths == {"outer": "18mm", "gap": "1mm"}


def test_tokens_are_custom_properties():
    css = look.css(look.make(TOKENS, "plain", BUILT_IN["screen"], ()))
    assert css.startswith(":root{")
    assert css.endswith("}")
    for rule in ("--ink:#111111;", "--size-body:11pt;", "--size-large-figure:27.5pt;", "--outer:18mm;", "--gap:1mm;"):
        assert rule in css


# ---- For a press, each colour has a stand-in by which its inks are found again.


def pressed(**screens):
    shared = {"family": "A", "colours": {name: colour(screen) for name, screen in screens.items()}}
    return look.make(TokensFile.model_validate({"shared": shared}), "other", BUILT_IN["press"], ())


def test_colours_that_look_alike_have_stand_ins_of_their_own():
    made = pressed(ink="#16243A", text="#16243A", deep="#16243A")
    assert made.colours["ink"] == "#16243A"
    assert len(set(made.colours.values())) == 3
    assert set(made.inks) == set(made.colours.values())
    for stand_in in made.colours.values():
        assert abs(int(stand_in[1:], 16) - 0x16243A) < 4


def test_a_stand_in_is_never_plain_black_or_plain_white():
    made = pressed(black="#000000", paper="#FFFFFF", other="#FFFFFE")
    assert not {"#000000", "#FFFFFF"} & set(made.colours.values())
    assert len(set(made.colours.values())) == 3


def test_a_stand_in_is_the_same_each_time():
    names = {f"c{number}": "#123456" for number in range(40)}
    assert pressed(**names) == pressed(**names)


def test_inks_are_a_presss_alone():
    assert pressed(ink="#16243A").inks == {"#16243A": (0, 0, 0, 100)}
    assert look.make(TOKENS, "other", BUILT_IN["screen"], ()).inks == {}
