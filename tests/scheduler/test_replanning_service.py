"""A published day is planned again: a draft based on it, and the crews' day as it was meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.engines.stop_rules import Iterations
from scheduler.errors import ConflictError, NotFoundError
from scheduler.ports import PlanStatus
from scheduler.replanning import Terms
from scheduler.replanning_service import replan_day
from scheduler.service import Ports, publish_day
from tests.scheduler.little_book import ON
from tests.scheduler.little_plan import planned, store_of


def published() -> Ports:
    """Return a published day at eight, of which nobody has told anything yet."""
    ports = planned()
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


def test_a_crew_of_which_somebody_is_ill_is_not_sent() -> None:
    ports = published()
    store = store_of(ports)
    store.book = replace(
        store.book, shifts=[s for s in store.book.shifts if s.collector_id != "ben"]
    )
    made = replan_day(ports, "Town", ON, "dora", Iterations(2), Terms())
    assert made.given_up == made.base.content.plan.served
    assert not made.record.content.plan.served  # nobody else is there, and one alone may not go
    assert {entry.visit_id for entry in made.record.content.plan.left_out} >= made.given_up


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
