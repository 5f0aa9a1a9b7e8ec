"""Arrange finished pages on sheets: booklets, copies for two-sided printing, two-ups."""
