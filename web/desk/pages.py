"""All that the desk answers: each module beside this one adds its views to the blueprint."""

from __future__ import annotations

from web.desk import editing, grouping, left_out, page, presence, quoting, saying, state
from web.desk.room import desk

__all__ = [
    "desk",
    "editing",
    "grouping",
    "left_out",
    "page",
    "presence",
    "quoting",
    "saying",
    "state",
]
