"""Present a finished PDF as data: its pages, text, content streams and tags."""
