"""Make proofs: documents that failed or are unfinished, with PROOF on each page and each problem circled and listed."""

from briefpack.build.proofs.stage import asked, make

__all__ = ["asked", "make"]
