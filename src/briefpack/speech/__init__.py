"""Say what a screen reader says of a PDF."""

from briefpack.speech.file import read
from briefpack.speech.script import lines
from briefpack.speech.tree import Element, Link, Spoken, Words

__all__ = ["Element", "Link", "Spoken", "Words", "lines", "read"]
