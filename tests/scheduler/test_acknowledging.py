"""Who has to hear of a changed plan: crews whose day is another one, until they have seen it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from scheduler.acknowledging import Heard, heard
from scheduler.ports import Mark, MarkKind, NewPlan, PlanRecord, PlanStatus, Told
from tests.data.world import ALICE, NOON, TODAY
from tests.scheduler.test_difference import day, stop, trip


def published(version: int, content: NewPlan) -> PlanRecord:
    return PlanRecord(version + 100, version, PlanStatus.PUBLISHED, ALICE, content, ALICE)


FIRST = published(1, day(trip("ann", stop("B1", 10)), trip("bea", stop("B2", 30))))
SECOND = published(2, day(trip("ann", stop("B1", 10), stop("B3", 60)), trip("bea", stop("B2", 30))))
THIRD = published(3, FIRST.content)


def mark(crew_id: str, plan: PlanRecord, minutes: int, kind: MarkKind = MarkKind.ACCEPT) -> Mark:
    at = NOON + timedelta(minutes=minutes)
    return Mark(f"{crew_id}{minutes}", TODAY, plan.id, (crew_id,), kind, at)


def after(minutes: int, *marks: Mark, current: PlanRecord = SECOND) -> tuple[Heard, ...]:
    earlier = [one for one in (FIRST, SECOND) if one.version < current.version]
    return heard(current, earlier, Told(marks), NOON + timedelta(minutes=minutes))


def test_of_a_first_plan_nobody_has_to_be_told_of_a_change() -> None:
    assert heard(FIRST, [], Told(), NOON) == ()


def test_only_a_crew_whose_day_has_changed_is_asked() -> None:
    begun = mark("ann", FIRST, -200, MarkKind.BEGIN), mark("bea", FIRST, -200, MarkKind.BEGIN)
    (ann,) = after(3, *begun)
    assert (ann.crew_id, ann.known, ann.seen_at) == ("ann", 1, None)


def test_ten_minutes_unseen_are_time_to_call() -> None:
    assert [after(minutes)[0].is_overdue for minutes in (9, 10)] == [False, True]


def test_who_has_accepted_or_gone_on_by_the_new_plan_has_seen_it() -> None:
    for kind in (MarkKind.ACCEPT, MarkKind.ARRIVE):
        (ann,) = after(30, mark("ann", SECOND, 4, kind))
        assert ann.seen_at == NOON + timedelta(minutes=4)
        assert not ann.is_overdue


def test_who_never_saw_a_change_that_was_taken_back_has_nothing_to_see() -> None:
    begun = mark("ann", FIRST, -200, MarkKind.BEGIN)
    assert after(30, begun, current=THIRD) == ()
    saw = mark("ann", SECOND, 4)
    (ann,) = after(30, begun, saw, current=THIRD)
    assert ann.known == 2


def test_a_crew_in_which_somebody_else_goes_is_asked() -> None:
    crews = tuple(
        replace(one, members=("ann", "cat")) if one.id == "ann" else one
        for one in SECOND.content.crews
    )
    regrouped = replace(SECOND, content=replace(FIRST.content, crews=crews))
    assert [one.crew_id for one in heard(regrouped, [FIRST], Told(), NOON)] == ["ann"]
