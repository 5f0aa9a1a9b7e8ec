"""How problems and paths are printed."""

from dataclasses import replace
from typing import Any

from briefpack.cli import messages
from briefpack.problem import Problem


def test_prints_two_of_many_similar_problems_in_one_place_and_counts_the_rest(capsys):
    def problem(name: str, path: str = "layouts/a.html", **more: Any) -> Problem:
        return Problem(path, None, f"{name} runs over", "cut it", **more)

    messages.print_problems([*(problem(f"seat {n}") for n in range(9)), problem("nation", "layouts/b.html")])
    assert capsys.readouterr().err.splitlines() == [
        "layouts/a.html: seat 0 runs over", "  try: cut it", "layouts/a.html: seat 1 runs over", "  try: cut it",
        "  and 7 more like these, in the same place", "layouts/b.html: nation runs over", "  try: cut it",
    ]  # fmt: skip
    messages.print_problems(problem(f"seat {n}") for n in range(6))
    assert capsys.readouterr().err.count("runs over") == 6


def test_prints_two_of_many_similar_problems_and_the_line_numbers_of_the_rest(capsys):
    lines = [3, 4, 5, 7, 9, 10, 11, 12]
    loose = [Problem("b.yaml", n, f'themes[{n}]: the number "{n}" is typed', "use the ledger") for n in lines]
    other = Problem("b.yaml", 6, "asks[0]: no source", "use the ledger")
    messages.print_problems([*loose[:3], other, *loose[3:]])
    assert capsys.readouterr().err.splitlines() == [
        'b.yaml:3: themes[3]: the number "3" is typed', "  try: use the ledger",
        'b.yaml:4: themes[4]: the number "4" is typed', "  try: use the ledger",
        "  and 6 more like these, on lines 5, 7, 9–12", "b.yaml:6: asks[0]: no source", "  try: use the ledger",
    ]  # fmt: skip
    messages.print_problems([*loose[:6], other])
    assert capsys.readouterr().err.count("  try: ") == 7


def test_names_each_electorate_of_many_documents():
    paths = [f"{slug}/{slug}-{kind}.pdf" for slug in ("bean", "clark", "ryan") for kind in ("pack", "one", "two")]
    assert messages.named(paths) == "bean (3), clark (3), ryan (3)"
    assert messages.named(paths[:3]) == "bean/bean-pack.pdf, bean/bean-one.pdf, bean/bean-two.pdf"


def printed(capsys, *problems: Problem) -> list[str]:
    """Return the problems as printed, without their fixes."""
    messages.print_problems(problems)
    lines = capsys.readouterr().err.splitlines()
    return [line.partition("; try: ")[0] for line in lines if not line.startswith("  try: ")]


def loose(loc: str, line: int, number: int, **more: Any) -> Problem:
    message = f'{loc}: the number "{number}" is typed'
    return Problem("b.yaml", line, message, "use the ledger", warning=True, check="typed", **more)


def test_prints_a_warning_of_a_kind_once_for_each_place_with_a_count(capsys):
    table = [loose(f"themes[0].blocks[2].table.rows[{n}][1]", 30 + n, n) for n in range(40)]
    chart = [loose(f"charts.speeds.rows[{n}].label", 80 + n, n) for n in range(3)]
    text = [loose("asks[0].why", 9, 5), loose("asks[0].why", 9, 6), loose("asks[1].why", 12, 5)]
    assert printed(capsys, *text, *table, *chart) == [
        'b.yaml:9: warning: asks[0].why: the number "5" is typed (and 1 more like it in this text)',
        'b.yaml:12: warning: asks[1].why: the number "5" is typed',
        (
            'b.yaml:30: warning: themes[0].blocks[2].table.rows[0][1]: the number "0" is typed'
            " (and 39 more like it in this table, on lines 31–69)"
        ),
        (
            'b.yaml:80: warning: charts.speeds.rows[0].label: the number "0" is typed'
            " (and 2 more like it in this chart, on lines 81–82)"
        ),
    ]


def test_keeps_warnings_with_another_fix_apart_in_a_text_but_not_in_a_table(capsys):
    text = [loose("asks[0].why", 9, 5), replace(loose("asks[0].why", 9, 6), hint="write {six}")]
    assert len(printed(capsys, *text)) == 2
    cells = [loose("a[0].table.rows[0][1]", 9, 5), replace(loose("a[0].table.rows[1][1]", 9, 6), hint="write {six}")]
    assert len(printed(capsys, *cells)) == 1


def test_keeps_warnings_of_another_kind_or_file_and_errors_apart(capsys):
    one = loose("asks[0].why", 9, 5)
    others = [
        replace(one, path="c.yaml"),
        replace(one, check="old"),
        replace(one, warning=False),
        replace(one, check="", message="asks[0].why: it is vague"),
    ]
    assert len(printed(capsys, one, *others)) == 5
    assert len(printed(capsys, *(Problem("b.yaml", 9, f"asks[0].why: no {n}", "cut") for n in range(5)))) == 5


def test_counts_the_rows_of_a_file_that_share_a_warning(capsys):
    rows = [
        Problem("a.csv", line, f'"x{line}" is no date', "write it as 2026-07-01", warning=True) for line in (4, 5, 6, 9)
    ]
    assert printed(capsys, *rows) == [
        'a.csv:4: warning: "x4" is no date (and 3 more like it in this table, on lines 5–6, 9)'
    ]


def in_document(slug: str, page: int, message: str = "69 ppi") -> Problem:
    path = f"out/b/{slug}/{slug}-pack.pdf"
    return Problem(path, None, f"sharp: page {page}: {message}", "crop it", warning=True, check="sharp", page=page)


def test_prints_a_warning_of_many_documents_once(capsys):
    slugs = ("bean", "clark", "ryan")
    assert printed(capsys, *(in_document(slug, page) for slug in slugs for page in (3, 5))) == [
        "out/b/bean/bean-pack.pdf: warning: sharp: page 3: 69 ppi (and in 2 other documents)",
        "out/b/bean/bean-pack.pdf: warning: sharp: page 5: 69 ppi (and in 2 other documents)",
    ]
    assert printed(capsys, in_document("bean", 3), in_document("bean", 3, "70 ppi")) == [
        "out/b/bean/bean-pack.pdf: warning: sharp: page 3: 69 ppi (and 1 more like it on this page)"
    ]


def test_prints_an_error_of_a_running_slot_once_for_all_pages_and_documents(capsys):
    def running(document: str, page: int, line: int = 3) -> Problem:
        message = f'words-lost: page {page}: {document}: folio: "{page} of 9" is cut off'
        return Problem("layouts/shared/folio.html", line, message, "make room", check="words-lost", page=page)

    pages = (running("bean-pack", page) for page in (2, 3, 4))
    cut_off = 'words-lost: page 2: bean-pack: folio: "2 of 9" is cut off'
    assert printed(capsys, *pages, running("ryan-pack", 2), running("bean-pack", 2, line=4)) == [
        f"layouts/shared/folio.html:3: {cut_off} (also on pages 3–4 of bean-pack and on page 2 of ryan-pack)",
        f"layouts/shared/folio.html:4: {cut_off}",
    ]
