"""A problem of coordinates, told again with the matrices that it was solved with."""

from __future__ import annotations

from data.vroom.reading import Instance
from data.vroom.writing import Written


def with_matrices(instance: Instance) -> Written:
    """Return the problem with matrices beside its coordinates, and the row of each place."""
    travel = instance.problem.travel
    n = len(instance.points)
    matrices = {
        profile: {
            "durations": travel.seconds[mode, 0, :n, :n].tolist(),
            "distances": travel.metres[mode, 0, :n, :n].tolist(),
        }
        for mode, profile in enumerate(instance.profiles)
    }
    return {
        "jobs": [_indexed_job(instance, id_) for id_ in instance.jobs],
        "vehicles": [_indexed_vehicle(instance, id_) for id_ in instance.vehicles],
        "matrices": matrices,
    }


def _indexed_job(instance: Instance, id_: str) -> Written:
    job, options = dict(instance.jobs[id_]), instance.problem.visit_by_id[id_].options
    rows = [{"location_index": option.location} for option in options]
    if "places" in job:
        places = [dict(place) | row for place, row in zip(job["places"], rows, strict=True)]
        return job | {"places": places}
    return job | rows[0]


def _indexed_vehicle(instance: Instance, id_: str) -> Written:
    vehicle, crew = dict(instance.vehicles[id_]), instance.problem.crew_by_id[id_]
    rows = {"start": crew.start_location, "end": crew.end_location}
    return vehicle | {f"{key}_index": row for key, row in rows.items() if key in vehicle}
