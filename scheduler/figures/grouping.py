"""Figures by day, week, month, bucket, district, product, agency and crew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scheduler.figures.attribution import recovered
from scheduler.figures.costs import Expense, expenses
from scheduler.figures.facts import Facts, Span, Traits
from scheduler.figures.tally import Tally


class Group(StrEnum):
    """What figures may be told by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    BUCKET = "bucket"
    DISTRICT = "district"
    PRODUCT = "product"
    AGENCY = "agency"
    CREW = "crew"

    @property
    def is_time(self) -> bool:
        return self in PERIODS


PERIODS = (Group.DAY, Group.WEEK, Group.MONTH)
CREW_JOINT = " · "

KEYS: Mapping[Group, Callable[[date, Traits], str]] = {
    Group.DAY: lambda on, _: on.isoformat(),
    Group.WEEK: lambda on, _: (on - timedelta(days=on.weekday())).isoformat(),
    Group.MONTH: lambda on, _: on.replace(day=1).isoformat(),
    Group.BUCKET: lambda _, traits: traits.bucket,
    Group.DISTRICT: lambda _, traits: traits.district,
    Group.PRODUCT: lambda _, traits: traits.product,
    Group.AGENCY: lambda _, traits: traits.agency,
    Group.CREW: lambda _, traits: CREW_JOINT.join(traits.crew),
}
"""A group's key: of a period its first day (of a week Monday), '' where nothing is told."""


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one group, or of several small ones together, which have no key."""

    key: str
    tally: Tally
    is_together: bool = False


@dataclass(frozen=True, slots=True)
class Only:
    """Which visits, promises, costs and cases count: those with these traits; None is any."""

    bucket: str | None = None
    district: str | None = None
    product: str | None = None
    agency: str | None = None

    def fits(self, traits: Traits) -> bool:
        return (
            self.bucket in (None, traits.bucket)
            and self.district in (None, traits.district)
            and self.product in (None, traits.product)
            and self.agency in (None, traits.agency)
        )


ALL = Only()


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Lines that add up to `total`: each visit, promise and cost stands in one of them."""

    group: Group
    lines: tuple[Line, ...]
    total: Tally


def figure_table(facts: Facts, group: Group, only: Only = ALL) -> FigureTable:
    """Return the figures of a span by `group`; periods without a visit have a line, too."""
    return figure_tables(facts, (group,), only)[0]


def figure_tables(facts: Facts, groups: Iterable[Group], only: Only = ALL) -> list[FigureTable]:
    """Return the figures of a span by each of `groups`.

    Payments and costs are put down to visits before `only` leaves some of them out, so that a
    part is the same whether it is looked at alone or among all.
    """
    paid = recovered(facts.visits, facts.payments, timedelta(days=facts.days_to_pay))
    holds, fits = facts.span.holds, only.fits
    visits = [one for one in facts.visits if holds(one.on) and fits(one.traits)]
    promises = [one for one in facts.promises if holds(one.last) and fits(one.traits)]
    costs = [one for one in expenses_of(facts) if fits(one.traits)]

    def table(group: Group) -> FigureTable:
        key = KEYS[group]
        tallies = defaultdict(Tally, {one: Tally() for one in periods(facts.span, group)})
        for visit in visits:
            tally = tallies[key(visit.on, visit.traits)]
            tally.add_visit(visit, paid.get(visit.key, NOTHING))
        for promise in promises:
            tallies[key(promise.last, promise.traits)].add_promise(promise, facts.today)
        for expense in costs:
            tallies[key(expense.on, expense.traits)].add_expense(expense)
        lines = [Line(name, one) for name, one in tallies.items() if group.is_time or is_any(one)]
        return FigureTable(group, tuple(sorted(lines, key=order(group))), total(lines))

    return [table(group) for group in groups]


def expenses_of(facts: Facts) -> Iterator[Expense]:
    """Yield what the days of the span cost that are over: today's visits are not all made yet."""
    over = [one for one in facts.trips if facts.span.holds(one.on) and one.on < facts.today]
    visits = [one for one in facts.visits if facts.span.holds(one.on) and one.on < facts.today]
    return expenses(over, visits, facts.prices)


def periods(span: Span, group: Group) -> Iterator[str]:
    """Yield the keys of all periods that a span touches; none of another group."""
    if group.is_time:
        days = (span.first + timedelta(days=i) for i in range(span.days))
        yield from dict.fromkeys(KEYS[group](day, Traits()) for day in days)


def total(lines: list[Line]) -> Tally:
    return sum((line.tally for line in lines), Tally())


def is_any(tally: Tally) -> bool:
    return tally != Tally()


def order(group: Group) -> Callable[[Line], tuple[int, str]]:
    """Periods and buckets stand in their own order, others the most visited first."""
    if group.is_time or group is Group.BUCKET:
        return lambda line: (0, line.key)
    return lambda line: (-line.tally.visits, line.key)


NOTHING = Tally().recovered
