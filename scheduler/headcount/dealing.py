"""Who goes to whom, where a scenario says so: zones, owners of a team's own, pairs that stay.

Each is said in words that the daily plan knows: a case's owner and who stands in for her, pairs of
the file, and who never goes with whom. So zones and pairs are planned, and judged, as owners and
pairs are every day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from routing.point import Point, distance_m
from scheduler.crews.roster import never_together
from scheduler.day import Day
from scheduler.headcount.districts import Districts
from scheduler.model import Case, Collector, Pair


@dataclass(frozen=True)
class Dealt:
    """Who goes to whom.

    Parameters
    ----------
    owner_of
        By case who owns it, where that is another than the book says.
    mates
        By owner who may go to her cases as if they were hers, herself among them.
    partner
        By collector with whom alone she goes; None where nobody is left for her.
    """

    owner_of: Mapping[str, str] = field(default_factory=dict)
    mates: Mapping[str, frozenset[str]] = field(default_factory=dict)
    partner: Mapping[str, str | None] = field(default_factory=dict)

    def owned(self, day: Day) -> Day:
        """Return a day with the cases owned as dealt."""
        if not self.owner_of:
            return day
        cases = (
            replace(case, owner=self.owner_of[case.id]) if case.id in self.owner_of else case
            for case in day.cases
        )
        return replace(day, cases=tuple(cases))

    def on(self, day: Day) -> Day:
        """Return a morning on which mates may go for each other, and fixed pairs alone together."""
        if self.mates:
            owned = ((one.id, one.owner) for one in day.cases if one.owner in self.mates)
            day = replace(day, stand_ins={id_: self.mates[str(owner)] for id_, owner in owned})
        if self.partner:
            day = replace(day, pairs=tuple(self._pairs()))
        return day

    def _pairs(self) -> Iterator[Pair]:
        for one, other in self.partner.items():
            if other is not None and one < other:
                yield Pair(one, other)

    def among(self, team: Sequence[Collector]) -> tuple[Collector, ...]:
        """Return the team, of whom each goes with mates alone, or with her partner alone."""
        if not self.mates and not self.partner:
            return tuple(team)
        everybody = frozenset(one.id for one in team)
        return tuple(
            replace(one, never_with=one.never_with | (everybody - self._goes_with(one.id)))
            for one in team
        )

    def _goes_with(self, id_: str) -> frozenset[str]:
        if self.partner:
            return frozenset({id_, self.partner[id_] or id_})
        return self.mates.get(id_, frozenset({id_}))


def zoned(day: Day, team: Sequence[Collector], districts: Districts, size: int) -> Dealt:
    """Return the zones of a team: each keeps to the district in which she starts.

    A district where fewer than `size` of an agency start who can be sent belongs, with them, to the
    nearest one where more do; where there is none the whole city is one zone. Agencies have zones
    of their own.
    """
    owner_of: dict[str, str] = {}
    mates: dict[str, frozenset[str]] = {}
    for agency, people in _by_agency(team).items():
        starts = districts.nearest([one.start for one in people])
        can_go = zip(people, starts, strict=True)
        seated = [start for one, start in can_go if one.may_be_sent(day.on)]
        zone_of = _zones(seated, districts, size)
        zones: dict[int, list[str]] = defaultdict(list)
        for one, number in zip(people, starts, strict=True):
            zones[zone_of[number]].append(one.id)
        mates |= {id_: frozenset(ids) for ids in zones.values() for id_ in ids}
        for case in day.cases:
            hers = zones.get(zone_of.get(districts.number_of[case.borrower_id], 0))
            if case.agency == agency and hers:
                owner_of[case.id] = hers[0]
    return Dealt(owner_of, mates)


def _by_agency(team: Iterable[Collector]) -> dict[str, list[Collector]]:
    people: dict[str, list[Collector]] = defaultdict(list)
    for one in team:
        people[one.agency].append(one)
    return people


def _zones(starts: Sequence[int], districts: Districts, size: int) -> dict[int, int]:
    """Return by district the one whose zone it is part of."""
    counts = Counter(starts)
    centres = {one.number: one.centre for one in districts.all if one.centre is not None}
    seats = [number for number in centres if counts[number] >= size]
    if not seats:
        return dict.fromkeys([*centres, *counts, 0], 0)
    return {
        number: min(seats, key=lambda seat: (distance_m(centres[seat], centre), seat))
        for number, centre in centres.items()
    }


def portfolios(day: Day, team: Sequence[Collector], hired: frozenset[str]) -> Dealt:
    """Return who of a team owns cases whose owner is not in it, or has more than a new one's share.

    Who is hired takes over, up to what each has on average, the nearest of the cases that owners
    have beyond that or that nobody of the team owns. What is left without an owner of the team goes
    to those who have fewest. Cases that nobody owns stay anybody's.
    """
    owner_of: dict[str, str] = {}
    doors = _doors(day)
    for agency, people in _by_agency(team).items():
        cases = [one for one in day.cases if one.owner is not None and one.agency == agency]
        owner_of |= _dealt_among(people, cases, hired, doors)
    return Dealt(owner_of)


def _doors(day: Day) -> dict[str, Point]:
    placed = (one for one in sorted(day.places, key=lambda one: one.id, reverse=True))
    return {one.borrower_id: one.point for one in placed if one.is_placed and one.point}


def _dealt_among(
    people: Sequence[Collector],
    cases: Sequence[Case],
    hired: frozenset[str],
    doors: Mapping[str, Point],
) -> dict[str, str]:
    held: dict[str, list[Case]] = {one.id: [] for one in people}
    left: list[Case] = []
    share = -(-len(cases) // len(people))
    is_hired = any(one.id in hired for one in people)
    for case in cases:
        hers = held.get(str(case.owner))
        is_kept = hers is not None and (len(hers) < share or not is_hired)
        (hers if hers is not None and is_kept else left).append(case)
    given: dict[str, str] = {}
    for one in people:
        if one.id in hired:
            left.sort(key=lambda case: _away_m(case, one, doors), reverse=True)
            while left and len(held[one.id]) < share:
                _give(left.pop(), one.id, held, given)
    for case in left:
        fewest = min(people, key=lambda one: (len(held[one.id]), _away_m(case, one, doors)))
        _give(case, fewest.id, held, given)
    return given


def _give(case: Case, to: str, held: dict[str, list[Case]], given: dict[str, str]) -> None:
    held[to].append(case)
    if case.owner != to:
        given[case.id] = to


def _away_m(case: Case, one: Collector, doors: Mapping[str, Point]) -> float:
    door = doors.get(case.borrower_id)
    return float("inf") if door is None else distance_m(one.start, door)


def in_pairs(day: Day, team: Sequence[Collector]) -> list[Collector]:
    """Return a team in such an order that those stand together who are to go together.

    Pairs that the file has for every day stay; of the others each goes with who may and starts
    nearest to her. Who cannot be sent on the day goes with nobody.
    """
    by_id = {one.id: one for one in team if one.may_be_sent(day.on)}
    ordered: list[Collector] = []
    for pair in day.pairs:
        a, b = by_id.get(pair.first), by_id.get(pair.second)
        if pair.on is None and a and b and a is not b and not never_together(a, b):
            ordered += [by_id.pop(a.id), by_id.pop(b.id)]
    left, alone = list(by_id.values()), [one for one in team if not one.may_be_sent(day.on)]
    while left:
        one = left.pop(0)
        fit = [other for other in left if not never_together(one, other)]
        if fit:
            nearest = min(fit, key=lambda other: distance_m(one.start, other.start))
            left.remove(nearest)
            ordered += [one, nearest]
        else:
            alone.append(one)
    return [*ordered, *alone]


def partners(team: Iterable[Collector], on: date) -> dict[str, str | None]:
    """Return with whom each of a team always goes: the first before her who may and has nobody.

    So a larger team keeps the pairs of a smaller one. Who cannot be sent on the day has nobody.
    """
    found: dict[str, str | None] = {}
    waiting: list[Collector] = []
    for one in team:
        if not one.may_be_sent(on):
            found[one.id] = None
            continue
        other = next((other for other in waiting if not never_together(one, other)), None)
        found[one.id] = other.id if other else None
        if other is None:
            waiting.append(one)
        else:
            waiting.remove(other)
            found[other.id] = one.id
    return found
