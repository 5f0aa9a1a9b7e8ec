"""Write the finished files and their manifest, and find out which of them are up to date.

A build asks four questions, from the coarsest to the finest. Each compares one hash of everything that the answer
depends on; equal hashes mean that there is nothing to do. So there is no list of dependencies to maintain.

1. Has this build been made before? Its key covers the request and every file that a build may read. The store has the
   report of each complete build under its key. If all its documents are still there, and consent to publish its images
   hasn't ended, the build ends here, before it has loaded anything.
2. Can anything that a document could show have changed? `can_show` covers the brief, the layouts, the chart files, the
   fonts, the document's charts, the texts and facts of the whole electorate set, and the document's own electorate, but
   no other electorate. If it is the same as in the manifest, the document is kept and its pages aren't composed.
3. Is a chart, an image or a piece in the store? A chart's key covers its content, its code and the house style; an
   image's key covers its file, its place, and the colours, the profile and the ink limit of the edition; a piece's key
   covers its HTML, its style sheets and every file that they load. Anything in the store is used as it is.
4. Has anything that a document does show changed? `shows` covers its pieces, their places, its metadata and its
   printing condition. If it is the same as in the manifest, the document is kept and isn't bound again.

Each hash also covers the engine: the version of every library, and every module of briefpack. A document
is only kept if its file still has the hash that the manifest lists. If a file is edited during a build, some documents
may have the old text and others the new: that build isn't remembered, and `can_show` is left empty in the manifest.

A document that failed is never up to date. Its proof is in `proofs/` in the edition's folder, and the file that an
earlier build made is in `proofs/earlier/`, each under the path of the document.
"""

from briefpack.output.inputs import Inputs, find, folders, refusal, remember
from briefpack.output.manifest import Entry, Manifest, read, write, write_asked
from briefpack.output.proofs import ASKED, EARLIER, PROOFS, Failed, FailedEntry, Finding, Written
from briefpack.output.request import Report, Request, exit_code

__all__ = [
    "ASKED", "EARLIER", "PROOFS", "Entry", "Failed", "FailedEntry", "Finding", "Inputs", "Manifest", "Report", "Request", "Written",
    "exit_code", "find", "folders", "read", "refusal", "remember", "write", "write_asked",
]  # fmt: skip
