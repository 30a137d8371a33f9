"""All that the desk answers: each module beside this one adds its views to the blueprint."""

from __future__ import annotations

from web.desk import page, state
from web.desk.room import desk

__all__ = ["desk", "page", "state"]
