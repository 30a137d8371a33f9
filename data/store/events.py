"""The book of events: who did what, when, and how it was before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select

from data import tables
from data.following import house_policy
from data.store.rows import from_row, to_row
from scheduler.following import FollowPolicy
from scheduler.grounds import Stage
from scheduler.model import City
from scheduler.ports import By, Event, PlanRecord


@dataclass
class Transaction:
    """A writing transaction, by whom it is made, and the events that end it.

    `policy` says what follows from the results of visits. `planned` are the plans that it added or
    published: what their visits stand on is kept at its end. `cities` are those that it has locked
    (data.store.cities.locked_city).
    """

    connection: Connection
    by: By
    policy: FollowPolicy = field(default_factory=house_policy)
    events: list[Event] = field(default_factory=list)
    planned: list[tuple[PlanRecord, Stage]] = field(default_factory=list)
    cities: dict[str, City] = field(default_factory=dict)

    def note(
        self,
        kind: str,
        subject: str,
        *,
        city: str = "",
        agency: str = "",
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Add an event to those that `write_events` will write."""
        self.events.append(
            Event(self.by.at, self.by.actor, kind, subject, before, after, city, agency)
        )

    def write_events(self) -> None:
        """Write all events at once, in their order."""
        if self.events:
            rows = [to_row(event) for event in self.events]
            for row in rows:
                del row["id"]  # the database counts
            self.connection.execute(insert(tables.event), rows)
            self.events.clear()


def list_events(connection: Connection, subject: str | None, limit: int) -> list[Event]:
    """Return the newest events first, of one subject or of all."""
    query = select(tables.event).order_by(tables.event.c.id.desc()).limit(limit)
    if subject is not None:
        query = query.where(tables.event.c.subject == subject)
    return [from_row(Event, row) for row in connection.execute(query).mappings()]
