"""Use WeasyPrint's undocumented parts: its boxes, log messages and fetchers, and our patches."""

from briefpack.typeset.weasyprint import boxes, fetchers, messages, spaces
from briefpack.typeset.weasyprint.patches import patched

__all__ = ["boxes", "fetchers", "messages", "patched", "spaces"]
