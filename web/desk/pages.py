"""All that the desk answers: each module beside this one adds its views to the blueprint."""

from __future__ import annotations

from web.desk import (
    crew,
    editing,
    foretelling,
    grouping,
    left_out,
    looking,
    page,
    presence,
    pressing,
    quoting,
    reserve,
    saying,
    sick,
    state,
    stop,
)
from web.desk.room import desk

__all__ = [
    "crew",
    "desk",
    "editing",
    "foretelling",
    "grouping",
    "left_out",
    "looking",
    "page",
    "presence",
    "pressing",
    "quoting",
    "reserve",
    "saying",
    "sick",
    "state",
    "stop",
]
