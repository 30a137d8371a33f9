"""A day planned with reserve: kept, judged at usual times, and planned again with as much."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.check import check_plan
from scheduler.engines.stop_rules import Iterations
from scheduler.forecast import HOUSE_SPREADS
from scheduler.replanning import Terms
from scheduler.replanning_service import replan_day
from scheduler.reserve.asked import NO_RESERVE, ReserveError
from scheduler.reserve.most import keeps_visits
from scheduler.reserve.reserved import with_reserve
from scheduler.service import PlannedDay, Ports, explain_case, plan_day, publish_day
from tests.fakes import fake_ports
from tests.scheduler.little_book import ON
from tests.scheduler.little_plan import book, store_of


def planned(reserve: int) -> tuple[Ports, PlannedDay]:
    ports = fake_ports(book())
    return ports, plan_day(ports, "Town", ON, "alice", Iterations(3), reserve=reserve)


@pytest.mark.parametrize("engine", ["search", "greedy"])
def test_it_is_kept_with_its_reserve_and_lawful_at_usual_times(engine: str) -> None:
    ports = fake_ports(book())
    made = plan_day(ports, "Town", ON, "alice", Iterations(3), engine=engine, reserve=80)
    content = made.record.content
    assert content.reserve == 80
    assert content.plan.served == {"b1", "b2", "b3"}
    assert check_plan(made.problem, content.plan) == []
    slower = with_reserve(made.problem, 80, HOUSE_SPREADS)
    assert keeps_visits(content.plan, ())(slower), "it has room for the longer ways and visits"
    assert explain_case(ports, "Town", ON, "k1").reserve == 80
    assert publish_day(ports, "Town", ON, "alice").content.reserve == 80


def test_a_share_that_is_none_is_refused_before_anything_is_kept() -> None:
    ports = fake_ports(book())
    with pytest.raises(ReserveError):
        plan_day(ports, "Town", ON, "alice", Iterations(1), reserve=96)
    assert not store_of(ports).log


def test_what_is_left_of_a_running_day_is_planned_with_the_reserve_that_was_published() -> None:
    ports, _ = planned(80)
    record = publish_day(ports, "Town", ON, "alice")
    ports = replace(ports, clock=lambda: record.content.origin + timedelta(hours=8))
    made = replan_day(ports, "Town", ON, "dora", Iterations(2), Terms(most_moves=0))
    assert made.record.content.reserve == 80
    assert made.record.content.plan.served == record.content.plan.served
    assert publish_day(ports, "Town", ON, "dora").version == made.record.version


@pytest.mark.parametrize(("published", "chosen"), [(NO_RESERVE, 80), (80, NO_RESERVE)])
def test_what_is_left_has_the_reserve_that_a_dispatcher_chooses(
    published: int, chosen: int
) -> None:
    ports, _ = planned(published)
    record = publish_day(ports, "Town", ON, "alice")
    ports = replace(ports, clock=lambda: record.content.origin + timedelta(hours=8))
    terms = Terms(most_moves=0, reserve=chosen)
    made = replan_day(ports, "Town", ON, "dora", Iterations(2), terms)
    assert made.record.content.reserve == chosen
    assert made.record.content.plan.served == record.content.plan.served


def test_the_rest_is_not_planned_with_a_reserve_that_is_none() -> None:
    ports, _ = planned(80)
    publish_day(ports, "Town", ON, "alice")
    with pytest.raises(ReserveError):
        replan_day(ports, "Town", ON, "dora", Iterations(1), Terms(reserve=96))
