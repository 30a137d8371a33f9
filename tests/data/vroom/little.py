"""A small problem in VROOM's JSON whose solution can be argued.

Three places on a road, 100 s apart: the home, a job's first and second place. Nobody is at the
near place before second 100, after both of its windows; so job 5 is done at its far place, 200 s
away and back, and job 6 is left out.
"""

from __future__ import annotations

from typing import Any

ROAD = [[0, 100, 200], [100, 0, 100], [200, 100, 0]]
NEAR = {"location_index": 1, "time_windows": [[0, 50], [60, 90]]}
FAR = {"location_index": 2, "time_windows": [[150, 300]]}
LUNCH = {"id": 9, "service": 30, "time_windows": [[200, 400]]}


def little_problem() -> dict[str, Any]:
    job = {"id": 5, "service": 60, "prize": 1000, "skills": [1]}
    vehicle = {"id": 3, "start_index": 0, "end_index": 0, "time_window": [0, 1000]}
    return {
        "jobs": [job | {"places": [dict(NEAR), dict(FAR)]}, {**job, "id": 6, "places": [NEAR]}],
        "vehicles": [vehicle | {"skills": [1], "max_tasks": 4, "breaks": [dict(LUNCH)]}],
        "matrices": {"car": {"durations": [list(row) for row in ROAD]}},
    }


def plain_problem(*jobs: dict[str, Any], **vehicle: Any) -> dict[str, Any]:
    """Return jobs on the road, each 60 s long if it says nothing, and one vehicle from home."""
    usual = {"location_index": 1, "service": 60}
    return {
        "jobs": [{"id": i} | usual | job for i, job in enumerate(jobs, 1)],
        "vehicles": [{"id": 1, "start_index": 0, "end_index": 0} | vehicle],
        "matrices": {"car": {"durations": [list(row) for row in ROAD]}},
    }
