"""A brief's Markdown as HTML: emphasis, figures and notes, without scripts or raw HTML."""

import pytest

from briefpack import plan
from briefpack.brief import markdown

NO_BREAK = "\u00a0"


@pytest.fixture(scope="module")
def book(sample_build):
    return plan.read_brief(sample_build[0], "tiny").ledger


def cite(source_id):
    return f'<sup class="cite">{source_id}</sup>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[home](https://walk.example/a)", '<p><a href="https://walk.example/a">home</a></p>\n'),
        ('"One"', "<p>“One”</p>\n"),
        ("a -- b", f"<p>a{NO_BREAK}– b</p>\n"),
        ("at 48 km/h", "<p>at 48\u00a0km/\u2060h</p>\n"),
        ("from 2021-22 to 2023–24", "<p>from 2021–\u206022 to 2023–\u206024</p>\n"),
        ("{speed-after} on 28 May", f"<p>31 on 28{NO_BREAK}May</p>\n"),
    ],
)
def test_converts_markdown_to_html(book, text, html):
    assert markdown.html(text, book, cite) == html


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Six people walked to the shops.", f"the{NO_BREAK}shops."),
        ("Six people walked to the shops.[^health-review]", f"the{NO_BREAK}shops.{cite('health-review')}"),
        ("Six people walked to the **shops**", f"the{NO_BREAK}<strong>shops</strong>"),
        ("Six people have AU$2 million", f"have AU$2{NO_BREAK}million"),
    ],
)
def test_keeps_a_short_last_word_with_the_word_before_it(book, text, end):
    assert markdown.line(text, book, cite).endswith(end)
    assert markdown.html(text, book, cite) == f"<p>{markdown.line(text, book, cite)}</p>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Peer-to-peer talks", "Peer-\u2060to-\u2060peer talks"),
        ("walk.example/how-to-walk", "walk.example/how-to-walk"),
        ("One.[^how-to-walk]", 'One.<sup class="cite">how-to-walk</sup>'),
    ],
)
def test_keeps_a_word_with_several_hyphens_on_one_line(book, text, html):
    assert markdown.line(text, book, cite) == html


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Cars drove {speed-after}. [^road-report]", "Cars drove 31."),
        ("_Now_ [here](https://walk.example/a_b)", "Now here"),
        ("At <https://walk.example>,\nfor 5 * 3 and snake_case", "At https://walk.example, for 5 * 3 and snake_case"),
        ("2. *Safe* & <b>sound</b>", "2. Safe & <b>sound</b>"),
    ],
)
def test_strips_marks_and_addresses_from_plain_text(book, text, bare):
    assert markdown.plain(text, book) == bare


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <b onclick=x>b</b>",
        "&lt;script&gt;",
        '[a](https://x.example/"><script>)',
        "`<u>`",
        "```html\n<u>\n```",
    ],
)
@pytest.mark.parametrize("kind", [markdown.html, markdown.line])
def test_prints_html_in_a_text_as_text(book, kind, text):
    """Every tag in the result comes from Markdown."""
    made = kind(text, book, cite)
    known = ("p", "em", "strong", "a", "h3", "ul", "ol", "li", "blockquote", "br")
    for tag in made.split("<")[1:]:
        name = tag.lstrip("/").split(">")[0].split(" ")[0]
        assert name in known, made
    assert "onclick=" not in made.replace("&lt;b onclick=x&gt;", "")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"])
def test_makes_no_link_to_a_script_or_a_file(book, address):
    assert "<a" not in markdown.html(f"[a]({address})", book, cite)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One. [^road-report] Two.", "<p>One.{road-report} Two.</p>\n"),
        ("*One*[^road-report][^school-count]", "<p><em>One</em>{road-report}\u202f{school-count}</p>\n"),
        ("One.[^road-report] [^school-count] Two.", "<p>One.{road-report}\u202f{school-count} Two.</p>\n"),
    ],
)
def test_replaces_each_citation_with_the_result_of_cite(book, text, html):
    for source_id in ("road-report", "school-count"):
        html = html.replace(f"{{{source_id}}}", cite(source_id))
    assert markdown.html(text, book, cite) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One two three four", f"One two three{NO_BREAK}four"),
        ("One", "One"),
        ("One two three four.[^road-report]", f"One two three{NO_BREAK}four.{cite('road-report')}"),
    ],
)
def test_keeps_two_words_on_the_last_line_of_a_heading(book, text, html):
    assert markdown.heading(text, book, cite) == html


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("- **One.** a\n- **Two.** b", True),
        ("- **One.** a\n- Two. b", False),
        ("- **One.** a\n- **Two.** b\n  - inner", True),
    ],
)
def test_recognises_a_list_of_points_by_its_bold_openings(book, text, points):
    made = markdown.html(text, book, cite)
    assert ('class="points"' in made) is points
    assert ("data-give" in made) is points


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("- One.\n\n- Two.", "<ul><li>One.</li><li>Two.</li></ul>"),
        ("- One.\n\n  More.\n- Two.", "<ul><li>One.<p>More.</p></li><li>Two.</li></ul>"),
        ("-\n- Two.", "<ul><li></li><li>Two.</li></ul>"),
        ("- 1. One.", "<ul><li><ol><li>One.</li></ol></li></ul>"),
        ("3. One.\n4. Two.", '<ol style="counter-reset: list-item 2"><li>One.</li><li>Two.</li></ol>'),
    ],
)
def test_begins_each_item_of_a_list_beside_its_dash_or_number(book, text, printed):
    assert markdown.html(text, book, cite).replace("\n", "") == printed


@pytest.mark.parametrize(
    "text",
    [
        "- one\n- two\n\n1. one\n2. two\n\n> words",
        "A [link](https://a.example/x_y_z?a==b*c~~d), <https://b.example/_x_> and https://c.example/d_e_?f==g^h",
        r"5\* of \_them\_, \~\~so\~\~, 10\^6, \`a\` \<b>",
        "snake_case and @_walk, a < b, 2021-22 -- and 3 - 4 = -1",
        "-5 per cent\n1.5 times",
    ],
)
def test_ignores_marks_that_are_paired_or_escaped(text):
    assert list(markdown.stray(text)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("un **balanced words", "un **balanced"),
        ("the `code` here", "`code`"),
        ("10 m^2^ of it.[^a-source]", "m^2^"),
        ("Words\n\n| a | b |\n|---|---|\n", "| a | b |"),
        ("so:\n\n-one\n-two", "-one"),
        ("[a]: https://a.example", "[a]: https://a.example"),
        ("see [a] (https://a.example) b", "[a] (https://a.example"),
    ],
)
def test_finds_a_mark_without_its_pair(text, words):
    assert words in [found for found, *_ in markdown.stray(text)]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Say [kumusta]{lang=tl}.", 'Say <span lang="tl">kumusta</span>.'),
        ('Say "[kumusta]{lang=tl}".', 'Say “<span lang="tl">kumusta</span>”.'),
        ("[100 %]{lang=fr} or 100 %", '<span lang="fr">100 %</span> or 100%'),
        ("[{speed-after} km]{lang=tl}", '<span lang="tl">31 km</span>'),
    ],
)
def test_marks_a_passage_in_another_language(book, text, html):
    assert markdown.line(text, book, cite) == html
