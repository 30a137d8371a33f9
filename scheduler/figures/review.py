"""Figures of one span beside those of the span before: what has changed, and how surely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from scheduler.figures.attribution import recovered
from scheduler.figures.facts import Facts, Span
from scheduler.figures.grouping import ALL, Group, Only, expenses_of, figure_table
from scheduler.figures.share import (
    Difference,
    Mean,
    Share,
    Spread,
    difference,
    mean_difference,
    spread,
)
from scheduler.figures.tally import Tally


class Measure(StrEnum):
    """What is compared."""

    MET = "met"
    PROMISED = "promised"
    KEPT = "kept"
    COMPLAINTS = "complaints"
    TURNED_AWAY = "turned_away"
    COMPLETE = "complete"
    COST = "cost"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of two spans; `later` less `earlier` is the difference. Means are of money."""

    measure: Measure
    earlier: Share | Mean
    later: Share | Mean
    difference: Difference

    @property
    def is_money(self) -> bool:
        return isinstance(self.later, Mean)


def review(earlier: Facts, later: Facts, only: Only = ALL) -> list[Compared]:
    """Compare the figures of two spans, each by its own facts.

    A difference of two spans is no proof of its cause: season, cases and crews differ, too.
    """
    one, other = (figure_table(facts, Group.MONTH, only).total for facts in (earlier, later))
    rates, others = rates_of(one), rates_of(other)
    found = [
        Compared(measure, rates[measure], others[measure], difference(rates[measure], rate))
        for measure, rate in others.items()
    ]
    means = (
        (Measure.COST, one.cost_per_visit, other.cost_per_visit, cost_spread),
        (Measure.RECOVERED, one.recovered_per_visit, other.recovered_per_visit, paid_spread),
    )
    for measure, before, after, told in means:
        apart = mean_difference(told(earlier, only), told(later, only))
        found.append(Compared(measure, before, after, apart))
    return found


def rates_of(tally: Tally) -> dict[Measure, Share]:
    """Return the rates that are compared."""
    return {
        Measure.MET: tally.met_rate,
        Measure.PROMISED: tally.promise_rate,
        Measure.KEPT: tally.kept_rate,
        Measure.COMPLAINTS: tally.complaint_rate,
        Measure.TURNED_AWAY: Share(tally.turned_away, tally.visits),
        Measure.COMPLETE: Share(tally.complete, tally.visits),
    }


def cost_spread(facts: Facts, only: Only) -> Spread:
    """Return how the costs of made visits spread."""
    fitting = (one for one in expenses_of(facts) if only.fits(one.traits))
    return spread([one.amount for one in fitting if one.key])


def paid_spread(facts: Facts, only: Only) -> Spread:
    """Return how what made visits recovered spreads; nothing where no payments are known."""
    if not facts.knows_payments:
        return Spread()
    paid = recovered(facts.visits, facts.payments, timedelta(days=facts.days_to_pay))
    return spread(
        [
            paid.get(visit.key, Decimal())
            for visit in facts.visits
            if visit.was_made and facts.span.holds(visit.on) and only.fits(visit.traits)
        ]
    )


MOST_DAYS = 366
"""Of a version that held for longer, its last days alone are compared."""


@dataclass(frozen=True, slots=True)
class Succession:
    """A version of a policy that took the place of `before`, and the days on which each held."""

    number: int
    before: int
    earlier: Span
    later: Span


def successions(versions: Iterable[tuple[date, int]], today: date, house: int) -> list[Succession]:
    """Return the versions that have held up to `today`, the newest first.

    `versions` are the approved ones: from which day on, and their number. Before the first of
    them the `house`'s default held: the days before are as many as that version has held.
    """
    held = sorted(dict(sorted(one for one in versions if one[0] <= today)).items())
    if not held:
        return []
    ends = [*(day - timedelta(days=1) for day, _ in held[1:]), today]
    spans = [
        (number, Span(max(day, end - timedelta(days=MOST_DAYS - 1)), end))
        for (day, number), end in zip(held, ends, strict=True)
    ]
    first = spans[0][1]
    eve = held[0][0] - timedelta(days=1)
    spans.insert(0, (house, Span(eve - timedelta(days=first.days - 1), eve)))
    return [Succession(b, a, one, other) for (a, one), (b, other) in pairwise(spans)][::-1]
