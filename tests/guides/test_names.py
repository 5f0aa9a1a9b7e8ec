"""The guides name everything that the code offers, and nothing that it doesn't. Each list comes from the code."""

import dataclasses
import functools
import re
import tomllib

import click
import jinja2
import pytest
import yaml

from briefpack import build, cli, output, pages
from briefpack.brief.model import Brief
from briefpack.build import print_set
from briefpack.build.proofs import marks, stage
from briefpack.charts import pen
from briefpack.checks import catalogue
from briefpack.electorates import OF_THE_SET, Electorate, ListedRow, Member, Office, Role, State, local, tables
from briefpack.electorates.model import SetFile
from briefpack.layout import names as layout_names
from briefpack.layout.model import Layout, TokensFile
from briefpack.pages import pictures, sandbox, source_map, sources, strips
from briefpack.plan import ChartRow
from briefpack.problem import Owner
from briefpack.text import numbers
from briefpack.text.locale import TERMS, Locale
from guides import example, reading
from projects import REPOSITORY

STAFF, DESIGN, CHARTS, SETS = (
    example.STAFF,
    "layouts/README.md",
    "charts/README.md",
    "briefs/electorates/README.md",
)
MODELS = {Brief: STAFF, SetFile: SETS, Layout: DESIGN, TokensFile: DESIGN}


# Keys


def keys(model):
    """Yield each group of keys of a YAML file: its name, the keys that lead to it, and whether each key is required."""
    schema = model.model_json_schema()
    groups = {model.__name__: schema} | schema.get("$defs", {})
    leading = {name: set() for name in groups}
    for group in groups.values():
        for key, spec in group.get("properties", {}).items():
            for found in re.findall(r"#/\$defs/(\w+)", str(spec)):
                leading[found].add(key)
    for name, group in groups.items():
        for found in re.findall(r"#/\$defs/(\w+)", str(group.get("additionalProperties", ""))):
            leading[found] |= leading[name]
    for name, group in groups.items():
        wanted = {key: key in group.get("required", ()) for key in group["properties"]}
        yield name, leading[name], wanted


def tables_of_keys(guide):
    """Yield each table of keys in a guide: the names in its first heading, and whether each key is required."""
    for block in re.split(r"\n\s*\n", reading.read(guide)):
        rows = reading.rows(block)
        if rows and rows[0][0].startswith("key"):
            found = {}
            for cell, *_ in rows[1:]:
                found |= {key: f"**`{key}`**" in cell for key in reading.SPAN.findall(cell)}
            yield set(reading.SPAN.findall(rows[0][0])), found


@pytest.mark.parametrize("model", MODELS)
def test_documents_every_key_and_whether_it_is_required(model):
    documented = [*tables_of_keys(MODELS[model])]
    for name, leading, wanted in keys(model):
        heads_of_group = {"tokens.yaml"} if name == "TokensFile" else leading
        tables = [known for heads, known in documented if heads & heads_of_group or heads == heads_of_group]
        assert wanted in tables, f"{MODELS[model]} has no table of these keys of {sorted(leading) or name}"


@pytest.mark.parametrize("model", MODELS)
def test_documents_every_value_that_a_key_may_have(model):
    schema = str(model.model_json_schema())
    values = {
        value for found in re.findall(r"'enum': \[([^\]]*)\]", schema) for value in re.findall(r"'([^']*)'", found)
    }
    assert values - reading.spans(reading.read(MODELS[model])) == set()


def test_documents_the_ways_to_print_a_figure():
    text = reading.read(STAFF)
    assert {form for form in numbers.FORMS if f"`{form}`" not in text} == set()
    assert {variant for variant in numbers.VARIANTS if f":{variant}}}`" not in text} == set()


def test_documents_every_key_of_a_languages_file():
    required = {
        each.name: each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
        for each in dataclasses.fields(Locale)
    } | {"like": False}
    assert [known for heads, known in tables_of_keys(DESIGN) if not heads and required.keys() <= known.keys()] == [
        required
    ]


def test_documents_the_terms_that_every_label_may_name():
    assert {term for term in TERMS if f"`{{{term}}}`" not in reading.read(DESIGN)} == set()


def test_documents_the_fields_of_a_local_text():
    assert {field for field in local.FIELDS if f"`{{{field}}}`" not in reading.read(STAFF)} == set()


def test_documents_every_file_of_a_set_with_its_columns():
    rows = {
        cells[0].strip("`"): set(reading.SPAN.findall(cells[2]))
        for cells in reading.rows(reading.read(SETS))
        if len(cells) == 3
    }
    assert {name: rows.get(name) for name in tables.COLUMNS} == {
        name: {*columns} for name, columns in tables.COLUMNS.items()
    }
    assert {"boundaries"} == {name for name in rows if name not in tables.COLUMNS and name.isalpha()}


# Commands, checks, exit codes


def commands():
    """Return every command by its name."""
    return dict(cli.main.commands)


@functools.cache
def section(command):
    [found] = [each.text for each in reading.sections(STAFF) if re.match(rf"`briefpack {command}[ `]", each.heading)]
    return found


def parameters(name):
    """Return the parameters of a command, and of the commands in it."""
    command = commands()[name]
    return [each for part in (command, *getattr(command, "commands", {}).values()) for each in part.params]


def test_documents_every_option_of_a_command_with_its_choices():
    for name in commands():
        options = [each for each in parameters(name) if isinstance(each, click.Option)]
        text = section(name)
        named = {word for span in reading.spans(text) for word in re.findall(r"(?<![\w-])--?[a-z][\w-]*", span)}
        assert {word for option in options for word in option.opts} == named, name
        lists = [each.type.choices for each in parameters(name) if isinstance(each.type, click.Choice)]
        assert {choice for choices in lists for choice in choices} - reading.words(text) == set(), name


def test_documents_every_command_and_no_other():
    heads = [re.match(r"`briefpack ([\w-]+)", each.heading) for each in reading.sections(STAFF)]
    assert {head[1] for head in heads if head} == set(commands())


def test_documents_the_options_before_a_command():
    options = {word for each in cli.main.params for word in each.opts}
    assert options - reading.words(reading.read(STAFF)) == set()


def test_documents_every_target_of_make():
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = {target for found in re.findall(r"^\.PHONY:(.*)$", makefile, re.MULTILINE) for target in found.split()}
    assert targets
    assert {target for target in targets if f"make {target}" not in reading.everything()} == set()


def test_documents_every_folder_of_tests():
    files = (REPOSITORY / "tests").glob("[!._]*/[!_]*")  # Python leaves the caches of folders that went
    folders = {path.parent.name for path in files}
    rooms = {path.name for path in (REPOSITORY / "src/briefpack").iterdir() if path.is_dir()}
    documented = {cells[0].strip("`/") for cells in reading.rows(reading.read("tests/README.md"))}
    assert folders - rooms - documented == set()


def test_documents_every_check_with_its_severity_and_its_editions():
    rows = {cells[0].strip("`"): cells[1:3] for cells in reading.rows(reading.read(STAFF)) if len(cells) == 4}
    rows.pop("check")
    assert rows == {
        check.id: (check.severity, "the brief" if check.of == "brief" else ", ".join(check.editions))
        for check in catalogue.CHECKS
    }


def test_documents_every_exit_code():
    [codes] = [each for each in reading.sections(STAFF) if each.heading == "Exit codes"]
    found = {cells[0] for cells in reading.rows(codes.text)[1:]}
    assert found == {"0", "1", *(str(int(owner)) for owner in Owner)}


# Templates


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return example.write(tmp_path_factory.mktemp("names") / "project")


@pytest.mark.part(name="guides")
def test_documents_every_name_that_a_template_is_given(project, in_process, monkeypatch):  # noqa: ARG001 -- wanted for what it does
    given, render, make_module = set(), jinja2.Template.render, jinja2.Template.make_module

    def record(template, *arguments, **named):
        given.update(dict(*arguments, **named))
        return render(template, *arguments, **named)

    def record_module(template, *arguments, **more):
        given.update(more.get("locals", {}))
        return make_module(template, *arguments, **more)

    monkeypatch.setattr(jinja2.Template, "render", record)
    monkeypatch.setattr(jinja2.Template, "make_module", record_module)
    for words in (["build", example.BRIEF, "--proof"], ["print-set", "national", "--brief", example.BRIEF]):
        result = click.testing.CliRunner().invoke(cli.main, ["--project", str(project.root), *words])
        assert result.exit_code == 0, result.output
    [names] = [each for each in reading.sections(DESIGN) if each.heading == "Names"]
    documented = {name for cells in reading.rows(names.text) if len(cells) == 2 for name in reading.names(cells[0])}
    documented = {re.split(r"\[", name)[0] for name in documented}
    objects = {"electorate.state", "electorate.member", "electorate.office", "local.facts", "local.listed"}
    objects |= {"local.asks", "local.headline", "local.named", "shown"}
    # Only a document for a meeting has these.
    objects |= {"open_queries", "meeting.people", "meeting.recipients"}
    assert documented - objects == given


def test_documents_jinjas_own_names():
    assert set(sandbox.BUILT_IN) - reading.words(reading.read(DESIGN)) == set()


OBJECTS = {
    "`chart(id)`": pictures.ShownChart,
    "`map(name)`, `drawn(name)`": pictures.ShownDrawing,
    "`source(id)`": sources.ShownSource,
    "`electorate`": Electorate,
    "`electorate.state`": State,
    "`electorate.member`": Member,
    "a role of a member": Role,
    "`electorate.office`": Office,
    "`local`": local.LocalContent,
    "a fact of `local.facts(…)`": local.ShownFact,
    "a list of `local.listed(…)`": local.ShownList,
    "`local.headline`": local.Headline,
    "an ask of `local.asks(…)`": local.ShownAsk,
    "a fact of `local.named(…)`": local.NamedFact,
    "a strip of `strips()`": strips.PlacedStrip,
    "`shown` of a strip": strips.ShownStrip,
    "a row of a list": ListedRow,
    "a row of a print set": print_set.Row,
    "a page of `marked`": marks.MarkedPage,
    "a circle of a page of `marked`": marks.Circle,
    "a number beside a circle": marks.Number,
    "a problem of a proof": marks.ListedProblem,
    "a query of a proof": marks.ListedQuery,
    "`versions`": stage.Versions,
}


def objects():
    """Return the rows of the table of what the objects contain."""
    [part] = [each for each in reading.sections(DESIGN) if each.heading == "What the objects contain"]
    return reading.rows(part.text)


def attributes(kind):
    """Return the public attributes of a class."""
    fields = {each.name for each in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else set()
    return {name for name in (*fields, *vars(kind)) if not name.startswith("_")}


def test_documents_every_attribute_of_what_a_template_is_given():
    for shown, kind in OBJECTS.items():
        [cell] = [cells[1] for cells in objects() if cells[0] == shown]
        assert reading.names(cell) - {"vacant", "unknown", "https"} == attributes(kind), shown


def test_documents_every_attribute_of_the_set():
    [cell] = [cells[1] for cells in objects() if cells[0] == "`group`"]
    assert reading.names(cell) == set(OF_THE_SET)


@pytest.mark.part(name="guides")
def test_documents_every_filter_and_test_that_jinja_lacks(project, monkeypatch):
    loaded = jinja2.Environment(autoescape=True)
    environment = sandbox_of(project, monkeypatch)
    [filters] = [each for each in reading.sections(DESIGN) if each.heading == "Filters and tests"]
    assert {cells[0].strip("`") for cells in reading.rows(filters.text)[1:]} == set(environment.filters) - set(
        loaded.filters
    )
    assert set(loaded.filters) - set(environment.filters) <= reading.words(filters.text)
    assert set(environment.tests) == set(loaded.tests), "the guide says that briefpack adds no test"


def sandbox_of(project, monkeypatch):
    """Return the environment in which a project's templates are written."""
    made, begin = [], sandbox.Environment.__init__

    def record(environment, *arguments, **named):
        begin(environment, *arguments, **named)
        made.append(environment)

    monkeypatch.setattr(sandbox.Environment, "__init__", record)
    request = output.Request(project, example.BRIEF, "ijm", project.root / "out")
    pages.composer(build.prepare(request), project.root, {}, None)
    return made[0]


# Style sheets


def sheets():
    return [path for path in (REPOSITORY / "layouts").rglob("*") if path.suffix in (".css", ".html")]


def test_documents_every_data_attribute():
    engine = [path for room in ("pages", "typeset") for path in (REPOSITORY / "src/briefpack" / room).glob("*.py")]
    read = [path.read_text(encoding="utf-8") for path in (*sheets(), *engine)]
    used = {name for text in read for name in re.findall(r"\bdata-[a-z]+", text)} - {source_map.NUMBER}
    [part] = [each for each in reading.sections(DESIGN) if each.heading == "Data attributes"]
    assert {cells[0].strip("`") for cells in reading.rows(part.text)[1:]} == used


def test_documents_every_class():
    used = set()
    for path in sheets():
        text = path.read_text(encoding="utf-8")
        bare = re.sub(r"{{.*?}}|{%.*?%}|{#.*?#}", " ", text, flags=re.DOTALL)
        used |= {name for found in re.findall(r'class="([^"]*)"', bare) for name in found.split()}
        if path.suffix == ".css":
            rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", text, flags=re.DOTALL)
            used |= set(re.findall(r"\.([a-z][\w-]*)", rules))
        used |= set(re.findall(r"{% block kind %}([\w-]+){%", text))
    [part] = [each for each in reading.sections(DESIGN) if each.heading == "Classes"]
    assert used - reading.words(part.text) == set()
    assert reading.words(part.text) - used - KINDS == set()


KINDS = {
    "bars", "unit-chart", "part-of-whole", "timeline", "cost-of-asks", "dots", "numbers", "process",
    "line", "columns", "small-multiples", "body", "long", "longer", "plain", "mapped", "roomy",
    "part", "theme",
}  # fmt: skip
"""Classes that a page puts together, and other words in the table."""


def test_documents_every_custom_property():
    tokens = yaml.safe_load((REPOSITORY / "layouts/tokens.yaml").read_text(encoding="utf-8"))
    shared = [tokens["shared"], *tokens["layouts"].values()]
    named = {f"--{name}" for each in shared for part in ("colours", "lengths") for name in each.get(part, ())}
    named |= {f"--size-{name}" for each in shared for name in each.get("sizes_pt", ())}
    [part] = [each for each in reading.sections(DESIGN) if each.heading == "Custom properties"]
    documented = {name for cells in reading.rows(part.text) for name in re.findall(r"--[\w-]+", cells[0])}
    assert documented == named | set(layout_names.OWN_PROPERTIES)


# Charts


def test_documents_every_attribute_of_a_charts_row():
    [part] = [each for each in reading.sections(CHARTS) if each.heading == "`rows`"]
    assert {cells[0].strip("`") for cells in reading.rows(part.text)[1:]} == attributes(ChartRow)


def test_documents_everything_that_a_chart_can_ask_of_the_look():
    [part] = [each for each in reading.sections(CHARTS) if each.heading == "`look`"]
    rows = {name for cells in reading.rows(part.text)[1:] for name in re.findall(r"`(\w+)", cells[0])}
    assert rows == attributes(pen.Pen) - {"look", "fonts"}
    assert set(pen.ROLES) - reading.names(part.text) == set()


def test_documents_every_chart_kind():
    kinds = {path.stem for path in (REPOSITORY / "charts").glob("[!_]*.py")}
    assert {f"{kind}.py" for kind in kinds} - reading.spans(reading.read(CHARTS)) == set()
    assert {kind.replace("_", "-") for kind in kinds} - reading.spans(reading.read(STAFF)) == set()


# Fonts and rooms


def test_documents_every_font_family():
    sheet = (REPOSITORY / "fonts/fonts.css").read_text(encoding="utf-8")
    documented = {cells[0] for cells in reading.rows(reading.read("fonts/README.md"))[1:]}
    assert documented == set(re.findall(r'font-family: "([^"]+)"', sheet))


def test_lists_the_rooms_in_the_order_that_the_linter_enforces():
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = [each for each in settings["tool"]["importlinter"]["contracts"] if each["name"] == "rooms"]
    rooms = [name.strip() for layer in contract["layers"] for name in re.split("[|:]", layer)]
    [part] = [each for each in reading.sections("src/README.md") if each.heading == "The rooms"]
    documented = [cells[0].strip("`/") for cells in reading.rows(part.text)[1:]]
    assert [f"briefpack.{name}" for name in documented] == rooms
