"""Bind pieces and slots into one finished PDF with one structure tree, outline and set of links."""

from briefpack.bind.document import document, enlarged

__all__ = ["document", "enlarged"]
