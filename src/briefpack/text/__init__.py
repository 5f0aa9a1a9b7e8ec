"""Write numbers and dates, and read YAML and tables with the place of each value."""
