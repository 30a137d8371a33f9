"""A part of a day is planned: what was asked for, by which crews; the others say why not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduler.chosen import Choice
from scheduler.engines.stop_rules import Iterations
from scheduler.errors import NotFoundError
from scheduler.plan import Reason
from scheduler.ports import PlanRecord
from scheduler.service import Ports, plan_day, publish_day
from tests.fakes import fake_ports
from tests.scheduler.little_book import ON
from tests.scheduler.little_plan import book


def ports() -> Ports:
    """Return the little book with b1 in another bucket, b2 with an owner, b3 with a promise."""
    made = book()
    changes: dict[str, dict[str, Any]] = {
        "k1": {"days_past_due": 70},
        "k3": {"owner": "ann"},
        "k4": {"promise_due": ON},
    }
    cases = [replace(case, **changes.get(case.id, {})) for case in made.cases]
    return fake_ports(replace(made, cases=cases))


def planned(**chosen: Any) -> PlanRecord:
    """Return the plan of a choice; it is published, so it holds by the judge of all facts."""
    home = ports()
    plan_day(home, "Town", ON, "dora", Iterations(3), engine="greedy", choice=Choice(**chosen))
    return publish_day(home, "Town", ON, "dora")


def not_asked(record: PlanRecord) -> set[str]:
    return {e.visit_id for e in record.content.plan.left_out if e.reason is Reason.NOT_ASKED}


@pytest.mark.parametrize(
    ("chosen", "served"),
    [
        ({}, {"b1", "b2", "b3"}),
        ({"buckets": frozenset({"M3"})}, {"b1"}),  # for all of her cases: also k2, of another one
        ({"owners": frozenset({"ann"})}, {"b2"}),
        ({"due_by": ON}, {"b3"}),
        ({"cases": frozenset({"k3", "k4"})}, {"b2", "b3"}),
        ({"cases": frozenset({"k3", "k4"}), "owners": frozenset({"ann"})}, {"b2"}),
        ({"district": "nowhere"}, set()),
    ],
)
def test_only_what_was_asked_for_is_planned(chosen: dict[str, Any], served: set[str]) -> None:
    record = planned(**chosen)
    assert record.content.plan.served == served
    assert not_asked(record) == {"b1", "b2", "b3"} - served
    # b4 is stopped by a rule: that stays its reason, whoever asks.
    (stopped,) = [e for e in record.content.plan.left_out if e.visit_id == "b4"]
    assert stopped.reason is Reason.RULE


def test_a_crew_that_is_not_chosen_stays_at_home_and_in_the_plans_crews() -> None:
    home = ports()
    plan_day(home, "Town", ON, "dora", Iterations(1), engine="greedy")
    (crew,) = home.store.plan("Town", ON).content.crews
    named = Choice(crews=frozenset({crew.id}))
    plan_day(home, "Town", ON, "dora", Iterations(1), engine="greedy", choice=named)
    assert home.store.plan("Town", ON).content.plan.served


@pytest.mark.parametrize("chosen", [{"cases": frozenset({"k9"})}, {"crews": frozenset({"k9"})}])
def test_what_is_not_there_is_named(chosen: dict[str, Any]) -> None:
    with pytest.raises(NotFoundError, match="k9"):
        planned(**chosen)
