"""A solution in VROOM's JSON, every figure of it argued."""

from __future__ import annotations

from typing import Any

import pytest

from data.vroom.matrices import with_matrices
from data.vroom.reading import read
from data.vroom.solving import solve
from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.pyvrp_engine import PyVrpEngine
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.stop_rules import Iterations
from scheduler.errors import UnsupportedError
from tests.data.vroom.little import ROAD, little_problem, plain_problem

Written = dict[str, Any]


def solved(told: object) -> Written:
    ticks = iter(range(100))
    return solve(read(told), GreedyEngine(), Iterations(20), lambda: float(next(ticks)))


def picked(steps: list[Written], *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(step.get(key) for key in keys) for step in steps]


def test_a_route_tells_each_step() -> None:
    (route,) = solved(little_problem())["routes"]
    assert route["vehicle"] == 3
    # 200 s to the far place; service from 200 to 260, lunch there to 290, 200 s back.
    keys = ("type", "id", "place", "arrival", "service", "waiting_time", "duration")
    assert picked(route["steps"], *keys) == [
        ("start", None, None, 0, 0, 0, 0),
        ("job", 5, 1, 200, 60, 0, 200),
        ("break", 9, None, 260, 30, 0, 200),
        ("end", None, None, 490, 0, 0, 400),
    ]
    assert [step.get("location_index") for step in route["steps"]] == [0, 2, None, 0]
    assert (route["cost"], route["duration"], route["service"]) == (400, 400, 90)


def test_who_is_left_out_is_told_with_the_reason() -> None:
    (left,) = solved(little_problem())["unassigned"]
    # 100 s away, and its windows end at second 90.
    detail = "Even with an empty day crew 3, the nearest to it, would arrive 1 min after the last "
    detail += "start allowed."
    told = {"id": 6, "type": "job", "reason": "no_crew_in_time", "detail": detail}
    assert left == told | {"location_index": 1}


def test_a_job_that_is_required_and_left_out_says_so() -> None:
    # Neither the 200 s of its way nor a prize of 10 counts; nobody has the skill.
    wanted = {"required": True, "skills": [7], "prize": 10}
    first, second = solved(plain_problem({"prize": 10}, wanted))["unassigned"]
    assert (first["reason"], "required" in first, "detail" in first) == ("not_worth", False, False)
    assert (second["required"], second["reason"]) == (True, "no_crew_fitting")
    assert second["detail"] == "No crew has the skills 7."


def test_the_summary_adds_up() -> None:
    solution = solved(little_problem())
    summary = solution["summary"]
    assert (summary["routes"], summary["unassigned"], summary["cost"]) == (1, 1, 400)
    assert "distance" not in summary  # nobody told any
    # The clock ticks when read: once before the engine, at its first question, and at the end.
    assert summary["computing_times"] == {"loading": 0, "compiling": 1000, "solving": 1000}


def test_loads_setups_and_distances() -> None:
    job = {"setup": 30, "delivery": [2, 1], "priority": 3, "description": "a gate"}
    early, late = ({"time_windows": [window]} for window in ([0, 150], [300, 400]))
    told = plain_problem(job | early, job | late, capacity=[5, 5])
    told["matrices"]["car"]["distances"] = [[10 * s for s in row] for row in ROAD]
    solution = solved(told)
    (route,) = solution["routes"]
    # Setup at the first job alone: 100 to 190; then 110 s of waiting at the same door.
    keys = ("arrival", "setup", "waiting_time", "load", "distance")
    assert picked(route["steps"], *keys) == [
        (0, 0, 0, [4, 2], 0),
        (100, 30, 0, [2, 1], 1000),
        (190, 0, 110, [0, 0], 1000),
        (460, 0, 0, [0, 0], 2000),
    ]
    assert route["steps"][1]["description"] == "a gate"
    summary = solution["summary"]
    assert (summary["delivery"], summary["priority"], summary["setup"]) == ([4, 2], 6, 30)
    assert (summary["distance"], summary["waiting_time"]) == (2000, 110)


def test_an_open_start_is_nowhere() -> None:
    told = plain_problem({})
    del told["vehicles"][0]["start_index"]
    (route,) = solved(told)["routes"]
    # The vehicle begins at the job, and 100 s lead home.
    assert picked(route["steps"], "arrival", "location_index") == [(0, None), (0, 1), (160, 0)]


def test_a_vehicle_without_jobs_has_no_route() -> None:
    told = plain_problem({"time_windows": [[0, 99]]})
    assert solved(told)["routes"] == []


def test_steps_are_begun_with() -> None:
    told = plain_problem({}, {"location_index": 2}, steps=[{"type": "job", "id": 2}])
    solution = solve(read(told), GreedyEngine(), Iterations(0), lambda: 0.0)
    (route,) = solution["routes"]
    assert picked(route["steps"], "id") == [(None,), (2,), (None,)]


def test_what_no_longer_fits_where_it_was_is_told() -> None:
    # Job 1 lies 100 s away and closes after 99; job 2 stays.
    told = plain_problem(
        {"time_windows": [[0, 99]]},
        {"location_index": 2},
        steps=[{"type": "job", "id": 1}, {"type": "job", "id": 2}],
    )
    solution = solve(read(told), SearchEngine(), Iterations(1), lambda: 0.0)
    assert solution["dropped"] == [1]
    assert "dropped" not in solved(plain_problem({}))


def test_what_an_engine_cannot_honour_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="'pyvrp' cannot honour breaks"):
        solve(read(little_problem()), PyVrpEngine(), Iterations(1), lambda: 0.0)


def test_matrices_are_written_beside_coordinates() -> None:
    told = {
        "jobs": [
            {"id": 1, "location": [121.1, 30.0]},
            {"id": 2, "places": [{"location": [121.0, 30.1]}, {"location": [121.1, 30.0]}]},
        ],
        "vehicles": [{"id": 1, "start": [121.0, 30.0]}],
    }
    instance = read(told)
    again = with_matrices(instance)
    assert again["jobs"][0] == {"id": 1, "location": [121.1, 30.0], "location_index": 0}
    assert [place["location_index"] for place in again["jobs"][1]["places"]] == [1, 0]
    assert again["vehicles"] == [{"id": 1, "start": [121.0, 30.0], "start_index": 2}]
    # What is read again is the same problem; only the matrix is told now.
    second = read(again)
    assert second.problem.visits == instance.problem.visits
    assert (second.problem.travel.seconds == instance.problem.travel.seconds).all()
