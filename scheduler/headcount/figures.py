"""What a planner is told of a team: means over the replications, each with its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import numpy as np

from routing.units import HOUR_S
from scheduler.headcount.districts import Districts
from scheduler.headcount.employed import Employed
from scheduler.headcount.feedback import Mode, how_far
from scheduler.headcount.outcome import Outcome
from scheduler.headcount.roster import People
from scheduler.headcount.unfit import Unfit, unfit_by
from scheduler.plan import Reason
from scheduler.staffing.arrays import Floats
from scheduler.staffing.fates import Fate
from scheduler.staffing.intervals import MeanOf, mean_of_groups, ratio_of_groups


@dataclass(frozen=True, slots=True)
class Wages:
    """What people cost, in the currency of the book: house assumptions (D), shown as such.

    `per_shift` is one collector's for a day with all that goes with it, `per_overtime_hour` what
    an hour after it costs besides. `worth` is what of the money that meetings are expected to bring
    counts for who pays them: all for a lender, its fee for an agency.
    """

    per_shift: float = 400.0
    per_overtime_hour: float = 90.0
    worth: float = 1.0

    def __post_init__(self) -> None:
        if min(self.per_shift, self.per_overtime_hour) < 0:
            raise ValueError("a wage below 0: give 0 or more")
        if not 0 <= self.worth <= 1:
            raise ValueError(f"of recovered money {self.worth!r} counts, not between 0 and 1")


@dataclass(frozen=True, slots=True)
class DistrictFigures:
    """What a team does in a district: counts, never a door.

    Parameters
    ----------
    number, name
        Of the district; 0 is nowhere, and '' an area without a name.
    lat, lon, around_m
        Its middle to about a kilometre, and within how many metres of it most places lie; None
        and 0 where nobody is placed.
    asked, never
        Cases asked for that could be visited, and that could be visited on no day.
    coverage
        The share of those who could be that is visited in time; 1 where nobody could.
    collectors, hired, unfit
        Of the team start here; those of them who are not there yet: where to hire; and those who
        cannot be sent on some day.
    """

    number: int
    name: str
    lat: float | None
    lon: float | None
    around_m: int
    asked: int
    never: int
    coverage: MeanOf
    collectors: int = 0
    hired: int = 0
    unfit: int = 0


@dataclass(frozen=True)
class TeamFigures:
    """What a team of `employed` is expected to do in the days of the scenario.

    Parameters
    ----------
    employed, on_shift, on_road
        Collectors who are paid; those of them who come on a mean day worked; and those who go out:
        who finds no partner does not.
    asked
        Cases that were to be visited and could be.
    coverage
        The share of them that is visited in time.
    coverages
        The same of each target, where there are several.
    reached
        The same by the end of each of `days`.
    made, met, recovered
        Visits, borrowers met, and the money that is expected of them.
    hours, overtime_hours, driving_share
        Paid hours of people; hours of crews after their shift's end; driving's share of all time.
    cost, cost_per_visit, cost_per_met
        By `Wages`; without visits the latter are infinite.
    undone
        How many planned visits are not made on average, by what kept the crew from it.
    unserved
        Cases asked for that could be visited on no day, by reason.
    mode
        How the weeks were simulated.
    paths
        Along how many paths of the book; with one in execution mode all intervals are too narrow.
    how_far
        In feedback mode by how much it is more than execution mode in the same replications.
    districts
        The same by district, in the order of their numbers.
    crews
        In how many crews those on the road go: a pair is one, and so is who goes alone. None in
        answers of before it was told.
    waited
        The days that a case waits for its first visit, on average over all that could be visited:
        who is not visited waits to the end. None in answers of before it was told.
    week
        By weekday, Monday first, how many work early and how many late, where a scenario had that
        settled; empty where it did not.
    unfit
        Who of the employed cannot be sent on some day, by the day that ended their certificates.
    unfit_on_shift
        How many of these come on a mean day worked, are paid, and stay.
    refused_by
        Of the unserved whom a rule refuses, how many cases each rule does, by its name.
    """

    employed: int
    on_shift: float
    on_road: float
    asked: int
    coverage: MeanOf
    days: tuple[date, ...]
    reached: tuple[MeanOf, ...]
    made: MeanOf
    met: MeanOf
    recovered: MeanOf
    hours: MeanOf
    overtime_hours: MeanOf
    driving_share: MeanOf
    cost: MeanOf
    cost_per_visit: MeanOf
    cost_per_met: MeanOf
    undone: Mapping[Fate, float]
    unserved: Mapping[Reason, int]
    mode: Mode = Mode.EXECUTION
    paths: int = 1
    how_far: Mapping[str, MeanOf] = field(default_factory=dict)
    districts: tuple[DistrictFigures, ...] = ()
    coverages: tuple[MeanOf, ...] = ()
    crews: float | None = None
    waited: MeanOf | None = None
    week: tuple[People, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    unfit_on_shift: float = 0.0
    refused_by: Mapping[str, int] = field(default_factory=dict)

    @property
    def least(self) -> MeanOf:
        """The share that is visited in time, of the target that is met least."""
        return min(self.coverages or (self.coverage,), key=lambda one: one.mean)


def figures_of(
    employed: int,
    came: Outcome,
    wages: Wages,
    execution: Outcome | None = None,
    team: Employed | None = None,
    paths: int = 1,
) -> TeamFigures:
    """Return what is told of a team, out of what came of its weeks along so many paths.

    With `execution`, that of the same replications, `came` is of feedback mode, in which every
    replication is a path. With the `team` it is told in which districts its people start.
    """
    cost = _cost(came, wages)
    is_fed_back = execution is not None
    groups = 1 if is_fed_back else paths
    mean_of = partial(mean_of_groups, groups=groups)
    return TeamFigures(
        employed=employed,
        on_shift=came.on_shift,
        on_road=came.on_road,
        asked=came.asked,
        coverage=mean_of(came.coverage),
        days=came.days,
        reached=tuple(mean_of(row / np.maximum(came.could, 1)) for row in came.reached),
        made=mean_of(came.made),
        met=mean_of(came.met),
        recovered=mean_of(came.recovered * wages.worth),
        hours=mean_of(came.people_s / HOUR_S),
        overtime_hours=mean_of(came.overtime_s / HOUR_S),
        driving_share=mean_of(came.travel_s / np.maximum(came.crew_s, 1)),
        cost=mean_of(cost),
        cost_per_visit=ratio_of_groups(cost, came.made, groups),
        cost_per_met=ratio_of_groups(cost, came.met, groups),
        undone={fate: float(count.mean()) for fate, count in came.undone.items()},
        unserved=came.unserved,
        mode=Mode.FEEDBACK if is_fed_back else Mode.EXECUTION,
        paths=len(came.made) if is_fed_back else paths,
        how_far={} if execution is None else how_far(came, execution),
        districts=_districts(came, team, mean_of),
        coverages=_coverages(came, mean_of),
        crews=came.crews_out,
        waited=mean_of(came.waited),
        week=team.week.by_weekday() if team and team.week else (),
        unfit=unfit_by(team.collectors, came.days[-1]) if team and came.days else (),
        unfit_on_shift=came.unfit_on_shift,
        refused_by=came.refused_by,
    )


def _coverages(came: Outcome, mean_of: Callable[[Floats], MeanOf]) -> tuple[MeanOf, ...]:
    """Return the coverage of each target; nothing where one alone is asked for."""
    _, *each = came.coverages
    return tuple(map(mean_of, each)) if len(each) > 1 else ()


def _districts(
    came: Outcome, team: Employed | None, mean_of: Callable[[Floats], MeanOf]
) -> tuple[DistrictFigures, ...]:
    people = team.collectors if team else ()
    lives = Districts(came.districts).nearest([one.start for one in people])
    hired = [at for at, one in zip(lives, people, strict=True) if team and one.id in team.hired]
    unfit = [
        at for at, one in zip(lives, people, strict=True) if not one.may_be_sent(max(came.days))
    ]
    could, reached = came.could_by, came.reached_by
    shares = np.where(could, reached / np.maximum(could, 1), 1.0)
    return tuple(
        DistrictFigures(
            one.number,
            one.name,
            one.centre.lat if one.centre else None,
            one.centre.lon if one.centre else None,
            one.around_m,
            round(float(could[at].mean())),
            round(float(came.never_by[at].mean())),
            mean_of(shares[at]),
            lives.count(one.number),
            hired.count(one.number),
            unfit.count(one.number),
        )
        for at, one in enumerate(came.districts)
    )


def _cost(came: Outcome, wages: Wages) -> Floats:
    overtime: Floats = came.overtime_s / HOUR_S * wages.per_overtime_hour
    return overtime + came.shifts * wages.per_shift
