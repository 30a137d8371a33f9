"""Scorecards of agencies and collectors: how they work, and a stated part what they recover."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from scheduler.figures.attribution import recovered
from scheduler.figures.coverage import WITHIN_DAYS, covered
from scheduler.figures.facts import Facts, OpenCase, Traits
from scheduler.figures.share import Mean, Share
from scheduler.figures.tally import Tally
from scheduler.figures.weights import Breach, Part, Weights

COVERED_DAYS = 30

Whose = Callable[[Traits], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Card:
    """How one agency or collector works: each part from 0 to 1, None where nothing is known.

    `total` is None without any visit. `is_few`: of too few visits to say much.
    """

    whose: str
    tally: Tally
    coverage: Share
    parts: Mapping[Part, float | None]
    total: float | None

    @property
    def is_few(self) -> bool:
        return self.tally.met_rate.is_few


def agency_cards(facts: Facts, weights: Weights) -> list[Card]:
    """Return a card of each agency; its coverage is of its open cases, visited in 30 days."""
    cases: dict[str, list[OpenCase]] = defaultdict(list)
    for case in facts.cases:
        cases[case.traits.agency].append(case)
    at = WITHIN_DAYS.index(COVERED_DAYS)
    shares = {name: covered(name, hers, facts.today).shares[at] for name, hers in cases.items()}
    return _cards(facts, weights, lambda traits: (traits.agency,), shares)


def collector_cards(facts: Facts, weights: Weights) -> list[Card]:
    """Return a card of each collector; a pair's visit counts for both.

    Her coverage is of the visits that were planned on her days: those that were made.
    """
    made = Counter(
        (visit.on, frozenset(visit.traits.crew)) for visit in facts.visits if visit.was_made
    )
    shares: dict[str, Share] = {}
    for trip in facts.trips:
        if facts.span.holds(trip.on) and trip.on < facts.today:
            planned = len(trip.planned)
            # Visits that no plan holds make up for none that was planned.
            done = min(planned, made[trip.on, frozenset(trip.crew)])
            for member in trip.crew:
                before = shares.get(member, Share(0, 0))
                shares[member] = Share(before.hits + done, before.of + planned)
    return _cards(facts, weights, lambda traits: traits.crew, shares)


def _cards(facts: Facts, weights: Weights, whose: Whose, shares: Mapping[str, Share]) -> list[Card]:
    tallies = _tallies(facts, whose)
    everybody = Mean(
        sum((tally.recovered for tally in tallies.values()), Decimal()),
        sum(tally.visits for tally in tallies.values()),
    )
    usual = everybody.value if facts.knows_payments else None
    cards = []
    for name in sorted(tallies.keys() | shares.keys()):
        tally, share = tallies.get(name, Tally()), shares.get(name, Share(0, 0))
        parts = parts_of(tally, share, usual, weights)
        cards.append(Card(name, tally, share, parts, total_of(parts, weights)))
    return cards


def _tallies(facts: Facts, whose: Whose) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    paid = recovered(facts.visits, facts.payments, timedelta(days=facts.days_to_pay))
    for visit in facts.visits:
        if facts.span.holds(visit.on):
            for name in whose(visit.traits):
                tallies[name].add_visit(visit, paid.get(visit.key, Decimal()))
    for promise in facts.promises:
        if facts.span.holds(promise.last):
            for name in whose(promise.traits):
                tallies[name].add_promise(promise, facts.today)
    return tallies


def parts_of(
    tally: Tally, coverage: Share, usual: Decimal | None, weights: Weights
) -> dict[Part, float | None]:
    """Return each part from 0 to 1; `usual` is what a visit of anybody recovered on average."""
    return {
        Part.COMPLIANCE: compliance(tally, weights),
        Part.QUALITY: average([tally.met_rate.rate, tally.kept_rate.rate]),
        Part.COVERAGE: coverage.rate,
        Part.COMPLETENESS: Share(tally.complete, tally.visits).rate,
        Part.RECOVERED: beside(tally.recovered_per_visit.value, usual),
    }


def compliance(tally: Tally, weights: Weights) -> float | None:
    """Return 1 without any breach; each falls to 0 where its share is the worst that is borne."""
    shares = {
        Breach.COMPLAINTS: tally.complaint_rate,
        Breach.TURNED_AWAY: Share(tally.turned_away, tally.visits),
        Breach.LATE: Share(tally.late, tally.visits),
    }
    return average(
        None if share.rate is None else max(0.0, 1 - share.rate / weights.worst[breach])
        for breach, share in shares.items()
    )


def beside(own: Decimal | None, usual: Decimal | None) -> float | None:
    """Return one half for what is usual, 1 from twice of it on."""
    if own is None or usual is None or usual <= 0:
        return None
    return min(1.0, max(0.0, float(own / usual) / 2))


def total_of(parts: Mapping[Part, float | None], weights: Weights) -> float | None:
    """Return the weighted mean of the known parts; None where compliance is not known.

    Whatever else is unknown, recovered money never counts for more than its stated weight.
    """
    own = parts[Part.RECOVERED]
    known = {part: value for part, value in parts.items() if value is not None}
    known.pop(Part.RECOVERED, None)
    weight = sum(weights.parts[part] for part in known)
    if parts[Part.COMPLIANCE] is None or weight <= 0:
        return None
    others = sum(weights.parts[part] * value for part, value in known.items()) / weight
    if own is None:
        return others
    share = weights.parts[Part.RECOVERED]
    return (1 - share) * others + share * own


def average(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
