"""Mistakes of every kind: each is a small file with the mistake, the lines that are printed and the exit code.

A case in `problems/` is a patch of the sample:

    What is wrong.
    $ briefpack check
    @ briefs/tiny/brief.yaml
     title: Safe crossings
    -label: Briefing pack
    +lable: Briefing pack
    ! lable: there is no key called "lable" here
    ? label
    exit 3: 1 problem. Nothing was made.

`@` and a path begin the changes to a file. A line with a space is in the file; `-` removes one; `+` adds one. `!` and
`?` are the two lines printed for the line above, or for the file as a whole if they come first; a warning prints both
on one line. `…` at the end stands for any text. `...` begins another part of the same file. A file that doesn't exist
is made of its `+` lines. `@ path as latin-1` writes the file in another encoding.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CASES = sorted((Path(__file__).parent.parent / "problems").glob("*.diff"))
BUILDS = [path for path in CASES if "$ briefpack check" not in path.read_text(encoding="utf-8")]
"""The mistakes that only a build shows."""


def left_out(path: Path) -> bool:
    """Return whether the gate leaves out a case: four of five that build."""
    return path in BUILDS and BUILDS.index(path) % 5 > 0


@dataclass
class Part:
    """Some lines of one file, before and after, and the problems expected there."""

    path: str
    encoding: str = "utf-8"
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    said: list[tuple[int, str]] = field(default_factory=list)

    def take(self, line: str) -> None:
        mark, rest = line[:1], line[1:]
        if mark in "!?":
            self.said.append((len(self.after), line))
        else:
            assert mark in " -+", f"a case has no line that begins with {mark!r}: {line}"
            if mark in " -":
                self.before.append(rest)
            if mark in " +":
                self.after.append(rest)

    def apply(self, root: Path) -> None:
        file = root / self.path
        if not self.before and not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join(self.after) + "\n", encoding=self.encoding)
        elif self.before:
            lines = file.read_text(encoding="utf-8").split("\n")
            at = _place(lines, self.before, self.path)
            lines[at : at + len(self.before)] = self.after
            file.write_text("\n".join(lines), encoding=self.encoding)

    def expected(self, root: Path) -> list[str]:
        lines = (root / self.path).read_text(encoding=self.encoding).split("\n")
        at = _place(lines, self.after, self.path) if self.after else 0
        printed = []
        for below, said in self.said:
            if said[0] == "!":
                printed.append(f"{self.path}{f':{at + below}' if below else ''}: {said[2:]}")
            elif ": warning: " in printed[-1]:
                printed[-1] += f"; try: {said[2:]}"
            else:
                printed.append(f"  try: {said[2:]}")
        return printed


def _in_order(lines: list[str]) -> list[str]:
    """Return the lines of warnings, then those of problems, as they print."""
    warnings = [line for line in lines if ": warning: " in line]
    return [*warnings, *(line for line in lines if line not in warnings)]


@dataclass
class Case:
    """One or more mistakes, and the lines expected."""

    command: tuple[str, ...] = ()
    parts: list[Part] = field(default_factory=list)
    exit_code: int = 0
    count: str = ""


def _place(lines, wanted, path):
    places = [at for at in range(len(lines)) if lines[at : at + len(wanted)] == wanted]
    assert len(places) == 1, f"{path} holds these lines {len(places)} times:\n" + "\n".join(wanted)
    return places[0]


def read(path: Path) -> Case:
    case = Case()
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n")[1:]:
        if line.startswith("$ briefpack "):
            case.command = tuple(line.split()[2:])
        elif line.startswith("@ "):
            file, _, encoding = line[2:].partition(" as ")
            case.parts.append(Part(file, encoding or "utf-8"))
        elif line == "...":
            case.parts.append(Part(case.parts[-1].path, case.parts[-1].encoding))
        elif ended := re.fullmatch(r"exit (\d)(?:: (.*))?", line):
            case.exit_code, case.count = int(ended[1]), ended[2] or ""
        else:
            case.parts[-1].take(line)
    return case


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[pytest.mark.part(name="problems")] * left_out(path)) for path in CASES],
    ids=lambda path: path.stem,
)
def test_reports_each_mistake_at_its_place(path, project, command):
    case = read(path)
    for part in case.parts:
        part.apply(project.root)
    expected = _in_order([line for part in case.parts for line in part.expected(project.root)])
    result = command(*case.command)
    printed = [line for line in result.stderr.splitlines() if not line.startswith(ASIDE)]
    for place, line in enumerate(expected):
        if line.endswith("…") and place < len(printed):
            printed[place] = printed[place][: len(line) - 1] + "…"
    assert printed == [*expected, *([case.count] if case.count else [])]
    assert result.exit_code == case.exit_code


ASIDE = "Proofs in "
"""The beginning of a line about the build's proofs."""


OF_ALL = [path for path in CASES if "$ briefpack build --jobs 1\n" in path.read_text(encoding="utf-8")]
"""The mistakes that a build of all the sample's documents shows."""


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=[pytest.mark.part(name="problems")] * bool(place % 6))
        for place, path in enumerate(OF_ALL)
    ],
    ids=lambda path: path.stem,
)
def test_a_check_finds_each_mistake_that_a_build_finds(path, project, command):
    case = read(path)
    for part in case.parts:
        part.apply(project.root)
    expected = [line.removesuffix("…") for part in case.parts for line in part.expected(project.root)]
    result = command("check")
    assert [line for line in expected if line not in result.stderr] == []
    assert bool(result.exit_code) == bool(case.exit_code)
    assert not (project.root / "out").exists()


QUOTED = re.compile(r'"[^"]*"|“[^”]*”|the chart file fails: .*')
FOREIGN = re.compile(r"\b(invalid|None|NoneType|dict|str|int|pydantic|jinja|matplotlib|Traceback)\b|Error\b")


def test_messages_follow_the_style():
    """They are in lower case, without a full stop or a word from Python or a library; only chart files are quoted."""
    for path in CASES:
        for said in (said[2:] for part in read(path).parts for _, said in part.said):
            assert not FOREIGN.search(QUOTED.sub("", said)), (path.stem, said)
            assert said, f"{path.stem}: a hint says something"
            assert not said.endswith("."), (path.stem, said)
            assert not re.match(r"[A-Z][a-z]+ [a-z]", said), (path.stem, said)


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    "loads",
    [
        '<p style="background: url(https://tracker.example/pixel.png)">A</p>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://tracker.example/pixel.png"/></svg>',
        '<style>@import url("file:///etc/passwd");</style>',
        '<img src="../../../../../../etc/passwd" alt="">',
        '<link rel="attachment" href="file:///etc/passwd">',
    ],
)
def test_no_page_loads_a_file_from_outside_the_layouts(loads, command, edit, project):
    """However a page tries to load it, the page isn't made and a problem names it."""
    edit("layouts/tiny/cover.html", "<p>{{ plain(brief.subject) }}</p>", loads)
    result = command("build", "--jobs", "1")
    assert result.exit_code == 5, result.stderr
    assert "layouts/tiny/cover.html" in result.stderr
    assert "Not made: national/national-pack.pdf." in result.stderr
    assert not (project.root / "out/tiny/tiny/screen/national/national-pack.pdf").exists()
