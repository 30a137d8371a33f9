"""Who else looks at a day: told in a header of each answer to an open desk's question."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from urllib.parse import quote

from flask import current_app, g, request
from werkzeug.wrappers import Response

from web.auth.access import current_user
from web.context import now
from web.desk.room import desk

HEADER = "X-Here"
GONE_AFTER = timedelta(seconds=15)
"""Since somebody's desk last asked; each asks every two seconds while it is looked at."""


@dataclass
class Presence:
    """Who has asked of a city's day, and when last; kept in memory, for it is of now alone.

    Each process knows who asked it: where several serve, a desk reaches all of them in turn.
    """

    seen: dict[tuple[str, date], dict[str, datetime]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def look(self, city: str, on: date, who: str, at: datetime) -> tuple[str, ...]:
        """Note that somebody looks, and return who else does, by name."""
        with self.lock:
            here = self.seen.setdefault((city, on), {})
            here[who] = at
            for gone in [name for name, last in here.items() if at - last > GONE_AFTER]:
                del here[gone]
            return tuple(sorted(here.keys() - {who}))


@desk.after_request
def tell_who_is_here(response: Response) -> Response:
    """Add who else looks to the answers that an open desk asks for."""
    on = (request.view_args or {}).get("on")
    if request.endpoint == "desk.state" and on and response.status_code < 400:
        presence = current_app.extensions.setdefault("desk_presence", Presence())
        others = presence.look(g.city.name, on, current_user.name, now())
        response.headers[HEADER] = quote("\n".join(others))
    return response
