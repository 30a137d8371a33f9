"""The map services of a city as its dispatcher sees them: who is asked, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from data.jobs import JobKind
from routing.geocoders.services import SERVICES
from scheduler.errors import DayroundError
from web.context import wired


def services_on(city: str) -> list[str]:
    """Return the titles of the services that addresses may go to; none where that is unclear."""
    try:
        return [SERVICES[name].title for name in wired().cities.online(city).setting.use]
    except DayroundError:  # the work that asks them will say what is wrong
        return []


def asked_last(city: str) -> Sequence[Mapping[str, Any]]:
    """Return what the newest look-up asked of each service, and what failed."""
    job = wired().jobs.newest(city, None, JobKind.GEOCODE)
    told: Sequence[Mapping[str, Any]] = ((job.result if job else None) or {}).get("services", ())
    return [one for one in told if one["asked"] or one["failed"]]
