"""How each collector of a plan comes to her day: by a log-in of her own, by a link, or not yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from data import database
from data.store.field.links import DayLink, LinkState, accounts_of
from data.store.plan_rows import clock
from scheduler.model import Collector
from scheduler.ports import PlanRecord
from web.context import now, wired


@dataclass(frozen=True, slots=True)
class WayIn:
    """A collector of a crew; `account` may be '', and `link` is her newest for the day."""

    crew_id: str
    collector: Collector
    shift_ends: datetime
    account: str
    link: DayLink | None

    @property
    def state(self) -> LinkState:
        """How her newest link stands."""
        return self.link.state(now()) if self.link else LinkState.UNKNOWN

    @property
    def has_link(self) -> bool:
        return self.state in (LinkState.FRESH, LinkState.IN_USE)

    @property
    def has_none(self) -> bool:
        """Whether she can open her day by nothing."""
        return not (self.account or self.has_link)


def ways_in(record: PlanRecord, people: dict[str, Collector]) -> list[WayIn]:
    """Return how those of a plan come in who may be seen, by their crews."""
    new = record.content
    with database.reading(wired().store.engine) as connection:
        accounts = accounts_of(connection, new.city)
    links = wired().links.of_day(new.city, new.on)
    return [
        WayIn(crew_id, people[who], ends, accounts.get(who, ""), links.get(who))
        for crew_id, who, ends in members(record)
        if who in people
    ]


def members(record: PlanRecord) -> Iterator[tuple[str, str, datetime]]:
    """Yield crew, collector and end of the shift of all who drive by a plan."""
    new = record.content
    at = clock(new.origin)
    crews = {crew.id: crew for crew in new.crews}
    for trip in sorted(new.plan.itineraries, key=lambda trip: trip.crew_id):
        crew = crews[trip.crew_id]
        for who in crew.members:
            yield crew.id, who, max(crew.window.end, at(trip.end_s))
