"""Find the electorates that somebody means by a name, an address or a postcode."""

from briefpack.electorates.search.directory import CERTAINTIES, Directory, load_directory, set_of
from briefpack.electorates.search.search import Answer, Hit, run

__all__ = ["CERTAINTIES", "Answer", "Directory", "Hit", "load_directory", "run", "set_of"]
