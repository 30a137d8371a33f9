"""Who is sent to a case: by the published plan and the newest draft of each day ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from data import tables
from data.store.owned_cases import OwnedCase
from data.store.planned import is_live
from scheduler.ports import PlanStatus

plan, stop = tables.plan.c, tables.stop.c


@dataclass(frozen=True, slots=True)
class SentCrew:
    """The members of a crew that a plan sends for some cases on a day."""

    on: date
    members: frozenset[str]
    case_ids: tuple[str, ...]


def crews_sent(connection: Connection, city: str, to: OwnedCase, since: date) -> list[SentCrew]:
    """Return who is sent to a case from a day on; drafts older than another plan send nobody."""
    sent = crews_ahead(connection, city, since, stop.borrower_id == to.borrower_id)
    return [one for one in sent if to.id in one.case_ids]


def crews_ahead(
    connection: Connection, city: str, since: date, *where: ColumnElement[bool]
) -> Iterator[SentCrew]:
    """Yield who is sent from a day on, to those stops alone that are told."""
    heads = connection.execute(
        select(plan.id, plan.on, plan.version, plan.state, plan.crews).where(*is_live(city, since))
    ).all()
    newest = {head.on: head.version for head in sorted(heads, key=lambda head: head.version)}
    live = {
        head.id: head
        for head in heads
        if head.version == newest[head.on] or head.state == PlanStatus.PUBLISHED
    }
    query = select(stop.plan_id, stop.crew_id, stop.case_ids)
    its = (stop.borrower_id.is_not(None), stop.plan_id.in_(live))
    for row in connection.execute(query.where(*its, *where)):
        crews = [crew for crew in live[row.plan_id].crews if crew.id == row.crew_id]
        members = frozenset(member for crew in crews for member in crew.members)
        yield SentCrew(live[row.plan_id].on, members, row.case_ids)
