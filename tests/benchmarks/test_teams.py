"""Fixed teams: who goes with whom, what a team can do, and that both of it travel."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks.contest import contest
from benchmarks.instances import Field
from benchmarks.ours import Ours
from benchmarks.teams import PAIRED, Teams, in_teams, nearest_pairs, plan_in_teams, team

HOUR_S = 3600


def collector(number: int, **more: Any) -> dict[str, Any]:
    """A collector who lives at the location of her number."""
    hours = [9 * HOUR_S, 20 * HOUR_S]
    told = {"id": number, "start_index": number, "end_index": number, "time_window": hours}
    return told | {"max_tasks": 9} | more


def test_the_nearest_are_paired_and_nobody_twice() -> None:
    # They live at kilometres 0, 10, 11 and 30 of a road: 1 and 2 are nearest to each other, which
    # leaves 0 and 3, though 0 is nearer to 1.
    at_km = np.array([0, 10, 11, 30])
    apart = np.abs(at_km[:, None] - at_km)
    pairs = nearest_pairs([collector(n) for n in range(4)], apart, 2)
    assert [(one["id"], other["id"]) for one, other in pairs] == [(1, 2), (0, 3)]


def test_a_team_can_what_either_can_while_both_are_there() -> None:
    early = collector(1, skills=[1], time_window=[9 * HOUR_S, 18 * HOUR_S], max_tasks=10)
    late = collector(2, time_window=[10 * HOUR_S, 20 * HOUR_S], max_tasks=8)
    made = team(early, late)
    assert made["skills"] == [1, PAIRED]
    assert made["time_window"] == [10 * HOUR_S, 18 * HOUR_S]
    assert (made["max_tasks"], made["start_index"]) == (8, 1)


def test_only_teams_go_where_two_must() -> None:
    jobs = [{"id": 1, "crew": 2, "skills": [1]}, {"id": 2, "skills": [1]}]
    people = [collector(n) for n in range(4)]
    told = in_teams({"jobs": jobs, "vehicles": people}, np.zeros((4, 4)), teams=1)
    assert told["jobs"] == [{"id": 1, "skills": [1, PAIRED]}, jobs[1]]
    assert len(told["vehicles"]) == 3
    assert [PAIRED in one.get("skills", []) for one in told["vehicles"]] == [False, False, True]


@pytest.mark.slow
@pytest.mark.usefixtures("bench")
def test_the_travel_of_a_team_counts_for_both() -> None:
    # Where all eight go in four teams, all travel is a team's.
    day = Teams(Field(cases=30, collectors=8, duo=0.3), teams=4)
    judged = contest(Ours("greedy", pair_skill=str(PAIRED)), day, 0.3, 1)
    assert judged["pairs_travel_s"] == judged["travel_s"] > 0
    told = plan_in_teams("greedy", day, 0.3, 1)
    assert told["objective"] - told["pairs_travel_s"] == pytest.approx(judged["objective"], rel=0.2)
    assert told["violations"] == 0
