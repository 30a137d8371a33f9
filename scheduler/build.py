"""From a day's facts to a problem: the only place where datetimes become whole seconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from decimal import Decimal

from routing.travel import Mode, Spot, TravelTimes
from routing.units import DAY_S
from scheduler.availability import Asked, Curve, pieces, segment_of, stated_spans
from scheduler.day import Day
from scheduler.entrusted import NOBODY_SENT, Teams, agency_of_cases
from scheduler.languages import asked_language, can_talk
from scheduler.model import Borrower, Break, Case, Crew, OwnerPolicy, Place, Window
from scheduler.plan import LeftOut, Reason
from scheduler.problem import (
    MILLS,
    CrewBreak,
    CrewShift,
    Problem,
    Span,
    Visit,
    VisitOption,
    seconds_between,
)
from scheduler.rules import DayInfo, RuleSet, crew_size
from scheduler.screening import Candidate, Opening, screen
from scheduler.value.of_day import is_must_on, rank_on, value_on
from scheduler.visit_needs import people_needed, skills_needed
from scheduler.windows import start_spans

MOST_CANDIDATES = 2500
"""More borrowers than a city's day can choose from; the rest wait for a day of less value."""

Ranked = Callable[[Candidate], tuple[bool, int, Decimal]]
"""What comes first where it is greater: a must-visit, then a number, then what is worth most."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A visit that was made today, or is being made: it is where it was, at whatever hour."""

    visit_id: str
    case_ids: tuple[str, ...]
    place: Place


def build_problem(
    day: Day,
    rules: RuleSet,
    travel: TravelTimes,
    *,
    most: int = MOST_CANDIDATES,
    sent: Mapping[str, str] = NOBODY_SENT,
    made: Sequence[Pinned] = (),
    rank: Ranked | None = None,
) -> Problem:
    """Return the day as a solver sees it.

    Windows of the law and of the borrower hold the whole visit; a solver binds the start of
    service. So each is shrunk by the service time here, and `check_plan` verifies the whole.
    Of more than `most` candidates those are taken that are worth most, must-visits first; or
    those whose `rank` is greatest, where one is given. `sent`
    names by borrower the agency whose crew goes to her already, as a kept plan has it. Visits that
    are `made` are in it whatever the facts say of their borrowers by now.

    Raises
    ------
    RoutingError
        Where travel times cannot be had at all. A single place without a road is no error.
    """
    screened = screen(day, rules, sent)
    pinned = {one.visit_id for one in made}
    free = [one for one in screened.candidates if one.borrower.id not in pinned]
    candidates, waiting = shortlist(day, free, most, rank)
    builder = _Builder(day, rules, screened.info)
    visits = tuple(builder.visit(candidate) for candidate in candidates)
    visits += tuple(builder.made(one) for one in made)
    borrowers = [candidate.borrower for candidate in candidates]
    crews = tuple(builder.crew(crew, borrowers) for crew in day.crews)
    matrix = travel.matrix(builder.spots, builder.modes)
    left_out = [entry for entry in screened.left_out if entry.visit_id not in pinned]
    refused = (*left_out, *waiting)
    return Problem(builder.origin, visits, crews, matrix, refused, day, rules)


def options_anew(day: Day, rules: RuleSet, visit: Visit) -> tuple[VisitOption, ...]:
    """Return a visit's options by the facts of `day`, which holds its borrower alone.

    They are at the places, and have the locations, that the visit has in its problem.
    """
    agency = agency_of_cases(day.cases, visit.case_ids)
    screened = screen(day, rules, NOBODY_SENT if agency is None else {visit.id: agency})
    builder = _Builder(day, rules, screened.info)
    rows = {option.place_id: option.location for option in visit.options}
    return tuple(
        replace(option, location=rows[option.place_id])
        for candidate in screened.candidates
        for opening in candidate.openings
        if opening.place.id in rows
        for option in builder.options(opening, candidate)
    )


def break_id(number: int) -> str:
    """Return what the `number`-th break of a crew is called, from 1 on."""
    return f"break {number}"


def shortlist(
    day: Day, candidates: Sequence[Candidate], most: int, rank: Ranked | None = None
) -> tuple[Sequence[Candidate], list[LeftOut]]:
    """Part the candidates into those worth most if met, and the others, who are left out.

    With a `rank` those are taken whose rank is greatest.
    """
    if len(candidates) <= most:
        return candidates, []
    ranked = sorted(candidates, key=rank or _by_worth(day), reverse=True)
    detail = f"not among the {most:,} visits worth most today"
    waiting = [
        LeftOut(c.borrower.id, Reason.NOT_SHORTLISTED, detail, case_ids=c.case_ids)
        for c in ranked[most:]
    ]
    return ranked[:most], waiting


def _by_worth(day: Day) -> Ranked:
    def rank(one: Candidate) -> tuple[bool, int, Decimal]:
        must, worth = rank_on(day, one.cases, one.past)
        return must, 0, worth

    return rank


@dataclass
class _Builder:
    """Numbers the spots and modes of a day while visits and crews are made from it."""

    day: Day
    rules: RuleSet
    info: DayInfo
    spots: list[Spot] = field(default_factory=list)
    modes: list[Mode] = field(default_factory=list)
    _rows: dict[Spot, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.origin = datetime.combine(self.day.on, time(), self.day.zone)
        self.modes = sorted({crew.mode for crew in self.day.crews}) or [Mode.CAR]
        self.service_s = int(self.day.city.service.total_seconds())
        self.law_size = crew_size(self.rules, self.day.on)
        self.teams = Teams.of(self.day)

    def visit(self, candidate: Candidate) -> Visit:
        cases = candidate.cases
        options = [
            option for opening in candidate.openings for option in self.options(opening, candidate)
        ]
        allowed, prices = self.owner_terms(cases)
        return Visit(
            id=candidate.borrower.id,
            options=tuple(options),
            case_ids=candidate.case_ids,
            is_required=is_must_on(self.day, cases, candidate.past),
            crew_size=people_needed(self.day, cases, self.law_size_for(candidate)),
            skills=skills_needed(candidate.borrower, cases),
            allowed_crews=allowed,
            crew_prices=prices,
        )

    def made(self, one: Pinned) -> Visit:
        any_hour = (0, 2 * DAY_S)
        way = VisitOption(one.place.id, self.row(one.place), (any_hour,), self.service_s, value=0)
        return Visit(one.visit_id, (way,), one.case_ids)

    def law_size_for(self, candidate: Candidate) -> int:
        """Return how many must come, but for what was set aside for her."""
        aside = self.day.dossier_of(candidate.borrower.id).set_aside(self.day.on)
        return crew_size(self.rules, self.day.on, aside) if aside else self.law_size

    def options(self, opening: Opening, candidate: Candidate) -> Iterable[VisitOption]:
        """Part an opening by the chance of meeting: one option for each level of it."""
        place, starts_by_p = opening.place, defaultdict[float, list[Span]](list)
        curve = self.curve(place, candidate)
        for first, last in start_spans(opening.windows, self.service_s, self.second):
            ahead_s = self.clock_ahead_s(first)
            for begin, end, p_met in pieces(curve, first + ahead_s, last + ahead_s):
                starts_by_p[p_met].append((begin - ahead_s, end - ahead_s))
        for p_met, starts in starts_by_p.items():
            value = self.mills(self.value(candidate, p_met))
            yield VisitOption(
                place.id, self.row(place), tuple(starts), self.service_s, value, p_met
            )

    def curve(self, place: Place, candidate: Candidate) -> Curve:
        """Return the chance of meeting the borrower at a place over the day."""
        return self.day.odds.curve(
            Asked(
                place.kind,
                self.info.kind,
                candidate.borrower.id,
                segment_of(candidate.cases),
                failed_hours=tuple(candidate.failed_hours(place.kind, self.day.zone)),
                stated=stated_spans(candidate.cases, place, self.day.on, self.day.zone),
            )
        )

    def value(self, candidate: Candidate, p_met: float) -> Decimal:
        return value_on(self.day, candidate.cases, p_met, candidate.past).total

    def owner_terms(self, cases: Sequence[Case]) -> tuple[frozenset[str] | None, dict[str, int]]:
        """Return the crews that may go, and the price of sending one without the owner.

        Only those of the cases' agency may; an owner of another one is not passed over by them.
        Who stands in for an owner on the day counts as she does.
        """
        agency = cases[0].agency
        owners = {case.owner for case in cases if case.owner}
        present = self.day.owners_of(cases)
        policy, allowed = self.day.city.owner_policy, self.teams.allowed(agency)
        if not owners or policy is OwnerPolicy.IGNORED:
            return allowed, {}
        hers = frozenset(crew.id for crew in self.day.crews if present & set(crew.members))
        if policy is OwnerPolicy.FIXED:
            return (hers if allowed is None else hers & allowed), {}
        if all(self.teams.employer.get(owner, agency) != agency for owner in owners):
            return allowed, {}
        price = self.mills(self.day.city.owner_change_price)
        return allowed, {crew.id: price for crew in self.day.crews if crew.id not in hers}

    def crew(self, crew: Crew, borrowers: Iterable[Borrower]) -> CrewShift:
        start_s, end_s = self.span(crew.window)
        members = [c for c in self.day.collectors if c.id in crew.members]
        languages = (asked_language(b) for b in borrowers if can_talk(b, members))
        size = len(crew.members)
        return CrewShift(
            id=crew.id,
            start_location=self.spot_row(Spot(crew.start)),
            end_location=self.spot_row(Spot(crew.end)),
            start_s=start_s,
            end_s=end_s,
            mode=self.modes.index(crew.mode),
            size=size,
            skills=crew.skills.union(*languages),
            breaks=tuple(self.crew_break(i, rest) for i, rest in enumerate(crew.breaks, start=1)),
            max_visits=crew.max_visits,
            max_overtime_s=int(crew.max_overtime.total_seconds()),
            travel_price_per_s=self.price_per_s(self.day.city.travel_price_per_hour * size),
            overtime_price_per_s=self.price_per_s(self.day.city.overtime_price_per_hour * size),
        )

    def crew_break(self, number: int, rest: Break) -> CrewBreak:
        first, last = self.span(rest.window)
        duration_s = int(rest.duration.total_seconds())
        return CrewBreak(break_id(number), (first, last - duration_s), duration_s, rest.is_paid)

    def row(self, place: Place) -> int:
        assert place.spot is not None, "screening lets only placed places through"
        return self.spot_row(place.spot)

    def spot_row(self, spot: Spot) -> int:
        if spot not in self._rows:
            self._rows[spot] = len(self.spots)
            self.spots.append(spot)
        return self._rows[spot]

    def span(self, window: Window) -> Span:
        return self.second(window.start), self.second(window.end)

    def second(self, instant: datetime) -> int:
        return seconds_between(self.origin, instant)

    def clock_ahead_s(self, second: int) -> int:
        """Return how far the wall clock is ahead of `second`: not 0 once it has been changed.

        People keep the hours of the wall clock. A window in which it is changed counts as before.
        """
        moment = datetime.fromtimestamp(self.origin.timestamp() + second, self.day.zone)
        read = moment.replace(tzinfo=None) - self.origin.replace(tzinfo=None)
        return round(read.total_seconds()) - second

    @staticmethod
    def mills(amount: Decimal) -> int:
        return round(amount * MILLS)

    def price_per_s(self, per_hour: Decimal) -> int:
        return self.mills(per_hour / 3600)
