"""Arrange finished pages on sheets: booklets, print sets and two-ups."""
