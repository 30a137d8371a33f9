"""The use cases: what they ask for, keep, refuse and leave as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from data.profiles import TomlProfiles
from routing.gazetteer.private import address_key
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from routing.travel import UNREACHABLE, Mode, Spot, TravelMatrix
from scheduler import service
from scheduler.check import check_plan
from scheduler.engines import DEFAULT
from scheduler.engines.base import Progress, Result
from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.registry import ENGINES
from scheduler.engines.stop_rules import Cancelled, Iterations
from scheduler.errors import (
    ConflictError,
    NotFoundError,
    UnknownProfileError,
    UnlawfulPlanError,
    UnsupportedError,
)
from scheduler.model import Crew, Shift, StopFlag
from scheduler.plan import Plan
from scheduler.ports import AddressOverride, PlanStatus, Target
from scheduler.problem import Lock, Problem
from scheduler.service import Ports, form_day_crews, plan_day, publish_day
from tests.fakes import NOW, FakeCities, FakeStore, fake_ports
from tests.scheduler.little_book import ON, case, collector, day, place, rules_of, spot, window
from tests.scheduler.little_plan import book, planned, store_of, with_fact
from tests.signing import sign

DOOR = GeocodeResult(spot(7), Precision.EXACT, 0.0, "fake")
STREET = GeocodeResult(spot(8), Precision.STREET, 150.0, "fake")
DISTRICT = GeocodeResult(spot(9), Precision.DISTRICT, 2_000.0, "fake")


def kinds_of(store: FakeStore) -> list[str]:
    return [event.kind for event in store.log]


def state(store: FakeStore) -> dict[str, Any]:
    return vars(store).copy()


def cities_of(ports: Ports) -> FakeCities:
    assert isinstance(ports.cities, FakeCities)
    return ports.cities


# --- place


def to_place() -> Ports:
    """Return a book in which b1 has a position, and the others have addresses."""
    places = [
        place(f"b{i}", address=address, point=None, precision=Precision.NONE)
        for i, address in enumerate(("one", "two", "three", "nowhere"), 1)
    ]
    places[0] = replace(places[0], point=spot(1), precision=Precision.EXACT)
    places += [replace(places[1], id="old", address="old", is_valid=False)]
    return fake_ports(day([case(f"k{i}", f"b{i}") for i in range(1, 5)], places))


def test_only_what_has_no_position_is_looked_up_and_what_is_found_is_kept() -> None:
    ports = to_place()
    cities_of(ports).known.update({"two": DOOR, "three": STREET})
    counted: list[tuple[int, int]] = []
    found = service.place_addresses(ports, "Town", "alice", lambda *n: counted.append(n))
    assert cities_of(ports).asked == ["two", "three", "nowhere"]
    assert [result.precision for result in found.values()] == ["exact", "street", "none"]
    assert counted == [(1, 3), (2, 3), (3, 3)]
    kept = {p.borrower_id: p for p in store_of(ports).book.places if p.is_valid}
    assert (kept["b2"].point, kept["b2"].precision) == (DOOR.point, Precision.EXACT)
    assert (kept["b3"].precision, kept["b3"].radius_m) == (Precision.STREET, 150.0)
    assert kept["b4"].point is None
    (event,) = store_of(ports).log
    assert (event.actor, event.at) == ("alice", NOW)


def test_a_second_time_only_the_rest_is_asked_and_none_if_nothing_is_left() -> None:
    ports = to_place()
    cities_of(ports).known.update({"two": DOOR, "three": STREET})
    service.place_addresses(ports, "Town", "alice")
    service.place_addresses(ports, "Town", "alice")
    assert cities_of(ports).asked == ["two", "three", "nowhere", "nowhere"]
    done = fake_ports(day([case("k1")]))
    assert service.place_addresses(done, "Town", "alice") == {}
    assert store_of(done).log == ()


def test_what_was_found_before_a_geocoder_failed_is_kept() -> None:
    ports = to_place()
    cities_of(ports).known.update({"two": DOOR, "three": ConnectionError("no line")})
    with pytest.raises(ConnectionError):
        service.place_addresses(ports, "Town", "alice")
    kept = {p.borrower_id: p.point for p in store_of(ports).book.places if p.is_valid}
    assert (kept["b2"], kept["b3"]) == (DOOR.point, None)


def decided(address: str, point: Point) -> AddressOverride:
    return AddressOverride(1, address_key(address), address, point, "dispatcher", "alice", NOW)


def test_what_somebody_has_decided_is_not_asked_again() -> None:
    ports = to_place()
    store_of(ports).decided = {"three": decided("three", spot(3))}
    found = service.place_addresses(ports, "Town", "alice")
    assert cities_of(ports).asked == ["two", "nowhere"]
    assert [result.precision for result in found.values()] == ["none", "confirmed", "none"]
    assert service.point_of(ports, "Town", " Three ") == spot(3)  # of a collector, too


def test_a_decision_taken_back_has_its_own_places_looked_up_at_once() -> None:
    ports = to_place()
    store_of(ports).decided = {"three": decided("three", spot(3))}
    service.place_addresses(ports, "Town", "alice")
    cities_of(ports).known["three"] = STREET
    cities_of(ports).asked.clear()
    undone = service.undo_override(ports, "Town", 1, "alice")
    assert undone.point == spot(3)
    assert cities_of(ports).asked == ["three"]
    kept = {p.borrower_id: p for p in store_of(ports).book.places if p.is_valid}
    assert (kept["b3"].point, kept["b3"].precision) == (STREET.point, Precision.STREET)


# --- crews


def test_crews_are_formed_by_the_size_of_the_rules_and_kept() -> None:
    ports = fake_ports(book("ann", "ben", "cat"))
    formed = form_day_crews(ports, "Town", ON, "alice")
    (pair,) = formed.crews
    (alone,) = formed.alone
    assert {*pair.members, alone.collector_id} == {"ann", "ben", "cat"}
    assert store_of(ports).open_day("Town", ON).crews == formed.crews
    assert kinds_of(store_of(ports)) == ["crews.put"]


def test_under_the_us_everybody_goes_alone() -> None:
    made = book("ann", "ben")
    ports = fake_ports(replace(made, city=replace(made.city, profile="US")))
    sign(ports)
    formed = form_day_crews(ports, "Town", ON, "alice")
    assert [crew.members for crew in formed.crews] == [("ann",), ("ben",)]


def test_a_pair_does_not_stay_for_longer_than_the_city_wishes() -> None:
    """Ann went with ben for the two days that are the most, cat with dan: they change."""
    made = book("ann", "ben", "cat", "dan")
    ports = fake_ports(replace(made, city=replace(made.city, max_days_as_pair=2)))
    pairs = [("ann", "ben"), ("cat", "dan")]
    with ports.store.writing(ports.by("alice")) as writer:
        for on in (date(2026, 11, 19), date(2026, 11, 20)):
            writer.put_crews("Town", on, [crew_of(ports, pair) for pair in pairs])
    formed = form_day_crews(ports, "Town", ON, "alice")
    assert len(formed.crews) == 2
    assert not {crew.members for crew in formed.crews} & set(pairs)


def crew_of(ports: Ports, members: tuple[str, ...]) -> Crew:
    hours = store_of(ports).book.shifts[0].window
    return Crew("+".join(members), members, hours, spot(0), spot(0), Mode.CAR)


def test_meeting_times_are_those_of_the_roads() -> None:
    made = replace(
        book("ann", "ben"),
        collectors=[collector("ann"), collector("ben", start=spot(30), mode=Mode.EBIKE)],
    )
    seconds = service.meeting_times(fake_ports(made), made)
    by_car, by_ebike = (seconds(spot(0), spot(30), mode) for mode in (Mode.CAR, Mode.EBIKE))
    assert 0 < by_car < by_ebike < UNREACHABLE
    assert seconds(spot(0), spot(0), Mode.CAR) == 0


class RushHours(FakeCities):
    """Roads on which every way takes twice as long from 07:00 on."""

    def matrix(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> TravelMatrix:
        free = super().matrix(spots, modes)
        seconds = np.concatenate([free.seconds, 2 * free.seconds], axis=1)
        return replace(free, seconds=seconds, metres=seconds, slot_starts_s=(0, 7 * 3600))


def test_two_meet_by_the_slowest_hours_of_the_roads() -> None:
    """By night nobody meets: who promised those times would begin the day too late."""
    made = replace(book("ann", "ben"), collectors=[collector("ann", start=spot(30))])
    free, full = fake_ports(made), fake_ports(made)
    full = replace(full, cities=RushHours(store_of(full)))
    by_night, by_day = (
        service.meeting_times(ports, made)(spot(0), spot(30), Mode.CAR) for ports in (free, full)
    )
    assert by_day == 2 * by_night > 0


# --- plan


@pytest.mark.parametrize("engine", ["greedy", "ortools", "pyvrp"])
def test_an_engine_that_cannot_keep_peak_hours_is_refused_by_its_own_name(engine: str) -> None:
    """Not by that of the engine which makes the first plan for it."""
    ports = fake_ports(book())
    ports = replace(ports, cities=RushHours(store_of(ports)))
    with pytest.raises(UnsupportedError, match=f"engine '{engine}' cannot honour travel that diff"):
        plan_day(ports, "Town", ON, "alice", Iterations(1), engine=engine)


def test_a_day_of_peak_hours_is_planned_explained_and_published() -> None:
    ports = fake_ports(book())
    ports = replace(ports, cities=RushHours(store_of(ports)))
    made = plan_day(ports, "Town", ON, "alice", Iterations(5), seed=3)
    assert made.problem.has_slots
    free = plan_day(fake_ports(book()), "Town", ON, "alice", Iterations(5), seed=3)
    travel = made.record.content.cost.travel, free.record.content.cost.travel
    assert travel[0] > travel[1]
    assert service.explain_case(ports, "Town", ON, "k1").planned is not None
    assert publish_day(ports, "Town", ON, "alice").state is PlanStatus.PUBLISHED


def test_a_day_is_planned_with_crews_formed_for_it_and_kept_as_a_draft() -> None:
    ports = fake_ports(book())
    made = plan_day(ports, "Town", ON, "alice", Iterations(5), seed=3)
    record, content = made.record, made.record.content
    assert (record.version, record.state, record.made) == (1, PlanStatus.DRAFT, ports.by("alice"))
    assert content.plan.served == {"b1", "b2", "b3"}
    assert [crew.members for crew in content.crews] == [("ann", "ben")]
    assert content.targets["b1"] == Target("b1", ("k1", "k2"))
    assert (content.engine, content.seed) == (DEFAULT, 3)
    assert (content.profile, content.rules_version) == ("CN", rules_of().version)
    assert content.origin == made.problem.origin
    assert check_plan(made.problem, content.plan) == []
    assert kinds_of(store_of(ports)) == ["crews.put", "plan.added"]
    assert store_of(ports).records == (record,)


def test_crews_that_are_there_stay() -> None:
    ports = fake_ports(book("ann", "ben", "cat", "dan"))
    chosen = crew_of(ports, ("ann", "dan"))
    with ports.store.writing(ports.by("alice")) as writer:
        writer.put_crews("Town", ON, [chosen])
    made = plan_day(ports, "Town", ON, "alice", Iterations(3))
    assert made.record.content.crews == (chosen,)


def test_planning_again_makes_another_version() -> None:
    ports = planned()
    plan_day(ports, "Town", ON, "bob", Iterations(3))
    assert [record.version for record in ports.store.plans("Town", ON)] == [1, 2]
    assert ports.store.plan("Town", ON).made.actor == "bob"


def test_locks_are_kept() -> None:
    ports = fake_ports(book("ann", "ben", "cat", "dan"))
    crews = form_day_crews(ports, "Town", ON, "alice").crews
    for crew in crews:
        made = plan_day(
            ports, "Town", ON, "alice", Iterations(3), locks=[Lock("b2", crew.id)]
        ).record.content.plan
        (trip,) = [t for t in made.itineraries if "b2" in {stop.id for stop in t.visits}]
        assert trip.crew_id == crew.id


def test_progress_is_told_up_to_its_end() -> None:
    told: list[Progress] = []
    plan_day(fake_ports(book()), "Town", ON, "alice", Iterations(4), on_progress=told.append)
    shares = [progress.share for progress in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert told[-1].visits == 3


def test_each_step_before_and_after_the_search_is_named() -> None:
    told: list[str] = []
    ports = fake_ports(book())
    around = ["finding travel times", "preparing the search", "searched", "checking the plan"]
    for crews in ["forming crews"], []:  # they are formed once for a day
        told.clear()
        plan_day(
            ports,
            "Town",
            ON,
            "alice",
            Iterations(2),
            on_progress=lambda now: told.append("searched") if now.share == 1 else None,
            on_step=told.append,
        )
        assert told == ["reading the day", *crews, *around]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_search_that_is_cancelled_at_once_still_keeps_a_lawful_plan(engine: str) -> None:
    ports = fake_ports(book())
    stop = Cancelled(Iterations(9), lambda: True)
    made = plan_day(ports, "Town", ON, "alice", stop, engine=engine)
    assert check_plan(made.problem, made.record.content.plan) == []
    assert made.record.content.plan.served == {"b1", "b2", "b3"}
    accounted = made.record.content.plan.served | {
        entry.visit_id for entry in made.record.content.plan.left_out
    }
    assert accounted == {"b1", "b2", "b3", "b4"}
    assert publish_day(ports, "Town", ON, "alice").state is PlanStatus.PUBLISHED


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ({"cases": ()}, "Town has no open cases: import some first"),
        ({"shifts": ()}, "nobody is on shift in Town on 2026-11-23: import shifts first"),
    ],
)
def test_an_empty_book_or_roster_is_refused_in_words(edit: dict[str, Any], words: str) -> None:
    ports = fake_ports(replace(book(), **edit))
    with pytest.raises(NotFoundError, match=words):
        plan_day(ports, "Town", ON, "alice", Iterations(3))
    assert store_of(ports).log == ()


def test_a_day_without_shifts_is_refused_also_where_another_has_some() -> None:
    with pytest.raises(NotFoundError, match="2026-11-24"):
        plan_day(fake_ports(book()), "Town", date(2026, 11, 24), "alice", Iterations(3))


def test_an_unknown_engine_or_profile_is_refused_before_anything_is_kept() -> None:
    made = book()
    ports = fake_ports(replace(made, city=replace(made.city, profile="ATLANTIS")))
    with pytest.raises(UnknownProfileError, match="ATLANTIS"):
        plan_day(ports, "Town", ON, "alice", Iterations(3))
    with pytest.raises(NotFoundError, match="greedy"):
        plan_day(ports, "Town", ON, "alice", Iterations(3), engine="oracle")
    assert store_of(ports).log == ()


@pytest.mark.parametrize(
    "hours", [None, "09:00-17:59", "09:01-18:00"], ids=["ill", "home sooner", "comes later"]
)
def test_crews_that_no_longer_fit_the_shifts_are_refused_in_words(hours: str | None) -> None:
    ports = fake_ports(book())
    form_day_crews(ports, "Town", ON, "alice")
    store = store_of(ports)
    ann, _ = store.book.shifts
    changed = [Shift("ben", window(hours))] if hours else []
    store.book = replace(store.book, shifts=[ann, *changed])
    with pytest.raises(ConflictError, match=r"ann\+ben .* form the crews again"):
        plan_day(ports, "Town", ON, "alice", Iterations(3))
    assert store.records == ()


class Hurried(GreedyEngine):
    """An engine that lets every crew be home an hour too soon."""

    def solve(self, problem: Problem, *args: Any, **more: Any) -> Result:
        found = super().solve(problem, *args, **more)
        trips = tuple(replace(t, end_s=t.end_s - 3600) for t in found.plan.itineraries)
        return replace(found, plan=replace(found.plan, itineraries=trips))


class Forgetful(GreedyEngine):
    """An engine that drops what it does not visit."""

    def solve(self, problem: Problem, *args: Any, **more: Any) -> Result:
        found = super().solve(problem, *args, **more)
        return replace(found, plan=Plan(found.plan.itineraries, ()))


@pytest.mark.parametrize(
    ("engine", "words"), [(Hurried, "wrong_return at ann.ben"), (Forgetful, "visit_lost at b4")]
)
def test_a_plan_that_is_not_lawful_is_not_kept_whoever_made_it(
    engine: type[GreedyEngine], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "engine_named", lambda *_: engine())
    ports = fake_ports(book())
    with pytest.raises(UnlawfulPlanError, match=words):
        plan_day(ports, "Town", ON, "alice", Iterations(3))
    assert store_of(ports).records == ()


def test_no_transaction_is_open_across_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fakes see to it for roads and addresses; here the search itself looks."""
    ports = fake_ports(book())
    seen: list[bool] = []

    class Watching(GreedyEngine):
        def solve(self, problem: Problem, *args: Any, **more: Any) -> Result:
            seen.append(store_of(ports).is_writing)
            return super().solve(problem, *args, **more)

    monkeypatch.setattr(service, "engine_named", lambda *_: Watching())
    plan_day(ports, "Town", ON, "alice", Iterations(3))
    assert seen == [False]
    store_of(ports).is_writing = True
    with pytest.raises(AssertionError):
        plan_day(ports, "Town", ON, "alice", Iterations(3))


# --- check, explain, publish


def test_a_kept_plan_is_read_by_version_and_holds() -> None:
    ports = planned()
    plan_day(ports, "Town", ON, "alice", Iterations(3))
    assert service.kept_plan(ports, "Town", ON).record.version == 2
    kept = service.kept_plan(ports, "Town", ON, 1)
    assert (kept.record.version, kept.violations()) == (1, [])
    with pytest.raises(NotFoundError):
        service.kept_plan(ports, "Town", ON, 3)


@pytest.mark.parametrize(("id_", "is_planned"), [("k1", True), ("k3", True), ("k5", False)])
def test_a_case_is_explained_by_its_number(id_: str, is_planned: bool) -> None:
    told = service.explain_case(planned(), "Town", ON, id_)
    assert id_ in {case.id for case in told.cases}
    assert (told.planned is not None, told.left_out is None) == (is_planned, is_planned)


def test_a_case_that_is_not_there_is_refused_in_words() -> None:
    with pytest.raises(NotFoundError, match="Town has no open case 'k99'"):
        service.explain_case(planned(), "Town", ON, "k99")


def test_a_lawful_draft_is_published_with_its_note_and_the_earlier_one_superseded() -> None:
    ports = planned()
    first = publish_day(ports, "Town", ON, "alice", note="as agreed")
    assert (first.state, first.note) == (PlanStatus.PUBLISHED, "as agreed")
    assert first.published == ports.by("alice")
    plan_day(ports, "Town", ON, "alice", Iterations(3))
    publish_day(ports, "Town", ON, "bob")
    states = [record.state for record in ports.store.plans("Town", ON)]
    assert states == [PlanStatus.SUPERSEDED, PlanStatus.PUBLISHED]
    with pytest.raises(ConflictError):
        publish_day(ports, "Town", ON, "bob")


def test_a_plan_that_the_facts_overtook_is_not_published_and_nothing_changes() -> None:
    ports = planned()
    store = store_of(ports)
    paid = with_fact("cases", "k3", stops=frozenset({StopFlag.PAID}))
    store.book = paid(store.book)
    before = state(store)
    with pytest.raises(UnlawfulPlanError, match=r"rule\.house_stops at b2: .*stopped: paid"):
        publish_day(ports, "Town", ON, "alice")
    assert state(store) == before


def test_every_violation_is_told_at_once() -> None:
    ports = planned()
    store = store_of(ports)
    store.book = replace(
        store.book, shifts=[s for s in store.book.shifts if s.collector_id != "ben"]
    )
    with pytest.raises(UnlawfulPlanError) as refusal:
        publish_day(ports, "Town", ON, "alice")
    lines = str(refusal.value).splitlines()
    assert lines[0] == "the plan is not lawful:"
    assert len(lines) == 1 + len(service.kept_plan(ports, "Town", ON).violations()) > 2


# --- where a collector lives


@pytest.mark.parametrize(
    ("found", "point"), [(DOOR, DOOR.point), (STREET, STREET.point), (DISTRICT, None), (None, None)]
)
def test_a_collectors_address_counts_if_it_is_found_closely_enough(
    found: GeocodeResult | None, point: object
) -> None:
    store = FakeStore(book())
    cities = FakeCities(store, {"there": found} if found else {})
    ports = Ports(fake_ports(book()).store, cities, TomlProfiles(), lambda: NOW)
    assert service.point_of(ports, "Town", "there") == point
