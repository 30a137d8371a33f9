"""All pages of the room."""

from __future__ import annotations

from web.imports import asking, columns, kept, preview
from web.imports.room import imports

__all__ = ["asking", "columns", "imports", "kept", "preview"]
