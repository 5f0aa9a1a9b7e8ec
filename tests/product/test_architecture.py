"""The rules for modules: the libraries that each may import, limits on length and complexity, and no colours."""

import ast
import functools
import json
import re
import shutil
import statistics
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent.parent / "src" / "briefpack"
MODULES = sorted(
    path.relative_to(SOURCE).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    for path in SOURCE.rglob("*.py")
)
ONLY = {
    "distributed": {"pool.cluster.connection", "pool.cluster.remote"},
    "yaml": {"text.yaml_reader", "text.yaml_syntax"},
    "pydantic": {"schema", "layout.model", "brief.blocks", "brief.charts", "brief.data.keys", "brief.images", "brief.local_page", "brief.model", "electorates.model"},
    "pydantic_core": {"schema", "layout.model", "brief.blocks", "brief.data.keys", "brief.images", "brief.model", "electorates.model"},
    "python_calamine": {"text.tables.workbook"},
    "markdown_it": {"brief.markdown", "brief.passages"},
    "matplotlib": {"charts.letters", "charts.map_parts", "charts.pen", "charts.render", "charts.style"},
    "jinja2": {"layout.addresses", "pages.composing", "pages.sandbox", "pages.template_errors"},
    "markupsafe": {"pages.calls", "pages.owners", "pages.pictures"},
    "segno": {"pages.calls"},
    "weasyprint": {
        "images.drawing", "build.jobs.preload", "typeset.fit", "typeset.growth", "typeset.measure", "typeset.overset",
        "typeset.style_sheets", "typeset.typesetter", "typeset.weasyprint.balance", "typeset.weasyprint.boxes", "typeset.weasyprint.columns", "typeset.weasyprint.drawings",
        "typeset.weasyprint.elements", "typeset.weasyprint.fetchers", "typeset.weasyprint.hidden", "typeset.weasyprint.messages",
        "typeset.weasyprint.patches", "typeset.weasyprint.resources", "typeset.weasyprint.spaces", "typeset.weasyprint.spread", "typeset.weasyprint.styles", "typeset.weasyprint.tree",
    },
    "pikepdf": {"bind", "checks.marks", "checks.read", "paper"},
    "pypdfium2": {"checks", "preview"},
    "starlette": {"preview.server"},
    "uvicorn": {"preview.server"},
    "numpy": {
        "bind.fonts", "bind.writer", "checks.appearance", "checks.marks", "checks.text", "checks.read.background",
        "images", "layout.luminance", "maps",
    },
    "fontTools": {"layout.fonts"},
    "tinycss2": {
        "images.svg_styles", "layout.css", "layout.fonts", "layout.tokens",
    },
    "tinyhtml5": {"pages.markup"},
    "PIL": {"images"},
    "shapely": {"charts.map_parts", "electorates.topology", "maps"},
    "click": {"cli"},
    "pypandoc": {"importing.tree"},
    "rich": {"cli"},
    "rapidfuzz": {"text.spelling"},
}  # fmt: skip


@functools.cache
def source(module):
    path = SOURCE.joinpath(*module.split("."))
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")


@functools.cache
def imports(module):
    """Return every module that a module imports, at the top or inside functions, as dotted names."""
    return tuple(_imports(module))


def _imports(module):
    for node in ast.walk(ast.parse(source(module))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by a dot"
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


MOST_ARROWS = 159
"""The most pairs of a room and another that it imports. Pass a value, or ask a room in between, before you add one."""


def room(module):
    return module.partition(".")[0]


def arrows():
    """Return the modules of each room that import another room, by the two rooms."""
    rooms, found = set(map(room, MODULES)), {}
    for module in MODULES:
        for name in imports(module):
            package, _, imported = name.partition(".")
            if package == "briefpack" and room(imported) in rooms - {room(module)}:
                found.setdefault((room(module), room(imported)), set()).add(module)
    return found


def test_rooms_import_few_others_and_never_each_other():
    found = arrows()
    thin = {pair: modules for pair, modules in found.items() if len(modules) == 1}
    assert len(found) <= MOST_ARROWS, f"{len(found)} arrows between rooms; those of one module each: {thin}"
    assert [(one, other) for one, other in found if (other, one) in found] == []


@pytest.mark.part(name="architecture")
@pytest.mark.parametrize("library", ONLY)
def test_only_the_listed_rooms_and_modules_import_a_library(library):
    """The name of a room covers all its modules."""
    importers = {module for module in MODULES if library in {name.split(".")[0] for name in imports(module)}}
    listed = {module: {name for name in ONLY[library] if f"{module}.".startswith(f"{name}.")} for module in importers}
    assert [module for module, names in listed.items() if not names] == []
    assert set().union(*listed.values()) == ONLY[library]


def test_the_source_map_alone_leads_back_from_a_page():
    """What is on a page is looked up by its element, and no module of the build searches for its words."""
    asking = {
        module for module in MODULES if re.search(r"source_map\.(at|above|source|of_pattern|on_page)\(", source(module))
    }
    assert asking == {"build.jobs.locating", "typeset.faults", "typeset.typesetter"}
    # The names of an electorate's own charts have a pattern.
    searching = {module for module in MODULES if module.startswith("build.jobs") and "re" in imports(module)}
    assert searching == {"build.jobs.draw"}


@pytest.mark.part(name="architecture")
def test_every_imported_library_is_listed_here():
    """A new library is listed with the modules that may import it."""
    found = {name.split(".")[0] for module in MODULES for name in imports(module)}
    assert found - set(sys.stdlib_module_names) - {"briefpack"} == set(ONLY)


DOCUMENTED = {
    "weasyprint", "weasyprint.HTML", "weasyprint.CSS", "weasyprint.Document", "weasyprint.urls", "weasyprint.urls.URLFetcher",
    "weasyprint.text.fonts", "weasyprint.text.fonts.FontConfiguration",
}  # fmt: skip
"""What WeasyPrint's API reference describes."""


def test_only_one_room_uses_undocumented_parts_of_weasyprint():
    used = {
        module: {name for name in imports(module) if name.split(".")[0] == "weasyprint"} - DOCUMENTED
        for module in MODULES
        if not module.startswith("typeset.weasyprint")
    }
    assert {module: names for module, names in used.items() if names} == {}


COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|\brgba?\(|\bcmyk\(")
FIRST_SENTENCE = re.compile(r"[A-Z][^\n]{20,130}[.:]")


def test_the_engine_contains_no_colour():
    """Colours belong to designers, in tokens.yaml; the one in a hint shows how to write a colour."""
    texts = {module: source(module).replace("a colour such as #16243A", "") for module in MODULES}
    assert {module: found for module, text in texts.items() if (found := COLOUR.findall(text))} == {}


def test_every_module_starts_with_a_one_line_docstring():
    docstrings = {module: ast.get_docstring(ast.parse(source(module))) or "" for module in MODULES}
    first = {module: text.partition("\n\n")[0].replace("\n", " ") for module, text in docstrings.items()}
    assert {module: text for module, text in first.items() if not FIRST_SENTENCE.fullmatch(text)} == {}


def test_no_file_is_longer_than_400_lines():
    lengths = {module: source(module).count("\n") for module in MODULES}
    assert {module: lines for module, lines in lengths.items() if lines > 400} == {}


def lengths():
    """Yield the number of lines of each function, with its signature and docstring."""
    for module in MODULES:
        for node in ast.walk(ast.parse(source(module))):
            if isinstance(node, ast.FunctionDef):
                yield node.end_lineno - node.lineno + 1


def test_half_of_the_functions_have_at_most_9_lines_and_nine_tenths_at_most_20():
    found = sorted(lengths())
    assert len(found) > 1000
    assert statistics.median(found) <= 9
    assert found[len(found) * 9 // 10] <= 20


def test_no_function_is_excused_from_the_limit_on_complexity():
    """Ruff's limit is 10 by default."""
    settings = tomllib.loads((SOURCE.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"][
        "lint"
    ]
    assert settings["select"] == ["ALL"]
    assert "mccabe" not in settings
    excused = [*settings["ignore"], *(rule for rules in settings["per-file-ignores"].values() for rule in rules)]
    assert not [rule for rule in excused if rule in {"C", "C9", "C90", "C901"}]
    assert [module for module in MODULES if re.search(r"noqa(:(?! )|(?!:)|:.*\bC9)", source(module))] == []


def loaded_after(script, *words):
    """Return the modules loaded by a script in a new process."""
    code = f"import json, sys\n{script}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)  # noqa: S603
    return set(json.loads(done.stdout.splitlines()[-1]))


BUILD = """
from pathlib import Path
from briefpack import cli
try:
    cli.main(["--project", sys.argv[1], "build", "--layout", "tiny", "--quiet"])
except SystemExit as end:
    assert end.code == 0, end.code
"""
HEAVY = {"weasyprint", "matplotlib", "numpy", "PIL", "pikepdf", "pypdfium2", "rich", "shapely"}
BY_AND_BY = {"pydantic", "yaml", "jinja2", "markdown_it", "segno"}


def test_a_build_with_nothing_to_do_reads_no_brief_and_loads_no_library(sample_build, tmp_path):
    shutil.copytree(sample_build[0].root, tmp_path / "project")
    made = {path: path.read_bytes() for path in (tmp_path / "project").rglob("*.pdf")}
    assert "click" in (loaded := loaded_after(BUILD, str(tmp_path / "project")))
    assert not loaded & (HEAVY | BY_AND_BY | {"email"})
    assert {path: path.read_bytes() for path in (tmp_path / "project").rglob("*.pdf")} == made


def test_only_workers_load_the_libraries_that_read_and_write_pdfs():
    assert not loaded_after("import briefpack.build") & HEAVY


def test_the_verdicts_on_briefs_and_images_that_are_kept_load_nothing_to_judge_with():
    loaded = loaded_after("import briefpack.build, briefpack.images")
    assert "briefpack.brief.model" in loaded
    assert not {name for name in loaded if name.startswith("briefpack.brief.review")}
    assert not loaded & HEAVY


def test_help_loads_no_heavy_library():
    loaded = loaded_after("import briefpack.cli")
    assert "click" in loaded
    assert not loaded & (HEAVY | BY_AND_BY)


ASKED = """
asked = []
sys.addaudithook(lambda event, details: asked.append(details[0]) if event == "subprocess.Popen" else None)
{imported}
assert bool(asked) == {expected}, asked
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a library has no name that the loader always knows")
@pytest.mark.parametrize(
    ("imported", "expected"), [("import weasyprint", True), ("import briefpack.build.jobs.preload", False)]
)
@pytest.mark.part(name="architecture", beyond=1)
def test_a_worker_runs_no_other_program_to_find_libraries(imported, expected):
    """When WeasyPrint alone runs none, preload.loader_alone has had its day."""
    loaded_after(ASKED.format(imported=imported, expected=expected))
