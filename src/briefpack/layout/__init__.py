"""Read and check a layout: its keys, tokens, style sheets, fonts and colour profiles."""

from briefpack.layout.editions import Edition
from briefpack.layout.load import LoadedLayout, load, printed_words

__all__ = ["Edition", "LoadedLayout", "load", "printed_words"]
