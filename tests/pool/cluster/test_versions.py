"""A worker whose software differs from the build's isn't used; this needs no cluster."""

from types import SimpleNamespace

import pytest

from briefpack import store
from briefpack.pool.cluster import remote

OWN = store.makers()
PYTHON = OWN["Python"]


@pytest.mark.parametrize(
    ("build", "named"),
    [
        (OWN, []),
        ({**OWN, "Python": "2.7"}, [f"Python {PYTHON} (here 2.7)"]),
        ({**OWN, "added": "1.0"}, [f"added {remote.ABSENT} (here 1.0)"]),
        ({name: OWN[name] for name in OWN if name != "Python"}, [f"Python {PYTHON} (here {remote.ABSENT})"]),
    ],
)
def test_names_each_library_that_differs_or_is_on_one_side_alone(build, named):
    found = remote._other_versions(SimpleNamespace(makers=build))
    assert [each.message for each in found] == [f"its versions differ from this machine's: {each}" for each in named]
