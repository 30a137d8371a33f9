"""Jobs of VROOM's JSON as visits."""

from __future__ import annotations

from data.vroom.fields import Fields
from data.vroom.ways import Ways
from data.vroom.worth import Wish
from scheduler.problem import Visit, VisitOption

PLACE = ("location", "location_index", "time_windows")
JOB = (
    *("id", "description", "service", "setup", "delivery", "skills", "priority", *PLACE),
    *("prize", "required", "places", "crew"),
)

LARGEST_ID = 2**63 - 1
LARGEST_AMOUNT = 2**40
MOST_PRIORITY = 100
MOST_TOGETHER = 2  # vehicles that meet at a door


def read_visit(job: Fields, ways: Ways, *, is_required: bool) -> Visit:
    """Return a job as a visit, each of its places as an option; what it is worth comes later."""
    crew_size = job.whole("crew", 1, least=1, most=MOST_TOGETHER)
    service_s, setup_s = job.whole("service", 0), job.whole("setup", 0)
    return Visit(
        id=str(job.whole("id", most=LARGEST_ID)),
        options=tuple(
            VisitOption(
                place_id=str(number),
                location=ways.row(place),
                starts=place.spans("time_windows"),
                service_s=service_s,
                value=0,
                setup_s=setup_s,
            )
            for number, place in enumerate(_places(job))
        ),
        is_required=job.flag("required") or is_required,
        crew_size=crew_size,
        may_meet=crew_size > 1,
        skills=read_skills(job),
        load=job.wholes("delivery", most=LARGEST_AMOUNT),
    )


def read_wish(job: Fields) -> Wish:
    prize = job.whole("prize", most=LARGEST_AMOUNT) if "prize" in job else None
    return Wish(job.whole("priority", 0, most=MOST_PRIORITY), prize)


def read_skills(item: Fields) -> frozenset[str]:
    return frozenset(map(str, item.wholes("skills", most=LARGEST_ID)))


def _places(job: Fields) -> list[Fields]:
    if "places" not in job:
        return [job]
    for key in PLACE:
        if key in job:
            job.fault(key, "stands beside places; write it into each of them")
    places = job.objects("places", PLACE)
    if not places:
        job.fault("places", "has no place")
    return places
