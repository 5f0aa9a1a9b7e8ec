"""Read a brief: its figures, relations and Markdown."""
