"""Write numbers and dates, and read YAML with its line numbers."""
