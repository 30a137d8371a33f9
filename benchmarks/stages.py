"""The stages of a day's planning, timed one by one and as the command runs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING

from benchmarks.stopwatch import Stopwatch
from benchmarks.temporary import ACTOR, Desk
from scheduler.problem import MILLS

if TYPE_CHECKING:
    from routing.travel import Mode, Spot, TravelMatrix, TravelTimes
    from scheduler.engines.base import Result
    from scheduler.plan import Cost
    from scheduler.problem import Problem


@dataclass(frozen=True)
class TimedTravel:
    """Travel times that note how long they take to answer."""

    times: TravelTimes
    watch: Stopwatch

    def matrix(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> TravelMatrix:
        with self.watch.stage("travel matrix"):
            return self.times.matrix(spots, modes)


def place_and_pair(desk: Desk, on: date) -> None:
    from scheduler.service import form_day_crews, place_addresses

    with desk.watch.stage("geocode"):
        place_addresses(desk.wired.ports, desk.city.name, ACTOR)
    with desk.watch.stage("crews"):
        form_day_crews(desk.wired.ports, desk.city.name, on, ACTOR)


def build(desk: Desk, on: date) -> Problem:
    """Return the day's problem; what the travel matrix takes counts for itself."""
    from scheduler.build import build_problem
    from scheduler.service import travel_times

    ports, watch = desk.wired.ports, desk.watch
    with watch.stage("snapshot"):
        day = ports.store.open_day(desk.city.name, on)
    with watch.stage("travel matrix"):
        times = TimedTravel(travel_times(ports, day.city, on), watch)
    rules = ports.profiles.rules(day.city.profile)
    before_s = watch.seconds["travel matrix"]
    with watch.stage("screen and build"):
        problem = build_problem(day, rules, times)
    watch.seconds["screen and build"] -= watch.seconds["travel matrix"] - before_s
    return problem


def first_plan(desk: Desk, problem: Problem) -> Result:
    from scheduler.engines.greedy import GreedyEngine

    with desk.watch.stage("first plan"):
        return GreedyEngine(improves=False).solve(problem, lambda: 0.0)


def saving_by_ortools(problem: Problem, first: Result, search_s: float) -> float:
    """Return how much currency OR-Tools saves on a first plan."""
    from scheduler.engines.ortools_engine import OrToolsEngine
    from scheduler.engines.stop_rules import Elapsed

    stop = Elapsed(search_s, monotonic)
    found = OrToolsEngine().solve(problem, stop, warm_start=first.plan)
    return saved(first.cost, found.cost)


def saving_by_command(desk: Desk, on: date, first: Result, search_s: float) -> float:
    """Plan the day and keep the plan; return how much currency that saves on `first`."""
    from scheduler.engines.stop_rules import Elapsed
    from scheduler.service import plan_day

    stage = "plan beyond its search"
    with desk.watch.stage(stage):
        stop = Elapsed(search_s, monotonic)
        made = plan_day(desk.wired.ports, desk.city.name, on, ACTOR, stop)
    desk.watch.seconds[stage] -= search_s
    return saved(first.cost, made.record.content.cost)


def saved(before: Cost, after: Cost) -> float:
    return (before.total - after.total) / MILLS


def judge_and_publish(desk: Desk, on: date) -> None:
    """Check, explain and publish the newest plan, as three commands do."""
    from scheduler.service import explain_case, kept_plan, publish_day

    ports, city, stage = desk.wired.ports, desk.city.name, desk.watch.stage
    with stage("check"):
        kept = kept_plan(ports, city, on)
        assert not kept.violations(), "plan_day keeps no plan that has one"
    content = kept.record.content
    planned = next(iter(content.targets.values()))
    left_out = next(entry for entry in content.plan.left_out if entry.case_ids)
    with stage("explain a planned case"):
        explain_case(ports, city, on, planned.case_ids[0])
    with stage("explain a case left out"):
        explain_case(ports, city, on, left_out.case_ids[0])
    with stage("publish"):
        publish_day(ports, city, on, ACTOR)
