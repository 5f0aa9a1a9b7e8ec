"""A document that can't be bound is named."""

from briefpack import charts, layout, plan
from briefpack.jobs import binding
from briefpack.store import Store


def test_names_the_document_whose_piece_is_missing_from_the_store(project):
    brief = plan.read_brief(project, "tiny", charts.kinds(project.root / "charts"))
    planned = plan.make(brief, layout.load(project, "tiny", "screen"), plan.Wanted())
    job = binding.Job(planned.documents[0], ("0" * 64,), (), ())
    bind = binding.Bind(plan.expected(planned), Store(project.store), project.root, "out/tiny/tiny/screen")
    bound = bind(job)
    (problem,) = bound.problems
    assert bound.sha256 == ""
    assert (problem.path, problem.hint) == ("out/tiny/tiny/screen/national/national-pack.pdf", "build again")
