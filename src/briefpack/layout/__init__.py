"""Read and check a layout: its keys, tokens, style sheets, fonts and colour profiles."""

from briefpack.layout.editions import Edition
from briefpack.layout.load import LoadedLayout, load

__all__ = ["Edition", "LoadedLayout", "load"]
