"""How good a pair of collectors would be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from statistics import fmean

from routing.point import Point, distance_m
from scheduler.crews.joining import Joint, Member
from scheduler.day import Day

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PairWeights:
    """What makes a good pair, in points; all of it house assumptions (D).

    A point is what one minute of common working time is worth, so that each weight reads as the
    minutes one would give for it.

    Parameters
    ----------
    same_mode, senior_with_junior
        Points for a pair that travels alike, and for one of a senior and a junior.
    skills
        Points for a pair that can serve every case of its agency that asks for skills, and in
        proportion for one that can serve some of them.
    near_cases
        Points where both own cases and these have the same centre; fewer the farther apart the
        centres are, none from `near_cases_m` metres.
    travel_minute
        Points lost for each minute that the guest travels to the meeting place and home.
    min_common
        A pair is not formed for less common time than this. A pair of a file may have less.
    """

    same_mode: int = 60
    senior_with_junior: int = 60
    skills: int = 90
    near_cases: int = 60
    near_cases_m: float = 5_000.0
    travel_minute: int = 1
    min_common: timedelta = timedelta(hours=1)


@dataclass(frozen=True)
class PairQuality:
    """Judges pairs of one day.

    Parameters
    ----------
    demands
        By agency, how many cases ask for each set of skills.
    centres
        By owner, the middle of the places of the cases that she owns.
    """

    weights: PairWeights
    demands: Mapping[str, Counter[frozenset[str]]]
    centres: Mapping[str, Point]

    @classmethod
    def of(cls, day: Day, weights: PairWeights) -> PairQuality:
        return cls(weights, _demands(day), _centres(day))

    def points(self, a: Member, b: Member, joint: Joint) -> int:
        """Return the points of the pair, which may be negative."""
        weights = self.weights
        return round(
            joint.crew.window.duration / MINUTE
            - weights.travel_minute * (joint.travel / MINUTE)
            + weights.same_mode * (a.collector.mode is b.collector.mode)
            + weights.senior_with_junior * (a.collector.is_senior != b.collector.is_senior)
            + weights.skills * self._served_share(a.collector.agency, joint.crew.skills)
            + weights.near_cases * self._nearness(a.id, b.id)
        )

    def _served_share(self, agency: str, skills: frozenset[str]) -> float:
        """Share of the agency's cases asking for skills that these skills serve; 0 of none."""
        demand = self.demands.get(agency)
        if not demand:
            return 0.0
        return sum(n for asked, n in demand.items() if asked <= skills) / demand.total()

    def _nearness(self, a: str, b: str) -> float:
        """1 where the two own cases around the same point, falling to 0 over the distance."""
        if a not in self.centres or b not in self.centres:
            return 0.0
        apart_m = distance_m(self.centres[a], self.centres[b])
        return max(0.0, 1 - apart_m / self.weights.near_cases_m)


def _demands(day: Day) -> dict[str, Counter[frozenset[str]]]:
    demands: dict[str, Counter[frozenset[str]]] = defaultdict(Counter)
    for case in day.cases:
        if case.skills:
            demands[case.agency][case.skills] += 1
    return dict(demands)


def _centres(day: Day) -> dict[str, Point]:
    points_by_borrower: dict[str, list[Point]] = defaultdict(list)
    for place in day.places:
        if place.is_valid and place.point is not None:
            points_by_borrower[place.borrower_id].append(place.point)
    points_by_owner: dict[str, list[Point]] = defaultdict(list)
    for case in day.cases:
        if case.owner is not None:
            points_by_owner[case.owner] += points_by_borrower.get(case.borrower_id, [])
    return {owner: _centre(points) for owner, points in points_by_owner.items() if points}


def _centre(points: list[Point]) -> Point:
    # The plain mean of degrees: over a city the error is far below the weight it gets.
    return Point(fmean(point.lat for point in points), fmean(point.lon for point in points))
