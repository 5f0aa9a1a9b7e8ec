"""How problems and paths are printed."""

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
    messages.print_problems(
        [*(problem(f"seat {n}") for n in range(3)), *(problem(f"fault {n}", warning=True) for n in range(3))]
    )
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
