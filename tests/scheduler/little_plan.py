"""A plan of the little book that was made and kept, to be read again when the facts went on.

ann and ben are a pair: they call on b1 (k1, k2) at home, on b2 and b3; b4 is stopped. b2 could
also be met at work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from scheduler.day import Day
from scheduler.engines.stop_rules import Iterations
from scheduler.kept import Reread, reread
from scheduler.model import Crew, Shift, StopFlag
from scheduler.plan import Stop
from scheduler.service import Ports, plan_day
from tests.fakes import FakeStore, fake_ports
from tests.scheduler.little_book import ON, case, collector, day, place, rules_of, window

Edit = Callable[[Day], Day]


def book(*members: str) -> Day:
    """Return the book above; `members` are on shift, ann and ben if none are named."""
    cases = [case("k1", "b1"), case("k2", "b1"), case("k3", "b2"), case("k4", "b3")]
    cases += [case("k5", "b4", stops=frozenset({StopFlag.DISPUTED}))]
    places = [place(f"b{i}", step=5 * i) for i in range(1, 5)]
    # At work she is rarely met, by the house's assumption on places of unknown use.
    places += [place("b2", "other", step=11, source="borrower")]
    people = members or ("ann", "ben")
    return day(
        cases,
        places,
        collectors=[collector(id_) for id_ in people],
        shifts=[Shift(id_, window("09:00-18:00")) for id_ in people],
    )


def planned(made: Day | None = None, *crews: Crew) -> Ports:
    """Return the ports of a book whose day has been planned, everybody to be met at home.

    Where no `crews` are told, planning forms them.
    """
    ports = fake_ports(made or book())
    if crews:
        store_of(ports).crews = {ON: crews}
    plan_day(ports, "Town", ON, "alice", Iterations(5), seed=1, engine="greedy")
    return ports


def again(ports: Ports, edit: Edit = lambda day: day, also: Iterable[str] = ()) -> Reread:
    """Return the plan read against the book after `edit`."""
    facts = edit(ports.store.open_day("Town", ON))
    record = ports.store.plan("Town", ON)
    return reread(record, facts, rules_of(), ports.cities.travel_times("Town"), also)


def with_fact(facts: str, id_: str, **changes: Any) -> Edit:
    """Return the edit that changes one case, place, … by its id."""

    def edit(day: Day) -> Day:
        items = getattr(day, facts)
        assert any(item.id == id_ for item in items), f"no {id_}"
        changed = (replace(i, **changes) if i.id == id_ else i for i in items)
        told: dict[str, Any] = {facts: tuple(changed)}
        return replace(day, **told)

    return edit


def stop_of(kept: Reread, borrower: str) -> Stop:
    return next(s for trip in kept.plan.itineraries for s in trip.visits if s.id == borrower)


def store_of(ports: Ports) -> FakeStore:
    assert isinstance(ports.store, FakeStore)
    return ports.store
