"""All that the room answers: each module beside this one adds its views to the blueprint."""

from __future__ import annotations

from web.slots import pages, urgent, ways
from web.slots.room import slots

__all__ = ["pages", "slots", "urgent", "ways"]
