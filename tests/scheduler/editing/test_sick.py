"""A collector is gone: who takes over, at what cost, and that nobody is alone against the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from routing.point import Point, distance_m
from routing.sources.straight_line import StraightLineTimes
from routing.travel import Mode
from scheduler.build import build_problem
from scheduler.check import check_plan
from scheduler.cost import cost
from scheduler.day import Day
from scheduler.editing.applying import applied
from scheduler.editing.edits import Sheet
from scheduler.editing.obstacles import GoneError
from scheduler.editing.sick import Choice, What, choices, owned
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.stop_rules import Iterations
from scheduler.model import Crew, OwnerPolicy, Shift
from scheduler.problem import Problem
from tests.scheduler.little_book import TOWN, case, collector, crew, day, rules_of, window

PEOPLE = ("ann", "ben", "cat", "dan", "eve")


def a_book(crews: Sequence[Crew], owners: dict[str, str] | None = None, **more: Any) -> Day:
    """Return ten borrowers along the road and five collectors, in these crews."""
    owned_by = owners or {}
    cases = [case(f"k{i}", f"b{i}", owner=owned_by.get(f"k{i}")) for i in range(1, 11)]
    people = [collector(id_) for id_ in PEOPLE]
    shifts = [Shift(id_, window("09:00-18:00")) for id_ in PEOPLE]
    return day(cases, collectors=people, shifts=shifts, crews=tuple(crews), **more)


class World:
    """A planned day of a profile, and its problem with any other crews."""

    def __init__(self, made: Day, profile: str) -> None:
        self.day, self.rules = made, rules_of(profile)
        self.problem = self.of(made.crews)
        plan = SearchEngine().solve(self.problem, Iterations(3)).plan
        self.sheet = Sheet(plan, tuple(made.crews))

    def of(self, crews: Sequence[Crew]) -> Problem:
        return build_problem(replace(self.day, crews=tuple(crews)), self.rules, StraightLineTimes())

    def choices(self, who: str) -> dict[What, Choice]:
        found = choices(self.problem, self.sheet, who, self.of, apart_s, lambda: Iterations(2))
        assert [one.price for one in found] == sorted(one.price for one in found)
        return {one.what: one for one in reversed(found)}


def apart_s(a: Point, b: Point, mode: Mode) -> float:
    assert mode is Mode.CAR
    return distance_m(a, b) / 5


def pairs(profile: str = "CN") -> World:
    return World(a_book([crew("ann", "ben"), crew("cat", "dan")]), profile)


def begun(world: World, crew_id: str, stops: int) -> World:
    """Let a crew have begun so many stops, as they were planned."""
    trip = next(t for t in world.sheet.plan.itineraries if t.crew_id == crew_id)
    crews = tuple(
        replace(one, begun=trip.stops[:stops]) if one.id == crew_id else one
        for one in world.problem.crews
    )
    world.problem = replace(world.problem, crews=crews)
    return world


def test_the_partner_of_who_is_gone_has_three_choices_where_the_law_wants_two() -> None:
    found = pairs().choices("ben")
    assert {what: one.crew and one.crew.members for what, one in found.items()} == {
        What.RE_PAIRED: ("ann", "eve"),
        What.THIRD: ("cat", "dan", "ann"),
        What.OFF_ROAD: None,
    }


def test_where_the_law_lets_her_she_may_go_on_alone() -> None:
    alone = pairs("US").choices("ben")[What.GO_ON]
    assert alone.crew is not None
    assert alone.crew.members == ("ann",)
    assert alone.forbidden == ()


@pytest.mark.parametrize("profile", ["CN", "US"])
def test_every_choice_holds_and_tells_what_it_costs_and_whom(profile: str) -> None:
    world = pairs(profile)
    for one in world.choices("ben").values():
        assert one.forbidden == ()
        anew = world.of(one.edit.crews)
        assert check_plan(anew, one.edit.plan) == []
        assert applied(anew, world.sheet, one.edit) == one.sheet
        before = cost(world.problem, world.sheet.plan).total
        assert one.price == cost(anew, one.edit.plan).total - before
        assert set(one.lost) == world.sheet.plan.served - one.edit.plan.served
        assert all("ben" not in team.members for team in one.edit.crews)


def test_others_keep_their_visits_and_the_new_pair_those_of_the_lost_crew() -> None:
    world = pairs()
    one = world.choices("ben")[What.RE_PAIRED]
    before = {t.crew_id: {s.id for s in t.visits} for t in world.sheet.plan.itineraries}
    after = {t.crew_id: {s.id for s in t.visits} for t in one.edit.plan.itineraries}
    for crew_id in before.keys() & after.keys():
        assert after[crew_id] >= before[crew_id]
    assert one.lost == (), "the new pair has the same hours, from the same place"


def test_off_the_road_what_she_had_goes_to_others_who_have_room() -> None:
    world = pairs()
    one = world.choices("ben")[What.OFF_ROAD]
    assert [team.id for team in one.edit.crews] == ["cat+dan"]
    assert one.lost == (), "ten visits fit into one day"
    (trip,) = one.edit.plan.itineraries
    assert {stop.id for stop in trip.visits} == world.sheet.plan.served


def test_what_a_crew_has_begun_stays_and_she_goes_on_from_there() -> None:
    world = pairs()
    going = max(world.sheet.plan.itineraries, key=lambda trip: len(trip.stops))
    world = begun(world, going.crew_id, 2)
    done = world.problem.crew_by_id[going.crew_id].begun
    found = world.choices(going.crew_id.split("+")[1])
    assert What.RE_PAIRED in found
    for one in found.values():
        assert one.forbidden == (), one.what
        ended = next(t for t in one.edit.plan.itineraries if t.crew_id == going.crew_id)
        assert ended.stops == done
    new = found[What.RE_PAIRED].crew
    assert new is not None
    assert new.window.start >= world.problem.at(done[-1].end_s)


def test_who_was_alone_leaves_her_visits_to_others() -> None:
    found = World(a_book([crew("ann"), crew("cat", "dan")]), "US").choices("ann")
    assert set(found) == {What.OFF_ROAD}


def test_who_is_in_no_crew_changes_nothing() -> None:
    with pytest.raises(GoneError, match="eve is in no crew"):
        pairs().choices("eve")


def test_her_own_cases_are_offered_to_those_who_may_own_them() -> None:
    city = replace(TOWN, owner_policy=OwnerPolicy.PREFERRED)
    teams = [crew("ann", "ben"), crew("cat", "dan")]
    world = World(a_book(teams, owners={"k1": "ben", "k2": "cat"}, city=city), "CN")
    (hers,) = owned(world.problem, world.sheet, "ben")
    assert (hers.case_id, hers.visit_id) == ("k1", "b1")
    (going,) = (t.crew_id for t in world.sheet.plan.itineraries if "b1" in {s.id for s in t.visits})
    first = ("ann", "cat", "dan") if going == "ann+ben" else ("cat", "dan", "ann")
    assert hers.others == first, "who is planned to go comes first; eve is not on the road"
    assert hers.is_planned


def fixed(*teams: Crew, **more: Any) -> World:
    """Return a day on which ben owns k1, and only owners may go to what is theirs."""
    city = replace(TOWN, owner_policy=OwnerPolicy.FIXED)
    return World(a_book(teams, owners={"k1": "ben", "k2": "cat"}, city=city, **more), "CN")


def test_what_her_going_leaves_out_where_owners_are_fixed_is_offered_too() -> None:
    world = fixed(crew("ann", "eve"), crew("cat", "dan"))
    assert "b1" not in world.sheet.plan.served
    (hers,) = owned(world.problem, world.sheet, "ben")
    assert (hers.case_id, hers.is_planned) == ("k1", False)
    assert hers.others == ("ann", "cat", "dan", "eve")


def test_another_goes_for_today_and_no_plan_that_stood_is_forbidden() -> None:
    """Ben's pair visits b1; once dan stands in, both pairs may, and only they."""
    world = fixed(crew("ann", "ben"), crew("cat", "dan"))
    before = {crew_id for t in world.sheet.plan.itineraries for crew_id in [t.crew_id]}
    assert "ann+ben" in before
    world.day = replace(world.day, stand_ins={"k1": frozenset({"dan"})})
    anew = world.of(world.day.crews)
    assert check_plan(anew, world.sheet.plan) == []
    assert anew.visit_by_id["b1"].allowed_crews == frozenset({"ann+ben", "cat+dan"})
    world.problem = anew
    assert world.choices("ben")[What.OFF_ROAD].lost == (), "cat and dan can go to b1 too"


def test_without_a_stand_in_what_she_owns_is_lost() -> None:
    off = fixed(crew("ann", "ben"), crew("cat", "dan")).choices("ben")[What.OFF_ROAD]
    assert off.lost == ("b1",)
