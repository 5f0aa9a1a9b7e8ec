"""Turn a structured policy brief into paginated briefing packs and one-page leave-behinds."""

__version__ = "0.1.0"
