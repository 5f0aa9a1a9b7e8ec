"""The look: tokens as custom properties, a layout's own tokens, and the faces of fonts.css."""

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


def test_prints_the_grey_of_each_colour_in_the_home_edition():
    assert look.make(TOKENS, "other", BUILT_IN["home"], ()).colours == {"ink": "#555555", "paper": "#555555"}


def test_hatches_a_colour_only_where_it_prints_in_grey():
    tokens = TOKENS.model_dump()
    tokens["shared"]["colours"]["ink"]["pattern"] = "diagonal"
    hatched = TokensFile.model_validate(tokens)
    assert look.make(hatched, "other", BUILT_IN["home"], ()).patterns == {"ink": "diagonal"}
    assert look.make(hatched, "plain", BUILT_IN["home"], ()).patterns == {}
    for edition in ("screen", "press"):
        assert look.make(hatched, "other", BUILT_IN[edition], ()).patterns == {}


def test_overrides_shared_tokens_with_those_of_the_layout():
    made = look.make(TOKENS, "plain", BUILT_IN["screen"], ())
    assert made.colours == {"ink": "#111111", "paper": "#FFFFFF"}
    assert made.sizes_pt == {"body": 11, "large-figure": 27.5}
    assert made.lengths == {"outer": "18mm", "gap": "1mm"}


# ---- In the press edition, a stand-in colour identifies each token, to be replaced by its inks.
