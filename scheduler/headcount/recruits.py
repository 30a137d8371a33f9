"""Who is hired, and from where: like most, where the book needs her; where a team starts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from routing.point import Point
from scheduler.day import Day
from scheduler.headcount.districts import Districts
from scheduler.headcount.hiring import starts_for
from scheduler.headcount.scenario import Scenario, Starts
from scheduler.model import Case, Collector

T = TypeVar("T")

HIRED = "hire {}"
"""The ids of collectors who are not there yet."""


def new_collectors(
    day: Day, there: Sequence[Collector], scenario: Scenario, size: int = 1
) -> list[Collector]:
    """Return those whom the scenario asks for beyond who is there; none where no case is placed."""
    count = scenario.employed - len(there)
    if count <= 0:
        return []
    agency = _commonest((case.agency for case in day.cases), "")
    like = [one for one in there if one.agency == agency] or there
    mode = _commonest((one.mode for one in like), None)
    skills = scenario.hired_skills
    if skills is None:
        skills = _commonest((one.skills for one in like), frozenset[str]())
    most = _commonest((one.max_visits for one in like), None)
    begun = [one.start for one in there if one.may_be_sent(day.on)]
    if scenario.zones:
        starts = starts_in_need(day, Districts.of(day), begun, size)
    else:
        starts = starts_for(doors(day.cases, day), begun)
    hires = [
        Collector(HIRED.format(number), "", agency, at, at, skills=skills, max_visits=most)
        for number, at in enumerate(islice(starts, count), start=1)
    ]
    return hires if mode is None else [replace(one, mode=mode) for one in hires]


def starts_in_need(
    day: Day, districts: Districts, begun: Sequence[Point], size: int
) -> Iterator[Point]:
    """Yield where to hire next where each keeps to her district: where most cases wait for one.

    So many as the rules ask for at a door are hired for one district, one after the other.
    """
    cases: dict[int, list[Case]] = defaultdict(list)
    for case in day.cases:
        cases[districts.number_of[case.borrower_id]].append(case)
    spots = {number: doors(hers, day) for number, hers in cases.items()}
    lives = districts.nearest(begun)
    people = Counter(lives)
    where = {
        number: starts_for(
            here, [at for at, lived in zip(begun, lives, strict=True) if lived == number]
        )
        for number, here in spots.items()
        if here
    }
    while where:
        need = {number: len(spots[number]) / (people[number] + size) for number in where}
        number = max(need, key=lambda one: (need[one], -one))
        people[number] += size
        yield from islice(where[number], size)


def placed(
    team: Sequence[Collector], day: Day, scenario: Scenario, there: Sequence[Collector]
) -> list[Collector]:
    """Return a team that starts, and moves, as the scenario says."""
    if scenario.starts is Starts.OFFICE and (at := office(there, day)) is not None:
        team = [replace(one, start=at, end=at) for one in team]
    elif scenario.starts is Starts.SPREAD:
        homes = list(islice(starts_for(doors(day.cases, day), ()), len(team)))
        if homes:
            team = [replace(one, start=at, end=at) for one, at in zip(team, homes, strict=True)]
    if scenario.moves_by is not None:
        team = [replace(one, mode=scenario.moves_by) for one in team]
    return list(team)


def office(there: Iterable[Collector], day: Day) -> Point | None:
    """Return where most start; where each starts by herself, the middle of the open cases."""
    shared = Counter(one.start for one in there).most_common(1)
    if shared and shared[0][1] > 1:
        return shared[0][0]
    return next(starts_for(doors(day.cases, day), ()), None)


def doors(cases: Iterable[Case], day: Day) -> list[Point]:
    """Return one placed place of the borrower of each case that has one, in the order of cases."""
    first: dict[str, Point] = {}
    for place in sorted(day.places, key=lambda one: one.id):
        if place.is_placed and place.point is not None:
            first.setdefault(place.borrower_id, place.point)
    return [first[case.borrower_id] for case in cases if case.borrower_id in first]


def _commonest(values: Iterable[T], none: T) -> T:
    """Return what is there most often; of equally many what stands first."""
    return next((value for value, _ in Counter(values).most_common(1)), none)
