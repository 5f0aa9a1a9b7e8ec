"""Keep the list of finished files, and find out which are up to date."""
