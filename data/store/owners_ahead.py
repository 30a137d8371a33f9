"""Planned visits whose crew could not be sent any more once some cases have other owners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.store.cities import get_city
from data.store.owned_cases import open_owners
from data.store.planned_crews import SentCrew, crews_ahead
from data.store.stand_ins import by_case
from scheduler.model import OwnerPolicy

Owners = Mapping[str, str | None]
"""Whose cases are, by their ids; None is nobody's."""


@dataclass(frozen=True, slots=True)
class LosesItsCrew:
    """A visit on a day that none of its crew may make any more: `owner` does not go along."""

    case_id: str
    on: date
    owner: str | None


def visits_that_lose(
    connection: Connection, city: str, since: date, to_be: Owners
) -> list[LosesItsCrew]:
    """Return the planned visits that `to_be` would forbid, each by a case of theirs, by day.

    Only where owners are fixed; what is forbidden already is not told again.
    """
    if not to_be or get_city(connection, city).owner_policy is not OwnerPolicy.FIXED:
        return []
    sent = [one for one in crews_ahead(connection, city, since) if to_be.keys() & one.case_ids]
    known = open_owners(connection, city, {id for one in sent for id in one.case_ids})
    days = {one.on: by_case(connection, city, one.on) for one in sent}
    found = {
        LosesItsCrew(id, one.on, to_be[id])
        for one in sent
        if _may(one, known, days[one.on]) and not _may(one, {**known, **to_be}, days[one.on])
        for id in _its(one, to_be)
    }
    return sorted(found, key=lambda one: (one.on, one.case_id))


def _its(sent: SentCrew, to_be: Owners) -> Iterator[str]:
    yield from (id for id in sent.case_ids if id in to_be)


def _may(sent: SentCrew, owners: Owners, standing: Mapping[str, frozenset[str]]) -> bool:
    """Whether a crew may make a visit: somebody of it owns one of its cases, or nobody does."""
    hers = {owner for id in sent.case_ids if (owner := owners.get(id)) is not None}
    beside = {who for id in sent.case_ids for who in standing.get(id, ())}
    return not hers or bool((hers | beside) & sent.members)
