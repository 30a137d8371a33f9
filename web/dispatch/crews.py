"""Who goes with whom on the day, who is alone, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from data.access import Role
from data.jobs import JobKind
from web.auth.access import needs
from web.context import wired
from web.dispatch.room import dispatch, page, seen_agencies


@dispatch.get("/<city>/<day:on>/crews")
@needs(Role.DISPATCHER)
def crews(city: str, on: date) -> str:
    """Show the day's crews, and who is on shift and in none."""
    formed, shifts, people = wired().desk.crews(city, on, seen_agencies())
    taken = {member for crew in formed for member in crew.members}
    result = last_result(city, on)
    return page(
        "crews",
        on,
        crews=formed,
        people=people,
        alone=[shift for shift in shifts if shift.collector_id not in taken],
        why=result.get("alone", {}),
        notes=[
            (members, text)
            for members, text in result.get("notes", [])
            if people.keys() >= set(members)
        ],
    )


def last_result(city: str, on: date) -> dict[str, Any]:
    """Return what forming the crews has said beside them, if it was done here."""
    newest = (wired().jobs.newest(city, on, kind) for kind in (JobKind.CREWS, JobKind.PLAN))
    results = [job.result for job in newest if job and job.result and "alone" in job.result]
    return dict(results[0]) if results else {}
