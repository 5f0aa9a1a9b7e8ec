"""Read the guides, make the project that they describe, and make their pictures."""
