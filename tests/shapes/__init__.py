"""Whole briefs of any shape: hypothesis draws them, and each is built, or refused at the author's line."""
