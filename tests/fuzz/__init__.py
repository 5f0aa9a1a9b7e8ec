"""Random edits of a whole project, each checked or built: every one must end in problems with a place, or in none."""
