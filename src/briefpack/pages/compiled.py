"""Keep compiled templates between builds: compiling those of a layout takes as long as composing ten documents.

They are code, and a store may be shared. So they are kept where nobody else can write: in a folder of the system's
temporary files that belongs to the user, as Jinja2 makes and checks it.
"""

from types import CodeType

import jinja2
from jinja2.bccache import Bucket

from briefpack import store


class Compiled(jinja2.FileSystemBytecodeCache):
    """The compiled templates of this user; one that was edited since is compiled again."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 -- as in Jinja2
        """Return the key of a template: the same in each project, for most have the same templates."""
        return store.key("template", store.engine(), name)

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the code of a template, which fails at the path that the template has in this project."""
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code is not None and filename:
            bucket.code = _at(bucket.code, filename)
        return bucket


def _at(code: CodeType, filename: str) -> CodeType:
    """Return code as if it were compiled from another path."""
    constants = (_at(each, filename) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_filename=filename, co_consts=tuple(constants))


def cache() -> Compiled | None:
    """Return the user's compiled templates; None if the system has no safe folder for them."""
    try:
        return Compiled(pattern="briefpack-%s")
    except RuntimeError:
        return None
