"""The same day with fixed teams: collectors paired beforehand, for the cases that need two."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.contest import contest
from benchmarks.instances import Field
from benchmarks.measure import Figures
from benchmarks.ours import Ours
from benchmarks.scripts import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

Json = dict[str, Any]
PAIRED = 2
"""The skill that teams alone have, and cases for two alone ask for; field.py uses skill 1."""


@dataclass(frozen=True, slots=True)
class Teams:
    """A day of which the nearest collectors go in `teams` pairs; only these go where two must."""

    day: Field
    teams: int

    def __str__(self) -> str:
        return f"{self.day} in {self.teams} teams"

    def write(self, folder: Path) -> Path:
        import numpy as np

        file = self.day.write(folder)
        problem = json.loads(file.read_text(encoding="utf-8"))
        matrix = np.load(folder / problem["matrices"]["car"]["durations"])
        told = in_teams(problem, matrix, self.teams)
        file.write_text(json.dumps(told), encoding="utf-8")
        return file

    def figures(self, verdict: Verdict) -> Figures:
        return self.day.figures(verdict)


def plan_in_teams(engine: str, instance: Teams, seconds: float, seed: int) -> Figures:
    """Return the figures of a day in teams, with the travel of a team counted for both."""
    figures = contest(Ours(engine, pair_skill=str(PAIRED)), instance, seconds, seed)
    return {**figures, "objective": figures["objective"] + figures["pairs_travel_s"]}


def in_teams(problem: Json, matrix: NDArray[Any], teams: int) -> Json:
    """Return `problem` with its nearest collectors in pairs, each a vehicle."""
    pairs = nearest_pairs(problem["vehicles"], matrix, teams)
    paired = {vehicle["id"] for pair in pairs for vehicle in pair}
    alone = [vehicle for vehicle in problem["vehicles"] if vehicle["id"] not in paired]
    vehicles = [*alone, *(team(*pair) for pair in pairs)]
    return problem | {"vehicles": vehicles, "jobs": [*map(for_a_team, problem["jobs"])]}


def nearest_pairs(
    vehicles: Sequence[Json], matrix: NDArray[Any], most: int
) -> list[tuple[Json, Json]]:
    """Return the pairs whose homes are nearest to each other; nobody is in two of them."""
    by_distance = sorted(
        combinations(vehicles, 2),
        key=lambda pair: matrix[pair[0]["start_index"], pair[1]["start_index"]],
    )
    pairs: list[tuple[Json, Json]] = []
    taken: set[int] = set()
    for one, other in by_distance:
        if len(pairs) < most and not {one["id"], other["id"]} & taken:
            pairs.append((one, other))
            taken |= {one["id"], other["id"]}
    return pairs


def team(one: Json, other: Json) -> Json:
    """Return two collectors as one vehicle: what either can, while both are on shift."""
    windows = [one["time_window"], other["time_window"]]
    return one | {
        "skills": sorted({PAIRED, *one.get("skills", []), *other.get("skills", [])}),
        "time_window": [max(start for start, _ in windows), min(end for _, end in windows)],
        "max_tasks": min(one["max_tasks"], other["max_tasks"]),
    }


def for_a_team(job: Json) -> Json:
    """Return a job as teams see it: where it needs two, it needs a team."""
    if job.get("crew", 1) == 1:
        return job
    alone = {key: value for key, value in job.items() if key != "crew"}
    return alone | {"skills": [*job.get("skills", []), PAIRED]}
