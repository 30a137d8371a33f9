"""A published day is planned again: a draft based on it, and the crews' day as it was meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.day import Day
from scheduler.engines.base import Progress
from scheduler.engines.stop_rules import Iterations
from scheduler.errors import ConflictError, NotFoundError
from scheduler.model import Crew, StopFlag
from scheduler.ports import PlanStatus
from scheduler.replanning import Terms
from scheduler.replanning_service import replan_day
from scheduler.service import Ports, publish_day
from tests.scheduler.little_book import ON, crew
from tests.scheduler.little_plan import book, planned, store_of, with_fact

STOPPED = frozenset({StopFlag.DISPUTED})


def published(made: Day | None = None, *crews: Crew) -> Ports:
    """Return a published day at eight, of which nobody has told anything yet."""
    ports = planned(made or book(), *crews)
    record = publish_day(ports, "Town", ON, "alice")
    eight = record.content.origin + timedelta(hours=8)
    return replace(ports, clock=lambda: eight)


def test_a_day_on_which_nothing_has_changed_is_proposed_as_it_is() -> None:
    ports = published()
    made = replan_day(ports, "Town", ON, "dora", Iterations(2), Terms(most_moves=0))
    assert made.record.state is PlanStatus.DRAFT
    assert (made.base.version, made.record.based_on) == (1, 1)
    assert made.record.content.plan.served == made.base.content.plan.served
    assert made.record.made.actor == "dora"
    assert not made.given_up
    assert not made.loosened
    assert made.record.content.cost.key <= made.kept.key
    assert publish_day(ports, "Town", ON, "dora").version == made.record.version


def test_work_that_was_cut_off_after_its_draft_was_kept_makes_no_second_one() -> None:
    ports = published()
    made = replan_day(ports, "Town", ON, "dora", Iterations(2), Terms(), job=7)
    again = replan_day(ports, "Town", ON, "dora", Iterations(2), Terms(), job=7)
    assert (again.record, again.base, again.kept) == (made.record, made.base, made.kept)
    publish_day(ports, "Town", ON, "dora")
    late = replan_day(ports, "Town", ON, "dora", Iterations(2), Terms(), job=7)
    assert (late.record.version, late.base.version) == (made.record.version, made.base.version)
    assert len(ports.store.plans("Town", ON)) == 2


def test_a_search_that_was_cut_off_goes_on_from_its_best_plan() -> None:
    told: list[Progress] = []
    ports = published(with_fact("cases", "k4", stops=STOPPED)(book()))
    store = store_of(ports)
    store.book = with_fact("cases", "k4", stops=frozenset())(store.book)
    made = replan_day(ports, "Town", ON, "dora", Iterations(2), Terms())
    best = made.record.content.plan
    assert "b3" in best.served - made.base.content.plan.served
    for begin_with, total in ((None, made.kept.total), (best, made.record.content.cost.total)):
        told.clear()
        replan_day(ports, "Town", ON, "dora", Iterations(1), Terms(), begin_with=begin_with,
                   on_progress=told.append)  # fmt: skip
        assert told[0].cost == total


def test_a_crew_of_which_somebody_is_ill_is_not_sent() -> None:
    ports = published()
    without(ports, "ben")
    made = replan_day(ports, "Town", ON, "dora", Iterations(2), Terms())
    assert made.given_up == made.base.content.plan.served
    assert not made.record.content.plan.served  # nobody else is there, and one alone may not go
    assert {entry.visit_id for entry in made.record.content.plan.left_out} >= made.given_up


def without(ports: Ports, *away: str) -> None:
    """Take the shifts of some people out of the book."""
    store = store_of(ports)
    shifts = [one for one in store.book.shifts if one.collector_id not in away]
    store.book = replace(store.book, shifts=shifts)


def crew_of_three(*others: str) -> Ports:
    """Return a published day of a crew of ann, ben and cat; `others` are on shift in no crew."""
    return published(book("ann", "ben", "cat", *others), crew("ann", "ben", "cat"))


def test_where_one_of_three_is_ill_the_other_two_go_on() -> None:
    ports = crew_of_three()
    without(ports, "ben")
    made = replan_day(ports, "Town", ON, "dora", Iterations(2), Terms(most_moves=0))
    (trip,) = made.record.content.plan.itineraries
    (left,) = made.record.content.crews
    assert (trip.crew_id, left.members) == (left.id, ("ann", "cat"))
    assert trip.visits
    assert made.record.content.plan.served == made.base.content.plan.served


def test_where_two_of_three_are_ill_nobody_goes_alone() -> None:
    ports = crew_of_three()
    without(ports, "ben", "cat")
    made = replan_day(ports, "Town", ON, "dora", Iterations(2), Terms())
    assert not made.record.content.plan.served
    assert made.given_up == made.base.content.plan.served


def test_who_is_left_of_a_pair_goes_with_somebody_who_is_alone() -> None:
    ports = published(book("ann", "ben", "cat"), crew("ann", "ben"))
    without(ports, "ben")
    made = replan_day(ports, "Town", ON, "dora", Iterations(2), Terms())
    (trip,) = made.record.content.plan.itineraries
    (pair,) = (one for one in made.record.content.crews if one.id == trip.crew_id)
    assert set(pair.members) == {"ann", "cat"}
    assert made.record.content.plan.served == made.base.content.plan.served
    # They had to go with others than was planned, whoever wished it.
    assert made.given_up == made.base.content.plan.served


def test_who_goes_with_whom_since_the_dispatcher_formed_them_anew_stays_so() -> None:
    ports = published(book("ann", "ben", "cat"), crew("ann", "ben"))
    without(ports, "ben")
    store, told = store_of(ports), crew("ann", "cat", hours="14:00-18:00")
    store.crews = {ON: (told,)}
    made = replan_day(ports, "Town", ON, "dora", Iterations(2), Terms())
    assert made.record.content.crews == (told,)
    assert made.record.content.plan.served == made.base.content.plan.served


def test_a_shift_that_has_ended_sends_home_who_worked_it_and_no_other() -> None:
    ports = crew_of_three()
    store = store_of(ports)
    nine = store.book.shifts[0].window.start
    shifts = [
        replace(one, window=replace(one.window, end=nine + timedelta(minutes=30)))
        if one.collector_id == "ben"
        else one
        for one in store.book.shifts
    ]
    store.book = replace(store.book, shifts=shifts)
    later = replace(ports, clock=lambda: nine + timedelta(minutes=1))
    made = replan_day(later, "Town", ON, "dora", Iterations(2), Terms())
    assert [one.members for one in made.record.content.crews] == [("ann", "cat")]


def test_only_a_day_that_is_published_and_not_over_is_planned_again() -> None:
    ports = planned()
    with pytest.raises(NotFoundError, match="publish one first"):
        replan_day(ports, "Town", ON, "dora", Iterations(1), Terms())
    late = published()
    tomorrow = late.clock() + timedelta(days=1)
    with pytest.raises(ConflictError, match="is over"):
        replan_day(
            replace(late, clock=lambda: tomorrow), "Town", ON, "dora", Iterations(1), Terms()
        )
