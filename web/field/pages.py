"""All pages of what phones bring."""

from __future__ import annotations

from web.field import alarms, phoned_in, records
from web.field.room import field

__all__ = ["alarms", "field", "phoned_in", "records"]
