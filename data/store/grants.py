"""Whether what a grant names is there."""

from __future__ import annotations

from sqlalchemy import Connection, select

from data import tables
from data.access import Grant, Role
from data.store.cities import get_city
from scheduler.errors import ConflictError, NotFoundError


def settled(connection: Connection, grant: Grant) -> Grant:
    """Return a grant whose city, agency and collector are known; a collector's has her agency.

    Raises
    ------
    ConflictError
        Where the role asks for a city or a collector and none is named.
    NotFoundError
        Where there is no such city, agency or collector.
    """
    if not grant.city:
        if grant.role is not Role.ADMINISTRATOR or grant.agency:
            raise ConflictError(f"the role {grant.role} is granted in a city: name it")
        return grant
    get_city(connection, grant.city)
    if grant.role is Role.COLLECTOR:
        return _of_collector(connection, grant)
    if grant.collector_id:
        raise ConflictError(f"the role {grant.role} is no collector's: name no collector with it")
    known = select(tables.agency.c.name).where(tables.agency.c.city == grant.city)
    names = set(connection.scalars(known))
    if grant.agency and grant.agency not in names:
        there = ", ".join(sorted(names - {""})) or "none"
        raise NotFoundError(f"{grant.city} has no agency {grant.agency!r}; there are: {there}")
    return grant


def _of_collector(connection: Connection, grant: Grant) -> Grant:
    if not grant.collector_id:
        raise ConflictError(f"name which of {grant.city}'s collectors this user is, by the id")
    row = tables.collector.c
    whose = select(row.agency).where(row.city == grant.city, row.id == grant.collector_id)
    agency = connection.scalar(whose)
    if agency is None:
        raise NotFoundError(f"{grant.city} has no collector {grant.collector_id!r}")
    return Grant(grant.role, grant.city, agency, grant.collector_id)
