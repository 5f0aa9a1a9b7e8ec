"""`briefpack explain`: the catalogue of checks."""


def test_lists_every_check_with_its_severity_and_editions(command):
    lines = command("explain").stdout.splitlines()
    assert len(lines) > 25
    listed = {line.split()[0]: line.split(maxsplit=2)[1:] for line in lines}
    assert listed["contrast"] == ["error", "screen, home, press"]
    assert listed["links-alive-on-paper"] == ["warning", "home, press"]
    assert listed["source-age"] == ["warning", "the brief"]


def test_gives_the_reason_for_a_check_and_its_remedy(command):
    result = command("explain", "contrast")
    assert result.exit_code == 0
    assert result.stdout.startswith("contrast: error, screen, home, press\n  why: text needs a contrast of 4.5:1 ")
    assert "(WCAG 2.2, 1.4.3)" in result.stdout
    assert "\n  try: darken the text" in result.stdout


def test_suggests_the_nearest_check_for_an_unknown_one(command):
    result = command("explain", "contrasts")
    assert result.exit_code == 2
    assert result.stderr == 'there is no check called "contrasts"\n  try: contrast\n'


def test_gives_the_reason_for_a_warning(command):
    assert command("explain", "date").stdout == (
        "date: warning, the brief\n"
        "  why: nobody can come on a day that doesn't exist\n"
        "  if the brief is right as it is, add to brief.yaml: accept: [{id: date, reason: …}]\n"
    )


def test_offers_nobody_to_accept_an_error(command):
    assert "accept" not in command("explain", "unit").stdout
