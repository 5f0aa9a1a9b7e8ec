"""Use WeasyPrint's undocumented parts: its boxes, log messages and fetchers, and our patches."""

from briefpack.typeset.weasyprint import boxes, fetchers, messages, resources, spaces
from briefpack.typeset.weasyprint.patches import patched

__all__ = ["boxes", "fetchers", "messages", "patched", "resources", "spaces"]
