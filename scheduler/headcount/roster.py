"""Who is off when in a week, and who works late: settled by CP-SAT on what days of it bring.

A person's week is one of few lawful patterns, and two people of one pattern are alike: what is
settled is how many work each. The team of n + 1 keeps the weeks of the team of n where nearly as
much is covered so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, islice, product, repeat
from typing import TYPE_CHECKING, NamedTuple

from scheduler.cp_sat import repeatable
from scheduler.headcount.demand import WEEK, Demand, Shifts
from scheduler.headcount.scenario import Scenario

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

Pattern = tuple[Shifts | None, ...]
"""What one works on each weekday, Monday first; None is a day off."""

CHANGED = 0.5
"""Visits a week that somebody's other week has to bring, as the team grows: a house assumption."""

EVEN = 0.5
"""Visits a week that it is worth if one more comes on the weekday of fewest: a house assumption.
Where weekdays bring alike, chance alone would give all of a team the same days off. No more than
`CHANGED`: nobody is given another week for it."""

SCALE = 1000
"""CP-SAT counts in whole numbers: thousandths of visits, and of people."""

WORK = 0.5
"""Deterministic seconds of CP-SAT for each size of the team: some hundred times what it takes."""


class People(NamedTuple):
    """How many of a team work on a weekday: by early shifts, and by late ones."""

    early: int
    late: int


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """The weeks of a team, in the order in which its people would be hired."""

    patterns: tuple[Pattern, ...] = ()

    def people(self, demand: Demand) -> tuple[float, ...]:
        """Return how many work on each weekday, who works late by what she does then."""
        return tuple(
            sum(_thousandths(demand, one[at], at) for one in self.patterns) / SCALE
            for at in range(WEEK)
        )

    def by_weekday(self) -> tuple[People, ...]:
        """Return how many work early and late on each weekday, Monday first."""
        of_days = [Counter(one[at] for one in self.patterns) for at in range(WEEK)]
        return tuple(People(of[Shifts.EARLY], of[Shifts.LATE]) for of in of_days)


def patterns(weekdays: Sequence[int], worked: int, kinds: Sequence[Shifts]) -> Iterator[Pattern]:
    """Yield the lawful weeks of somebody who works on so many of `weekdays`, if there are as many.

    Of two days off or more two lie together, over a Sunday's night, too. After a late shift comes
    no early one but after a day off.
    """
    for days in combinations(weekdays, min(worked, len(weekdays))):
        for shifts in product(kinds, repeat=len(days)):
            on = dict(zip(days, shifts, strict=True))
            pattern = tuple(on.get(at) for at in range(WEEK))
            if rests(pattern):
                yield pattern


def lawful_weeks(scenario: Scenario) -> tuple[Pattern, ...]:
    """Return the weeks that `scenario` leaves to choose from."""
    kinds = (Shifts.EARLY,) if scenario.evening is None else tuple(Shifts)
    weekdays = range(WEEK if scenario.weekends else 5)
    return tuple(patterns(weekdays, scenario.days_a_week, kinds))


def rests(pattern: Pattern) -> bool:
    """Whether a week that comes again and again leaves time to rest."""
    following = list(zip(pattern, (*pattern[1:], pattern[0]), strict=True))
    is_off_long = pattern.count(None) < 2 or (None, None) in following
    return is_off_long and (Shifts.LATE, Shifts.EARLY) not in following


def team_week(
    count: int, demand: Demand, lawful: tuple[Pattern, ...], *, size: int = 1, seed: int = 0
) -> TeamWeek:
    """Return who of `count` people works when, by one of the `lawful` patterns each.

    The same arguments give the same weeks. Where the rules ask for crews of `size`, so many who
    are hired one after the other have the same week: alone they would stand at no door.

    Raises
    ------
    ValueError
        Where no pattern is lawful.
    """
    if not lawful:
        raise ValueError("no week is lawful: nobody can be given one")
    week, wanted = TeamWeek(), demand.by_crews(size)
    for _ in range(-(-count // size)):
        week = one_more(week, wanted, lawful, seed)
    each = chain.from_iterable(repeat(one, size) for one in week.patterns)
    return TeamWeek(tuple(islice(each, count)))


@lru_cache(maxsize=1000)
def one_more(
    before: TeamWeek, demand: Demand, lawful: tuple[Pattern, ...], seed: int = 0
) -> TeamWeek:
    """Return the weeks of a team with one person more: the most covered, less what changes cost.

    Of weeks that cover about as much it is those by which most come on the day of fewest.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    size, had = len(before.patterns) + 1, Counter(before.patterns)
    number = [model.new_int_var(0, size, "") for _ in lawful]
    kept = [model.new_int_var(0, had[one], "") for one in lawful]
    model.add(sum(number) == size)
    for all_, same in zip(number, kept, strict=True):
        model.add(same <= all_)
    covered = [_covered(model, at, demand, lawful, number, size) for at in range(WEEK)]
    extra = round(CHANGED * SCALE * SCALE) * sum(kept)
    extra += round(EVEN * SCALE * SCALE) * _fewest(model, demand, lawful, number, size)
    model.maximize(sum(covered) + extra)
    solver = repeatable(seed, WORK)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return TeamWeek((*before.patterns, lawful[0]))
    return _given(before, {one: solver.value(n) for one, n in zip(lawful, number, strict=True)})


def _covered(
    model: CpModel,
    weekday: int,
    demand: Demand,
    lawful: Sequence[Pattern],
    number: Sequence[IntVar],
    size: int,
) -> IntVar:
    """Return the visits of a weekday, in millionths: below each of its lines."""
    lines = [
        (round(line.slope * SCALE), round(line.intercept * SCALE * SCALE))
        for line in demand.lines[weekday]
    ]
    does = [_thousandths(demand, one[weekday], weekday) for one in lawful]
    people = sum(each * n for each, n in zip(does, number, strict=True))
    most = [slope * max(does) * size + intercept for slope, intercept in lines]
    covered = model.new_int_var(0, min(most, default=0), "")
    for slope, intercept in lines:
        model.add(covered <= slope * people + intercept)
    return covered


def _fewest(
    model: CpModel,
    demand: Demand,
    lawful: Sequence[Pattern],
    number: Sequence[IntVar],
    size: int,
) -> IntVar:
    """Return how many come on the weekday of fewest, of those on which something is to be done."""
    fewest = model.new_int_var(0, size, "")
    for at in range(WEEK):
        if demand.lines[at]:
            come = [n for one, n in zip(lawful, number, strict=True) if one[at] is not None]
            model.add(fewest <= sum(come))
    return fewest


def _thousandths(demand: Demand, shifts: Shifts | None, weekday: int) -> int:
    """Return how much of a person somebody of these shifts is; nothing on a day off."""
    return 0 if shifts is None else round(SCALE * demand.share(shifts, weekday))


def _given(before: TeamWeek, wanted: dict[Pattern, int]) -> TeamWeek:
    """Give the wanted weeks to people: whoever can keeps hers, the others take the rest in turn."""
    left = Counter(wanted)
    given: list[Pattern | None] = []
    for pattern in before.patterns:
        stays = left[pattern] > 0
        given.append(pattern if stays else None)
        left[pattern] -= stays
    rest = left.elements()
    return TeamWeek(tuple(next(rest) if one is None else one for one in (*given, None)))
