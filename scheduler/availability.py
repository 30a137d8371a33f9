"""How likely somebody is met: by place kind, kind of day and hour.

    P(met) = P(address valid) x P(present in that hour) x P(answers the door, present)

What stands here are priors for a book without outcomes: assumptions, replaceable, each with its
source and how it was seen (`Fact.seen`), and shown as such. They are nobody's measured chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import groupby

from scheduler.model import PastVisit, PlaceKind
from scheduler.problem import Span
from scheduler.rules import Fact

HOUR_S = 3600
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class KindOdds:
    """The chances at one kind of place.

    The values of `working_day` and `day_off` are 24 numbers, the chance that the borrower is
    there in each hour of the local day.
    """

    valid: Fact
    answers: Fact
    working_day: Fact
    day_off: Fact


@dataclass(frozen=True)
class MeetingOdds:
    """The chances by kind of place; `repeat` is the factor for each failure in the same hour."""

    kinds: Mapping[PlaceKind, KindOdds]
    repeat: Fact

    def p_met(
        self, kind: PlaceKind, is_working_day: bool, hour: int, failed_hours: Sequence[int] = ()
    ) -> float:
        """Return the chance, 0 … 1, that a visit in `hour` of the local day meets the borrower."""
        odds = self.kinds[kind]
        hours = odds.working_day if is_working_day else odds.day_off
        present: float = hours.value[hour % HOURS_A_DAY]
        anew: float = self.repeat.value ** failed_hours.count(hour % HOURS_A_DAY)
        return float(odds.valid.value * present * odds.answers.value * anew)


def failed_hours(past: Iterable[PastVisit], kind: PlaceKind, zone: tzinfo) -> list[int]:
    """Return the local hours of earlier visits to such a place that met nobody."""
    failed = (visit for visit in past if visit.was_met is False)
    return [v.at.astimezone(zone).hour for v in failed if v.place_kind in (None, kind)]


def pieces(
    odds: MeetingOdds,
    kind: PlaceKind,
    is_working_day: bool,
    first_s: int,
    last_s: int,
    failed_hours: Sequence[int] = (),
) -> list[tuple[int, int, float]]:
    """Part a span of the local day where the chance of meeting changes.

    Parameters
    ----------
    odds, kind, is_working_day
        Which chances: of what kind of place, on what kind of day.
    first_s, last_s
        Seconds since local midnight, both included; past 24 h the hours of the same day repeat.
    failed_hours
        The hours, 0 … 23, in which earlier visits to the place met nobody, one for each visit.

    Returns
    -------
    list of (first second, last second, P(met))
        Maximal pieces of equal chance, ascending, that cover the span without a gap; nothing for
        an empty span.
    """

    def p_met(span: Span) -> float:
        return odds.p_met(kind, is_working_day, span[0] // HOUR_S, failed_hours)

    parts = []
    for p, same in groupby(_hours(first_s, last_s), key=p_met):
        spans = list(same)
        parts.append((spans[0][0], spans[-1][1], p))
    return parts


def _hours(first_s: int, last_s: int) -> list[Span]:
    """Part a span at each full hour."""
    starts = [first_s, *range((first_s // HOUR_S + 1) * HOUR_S, last_s + 1, HOUR_S)]
    ends = [start - 1 for start in starts[1:]]
    return list(zip(starts, [*ends, last_s], strict=True)) if first_s <= last_s else []


def _by_hour(*runs: tuple[int, float]) -> tuple[float, ...]:
    """Spell out 24 hours from (hours, chance) runs."""
    hours = tuple(chance for hours, chance in runs for _ in range(hours))
    assert len(hours) == HOURS_A_DAY, f"{len(hours)} hours make no day"
    return hours


def _house(value: float | tuple[float, ...], why: str) -> Fact:
    return Fact(value, f"house assumption: {why}", None, "D")


_AT_HOME_WORKING_DAY = Fact(
    _by_hour((7, 1.0), (1, 0.85), (1, 0.39), (7, 0.25), (1, 0.30), (1, 0.52), (3, 0.87), (3, 1.0)),
    "DOE/ASHRAE prototype apartment schedules",
    None,
    "S",
)
_AT_HOME_DAY_OFF = _house(
    _by_hour((7, 1.0), (1, 0.85), (1, 0.70), (3, 0.55), (5, 0.50), (3, 0.75), (1, 0.87), (3, 1.0)),
    "9-12 .55, 12-17 .50, 17-20 .75; at night as on a working day",
)
_AT_WORK = _house(
    _by_hour((9, 0.05), (3, 0.60), (2, 0.30), (4, 0.60), (1, 0.25), (5, 0.05)),
    "present and free to come to the door in office hours, less at noon",
)
_RARELY_AT_WORK = _house(_by_hour((9, 0.02), (9, 0.10), (6, 0.02)), "a day off")
_SOMETIMES = _house(_by_hour((8, 0.10), (13, 0.30), (3, 0.10)), "a place of unknown use")
_ANSWERS = _house(0.65, "answers the door, being present")
_RECEPTION = _house(1.0, "somebody at a workplace fetches her; the presence already says so")

PRIORS = MeetingOdds(
    kinds={
        PlaceKind.HOME: KindOdds(
            valid=_house(0.85, "share of home addresses that are right"),
            answers=_ANSWERS,
            working_day=_AT_HOME_WORKING_DAY,
            day_off=_AT_HOME_DAY_OFF,
        ),
        PlaceKind.REGISTERED: KindOdds(
            valid=_house(0.45, "many live elsewhere than their household is registered"),
            answers=_ANSWERS,
            working_day=_AT_HOME_WORKING_DAY,
            day_off=_AT_HOME_DAY_OFF,
        ),
        PlaceKind.WORK: KindOdds(
            valid=_house(0.70, "people change their work more often than their home"),
            answers=_RECEPTION,
            working_day=_AT_WORK,
            day_off=_RARELY_AT_WORK,
        ),
        PlaceKind.OTHER: KindOdds(
            valid=_house(0.85, "as for a home"),
            answers=_ANSWERS,
            working_day=_SOMETIMES,
            day_off=_SOMETIMES,
        ),
    },
    repeat=_house(0.8, "after Weeks, Kulka and Pierson 1987: change the slot first"),
)
"""The house's priors, used where nothing was learned yet."""
