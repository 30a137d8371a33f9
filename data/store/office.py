"""What the administrator asks of the book: the agencies there are, and the events she may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Engine, and_, false, or_, select, true

from data import database, tables
from data.store.rows import from_row
from scheduler.ports import Event

event, agency = tables.event.c, tables.agency.c


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose events somebody sees: those of some agencies of each city, and those about users.

    Agencies None are all of a city. Without any limit, all events.
    """

    cities: Mapping[str, Collection[str] | None] = field(default_factory=dict)
    users: Collection[str] = ()
    is_whole: bool = False


class Office:
    """The administrator's view of a book."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def agencies(self) -> dict[str, list[str]]:
        """Return the agencies of each city by name, the lender's own staff ('') left out."""
        query = select(agency.city, agency.name).where(agency.name != "")
        found: dict[str, list[str]] = defaultdict(list)
        with database.reading(self.engine) as connection:
            for city, name in connection.execute(query.order_by(agency.city, agency.name)):
                found[city].append(name)
        return found

    def events(
        self,
        sight: Sight,
        *,
        subject: str = "",
        group: str = "",
        before: int | None = None,
        limit: int = 50,
    ) -> list[Event]:
        """Return the newest events that may be seen, the newest first.

        `subject` is whom or what an event is about; `group` the first part of its kind, as in
        'user'; `before` leaves out that event and all newer ones.
        """
        query = select(tables.event).where(_seen(sight)).order_by(event.id.desc()).limit(limit)
        if subject:
            query = query.where(event.subject == subject)
        if group:
            query = query.where(event.kind.startswith(f"{group}.", autoescape=True))
        if before is not None:
            query = query.where(event.id < before)
        with database.reading(self.engine) as connection:
            return [from_row(Event, row) for row in connection.execute(query).mappings()]

    def since(self, sight: Sight, id: int, limit: int, groups: Collection[str] = ()) -> list[Event]:
        """Return the events after one that may be seen, the oldest first.

        `groups` are the first parts of kinds; without any, all kinds.
        """
        query = select(tables.event).where(_seen(sight), event.id > id)
        if groups:
            of_kind = (event.kind.startswith(f"{one}.", autoescape=True) for one in groups)
            query = query.where(or_(false(), *of_kind))
        query = query.order_by(event.id).limit(limit)
        with database.reading(self.engine) as connection:
            return [from_row(Event, row) for row in connection.execute(query).mappings()]


def _seen(sight: Sight) -> ColumnElement[bool]:
    if sight.is_whole:
        return true()
    of_users = and_(
        event.city == "", event.kind.startswith("user."), event.subject.in_(sight.users)
    )
    of_cities = (
        and_(event.city == city, true() if names is None else event.agency.in_(names))
        for city, names in sight.cities.items()
    )
    return or_(false(), of_users, *of_cities)
