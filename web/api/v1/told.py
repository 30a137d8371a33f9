"""Plans of the book as the API tells them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from data.masking import masked
from routing.gazetteer.district import district_named
from scheduler.day import Day
from scheduler.left_out_groups import GroupSum, grouped, must_visits
from scheduler.model import Crew
from scheduler.plan import LeftOut
from scheduler.ports import PlanRecord
from scheduler.problem import Lock
from scheduler.suspending import Suspension
from web.api.v1.models import (
    Asks,
    Count,
    Counts,
    CrewTold,
    Group,
    Groups,
    Held,
    LeftOutTold,
    Member,
    OddsBasis,
    PlanHead,
    PlanTold,
    Standing,
    StopTold,
)
from web.dispatch.board import Board, CrewLine, LeftOutGroup, StopLine


def head(record: PlanRecord, *, is_named: bool = True) -> PlanHead:
    """Return what a version is, without what is in it; `is_named`: who made it, and the note."""
    new, published, odds = record.content, record.published, record.content.odds
    return PlanHead(
        version=record.version,
        revision=record.revision,
        state=record.state,
        based_on=record.based_on,
        made_by=record.made.actor if is_named else None,
        made_at=record.made.at,
        published_by=published.actor if published and is_named else None,
        published_at=published.at if published else None,
        note=record.note if is_named else None,
        engine=new.engine,
        visits=len(new.plan.served),
        left_out=len(new.plan.left_out),
        odds=OddsBasis(visits=odds.visits, before=odds.before, digest=odds.digest),
        reserve=new.reserve,
    )


def plan_told(board: Board, zone: str) -> PlanTold:
    """Return a plan with its crews, visits and the left out."""
    new = board.record.content
    crews = {crew.id: crew for crew in new.crews}
    locks = {lock.visit_id: lock for lock in new.locks}
    return PlanTold(
        city=new.city,
        on=new.on,
        zone=zone,
        origin=new.origin,
        plan=head(board.record),
        crews=[crew_told(line, crews[line.id], locks) for line in board.crews],
        left_out=[left_out_told(one) for group in board.left_out for one in group.entries],
    )


def crew_told(line: CrewLine, crew: Crew, locks: Mapping[str, Lock]) -> CrewTold:
    names = {member.id: masked(member.name) for member in line.members}
    return CrewTold(
        id=line.id,
        members=[Member(id=id, name=names.get(id)) for id in crew.members],
        starts=line.starts,
        ends=line.ends,
        driving_s=round(line.driving.total_seconds()),
        overtime_s=round(line.overtime.total_seconds()),
        stops=[stop_told(stop, locks.get(stop.id)) for stop in line.stops],
    )


def stop_told(stop: StopLine, lock: Lock | None) -> StopTold:
    place = stop.place
    return StopTold(
        kind="visit" if stop.is_visit else "break",
        id=stop.id,
        number=stop.number,
        arrives=stop.arrives,
        starts=stop.starts,
        ends=stop.ends,
        name=masked(stop.borrower.name) if stop.borrower else None,
        place_id=place.id if place else None,
        place_kind=place.kind if place else None,
        case_ids=list(stop.case_ids),
        standing=standing_told(stop.standing) if stop.standing and stop.borrower else None,
        lock=held_told(lock) if lock else None,
    )


def standing_told(each: Suspension) -> Standing:
    return Standing(text=each.text, is_law=each.is_law, was_begun=each.was_begun, since=each.since)


def held_told(lock: Lock) -> Held:
    return Held(crew_id=lock.crew_id, start_s=lock.start_s, after=lock.after)


def left_out_told(one: LeftOut) -> LeftOutTold:
    return LeftOutTold(
        visit_id=one.visit_id,
        reason=one.reason,
        rule=one.rule,
        detail=one.detail,
        case_ids=list(one.case_ids),
    )


def groups_told(board: Board, day: Day) -> Groups:
    """Return the left out by reason, in the order of the desk; money by the facts of `day`."""
    overdue = {case.id: case.overdue for case in day.cases}
    entries = [entry for group in board.left_out for entry in group.entries]
    asks = grouped(entries, overdue, must_visits(day, entries))
    return Groups(
        version=board.record.version,
        groups=[group_told(one, overdue) for one in board.left_out],
        asks=[asks_told(one) for one in asks],
    )


def group_told(one: LeftOutGroup, overdue: Mapping[str, Decimal]) -> Group:
    cases = {id for entry in one.entries for id in entry.case_ids}
    return Group(
        reason=one.reason,
        is_mendable=one.is_mendable,
        count=len(one.entries),
        cases=len(cases),
        overdue=sum((overdue.get(id, Decimal()) for id in cases), Decimal()),
        left_out=[left_out_told(entry) for entry in one.entries],
    )


def asks_told(one: GroupSum) -> Asks:
    return Asks(
        group=one.group,
        is_folded=one.is_folded,
        visit_ids=[entry.visit_id for entry in one.entries],
        cases=one.cases,
        overdue=one.overdue,
    )


def counts_told(board: Board) -> Counts:
    """Return a plan in numbers."""
    new = board.record.content
    visits = [stop for crew in board.crews for stop in crew.stops if stop.is_to_be_made]
    districts = Counter(district_named(stop.place.address) if stop.place else "" for stop in visits)
    return Counts(
        city=new.city,
        on=new.on,
        version=board.record.version,
        state=board.record.state,
        crews=len(board.crews),
        visits=board.visits,
        suspended=board.suspended,
        left_out=board.left_out_count,
        driving_s=sum(round(crew.driving.total_seconds()) for crew in board.crews),
        overtime_s=round(board.overtime.total_seconds()),
        by_reason=[Count(name=g.reason, count=len(g.entries)) for g in board.left_out],
        by_district=counted(districts.items()),
    )


def counted(items: Iterable[tuple[str, int]]) -> list[Count]:
    return [Count(name=name, count=count) for name, count in sorted(items)]
