"""Days for the phone: a lawful world, and plans that are published in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from routing.geocoding import Precision
from routing.point import Point
from scheduler.plan import Itinerary, Plan, Stop, StopKind
from scheduler.ports import CaseRecord, Target
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    TODAY,
    TOWN,
    crew,
    new_plan,
    record,
    with_borrower,
    with_home,
)
from tests.signing import sign
from tests.web.pages import BORROWERS, World


def make_lawful(world: World) -> None:
    """Let one collector go alone, and to places that are known closely."""
    put_city(world, profile="US")
    put_records(world, *map(told_case, (1, 2, 3)))  # at once: each writing judges all days anew


def put_city(world: World, **changes: Any) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, **changes))
    sign(world.wired.ports)


def put_case(world: World, number: int, place: dict[str, Any] | None = None, **case: Any) -> None:
    """Bring a contract into the book as a file of that day would."""
    put_records(world, told_case(number, place, **case))


def put_records(world: World, *records: CaseRecord) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=False)


def told_case(number: int, place: dict[str, Any] | None = None, **case: Any) -> CaseRecord:
    """Return a contract whose home is known closely."""
    who = list(BORROWERS)[number - 1]
    agency = "South" if who == "charlie" else "North"
    return with_home(
        with_borrower(record(number, **{"agency": agency} | case), name=BORROWERS[who]),
        address=f"中山路 {number} 号",
        point=Point(25.0 + number / 100, 121.5),
        precision=Precision.EXACT,
        **place or {},
    )


def publish(world: World, *trips: Itinerary, on: date = TODAY) -> None:
    """Publish a plan of these trips; "alice+bob" is the crew of both."""
    crews = tuple(crew(*one.crew_id.split("+")) for one in trips)
    ids = {stop.id for one in trips for stop in one.visits}
    targets = {id: Target(id, (f"C{id[1:]}",)) for id in ids}
    new = new_plan(on, plan=Plan(trips, ()), crews=crews, targets=targets)
    with world.wired.store.writing(ALICE) as writer:
        writer.publish(writer.add_plan(new).id, "")


def at_eleven(borrower: str) -> Stop:
    return Stop(StopKind.VISIT, borrower, 39_000, 39_600, 40_800, place_id=f"{borrower}-home")


def full_trip(crew_id: str, *, swaps: bool = False) -> Itinerary:
    """Return a day of three visits from ten and a break; with `swaps` the last two change places.

    The hours are those of the visits' starts, in minutes after midnight.
    """
    order = ("B1", "B3", "B2") if swaps else ("B1", "B2", "B3")
    starts = [minute * 60 for minute in (600, 655, 800)]
    visits = [
        Stop(StopKind.VISIT, id, at - 300, at, at + 1200, place_id=f"{id}-home")
        for id, at in zip(order, starts, strict=True)
    ]
    lunch = Stop(StopKind.BREAK, "lunch", 43_200, 43_200, 45_000)
    return Itinerary(crew_id, 34_000, 52_000, (*visits[:2], lunch, visits[2]))
