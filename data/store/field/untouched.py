"""Whether what a phone was told of a crew's day is still as the book has it.

Phones ask every minute, and a city writes all the time: what happens to others is no reason to
tell a day anew. An event of which it is not known whom it is about is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, select

from data import database, tables
from data.store.drafts import NO_FACTS
from data.store.rows import from_row
from data.store.touched import OF_PLAN, touched
from scheduler.ports import Event

event = tables.event.c

OF_CREW = frozenset({"day.begun", "plan.accepted", "crew.late", "break.begun", "break.ended"})
OF_VISIT = frozenset(
    {
        *("visit.arrived", "visit.left", "visit.arrival_taken_back", "visit.confirmed"),
        *("visit.suspended", "visit.flagged", "visit.resumed"),
    }
)
OF_ALL = frozenset({"profile.signed", "city.navigators", "city.products"}) | OF_PLAN
"""What a phone is told beside the facts of visits, by whom it is about."""

MOST = 500
"""Of more events than these nobody asks each whom it is about."""


@dataclass(frozen=True, slots=True)
class Told:
    """Whose day was told: the crew, the ids of its visits, and the borrowers of them all."""

    city: str
    on: date
    crew: frozenset[str]
    visits: frozenset[str]
    borrowers: frozenset[str]

    def is_about(self, one: Event) -> bool:
        """Whether an event is about the day itself, whatever it does to the facts of a visit."""
        if one.kind in OF_ALL:
            return True
        if one.kind in OF_CREW:
            return not self.crew.isdisjoint((one.after or {}).get("crew", ()))
        return one.kind in OF_VISIT and one.subject in self.visits | self.borrowers


def newest_event(engine: Engine, city: str) -> int:
    """Return the number of a city's last event, 0 where it has none."""
    query = select(event.id).where(event.city == city).order_by(event.id.desc()).limit(1)
    with database.reading(engine) as connection:
        return connection.scalar(query) or 0


def untouched_until(engine: Engine, told: Told, since: int) -> int | None:
    """Return the number of the last event, none of which since `since` changes what was told.

    None where one does, or may do so; and where the book has lost the event of `since`.
    """
    query = (
        select(tables.event)
        .where(event.city == told.city, event.id >= since)
        .order_by(event.id)
        .limit(MOST + 1)
    )
    with database.reading(engine) as connection:
        rows = connection.execute(query).mappings().all()
        if not rows or rows[0]["id"] != since or len(rows) > MOST:
            return None
        events = [from_row(Event, row) for row in rows[1:]]
        facts = [one for one in events if one.kind not in NO_FACTS]
        if any(map(told.is_about, events)):
            return None
        if facts:
            whom = touched(connection, told.city, facts, told.borrowers)
            if whom.everybody or not told.borrowers.isdisjoint(whom.borrowers):
                return None
    return int(rows[-1]["id"])
