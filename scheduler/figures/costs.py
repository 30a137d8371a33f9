"""What crews' days cost, and which visits bear it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from routing.units import HOUR_S
from scheduler.figures.facts import MadeVisit, Prices, Traits, Trip

UNIT = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Expense:
    """A part of a day's cost. `key` is of the visit that bears it, '' for one not made."""

    on: date
    traits: Traits
    amount: Decimal
    key: str = ""
    was_met: bool = False


def trip_price(trip: Trip, prices: Prices) -> Decimal:
    """Return what a crew's day costs: its hours, and overtime on top of them as in a plan."""
    price = hours(trip.out) * prices.hour + hours(trip.overtime) * prices.overtime_hour
    return price.quantize(UNIT, ROUND_HALF_EVEN)


def hours(length: timedelta) -> Decimal:
    return Decimal(round(length.total_seconds())) / HOUR_S


def expenses(
    trips: Iterable[Trip], visits: Iterable[MadeVisit], prices: Prices
) -> Iterator[Expense]:
    """Yield the cost of each trip in equal parts: of its made visits, else of its planned ones.

    The parts of a trip add up to its price to the last unit, so that groups add up to the total.
    """
    made: dict[tuple[date, tuple[str, ...]], list[MadeVisit]] = defaultdict(list)
    for visit in visits:
        if visit.was_made:
            made[visit.on, visit.traits.crew].append(visit)
    for trip in trips:
        hers = made.pop((trip.on, trip.crew), [])
        price = trip_price(trip, prices)
        if hers:
            for visit, part in zip(hers, parts(price, len(hers)), strict=True):
                yield Expense(trip.on, visit.traits, part, visit.key, visit.was_met)
        else:
            bearing = trip.planned or (Traits(crew=trip.crew),)
            for traits, part in zip(bearing, parts(price, len(bearing)), strict=True):
                yield Expense(trip.on, traits, part)


def parts(price: Decimal, count: int) -> list[Decimal]:
    """Return `count` parts of a price that differ by one unit at most, the larger ones first."""
    each, rest = divmod(int(price / UNIT), count)
    return [(each + (i < rest)) * UNIT for i in range(count)]
