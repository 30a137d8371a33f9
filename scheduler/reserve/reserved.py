"""A problem whose ways and visits take what they take at most in a share of all cases."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache
from math import ceil, exp, hypot
from statistics import NormalDist

from routing.units import DAY_S
from scheduler.forecast.spreads import Spreads
from scheduler.problem import CrewShift, Problem, Visit, VisitOption
from scheduler.reserve.asked import NO_RESERVE, refuse_reserve


def with_reserve(problem: Problem, percent: int, spreads: Spreads) -> Problem:
    """Return `problem` with ways and visits as long as they are at most in `percent` % of cases.

    Nothing becomes shorter than it was, and hours, shifts, breaks, rules and prices stay: a plan of
    the longer day is one of the usual day, too (`as_usual`). Starts are not narrowed by the longer
    visits: one that lasts ends with its lawful hours. `NO_RESERVE` returns the same problem.

    Raises
    ------
    ReserveError
        Where `percent` is below 50 or above `MOST_RESERVE`.
    """
    refuse_reserve(percent)
    if percent == NO_RESERVE:
        return problem
    factor, share = way_factor(spreads, percent / 100), percent / 100
    crews = tuple(_slower(crew, factor) for crew in problem.crews)
    visits = tuple(_longer(visit, spreads, share) for visit in problem.visits)
    return replace(problem, visits=visits, crews=crews)


def way_factor(spreads: Spreads, share: float) -> float:
    """Return how many times its forecast a way takes at most in a `share` of cases; never below 1.

    The luck of the day and of the leg are lognormal around a mean of 1: so is their product.
    """
    sigma = hypot(spreads.leg, spreads.day)
    return max(1.0, exp(NormalDist().inv_cdf(share) * sigma - sigma**2 / 2))


@lru_cache(maxsize=4096)
def visit_s(spreads: Spreads, p_met: float, share: float) -> int:
    """Return the whole seconds that a visit lasts at most in a `share` of cases.

    It lasts as one that meets her with the chance `p_met`, else as one that does not.
    """

    def over_by(second: int) -> float:
        return p_met * spreads.met.below(second) + (1 - p_met) * spreads.not_met.below(second)

    return bisect_left(range(DAY_S), share, key=over_by)


def _slower(crew: CrewShift, factor: float) -> CrewShift:
    return replace(crew, travel_percent=ceil(crew.travel_percent * factor))


def _longer(visit: Visit, spreads: Spreads, share: float) -> Visit:
    return replace(visit, options=tuple(_at(way, spreads, share) for way in visit.options))


def _at(way: VisitOption, spreads: Spreads, share: float) -> VisitOption:
    return replace(way, service_s=max(way.service_s, visit_s(spreads, way.p_met, share)))
