"""Prepare the data that all stages of the pipeline share, and find the documents that are up to date."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from briefpack import plan
from briefpack.jobs import composing, drawing
from briefpack.jobs.composing import PlanFile
from briefpack.jobs.draw import Draw
from briefpack.jobs.outcome import Bound, Outcome
from briefpack.output import Inputs, Manifest, design, hashes, read
from briefpack.plan import Document, Drawing, Expected, Plan
from briefpack.pool import Workers
from briefpack.store import Store, own_work


@dataclass(frozen=True)
class Setup:
    """The data that all parts of a build share: plan, workers, chart keys, and the manifest from before the build.

    `can_show` has the hash of everything that each document could show, by path; `contents` has that of the brief and
    the data alone, by electorate.
    """

    planned: Plan
    inputs: Inputs
    workers: Workers
    draw: Draw
    chart_keys: Mapping[Drawing, str]
    can_show: Mapping[str, str]
    contents: Mapping[str | None, str]
    before: Manifest

    @property
    def root(self) -> Path:
        """Return the project's folder."""
        return self.draw.root

    @property
    def store(self) -> Store:
        """Return the store."""
        return self.draw.store

    @property
    def folder(self) -> Path:
        """Return the folder of the finished documents."""
        return self.inputs.request.folder

    def shown(self, document: Document) -> str:
        """Return the path of a finished document as problems show it."""
        return f"{self.inputs.request.project.shown(self.folder)}/{document.path}"

    @contextmanager
    def line(self, planned: Plan) -> Iterator["Line"]:
        """Provide the line for a part of the plan, with a work folder in the store."""
        self.store.ready()
        with tempfile.TemporaryDirectory(dir=self.store.root, prefix=own_work()) as folder:
            work = Path(folder)
            plan_file = composing.write_plan(work, planned, self.chart_keys, self.root, self.store)
            yield Line(**{**self.__dict__, "planned": planned}, work=work, plan_file=plan_file)


@dataclass(frozen=True)
class Line(Setup):
    """The data of one part of a build: new files go to `work`, and workers read the part's plan from a file."""

    work: Path
    plan_file: PlanFile

    @cached_property
    def expected(self) -> Expected:
        """Return the requirements that every document is checked against."""
        return plan.expected(self.planned)


def setup(planned: Plan, inputs: Inputs, workers: Workers) -> Setup:
    """Return the data that all parts of a build share."""
    draw = drawing.drawer(planned, inputs.request.project)
    keys = drawing.chart_keys(planned, draw)
    contents = hashes.contents(planned, inputs)
    can_show = hashes.can_show(planned, inputs, keys, contents)
    return Setup(planned, inputs, workers, draw, keys, can_show, contents, read(inputs.request.folder))


def up_to_date(shared: Setup) -> list[Outcome]:
    """Return the finished documents that can't show anything new, with the warnings from when they were made."""
    documents = [
        document for document in shared.planned.documents if is_current(shared, document, can_show(shared, document))
    ]
    return [keep(Outcome(document, inputs=can_show(shared, document)), shared) for document in documents]


def can_show(shared: Setup, document: Document) -> dict[str, str]:
    """Return the hash of everything that a document could show, as the manifest lists it."""
    return {"can_show": shared.can_show[document.path]}


def made_from(shared: Setup, document: Document) -> dict[str, str]:
    """Return the hashes of the brief and data, and of the designers' files, as the manifest lists them.

    Nothing is kept or made again for them: they tell what has changed if a later build fails.
    """
    return {"content": shared.contents[document.electorate], "design": design.key(shared.inputs)}


def is_current(shared: Setup, document: Document, inputs: Mapping[str, str]) -> bool:
    """Return whether the finished file of a document is intact and was made from the same inputs."""
    return shared.before.up_to_date(shared.folder, document.path, inputs)


def keep(outcome: Outcome, shared: Setup) -> Outcome:
    """Return the outcome of a document whose finished file is kept, with the warnings from when it was made."""
    document = outcome.document
    known = shared.before.documents[document.path]
    found = {each.piece for each in outcome.findings}
    before = [each.at(shared.shown(document)) for each in shared.before.warnings(document.path)]
    findings = (*outcome.findings, *(each for each in before if each.piece not in found))
    inputs = {**known["inputs"], **outcome.inputs}
    return replace(
        outcome, findings=findings, inputs=inputs, bound=Bound((), known["sha256"], known["bytes"]), kept=True
    )
