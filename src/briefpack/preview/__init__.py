"""Show a document in the browser, and keep it up to date while its files are edited.

`session` makes the document in view first and then the others, as a build does. `pictures` draws its pages, and
`server` gives them to the one page in `page/`, on this machine alone.
"""

from briefpack.preview.server import Server
from briefpack.preview.session import Session

__all__ = ["Server", "Session"]
