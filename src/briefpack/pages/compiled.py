"""Keep compiled templates between builds: compiling those of a layout takes as long as composing ten documents.

They are code, and a project's store may be shared. So they are kept where nobody else can write: in the user's own store.
"""

from types import CodeType

import jinja2
from jinja2.bccache import Bucket

from briefpack import store
from briefpack.store import Store
from briefpack.text.locale import Locale


class Compiled(jinja2.BytecodeCache):
    """The compiled templates of this user in one language; one that was edited since is compiled again."""

    def __init__(self, kept: Store, locale: Locale) -> None:
        self.kept, self.language = kept, store.key(locale.key)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 -- as in Jinja2
        """Return the key of a template: the same in each project, for most have the same templates.

        Jinja2 computes what is constant as it compiles, so the words of a number are part of the code.
        """
        return store.key("template", store.engine(), self.language, name)

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the code of a template, which fails at the path that the template has in this project."""
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code is not None and filename:
            bucket.code = _at(bucket.code, filename)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read the code of a template, if it is kept."""
        if data := self.kept.get(bucket.key):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, if the disk allows."""
        try:
            self.kept.put(bucket.key, bucket.bytecode_to_string())
        except OSError:
            return


def _at(code: CodeType, filename: str) -> CodeType:
    """Return code as if it were compiled from another path."""
    constants = (_at(each, filename) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_filename=filename, co_consts=tuple(constants))


def cache(locale: Locale) -> Compiled | None:
    """Return the user's compiled templates in a language; None if the system has no safe folder for them."""
    own = store.of_user()
    return Compiled(own, locale) if own else None
